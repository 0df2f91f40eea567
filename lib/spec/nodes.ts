// The node pools.
import { ResourceReference } from "./resource-reference";

/** How a pool is upgraded. */
export interface PoolUpgrade {
  /**
   * Nodes that an upgrade adds: a number such as `2`, or a share of the pool such as `33%`.
   *
   * @default "33%"
   */
  readonly maxSurge?: string;
  /**
   * Minutes that an upgrade waits for the pods of a node to go: 1 to 1440. Once set, taking it away
   * from the system pool replaces the cluster.
   *
   * @default - 30, by AKS
   */
  readonly drainTimeoutMinutes?: number;
  /**
   * Minutes that an upgrade waits after each node: 0 to 30.
   *
   * @default - none
   */
  readonly nodeSoakMinutes?: number;
}

/** What can be said of any pool, whatever the size of its virtual machines. */
export interface NodePoolSettings {
  /**
   * Fewest nodes. Fewer than 3 take the exception `fewNodes`, but for spot pools.
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
   * Availability zones. Fewer than three take the exception `fewZones`.
   *
   * @default ["1", "2", "3"]
   */
  readonly zones?: string[];
  /**
   * Most pods on a node: 10 to 250, and 30 on all nodes together. Fewer than 50 take the exception `fewPods`.
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
  /**
   * Operating system: `AzureLinux`, `AzureLinux3`, `Ubuntu`, `Ubuntu2204`, or `Windows2022` for Windows.
   *
   * @default - what AKS has as its default for the Kubernetes version
   */
  readonly osSku?: string;
  /**
   * Size of the operating system's disk in GiB: 30 to 2048.
   *
   * @default - as large as the local disk
   */
  readonly osDiskSizeGb?: number;
  /**
   * Whether the cryptographic modules are those validated for FIPS 140.
   *
   * @default false
   */
  readonly fips?: boolean;
  /**
   * Labels of the nodes.
   *
   * @default - none but those of AKS
   */
  readonly labels?: { [key: string]: string };
  /**
   * How the pool is upgraded.
   *
   * @default - 33 % more nodes at a time; nothing is set for spot pools
   */
  readonly upgrade?: PoolUpgrade;
}

/** What system and user pools have in common. */
export interface NodePoolOptions extends NodePoolSettings {
  /** Size of the virtual machines, such as `Standard_D4ds_v5`. Needs a local disk of 128 GiB or more. */
  readonly vmSize: string;
}

/** Spare capacity, which Azure takes back when it needs it. */
export interface SpotOptions {
  /**
   * Most that a node may cost in US dollars an hour; -1 for as much as a regular one.
   *
   * @default -1
   */
  readonly maxPrice?: number;
  /**
   * What happens to a node that is taken back: `Delete` or `Deallocate`.
   *
   * @default "Delete"
   */
  readonly evictionPolicy?: string;
}

/** The graphics processors of a pool. */
export interface GpuOptions {
  /**
   * Who brings the driver: `Install` for AKS, `None` for an operator in the cluster. It cannot be
   * changed later.
   *
   * @default "Install"
   */
  readonly driver?: string;
  /**
   * How a processor is divided: `MIG1g`, `MIG2g`, `MIG3g`, `MIG4g` or `MIG7g`. It cannot be changed later.
   *
   * @default - not divided
   */
  readonly instance?: string;
}

/**
 * When the autoscaler adds and removes nodes, for all pools. Durations are whole minutes, such as `10m`.
 *
 * @see https://learn.microsoft.com/azure/aks/cluster-autoscaler
 */
export interface AutoscalerProfile {
  /**
   * Which pool grows: `random`, `least-waste`, `most-pods` or `priority`.
   *
   * @default "random"
   */
  readonly expander?: string;
  /**
   * Whether pools of one kind grow evenly.
   *
   * @default false
   */
  readonly balanceSimilarNodeGroups?: boolean;
  /**
   * How long a node is not needed before it goes.
   *
   * @default "10m"
   */
  readonly scaleDownUnneeded?: string;
  /**
   * How long after a node was added the first may go.
   *
   * @default "10m"
   */
  readonly scaleDownDelayAfterAdd?: string;
  /**
   * Share of a node's resources below which it is not needed: 0 to 1.
   *
   * @default 0.5
   */
  readonly scaleDownUtilizationThreshold?: number;
  /**
   * Seconds that pods get to end when their node goes: 0 to 86400.
   *
   * @default 600
   */
  readonly maxGracefulTerminationSeconds?: number;
  /**
   * Whether nodes stay that have pods with local storage.
   *
   * @default false
   */
  readonly skipNodesWithLocalStorage?: boolean;
  /**
   * Whether nodes stay that have pods of the system.
   *
   * @default true
   */
  readonly skipNodesWithSystemPods?: boolean;
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

/** What can be said of a pool for applications, beyond what can be said of any. */
export interface UserPoolSettings extends NodePoolSettings {
  /**
   * `Linux` or `Windows`.
   *
   * @default "Linux"
   */
  readonly os?: string;
  /**
   * Taints of the nodes, such as `sku=gpu:NoSchedule`.
   *
   * @default - none; spot pools have the one of AKS
   */
  readonly taints?: string[];
  /**
   * Spare capacity in the place of regular virtual machines.
   *
   * @default - regular virtual machines
   * @see https://learn.microsoft.com/azure/aks/spot-node-pool
   */
  readonly spot?: SpotOptions;
  /**
   * The graphics processors, if the size has any.
   *
   * @default - AKS installs the driver
   * @see https://learn.microsoft.com/azure/aks/gpu-cluster
   */
  readonly gpu?: GpuOptions;
}

/** A pool for applications. */
export interface UserPoolSpec extends NodePoolOptions, UserPoolSettings {
  /** Name: 1 to 12 lower-case letters and digits, starting with a letter; at most 6 for Windows. */
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
  /**
   * When the autoscaler adds and removes nodes.
   *
   * @default - as AKS has it
   */
  readonly autoscaler?: AutoscalerProfile;
}
