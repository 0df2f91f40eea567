// The exports of a cluster as the tables of fields read them, and notes on what is not carried over. Pure.
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Fields } from "../config/file-schema";
import { Exports } from "./exports";
import { Identities, identitiesOf } from "./identities";
import { Reading } from "./reading";

/** Something that the description does not have as the cluster has it. */
export interface Note {
  /** Field in the exports, or in the description. */
  readonly field: string;
  /** One or two sentences. */
  readonly message: string;
}

/** The exports, with what follows from them. */
export interface Source {
  readonly exports: Exports;
  readonly cluster: Reading;
  readonly identities: Identities;
  /** Adds a note. */
  readonly note: (field: string, message: string) => void;
}

/** A row of a table: a field of the description, where az has it, and its value; undefined leaves the field out. */
export interface Row<S = Source> {
  readonly field: string;
  readonly from: string;
  readonly read: (source: S) => unknown;
}

/** Returns a source that collects notes in a list. */
export function sourceOf(exports: Exports, notes: Note[]): Source {
  const note = (field: string, message: string) => {
    notes.push({ field, message });
  };
  return { exports, cluster: exports.cluster, identities: identitiesOf(exports), note };
}

/** Returns the reference to a resource by its id; undefined without one. */
export function reference(id: string | undefined, { exports }: Source): Fields | undefined {
  const parts = id === undefined ? undefined : parseResourceId(id);
  if (!parts) {
    return undefined;
  }
  const { name, resourceGroup, subscriptionId } = parts;
  const isOwn = isSameName(subscriptionId, exports.place.subscriptionId);
  return {
    name,
    resourceGroup,
    ...(isOwn ? {} : { subscriptionId: subscriptionId.toLowerCase() }),
  };
}

/** Returns references to resources by their ids; undefined without any. */
export function referenceList(ids: string[], source: Source): Fields[] | undefined {
  return nonEmpty(ids.flatMap((id): Fields[] => [reference(id, source) ?? []].flat()));
}

/** Returns the ids of the objects in a list. */
export function idsOf(list: Reading[]): string[] {
  return list.flatMap((one) => one.text("id") ?? []);
}

/** Returns the last name in an id. */
export function nameIn(id: string | undefined): string | undefined {
  return id === undefined ? undefined : parseResourceId(id)?.name;
}

/** Returns a list, or nothing if it is empty. */
export function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Returns a group of fields, or nothing if it is empty. */
export function nonEmptyGroup(fields: Fields): Fields | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** Returns the fields that have a value. */
export function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Returns the fields of rows, as groups. */
export function fieldsOf<S>(rows: readonly Row<S>[], source: S): Fields {
  const content: { [name: string]: unknown } = {};
  for (const { field, read } of rows) {
    const value = read(source);
    if (value !== undefined) {
      setAt(content, field.split("."), value);
    }
  }
  return content;
}

/** Sets a value at a path, with the groups around it. */
export function setAt(
  content: { [name: string]: unknown },
  [first = "", ...rest]: string[],
  value: unknown,
) {
  if (rest.length === 0) {
    content[first] = value;
  } else {
    setAt((content[first] ??= {}) as { [name: string]: unknown }, rest, value);
  }
}
