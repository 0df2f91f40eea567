// The JSON Schemas of haks.yaml, of access reviews and of decisions about them, made from the structs of the library and their JSDoc.
import { readFileSync, writeFileSync } from "node:fs";
import { ROOT } from "./processes.mjs";
import { SchemaMaker } from "./schema-maker.mjs";

/** Writes the schemas. */
export function writeSchemas() {
  const assembly = JSON.parse(readFileSync(`${ROOT}.jsii`, "utf8"));
  write("haks.schema.json", haksSchema(assembly));
  write("access-review.schema.json", reviewSchema(assembly));
  write("access-decisions.schema.json", decisionsSchema(assembly));
}

function write(file, schema) {
  writeFileSync(`${ROOT}${file}`, `${JSON.stringify(schema, undefined, 2)}\n`);
}

/**
 * The schema of haks.yaml: the description of a cluster, and the settings of Terraform. The application reads the file
 * by it alone: `x-` keywords say how values become those of the library.
 *
 * - `x-classes`: the factories of each class, with the fields that they take
 * - `x-class`: the class of a value
 * - `x-open`: a choice of which other values are left to the rules
 * - `x-inline`: properties whose fields stand beside the others, with their class
 * - `x-name`: the name of a field in the library, if it is another one
 *
 * @throws with every field that lacks a description, a default, or an example
 */
export function haksSchema(assembly) {
  const maker = new SchemaMaker(assembly, { forFile: true });
  const description = maker.struct("ClusterSpec");
  const terraform = { ...maker.struct("TeamStackProps"), description: "Settings of Terraform." };
  return maker.finished({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "hardened-aks",
    ...description,
    properties: { ...description.properties, terraform },
  });
}

/** The schema of the decisions about an access review, which its page saves. */
export function decisionsSchema(assembly) {
  const maker = new SchemaMaker(assembly, { forFile: false });
  const { properties, ...schema } = maker.struct("AccessDecisions");
  const { decisions } = properties;
  // A struct cannot express it.
  const items = { ...decisions.items, dependentRequired: { decision: ["by", "on"] } };
  return maker.finished({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "hardened-aks decisions about an access review",
    ...schema,
    properties: { ...properties, decisions: { ...decisions, items } },
  });
}

/** The schema of access-review.json. */
export function reviewSchema(assembly) {
  const maker = new SchemaMaker(assembly, { forFile: false });
  return maker.finished({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "hardened-aks access review",
    ...maker.struct("AccessReviewDocument"),
  });
}
