// Plain text that cannot deceive a reader, and small helpers for sentences. Pure.

/**
 * A text without characters that nobody sees: controls, new lines, marks that turn the direction of
 * writing. They show as `\u{…}`.
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

/** A sentence from somebody's file: on one line, and plain. */
export function sentence(text: string): string {
  return plain(text.replace(/\s+/g, " ").trim());
}

/** A number with its noun: `1 grant`, `2 grants`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`
    : (items[0] ?? "");
}

/** The items without repetition, in their order. */
export function distinct<T>(items: T[]): T[] {
  return [...new Set(items)];
}

/** Items with the same key: one or more. */
export type Group<T> = [T, ...T[]];

/** Returns the items by a key, in the order in which the keys come. */
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

/** A link that may stand in a document: https alone, as a browser would write it. */
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
