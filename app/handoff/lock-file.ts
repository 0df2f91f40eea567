// Creates the provider lock file with terraform, if that is installed and can reach the providers.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderJson } from "../review/json";
import { JsonObject } from "./stack-json";

/** Name of the lock file. */
export const LOCK_FILE = ".terraform.lock.hcl";

const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_arm64", "windows_amd64"];
const TIMEOUT_MS = 120_000;

const execute = promisify(execFile);

/**
 * Returns the text of a lock file: with the registry for all usual platforms; otherwise, such as with a mirror, for the
 * platform of this machine. Undefined if terraform can create neither.
 */
export async function lockFile(requiredProviders: JsonObject): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "haks-lock-"));
  const file = join(folder, LOCK_FILE);
  try {
    writeFileSync(
      join(folder, "versions.tf.json"),
      renderJson({ terraform: { required_providers: requiredProviders } }),
    );
    const platforms = PLATFORMS.map((platform) => `-platform=${platform}`);
    if (!(await succeeds(folder, "providers", "lock", ...platforms))) {
      await succeeds(folder, "init", "-backend=false", "-input=false");
    }
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function succeeds(cwd: string, ...args: string[]): Promise<boolean> {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  try {
    await execute("terraform", args, { cwd, env, timeout: TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
