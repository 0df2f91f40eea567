// Renders the picture of an access review as self-contained SVG. Pure.
import { LINE } from "./box-text";
import { AccessGraph, GraphEdge } from "./graph";
import { Layer } from "./graph-parts";
import { PlacedEdge, PlacedNode, place } from "./layout";
import { Markup, markup } from "./markup";
import { Point } from "./ports";
import { count } from "./text";
import { GROUPING } from "./words";

const SHAPES: readonly { layer: Layer; text: string }[] = [
  { layer: "principal", text: "group or service principal" },
  { layer: "identity", text: "identity" },
  { layer: "role", text: "role: its holders on the left, its resources on the right" },
  { layer: "resource", text: "resource" },
];

const LINES: { readonly [name: string]: string } = {
  join: "path of people and pipelines to the network, only to join and read",
  more: "path of people and pipelines to the network, to do more than join and read",
  owned: "no role on the identity: the principal owns it, or creates pods that can use it",
};

/** Returns the picture with its legend. */
export function renderPicture(graph: AccessGraph): Markup {
  const { width, height, nodes, edges } = place(graph);
  const names = new Set(graph.edges.map(lineName));
  const lines = Object.keys(LINES).filter((name) => names.has(name));
  const notes = [
    ...(graph.nodes.some(({ layer, details }) => layer === "role" && details.length > 1)
      ? ["A line in the box of a role separates holders that have it on different resources."]
      : []),
    ...(graph.nodes.some(({ layer, members }) => layer !== "role" && members.length > 1)
      ? [GROUPING[graph.grouping]]
      : []),
  ];
  return markup`<ul class="legend">${SHAPES.map(
    ({ layer, text }) => markup`<li><span class="key ${layer}"></span>${text}</li>`,
  )}${lines.map((name) => markup`<li><span class="key ${name}"></span>${LINES[name] ?? ""}</li>`)}</ul>
${notes.map((text) => markup`<p>${text}</p>`)}
<div class="picture${height > width ? " tall" : ""}" role="region" aria-label="Picture of the grants, scrollable" tabindex="0">
<svg id="picture" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-title picture-desc" style="width:${width}px;min-width:${width}px" viewBox="0 0 ${width} ${height}">
<title id="picture-title">Grants of the cluster</title>
<desc id="picture-desc">${description(graph)}</desc>
<defs>${["none", ...Object.keys(LINES)].map(arrowHead)}</defs>
${edges.map(edgeMarkup)}
${nodes.map(nodeMarkup)}
</svg>
</div>`;
}

/** Returns the CSS class of an edge. */
function lineName({ path, owned }: GraphEdge): string {
  return owned && path !== "more" ? "owned" : path;
}

function description({ nodes }: AccessGraph): string {
  const boxes = (layer: Layer) => nodes.filter((node) => node.layer === layer).length;
  return `From left to right: ${count(boxes("principal"), "box", "boxes")} of groups and service principals, ${count(boxes("identity"), "identity", "identities")}, ${count(boxes("role"), "box", "boxes")} of roles, ${count(boxes("resource"), "box", "boxes")} of resources. Arrows lead from the holders of a role to the role, and from there to its resources. The table of grants below lists them as text.`;
}

function arrowHead(name: string): Markup {
  return markup`<marker id="head-${name}" class="${name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>`;
}

function edgeMarkup({ edge, points }: PlacedEdge): Markup {
  const { id, from, to, keys, owned } = edge;
  const name = lineName(edge);
  const line = curve(points);
  const words = [
    ...(owned ? [] : [count(keys.length, "grant")]),
    ...(name === "none" ? [] : [LINES[name] ?? ""]),
  ];
  return markup`<g class="edge ${name}" id="${id}" data-ends="${from} ${to}"><title>${words.join("; ")}</title><path class="hit" d="${line}"/><path class="line" d="${line}" marker-end="url(#head-${name})"/></g>
`;
}

function nodeMarkup({ node, x, y, width, height, rows }: PlacedNode): Markup {
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  const texts = rows.flatMap((row) =>
    row.lines.map(({ text, style }, rank) => {
      const line = row.y - (row.lines.length * LINE) / 2 + rank * LINE;
      return markup`<text class="${style}" x="${round(x)}" y="${round(line + 12)}">${text}</text>`;
    }),
  );
  const borders = rows
    .map((row) => round(row.y - row.height / 2))
    .filter((border) => border > top)
    .map((border) => markup`<path class="border" d="M${left} ${border}h${round(width)}"/>`);
  return markup`<g class="node ${node.layer}" id="${node.id}"><title>${node.members.join(", ")}</title>${shape(node.layer, left, top, round(width), round(height))}${borders}${texts}</g>
`;
}

function shape(layer: Layer, x: number, y: number, width: number, height: number): Markup {
  if (layer === "identity") {
    const cut = 9;
    return markup`<path d="M${x + cut} ${y}h${round(width - 2 * cut)}l${cut} ${cut}v${round(height - 2 * cut)}l${-cut} ${cut}h${round(2 * cut - width)}l${-cut} ${-cut}v${round(2 * cut - height)}z"/>`;
  }
  const radius = { principal: 22, role: 6, resource: 0 }[layer];
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
