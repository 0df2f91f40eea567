// The index of a fleet: its stacks, in order of deployment. Pure; fleet.schema.json is made from these types.

/** The first stage with stacks of clusters, after those that all share. */
export const FIRST_STAGE = 3;

/** The index of a fleet, fleet.json. */
export interface FleetIndex {
  /** Version of this form. */
  readonly formatVersion: 1;
  /** Program and version: "hardened-aks 0.1.0". */
  readonly producedBy: string;
  /** Sorted by stage, then by name: the order of deployment. */
  readonly stacks: FleetStackEntry[];
  /** Sorted by name. */
  readonly clusters: FleetClusterEntry[];
  /** Stacks of the previous index that are gone. Their folders are removed; their resources are not. */
  readonly removed: RemovedStackEntry[];
  /** Files of engines, relative to fleet.json: "engines/github.json". The next run removes those that it does not write. */
  readonly engineFiles?: string[];
}

/** A stack of a fleet. */
export interface FleetStackEntry {
  /** Name of the stack: "haks-prod-identities", "fleet-identities". */
  readonly name: string;
  /** Team that deploys it. */
  readonly team: "identity" | "network" | "platform";
  /** Name of the cluster; absent for the two stacks that clusters share. */
  readonly cluster?: string;
  /** Folder, relative to fleet.json, with forward slashes: "stacks/haks-prod-identities". */
  readonly folder: string;
  /**
   * Stacks of one stage do not depend on each other: first those that all share, then those of the clusters by their purpose.
   *
   * @asType integer
   * @minimum 1
   * @maximum 7
   */
  readonly stage: number;
  /** Names of the stacks to deploy before. */
  readonly dependsOn: string[];
  /**
   * Checksum of the files of the stack: "sha256:<64 hex digits>".
   *
   * @pattern ^sha256:[0-9a-f]{64}$
   */
  readonly checksum: string;
  /** Whether the checksum differs from the previous index; true if there is none. */
  readonly changed: boolean;
}

/** A cluster of a fleet. */
export interface FleetClusterEntry {
  /** Name of the cluster. */
  readonly name: string;
  /** Path of its description, relative to fleet.json, with forward slashes. */
  readonly description: string;
  /** Folder of its access review, relative to fleet.json, with forward slashes: "reviews/haks-prod". */
  readonly review: string;
  /**
   * Checksum of everything that its stacks and its access review are made of: "sha256:<64 hex digits>".
   *
   * @pattern ^sha256:[0-9a-f]{64}$
   */
  readonly madeOf: string;
}

/** A stack of the previous index that is gone. */
export interface RemovedStackEntry {
  /** Name of the stack. */
  readonly name: string;
  /** Team that deployed it. */
  readonly team: "identity" | "network" | "platform";
  /** Name of the cluster; absent for the two stacks that clusters share. */
  readonly cluster?: string;
  /** Folder that it had, relative to fleet.json. */
  readonly folder: string;
}
