// The syntax of Java, which javac knows if it is there. Types are not looked at: what the packages need for
// them is not on npm.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { run } from "../package/tools";

// Older versions have no such option.
const HAS_JAVAC = spawnSync("javac", ["--version"]).status === 0;

/** Like `describe`; skipped, and said so, without javac. */
export const describeJava = HAS_JAVAC ? describe : describe.skip;

if (!HAS_JAVAC) {
  // Jest does not show the console of tests that are all skipped.
  process.stderr.write("Skipped: the syntax of Java needs javac, which is not there.\n");
}

/**
 * Parses the files of a folder, and does nothing else.
 *
 * @throws if one is not Java
 */
export function parseJava(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(".java"));
  run("javac", ["-proc:none", "--should-stop=ifNoError=PARSE", ...files], folder);
}
