// Spreads the ends of edges over the sides of their boxes. Pure.

/** A point of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its center. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** An edge between two boxes, with the points between them. */
export interface Line {
  readonly from: Box;
  readonly to: Box;
  readonly between: readonly Point[];
}

/** Free space at the corners of a box. */
const CORNER = 8;

/** Returns the lines with their first and last points spread over the sides of the boxes. */
export function withPorts(lines: readonly Line[]): Point[][] {
  const starts = spread(lines.map(({ from, to, between: [next = to] }) => ({ box: from, next })));
  const ends = spread(
    lines.map(({ from, to, between }) => ({ box: to, next: between.at(-1) ?? from })),
  );
  return lines.map(({ from, to, between }, index) => {
    const direction = from.x <= to.x ? 1 : -1;
    return [
      { x: from.x + (direction * from.width) / 2, y: starts[index] ?? from.y },
      ...between,
      { x: to.x - (direction * to.width) / 2, y: ends[index] ?? to.y },
    ];
  });
}

/** Returns the y coordinate of each end of a line at its box, in the order of the next points. */
function spread(ends: readonly { readonly box: Box; readonly next: Point }[]): number[] {
  const heights = ends.map(() => 0);
  const heightOf = (index: number) => ends[index]?.next.y ?? 0;
  for (const box of new Set(ends.map((end) => end.box))) {
    const indexes = ends.flatMap((end, index) => (end.box === box ? [index] : []));
    const step = (box.height - 2 * CORNER) / (indexes.length + 1);
    indexes.sort((a, b) => heightOf(a) - heightOf(b));
    indexes.forEach((index, rank) => {
      heights[index] = box.y - box.height / 2 + CORNER + step * (rank + 1);
    });
  }
  return heights;
}
