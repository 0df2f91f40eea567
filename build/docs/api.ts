// docs/api.md: all public types on one page, from the jsii assembly. Pure.
import { table } from "../../app/review/markdown-text";

/** The reference to a type in the assembly. */
interface TypeReference {
  readonly fqn?: string;
  readonly collection?: { readonly elementtype: TypeReference; readonly kind: string };
}

interface Typed {
  readonly name: string;
  readonly type: TypeReference;
}

/** A type in the assembly, as far as the page needs it. */
interface AssemblyType {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly Typed[];
  readonly methods?: readonly {
    readonly parameters?: readonly Typed[];
    readonly returns?: { readonly type: TypeReference };
  }[];
  readonly docs?: { readonly summary?: string };
  readonly locationInModule: { readonly filename: string };
}

/** The jsii assembly, as far as the page needs it. */
export interface Assembly {
  readonly name: string;
  readonly types: { readonly [fqn: string]: AssemblyType };
}

/** Headings of the library, with the rooms below each. */
const SECTIONS: readonly (readonly [heading: string, rooms: readonly string[]])[] = [
  ["Stacks", ["stacks"]],
  ["Cluster", ["cluster", "permissions"]],
  ["Identities and grants", ["identity", "grants"]],
  ["Existing resources", ["existing"]],
  ["Plan and access review", ["plan", "access", "addresses", "review", "rules", "spec"]],
];

/** Headings of the description, with the kinds below each. */
const DESCRIBED: readonly (readonly [heading: string, kinds: readonly string[]])[] = [
  ["Groups of fields", ["struct", "interface"]],
  ["Choices with parameters", ["class"]],
  ["Choices", ["enum"]],
];

const KINDS = ["class", "interface", "struct", "enum"];

/**
 * Returns the page.
 *
 * @throws if a type is in a room without a heading
 */
export function apiPage({ name, types }: Assembly): string {
  const all = Object.entries(types).map(([fqn, type]) => ({ fqn, type }));
  const missing = all.filter(
    ({ type }) => !SECTIONS.some(([, rooms]) => rooms.includes(roomOf(type))),
  );
  if (missing.length > 0) {
    throw new Error(
      `docs/api.md has no section for ${missing.map(({ type }) => type.name).join(", ")}.`,
    );
  }
  const fields = fieldsFrom(`${name}.ClusterSpec`, types);
  const described = all.filter(({ fqn }) => fields.has(fqn));
  const library = all.filter(({ fqn }) => !fields.has(fqn));
  const linkTo = (type: AssemblyType) => `[${type.name}](../API.md#${name}.${type.name})`;
  return [
    "# The public API",
    "",
    `The API has ${all.length} types: the ${described.length} types of the [description](#the-description), and the ${library.length} types of the [library](#the-library) that take it. \`npm run docs\` generates this page, after \`npm run build\`.`,
    "",
    "## The library",
    "",
    `${library.length} types: ${countOf(library.map(({ type }) => type))}. A struct is plain data: the properties of a construct, or a result.`,
    "",
    ...SECTIONS.flatMap(([heading, rooms]) => [
      `### ${heading}`,
      "",
      table(
        ["Type", "Kind", "Description"],
        library
          .map(({ type }) => type)
          .filter((type) => rooms.includes(roomOf(type)))
          .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
          .map((type) => [linkTo(type), kindOf(type), summaryOf(type)]),
      ),
      "",
    ]),
    "## The description",
    "",
    `${described.length} types: ${countOf(described.map(({ type }) => type))}. They are the fields of \`haks.yaml\` as types: a struct for each group of fields, an enum for each choice, and a class for each choice with parameters. The column Field has the first field with the type. A program needs only the types of the fields that it sets.`,
    "",
    ...DESCRIBED.flatMap(([heading, kinds]) => [
      `### ${heading}`,
      "",
      table(
        ["Type", "Field", "Description"],
        described
          .filter(({ type }) => kinds.includes(kindOf(type)))
          .map(({ fqn, type }) => [linkTo(type), fieldOf(fields.get(fqn)!), summaryOf(type)])
          .sort(([a = ""], [b = ""]) => a.localeCompare(b)),
      ),
      "",
    ]),
  ].join("\n");
}

/** Returns the types that a struct is made up of, each with the shortest path of a field that has it. */
function fieldsFrom(root: string, types: Assembly["types"]): Map<string, string> {
  const fields = new Map<string, string>(root in types ? [[root, ""]] : []);
  // A map grows while it is read, so that the types near the root come first.
  for (const [fqn, path] of fields) {
    const { kind, interfaces = [], properties = [], methods = [] } = types[fqn]!;
    const add = (reference: TypeReference | undefined, at: string): void => {
      const { fqn: found, collection } = reference ?? {};
      if (collection) {
        add(collection.elementtype, collection.kind === "array" ? `${at}.*` : at);
      } else if (found !== undefined && found in types && !fields.has(found)) {
        fields.set(found, at);
      }
    };
    interfaces.forEach((one) => add({ fqn: one }, path));
    if (kind === "class") {
      // A choice with parameters: a program calls its factories.
      methods.forEach(({ parameters = [] }) =>
        parameters.forEach(({ type }) => add(elementOf(type), path)),
      );
      continue;
    }
    properties.forEach(({ name, type }) => add(type, path === "" ? name : `${path}.${name}`));
    methods.forEach(({ parameters = [], returns }) => {
      [...parameters, ...(returns ? [returns] : [])].forEach(({ type }) =>
        add(elementOf(type), path),
      );
    });
  }
  return fields;
}

function elementOf(type: TypeReference): TypeReference {
  return type.collection?.elementtype ?? type;
}

function fieldOf(path: string): string {
  return path === "" ? "all" : `\`${path}\``;
}

function countOf(types: readonly AssemblyType[]): string {
  const count = (kind: string) => types.filter((type) => kindOf(type) === kind).length;
  return KINDS.filter((kind) => count(kind) > 0)
    .map((kind) =>
      `${count(kind)} ${kind === "class" ? "classes" : `${kind}s`}`.replace(/^(1 \w+)s$/, "$1"),
    )
    .join(", ");
}

function summaryOf({ docs }: AssemblyType): string {
  return docs?.summary?.replace(/\s+/g, " ") ?? "";
}

function roomOf({ locationInModule }: AssemblyType): string {
  return locationInModule.filename.split("/")[1] ?? "";
}

function kindOf({ kind, datatype }: AssemblyType): string {
  return datatype ? "struct" : kind;
}

function orderOf(type: AssemblyType): string {
  return `${KINDS.indexOf(kindOf(type))} ${type.name}`;
}
