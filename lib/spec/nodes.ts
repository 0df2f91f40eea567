// The node pools.
import { ResourceReference } from "./resource-reference";

/** What system and user pools have in common. */
export interface NodePoolOptions {
  /** Size of the virtual machines, such as `Standard_D4ds_v5`. Needs a local disk of 128 GiB or more. */
  readonly vmSize: string;
  /**
   * Fewest nodes.
   *
   * @default 3
   */
  readonly minCount?: number;
  /**
   * Most nodes. If it is more than `minCount`, the pool scales by itself.
   *
   * @default - the same as `minCount`
   */
  readonly maxCount?: number;
  /**
   * Availability zones.
   *
   * @default ["1", "2", "3"]
   */
  readonly zones?: string[];
  /**
   * Most pods on a node: 10 to 250.
   *
   * @default 110
   */
  readonly maxPods?: number;
  /**
   * Name of a subnet in the cluster's virtual network.
   *
   * @default - the node subnet of the cluster
   */
  readonly subnet?: string;
  /**
   * Capacity reservation group that the nodes take their capacity from.
   *
   * @default - none
   */
  readonly capacityReservationGroup?: ResourceReference;
  /**
   * Dedicated host group that the nodes run on.
   *
   * @default - none
   */
  readonly hostGroup?: ResourceReference;
}

/** The pool that runs the cluster's own workload. */
export interface SystemPoolSpec extends NodePoolOptions {
  /**
   * Name: 1 to 12 lower-case letters and digits, starting with a letter.
   *
   * @default "system"
   */
  readonly name?: string;
}

/** A pool for applications. */
export interface UserPoolSpec extends NodePoolOptions {
  /** Name: 1 to 12 lower-case letters and digits, starting with a letter. */
  readonly name: string;
}

/** All pools. */
export interface NodePoolsSpec {
  /** The pool that runs the cluster's own workload, and nothing else. */
  readonly system: SystemPoolSpec;
  /** The pools for applications; at least one, since the system pool takes none. */
  readonly user: UserPoolSpec[];
  /**
   * Whether AKS makes further nodes as workloads need them (node auto-provisioning).
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/node-auto-provisioning
   */
  readonly autoProvisioning?: boolean;
}
