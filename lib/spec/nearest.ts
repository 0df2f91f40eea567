// The probable meaning of misspelled values. Pure.
import { distance } from "fastest-levenshtein";

/** How much of the longer one of two texts may differ. */
const TOLERANCE = 0.4;

/** How many other values are listed beside the one that is probably meant. */
const MOST_OTHERS = 8;

/** Returns the candidate that a misspelled value probably means; undefined if none is near. */
export function nearest(value: string, candidates: readonly string[]): string | undefined {
  const text = value.toLowerCase();
  const measured = candidates.map((candidate) => {
    const other = candidate.toLowerCase();
    const limit = TOLERANCE * Math.max(text.length, other.length);
    const measure = distance(text, other);
    const isPart = abbreviates(text, other);
    return { candidate, isPart, measure, isNear: measure <= limit || isPart };
  });
  const [closest] = measured
    .filter(({ isNear }) => isNear)
    .sort((a, b) => a.measure - b.measure || Number(b.isPart) - Number(a.isPart));
  return closest?.candidate;
}

/** Returns which of the valid values to use in place of an invalid one: a sentence without its verb. */
export function insteadOf(value: string, valid: readonly string[]): string {
  const meant = nearest(value, valid);
  const others = valid.filter((one) => one !== meant);
  if (meant === undefined) {
    return oneOf(valid);
  }
  const isShort = others.length > 0 && others.length <= MOST_OTHERS;
  return isShort ? `${meant}; other values are ${others.join(", ")}` : meant;
}

/** Returns a list in words: "a, b or c". */
export function oneOf(items: readonly string[]): string {
  return items.length > 1
    ? `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`
    : (items[0] ?? "another name");
}

/** Whether a text has only letters of another one, in their order, and starts with the same. */
function abbreviates(text: string, other: string): boolean {
  let position = 0;
  for (const letter of other) {
    position += letter === text[position] ? 1 : 0;
  }
  return text.length > 2 && other.startsWith(text.charAt(0)) && position === text.length;
}
