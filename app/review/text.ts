// Makes invisible characters visible, and formats lists and numbers. Pure.

/**
 * Returns a text with invisible characters as `\u{…}`: control characters, new lines, marks of the writing
 * direction.
 */
export function plain(text: string): string {
  if (/^[ -~]*$/.test(text)) {
    return text;
  }
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Returns a sentence from a file of a user on one line, without invisible characters. */
export function sentence(text: string): string {
  return plain(text.replace(/\s+/g, " ").trim());
}

/** Returns a number with its noun: `1 grant`, `2 grants`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}

/** Joins items: `a`, `a and b`, `a, b and c`. */
export function listed(items: string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`
    : (items[0] ?? "");
}

/** Returns the items without duplicates, in their order. */
export function distinct<T>(items: T[]): T[] {
  return [...new Set(items)];
}

/** One or more items with the same key. */
export type Group<T> = [T, ...T[]];

/** Groups items by a key, in the order of the first item of each key. */
export function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, Group<T>> {
  const groups = new Map<string, Group<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** Returns the normalized address of an https link; undefined for other addresses. */
export function safeLink(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address);
    return protocol === "https:"
      ? href.replace(
          /[^\w\-.~:/?#@&=+,;%]/g,
          (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
        )
      : undefined;
  } catch {
    return undefined;
  }
}
