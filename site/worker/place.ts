// Where a place in a YAML text is: the path of its group, by indentation, since a text that is edited is seldom valid. Pure.
import { Path } from "../../app/config/yaml-source";

/** A place in a text. */
export interface TextPlace {
  /** Path of the group or list that it is in. */
  readonly path: Path;
  /** The field whose value it is in. */
  readonly key?: string;
  /** The part of the key or value before the place. */
  readonly prefix: string;
  /** Offset at which the prefix starts. */
  readonly from: number;
  /** Column of the key, from 0. */
  readonly column: number;
}

interface Level {
  readonly column: number;
  readonly key: string | number;
}

const LINE = /^( *)((?:- +)*)(?:([\w-]+):(?: +(.*))?)?/;

/** Returns where an offset is; undefined in a comment. */
export function placeAt(text: string, offset: number): TextPlace | undefined {
  const lines = text.slice(0, offset).split("\n");
  const current = lines.pop() ?? "";
  if (/^\s*#|\s#/.test(current)) {
    return undefined;
  }
  const levels: Level[] = [];
  lines.forEach((line) => {
    enter(levels, line);
  });
  const rest = enterItems(levels, current);
  const [, key, value] = /^([\w-]+): +(.*)$/.exec(rest) ?? [];
  const prefix = value ?? rest;
  const column = current.length - rest.length;
  leave(levels, column);
  return {
    path: levels.map((level) => level.key),
    key,
    prefix,
    from: offset - prefix.length,
    column,
  };
}

/** Returns the path of the key that is written at an offset, with its offsets; undefined elsewhere. */
export function keyAt(text: string, offset: number) {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = text.slice(start).split("\n");
  const [, indent = "", dashes = "", key] = LINE.exec(line) ?? [];
  const from = start + indent.length + dashes.length;
  if (key === undefined || offset < from || offset > from + key.length) {
    return undefined;
  }
  const { path } = placeAt(text, from)!;
  return { path: [...path, key], from, to: from + key.length };
}

function enter(levels: Level[], line: string): void {
  if (/^\s*(#|$)/.test(line)) {
    return;
  }
  const rest = enterItems(levels, line);
  const [, , , key] = LINE.exec(rest) ?? [];
  if (key !== undefined) {
    const column = line.length - rest.length;
    leave(levels, column);
    levels.push({ column, key });
  }
}

/** Enters the items of lists that start in a line; returns the rest of the line. */
function enterItems(levels: Level[], line: string): string {
  const [, indent = "", dashes = ""] = /^( *)((?:- *)*)/.exec(line) ?? [];
  for (const { index } of dashes.matchAll(/-/g)) {
    const column = indent.length + index;
    let before: Level | undefined;
    // The items of a list stand below its key, or in the same column.
    while (levels.length > 0 && isBelow(levels[levels.length - 1]!, column)) {
      before = levels.pop();
    }
    const isNext = before?.column === column && typeof before.key === "number";
    levels.push({ column, key: isNext ? (before!.key as number) + 1 : 0 });
  }
  return line.slice(indent.length + dashes.length);
}

function isBelow({ column, key }: Level, of: number): boolean {
  return column > of || (column === of && typeof key === "number");
}

/** Leaves the levels that a key in a column is not in. */
function leave(levels: Level[], column: number): void {
  while (levels.length > 0 && levels[levels.length - 1]!.column >= column) {
    levels.pop();
  }
}
