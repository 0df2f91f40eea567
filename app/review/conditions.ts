// Conditions of role assignments, which are too long for a cell of a table. Pure.
import { block, code } from "./markdown-text";
import { plain } from "./text";

/** Something with a condition, the number of the condition below the table, and its lines. */
export interface Conditional<T> {
  readonly item: T;
  readonly number: number;
  readonly lines: string[];
}

/** Returns the items with a condition, with line breaks that Azure accepts. */
export function conditionals<T>(
  items: readonly T[],
  conditionOf: (item: T) => string | undefined,
): Conditional<T>[] {
  const found = items.flatMap((item) => {
    const condition = conditionOf(item);
    return condition === undefined ? [] : [{ item, lines: linesOf(condition) }];
  });
  return found.map((one, index) => ({ ...one, number: index + 1 }));
}

/** Returns the lines of a condition: a new one before each AND and OR. */
export function linesOf(condition: string): string[] {
  return plain(condition).split(/ (?=(?:AND|OR) )/);
}

/** Returns the conditions as Markdown, for the place below the table. */
export function conditionBlocks<T>(
  conditions: Conditional<T>[],
  placeOf: (item: T) => string,
): string[] {
  return conditions.flatMap(({ item, number, lines }) => [
    `Condition ${number}, on ${code(placeOf(item))}:`,
    block("text", lines.join("\n")),
  ]);
}
