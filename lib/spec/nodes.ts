// The node pools.
import { AutoscalerProfile } from "./autoscaler";
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

/** What Azure does with a spot node that it evicts. */
export enum EvictionPolicy {
  /** Deletes it. */
  DELETE = "Delete",
  /** Stops it; its disks remain, and cost. */
  DEALLOCATE = "Deallocate",
}

/** Who installs the driver of the graphics processors. */
export enum GpuDriver {
  /** AKS. */
  INSTALL = "Install",
  /** Not AKS: an operator in the cluster does. */
  NONE = "None",
}

/** Profile by which a graphics processor is partitioned (multi-instance GPU). */
export enum GpuInstance {
  /** 1g: up to seven instances for each processor. */
  MIG_1G = "MIG1g",
  /** 2g: up to three instances for each processor. */
  MIG_2G = "MIG2g",
  /** 3g: up to two instances for each processor. */
  MIG_3G = "MIG3g",
  /** 4g: one instance for each processor. */
  MIG_4G = "MIG4g",
  /** 7g: one instance, with the whole processor. */
  MIG_7G = "MIG7g",
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
   * Image of the operating system.
   *
   * @default - what AKS has as its default for the Kubernetes version
   */
  readonly osSku?: OsSku;
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
   * What Azure does with a node that it evicts.
   *
   * @default EvictionPolicy.DELETE
   */
  readonly evictionPolicy?: EvictionPolicy;
}

/** The graphics processors of a pool. */
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
   * Name: 1 to 12 lower-case letters and digits, starting with a letter.
   *
   * @default "system"
   */
  readonly name?: string;
}

/** What can be said of a pool for applications, beyond what can be said of any. */
export interface UserPoolSettings extends NodePoolSettings {
  /**
   * Operating system of the nodes.
   *
   * @default OperatingSystem.LINUX
   */
  readonly os?: OperatingSystem;
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
