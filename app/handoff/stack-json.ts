// A stack as Terraform JSON, without the metadata of cdktf. Pure.

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** A stack with the blocks that this code reads. */
export interface StackJson extends JsonObject {
  readonly terraform: JsonObject;
  readonly provider: { [name: string]: JsonObject[] };
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns a text, or an empty one. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Returns the object at a path, or an empty one. */
export function objectAt(value: JsonObject, ...path: string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  const inner = value[key];
  return isObject(inner) ? objectAt(inner, ...rest) : {};
}

/** Parses the text of a stack. */
export function parseStack(text: string): StackJson {
  return JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)) as StackJson;
}

/** Returns an object with the same keys and converted values. */
export function mapObject(value: JsonObject, work: (key: string, item: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, work(key, item)]));
}
