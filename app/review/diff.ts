// What changed between two access reviews, grant by grant. Pure.
import {
  AccessReviewDocument,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedScope,
} from "../../lib/review/access-review";
import { isSameName } from "../../lib/spec/naming";
import { stableText } from "./json";
import { isIdentity, isResourceGroup } from "./words";

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

const PARTS: { readonly [part in GrantPart]: (grant: ReviewedGrant) => unknown } = {
  team: ({ team }) => team,
  principal: ({ principal }) => ({ ...principal, kind: undefined, objectId: undefined }),
  role: ({ role }) => role,
  scope: ({ scope }) => ({ ...scope, team: undefined, subscriptionId: undefined }),
  condition: ({ condition = "" }) => condition,
  // Releases word them in other ways.
  reasons: ({ reasons }) => reasons.map(({ feature }) => feature).sort(),
  effectiveActions: ({ effectiveActions }) => effectiveActions,
};

/**
 * Compares two reviews, also of different releases. Grants are the same if principal, role and scope are, however they
 * are called in addresses.
 */
export function compareReviews(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
): ReviewChanges {
  const pairs = pairsOf(before.grants, after.grants);
  const paired = new Set(pairs.values());
  return {
    added: after.grants.filter((grant) => !pairs.has(grant)),
    removed: before.grants.filter((grant) => !paired.has(grant)),
    changed: [...pairs].flatMap(([now, old]) => {
      const names = Object.keys(PARTS) as GrantPart[];
      const parts = names.filter((name) => differs(PARTS[name](old), PARTS[name](now)));
      return parts.length > 0 ? [{ before: old, after: now, parts }] : [];
    }),
  };
}

/** The grants of before, by those of now that are the same. */
function pairsOf(
  before: readonly ReviewedGrant[],
  after: readonly ReviewedGrant[],
): Map<ReviewedGrant, ReviewedGrant> {
  const left = new Map<string, ReviewedGrant[]>();
  for (const grant of before) {
    const key = keyOf(grant);
    left.set(key, [...(left.get(key) ?? []), grant]);
  }
  const pairs = new Map<ReviewedGrant, ReviewedGrant>();
  // What is the same in all that is known comes before what may be the same.
  for (const isSame of [isCertain, isPossible]) {
    for (const grant of after.filter((one) => !pairs.has(one))) {
      const candidates = left.get(keyOf(grant)) ?? [];
      const old = candidates.find((one) => isSame(one, grant));
      if (old) {
        pairs.set(grant, old);
        candidates.splice(candidates.indexOf(old), 1);
      }
    }
  }
  return new Map(after.flatMap((grant) => (pairs.has(grant) ? [[grant, pairs.get(grant)!]] : [])));
}

/** What is never different in two grants that are one. */
function keyOf({ principal, role, scope }: ReviewedGrant): string {
  const who = isIdentity(principal.kind) ? principal.kind : principal.principalType;
  // The name of a custom role ends with the cluster and its place.
  const which = role.custom ? role.name.replace(/ \([^()]*\)$/, "") : (role.guid ?? role.name);
  return [who, which, ...placeOf(scope)].join("|").toLowerCase();
}

function placeOf(scope: ReviewedScope): string[] {
  if (isIdentity(scope.kind)) {
    return [scope.kind];
  }
  return isResourceGroup(scope)
    ? ["resourceGroup", scope.name]
    : [scope.resourceType, scope.resourceGroup, scope.parent ?? "", scope.name];
}

function isCertain(a: ReviewedGrant, b: ReviewedGrant): boolean {
  return (
    isPossible(a, b) &&
    isSameName(a.scope.subscriptionId ?? "", b.scope.subscriptionId ?? "") &&
    isSameName(a.principal.objectId ?? "", b.principal.objectId ?? "")
  );
}

// What one of the two does not know is no difference.
function isPossible(a: ReviewedGrant, b: ReviewedGrant): boolean {
  return (
    mayBeEqual(a.scope.subscriptionId, b.scope.subscriptionId) &&
    isSamePrincipal(a.principal, b.principal)
  );
}

function isSamePrincipal(a: ReviewedPrincipal, b: ReviewedPrincipal): boolean {
  if (isIdentity(a.kind)) {
    return true;
  }
  return a.objectId !== undefined && b.objectId !== undefined
    ? isSameName(a.objectId, b.objectId)
    : isSameName(a.name, b.name);
}

function mayBeEqual(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || isSameName(a, b);
}

function differs(a: unknown, b: unknown): boolean {
  return stableText(a) !== stableText(b);
}
