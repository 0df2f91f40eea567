// Renders the graph as a Mermaid diagram, which GitHub can display. Pure.
import { AccessGraph, GraphEdge, GraphNode, PathPart } from "./graph";
import { Layer } from "./graph-parts";
import { plain } from "./text";

/** Maximum of edges in a diagram that stays readable on GitHub. */
const MAX_DRAWN = 150;

const SHAPES: { readonly [layer in Layer]: [string, string] } = {
  principal: ["([", "])"],
  role: ["(", ")"],
  identity: ["{{", "}}"],
  resource: ["[", "]"],
};

/** Returns the diagram; undefined if it would be too large. */
export function mermaid({ nodes, edges }: AccessGraph): string | undefined {
  if (edges.length === 0 || edges.length > MAX_DRAWN) {
    return undefined;
  }
  const paths = edges.flatMap(({ path }, index) => (path === "more" ? [index] : []));
  return [
    "flowchart LR",
    ...nodes.flatMap(boxes),
    ...edges.map(arrow),
    ...(paths.length > 0 ? [`  linkStyle ${paths.join(",")} stroke-width:3px`] : []),
  ].join("\n");
}

/** Returns the box of a node; a role has one for each row, because arrows lead to whole boxes. */
function boxes({ id, layer, name, details, changes = [] }: GraphNode): string[] {
  const [open, close] = SHAPES[layer];
  const box = (at: string, lines: string[]) =>
    `  ${at}${open}"${lines.map(label).join("<br/>")}"${close}`;
  return layer === "role"
    ? details.map((detail, row) =>
        box(rowId(id, row), [name, detail, ...(changes[row] ? [changes[row]] : [])]),
      )
    : [box(id, [name, ...details])];
}

function arrow({ from, to, row, path, owned }: GraphEdge): string {
  const line = lineOf(path, owned);
  return from.startsWith("r")
    ? `  ${rowId(from, row)} ${line} ${to}`
    : `  ${from} ${line} ${to.startsWith("r") ? rowId(to, row) : to}`;
}

function rowId(id: string, row: number): string {
  return row === 0 ? id : `${id}x${row}`;
}

function lineOf(path: PathPart, owned: boolean): string {
  if (path === "more") {
    return "==>";
  }
  return owned ? "-.->" : "-->";
}

/** Escapes the text of a label: all characters except letters, digits, spaces and inner hyphens. */
function label(text: string): string {
  return plain(text).replace(
    /(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])|[^A-Za-z0-9 -]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}
