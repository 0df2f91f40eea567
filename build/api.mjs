// The public API as jsii knows it: its reference, and what must not change without an announcement.
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, tool } from "./processes.mjs";

const BASELINE = `${ROOT}api/baseline.json`;

/** Breaks that were announced: the keys that jsii-diff prints. */
const ANNOUNCED = `${ROOT}api/announced-breaks.txt`;

/** Compiles a package with jsii. */
export function compile(root = ROOT) {
  return tool("jsii", ["--generate-tsconfig", "tsconfig.jsii.json", "--fail-on-warnings"], root);
}

/** Writes API.md of a package. */
export async function writeReference(root = ROOT) {
  const folder = folderOf("reference", assemblyIn(root), root);
  const file = join(folder, "API.md");
  await tool("jsii-docgen", ["--output", file], folder);
  // In one step, because others may read it meanwhile.
  renameSync(file, join(root, "API.md"));
}

/**
 * Compares the API with that of the last release.
 *
 * @throws if it breaks something that is not announced
 */
export function compareWithBaseline(baseline = BASELINE) {
  const before = folderOf("before", JSON.parse(readFileSync(baseline, "utf8")));
  const now = folderOf("now", assemblyIn(ROOT));
  const options = ["--error-on", "all", "--keys", "--ignore-file", ANNOUNCED];
  return tool("jsii-diff", [...options, before, now]);
}

/** Takes the API as it is for that of the last release. Nothing is announced any more. */
export function acceptBaseline() {
  const assembly = JSON.parse(JSON.stringify(assemblyIn(ROOT)), (key, value) =>
    NOT_COMPARED.includes(key) ? undefined : value,
  );
  writeFileSync(BASELINE, `${JSON.stringify(assembly, undefined, 1)}\n`);
  writeFileSync(ANNOUNCED, "");
}

// Parts of the assembly that change without the API: texts, places and transitive dependencies.
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

function assemblyIn(root) {
  return JSON.parse(readFileSync(join(root, ".jsii"), "utf8"));
}

// A package with the assembly and with those that its API refers to. The tools read every assembly that
// there is, and those of the providers have 100 MB, of which the API says nothing.
function folderOf(name, assembly, root = ROOT) {
  const folder = join(root, "node_modules", ".cache", "api", name);
  const types = JSON.stringify(assembly.types);
  const dependencies = Object.fromEntries(
    Object.entries(assembly.dependencies).filter(([other]) => types.includes(`"${other}.`)),
  );
  rmSync(folder, { recursive: true, force: true });
  const { name: own, version } = assembly;
  writePackage(folder, { name: own, version, dependencies, jsii: {} });
  writeFileSync(`${folder}/.jsii`, JSON.stringify({ ...assembly, dependencies }));
  for (const other of Object.keys(dependencies)) {
    const from = join(root, "node_modules", other);
    const to = `${folder}/node_modules/${other}`;
    const { name, version, jsii } = JSON.parse(readFileSync(`${from}/package.json`, "utf8"));
    writePackage(to, { name, version, jsii });
    copyFileSync(`${from}/.jsii`, `${to}/.jsii`);
  }
  return folder;
}

// The tools look for the file that a package starts with, and beside it.
function writePackage(folder, description) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/index.js`, "");
  writeFileSync(`${folder}/package.json`, JSON.stringify(description));
}
