// Ways to check and to run the scripts of an access review.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inScratch } from "../scenarios";
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

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The calls of az, as arguments. */
  readonly calls: string[][];
}

/** Runs a script with an `az` that keeps what was made in a folder and writes its calls down. */
export function run(folder: string, script: string, option = "", az = FAKE_AZ): Run {
  const bin = join(folder, "bin");
  const log = join(folder, "calls");
  mkdirSync(bin, { recursive: true });
  writeFileSync(log, "");
  writeFileSync(join(bin, "az"), az);
  chmodSync(join(bin, "az"), 0o755);
  const file = join(folder, "script.sh");
  writeFileSync(file, script);
  const { status, stdout, stderr } = spawnSync("bash", [file, ...(option ? [option] : [])], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  const calls = readFileSync(log, "utf8").split("\x01\0").slice(0, -1);
  return { status, stdout, stderr, calls: calls.map((call) => call.split("\0").slice(0, -1)) };
}

export function isChange(call: string[]): boolean {
  return call[2] === "create";
}
