// Copies of plain values, so that changes to one do not reach other readers. Pure.

/** A copy, all the way down. Instances of classes, such as `Principal`, stay what they are. */
export function copied<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => copied(one)) as T;
  }
  return isPlain(value)
    ? (Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copied(one)])) as T)
    : value;
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  );
}
