// Texts of findings about the shape of a file: message, and remedy. Pure.
import { insteadOf, nearest, oneOf } from "../../lib/spec/nearest";
import { FILE_SCHEMA, Fields, FileSchema, isGroup, schemaAt } from "./file-schema";
import { Path } from "./yaml-source";

/** Message and remedy. */
export interface ShapeWords {
  readonly message: string;
  readonly remedy: string;
}

/** Where a value stands: its path, the content and its schema, and how it is written there. */
export interface ShapePlace {
  readonly path: Path;
  readonly value: unknown;
  /** The fields beside it. */
  readonly beside: Fields;
  readonly schema: FileSchema | undefined;
  /** The schema of the group that it is in. */
  readonly group: FileSchema | undefined;
  /** The value as it is written in the file, such as 1.30. */
  readonly written: string | undefined;
}

/** Describes a field that does not exist. */
export function unknownField({ path, beside, group }: ShapePlace): ShapeWords {
  const field = lastOf(path);
  const fields = Object.keys(group?.properties ?? {});
  const meant = meantBy(field, beside, group);
  return {
    message: `The field "${field}" is unknown${path.length > 1 ? " here" : ""}.`,
    remedy: `Use ${meant === undefined ? (elsewhere(field, path) ?? oneOf(fields)) : `${meant}, if that is meant`}.`,
  };
}

/** Whether a field that is missing is probably there with another name. */
export function isMisspelled(
  field: string,
  beside: Fields,
  group: FileSchema | undefined,
): boolean {
  return Object.keys(beside).some((name) => meantBy(name, beside, group) === field);
}

/** Returns the field of a group that an unknown one probably is: by its name, or by its value. */
function meantBy(
  field: string,
  beside: Fields,
  { properties = {} }: FileSchema = {},
): string | undefined {
  if (Object.hasOwn(properties, field)) {
    return undefined;
  }
  const free = Object.keys(properties).filter((name) => !Object.hasOwn(beside, name));
  const isKind = choicesOf(properties.type)?.includes(String(beside[field])) ?? false;
  return isKind && free.includes("type") ? "type" : nearest(field, free);
}

/** Returns where a field that is unknown in a group belongs. */
function elsewhere(field: string, path: Path): string | undefined {
  const [kind] = kindsWith(field, path);
  if (kind !== undefined) {
    return `it with "type: ${kind}", or remove it`;
  }
  const places = placesOf(field);
  if (places.length > 0) {
    return `it below ${oneOf(places)}`;
  }
  const top =
    path.length > 1 ? nearest(field, Object.keys(FILE_SCHEMA.properties ?? {})) : undefined;
  return top && `${top}, beside ${String(path[0])}, if that is meant`;
}

/** The kinds of a group that have a field. */
function kindsWith(field: string, path: Path): string[] {
  const { oneOf: kinds = [] } = schemaAt(FILE_SCHEMA, path.slice(0, -1)) ?? {};
  return kinds
    .filter(({ properties = {} }) => Object.hasOwn(properties, field))
    .flatMap(({ properties }) => properties?.type?.const ?? []);
}

/** Describes a field that is missing. */
export function missingField(place: ShapePlace): ShapeWords {
  const { path, schema = {} } = place;
  const field = lastOf(path);
  const { "x-likely": likely } = schema;
  const others = (choicesOf(schema) ?? []).filter((one) => one !== likely);
  const remedy =
    likely === undefined
      ? `${field} with ${isGroupSchema(schema) ? groupIn(schema) : `${expected(schema)}${suchAs(field, schema)}`}`
      : `"${field}: ${likely}"; other values are ${others.join(", ")}`;
  return { message: `The field "${field}" is missing.`, remedy: `Write ${remedy}.` };
}

/** Describes a value that is not one of the choices. */
export function invalidChoice({ path, value, schema }: ShapePlace): ShapeWords {
  return {
    message: `The field "${lastOf(path)}" does not take "${String(value)}".`,
    remedy: `Use ${insteadOf(String(value), choicesOf(schema) ?? [])}.`,
  };
}

/** Describes a reference that lacks a part. */
export function incompleteReference({ value, path }: ShapePlace): ShapeWords {
  const { name, id } = isGroup(value) ? value : {};
  if (name !== undefined && id !== undefined) {
    return {
      message: `${nameOf(path)} has both a name and an id.`,
      remedy: "Remove either id, or name and resourceGroup.",
    };
  }
  return typeof name === "string"
    ? {
        message: `${nameOf(path)} has the name "${name}" and no resource group.`,
        remedy: "Write resourceGroup beside name, or id in place of both.",
      }
    : {
        message: `${nameOf(path)} does not identify a resource.`,
        remedy: "Write either id, or name and resourceGroup.",
      };
}

