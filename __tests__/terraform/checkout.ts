// A checkout as a newcomer has it: the files that git knows or would take, with the packages that are installed.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./environment";
import { newScratch } from "./scratch";

/** Copies the checkout into a new folder. */
export function newCheckout(): string {
  // With a parent folder, for worktrees beside it.
  const folder = join(newScratch(), "checkout");
  const options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const names = execFileSync("git", options, { cwd: ROOT, encoding: "utf8" }).split("\0");
  for (const name of names.filter((one) => one !== "" && existsSync(join(ROOT, one)))) {
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}
