// Texts of findings about the shape of a file: message, and remedy. Pure.
import { insteadOf, nearest, oneOf } from "../../lib/spec/nearest";
import { parseResourceId } from "../../lib/spec/resource-id";
import { FILE_SCHEMA, Fields, FileSchema, isGroup, schemaAt } from "./file-schema";
import { choicesOf, valueFor, valueInsteadOf } from "./value-words";
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
  const [place] = path.length === 1 ? placesOf(field, path) : [];
  const meant = place === undefined ? meantBy(field, beside, group) : undefined;
  const written = isKind(field, group) && meant === "type" ? `"type: ${field}"` : meant;
  return {
    message: `The field "${field}" is unknown${path.length > 1 ? " here" : ""}.`,
    remedy: `Use ${written === undefined ? (elsewhere(field, path) ?? oneOf(fields)) : `${written}, if that is meant`}.`,
  };
}

/** Describes an unknown field that the whole description is in. */
export function fieldAround(field: string): ShapeWords {
  return {
    message: `The field "${field}" is unknown, and the whole description is in it.`,
    remedy: `Remove the line "${field}:", and move the lines below it to the left.`,
  };
}

/** Returns the paths of the fields that an unknown one probably is. */
export function pathsMeantBy({ path, beside, group }: ShapePlace): Path[] {
  const field = lastOf(path);
  const meant = meantBy(field, beside, group);
  const places = placesOf(field, path).map((place) => [...place.split("."), field]);
  const inGroup = meant === undefined ? [] : [[...path.slice(0, -1), meant]];
  return path.length === 1 && places.length > 0 ? places : [...inGroup, ...places];
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
  const isType = [field, beside[field]].some((one) => isKind(one, { properties }));
  return isType && free.includes("type") ? "type" : nearest(field, free);
}

/** Whether a value is a choice of the field `type` of a group. */
function isKind(value: unknown, { properties = {} }: FileSchema = {}): boolean {
  return choicesOf(properties.type)?.includes(String(value)) ?? false;
}

/** Returns where a field that is unknown in a group belongs. */
function elsewhere(field: string, path: Path): string | undefined {
  const [kind] = kindsWith(field, path);
  if (kind !== undefined) {
    return `it with "type: ${kind}", or remove it`;
  }
  const places = placesOf(field, path);
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
      ? `${field} with ${valueFor(field, schema)}`
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
  // Of an address of the portal, or of an id with a slash too many or too few.
  const [, part = ""] = /(subscriptions\/.*?)[/\s]*$/.exec(String(value)) ?? [];
  const id = `/${part}`;
  return {
    message: `"${String(value)}" is not a resource id.`,
    remedy: `Use ${parseResourceId(id) ? id : "/subscriptions/<id>/resourceGroups/<name>/providers/<type>/<name>"}.`,
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
  const isOptional = value === null && !place.group?.required?.includes(lastOf(path));
  return {
    message: `${nameOf(path)} is ${kindOf(value, written)}.`,
    remedy: `Write ${valueInsteadOf(value, lastOf(path), schema ?? {}, written)}${isOptional ? "; or remove it" : ""}.`,
  };
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

/** The groups of fields elsewhere that have a field, in the same part of the description; none if there are many. */
function placesOf(field: string, [part, ...rest]: Path): string[] {
  const own = [part, ...rest].slice(0, -1).join(".");
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
  const isNear = (place: string): boolean =>
    rest.length === 0 || (place.split(".")[0] === part && place !== own);
  return found.size <= 2 ? [...found].filter(isNear) : [];
}
