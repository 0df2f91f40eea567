// Tables by name. Pure.

/** Returns the entry of a table under a name from input: never a member that every object has, such as `constructor`. */
export function entryOf<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return hasEntry(table, name) ? table[name] : undefined;
}

/** Whether a table has something under a name. */
export function hasEntry(table: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(table, name);
}
