// Reads the JSON of az, and remembers which of its fields were read. Pure.
import { Fields, isGroup } from "../config/file-schema";

/** A field that was not read: its path, and its value. */
export interface UnreadField {
  readonly path: string;
  readonly value: unknown;
}

/**
 * An object in an export. Names of fields are compared without case and hyphens: az and the REST API write them
 * differently, and so do versions of az.
 */
export class Reading {
  private readonly names: ReadonlyMap<string, string>;
  private readonly used = new Set<string>();
  private readonly inner = new Map<string, Reading>();
  private readonly fields: Fields;

  public constructor(content: Fields) {
    // The REST API has most fields one level deeper.
    const { properties } = content;
    this.fields = isGroup(properties) ? { ...content, ...properties, properties: null } : content;
    this.names = new Map(Object.keys(this.fields).map((name) => [key(name), name]));
  }

  /** Returns the value at a path such as `networkProfile.podCidr`; undefined if it is missing or null. */
  public value(path: string): unknown {
    const [first = "", ...rest] = path.split(".");
    const name = this.names.get(key(first));
    const value = name === undefined ? undefined : this.fields[name];
    if (name === undefined || value === undefined || value === null) {
      return undefined;
    }
    if (rest.length > 0) {
      return this.groupAt(name)?.value(rest.join("."));
    }
    this.used.add(name);
    return value;
  }

  /** Returns a text that is not empty. Numbers and booleans are written as text by some versions of az. */
  public text(path: string): string | undefined {
    const value = this.value(path);
    const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    return typeof text === "string" && text !== "" ? text : undefined;
  }

  /** Returns a boolean, also one that is written as text. */
  public flag(path: string): boolean | undefined {
    const text = this.text(path)?.toLowerCase();
    return text === "true" ? true : text === "false" ? false : undefined;
  }

  /** Returns a number, also one that is written as text. */
  public number(path: string): number | undefined {
    const text = this.text(path);
    return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** Returns the texts of a list. */
  public texts(path: string): string[] {
    const value = this.value(path);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  }

  /** Returns the objects of a list. */
  public list(path: string): Reading[] {
    const value = this.value(path);
    return Array.isArray(value) ? value.filter(isGroup).map((one) => new Reading(one)) : [];
  }

  /** Returns a map of texts, such as tags. */
  public map(path: string): { readonly [name: string]: string } {
    const value = this.value(path);
    const entries = Object.entries(isGroup(value) ? value : {});
    return Object.fromEntries(
      entries.map(([name, one]) => [
        name,
        typeof one === "string" ? one : JSON.stringify(one ?? ""),
      ]),
    );
  }

  /** Returns an object; undefined if it is missing. Its fields count as read one by one. */
  public group(path: string): Reading | undefined {
    const [first = "", ...rest] = path.split(".");
    const group = this.groupAt(this.names.get(key(first)) ?? "");
    return rest.length > 0 ? group?.group(rest.join(".")) : group;
  }

  /** Returns the object as an export. */
  public json(): Fields {
    return this.fields;
  }

  /** Returns the fields that were not read and have a value, in their order. */
  public unread(): UnreadField[] {
    return Object.entries(this.fields).flatMap(([name, value]) => {
      if (this.used.has(name) || isNothing(value)) {
        return [];
      }
      const fields = isGroup(value) ? (this.groupAt(name)?.unread() ?? []) : [{ path: "", value }];
      return fields.map((one) => ({ ...one, path: [name, one.path].filter(Boolean).join(".") }));
    });
  }

  private groupAt(name: string): Reading | undefined {
    const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (!isGroup(value)) {
      return undefined;
    }
    const known = this.inner.get(name) ?? new Reading(value);
    this.inner.set(name, known);
    return known;
  }
}

/** Returns a name of a field without case and hyphens, to compare it. */
export function key(name: string): string {
  return name.replace(/-/g, "").toLowerCase();
}

function isNothing(value: unknown): boolean {
  const isEmpty = (one: object) => Object.values(one).every(isNothing);
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    (typeof value === "object" && isEmpty(value))
  );
}
