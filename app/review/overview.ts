// The overview of an access review: place, counts and limits. Pure.
import {
  AccessReviewDocument,
  EffectiveRight,
  ReviewedGrant,
  ReviewedScope,
} from "../../lib/review/access-review";
import { ExcessCount } from "../../lib/review/excess-count";
import { EVERYTHING_IN_KUBERNETES } from "../../lib/review/risk";
import { isSameName } from "../../lib/spec/naming";
import { count, plain } from "./text";

/** Facts that an access review cannot show. */
export const NOT_SEEN = [
  "Members of groups, and eligible assignments of Privileged Identity Management.",
  "Role assignments that no stack of this cluster creates, such as those on a subscription or a management group.",
  "Roles and bindings in Kubernetes, and rights of workloads that the description does not name.",
  "Rights of the identities that AKS creates for add-ons, and of AKS itself in the node resource group.",
];

/** Returns the wildcards of a principal in words. */
function wildcardWords(pattern: string): string {
  return pattern === EVERYTHING_IN_KUBERNETES
    ? "everything in Kubernetes"
    : `all operations that match ${plain(pattern)}`;
}

/** Counts the operations of a principal: `1 operation, all needed`, `everything in Kubernetes, and 2 operations, all needed`. */
export function operationCount({
  granted,
  excess,
  wildcards = [],
}: Omit<ExcessCount, "principal">): string {
  const need = excess === 0 ? "all needed" : `${excess} not needed`;
  const counted = `${count(granted, "operation")}, ${need}`;
  return [...wildcards.map(wildcardWords), ...(granted > 0 ? [counted] : [])].join(", and ");
}

/** Returns the place of the cluster: `westeurope, subscription …, tenant …`. */
export function clusterPlace({ location, subscriptionId, tenantId }: AccessReviewDocument): string {
  return [
    ...(location === undefined ? [] : [plain(location)]),
    ...(subscriptionId === undefined ? [] : [`subscription ${plain(subscriptionId)}`]),
    ...(tenantId === undefined ? [] : [`tenant ${plain(tenantId)}`]),
  ].join(", ");
}

/** Returns the name of a role without the subscription of the cluster, which is a part of the names of custom roles. */
function shortName(name: string, own: string | undefined): string {
  return own === undefined ? name : name.replace(` in ${own})`, ")");
}

/** Explains the short names of custom roles; undefined if none is short. */
export function shortNamesNote({
  grants,
  subscriptionId: own,
}: AccessReviewDocument): string | undefined {
  return grants.some(({ role }) => shortName(role.name, own) !== role.name)
    ? `In Azure, the names of the custom roles of this subscription end with its id: "… in ${plain(own ?? "")})".`
    : undefined;
}

/** Returns a review that shows only subscriptions other than that of the cluster, which is shown once. */
export function withoutOwnSubscription(review: AccessReviewDocument): AccessReviewDocument {
  const { subscriptionId: own } = review;
  const shorten = <T extends { readonly subscriptionId?: string }>(place: T): T =>
    own !== undefined && isSameName(place.subscriptionId ?? "", own)
      ? { ...place, subscriptionId: undefined }
      : place;
  const inScope = <T extends { readonly scope: ReviewedScope }>(one: T): T => ({
    ...one,
    scope: shorten(one.scope),
  });
  const inRole = (grant: ReviewedGrant): ReviewedGrant => ({
    ...grant,
    role: { ...grant.role, name: shortName(grant.role.name, own) },
  });
  const named = (right: EffectiveRight): EffectiveRight => ({
    ...right,
    role: shortName(right.role, own),
  });
  return {
    ...review,
    grants: review.grants.map(inScope).map(inRole),
    effectiveRights: review.effectiveRights.map(inScope).map(named),
    pathsToNetwork: review.pathsToNetwork.map(inScope).map(named),
    runners: review.runners?.map((one) => ({ ...one, rights: one.rights.map(shorten) })),
  };
}
