// The environment that terraform runs in: with the offline stand-ins for the providers, if they are there.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of the repository. */
export const ROOT = join(__dirname, "..", "..");

const STAND_INS = join(ROOT, "..", "shared", "terraform");

/** Whether the stand-ins are there. Without them, there is nothing to plan against or to apply to. */
export const HAS_STAND_INS = existsSync(join(STAND_INS, "env.sh"));

/** For child processes. The environment of the tests themselves stays as it is. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...(HAS_STAND_INS ? withStandIns() : process.env),
  CHECKPOINT_DISABLE: "1",
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
};

/** @throws if there is no terraform on the PATH of an environment */
export function requireTerraform(env: NodeJS.ProcessEnv): void {
  if (spawnSync("terraform", ["version"], { env }).error) {
    throw new Error("terraform is not on the PATH; see the README for how to install it");
  }
}

// A shell reads its own quotes best, so bash evaluates what env.sh prints.
function withStandIns(): NodeJS.ProcessEnv {
  const show = "process.stdout.write(JSON.stringify(process.env))";
  const json = execFileSync(
    "bash",
    ["-c", `eval "$(bash ./env.sh --print)"; exec "$0" -e "$1"`, process.execPath, show],
    { cwd: STAND_INS, encoding: "utf8" },
  );
  return JSON.parse(json) as NodeJS.ProcessEnv;
}
