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
import { Path } from "./yaml-source";

/** A finding about the shape of a file. */
export interface ShapeFinding {
  readonly code: string;
  readonly path: Path;
  /** Whether the finding concerns the key rather than the value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly remedy: string;
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
export function checkShape(data: unknown, schema: FileSchema = FILE_SCHEMA): ShapeResult {
  const findings: ShapeFinding[] = [];
  const replaced: Path[] = [];
  let content = structuredClone(data);
  // Each round replaces the invalid parts; the next one finds errors that they hid.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const narrowed = narrow(schema, content);
    const found = errorsIn(content, narrowed).map((error) => describe(error, content, narrowed));
    if (found.length === 0) {
      return { content: content as Fields, findings, replaced };
    }
    findings.push(...found);
    for (const { code, path } of found) {
      if (code === "HAKS-FILE-002") {
        content = change(content, path, undefined);
      } else {
        replaced.push(path);
        content = change(content, path, exampleOf(schemaAt(narrowed, path)));
      }
    }
  }
  return { findings, replaced };
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
      return schemaAt(schema, path)?.["x-open"] !== true;
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

function describe({ path, keyword }: ShapeError, content: unknown, root: FileSchema): ShapeFinding {
  const name = `"${path[path.length - 1] ?? "the file"}"`;
  const schema = schemaAt(root, path);
  const value = valueAt(content, path);
  switch (keyword) {
    case "additionalProperties": {
      const fields = Object.keys(schemaAt(root, path.slice(0, -1))?.properties ?? {});
      const message = `The field ${name} is unknown.`;
      return { code: "HAKS-FILE-002", path, atKey: true, message, remedy: `Use ${anyOf(fields)}.` };
    }
    case "required": {
      const message = `The field ${name} is missing.`;
      const remedy = `Write ${expected(schema, value)}.`;
      return { code: "HAKS-FILE-003", path, atKey: true, message, remedy };
    }
    case "oneOf":
      return { code: "HAKS-FILE-005", path, atKey: false, ...NOT_A_REFERENCE };
    case "format":
      return { code: "HAKS-FILE-005", path, atKey: false, ...NOT_AN_ID };
    default: {
      const isChoice = typeof value === "string" && choicesOf(schema) !== undefined;
      const code = isChoice ? "HAKS-FILE-005" : "HAKS-FILE-004";
      const message = `The field ${name} is ${kindOf(value)}.`;
      return { code, path, atKey: false, message, remedy: `Write ${expected(schema, value)}.` };
    }
  }
}

const NOT_A_REFERENCE = {
  message: "This does not identify a resource.",
  remedy: "Set either id, or name and resourceGroup.",
};
const NOT_AN_ID = {
  message: "This is not a resource id.",
  remedy: "Use /subscriptions/<id>/resourceGroups/<name>/providers/<type>/<name>.",
};

/** Returns the choices of a field; undefined if the field has none. */
function choicesOf(schema: FileSchema | undefined): readonly string[] | undefined {
  return schema?.enum ?? (schema?.const === undefined ? undefined : [schema.const]);
}

const EXPECTED: { readonly [type: string]: string } = {
  string: "a string",
  integer: "a number",
  number: "a number",
  boolean: "true or false",
  array: "a list, with each item on a separate line after a dash",
  object: "fields, indented below it",
};

function expected(schema: FileSchema | undefined, value: unknown): string {
  const choices = choicesOf(schema);
  if (choices) {
    return anyOf(choices);
  }
  // Each alternative is a group of fields.
  const types = [schema?.type ?? "object"].flat();
  const isUnquoted = schema?.type === "string" && ["number", "boolean"].includes(typeof value);
  return (
    types.map((type) => EXPECTED[type] ?? type).join(" or ") + (isUnquoted ? ", in quotes" : "")
  );
}

function kindOf(value: unknown): string {
  if (value === null) {
    return "empty";
  }
  if (typeof value === "object") {
    return Array.isArray(value) ? "a list" : "a group of fields";
  }
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

function anyOf(items: readonly string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`
    : (items[0] ?? "another name");
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
