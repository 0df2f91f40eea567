// The JSON Schemas of haks.yaml, of access reviews, of decisions about them and of the review of a fleet, made from the
// structs of the library and their JSDoc; those of the index of a fleet and of the comparison with Azure, made from their
// types in the application.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";
import { ROOT } from "./processes.mjs";
import { SchemaMaker } from "./schema-maker.mjs";

/** The field of which the values are never those of the library: the application merges the files before. */
const EXTENDS = {
  description:
    "Path of a file with fields of this description, or several such paths, relative to this file. Later files replace values of earlier ones, and this file replaces those of all. Groups are merged field by field. Default: none.",
  anyOf: [
    { type: "string", examples: ["../defaults.yaml"] },
    { type: "array", items: { type: "string", examples: ["../defaults.yaml"] } },
  ],
};

/** Writes the schemas. */
export function writeSchemas() {
  const assembly = JSON.parse(readFileSync(`${ROOT}.jsii`, "utf8"));
  write("haks.schema.json", haksSchema(assembly));
  write("access-review.schema.json", reviewSchema(assembly));
  write("access-decisions.schema.json", decisionsSchema(assembly));
  write("access-live.schema.json", liveSchema());
  write("fleet.schema.json", fleetSchema());
  write("fleet-review.schema.json", fleetReviewSchema(assembly));
}

function write(file, schema) {
  const path = `${ROOT}${file}`;
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  // Others may read it meanwhile.
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    writeFileSync(path, text);
  }
}

/**
 * Returns the schema of haks.yaml: the description of a cluster, and the settings of Terraform. The application reads the file
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
    properties: { ...description.properties, terraform, extends: EXTENDS },
  });
}

/** Returns the schema of the decisions about an access review, which its page saves. */
export function decisionsSchema(assembly) {
  const schema = ofStruct(
    "AccessDecisions",
    "hardened-aks decisions about an access review",
    assembly,
  );
  // A struct cannot express it.
  schema.properties.decisions.items.dependentRequired = { decision: ["by", "on"] };
  return schema;
}

/** Returns the schema of access-review.json. */
export function reviewSchema(assembly) {
  return ofStruct("AccessReviewDocument", "hardened-aks access review", assembly);
}

/** Returns the schema of fleet-review.json. */
export function fleetReviewSchema(assembly) {
  return ofStruct("FleetReviewDocument", "hardened-aks fleet review", assembly);
}

/** Returns the schema of a struct of the library. */
function ofStruct(name, title, assembly) {
  const maker = new SchemaMaker(assembly, { forFile: false });
  return maker.finished({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    ...maker.struct(name),
  });
}

/** Returns the schema of fleet.json. */
export function fleetSchema() {
  return ofApplication("app/fleet/fleet-index.ts", "FleetIndex", "hardened-aks fleet index");
}

/** Returns the schema of access-live.json. */
export function liveSchema() {
  return ofApplication("app/live/live-review.ts", "LiveReview", "hardened-aks plan and Azure");
}

/** Returns the schema of a type of the application, which is not public API, so that no assembly has it. */
function ofApplication(path, type, title) {
  const { $schema, ...schema } = createGenerator({
    path: `${ROOT}${path}`,
    tsconfig: `${ROOT}tsconfig.json`,
    type,
    topRef: false,
    expose: "none",
    skipTypeCheck: true,
  }).createSchema(type);
  return { $schema, title, ...schema };
}
