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

/** An edge between two boxes, with the points of the layout. */
export interface Line {
  readonly from: Box;
  readonly to: Box;
  readonly points: readonly Point[];
}

/** Free space at the corners of a box. */
const CORNER = 10;

/** Returns the lines with their first and last points spread over the sides of the boxes. */
export function withPorts(lines: readonly Line[]): Point[][] {
  const starts = spread(lines.map(({ from, points }) => ({ box: from, next: points[1] })));
  const ends = spread(
    lines.map(({ to, points }) => ({ box: to, next: points[points.length - 2] })),
  );
  return lines.map(({ from, to, points }, index) => {
    const direction = from.x <= to.x ? 1 : -1;
    return [
      { x: from.x + (direction * from.width) / 2, y: starts[index] ?? from.y },
      ...points.slice(1, -1),
      { x: to.x - (direction * to.width) / 2, y: ends[index] ?? to.y },
    ];
  });
}

/** Returns the y coordinate of each end of a line at its box, in the order of the next points. */
function spread(
  ends: readonly { readonly box: Box; readonly next: Point | undefined }[],
): number[] {
  const heights = ends.map(() => 0);
  const heightOf = (index: number) => ends[index]?.next?.y ?? 0;
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