/** Describes a text that is not a resource id. */
export function invalidId({ value }: ShapePlace): ShapeWords {
  return {
    message: `"${String(value)}" is not a resource id.`,
    remedy: "Use /subscriptions/<id>/resourceGroups/<name>/providers/<type>/<name>.",
  };
}

/** Describes a value of the wrong type. */
export function wrongType(place: ShapePlace): ShapeWords {
  const { path, value, schema, written } = place;
  if (path.length === 0) {
    return {
      message: value === null ? "The file is empty." : `The file has ${kindOf(value, written)}.`,
      remedy:
        "Write a description, such as haks.yaml or examples/enterprise/haks.yaml of hardened-aks.",
    };
  }
  return {
    message: `${nameOf(path)} is ${kindOf(value, written)}.`,
    remedy: `Write ${instead(place, schema ?? {})}.`,
  };
}

/** Returns the choices of a field; undefined if the field has none. */
export function choicesOf(schema: FileSchema | undefined): readonly string[] | undefined {
  return schema?.enum ?? (schema?.const === undefined ? undefined : [schema.const]);
}

function lastOf(path: Path): string {
  return String(path[path.length - 1]);
}

/** The name of a value; items of a list are counted from 1. */
function nameOf(path: Path): string {
  const last = path[path.length - 1];
  return typeof last === "number"
    ? `Item ${last + 1} of "${lastOf(path.slice(0, -1))}"`
    : `The field "${lastOf(path)}"`;
}

function kindOf(value: unknown, written: string | undefined): string {
  if (value === null) {
    return "empty";
  }
  if (typeof value === "object") {
    return Array.isArray(value) ? "a list" : "a group of fields";
  }
  return typeof value === "string"
    ? `the text ${JSON.stringify(value)}`
    : `the ${typeof value} ${written ?? JSON.stringify(value)}`;
}

/** Returns what to write in place of a value of the wrong type. */
function instead({ path, value, written }: ShapePlace, schema: FileSchema): string {
  const types = [schema.type ?? "object"].flat();
  if (types.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    return `it in quotes: "${written ?? value}"`;
  }
  if (schema.type === "array") {
    return typeof value === "string"
      ? `a list, such as [${value}]`
      : "a list, with a dash before each item";
  }
  if (isGroupSchema(schema)) {
    return typeof value === "string" ? groupFor(value, schema) : groupIn(schema);
  }
  if (["integer", "number"].includes(String(schema.type)) && isNumber(value)) {
    return `${value}, without quotes`;
  }
  return `${expected(schema)}${suchAs(lastOf(path), schema)}`;
}

function isNumber(value: unknown): value is string {
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value);
}

/** A group of fields in place of a text that is probably the value of one of them. */
function groupFor(text: string, schema: FileSchema): string {
  const { type, name } = schema.properties ?? {};
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

/** A group of fields in words; those that are required come first. */
function groupIn({ properties, required = [], oneOf: kinds = [] }: FileSchema): string {
  if (!properties) {
    return "names and values below it";
  }
  const optional = Object.keys(properties).filter((field) => !required.includes(field));
  const needed =
    kinds.length > 0
      ? `either ${oneOf(kinds.map((one) => (one.required ?? []).join(" and ")))}`
      : required.join(", ");
  const more = kinds.length > 0 || optional.length > MOST_OPTIONAL ? [] : optional;
  const parts = [needed, more.length > 0 ? `if needed ${more.join(", ")}` : ""];
  return `fields below it: ${parts.filter((part) => part !== "").join("; ")}`;
}

const EXPECTED: { readonly [type: string]: string } = {
  string: "a text",
  integer: "a number",
  number: "a number",
  boolean: "true or false",
  array: "a list, with a dash before each item",
  object: "fields below it",
};

function expected(schema: FileSchema): string {
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

/** The groups of fields elsewhere that have a field; none if there are many. */
function placesOf(field: string): string[] {
  const found = new Set<string>();
  const visit = (schema: FileSchema, path: string): void => {
    const { properties = {}, items, oneOf: alternatives = [], additionalProperties } = schema;
    if (path !== "" && Object.hasOwn(properties, field)) {
      found.add(path);
    }
    for (const [name, inner] of Object.entries(properties)) {
      if (name !== "previous") {
        visit(inner, path === "" ? name : `${path}.${name}`);
      }
    }
    const inner = [items, ...alternatives, additionalProperties];
    for (const one of inner.flat().filter((value) => typeof value === "object")) {
      visit(one, path);
    }
  };
  visit(FILE_SCHEMA, "");
  return found.size <= 2 ? [...found] : [];
}
