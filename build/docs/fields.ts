// docs/fields.md: all fields of haks.yaml, from its schema. Pure.
import { FILE_SCHEMA, FileSchema } from "../../app/config/file-schema";
import { table } from "../../app/review/markdown-text";

/** A schema with its words. */
type Described = FileSchema & { readonly description?: string };

interface Row {
  readonly path: string;
  readonly schema: Described;
  readonly isRequired: boolean;
  /** The type of the group that has the field. */
  readonly only?: string;
}

/** A resource is given in the same way everywhere. */
const RESOURCE = "ResourceReference";

/** The page about all fields. */
export function fieldsPage(): string {
  const sections = rowsOf(FILE_SCHEMA).map(({ path, schema, isRequired }) => {
    const { text, usual } = wordsOf(schema);
    const rows = inside(schema, path);
    return [
      `## ${path}`,
      "",
      [sentenceWithType(schema), text, isRequired ? "Required." : `Default: ${usual}.`].join(" "),
      "",
      ...choicesOf(schema).flatMap((choice) => [`- ${choice}`]),
      ...(choicesOf(schema).length > 0 ? [""] : []),
      ...(rows.length > 0
        ? [table(["Field", "Type", "Default", "Description"], rows.map(cellsOf)), ""]
        : []),
    ].join("\n");
  });
  return [
    "# All fields",
    "",
    "This page lists all fields of `haks.yaml`. [The description](description.md) explains the file, and `npm run docs`",
    "generates this page from [haks.schema.json](../haks.schema.json).",
    "",
    "In a path, `*` stands for an item of a list or an entry of a map. A _resource_ is a group with `name`,",
    "`resourceGroup` and, if it is in another subscription, `subscriptionId`; or with `id` alone, the full resource id,",
    "and Terraform does not read the resource then.",
    "",
    ...sections,
  ].join("\n");
}

/** The fields of a group; those of a choice follow its type. */
function rowsOf(schema: FileSchema, around = "", only?: string): Row[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([name, field]) => ({
    path: around === "" ? name : `${around}.${name}`,
    schema: field,
    isRequired: required.includes(name),
    ...(only === undefined ? {} : { only }),
  }));
}

function inside(schema: Described, path: string): Row[] {
  const { items, additionalProperties: ofMap, oneOf = [] } = schema;
  if (schema["x-class"] === RESOURCE) {
    return [];
  }
  if (items && !Array.isArray(items)) {
    return inside(items as FileSchema, `${path}.*`);
  }
  const entries = typeof ofMap === "object" ? inside(ofMap, `${path}.*`) : [];
  const alternatives = oneOf.filter(({ properties }) => properties?.type?.const !== undefined);
  const [first] = alternatives;
  const ofChoices = alternatives.flatMap((one) =>
    rowsOf(one, path, one.properties?.type?.const).filter((row) => row.path !== `${path}.type`),
  );
  const type: Row[] = first
    ? [{ path: `${path}.type`, schema: typeOf(alternatives), isRequired: true }]
    : [];
  const direct = [...rowsOf(schema, path), ...type, ...ofChoices].flatMap((row) => [
    row,
    ...inside(row.schema, row.path),
  ]);
  return [...direct, ...entries];
}

/** The field `type` of a choice, with the words of each alternative. */
function typeOf(alternatives: readonly FileSchema[]): Described {
  const types = alternatives.flatMap(({ properties }) => properties?.type ?? []);
  const lines = types.map((one: Described) => `- \`${one.const ?? ""}\`: ${one.description ?? ""}`);
  return {
    enum: types.flatMap((one) => one.const ?? []),
    description: `Kind.\n\n${lines.join("\n")}`,
  };
}

function cellsOf({ path, schema, isRequired, only }: Row): string[] {
  const { text, usual } = wordsOf(schema);
  const condition = only === undefined ? "" : `With the type \`${only}\`. `;
  return [
    `\`${path}\``,
    kindOf(schema),
    isRequired ? "required" : usual,
    [`${condition}${text}`, ...choicesOf(schema)].join("<br>"),
  ].map((cell) => cell.replace(/\|/g, "\\|").replace(/\n/g, " "));
}

/** The words about a field, and its default, which the last sentence of its description has. */
function wordsOf({ description = "" }: Described): { text: string; usual: string } {
  const [first = ""] = description.split("\n\n");
  const [, text = first, usual = "none"] = /^(.*?)\s*Default: (.+?)\.$/s.exec(first) ?? [];
  return { text, usual };
}

/** The values of an enum, with their words. */
function choicesOf({ description = "" }: Described): string[] {
  return [...description.matchAll(/^- (.+)$/gm)].map(([, choice = ""]) => choice);
}

function sentenceWithType(schema: Described): string {
  const kind = kindOf(schema);
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}.`;
}

const KINDS: { readonly [type: string]: string } = {
  string: "text",
  boolean: "`true` or `false`",
  integer: "number",
  number: "number",
  object: "group",
};

function kindOf(schema: FileSchema): string {
  const {
    type,
    items,
    additionalProperties: ofMap,
    oneOf,
    anyOf,
  } = schema as FileSchema & {
    readonly anyOf?: readonly FileSchema[];
  };
  if (schema["x-class"] === RESOURCE) {
    return "resource";
  }
  if (schema.enum !== undefined) {
    return "choice";
  }
  if (type === "array") {
    return items && !Array.isArray(items) ? `list: ${kindOf(items as FileSchema)}` : "list";
  }
  if (anyOf) {
    return anyOf.map(kindOf).join(" or ");
  }
  if (typeof ofMap === "object") {
    return "map";
  }
  if (type === undefined) {
    return oneOf ? "group" : "any value";
  }
  return typeof type === "string"
    ? (KINDS[type] ?? type)
    : type.map((one) => KINDS[one]).join(" or ");
}
