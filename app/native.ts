// Blocks that scanners cannot read in JSON, in Terraform's native syntax. Pure.
// Checkov fails on settings without a label (`required_version`), and on lists of blocks (`moved`, `import`, `removed`).
// @see https://github.com/bridgecrewio/checkov/issues/7454
import { Json, JsonObject, isObject } from "./handoff/stack-json";

/** The file of these blocks, beside the JSON of a stack. */
export const NATIVE_FILE = "terraform.tf";

const LISTS = ["moved", "import", "removed"] as const;

/** A stack in two parts. */
export interface SplitStack {
  /** The blocks that scanners read. */
  readonly json: JsonObject;
  /** The other blocks, in Terraform's native syntax. */
  readonly native: string;
}

/** Splits a stack. */
export function splitStack(stack: JsonObject): SplitStack {
  const { terraform = {}, moved, import: imports, removed, ...rest } = stack;
  const { required_version: version, ...settings } = terraform as JsonObject;
  const lists = { moved, import: imports, removed };
  const blocks = LISTS.flatMap((type) =>
    [lists[type] ?? []].flat().map((block) => blockOf(type, block as JsonObject)),
  );
  return {
    json: { ...rest, terraform: settings },
    native: [
      ...(version === undefined ? [] : [blockOf("terraform", { required_version: version })]),
      ...blocks,
    ].join("\n"),
  };
}

/** Returns the texts of a stack that cdktf wrote: its JSON, and the file beside it. */
export function splitText(text: string): { readonly json: string; readonly native: string } {
  const { json, native } = splitStack(JSON.parse(text) as JsonObject);
  return { json: JSON.stringify(json, null, 2), native };
}

const ADDRESSES = ["from", "to"];

// Addresses stand for themselves. In a template, quotes are not escaped, so that it stands in a heredoc.
function textOf(name: string, value: Json): string {
  if (typeof value === "string" && ADDRESSES.includes(name)) {
    return value;
  }
  return typeof value === "string" && value.includes("${")
    ? `chomp(<<EOT\n${value}\nEOT\n  )`
    : JSON.stringify(value);
}

function blockOf(type: string, content: JsonObject, indent = ""): string {
  const inner = `${indent}  `;
  const isNested = (value: Json) => [value].flat().some(isObject);
  const entries = Object.entries(content);
  const width = Math.max(...entries.map(([name, value]) => (isNested(value) ? 0 : name.length)));
  const lines = entries.flatMap(([name, value]) =>
    isNested(value)
      ? [value]
          .flat()
          .filter(isObject)
          .map((one) => blockOf(name, one, inner).trimEnd())
      : [`${inner}${name.padEnd(width)} = ${textOf(name, value)}`],
  );
  return `${indent}${type} {\n${lines.join("\n")}\n${indent}}\n`;
}
