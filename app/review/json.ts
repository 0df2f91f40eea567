// JSON that is the same whatever the order of keys. Pure.

/** Returns the text of a JSON file: keys in alphabetical order, so that two versions compare line by line. */
export function renderJson(content: object): string {
  return `${JSON.stringify(sorted(content), null, 2)}\n`;
}

/** A value as text that is the same whatever the order of keys. */
export function stableText(value: unknown): string {
  return String(JSON.stringify(sorted(value)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const keys = Object.keys(value).sort();
  return Object.fromEntries(
    keys.map((key) => [key, sorted((value as { [key: string]: unknown })[key])]),
  );
}
