// The resources around a cluster that its attributes refer to.
import { ResourceReference } from "../spec/resource-reference";

/** The values that a cluster takes from the resources around it. */
export interface ClusterSurroundings {
  readonly resourceGroupName: string;
  readonly tenantId: string;
  readonly controlPlaneIdentityId: string;
  readonly kubelet: { identityId: string; clientId: string; principalId: string };
  readonly subnetId: (name: string) => string;
  readonly resourceId: (type: string, reference: ResourceReference) => string;
  /** The private DNS zone; absent if AKS creates one. */
  readonly privateDnsZoneId?: string;
}

/** The list, or nothing if it is empty: an attribute that is left out. */
export function nonEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}
