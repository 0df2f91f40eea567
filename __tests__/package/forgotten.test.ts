// The worked example of CONTRIBUTING, in a copy of the tree: with one of its places left out, the compiler or a test fails.
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once, textOf } from "../scenarios";
import { BLOB_DRIVER, schemaWith } from "./new-field";
import { ROOT, bin, newScratch, run } from "./tools";

/** A place of the example: a file, the text that it stands before, and its own text. */
interface Place {
  readonly file: string;
  readonly before: string;
  readonly text: string;
}

/** Returns the lines that CONTRIBUTING shows, from the one that starts with a text to the next empty one. */
function shown(start: string): string {
  const guide = textOf(ROOT, "CONTRIBUTING.md");
  const from = guide.lastIndexOf("\n\n", guide.indexOf(start)) + 2;
  return `${guide.slice(from, guide.indexOf("\n\n", from))}\n`;
}

const PLACES = {
  field: {
    file: "lib/spec/data.ts",
    before: "  /**\n   * Managed disks in other",
    text: "  /**\n   * Whether to install the blob driver.\n   *\n   * @default false\n   */\n  readonly blobDriver?: boolean;\n",
  },
  default: {
    file: "lib/spec/defaults.ts",
    before: "disks: [], storageAccounts: []",
    text: "blobDriver: false, ",
  },
  row: {
    file: "lib/access/resource-features.ts",
    before: '    {\n      name: "logs",',
    text: shown('name: "blob driver"'),
  },
  right: {
    file: "lib/access/rights.ts",
    before: "  storageAccount: custom(",
    text: shown("blobContainers: custom("),
  },
  attribute: {
    file: "lib/cluster/cluster-config.ts",
    before: "    ...dataConfig(spec, around),",
    text: "    storageProfile: { blobDriverEnabled: spec.storage.blobDriver },\n",
  },
  case: {
    file: "__tests__/package/fields.test.ts",
    before: '"name",',
    text: '"storage.blobDriver",\n',
  },
} satisfies { readonly [place: string]: Place };

type PlaceName = keyof typeof PLACES;

/** What the compiler checks, with all that it imports: the places of the example, without the rest of the library. */
const CHECKED = ["lib/access/features.ts", "lib/cluster/cluster-config.ts"];

/** The copy. Its schema has the field: `npm run build` would make it from the struct. */
const copy = once(() => {
  const folder = newScratch();
  for (const name of ["lib", "app", "__tests__", "examples", "haks.yaml", "package.json"]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const name of [
    "jest.config.js",
    "jest.package.config.js",
    "access-review.schema.json",
    "fleet-review.schema.json",
  ]) {
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const schema = JSON.stringify(schemaWith("StorageSpec", BLOB_DRIVER));
  writeFileSync(join(folder, "haks.schema.json"), schema);
  const { compilerOptions } = JSON.parse(
    textOf(ROOT, "tsconfig.json").replace(/^ *\/\/.*$/gm, ""),
  ) as { compilerOptions: object };
  const options = { ...compilerOptions, incremental: true, tsBuildInfoFile: "tsc.json" };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: CHECKED }),
  );
  return folder;
});

/** Writes the example into the copy, but for one place. */
function write(left?: PlaceName): string {
  for (const [name, { file, before, text }] of Object.entries(PLACES)) {
    const original = textOf(ROOT, file);
    const found = original.split(before).length - 1;
    if (found !== 1) {
      throw new Error(`${file} has ${found} times: ${before}`);
    }
    const changed = name === left ? original : original.replace(before, () => text + before);
    writeFileSync(join(copy(), file), changed);
  }
  return copy();
}

/** What the compiler says in the copy; nothing if it compiles. */
function compiled(left?: PlaceName): string {
  return run(bin("tsc"), ["--pretty", "false"], write(left), {}, true);
}

/** What the test of the field says in the copy. */
function tested(left?: PlaceName): string {
  const names = "blobDriver|every field";
  const args = ["--config", "jest.package.config.js", "package/fields", "--json", "-t", names];
  const { testResults } = JSON.parse(run(bin("jest"), args, write(left), {}, true)) as {
    testResults: { assertionResults: { status: string; title: string }[] }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "pending")
    .map(({ status, title }) => `${title}: ${status}`)
    .join("\n");
}

test("with all places, it compiles, and the test of its field passes", () => {
  expect(compiled()).toBe("");
  expect(tested()).toBe(
    "every field says what it changes: passed\nstorage.blobDriver changes: grants cluster: passed",
  );
});

test.each<[PlaceName, string]>([
  ["field", "lib/access/resource-features.ts"],
  ["default", "lib/spec/resolved-spec.ts"],
  ["right", "lib/access/resource-features.ts"],
])("without the %s, it does not compile", (place, file) => {
  expect(compiled(place)).toContain(`${file}(`);
});

test.each<[PlaceName, string]>([
  ["row", "storage.blobDriver changes: grants cluster: failed"],
  ["attribute", "storage.blobDriver changes: grants cluster: failed"],
  ["case", "every field says what it changes: failed"],
])("without the %s, it compiles, and the test of its field fails", (place, failure) => {
  expect(compiled(place)).toBe("");
  expect(tested(place)).toContain(failure);
});
