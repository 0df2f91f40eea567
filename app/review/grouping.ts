// Groups principals and resources into shared boxes. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { distinct, groupBy } from "./text";
import { isIdentity, principalKey, scopeKey } from "./words";

/** Sharing of boxes: by the same grants, or by kind and place. */
export type Grouping = "sameGrants" | "sameKind";

/** Functions that return the box of a principal or resource, as a key. */
export interface Boxes {
  readonly ofPrincipal: (principal: ReviewedPrincipal) => string;
  readonly ofScope: (scope: ReviewedScope) => string;
}

/** Returns the boxes of a grouping. Identities never share a box. */
export function boxesOf(grouping: Grouping, review: AccessReviewDocument): Boxes {
  return grouping === "sameGrants"
    ? sameGrants(review)
    : { ofPrincipal: principalKey, ofScope: kindAndPlace };
}

function sameGrants({ grants, actingSteps = [] }: AccessReviewDocument): Boxes {
  const scopes = patterns(
    grants,
    ({ scope }) => [scopeKey(scope), isIdentity(scope.kind) ? undefined : kindAndPlace(scope)],
    ({ principal, role, condition }) => [principalKey(principal), role.name, condition],
  );
  const ofScope = (scope: ReviewedScope) => scopes.get(scopeKey(scope)) ?? scopeKey(scope);
  const stepsOf = (name: string) =>
    actingSteps.flatMap(({ principal, identity, by }) =>
      principal === name ? [identity, by] : [],
    );
  const principals = patterns(
    grants,
    ({ principal: one }) => [
      principalKey(one),
      isIdentity(one.kind) ? undefined : JSON.stringify([one.kind, stepsOf(one.name)]),
    ],
    ({ scope, role, condition }) => [ofScope(scope), role.name, condition],
  );
  const ofPrincipal = (principal: ReviewedPrincipal) =>
    principals.get(principalKey(principal)) ?? principalKey(principal);
  return { ofPrincipal, ofScope };
}

/** Maps each key to a text that is equal for members of a kind with the same grants; without a kind, to itself. */
function patterns(
  grants: ReviewedGrant[],
  keyOf: (grant: ReviewedGrant) => [string, string | undefined],
  heldBy: (grant: ReviewedGrant) => unknown[],
): Map<string, string> {
  const byKey = groupBy(grants, (grant) => keyOf(grant)[0]);
  return new Map(
    [...byKey].map(([key, rows]) => {
      const kinds = rows.map((grant) => keyOf(grant)[1]);
      const held = rows.map((grant) => JSON.stringify(heldBy(grant)));
      return [
        key,
        kinds.includes(undefined) ? key : JSON.stringify(distinct([...kinds, ...held]).sort()),
      ];
    }),
  );
}

function kindAndPlace(scope: ReviewedScope): string {
  const { kind, resourceType, subscriptionId = "", resourceGroup, parent = "" } = scope;
  return isIdentity(kind)
    ? scopeKey(scope)
    : JSON.stringify([resourceType, subscriptionId, resourceGroup, parent]);
}
