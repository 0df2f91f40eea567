// The node pools.
import { AutoscalerProfile } from "./autoscaler";
import { ResourceReference } from "./resource-reference";

/** Handling of nodes that an upgrade cannot drain. */
export enum UndrainableNodeBehavior {
  /** Keeps them, without new pods, and continues with the other nodes. */
  CORDON = "Cordon",
  /** Keeps them as they are, and fails. */
  SCHEDULE = "Schedule",
}

/** How a pool is upgraded. */
export interface PoolUpgrade {
  /**
   * Nodes that an upgrade adds: a number such as `2`, or a share of the pool such as `33%`; in `haks.yaml` in
   * quotes.
   *
   * @default - "33%"; "0" with `maxUnavailable`
   * @examples 33%
   */
  readonly maxSurge?: string;
  /**
   * Nodes that an upgrade takes out of service at a time, instead of adding nodes: a number or a share of the pool; in
   * `haks.yaml` in quotes. Not for the system pool.
   *
   * @default - none: an upgrade adds nodes
   * @examples 1
   * @see https://learn.microsoft.com/azure/aks/upgrade-options
   */
  readonly maxUnavailable?: string;
  /**
   * Behavior of an upgrade for nodes that it cannot drain. Removing the field does not change a pool that exists: write
   * Schedule.
   *
   * @default - Schedule, by AKS, for a new pool
   */
  readonly undrainableNodeBehavior?: UndrainableNodeBehavior;
  /**
   * Minutes that an upgrade waits for the pods of a node to go: 1 to 1440. Removing the field does not change a pool
   * that exists: write 30.
   *
   * @default - 30, by AKS, for a new pool
   * @minimum 1
   * @maximum 1440
   */
  readonly drainTimeoutMinutes?: number;
  /**
   * Minutes that an upgrade waits after each node: 0 to 30.
   *
   * @default - none
   * @minimum 0
   * @maximum 30
   */
  readonly nodeSoakMinutes?: number;
}

/** Image of the operating system of the nodes. */
export enum OsSku {
  /** Azure Linux, in the version that AKS has as its default. */
  AZURE_LINUX = "AzureLinux",
  /** Azure Linux 3. */
  AZURE_LINUX_3 = "AzureLinux3",
  /** Ubuntu, in the version that AKS has as its default. */
  UBUNTU = "Ubuntu",
  /** Ubuntu 22.04. */
  UBUNTU_2204 = "Ubuntu2204",
  /** Windows Server 2022. */
  WINDOWS_2022 = "Windows2022",
}

/** Operating system of the nodes. */
export enum OperatingSystem {
  /** Linux. */
  LINUX = "Linux",
  /** Windows. */
  WINDOWS = "Windows",
}

/** Handling of spot nodes that Azure evicts. */
export enum EvictionPolicy {
  /** Deletes it. */
  DELETE = "Delete",
  /** Stops it; its disks remain, and cost. */
  DEALLOCATE = "Deallocate",
}

/** Who installs the driver of the GPUs. */
export enum GpuDriver {
  /** AKS. */
  INSTALL = "Install",
  /** An operator in the cluster. */
  NONE = "None",
}

/** Profile by which a GPU is partitioned (multi-instance GPU). */
export enum GpuInstance {
  /** Up to seven instances of 1g for each processor. */
  MIG_1G = "MIG1g",
  /** Up to three instances of 2g for each processor. */
  MIG_2G = "MIG2g",
  /** Up to two instances of 3g for each processor. */
  MIG_3G = "MIG3g",
  /** One instance of 4g for each processor. */
  MIG_4G = "MIG4g",
  /** One instance of 7g, the whole processor. */
  MIG_7G = "MIG7g",
}

