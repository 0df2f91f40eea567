// The functions of Terraform that the library uses, for evaluation without Terraform.
import { createHash } from "node:crypto";
import { Address4 } from "ip-address";

interface Strings {
  readonly [key: string]: unknown;
}

function firstOf(texts: string[]): string {
  const found = texts.find((text) => text !== "");
  if (found === undefined) {
    throw new Error("coalesce: no value is given.");
  }
  return found;
}

/** Whether two values are one to Terraform, which does not convert them. */
export function isEqual(a: unknown, b: unknown): boolean {
  const areObjects = typeof a === "object" && typeof b === "object";
  return a === b || (areObjects && JSON.stringify(a) === JSON.stringify(b));
}

/** Functions that get values, none of which is null. */
export const FUNCTIONS: { readonly [name: string]: (...values: never[]) => unknown } = {
  alltrue: (values: boolean[]) => values.every(Boolean),
  anytrue: (values: boolean[]) => values.some(Boolean),
  basename: (path: string) => path.split("/").at(-1),
  cidrhost: (range: string, index: number) => hostOf(range, index),
  coalesce: (...texts: string[]) => firstOf(texts),
  concat: (...lists: unknown[][]) => lists.flat(1),
  contains: (values: unknown[], value: unknown) => values.some((one) => isEqual(one, value)),
  endswith: (text: string, end: string) => text.endsWith(end),
  flatten: (values: unknown[]) => values.flat(Infinity),
  join: (separator: string, values: string[]) => values.join(separator),
  keys: (map: Strings) => Object.keys(map).sort(),
  length: (value: string | unknown[] | Strings) => lengthOf(value),
  lookup: (map: Strings, key: string, other: unknown) => (key in map ? map[key] : other),
  lower: (text: string) => text.toLowerCase(),
  min: (...numbers: number[]) => Math.min(...numbers),
  pow: (base: number, exponent: number) => base ** exponent,
  regex: (pattern: string, text: string) => matchOf(pattern, text),
  regexall: (pattern: string, text: string) =>
    [...text.matchAll(new RegExp(pattern, "g"))].map((match) =>
      match.length > 1 ? match.slice(1) : match[0],
    ),
  merge: (...maps: Strings[]) => Object.assign({}, ...maps) as Strings,
  // A text in slashes is an expression.
  replace: (text: string, part: string, by: string) =>
    /^[/][^]+[/]$/.test(part)
      ? text.replace(new RegExp(part.slice(1, -1), "g"), by)
      : text.replaceAll(part, by),
  reverse: (values: unknown[]) => [...values].reverse(),
  setsubtract: (values: unknown[], others: unknown[]) =>
    values.filter((value) => !others.some((other) => isEqual(value, other))),
  slice: (values: unknown[], start: number, end: number) => values.slice(start, end),
  split: (separator: string, text: string) => text.split(separator),
  startswith: (text: string, start: string) => text.startsWith(start),
  strcontains: (text: string, part: string) => text.includes(part),
  sum: (numbers: number[]) => numbers.reduce((total, one) => total + one, 0),
  tonumber: (text: string) => Number(text),
  trimsuffix: (text: string, end: string) =>
    text.endsWith(end) ? text.slice(0, -end.length) : text,
  uuidv5: (space: string, name: string) => uuidOf(space, name),
  values: (map: Strings) =>
    Object.keys(map)
      .sort()
      .map((key) => map[key]),
  zipmap: (keys: string[], values: unknown[]) =>
    Object.fromEntries(keys.map((key, index) => [key, values[index]])),
};

/** Functions that decide which of their values they look at. */
export const LAZY: { readonly [name: string]: (values: (() => unknown)[]) => unknown } = {
  can: ([value]) => attempt(value) !== undefined,
  try: (values) => values.map(attempt).find((result) => result !== undefined)?.value,
};

function attempt(value: (() => unknown) | undefined): { readonly value: unknown } | undefined {
  try {
    return { value: value?.() };
  } catch {
    return undefined;
  }
}

function hostOf(range: string, index: number): string {
  const start = new Address4(range).startAddress().bigInt();
  return Address4.fromBigInt(start + BigInt(index)).correctForm();
}

function lengthOf(value: string | unknown[] | Strings): number {
  return typeof value === "object" && !Array.isArray(value)
    ? Object.keys(value).length
    : value.length;
}

function matchOf(pattern: string, text: string): string {
  const [, flags = "", source = ""] = /^(?:\(\?(i)\))?([^]*)$/.exec(pattern) ?? [];
  const found = new RegExp(source, flags).exec(text);
  if (!found) {
    throw new Error(`${text} does not match ${pattern}`);
  }
  return found[0];
}

function uuidOf(space: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(space.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
