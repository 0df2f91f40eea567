// .ci/run with stand-ins for its commands: lanes run side by side, and one that fails ends the others.
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT, newScratch } from "../package/tools";

// test:terraform takes longer than the test, unless it is ended.
const STAND_IN = `#!/usr/bin/env bash
echo "output of $*"
trap 'echo "$*" >>"$ENDED"; exit 143' TERM
case "$*" in *terraform) sleep "\${TERRAFORM:-0.5}" & wait $! ;; esac
case "$*" in *"$FAILS") exit 3 ;; esac
`;

interface Result {
  readonly status: number | null;
  readonly lines: string[];
  /** Commands that were ended by a signal. */
  readonly ended: string;
}

function ci(env: NodeJS.ProcessEnv): Promise<Result> {
  const folder = newScratch();
  const ended = join(folder, "ended");
  mkdirSync(join(folder, "bin"));
  for (const name of ["npm", "npx", "git"]) {
    writeFileSync(join(folder, "bin", name), STAND_IN);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  cpSync(join(ROOT, ".ci"), join(folder, ".ci"), { recursive: true });
  const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
  const child = spawn("bash", [join(folder, ".ci", "run")], {
    env: { ...process.env, ...env, PATH, ENDED: ended, LANES: "2" },
  });
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  child.stderr.on("data", (text) => (output += String(text)));
  return new Promise((resolve) => {
    child.on("close", (status) => {
      const lines = output.split("\n").filter((line) => line !== "");
      resolve({ status, lines, ended: existsSync(ended) ? readFileSync(ended, "utf8") : "" });
    });
  });
}

describe(".ci/run", () => {
  test("prints each lane as a whole, as soon as it ends", async () => {
    const { status, lines } = await ci({ FAILS: "nothing" });
    expect(status).toBe(0);
    const lanes = lines.filter((line) => line.startsWith("==== "));
    expect(lanes.map((line) => line.slice(5)).sort()).toEqual([
      "checkout",
      "compat",
      "node",
      "random",
      "terraform",
    ]);
    expect(lanes[0]).toBe("==== checkout");
    const start = lines.indexOf("==== checkout");
    const end = lines.findIndex((line) => line.startsWith("checkout: "));
    expect(lines.slice(start, end).filter((line) => line.startsWith("output of "))).toHaveLength(8);
    expect(lines.at(-1)).toBe("output of run bench");
  });

  test.each([
    ["ci", "npm ci"],
    ["run test:package", "checkout"],
    ["run compat:cdktn", "compat"],
    ["run compat:node", "node"],
    ["run bench", "npm run bench"],
  ])("fails if %s fails, and says %s last", async (command, name) => {
    const { status, lines } = await ci({ FAILS: command });
    expect([status, lines.at(-1)]).toEqual([1, `Failed: ${name}`]);
    expect(lines.at(-2)).toBe(`output of ${command}`);
  });

  test("ends other lanes if one fails", async () => {
    const { status, lines, ended } = await ci({ FAILS: "run test:random", TERRAFORM: "60" });
    expect([status, lines.at(-1)]).toEqual([1, "Failed: random"]);
    expect(ended).toBe("run test:terraform\n");
  });
});
