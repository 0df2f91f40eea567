// Finds the deletions of an edit that the locks of the cluster and of its resource group keep from happening. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { CreatedLock } from "../../lib/review/created-resources";
import { isSameName } from "../../lib/spec/naming";
import { stackRoleOf } from "../handoff/stack-roles";
import { placeOf } from "../review/azure";
import { Fate, ResourceChange } from "./resource-changes";
import { RightChange, RightFate } from "./right-changes";

/** Deletions that fail because of a lock. */
export interface BlockedByLocks {
  /** The fields that lift the locks, such as `locks.cluster`. */
  readonly fields: string[];
  readonly rights: RightChange[];
  readonly resources: ResourceChange[];
}

/** Changes of a right that delete a role assignment. */
export const DELETING: readonly RightFate[] = ["lost", "replaced", "exchanged"];

/** Changes of a resource that delete it, or a pool that stands in for it. */
const DELETING_RESOURCES: readonly Fate[] = ["destroyed", "replaced", "exchanged", "rotates"];

// Parts of the cluster.
const PARTS = [
  "azurerm_kubernetes_cluster",
  "azurerm_kubernetes_cluster_node_pool",
  "azurerm_kubernetes_cluster_extension",
  "azurerm_kubernetes_cluster_trusted_access_role_binding",
  "azurerm_kubernetes_flux_configuration",
  "azurerm_monitor_diagnostic_setting",
  "azurerm_monitor_data_collection_rule_association",
];

// Other resources of its stack in its resource group; the rest is elsewhere.
const BESIDE = ["azurerm_monitor_data_collection_endpoint", "azurerm_monitor_data_collection_rule"];

/** Returns the deletions under locks that the deployed version has set. */
export function blockedByLocks(
  before: AccessReviewDocument,
  after: AccessReviewDocument,
  { rights, resources }: Pick<BlockedByLocks, "rights" | "resources">,
): BlockedByLocks {
  const locks = before.created?.locks ?? [];
  const stays = ({ cluster }: CreatedLock) =>
    (after.created?.locks ?? []).some(
      (one) => (one.cluster === undefined) === (cluster === undefined),
    );
  // A lock that goes in the same edit goes with the stacks after the cluster, before the rights there.
  const isInTime = (lock: CreatedLock, stack: string) =>
    !stays(lock) && stackRoleOf(stack).startsWith("add-ons");
  const blocks = (lock: CreatedLock, { fate, grant, before: old = grant }: RightChange) =>
    DELETING.includes(fate) && isUnder(lock, old) && !isInTime(lock, old.stack);
  const blockedRights = rights.filter((right) => locks.some((lock) => blocks(lock, right)));
  const holds = (lock: CreatedLock, { fate, type, stack }: ResourceChange) =>
    DELETING_RESOURCES.includes(fate) &&
    [...PARTS, ...(lock.cluster === undefined ? BESIDE : [])].includes(type) &&
    !isInTime(lock, stack);
  const blockedResources = resources.filter((one) => locks.some((lock) => holds(lock, one)));
  const needed = locks.filter(
    (lock) =>
      blockedResources.some((one) => holds(lock, one)) ||
      blockedRights.some((right) => blocks(lock, right)),
  );
  return {
    fields: needed.map(
      ({ cluster }) => `locks.${cluster === undefined ? "resourceGroup" : "cluster"}`,
    ),
    rights: blockedRights,
    resources: blockedResources,
  };
}

function isUnder(lock: CreatedLock, { scope }: ReviewedGrant): boolean {
  const { resourceGroup, subscriptionId } = placeOf(scope);
  const isThere =
    isSameName(resourceGroup, lock.resourceGroup) && subscriptionId === lock.subscriptionId;
  return lock.cluster === undefined
    ? isThere
    : isThere &&
        isSameName(scope.resourceType, "Microsoft.ContainerService/managedClusters") &&
        isSameName(scope.name, lock.cluster);
}
