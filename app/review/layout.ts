// Computes the positions of the boxes and arrows of the picture. Pure.
import { Row, columnsOf, rowsOf } from "./boxes";
import { Graph, LayoutGraph, layout } from "./dagre";
import { AccessGraph, GraphEdge, GraphNode } from "./graph";
import { Box, Point, withPorts } from "./ports";
import { ranksOf } from "./ranks";

/** A node with its position, the center of its box. */
export interface PlacedNode extends Box {
  readonly node: GraphNode;
  /** One for each row of a role; one that is the whole box otherwise. */
  readonly rows: readonly Row[];
}

/** An edge with its points. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
}

/** The picture with all positions. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: PlacedNode[];
  readonly edges: PlacedEdge[];
}

/** Width of a picture that a page of 1400 pixels shows without scrolling. */
const WIDTH = 1350;
const MARGIN = 10;
/** Least and greatest distance of two columns. */
const GAPS = { least: 50, greatest: 130 };

/** Places the boxes and arrows from left to right. */
export function place({ nodes, edges }: AccessGraph): Placed {
  const ranks = ranksOf(nodes, edges);
  const rankOf = (id: string) => ranks.get(id) ?? 0;
  const last = Math.max(0, ...ranks.values());
  const free = WIDTH - 2 * MARGIN;
  const columns = columnsOf(
    Array.from({ length: last + 1 }, (_, rank) => nodes.filter(({ id }) => rankOf(id) === rank)),
    edges,
    free - last * GAPS.least,
  );
  const used = columns.reduce((sum, { width }) => sum + width, 0);
  const gap = Math.floor((free - used) / Math.max(1, last));
  const plan = new Graph({ multigraph: true });
  plan.setGraph({
    rankdir: "LR",
    // The library has ranks for labels of edges between those of the columns.
    ranker: (inner: LayoutGraph) =>
      nodes.forEach(({ id }) => Object.assign(inner.node(id), { rank: 2 * rankOf(id) })),
    nodesep: 12,
    edgesep: 8,
    ranksep: Math.min(GAPS.greatest, Math.max(GAPS.least, gap)),
    marginx: MARGIN,
    marginy: MARGIN,
  });
  for (const { boxes, width } of columns) {
    boxes.forEach(({ node, height }) => plan.setNode(node.id, { width, height }));
  }
  const isForward = ({ from, to }: GraphEdge) => rankOf(from) < rankOf(to);
  for (const edge of edges) {
    const [start, end] = isForward(edge) ? [edge.from, edge.to] : [edge.to, edge.from];
    plan.setEdge(start, end, {}, edge.id);
  }
  layout(plan);
  const pointsOf = (edge: GraphEdge) =>
    isForward(edge)
      ? plan.edge(edge.from, edge.to, edge.id).points
      : [...plan.edge(edge.to, edge.from, edge.id).points].reverse();

  const placed = columns.flatMap(({ boxes, width }) =>
    boxes.map((box): PlacedNode => {
      const { x, y } = plan.node(box.node.id);
      const place = { x, y, width, height: box.height };
      const heightOf = (row: number) => {
        const out = edges.filter((edge) => edge.from === box.node.id && edge.row === row);
        return mean(out.map((edge) => pointsOf(edge)[1]?.y ?? 0));
      };
      return { node: box.node, ...place, rows: rowsOf(box, place, heightOf) };
    }),
  );
  const byId = new Map(placed.map((box) => [box.node.id, box]));
  const boxAt = (id: string, row: number) => {
    const { rows = [] } = byId.get(id) ?? {};
    return rows[row] ?? rows[0] ?? NOWHERE;
  };
  const bands = [...new Map(placed.map(({ x, width }) => [x, { x, width }])).values()];
  const lines = withPorts(
    edges.map((edge) => ({
      from: boxAt(edge.from, edge.row),
      to: boxAt(edge.to, edge.row),
      between: pointsOf(edge)
        .slice(1, -1)
        .flatMap((point) => level(point, bands, isForward(edge))),
    })),
  );
  const bottoms = [
    ...placed.map(({ y, height }) => y + height / 2),
    ...lines.flat().map(({ y }) => y),
  ];
  return {
    width: Math.ceil(Math.max(0, ...placed.map(({ x, width }) => x + width / 2)) + MARGIN),
    height: Math.ceil(Math.max(0, ...bottoms) + MARGIN),
    nodes: placed,
    edges: edges.map((edge, index) => ({ edge, points: lines[index] ?? [] })),
  };
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

/** Returns a horizontal line across the column of a point, so that it touches no box there; nothing between columns. */
function level({ x, y }: Point, columns: readonly Pick<Box, "x" | "width">[], isForward: boolean) {
  const column = columns.find((one) => Math.abs(one.x - x) < 1);
  const half = ((column?.width ?? 0) / 2) * (isForward ? 1 : -1);
  return column
    ? [
        { x: x - half, y },
        { x: x + half, y },
      ]
    : [];
}
