// Words for the risk of rights, and for the limits of an access review. Pure.
import { AccessReviewDocument, ExcessCount } from "../../lib/review/access-review";
import { EVERYTHING_IN_KUBERNETES, Risk, riskOf, riskOfOperation } from "../../lib/review/risk";
import { count, distinct, listed, plain } from "./text";

const RISKS: { readonly [risk in Risk]: string } = {
  [Risk.ESCALATION]: "privilege escalation",
  [Risk.CREDENTIALS]: "credential exposure",
  [Risk.NETWORK]: "network change",
  [Risk.DATA]: "data access",
  [Risk.CHANGE]: "change of a resource",
  [Risk.READ]: "read or join",
};

/** Risks whose operations are named. */
const NAMED: readonly Risk[] = [Risk.ESCALATION, Risk.CREDENTIALS];

/** Maximum of operations that are named. */
const MAX_NAMED = 3;

/** Facts that an access review cannot show. */
export const NOT_SEEN = [
  "Members of groups, and eligible assignments of Privileged Identity Management.",
  "Role assignments that no stack of this cluster creates, such as those on a subscription or a management group.",
  "Roles and bindings in Kubernetes, and the rights of workloads.",
  "Rights of the identities that AKS creates for add-ons, and of AKS itself in the node resource group.",
];

/** Returns the risk of a right: `privilege escalation by assign/action`. */
export function riskWords(operations: readonly string[], risk = riskOf(operations)): string {
  const named = operations.filter((operation) => riskOfOperation(operation) === risk);
  const isListed = NAMED.includes(risk) && named.length > 0;
  const names = distinct(named.map(shortName));
  const more = names.length > MAX_NAMED ? [`${names.length - MAX_NAMED} more`] : [];
  return isListed
    ? `${RISKS[risk]} by ${listed([...names.slice(0, MAX_NAMED), ...more])}`
    : RISKS[risk];
}

function shortName(operation: string): string {
  return operation === EVERYTHING_IN_KUBERNETES
    ? "everything in Kubernetes"
    : plain(operation.split("/").slice(-2).join("/"));
}

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

/** Returns a sentence on the principals with the greatest risk; undefined if nothing is granted. */
export function mostPowerful({ effectiveRights }: AccessReviewDocument): string | undefined {
  const greatest = riskOf(effectiveRights.flatMap(({ actions }) => actions));
  const names = effectiveRights
    .filter(({ actions }) => riskOf(actions) === greatest)
    .map(({ principal }) => plain(principal));
  return names.length === 0
    ? undefined
    : `The greatest risk is ${RISKS[greatest]}, by ${listed(distinct(names))}.`;
}

/** Returns the place of the cluster: `westeurope, subscription …, tenant …`. */
export function clusterPlace({ location, subscriptionId, tenantId }: AccessReviewDocument): string {
  return [
    ...(location === undefined ? [] : [plain(location)]),
    ...(subscriptionId === undefined ? [] : [`subscription ${plain(subscriptionId)}`]),
    ...(tenantId === undefined ? [] : [`tenant ${plain(tenantId)}`]),
  ].join(", ");
}

/** Returns a review in which scopes have only subscriptions other than that of the cluster, which is shown once. */
export function withoutOwnSubscription(review: AccessReviewDocument): AccessReviewDocument {
  const { subscriptionId: own } = review;
  const shorten = <T extends { readonly scope: { readonly subscriptionId?: string } }>(
    one: T,
  ): T =>
    own !== undefined && one.scope.subscriptionId?.toLowerCase() === own.toLowerCase()
      ? { ...one, scope: { ...one.scope, subscriptionId: undefined } }
      : one;
  return {
    ...review,
    grants: review.grants.map(shorten),
    effectiveRights: review.effectiveRights.map(shorten),
    pathsToNetwork: review.pathsToNetwork.map(shorten),
  };
}
