// The program as a process: what no test within Node.js can tell.
import { ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENT, newScratch } from "../package/tools";
import { textOf } from "../scenarios";
import { newCheckout } from "./checkout";

const checkout = newCheckout();
const CLI = join(checkout, "dist", "app", "cli.js");

/** Runs a line of bash in the checkout, where `haks` is the program. */
function bash(line: string): { status: number | null; stdout: string; stderr: string } {
  const script = `set -o pipefail; haks() { '${process.execPath}' '${CLI}' "$@"; }; ${line}`;
  return spawnSync("bash", ["-c", script], {
    cwd: checkout,
    env: ENVIRONMENT,
    encoding: "utf8",
    timeout: 120_000,
  });
}

const STACK_TRACE = /^\s+at |node:internal|Unhandled/m;

beforeAll(async () => {
  const [bundled] = await together(1, 1, ["build/bundle.mjs"], true);
  expect(bundled).toEqual({ status: 0, stderr: "" });
});

describe("commands at once", () => {
  test("are fifty checks, eight at a time, which all end well", async () => {
    const outcomes = await together(50, 8, ["-e", npmRun("check")], true);
    expect(outcomes).toEqual(Array(50).fill({ status: 0, stderr: "" }));
    expect(readdirSync(join(checkout, "dist", "app"))).toEqual(["cli.js"]);
  });

  test("are eight synths into one folder, which holds what one of them writes", async () => {
    const outcomes = await together(8, 8, [CLI, "synth", "--out", "together"]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(8).fill(0));
    expect(bash("haks synth --out alone").status).toBe(0);
    expect(spawnSync("diff", ["-r", "together", "alone"], { cwd: checkout }).status).toBe(0);
    expect(existsSync(join(checkout, "together", "manifest.json"))).toBe(true);
  });

  // As npm does for `npm run check`.
  function npmRun(command: string): string {
    const files = [["build/bundle.mjs"], ["dist/app/cli.js", command]];
    return files
      .map(
        (args) =>
          `{ const { status, stderr } = child_process.spawnSync(process.execPath, ${JSON.stringify(args)}, { encoding: "utf8" });
          if (status !== 0) { console.error(stderr); process.exit(1); } }`,
      )
      .join("\n");
  }
});

describe("the bundle", () => {
  const firstLines = () => textOf(CLI).slice(0, 120);
  const rebuild = () => together(1, 1, ["build/bundle.mjs"]);

  test("is made anew for a source that is new, changed or gone, and for nothing else", async () => {
    const before = firstLines();
    writeFileSync(CLI, `${textOf(CLI)}// Same.`);
    await rebuild();
    expect(textOf(CLI)).toContain("// Same.");
    const source = join(checkout, "app", "new.ts");
    writeFileSync(source, "export {};\n");
    await rebuild();
    expect(textOf(CLI)).not.toContain("// Same.");
    expect(firstLines()).not.toBe(before);
    spawnSync("rm", [source]);
    await rebuild();
    expect(firstLines()).toBe(before);
  });
});

describe("the sources", () => {
  test("run without the bundle, also with a pattern", () => {
    const command = "check --config 'haks.y*ml'";
    const { status, stdout } = bash(`'${process.execPath}' --import tsx app/cli.ts ${command}`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: bash(`haks ${command}`).stdout });
  });
});

describe("output", () => {
  test.each([
    ["stdout", "haks check | true"],
    ["stdout with much of it", "haks addresses --json | head -c 1"],
    ["stderr", "haks check 2>&1 >/dev/null | head -c 1"],
    ["both", "haks synth --out piped --json 2>&1 | true"],
  ])("whose reader is gone ends nothing: %s", (_, line) => {
    const { status, stderr } = bash(line);
    expect(status).toBe(0);
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(bash("haks nothing | true").status).toBe(2);
  });

  test("is complete for a slow reader", () => {
    const slow = bash(
      "haks review --out slow >/dev/null && haks addresses --json | (sleep 1; cat)",
    );
    expect(slow.stdout).toBe(bash("haks addresses --json").stdout);
    expect(JSON.parse(slow.stdout)).toHaveProperty("subnets");
  });

  test("that cannot be written is a failure, and says so", () => {
    for (const line of ["haks check", "haks check --json", "haks addresses", "haks --help"]) {
      const { status, stderr } = bash(`${line} >/dev/full`);
      expect([line, status]).toEqual([line, 1]);
      expect(stderr).toContain("standard output: error HAKS-FILE-008");
      expect(stderr).not.toMatch(STACK_TRACE);
    }
    expect(bash("haks check 2>/dev/full").status).toBe(0);
  });

  test("may be closed, and so may the input", () => {
    expect(bash("haks check >&-").status).toBe(0);
    expect(bash("haks check <&- 2>&-").stdout).toContain("no errors");
    expect(bash("unset HOME; HAKS_CONFIG= haks check").status).toBe(0);
  });
});

