// What stands around a cluster, as its attributes need it.
import { ResourceReference } from "../spec/resource-reference";

/** What the cluster takes from its surroundings. */
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
