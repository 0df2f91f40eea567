// The schema of haks.yaml is made from the structs of the library: a field in a struct is a field in the file.
import { toConfiguration } from "../../app/config/construct";
import { RootSchema } from "../../app/config/file-schema";
import { checkShape } from "../../app/config/shape";
import { textOf } from "../scenarios";
import { BLOB_DRIVER, Property, schemaWith } from "./new-field";
import { ROOT } from "./tools";

const FILE = { storage: { blobDriver: true } };

/** The findings about the shape of the file, in storage. */
function findingsIn(content: object, schema: RootSchema): string[] {
  return checkShape(content, schema)
    .findings.filter(({ path }) => path[0] === "storage")
    .map(({ code, path }) => `${code} ${path.join(".")}`);
}

test("a new field is in the schema, and reaches the description", () => {
  const schema = schemaWith("StorageSpec", BLOB_DRIVER);
  expect(schema.properties?.storage?.properties?.blobDriver).toEqual({
    type: "boolean",
    description: "Whether to install the blob driver. Default: false.",
  });
  expect(findingsIn(FILE, schema)).toEqual([]);
  expect(findingsIn({ storage: { blobDriver: "yes" } }, schema)).toEqual([
    "HAKS-FILE-004 storage.blobDriver",
  ]);
  expect(toConfiguration(FILE, schema).spec.storage).toEqual({ blobDriver: true });
});

test("without it, there is no such field", () => {
  const schema = JSON.parse(textOf(ROOT, "haks.schema.json")) as RootSchema;
  expect(findingsIn(FILE, schema)).toEqual(["HAKS-FILE-002 storage.blobDriver"]);
});

test("a new reference is made by its class", () => {
  const schema = schemaWith("StorageSpec", {
    name: "snapshot",
    optional: true,
    type: { fqn: "hardened-aks.ResourceReference" },
    docs: {
      summary: "A snapshot.",
      default: "- none",
      custom: { resourceType: "Microsoft.Compute/snapshots" },
    },
  });
  const snapshot = { name: "s", resourceGroup: "rg" };
  const { storage } = toConfiguration({ storage: { snapshot } }, schema).spec;
  expect(storage).toMatchObject({ snapshot: { ...snapshot, needsLookup: true } });
});

test.each<[string, Property, string]>([
  ["a description", { ...BLOB_DRIVER, docs: { default: "false" } }, "description"],
  ["a default", { ...BLOB_DRIVER, docs: { summary: "Whether." } }, "@default"],
  ["an example of a text", { ...BLOB_DRIVER, type: { primitive: "string" } }, "@examples"],
])("a field lacks %s", (_, property, words) => {
  expect(() => schemaWith("StorageSpec", property)).toThrow(`StorageSpec.blobDriver: ${words}`);
});
