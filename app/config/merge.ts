// Merges what several files say of one cluster, and remembers which file each value is from. Pure.
import { Fields, isGroup } from "./file-schema";

/** A value, and where it is from. */
export interface Layered<Source> {
  readonly value: unknown;
  readonly source: Source;
  /** For a group that several files fill: its fields. */
  readonly fields?: { readonly [name: string]: Layered<Source> };
}

/**
 * Merges a value over another one. Groups are merged field by field, unless they are of different types; everything else, also
 * a list, replaces. An empty value (null) takes away the value below.
 */
export function mergeOver<Source>(below: Layered<Source>, above: Layered<Source>): Layered<Source> {
  if (!isGroup(below.value) || !isGroup(above.value) || isOtherType(below.value, above.value)) {
    return above;
  }
  const lower = fieldsOf(below);
  const fields = { ...lower };
  for (const [name, field] of Object.entries(fieldsOf(above))) {
    const under = lower[name];
    fields[name] = under ? mergeOver(under, field) : field;
    if (under && field.value === null) {
      delete fields[name];
    }
  }
  const value = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.value]),
  );
  return { value, source: above.source, fields };
}

/** Returns the source of the value at a path or, if it is missing, of the nearest enclosing one. */
export function sourceAt<Source>(
  merged: Layered<Source>,
  path: readonly (string | number)[],
): Source {
  const [name, ...rest] = path;
  const { fields = {} } = merged;
  const field = Object.hasOwn(fields, name ?? "") ? fields[name!] : undefined;
  return field ? sourceAt(field, rest) : merged.source;
}

function fieldsOf<Source>({ value, source, fields }: Layered<Source>): {
  [name: string]: Layered<Source>;
} {
  const own = Object.entries(value as Fields);
  return fields ?? Object.fromEntries(own.map(([name, one]) => [name, { value: one, source }]));
}

function isOtherType(below: Fields, above: Fields): boolean {
  return above.type !== undefined && below.type !== undefined && above.type !== below.type;
}
