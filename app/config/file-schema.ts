// The schema of haks.yaml, which the build generates from the structs of the library, and functions to navigate it. Pure.
import schema from "../../haks.schema.json";
import { entryOf } from "../../lib/spec/tables";
import { Path } from "./yaml-source";

/** The schema of a value: JSON Schema, with the keywords that build/schema.mjs explains. */
export interface FileSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: { readonly [name: string]: FileSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | FileSchema;
  /** In a narrowed schema: one for each item. */
  readonly items?: FileSchema | readonly FileSchema[];
  readonly oneOf?: readonly FileSchema[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly examples?: readonly unknown[];
  readonly "x-class"?: string;
  readonly "x-inline"?: { readonly [property: string]: string };
  readonly "x-name"?: string;
  /** In a narrowed schema: the choice that the other fields of the group are of. */
  readonly "x-likely"?: string;
  /** A choice of which other values are left to the rules. */
  readonly "x-open"?: boolean;
}

/** A static factory method of a class, and the fields that it takes. */
export interface Factory {
  readonly method: string;
  /** The value of the field `type`; undefined if the required fields tell the factories apart. */
  readonly kind?: string;
  readonly required?: readonly string[];
  /** For each parameter its field, or the fields of an options struct. */
  readonly parameters: readonly (string | readonly string[])[];
}

/** The schema of the file. */
export interface RootSchema extends FileSchema {
  readonly "x-classes": { readonly [name: string]: readonly Factory[] };
}

export const FILE_SCHEMA = schema as unknown as RootSchema;

/** Fields by name. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** Whether a value is a group of fields. */
export function isGroup(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the schema of one value: alternatives are chosen by the field `type`, and maps have fields. */
export function narrow(schema: FileSchema, value: unknown): FileSchema {
  const chosen = alternativeOf(schema, isGroup(value) ? value : {});
  if (Array.isArray(value)) {
    const { items } = chosen;
    return items
      ? { ...chosen, items: value.map((item) => narrow(itemOf(items, 0), item)) }
      : chosen;
  }
  if (!isGroup(value)) {
    return chosen;
  }
  const { properties = {}, additionalProperties: ofMap } = chosen;
  const inMap = typeof ofMap === "object" ? Object.keys(value).map((name) => [name, ofMap]) : [];
  const fields = { ...(Object.fromEntries(inMap) as FileSchema["properties"]), ...properties };
  const narrowed = Object.entries(fields).map(([name, field]) => [
    name,
    Object.hasOwn(value, name) ? narrow(field, value[name]) : field,
  ]);
  return { ...chosen, properties: Object.fromEntries(narrowed) as FileSchema["properties"] };
}

function alternativeOf(schema: FileSchema, value: Fields): FileSchema {
  const { oneOf = [], "x-class": className } = schema;
  if (!oneOf.some(({ properties }) => properties?.type?.const)) {
    return schema;
  }
  const chosen = oneOf.find(({ properties }) => properties?.type?.const === value.type);
  return { ...(chosen ?? anyOf(oneOf, value)), "x-class": className };
}

// Without a valid type, the other fields tell which alternative is probably meant.
function anyOf(alternatives: readonly FileSchema[], value: Fields): FileSchema {
  const countFitting = ({ properties = {} }: FileSchema) =>
    Object.keys(value).filter((name) => Object.hasOwn(properties, name)).length;
  const [closest, next] = [...alternatives].sort((a, b) => countFitting(b) - countFitting(a));
  const isClear = closest && next && countFitting(closest) > countFitting(next);
  const kind = closest?.properties?.type?.const;
  const kinds = alternatives.flatMap(({ properties }) => properties?.type?.const ?? []);
  return {
    type: "object",
    properties: {
      ...closest?.properties,
      type: { enum: kinds, examples: [kind], "x-likely": isClear ? kind : undefined },
    },
    required: ["type"],
    examples: [exampleOf(closest)],
  };
}

/** Returns the schema at a path of a narrowed schema. */
export function schemaAt(schema: FileSchema, path: Path): FileSchema | undefined {
  return path.reduce<FileSchema | undefined>((found, key) => {
    const { items, properties = {} } = found ?? {};
    return typeof key === "number" ? items && itemOf(items, key) : entryOf(properties, key);
  }, schema);
}

function itemOf(items: FileSchema | readonly FileSchema[], index: number): FileSchema {
  return Array.isArray(items) ? (items as FileSchema[])[index]! : (items as FileSchema);
}

/** Returns a value that a schema accepts. */
export function exampleOf(schema: FileSchema = {}): unknown {
  const { examples = [], oneOf, properties = {}, required = [] } = schema;
  const [given] = [...examples, schema.const, ...(schema.enum ?? [])].filter(isGiven);
  if (given !== undefined) {
    return structuredClone(given);
  }
  switch (schema.type) {
    case undefined:
      return oneOf ? exampleOf(oneOf[0]) : "example";
    case "object":
      return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name])]));
    case "array":
      return [];
    case "boolean":
      return false;
    case "string":
      return "example";
    default:
      return schema.minimum ?? 0;
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}
