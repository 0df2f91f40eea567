// What cdktf requires and a synth does not use: it is not loaded, and works when it is called.
import { spawnSync } from "node:child_process";

// In a separate process, since jest has separate modules.
function printedBy(program: string, ...options: string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [...options, "-e", program], {
    encoding: "utf8",
  });
  if (stdout === "") {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}

const COUNT = `
  const load = require("node:module").createRequire(require.resolve("cdktf"));
  const parts = () =>
    Object.keys(require.cache).filter((file) => /zip-stream|semver.functions/.test(file)).length;`;

describe("modules that are loaded late", () => {
  test("are not loaded with cdktf, and are themselves when they are called", () => {
    const program = `${COUNT}
      require("./app/lazy-modules"); require("cdktf");
      const before = parts();
      const isNew = load("semver").satisfies("1.6.0", ">=1.5");
      const pipes = typeof load("archiver")("zip").pipe;
      console.log(JSON.stringify({ before, isNew, pipes, after: parts() > 0 }));`;
    expect(printedBy(program, "--import", "tsx")).toEqual({
      before: 0,
      isNew: true,
      pipes: "function",
      after: true,
    });
  });

  test.each([
    ["synthesize"],
    ["cli/main", "cli/commands/fleet"],
    ["cli/main", "cli/commands/handoff"],
  ])("are not loaded with %s %s", (...files) => {
    const loaded = files.map((file) => `require("./app/${file}");`).join(" ");
    const program = `${COUNT} ${loaded} console.log(JSON.stringify(parts()));`;
    expect(printedBy(program, "--import", "tsx")).toBe(0);
  });

  test("would be loaded with cdktf alone", () => {
    const program = `${COUNT} require("cdktf"); console.log(JSON.stringify(parts() > 0));`;
    expect(printedBy(program)).toBe(true);
  });
});
