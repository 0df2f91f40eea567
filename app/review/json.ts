// Serializes JSON independently of the order of keys. Pure.

/** Returns the text of a JSON file with sorted keys, so that two versions can be compared line by line. */
export function renderJson(content: object): string {
  return `${JSON.stringify(sorted(content), null, 2)}\n`;
}

/** Returns a value as text that does not depend on the order of keys. */
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
