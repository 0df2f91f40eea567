// Renders the graph as a Mermaid diagram, which GitHub can display. Pure.
import { AccessGraph, GraphEdge, GraphNode, Layer, PathPart } from "./graph";
import { plain } from "./text";

/** Maximum of edges in a diagram that stays readable on GitHub. */
const MAX_DRAWN = 150;

const SHAPES: { readonly [layer in Layer]: [string, string] } = {
  principal: ["([", "])"],
  identity: ["{{", "}}"],
  resource: ["[", "]"],
};

/** Returns the diagram; undefined if it would be too large. */
export function mermaid({ nodes, edges, labelled }: AccessGraph): string | undefined {
  if (edges.length === 0 || edges.length > MAX_DRAWN) {
    return undefined;
  }
  const paths = edges.flatMap(({ path }, index) => (path === "more" ? [index] : []));
  return [
    "flowchart LR",
    ...nodes.map(node),
    ...edges.map((edge) => arrow(edge, labelled)),
    ...(paths.length > 0 ? [`  linkStyle ${paths.join(",")} stroke-width:3px`] : []),
  ].join("\n");
}

function node({ id, layer, name, kind }: GraphNode): string {
  const [open, close] = SHAPES[layer];
  return `  ${id}${open}"${label(name)}<br/>${label(kind)}"${close}`;
}

function arrow({ from, to, roles, path, owned }: GraphEdge, labelled: boolean): string {
  const line = lineOf(path, owned);
  const text = roles.map(label).join("<br/>");
  return labelled ? `  ${from} ${line}|"${text}"| ${to}` : `  ${from} ${line} ${to}`;
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