/** Options that system and user pools have in common. */
export interface NodePoolOptions {
  /**
   * Size of the virtual machines. It must have a local disk of at least 128 GiB.
   *
   * @examples Standard_D4ds_v5
   */
  readonly vmSize: string;
  /**
   * Minimum number of nodes: 0 to 1000, and at least 1 in the system pool. Fewer than 3 need the exception
   * `fewNodes`, except in spot pools.
   *
   * @default 3
   * @minimum 0
   * @maximum 1000
   */
  readonly minCount?: number;
  /**
   * Maximum number of nodes: 0 to 1000, and at least `minCount`. The autoscaler adds nodes up to it.
   *
   * @default - `minCount`
   * @minimum 0
   * @maximum 1000
   */
  readonly maxCount?: number;
  /**
   * Availability zones. Fewer than three need the exception `fewZones`.
   *
   * @default ["1", "2", "3"]
   * @examples 1
   * @yamlNumbers
   */
  readonly zones?: string[];
  /**
   * Maximum number of pods on a node: 10 to 250, and at least 30 in the whole pool. Fewer than 50 need the exception `fewPods`.
   *
   * @default 110
   * @minimum 10
   * @maximum 250
   */
  readonly maxPods?: number;
  /**
   * Name of a subnet in the cluster's virtual network.
   *
   * @default - `network.nodeSubnet`
   * @format subnet
   */
  readonly subnet?: string;
  /**
   * Name of the subnet of the pool's pods, in the cluster's virtual network. With `network.podNetwork.type: podSubnet`
   * only.
   *
   * @default - `network.podNetwork.subnet`
   * @format subnet
   * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet
   */
  readonly podSubnet?: string;
  /**
   * Capacity reservation group of the nodes.
   *
   * @default - none
   * @resourceType Microsoft.Compute/capacityReservationGroups
   */
  readonly capacityReservationGroup?: ResourceReference;
  /**
   * Dedicated host group of the nodes.
   *
   * @default - none
   * @resourceType Microsoft.Compute/hostGroups
   */
  readonly hostGroup?: ResourceReference;
  /**
   * Image of the operating system. Removing the field does not change a pool that exists.
   *
   * @default - the default of AKS for the Kubernetes version
   */
  readonly osSku?: OsSku;
  /**
   * Size of the operating system's disk in GiB: 30 to 2048.
   *
   * @default - as large as the local disk
   * @minimum 30
   * @maximum 2048
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
   * How the pool is upgraded. Not for spot pools.
   *
   * @default - a surge of 33%; not set for spot pools
   */
  readonly upgrade?: PoolUpgrade;
}

/** Spot capacity, which Azure evicts when it needs it. */
export interface SpotOptions {
  /**
   * Maximum price per node and hour in US dollars; -1 for up to the regular price.
   *
   * @default -1
   * @decimal
   */
  readonly maxPrice?: number;
  /**
   * Effect of an eviction on a node.
   *
   * @default EvictionPolicy.DELETE
   */
  readonly evictionPolicy?: EvictionPolicy;
}

/** The GPUs of a pool. */
export interface GpuOptions {
  /**
   * Who installs the driver. It cannot be changed later.
   *
   * @default GpuDriver.INSTALL
   */
  readonly driver?: GpuDriver;
  /**
   * How a processor is partitioned. It cannot be changed later.
   *
   * @default - not partitioned
   */
  readonly instance?: GpuInstance;
}

/** The pool that runs the cluster's own workload. */
export interface SystemPoolSpec extends NodePoolOptions {
  /**
   * Name of the pool.
   *
   * @default "system"
   * @format nodePool
   */
  readonly name?: string;
}

/** A pool for applications. */
export interface UserPoolSpec extends NodePoolOptions {
  /**
   * Name of the pool. At most 6 characters for Windows.
   *
   * @format nodePool
   */
  readonly name: string;
  /**
   * Operating system of the nodes.
   *
   * @default OperatingSystem.LINUX
   */
  readonly os?: OperatingSystem;
  /**
   * Taints of the nodes.
   *
   * @default - none; spot pools have the one of AKS
   * @examples sku=gpu:NoSchedule
   */
  readonly taints?: string[];
  /**
   * Spot capacity instead of regular virtual machines.
   *
   * @default - regular virtual machines
   * @see https://learn.microsoft.com/azure/aks/spot-node-pool
   */
  readonly spot?: SpotOptions;
  /**
   * The GPUs, if the size has any.
   *
   * @default - AKS installs the driver
   * @see https://learn.microsoft.com/azure/aks/gpu-cluster
   */
  readonly gpu?: GpuOptions;
}

/** All pools. */
export interface NodePoolsSpec {
  /** The pool that runs only the cluster's own workload. */
  readonly system: SystemPoolSpec;
  /** The pools for applications: at least one, unless `autoProvisioning` is on. */
  readonly user: UserPoolSpec[];
  /**
   * Whether AKS adds nodes beyond the pools as workloads need them (node auto-provisioning).
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/node-auto-provisioning
   */
  readonly autoProvisioning?: boolean;
  /**
   * When the autoscaler adds and removes nodes, for all pools.
   *
   * @default - the defaults of AKS
   */
  readonly autoscaler?: AutoscalerProfile;
}
