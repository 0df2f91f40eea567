// A field that the library does not have, and the schema with it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { RootSchema } from "../../app/config/file-schema";
import { textOf } from "../scenarios";
import { ROOT, newScratch, run } from "./tools";

/** A property of a struct, as in the assembly. */
export interface Property {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: object;
  readonly docs?: { summary?: string; default?: string; custom?: { [tag: string]: string } };
}

/** Returns the schema, made from the assembly with one more property of a struct. */
export function schemaWith(struct: string, property: Property): RootSchema {
  const assembly = JSON.parse(textOf(ROOT, ".jsii")) as {
    types: { [fqn: string]: { properties: Property[] } };
  };
  assembly.types[`hardened-aks.${struct}`]!.properties.push(property);
  const file = join(newScratch(), "assembly.json");
  writeFileSync(file, JSON.stringify(assembly));
  const program =
    'import { readFileSync } from "node:fs"; import { haksSchema } from "./build/schema.mjs"; console.log(JSON.stringify(haksSchema(JSON.parse(readFileSync(process.argv[1], "utf8")))));';
  const made = run(process.execPath, ["--input-type=module", "-e", program, file], ROOT);
  return JSON.parse(made) as RootSchema;
}

/** The field of the worked example in CONTRIBUTING. */
export const BLOB_DRIVER: Property = {
  name: "blobDriver",
  optional: true,
  type: { primitive: "boolean" },
  docs: { summary: "Whether to install the blob driver.", default: "false" },
};
