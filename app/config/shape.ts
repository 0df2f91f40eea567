// Shape mistakes: what the schema library finds, in words. And stand-ins for wrong parts, so that
// the rules can say in the same run what else is wrong.
import * as v from "valibot";
import { FileContent, fileSchema } from "./schema";
import { exampleOf, fieldsOf, schemaAt } from "./schema-walk";
import { Path } from "./yaml-source";

/** One mistake in the shape of a file. */
export interface ShapeMistake {
  readonly code: string;
  readonly path: Path;
  /** Whether the key is meant, and not the value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly remedy: string;
}

/** The content with wrong parts replaced, what was wrong, and where something was replaced. */
export interface ShapeResult {
  readonly content?: FileContent;
  readonly mistakes: ShapeMistake[];
  readonly replaced: Path[];
}

type Issue = v.BaseIssue<unknown>;

/** More rounds than a file has mistakes that hide each other. */
const MOST_ROUNDS = 200;

/** Checks the shape of the content of a file. */
export function checkShape(data: unknown): ShapeResult {
  const mistakes: ShapeMistake[] = [];
  const replaced: Path[] = [];
  let content = structuredClone(data);
  for (const path of misplacedLists(content, [])) {
    const name = path[path.length - 1] ?? "the file";
    const message = `The field "${name}" is a list.`;
    const remedy = "Write fields, indented below it.";
    mistakes.push({ code: "HAKS-FILE-004", path, atKey: false, message, remedy });
    replaced.push(path);
    content = change(content, path, exampleOf(schemaAt(fileSchema, path)));
  }
  // Each round replaces what was found; what that hid shows in the next one.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = v.safeParse(fileSchema, content);
    if (result.success) {
      return { content: result.output, mistakes, replaced };
    }
    for (const issue of result.issues) {
      const path = (issue.path ?? []).map(({ key }) => key as string | number);
      mistakes.push(describe(issue, path));
      if (isUnknownKey(issue)) {
        content = change(content, path, undefined);
      } else {
        replaced.push(path);
        content = change(content, path, exampleOf(schemaAt(fileSchema, path)));
      }
    }
  }
  return { mistakes, replaced };
}

// To the schema library a list is a group of fields, too.
function misplacedLists(value: unknown, path: Path): Path[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const type = schemaAt(fileSchema, path)?.type;
  // What is passed on as it is may be a list anywhere.
  if (type === "unknown") {
    return [];
  }
  return Array.isArray(value) && type !== undefined && type !== "array"
    ? [path]
    : Object.entries(value).flatMap(([key, item]) =>
        misplacedLists(item, [...path, Array.isArray(value) ? Number(key) : key]),
      );
}

function describe(issue: Issue, path: Path): ShapeMistake {
  const name = `"${path[path.length - 1] ?? "the file"}"`;
  const atKey = isUnknownKey(issue) || issue.received === "undefined";
  if (isUnknownKey(issue)) {
    const fields = fieldsOf(schemaAt(fileSchema, path.slice(0, -1)));
    const message = `There is no field ${name} here.`;
    return { code: "HAKS-FILE-002", path, atKey, message, remedy: `Use ${anyOf(fields)}.` };
  }
  if (issue.kind === "validation") {
    const [message = "", remedy = "Correct it."] = issue.message.split("|");
    return { code: "HAKS-FILE-005", path, atKey, message, remedy };
  }
  const remedy = `Write ${wanted(issue, path)}.`;
  if (issue.received === "undefined") {
    return { code: "HAKS-FILE-003", path, atKey, message: `The field ${name} is missing.`, remedy };
  }
  const wrongChoice = typeof issue.input === "string" && options(issue) !== undefined;
  const code = wrongChoice ? "HAKS-FILE-005" : "HAKS-FILE-004";
  return { code, path, atKey, message: `The field ${name} is ${kindOf(issue.input)}.`, remedy };
}

function isUnknownKey({ type, expected }: Issue): boolean {
  return type === "strict_object" && expected === "never";
}

/** The texts that a field can have; undefined if it is not such a field. */
function options({ type, expected }: Issue): string[] | undefined {
  return ["picklist", "variant", "literal"].includes(type) && expected?.includes('"')
    ? [...expected.matchAll(/"([^"]*)"/g)].map(([, option]) => option!)
    : undefined;
}

const WANTED: { [type: string]: string } = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  union: "a text or a number",
  array: "a list, with each item on a line of its own after a dash",
  record: "fields, indented below it",
  strict_object: "fields, indented below it",
  variant: "fields, indented below it",
};

function wanted(issue: Issue, path: Path): string {
  const choices = options(issue);
  if (choices) {
    return anyOf(choices);
  }
  // For a missing key, the issue is about the object; what belongs there, the schema knows.
  const type = issue.received === "undefined" ? schemaAt(fileSchema, path)?.type : issue.type;
  const quotes =
    type === "string" && ["number", "boolean"].includes(typeof issue.input) ? ", in quotes" : "";
  return `${WANTED[type ?? ""] ?? "another value"}${quotes}`;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return "empty";
  }
  if (typeof value === "object") {
    return Array.isArray(value) ? "a list" : "a group of fields";
  }
  return `${typeof value === "string" ? "the text" : `the ${typeof value}`} ${JSON.stringify(value)}`;
}

function anyOf(items: string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`
    : (items[0] ?? "another one");
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
