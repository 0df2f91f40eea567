// Runs a program to its end: how long it took, or what it measured.
import { spawnSync } from "node:child_process";

/** Milliseconds from start to end. */
export function timed(program, args, config) {
  const start = performance.now();
  run(program, args, config);
  return performance.now() - start;
}

/** What the program prints: processor time and memory. */
export function measured(program, args, config) {
  return JSON.parse(run(program, args, config));
}

/** What the program prints. */
export function run(program, args, config = "") {
  const env = { ...process.env, HAKS_CONFIG: config };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args.map(String)], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(`${program} ended with ${status}: ${stderr}`);
  }
  return stdout;
}
