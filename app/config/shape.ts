// Turns schema errors into findings, and replaces invalid parts with placeholders, so that the rules can check the rest
// in the same run.
import { Schema, format, validate } from "@cfworker/json-schema";
import { parseResourceId } from "../../lib/spec/resource-id";
import {
  FILE_SCHEMA,
  Fields,
  FileSchema,
  exampleOf,
  isGroup,
  narrow,
  schemaAt,
} from "./file-schema";
import {
  ShapePlace,
  ShapeWords,
  fieldAround,
  incompleteReference,
  invalidChoice,
  invalidId,
  missingField,
  pathsMeantBy,
  unknownField,
  wrongType,
} from "./shape-words";
import { choicesOf } from "./value-words";
import { Path } from "./yaml-source";

/** Returns how a value is written in the file, such as 1.30; undefined if it is no single value. */
export type Written = (path: Path) => string | undefined;

/** A finding about the shape of a file. */
export interface ShapeFinding {
  readonly code: string;
  readonly path: Path;
  /** Whether the finding concerns the key rather than the value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly remedy: string;
  /** Where the value of an unknown field probably belongs. */
  readonly meant?: readonly Path[];
}

/** The content with placeholders for invalid parts, the findings, and the paths of the placeholders. */
export interface ShapeResult {
  readonly content?: Fields;
  readonly findings: ShapeFinding[];
  readonly replaced: Path[];
}

/** More rounds than a file has findings that hide each other. */
const MAX_ROUNDS = 200;

format["resource-id"] = (id: string) => parseResourceId(id) !== undefined;

/** Checks the shape of the content of a file. */
export function checkShape(
  data: unknown,
  schema: FileSchema = FILE_SCHEMA,
  written: Written = () => undefined,
): ShapeResult {
  const wrapper = wrapperOf(data, schema);
  if (wrapper) {
    return { findings: [wrapper], replaced: [] };
  }
  const findings: ShapeFinding[] = [];
  const replaced: Path[] = [];
  let content = structuredClone(data);
  // Each round replaces the invalid parts; the next one finds errors that they hid.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const narrowed = narrow(schema, content);
    const found = errorsIn(content, narrowed).map((error) =>
      describe(error, content, narrowed, { data, written }),
    );
    if (found.length === 0) {
      return { content: content as Fields, findings: withoutMeant(findings), replaced };
    }
    findings.push(...found);
    for (const { code, path, meant = [] } of found) {
      if (code === "HAKS-FILE-002") {
        replaced.push(...meant);
        content = change(content, path, undefined);
      } else {
        replaced.push(path);
        content = change(content, path, exampleOf(schemaAt(narrowed, path)));
      }
    }
  }
  return { findings: withoutMeant(findings), replaced };
}

/** Leaves out fields that are missing because an unknown one is meant by them. */
function withoutMeant(findings: ShapeFinding[]): ShapeFinding[] {
  const meant = findings.flatMap((finding) => finding.meant ?? []).map((path) => path.join("."));
  return findings.filter(
    ({ code, path }) => code !== "HAKS-FILE-003" || !meant.includes(path.join(".")),
  );
}

/** Describes a field around the whole description; undefined if there is none. */
function wrapperOf(data: unknown, { properties = {}, required = [] }: FileSchema) {
  const [field = "", ...more] = isGroup(data) ? Object.keys(data) : [];
  const inner = isGroup(data) ? data[field] : undefined;
  const isWrapper = more.length === 0 && !Object.hasOwn(properties, field) && isGroup(inner);
  return isWrapper && required.some((name) => Object.hasOwn(inner, name))
    ? { code: "HAKS-FILE-002", path: [field], atKey: true, ...fieldAround(field) }
    : undefined;
}

/** An error of the schema validation. */
interface ShapeError {
  readonly path: Path;
  readonly keyword: string;
}

// Limits and patterns are for editors: the rules of the library explain them better.
const KEYWORDS = ["type", "enum", "const", "required", "additionalProperties", "oneOf", "format"];

// Errors about a key, reported at the object that lacks it or must not have it.
const KEY_KEYWORDS = ["required", "additionalProperties"];

function errorsIn(content: unknown, schema: FileSchema): ShapeError[] {
  const { errors } = validate(content, schema as Schema, "7", {}, false);
  return errors
    .filter(({ keyword }) => KEYWORDS.includes(keyword))
    .filter(({ keywordLocation }) => !keywordLocation.includes("/oneOf/"))
    .map(({ keyword, instanceLocation, error }) => {
      const key = KEY_KEYWORDS.includes(keyword) ? /"(.*)"/s.exec(error)?.slice(1) : undefined;
      const path = pathOf(instanceLocation, content);
      return { keyword, path: [...path, ...(key ?? [])] };
    })
    .filter((error) => isReported(error, valueAt(content, error.path), schema));
}

// Errors inside an object, and numbers that are not integers, are reported elsewhere.
function isReported({ keyword, path }: ShapeError, value: unknown, schema: FileSchema): boolean {
  switch (keyword) {
    case "additionalProperties":
      return schemaAt(schema, path) === undefined;
    case "enum":
      return schemaAt(schema, path)?.["x-open"] !== true || typeof value !== "string";
    case "oneOf":
      return isGroup(value);
    case "type":
      return typeof value !== "number" || schemaAt(schema, path)?.type !== "integer";
    default:
      return true;
  }
}

function pathOf(pointer: string, content: unknown): Path {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replace(/~1/g, "/").replace(/~0/g, "~"));
  return keys.map((key, index) =>
    Array.isArray(valueAt(content, keys.slice(0, index))) ? Number(key) : key,
  );
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], content);
}

function describe(
  { path, keyword }: ShapeError,
  content: unknown,
  root: FileSchema,
  { data, written }: { readonly data: unknown; readonly written: Written },
): ShapeFinding {
  const above = path.slice(0, -1);
  const place: ShapePlace = {
    path,
    value: valueAt(data, path) ?? valueAt(content, path),
    // Without the placeholders of earlier rounds.
    beside: (valueAt(data, above) ?? {}) as Fields,
    schema: schemaAt(root, path),
    group: schemaAt(root, above),
    written: written(path),
  };
  const finding = (code: string, { message, remedy }: ShapeWords, atKey = false) => ({
    ...{ code, path, atKey, message, remedy },
  });
  switch (keyword) {
    case "additionalProperties":
      return { ...finding("HAKS-FILE-002", unknownField(place), true), meant: pathsMeantBy(place) };
    case "required":
      return finding("HAKS-FILE-003", missingField(place), true);
    case "oneOf":
      return finding("HAKS-FILE-005", incompleteReference(place));
    case "format":
      return finding("HAKS-FILE-005", invalidId(place));
    default:
      return typeof place.value === "string" && choicesOf(place.schema)
        ? finding("HAKS-FILE-005", invalidChoice(place))
        : finding("HAKS-FILE-004", wrongType(place));
  }
}

/** Replaces the value at a path; undefined removes it. */
function change(content: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  const parent = (typeof content === "object" && content !== null ? content : {}) as {
    [key: string]: unknown;
  };
  const replacement = change(parent[key], rest, value);
  if (replacement === undefined) {
    delete parent[key];
  } else {
    parent[key] = replacement;
  }
  return parent;
}
