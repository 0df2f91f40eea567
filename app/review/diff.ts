// Compares two access reviews, grant by grant. Pure.
import {
  AccessReviewDocument,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedRole,
  ReviewedScope,
} from "../../lib/review/access-review";
import { isSameName } from "../../lib/spec/naming";
import { stableText } from "./json";
import { isIdentity, isResourceGroup } from "./words";

/** Parts of a grant that are compared. */
export type GrantPart =
  "team" | "principal" | "role" | "scope" | "condition" | "reasons" | "effectiveActions";

/** A grant that differs between the reviews. */
export interface ChangedGrant {
  readonly before: ReviewedGrant;
  readonly after: ReviewedGrant;
  /** The parts that differ. */
  readonly parts: GrantPart[];
}

/** Changes between two access reviews. */
export interface ReviewChanges {
  readonly added: ReviewedGrant[];
  readonly removed: ReviewedGrant[];
  readonly changed: ChangedGrant[];
}

const PARTS: { readonly [part in GrantPart]: (grant: ReviewedGrant) => unknown } = {
  team: ({ team }) => team,
  principal: ({ principal }) => ({ ...principal, kind: undefined, objectId: undefined }),
  role: ({ role }) => ({ ...role, name: baseName(role), guidSeed: undefined }),
  scope: ({ scope }) => ({ ...scope, team: undefined, subscriptionId: undefined }),
  condition: ({ condition = "" }) => condition,
  // The wording differs between releases.
  reasons: ({ reasons }) => reasons.map(({ feature }) => feature).sort(),
  effectiveActions: ({ effectiveActions }) => effectiveActions,
};

/**
 * Compares two reviews, also of different releases. Grants are the same if principal, role and scope are the same;
 * addresses do not matter.
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

/** Maps current grants to the former grants that are the same. */
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
  // Certain matches come before possible ones.
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

/** Returns a key that is equal for grants that can be the same. */
function keyOf({ principal, role, scope }: ReviewedGrant): string {
  const who = isIdentity(principal.kind) ? principal.kind : principal.principalType;
  const which = role.guid ?? baseName(role);
  return [who, which, ...placeOf(scope)].join("|").toLowerCase();
}

// The name of a custom role ends with the cluster and its place.
function baseName({ custom, name }: ReviewedRole): string {
  return custom ? name.replace(/ \([^()]*\)$/, "") : name;
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

// A fact that one of the two reviews lacks is no difference.
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
