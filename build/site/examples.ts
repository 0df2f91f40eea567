// The descriptions that the page offers to start from.
import { readFileSync } from "node:fs";
import { globSync } from "fast-glob";

/** Returns the text of each description of the repository, by its path. */
export function exampleTexts(): { [file: string]: string } {
  const files = [
    "haks.yaml",
    ...globSync("examples/**/*haks*.yaml").sort(),
    "examples/fleet/defaults.yaml",
  ];
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")]));
}
