// Ways to check and to run the scripts of an access review.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { inScratch, once } from "../scenarios";
import { FAKE_AZ } from "./review.fixtures";

/** Returns what bash, and shellcheck if it is there, say of a script, from a file: bash reads a pipe letter by letter. */
export function checkedByBash(script: string, lint = true): string {
  return inScratch((folder) => {
    const file = join(folder, "script.sh");
    writeFileSync(file, script);
    const bash = spawnSync("bash", ["-n", file], { encoding: "utf8" });
    const shellcheck = lint ? spawnSync("shellcheck", [file], { encoding: "utf8" }) : undefined;
    return bash.stderr + (shellcheck && !shellcheck.error ? shellcheck.stdout : "");
  });
}

/** The program behind `python3`, which may be a slow script that looks for it. */
const python = once(() => {
  const { stdout } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"]);
  return stdout.toString().trim();
});

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The calls of az, as arguments. */
  readonly calls: string[][];
}

/** Runs a script with an `az` that keeps what was made in a folder and writes its calls down. */
export function run(
  folder: string,
  script: string,
  options: string | string[] = [],
  az = FAKE_AZ,
): Run {
  const bin = join(folder, "bin");
  const log = join(folder, "calls");
  mkdirSync(bin, { recursive: true });
  writeFileSync(log, "");
  writeFileSync(join(bin, "az"), az);
  chmodSync(join(bin, "az"), 0o755);
  if (!existsSync(join(bin, "python3"))) {
    symlinkSync(python(), join(bin, "python3"));
  }
  const file = join(folder, "script.sh");
  writeFileSync(file, script);
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [file, ...[options].flat().filter(Boolean)],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    },
  );
  const calls = readFileSync(log, "utf8").split("\x01\0").slice(0, -1);
  return { status, stdout, stderr, calls: calls.map((call) => call.split("\0").slice(0, -1)) };
}

export function isChange(call: string[]): boolean {
  return isOf(call, "create") || isRole(call);
}

/** Whether a call creates a role assignment. */
export function isAssignment(call: string[]): boolean {
  return call[0] === "role" && call[1] === "assignment" && isOf(call, "create");
}

function isOf(call: string[], verb: string): boolean {
  return call[1] === verb || call[2] === verb;
}

/** Whether a call creates a custom role. */
export function isRole([command]: string[]): boolean {
  return command === "rest";
}

/** The value of an option of a call. */
export function optionOf(call: string[], name: string): string | undefined {
  return call.includes(name) ? call[call.indexOf(name) + 1] : undefined;
}
