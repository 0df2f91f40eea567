// docs/api.md: all public types on one page, from the jsii assembly. Pure.
import { table } from "../../app/review/markdown-text";

/** A type in the assembly, as far as the page needs it. */
interface AssemblyType {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly docs?: { readonly summary?: string };
  readonly locationInModule: { readonly filename: string };
}

/** The jsii assembly, as far as the page needs it. */
export interface Assembly {
  readonly name: string;
  readonly types: { readonly [fqn: string]: AssemblyType };
}

/** Headings, with the rooms below each. */
const SECTIONS: readonly (readonly [heading: string, rooms: readonly string[]])[] = [
  ["Stacks", ["stacks"]],
  ["Cluster", ["cluster", "permissions"]],
  ["Identities and grants", ["identity", "grants"]],
  ["Existing resources", ["existing"]],
  ["Plan and access review", ["plan", "access", "addresses", "review", "rules"]],
  ["Description", ["spec"]],
];

const KINDS = ["class", "interface", "struct", "enum"];

/**
 * Returns the page.
 *
 * @throws if a type is in a room without a heading
 */
export function apiPage({ name, types }: Assembly): string {
  const all = Object.values(types);
  const missing = all.filter((type) => !SECTIONS.some(([, rooms]) => rooms.includes(roomOf(type))));
  if (missing.length > 0) {
    throw new Error(`docs/api.md has no section for ${missing.map((one) => one.name).join(", ")}.`);
  }
  const rowsOf = (rooms: readonly string[]) =>
    all
      .filter((type) => rooms.includes(roomOf(type)))
      .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
      .map((type) => [
        `[${type.name}](../API.md#${name}.${type.name})`,
        kindOf(type),
        type.docs?.summary?.replace(/\s+/g, " ") ?? "",
      ]);
  const counts = KINDS.map((kind) => [all.filter((type) => kindOf(type) === kind).length, kind]);
  return [
    "# The public API",
    "",
    `All ${all.length} types: ${counts.map(([count, kind]) => `${count} ${kind}`).join(", ")}. A struct is plain data. Made from the code by \`npm run docs\`, after \`npm run build\`.`,
    "",
    ...SECTIONS.flatMap(([heading, rooms]) => [
      `## ${heading}`,
      "",
      table(["Type", "Kind", "Description"], rowsOf(rooms)),
      "",
    ]),
  ].join("\n");
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
