// Computes the positions of the nodes and edges of the picture. Pure.
import { Graph, layout } from "./dagre";
import { AccessGraph, GraphEdge, GraphNode } from "./graph";
import { Box, Point, withPorts } from "./ports";
import { ranksOf } from "./ranks";

/** A node with its position, the center of its box. */
export interface PlacedNode extends Box {
  readonly node: GraphNode;
  readonly lines: string[];
}

/** The label of an edge with its position, the center of its lines. */
export interface PlacedLabel extends Box {
  readonly lines: string[];
}

/** An edge with its points. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** Undefined in a picture with many edges. */
  readonly label?: PlacedLabel;
}

/** The picture with all positions. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: PlacedNode[];
  readonly edges: PlacedEdge[];
}

/** Height of a line of text. */
export const LINE = 16;

// Browsers measure texts; these widths are those of a wide sans-serif font.
const LETTER = 7.4;
const SMALL_LETTER = 7.2;
const PADDING = 12;
const NAME_LENGTH = 34;
const KIND_LENGTH = 38;
const ROLE_LENGTH = 18;
const ROLE_LINES = 6;
const LINES_PER_ROLE = 3;

/** Places the nodes and edges from left to right. */
export function place({ nodes, edges, labelled }: AccessGraph): Placed {
  const boxes = nodes.map((node) => boxOf(node));
  const labels = edges.map((edge) => (labelled ? labelOf(edge) : undefined));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    // The lengths of the edges determine the columns.
    ranker: "longest-path",
    nodesep: labelled ? 22 : 14,
    edgesep: labelled ? 14 : 6,
    ranksep: labelled ? 30 : 150,
  });
  for (const { node, width, height } of boxes) {
    graph.setNode(node.id, { width, height });
  }
  const ranks = ranksOf(nodes, edges);
  for (const [index, { id, from, to }] of edges.entries()) {
    const { width, height } = labels[index] ?? { width: 0, height: 0 };
    const minlen = Math.max(1, (ranks.get(to) ?? 0) - (ranks.get(from) ?? 0));
    graph.setEdge(from, to, { width, height, minlen, labelpos: "c" }, id);
  }
  layout(graph);
  const placed = boxes.map((box) => ({ ...box, ...pointOf(graph.node(box.node.id)) }));
  const byId = new Map(placed.map((box) => [box.node.id, box]));
  const parts = edges.map(({ from, to, id }) => graph.edge(from, to, id));
  const lines = withPorts(
    parts.map(({ points, x, y }, index) => ({
      from: byId.get(edges[index]?.from ?? "") ?? NOWHERE,
      to: byId.get(edges[index]?.to ?? "") ?? NOWHERE,
      points: levelAt(points, { x, y }, labels[index]?.width ?? 0),
    })),
  );
  const drawn = edges.map((edge, index) => {
    const [label, part] = [labels[index], parts[index]];
    const points = lines[index] ?? [];
    return { edge, points, label: label && part && { ...label, ...pointOf(part) } };
  });
  const boxesOfLabels = drawn.flatMap(({ label }) => label ?? []);
  const boxesOfPoints = lines.flat().map((point) => ({ ...point, width: 0, height: 0 }));
  const frame = frameOf([...placed, ...boxesOfLabels, ...boxesOfPoints]);
  return { nodes: placed, edges: drawn, ...frame };
}

/** Returns the points with a horizontal segment behind the label. */
function levelAt(points: readonly Point[], { x, y }: Point, width: number): Point[] {
  return points.flatMap((point) =>
    width > 0 && Math.abs(point.x - x) < 1
      ? [
          { x: x - width / 2, y },
          { x: x + width / 2, y },
        ]
      : [point],
  );
}

/** Returns the rectangle around boxes, with a margin. */
function frameOf(boxes: Box[]): Omit<Placed, "nodes" | "edges"> {
  const margin = 10;
  const low = (side: "x" | "y", size: "width" | "height") =>
    Math.floor(Math.min(...boxes.map((box) => box[side] - box[size] / 2)) - margin);
  const high = (side: "x" | "y", size: "width" | "height") =>
    Math.ceil(Math.max(...boxes.map((box) => box[side] + box[size] / 2)) + margin);
  const [left, top] = [low("x", "width"), low("y", "height")];
  return { left, top, width: high("x", "width") - left, height: high("y", "height") - top };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

function pointOf({ x, y }: Point): Point {
  return { x, y };
}

function boxOf(node: GraphNode): Omit<PlacedNode, "x" | "y"> {
  const name = shortened(node.name, NAME_LENGTH);
  const kind = shortened(node.kind, KIND_LENGTH);
  const width = Math.max(name.length * LETTER, kind.length * SMALL_LETTER);
  return {
    node,
    lines: [name, kind],
    width: Math.ceil(width + 2 * PADDING),
    height: 2 * LINE + PADDING,
  };
}

/** Returns the roles of an edge in a few short lines. */
function labelOf({ roles }: GraphEdge): Omit<PlacedLabel, "x" | "y"> {
  const all = roles.flatMap((role, index) =>
    wrapped(`${role}${index < roles.length - 1 ? "," : ""}`, ROLE_LENGTH),
  );
  const lines = all.length > ROLE_LINES ? [`${roles.length} roles`] : all;
  const width = Math.max(...lines.map(({ length }) => length * SMALL_LETTER)) + PADDING;
  return { lines, width, height: lines.length * LINE };
}

/** Wraps a text at words; long words are shortened. */
function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const part of text.split(" ").map((one) => shortened(one, length))) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + part.length <= length) {
      lines[lines.length - 1] = `${last} ${part}`;
    } else {
      lines.push(part);
    }
  }
  const shown = lines.slice(0, LINES_PER_ROLE);
  return lines.length > LINES_PER_ROLE
    ? [...shown.slice(0, -1), `${shortened(shown.at(-1) ?? "", length - 2)} …`]
    : lines;
}

/** Returns a text without its middle, if it is too long. */
function shortened(text: string, length: number): string {
  const half = Math.floor((length - 1) / 2);
  return text.length > length ? `${text.slice(0, half)}…${text.slice(-half)}` : text;
}
