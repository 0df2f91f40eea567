// The public API as jsii knows it: its reference, and what may not change without a word.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { ROOT, tool } from "./processes.mjs";

const ASSEMBLY = `${ROOT}.jsii`;
const BASELINE = `${ROOT}api/baseline.json`;

/** Breaks that were announced: the keys that jsii-diff prints. */
const ANNOUNCED = "api/announced-breaks.txt";

/** Writes API.md. */
export function writeReference() {
  return tool("jsii-docgen", ["--output", "API.md"]);
}

/**
 * Compares the API with that of the last release.
 *
 * @throws if it breaks something that is not announced
 */
export function compareWithBaseline() {
  // Below node_modules, so that the assemblies of the dependencies are found from there.
  const folder = `${ROOT}node_modules/.cache/api-baseline/`;
  const { name, version, dependencies } = JSON.parse(readFileSync(BASELINE, "utf8"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ name, version, dependencies, jsii: {} }));
  writeFileSync(`${folder}.jsii`, readFileSync(BASELINE));
  return tool("jsii-diff", ["--error-on", "all", "--keys", "--ignore-file", ANNOUNCED, folder]);
}

/** Takes the API as it is for that of the last release. Nothing is announced any more. */
export function acceptBaseline() {
  const assembly = JSON.parse(readFileSync(ASSEMBLY, "utf8"), (key, value) =>
    NOT_COMPARED.includes(key) ? undefined : value,
  );
  writeFileSync(BASELINE, `${JSON.stringify(assembly, undefined, 1)}\n`);
  writeFileSync(`${ROOT}${ANNOUNCED}`, "");
}

// What changes without the API: texts, places and what is below the dependencies.
const NOT_COMPARED = [
  "dependencyClosure",
  "fingerprint",
  "locationInModule",
  "readme",
  "remarks",
  "summary",
  "custom",
  "symbolId",
];
