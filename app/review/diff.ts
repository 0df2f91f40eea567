// Compares two access reviews, grant by grant. Pure.
import { phaseOf } from "../../lib/access/phases";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { allows } from "../../lib/spec/action-patterns";
import { isSameName } from "../../lib/spec/naming";
import { stableText } from "./json";
import { count, groupBy } from "./text";
import { isIdentity, isResourceGroup, roleBaseName } from "./words";

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

/** Whether a change allows more, less, or neither of both. */
export function widthOf({ before, after }: ChangedGrant): "wider" | "narrower" | undefined {
  const isBeyond = (one: ReviewedGrant, other: ReviewedGrant) =>
    one.effectiveActions.some((action) => !allows(other.effectiveActions, action)) ||
    (one.condition === undefined && other.condition !== undefined);
  const [more, less] = [isBeyond(after, before), isBeyond(before, after)];
  return more === less ? undefined : more ? "wider" : "narrower";
}

/** Returns the name of a change: `changed, wider`. */
export function changeWords(change: ChangedGrant): string {
  return ["changed", widthOf(change)].filter((word) => word !== undefined).join(", ");
}

/** Returns what changed for readers, by the grants of the later review: `added`, or the name of a change. */
export function changeOf(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
): Map<ReviewedGrant, string> {
  const { added, changed } = changesForReaders(before, after);
  return new Map([
    ...added.map((grant) => [grant, "added"] as const),
    ...changed.map((change) => [change.after, changeWords(change)] as const),
  ]);
}

/** Returns a sentence with the numbers of changes. */
export function changesInWords({ added, removed, changed }: ReviewChanges): string {
  const wider = changed.filter((change) => widthOf(change) === "wider").length;
  const narrower = changed.filter((change) => widthOf(change) === "narrower").length;
  const widths = [
    ...(wider > 0 ? [`${wider} wider`] : []),
    ...(narrower > 0 ? [`${narrower} narrower`] : []),
  ];
  return added.length + removed.length + changed.length === 0
    ? "No grant was added, removed or changed."
    : `${count(added.length, "grant")} added, ${removed.length} removed, ${changed.length} changed${widths.length > 0 ? ` (${widths.join(", ")})` : ""}.`;
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
  role: ({ role }) => ({
    ...role,
    name: roleBaseName(role),
    guidSeed: undefined,
    description: undefined,
  }),
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
  return compare(before, after, [keyWithRole]);
}

/** Compares two reviews for readers: another role in place of one that is gone is a change. */
export function changesForReaders(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
): ReviewChanges {
  return compare(before, after, [keyWithRole, keyOfPlace]);
}

function compare(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
  keys: readonly KeyOf[],
): ReviewChanges {
  const pairs = pairsOf(before.grants, after.grants, keys);
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

/** Returns a key that is equal for grants that can be the same. */
type KeyOf = (grant: ReviewedGrant) => string;

/** Maps current grants to the former grants that are the same by one of the keys, the first one first. */
function pairsOf(
  before: readonly ReviewedGrant[],
  after: readonly ReviewedGrant[],
  keys: readonly KeyOf[],
): Map<ReviewedGrant, ReviewedGrant> {
  const pairs = new Map<ReviewedGrant, ReviewedGrant>();
  const taken = new Set<ReviewedGrant>();
  // Certain matches come before possible ones.
  for (const keyOf of keys) {
    const former = groupBy([...before], keyOf);
    for (const isSame of [isCertain, isPossible]) {
      for (const grant of after.filter((one) => !pairs.has(one))) {
        const candidates = former.get(keyOf(grant)) ?? [];
        const old = candidates.find((one) => !taken.has(one) && isSame(one, grant));
        if (old) {
          pairs.set(grant, old);
          taken.add(old);
        }
      }
    }
  }
  return new Map(after.flatMap((grant) => (pairs.has(grant) ? [[grant, pairs.get(grant)!]] : [])));
}

/** Returns a key that is equal for grants of one role to one principal on one resource. */
function keyWithRole(grant: ReviewedGrant): string {
  const { role } = grant;
  return `${keyOfPlace(grant)}|${(role.guid ?? roleBaseName(role)).toLowerCase()}`;
}

/** Returns a key that is equal for grants to one principal on one resource. */
function keyOfPlace({ principal, scope }: ReviewedGrant): string {
  const who = isIdentity(principal.kind) ? identityWords(principal) : principal.principalType;
  return [who, ...placeOf(scope)].join("|").toLowerCase();
}

// An identity of the cluster may get another name. That of a workload or an add-on is told apart by it.
function identityWords({ kind, name }: ReviewedPrincipal): string {
  return phaseOf(kind) === "cluster" ? kind : `${kind} ${name}`;
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
