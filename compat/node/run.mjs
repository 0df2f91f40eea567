// node compat/node/run.mjs: the main job and a deploy to the stand-ins on lines of Node.js, each in a clean checkout of
// the last commit. Every step has to end with status 0, and to warn of nothing but the description.
import { execFile, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { ROOT, timed } from "../../build/processes.mjs";

const run = promisify(execFile);
const LANE = join(ROOT, "compat", "node");
const LINES = ["22", "24", "26"];
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What of the environment would change a step. */
const FOREIGN = /^(npm_|HAKS_|CDKTF_|TF_|NODE_ENV$|NODE_OPTIONS$)/i;

const STEPS = [
  ["npm", "ci", "--prefer-offline"],
  ["npx", "cdktf", "synth"],
  ["npm", "run", "synth"],
  ["npm", "test"],
];
const DEPLOY = ["npm", "run", "test:terraform", "--", "deploy.test"];

/** Whether plan and apply are possible: the stand-ins are where the tests of terraform look for them. */
const SHARED = join(ROOT, "..", "shared");
const CAN_DEPLOY =
  existsSync(join(SHARED, "terraform", "env.sh")) && !spawnSync("terraform", ["version"]).error;

/** The lines of an output that warn of something else than the description. */
function strangeLines(output) {
  return output
    .split("\n")
    .filter((line) => /warn|deprecat|\bERR_|\(node:\d+\)/i.test(line) && !line.includes("HAKS-"));
}

/** Runs a step; throws if it fails, or warns. */
async function step([program, ...args], cwd, env) {
  const name = [program, ...args].join(" ");
  const options = { cwd, env, maxBuffer: MAX_OUTPUT_BYTES };
  const { stdout, stderr } = await timed(name, () => run(program, args, options)).catch((error) => {
    throw new Error(`${name} failed: ${error.message}\n${error.stdout}\n${error.stderr}`);
  });
  const strange = strangeLines(`${stdout}\n${stderr}`);
  if (strange.length > 0) {
    throw new Error(`${name} warns:\n${strange.join("\n")}`);
  }
}

/** The folder of the program of a line of Node.js. */
async function programOf(line, scratch) {
  const name = `node-${line}-${process.platform}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(LANE, "package.json"), "utf8"));
  if (!(name in optionalDependencies)) {
    throw new Error(`compat/node/package.json has no ${name}: add it, or run this on Linux.`);
  }
  const folder = join(scratch, "node_modules", name, "bin");
  const { stdout } = await run(join(folder, "node"), ["--version"]);
  const expected = optionalDependencies[name].split("@").pop();
  if (stdout.trim() !== `v${expected}`) {
    throw new Error(`${name} is ${stdout.trim()} instead of ${expected}.`);
  }
  console.log(`\nNode.js ${expected}`);
  return folder;
}

async function main(scratch) {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(LANE, file), join(scratch, file));
  }
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const env = { ...Object.fromEntries(own), CI: "true", CHECKPOINT_DISABLE: "1" };
  await step(["npm", "ci", "--prefer-offline"], scratch, env);
  if (CAN_DEPLOY) {
    symlinkSync(SHARED, join(scratch, "shared"));
  } else {
    console.log("Skipped: a deploy needs terraform, and the stand-ins in ../shared/terraform.");
  }
  for (const line of LINES) {
    const program = await programOf(line, scratch);
    const checkout = join(scratch, `checkout-${line}`);
    await run("git", ["clone", "--quiet", ROOT, checkout]);
    const PATH = [program, env.PATH].join(delimiter);
    for (const command of CAN_DEPLOY ? [...STEPS, DEPLOY] : STEPS) {
      await step(command, checkout, { ...env, PATH });
    }
    rmSync(checkout, { recursive: true, force: true });
  }
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "haks-node-")));
try {
  await main(scratch);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
