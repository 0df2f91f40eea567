// The overview of an access review: place, counts and limits. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ExcessCount } from "../../lib/review/excess-count";
import { EVERYTHING_IN_KUBERNETES } from "../../lib/review/risk";
import { LiveReview } from "../live/live-review";
import { count, plain } from "./text";

/** Facts that only exports of Azure show. */
const NOT_PLANNED = [
  "Members of groups, and eligible assignments of Privileged Identity Management.",
  "Role assignments that no stack of this cluster creates, such as those on a subscription or a management group.",
];

const NOT_SEEN = [
  "Roles and bindings in Kubernetes, and rights of workloads that the description does not name.",
  "Rights of the identities that AKS creates for add-ons, and of AKS itself in the node resource group.",
];

/** Returns the facts that an access review cannot show, with those that the exports of Azure do not show. */
export function notSeen(live?: LiveReview): readonly string[] {
  return [...(live?.notShown ?? NOT_PLANNED), ...NOT_SEEN];
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

/** Returns the place of the cluster: `westeurope, subscription …, tenant …`. */
export function clusterPlace({ location, subscriptionId, tenantId }: AccessReviewDocument): string {
  return [
    ...(location === undefined ? [] : [plain(location)]),
    ...(subscriptionId === undefined ? [] : [`subscription ${plain(subscriptionId)}`]),
    ...(tenantId === undefined ? [] : [`tenant ${plain(tenantId)}`]),
  ].join(", ");
}
