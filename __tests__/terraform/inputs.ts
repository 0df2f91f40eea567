// The inputs of these tests: those of the repository, and the same with the other set of roles.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { loadConfiguration } from "../../app/config/load";
import { ClusterSpec } from "../../lib";
import { INPUTS, textOf } from "../scenarios";
import { newScratch } from "./scratch";

/** The files, by the name of the input and its set of roles. */
export const ROLE_SET_INPUTS: { [name: string]: string } = Object.fromEntries(
  Object.entries(INPUTS).flatMap(([name, file]) =>
    ["builtIn", "minimal"].map((type) => [
      `${name}, ${type}`,
      inputWith(file, ["permissions", "roleSet"], { type }),
    ]),
  ),
);

/** The description in one of these files. */
export function specIn(name: string): ClusterSpec {
  return loadConfiguration(ROLE_SET_INPUTS[name]!).spec;
}

/** A copy of a file in which one field is another, or gone. */
export function inputWith(file: string, path: (string | number)[], value: unknown): string {
  const document = parseDocument(textOf(file));
  if (value === undefined) {
    document.deleteIn(path);
  } else {
    document.setIn(path, value);
  }
  const copy = join(newScratch(), "haks.yaml");
  writeFileSync(copy, document.toString());
  return copy;
}
