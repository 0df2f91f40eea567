// Remedies that name a value to write: in place of an invalid one, or of none. Pure.
import { nearest, oneOf } from "../../lib/spec/nearest";
import { FileSchema, isGroup } from "./file-schema";

/** Returns the choices of a field; undefined if the field has none. */
export function choicesOf(schema: FileSchema | undefined): readonly string[] | undefined {
  return schema?.enum ?? (schema?.const === undefined ? undefined : [schema.const]);
}

/**
 * Returns what to write in place of a value of the wrong type.
 *
 * @param written how the value is written in the file, such as 1.30
 */
export function valueInsteadOf(
  value: unknown,
  field: string,
  schema: FileSchema,
  written: string | undefined,
): string {
  const types = [schema.type ?? "object"].flat();
  const isSingle = ["string", "number", "boolean"].includes(typeof value);
  if (types.includes("string") && isSingle) {
    return `it in quotes: "${written ?? String(value)}"`;
  }
  if (schema.type === "array" && isSingle) {
    return listFor(String(value), schema);
  }
  if (isGroupSchema(schema)) {
    return typeof value === "string"
      ? groupFor(value, schema)
      : groupIn(schema, Array.isArray(value) ? "fields below it, without a dash" : undefined);
  }
  return singleFor(value, field, schema) ?? valueFor(field, schema);
}

/** The single value that is in quotes, a list or a group. */
function singleFor(value: unknown, field: string, schema: FileSchema): string | undefined {
  const inner = textIn(value);
  if (inner !== undefined && choicesOf(schema)?.includes(inner)) {
    return inner;
  }
  if (inner !== undefined && schema.type === "string") {
    return `"${field}: ${inner}"`;
  }
  const isQuoted =
    schema.type === "boolean" ? /^(true|false)$/ : isNumeric(schema) ? /^\d+(\.\d+)?$/ : undefined;
  return typeof value === "string" && isQuoted?.test(value) === true
    ? `${value}, without quotes`
    : undefined;
}

function isNumeric({ type }: FileSchema): boolean {
  return type === "integer" || type === "number";
}

/** Returns what to write for a field that has no value. */
export function valueFor(field: string, schema: FileSchema): string {
  return isGroupSchema(schema) ? groupIn(schema) : `${expected(schema)}${suchAs(field, schema)}`;
}

/** The text in a list or a group that has nothing else. */
function textIn(value: unknown): string | undefined {
  const [inner, ...more] =
    isGroup(value) || Array.isArray(value) ? Object.values<unknown>(value) : [];
  return typeof inner === "string" && more.length === 0 ? inner : undefined;
}

/** A list in place of a text that is probably its item, or a field of that. */
function listFor(text: string, { items }: FileSchema): string {
  const schema = [items].flat()[0] ?? {};
  return isGroupSchema(schema)
    ? `a list: a dash before each item, and ${groupFor(text, schema)}`
    : `a list, such as [${text}]`;
}

/** A group of fields in place of a text that is probably the value of one of them. */
function groupFor(text: string, schema: FileSchema): string {
  const { type, name, id } = schema.properties ?? {};
  if (id !== undefined && text.startsWith("/subscriptions/")) {
    return `the field id below it: "id: ${text}"`;
  }
  const kind = nearest(text, choicesOf(type) ?? []);
  if (kind !== undefined) {
    return `fields below it, starting with "type: ${kind}"`;
  }
  const required = requiredOf(schema, "name").filter((field) => field !== "name");
  return name === undefined
    ? groupIn(schema)
    : `fields below it: ${[`"name: ${text}"`, ...required].join(", ")}`;
}

/** The fields that a group must have if it has a certain one. */
function requiredOf({ required, oneOf: alternatives = [] }: FileSchema, field: string) {
  const chosen = alternatives.find((one) => one.required?.includes(field));
  return required ?? chosen?.required ?? [];
}

function isGroupSchema({ type, oneOf: alternatives }: FileSchema): boolean {
  return type === "object" || (type === undefined && alternatives !== undefined);
}

/** How many fields that may be left out are listed. */
const MOST_OPTIONAL = 6;

/** A group of fields in words. */
function groupIn(schema: FileSchema, start = "fields below it"): string {
  const { properties, oneOf: kinds = [] } = schema;
  const types =
    properties?.type?.enum ?? kinds.flatMap((kind) => kind.properties?.type?.const ?? []);
  if (types.length > 0 && !properties?.name) {
    return `${start}, starting with ${oneOf(types.map((type) => `"type: ${type}"`))}`;
  }
  if (!properties) {
    return "names and values below it";
  }
  const fields = fieldsIn(schema, Object.keys(properties));
  return [start, ...(fields === "" ? [] : [fields])].join(": ");
}

/** The fields of a group in words; those that are required come first. */
function fieldsIn({ required = [], oneOf: kinds = [] }: FileSchema, names: string[]): string {
  if (kinds.length > 0) {
    return `either ${oneOf(kinds.map((one) => (one.required ?? []).join(" and ")))}`;
  }
  const optional = names.filter((field) => !required.includes(field));
  if (optional.length === 0 || optional.length > MOST_OPTIONAL) {
    return required.join(", ");
  }
  return required.length === 0
    ? oneOf(optional)
    : `${required.join(", ")}; if needed ${optional.join(", ")}`;
}

const EXPECTED: { readonly [type: string]: string } = {
  string: "a text",
  integer: "a number",
  number: "a number",
  boolean: "true or false",
  object: "fields below it",
};

function expected(schema: FileSchema): string {
  if (schema.type === "array") {
    const [example] = [schema.items].flat()[0]?.examples ?? [];
    const isShort = typeof example === "string" && !example.includes(" ");
    return isShort ? `a list, such as [${example}]` : "a list, with a dash before each item";
  }
  const choices = choicesOf(schema);
  const types = [schema.type ?? "object"].flat();
  return choices ? oneOf(choices) : types.map((type) => EXPECTED[type] ?? type).join(" or ");
}

function suchAs(field: string, schema: FileSchema): string {
  const { examples: [example] = [] } = schema;
  // A sentence would be a placeholder, and no example.
  return (typeof example === "string" && !example.includes(" ")) || typeof example === "number"
    ? `, such as "${field}: ${example}"`
    : "";
}
