// Where edges of the picture leave and reach their boxes: beside each other, at the sides. Pure.

/** A point of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box by its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** An edge between two boxes, with the points that the layout gave it. */
export interface Line {
  readonly from: Box;
  readonly to: Box;
  readonly points: readonly Point[];
}

/** Free space at the corners of a box. */
const CORNER = 10;

/** The lines with their first and last points at the sides of the boxes, spread over them. */
export function withPorts(lines: readonly Line[]): Point[][] {
  const starts = spread(
    lines,
    ({ from }) => from,
    ({ points }) => points[1],
  );
  const ends = spread(
    lines,
    ({ to }) => to,
    ({ points }) => points[points.length - 2],
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

/** For each line the height at which it touches its box, in the order of where the lines come from. */
function spread(
  lines: readonly Line[],
  boxOf: (line: Line) => Box,
  nextOf: (line: Line) => Point | undefined,
): number[] {
  const heights = lines.map(() => 0);
  const boxes = new Map<Box, number[]>();
  for (const [index, line] of lines.entries()) {
    boxes.set(boxOf(line), [...(boxes.get(boxOf(line)) ?? []), index]);
  }
  for (const [box, indices] of boxes) {
    const heightOf = (index: number) => {
      const line = lines[index];
      return (line && nextOf(line)?.y) ?? 0;
    };
    const step = (box.height - 2 * CORNER) / (indices.length + 1);
    for (const [rank, index] of indices.sort((a, b) => heightOf(a) - heightOf(b)).entries()) {
      heights[index] = box.y - box.height / 2 + CORNER + step * (rank + 1);
    }
  }
  return heights;
}
