// What changed between two access reviews, grant by grant. Pure.
import { AccessReviewDocument, ReviewedGrant } from "../../lib/review/access-review";
import { stableText } from "./json";

/** Parts of a grant that are compared. */
export type GrantPart =
  "team" | "principal" | "role" | "scope" | "condition" | "reasons" | "effectiveActions";

/** A grant that is in both reviews, and not the same. */
export interface ChangedGrant {
  readonly before: ReviewedGrant;
  readonly after: ReviewedGrant;
  /** What is different. */
  readonly parts: GrantPart[];
}

/** What changed. */
export interface ReviewChanges {
  readonly added: ReviewedGrant[];
  readonly removed: ReviewedGrant[];
  readonly changed: ChangedGrant[];
}

const PARTS: readonly GrantPart[] = [
  "team",
  "principal",
  "role",
  "scope",
  "condition",
  "reasons",
  "effectiveActions",
];

/** Compares two reviews; grants are the same if they have the same address. */
export function compareReviews(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
): ReviewChanges {
  const old = new Map(before.grants.map((grant) => [grant.address, grant]));
  const kept = new Set(after.grants.map(({ address }) => address));
  return {
    added: after.grants.filter(({ address }) => !old.has(address)),
    removed: before.grants.filter(({ address }) => !kept.has(address)),
    changed: after.grants.flatMap((grant) => {
      const previous = old.get(grant.address);
      const parts = previous ? PARTS.filter((part) => differs(previous[part], grant[part])) : [];
      return previous && parts.length > 0 ? [{ before: previous, after: grant, parts }] : [];
    }),
  };
}

function differs(a: unknown, b: unknown): boolean {
  return stableText(a) !== stableText(b);
}
