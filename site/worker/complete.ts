// Proposes fields and values, and explains fields, from the schema of the file.
import { parseDocument } from "yaml";
import { FILE_SCHEMA, FileSchema, isGroup, narrow, schemaAt } from "../../app/config/file-schema";
import { Path } from "../../app/config/yaml-source";
import { FieldWords, Place, Proposal, Proposals } from "../messages";
import { TextPlace, keyAt, placeAt } from "./place";

/** Returns the fields or values that can stand at a place. */
export function complete({ text, offset }: Place): Proposals | undefined {
  const place = placeAt(text, offset);
  if (!place) {
    return undefined;
  }
  const data = dataWithout(text, offset);
  const { key, from, prefix } = place;
  const list =
    key === undefined
      ? [...fieldsOf(data, place), ...valuesOf(data, place.path)]
      : valuesOf(data, [...place.path, key]);
  return list.length > 0 && !prefix.includes(" ") ? { from, list } : undefined;
}

/** Returns the words about the field that is written at a place. */
export function explain({ text, offset }: Place): FieldWords | undefined {
  const found = keyAt(text, offset);
  const field = found && schemaOf(found.path, contentOf(text));
  return field?.description === undefined
    ? undefined
    : { from: found!.from, to: found!.to, path: found!.path.join("."), words: field.description };
}

function fieldsOf(data: unknown, { path, column }: TextPlace): Proposal[] {
  const { properties = {}, required = [] } = schemaOf(path, data) ?? {};
  const given = path.reduce<unknown>(memberOf, data);
  return Object.entries(properties)
    .filter(([name, field]) => typeof field === "object" && memberOf(given, name) === undefined)
    .map(([name, field]) => ({
      label: name,
      insert: `${name}:${startOf(field, column)}`,
      detail: `${kindOf(field)}${required.includes(name) ? ", required" : ""}`,
      info: field.description ?? "",
    }));
}

function valuesOf(data: unknown, path: Path): Proposal[] {
  const field = schemaOf(path, data) ?? {};
  const kinds = (field.oneOf ?? []).flatMap(({ properties }) => properties?.type ?? []);
  const choices = field.enum ?? kinds.flatMap(({ const: kind }) => kind ?? []);
  const values = [
    ...choices,
    ...(field.const === undefined ? [] : [field.const]),
    ...(field.type === "boolean" ? ["true", "false"] : []),
    ...(field.examples ?? []).filter((one) => ["string", "number"].includes(typeof one)),
  ];
  return [...new Set(values.map(String))].map((value) => ({
    label: value,
    insert: value,
    detail: choices.includes(value) ? "" : field.type === "boolean" ? "" : "example",
    info: field.description ?? "",
  }));
}

/** Returns what follows the colon of a field. */
function startOf(field: FileSchema, column: number): string {
  const inner = `\n${" ".repeat(column + 2)}`;
  switch (kindOf(field)) {
    case "group":
      return field.oneOf?.some(({ properties }) => properties?.type?.const) === true
        ? `${inner}type: `
        : inner;
    case "list":
      return `${inner}- `;
    default:
      return " ";
  }
}

function kindOf({ type, oneOf, properties }: FileSchema): string {
  if (type === "object" || properties || oneOf?.some((one) => one.properties)) {
    return "group";
  }
  return type === "array" ? "list" : [type ?? "text"].flat().join(" or ").replace("string", "text");
}

/** Returns the schema of a path. Where the content decides on an alternative, it is the chosen one. */
function schemaOf(path: Path, data: unknown): FileSchema | undefined {
  return (
    schemaAt(narrow(FILE_SCHEMA, data), path) ??
    path.reduce<FileSchema | undefined>(
      (schema, key) => schema && schemaAt(narrow(schema, undefined), [key]),
      FILE_SCHEMA,
    )
  );
}

function memberOf(value: unknown, key: string | number): unknown {
  return isGroup(value) || Array.isArray(value)
    ? (value as { readonly [key: string | number]: unknown })[key]
    : undefined;
}

/** Returns the content without the line that is edited. */
function dataWithout(text: string, offset: number): unknown {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end < 0 ? undefined : end);
  const kept = (/^ *(- *)*/.exec(line) ?? [""])[0];
  return contentOf(text.slice(0, start) + kept + (end < 0 ? "" : text.slice(end)));
}

function contentOf(text: string): unknown {
  try {
    return parseDocument(text, { logLevel: "silent" }).toJS();
  } catch {
    return undefined;
  }
}
