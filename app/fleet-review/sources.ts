// The access reviews of a fleet, with what one review alone cannot tell: which resources and identities are shared. Pure.
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { isIdentity } from "../review/words";

/** The access review of a cluster, with its grants by address. */
export interface Source {
  readonly review: AccessReviewDocument;
  readonly grants: ReadonlyMap<string, ReviewedGrant>;
}

/** An identity in an access review. */
export type Identity = Pick<
  ReviewedPrincipal,
  "kind" | "name" | "resourceGroup" | "subscriptionId"
>;

/** Returns the access reviews in the order of their clusters. */
export function sourcesOf(reviews: readonly AccessReviewDocument[]): Source[] {
  return [...reviews]
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
    .map((review) => ({
      review,
      grants: new Map(review.grants.map((grant) => [grant.address, grant])),
    }));
}

/** Returns each effective right with its grant. */
export function rightsOf({ review, grants }: Source): [EffectiveRight, ReviewedGrant][] {
  return review.effectiveRights.flatMap((right): [EffectiveRight, ReviewedGrant][] => {
    const grant = grants.get(right.grant);
    return grant ? [[right, grant]] : [];
  });
}

/** Returns the identities that have a grant, or are in one. */
export function identitiesOf({ review }: Source): Identity[] {
  const all = review.grants.flatMap(({ principal, scope }): Identity[] => [
    ...(isIdentity(principal.kind) ? [principal] : []),
    ...(isIdentity(scope.kind) ? [scope as ReviewedScope & Identity] : []),
  ]);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** Returns one text for a resource, in whichever cluster it is described. */
export function placeKey(
  place: Pick<ReviewedScope, "name" | "resourceGroup" | "parent" | "subscriptionId"> & {
    readonly resourceType?: string;
  },
  { review }: Source,
): string {
  const { name, resourceGroup, parent, subscriptionId = review.subscriptionId } = place;
  return JSON.stringify([
    place.resourceType,
    subscriptionId,
    resourceGroup,
    parent,
    name,
  ]).toLowerCase();
}

/** Returns one text for an identity. */
export function identityKey(
  { name, resourceGroup = "", subscriptionId }: Identity,
  source: Source,
): string {
  return placeKey({ name, resourceGroup, subscriptionId }, source);
}

/** Returns the keys that several clusters have. */
export function sharedKeys(
  sources: readonly Source[],
  keysOf: (source: Source) => readonly string[],
): ReadonlySet<string> {
  const first = new Map<string, Source>();
  const shared = new Set<string>();
  for (const source of sources) {
    for (const key of keysOf(source)) {
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, source);
      } else if (before !== source) {
        shared.add(key);
      }
    }
  }
  return shared;
}
