// A stack as Terraform JSON, without what only cdktf reads. Pure.

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  [key: string]: Json;
}

/** A stack, as far as it is looked into. */
export interface StackJson extends JsonObject {
  readonly terraform: JsonObject;
  readonly provider: { [name: string]: JsonObject[] };
}

/** Whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a place, or an empty one. */
export function objectAt(value: JsonObject, ...path: string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  const inner = value[key];
  return isObject(inner) ? objectAt(inner, ...rest) : {};
}

/** Reads the text of a stack. */
export function parseStack(text: string): StackJson {
  return JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)) as StackJson;
}

/** Returns an object with other values under the same keys. */
export function mapObject(value: JsonObject, work: (key: string, item: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, work(key, item)]));
}
