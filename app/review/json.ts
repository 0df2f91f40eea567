// An access review as JSON. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";

/** The text of `access-review.json`: keys in alphabetical order, so that two versions compare line by line. */
export function renderJson(review: AccessReviewDocument): string {
  return `${JSON.stringify(sorted(review), null, 2)}\n`;
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
