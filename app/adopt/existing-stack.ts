// A stack as its resources are in Azure: what the exports tell of them, and the rest as the stack wants it. Pure.
import { Reading } from "../discover/reading";
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { ExistingAttribute } from "../discover/attribute";

/** A value of an attribute; undefined if it is not set. */
export type ExistingValue = readonly [path: string, value: Json | undefined];

/** A resource of a stack that exists. */
export interface ExistingResource {
  readonly type: string;
  /** Its name in the address. */
  readonly name: string;
  /** Its known attributes. */
  readonly values: readonly ExistingValue[];
}

/** Returns the values of attributes, under a block if one is given. */
export function valuesOf(
  attributes: readonly ExistingAttribute[],
  resource: Reading,
  block?: string,
): ExistingValue[] {
  return attributes.map(({ attribute, read }) => [
    block === undefined ? attribute : `${block}.${attribute}`,
    read(resource),
  ]);
}

/** Returns the stack with those resources alone that exist, as they are in Azure. */
export function existingStack(
  stack: JsonObject,
  resources: readonly ExistingResource[],
): JsonObject {
  const existing: { [type: string]: JsonObject } = {};
  for (const { type, name, values } of resources) {
    (existing[type] ??= {})[name] = overlaid(objectAt(stack, "resource", type, name), values);
  }
  return { ...stack, resource: existing };
}

/** Returns a copy of a block with the values of attributes. */
export function overlaid(block: JsonObject, values: readonly ExistingValue[]): JsonObject {
  const copy = structuredClone(block);
  for (const [path, value] of values) {
    setAt(copy, path.split("."), value);
  }
  return copy;
}

/** Returns the value at a path in a block; undefined if there is none. A list of one block equals an object. */
export function valueAt(block: Json | undefined, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((value, name) => {
    const inner = Array.isArray(value) ? value[0] : value;
    return isObject(inner) ? inner[name] : undefined;
  }, block);
}

// To azurerm, absent and empty are the same.
function setAt(block: JsonObject, [name = "", ...rest]: string[], value: Json | undefined): void {
  const found = block[name];
  if (rest.length === 0) {
    if (isEmpty(value) && isEmpty(found)) {
      return;
    }
    if (value === undefined || (isEmpty(value) && typeof value === "object")) {
      delete block[name];
    } else {
      block[name] = value;
    }
    return;
  }
  const inner = Array.isArray(found) ? found[0] : found;
  if (isObject(inner)) {
    setAt(inner, rest, value);
  } else if (!isEmpty(value)) {
    const made: JsonObject = {};
    setAt(made, rest, value);
    block[name] = made;
  }
}

function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined ||
    [null, "", false, 0].includes(value as null) ||
    (typeof value === "object" && Object.keys(value ?? {}).length === 0)
  );
}
