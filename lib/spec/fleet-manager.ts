// Membership in a fleet of Azure Kubernetes Fleet Manager.
import { ResourceReference } from "./resource-reference";

/**
 * Membership in a fleet of Azure Kubernetes Fleet Manager, which upgrades its members in an order. It has nothing to do
 * with the command `fleet`, which writes the stacks of many descriptions.
 *
 * @see https://learn.microsoft.com/azure/kubernetes-fleet/concepts-fleet
 */
export interface FleetManagerSpec {
  /**
   * The fleet, which exists. Terraform refuses to change it later: leave it first, and join the other one afterwards.
   *
   * @resourceType Microsoft.ContainerService/fleets
   */
  readonly fleet: ResourceReference;
  /**
   * Name of the member: unique in the fleet, at most 50 lower-case letters, digits and `-`.
   *
   * @default - the name of the cluster in lower case, with `-` for `_`
   * @format fleetMember
   */
  readonly memberName?: string;
  /**
   * Group of members that an update run upgrades together.
   *
   * @default - none
   * @format fleetMember
   */
  readonly updateGroup?: string;
}
