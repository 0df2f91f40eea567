// Computes the sizes of the boxes of the picture, and the rows of roles. Pure.
import { LINE, TextLine, widthOfText, wrapped } from "./box-text";
import { GraphEdge, GraphNode } from "./graph";
import { Box } from "./ports";

/** A box with its texts and its height. */
export interface Measured {
  readonly node: GraphNode;
  readonly name: TextLine[];
  /** The details of a role, one row for each, or all details in one. */
  readonly details: TextLine[][];
  readonly height: number;
}

/** A row of a box with its texts. */
export interface Row extends Box {
  readonly lines: readonly TextLine[];
}

/** The boxes below each other. */
export interface Column {
  readonly boxes: Measured[];
  readonly width: number;
}

/** Greatest and least width of the texts of a column, and the step between two attempts. */
const TEXTS = { greatest: 290, least: 120, step: 10 };
const PADDING = 12;
/** Height that a broken word is worth. */
const BROKEN = 100;
/** Height of a box for each arrow at one of its sides. */
const PORT = 6;

/** Returns the columns, no wider together than a width, as far as texts allow. */
export function columnsOf(
  byColumn: readonly GraphNode[][],
  edges: GraphEdge[],
  width: number,
): Column[] {
  const limits = byColumn.map(() => TEXTS.greatest);
  const columnAt = (index: number, limit: number) => columnOf(byColumn[index]!, edges, limit);
  const columns = byColumn.map((_, index) => columnAt(index, TEXTS.greatest));
  while (columns.reduce((sum, column) => sum + column.width, 0) > width) {
    const [best] = limits
      .flatMap((limit, index) => (limit > TEXTS.least ? [index] : []))
      .map((index) => ({ index, narrower: columnAt(index, limits[index]! - TEXTS.step) }))
      .sort((a, b) => costOf(a.narrower) - costOf(b.narrower));
    if (best === undefined) {
      break;
    }
    limits[best.index]! -= TEXTS.step;
    columns[best.index] = best.narrower;
  }
  return columns;
}

/** Returns the height of a column, as it determines that of the picture; words that are broken count as well. */
function costOf({ boxes }: Column): number {
  const broken = boxes.flatMap(({ name }) => name.filter(({ text }) => /[-._/]$/.test(text)));
  return boxes.reduce((sum, { height }) => sum + height, broken.length * BROKEN);
}

function columnOf(nodes: GraphNode[], edges: GraphEdge[], width: number): Column {
  const boxes = nodes.map((node) => measured(node, edges, width));
  const widths = boxes.flatMap(({ name, details }) =>
    [name, ...details].flat().map(({ text, style }) => widthOfText(text, style)),
  );
  return { boxes, width: Math.ceil(Math.max(0, ...widths)) + 2 * PADDING };
}

/** Returns the lines and the height of a box, for texts of a width. */
function measured(node: GraphNode, edges: GraphEdge[], width: number): Measured {
  const name = wrapped(node.name, "name", width);
  const each = node.details.map((detail, row) => [
    ...wrapped(detail, "detail", width),
    ...wrapped(node.changes?.[row] ?? "", "change", width),
  ]);
  const details = node.layer === "role" ? each : [each.flat()];
  const ports = Math.max(
    edges.filter(({ from }) => from === node.id).length,
    edges.filter(({ to }) => to === node.id).length,
  );
  const lines = name.length + details.flat().length;
  const height = Math.max(lines * LINE + details.length * PADDING, ports * PORT + 2 * PADDING);
  return { node, name, details, height };
}

/**
 * Returns the rows of a box. The first from the top has the name.
 *
 * @param heightOf the height of the arrows of a row, which determines its place
 */
export function rowsOf(
  { name, details, height }: Measured,
  box: Box,
  heightOf: (row: number) => number,
): Row[] {
  const order = details.map((_, row) => row).sort((a, b) => heightOf(a) - heightOf(b));
  const lines = details.map((own, row) => (row === order[0] ? [...name, ...own] : own));
  const free = (height - lines.flat().length * LINE) / lines.length;
  const heights = lines.map((own) => own.length * LINE + free);
  return lines.map((own, row) => {
    const above = order.slice(0, order.indexOf(row));
    const top = box.y - height / 2 + above.reduce((sum, one) => sum + heights[one]!, 0);
    return { ...box, y: top + heights[row]! / 2, height: heights[row]!, lines: own };
  });
}