describe("what the system refuses", () => {
  test.each([
    ["synth --out haks.yaml", "haks.yaml: error HAKS-FILE-008"],
    ["synth --out haks.yaml/out", "haks.yaml/out: error HAKS-FILE-008"],
    ["review --out haks.yaml", "haks.yaml: error HAKS-FILE-008"],
    ["handoff --no-lock --out haks.yaml", "error HAKS-FILE-008"],
    ["synth --out app", "app: error HAKS-FILE-009"],
    ["synth --out /proc/out", "/proc/out: error HAKS-FILE-008"],
    ["check --config app", "app: error HAKS-FILE-007"],
    ["check --config nothing.yaml", "nothing.yaml: error HAKS-FILE-007"],
    ["review --from nothing.json", "nothing.json: error HAKS-FILE-007"],
  ])("is a finding: %s", (line, words) => {
    const plain = bash(`haks ${line}`);
    expect([plain.status, plain.stdout]).toEqual([1, ""]);
    expect(plain.stderr).toContain(words);
    expect(plain.stderr).not.toMatch(STACK_TRACE);
    const json = bash(`haks ${line} --json`);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ severity: "error" }] });
  });

  // Needs the right to mount, which a machine of CI may not give.
  const mounts = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

  (mounts ? test : test.skip).each([
    ["a full disk", "size=64k", "no space left on device"],
    ["a disk that is read-only", "ro", "read-only file system"],
  ])("is a finding: %s", (_, options, words) => {
    const folder = join(checkout, "disk");
    mkdirSync(folder, { recursive: true });
    const line = `mount -t tmpfs -o ${options} none disk; '${process.execPath}' '${CLI}' synth --out disk/out; s=$?; find disk -type f; exit $s`;
    const result = spawnSync("unshare", ["-m", "bash", "-c", line], {
      cwd: checkout,
      env: ENVIRONMENT,
      encoding: "utf8",
    });
    expect([result.status, result.stdout]).toEqual([1, ""]);
    expect(result.stderr).toMatch(/^disk\/out.*: error HAKS-FILE-008: /m);
    expect(result.stderr).toContain(words);
  });
});

test("a synth that is interrupted leaves no drafts, and ends by the signal", async () => {
  const temporary = newScratch();
  const env = { ...ENVIRONMENT, TMPDIR: temporary };
  const child = spawn(process.execPath, [CLI, "synth", "--out", "stopped"], { cwd: checkout, env });
  while (readdirSync(temporary).length === 0 && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill("SIGINT");
  expect((await ended(child)).signal).toBe("SIGINT");
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(checkout).filter((name) => name.startsWith("stopped."))).toEqual([]);
});

function ended(child: ChildProcess) {
  let stderr = "";
  child.stdout?.resume();
  child.stderr?.on("data", (part) => (stderr += String(part)));
  return new Promise<{ status: number | null; signal: NodeJS.Signals | null; stderr: string }>(
    (resolve) =>
      child.on("close", (status, signal) => {
        resolve({ status, signal, stderr });
      }),
  );
}

/** Runs a program a number of times, some at a time; from nothing if it is to be. */
async function together(times: number, width: number, args: string[], fromNothing = false) {
  if (fromNothing) {
    spawnSync("rm", ["-rf", join(checkout, "dist")]);
  }
  const outcomes: { status: number | null; stderr: string }[] = [];
  let started = 0;
  const one = async (): Promise<void> => {
    while (started < times) {
      started += 1;
      const { status, stderr } = await ended(
        spawn(process.execPath, args, { cwd: checkout, env: ENVIRONMENT }),
      );
      outcomes.push({ status, stderr });
    }
  };
  await Promise.all(Array.from({ length: width }, one));
  return outcomes;
}
