// Renders the picture of an access review as self-contained SVG. Pure.
import { AccessGraph, GraphEdge, Layer } from "./graph";
import { LINE, PlacedEdge, PlacedLabel, PlacedNode, place } from "./layout";
import { EMPTY, Markup, markup } from "./markup";
import { Point } from "./ports";
import { count } from "./text";
import { GROUPING } from "./words";

const SHAPES: readonly { layer: Layer; text: string }[] = [
  { layer: "principal", text: "round: group or service principal" },
  { layer: "identity", text: "cut corners: identity of the cluster" },
  { layer: "resource", text: "square: resource" },
];

const LINES: { readonly [name: string]: string } = {
  join: "thick: path of people and pipelines to the network, only to join and read",
  more: "thick and dashed: path of people and pipelines to the network, to do more than join and read",
  owned: "dotted: no role on the identity: the principal owns it, or creates pods that can use it",
};

/** Returns the picture with its legend. */
export function renderPicture(graph: AccessGraph): Markup {
  const { left, top, width, height, nodes, edges } = place(graph);
  const names = new Set(graph.edges.map(lineName));
  const lines = Object.keys(LINES).filter((name) => names.has(name));
  const grouping = graph.grouping === "none" ? [] : [GROUPING[graph.grouping]];
  const labels = graph.labelled ? [] : ["Point at an arrow or use the filter for details."];
  return markup`<ul class="legend">${SHAPES.map(
    ({ layer, text }) => markup`<li><span class="key ${layer}"></span>${text}</li>`,
  )}${lines.map((name) => markup`<li><span class="key ${name}"></span>${LINES[name] ?? ""}</li>`)}</ul>
${[...grouping, ...labels].map((text) => markup`<p>${text}</p>`)}
<div class="picture" role="region" aria-label="Picture of the grants, scrollable" tabindex="0">
<svg id="picture"${graph.labelled ? EMPTY : markup` class="dense"`} xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-title picture-desc" style="width:${width}px;min-width:${width}px" viewBox="${left} ${top} ${width} ${height}">
<title id="picture-title">Grants of the cluster</title>
<desc id="picture-desc">${description(graph)}</desc>
<defs>${["none", ...Object.keys(LINES)].map(arrowHead)}</defs>
${edges.map(edgeMarkup)}
${edges.map(({ edge, label }) => (label ? labelMarkup(edge, label) : EMPTY))}
${nodes.map(nodeMarkup)}
</svg>
</div>`;
}

/** Returns the CSS class of an edge. */
function lineName({ path, owned }: GraphEdge): string {
  return owned && path !== "more" ? "owned" : path;
}

function description({ nodes, edges }: AccessGraph): string {
  const boxes = (layer: Layer) => nodes.filter((node) => node.layer === layer).length;
  return `From left to right: ${count(boxes("principal"), "group or service principal", "groups and service principals")}, ${count(boxes("identity"), "identity of the cluster", "identities of the cluster")}, ${count(boxes("resource"), "box", "boxes")} of resources. ${count(edges.length, "arrow shows", "arrows show")} the grants. The table of grants below lists them as text.`;
}

function arrowHead(name: string): Markup {
  return markup`<marker id="head-${name}" class="${name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>`;
}

function edgeMarkup({ edge, points }: PlacedEdge): Markup {
  const { id, from, to, roles, keys, owned } = edge;
  const name = lineName(edge);
  const line = curve(points);
  const grants = owned ? "" : ` (${count(keys.length, "grant")})`;
  const path = name === "none" ? "" : `; ${LINES[name] ?? ""}`;
  return markup`<g class="edge ${name}" id="${id}" data-ends="${from} ${to}"><title>${roles.join(", ")}${grants}${path}</title><path class="hit" d="${line}"/><path class="line" d="${line}" marker-end="url(#head-${name})"/></g>
`;
}

/** Returns a label. Labels come after all lines, so that no line crosses them. */
function labelMarkup({ id }: GraphEdge, { x, y, lines, width, height }: PlacedLabel): Markup {
  const top = y - height / 2;
  const texts = lines.map(
    (text, index) =>
      markup`<text class="role" x="${round(x)}" y="${round(top + index * LINE + 12)}">${text}</text>`,
  );
  return markup`<g class="label" id="${id}-label"><rect class="back" x="${round(x - width / 2)}" y="${round(top)}" width="${round(width)}" height="${height}"/>${texts}</g>
`;
}

function nodeMarkup({ node, x, y, width, height, lines }: PlacedNode): Markup {
  const [name = "", kind = ""] = lines;
  const left = round(x - width / 2);
  const top = round(y - height / 2);
  return markup`<g class="node ${node.layer}" id="${node.id}"><title>${node.members.join(", ")} (${node.kind})</title>${shape(node.layer, left, top, round(width), round(height))}<text class="name" x="${round(x)}" y="${round(y - 2)}">${name}</text><text class="kind" x="${round(x)}" y="${round(y + 14)}">${kind}</text></g>
`;
}

function shape(layer: Layer, x: number, y: number, width: number, height: number): Markup {
  if (layer === "identity") {
    const cut = 9;
    return markup`<path d="M${x + cut} ${y}h${round(width - 2 * cut)}l${cut} ${cut}v${round(height - 2 * cut)}l${-cut} ${cut}h${round(2 * cut - width)}l${-cut} ${-cut}v${round(2 * cut - height)}z"/>`;
  }
  const radius = layer === "principal" ? height / 2 : 2;
  return markup`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

/** Returns a curve through the points that is horizontal at each of them. */
function curve([first, ...rest]: readonly Point[]): string {
  if (!first) {
    return "";
  }
  const bends = rest.map((point, index) => {
    const { x, y } = rest[index - 1] ?? first;
    const middle = (x + point.x) / 2;
    return `C${at({ x: middle, y })} ${at({ x: middle, y: point.y })} ${at(point)}`;
  });
  return `M${at(first)}${bends.join("")}`;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
