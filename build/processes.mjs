// Runs the tools that npm installed, and tells how long each took.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a tool of node_modules/.bin in a folder; what it prints is shown if it fails.
 *
 * @throws if it ends with another status than 0
 */
export function tool(name, args, cwd = ROOT) {
  return timed(name, () => run(`${ROOT}node_modules/.bin/${name}`, args, cwd));
}

/** Does something, and prints how long it took. */
export async function timed(name, work) {
  const start = performance.now();
  const result = await work();
  console.log(`${name.padEnd(12)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** Does the work of a script: its message is shown if it fails. */
export async function script(work) {
  try {
    await work();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

function run(command, args, cwd) {
  // jsii warns of Node.js 20, on which the tests say whether it works.
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: "1" };
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (part) => (output += part);
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) {
        resolve(output);
      } else {
        reject(new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${output}`));
      }
    });
  });
}
