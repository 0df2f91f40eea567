// Computes the changes of rights between two access reviews. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { isSameName } from "../../lib/spec/naming";
import { ReviewChanges, compareReviews } from "../review/diff";
import { isIdentity, principalKey, scopeKey } from "../review/words";

/** Outcome of a change for a right. */
export type RightFate =
  /** The role assignment is revoked. */
  | "lost"
  /** The role assignment is deleted and created again. */
  | "replaced"
  /** Another team grants the right, and its apply fails because the role assignment exists. */
  | "notHandedOver"
  /** Another team grants the right, and its stack imports the role assignment. */
  | "handedOver"
  /** An equivalent role is granted before the old one is revoked. */
  | "exchanged"
  /** The right stays until the field `previous` is removed. */
  | "kept"
  | "added";

/** A right that changes. */
export interface RightChange {
  readonly fate: RightFate;
  /** The current grant, or the former one of a lost right. */
  readonly grant: ReviewedGrant;
  /** The former grant, if it differs. */
  readonly before?: ReviewedGrant;
}

/** Returns the changes of rights. */
export function rightChanges(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
): RightChange[] {
  const changes = compareReviews(before, after);
  const exchanged =
    before.roleSet === after.roleSet ? new Map<ReviewedGrant, ReviewedGrant>() : exchanges(changes);
  const isLost = (grant: ReviewedGrant) => !exchanged.has(grant);
  const isNew = (grant: ReviewedGrant) => ![...exchanged.values()].includes(grant);
  const continued = changes.changed.flatMap(({ before: old, after: now }): RightChange[] => {
    const fate = fateOf(old, now);
    return fate === undefined ? [] : [{ fate, grant: now, before: old }];
  });
  const reported = new Set(continued.map(({ grant }) => grant));
  return [
    ...changes.removed.filter(isLost).map((grant) => ({ fate: "lost" as const, grant })),
    ...continued,
    ...[...exchanged].map(([old, grant]) => ({ fate: "exchanged" as const, grant, before: old })),
    ...after.grants
      .filter(
        (grant) => grant.kept === true && !reported.has(grant) && !changes.added.includes(grant),
      )
      .map((grant) => ({ fate: "kept" as const, grant })),
    ...changes.added.filter(isNew).map((grant) => ({ fate: "added" as const, grant })),
  ];
}

/** Whether the principal of a grant is an identity with another name, or in another place, than before. */
export function isOtherIdentity(
  { principal: old }: ReviewedGrant,
  { principal: now }: ReviewedGrant,
): boolean {
  const differs = (one?: string, other?: string) =>
    one !== undefined && other !== undefined && !isSameName(one, other);
  return (
    isIdentity(now.kind) &&
    (old.name !== now.name ||
      differs(old.resourceGroup, now.resourceGroup) ||
      differs(old.subscriptionId, now.subscriptionId))
  );
}

function fateOf(old: ReviewedGrant, now: ReviewedGrant): RightFate | undefined {
  if (isOtherIdentity(old, now) || (old.condition ?? "") !== (now.condition ?? "")) {
    return "replaced";
  }
  if (old.team !== now.team) {
    return now.takenOverFrom === old.team ? "handedOver" : "notHandedOver";
  }
  return undefined;
}

/** Maps removed grants to added grants of another role set that replace them. */
function exchanges({ added, removed }: ReviewChanges): Map<ReviewedGrant, ReviewedGrant> {
  const left = new Set(added);
  return new Map(
    removed.flatMap((old) => {
      const now = [...left].find((one) => replaces(one, old));
      if (now) {
        left.delete(now);
      }
      return now ? [[old, now] as const] : [];
    }),
  );
}

function replaces(now: ReviewedGrant, old: ReviewedGrant): boolean {
  const lower = (actions: string[]) => actions.map((action) => action.toLowerCase());
  const excess = lower(old.excessActions);
  const needed = lower(old.effectiveActions).filter((action) => !excess.includes(action));
  const given = new Set(lower(now.effectiveActions));
  return (
    now.team === old.team &&
    principalKey(now.principal) === principalKey(old.principal) &&
    scopeKey(now.scope) === scopeKey(old.scope) &&
    needed.every((action) => given.has(action))
  );
}
