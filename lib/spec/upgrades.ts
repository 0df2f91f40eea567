// Upgrades and the windows in which they may happen.

/** Channel of the Kubernetes version. */
export enum UpgradeChannel {
  /** Patches of the minor version that the cluster has. */
  PATCH = "patch",
  /** The minor version before the latest one. */
  STABLE = "stable",
  /** The latest supported minor version. */
  RAPID = "rapid",
  /** No automatic upgrades. Takes the exception `noUpgrades`. */
  NONE = "none",
}

/** Channel of the operating system of the nodes. */
export enum NodeOsChannel {
  /** A new node image every week. */
  NODE_IMAGE = "NodeImage",
  /** Security patches only, most of them without a new image. */
  SECURITY_PATCH = "SecurityPatch",
  /** No automatic upgrades. Takes the exception `noNodeOsUpgrades`. */
  NONE = "None",
}

/** How often a maintenance window recurs. */
export enum WindowFrequency {
  /** Every day. */
  DAILY = "Daily",
  /** Every week, on one day. */
  WEEKLY = "Weekly",
}

/** Day of a weekly maintenance window. */
export enum DayOfWeek {
  /** Monday. */
  MONDAY = "Monday",
  /** Tuesday. */
  TUESDAY = "Tuesday",
  /** Wednesday. */
  WEDNESDAY = "Wednesday",
  /** Thursday. */
  THURSDAY = "Thursday",
  /** Friday. */
  FRIDAY = "Friday",
  /** Saturday. */
  SATURDAY = "Saturday",
  /** Sunday. */
  SUNDAY = "Sunday",
}

/** A recurring maintenance window. */
export interface MaintenanceWindow {
  /** How often the window recurs. */
  readonly frequency: WindowFrequency;
  /**
   * Day of a weekly window, which needs one.
   *
   * @default - none
   */
  readonly dayOfWeek?: DayOfWeek;
  /**
   * Start, `HH:MM`; in `haks.yaml` in quotes.
   *
   * @examples 02:00
   */
  readonly startTime: string;
  /**
   * Length in hours: 4 to 24.
   *
   * @default 4
   * @minimum 4
   * @maximum 24
   */
  readonly durationHours?: number;
  /**
   * Offset of `startTime` from UTC; in `haks.yaml` in quotes.
   *
   * @default "+00:00"
   * @examples +01:00
   */
  readonly utcOffset?: string;
}

/**
 * Automatic upgrades, and when they may happen.
 *
 * @see https://learn.microsoft.com/azure/aks/auto-upgrade-cluster
 */
export interface UpgradesSpec {
  /**
   * Channel of the Kubernetes version.
   *
   * @default - `stable`; `patch` if a Kubernetes version is given, or with long-term support
   */
  readonly channel?: UpgradeChannel;
  /**
   * Channel of the operating system of the nodes.
   *
   * @default NodeOsChannel.NODE_IMAGE
   */
  readonly nodeOsChannel?: NodeOsChannel;
  /**
   * When the cluster may be upgraded: a weekly window.
   *
   * @default - Sunday 02:00 UTC for 4 hours
   * @yamlOnly frequency Weekly
   */
  readonly clusterWindow?: MaintenanceWindow;
  /**
   * When the operating system of the nodes may be patched.
   *
   * @default - daily 03:00 UTC for 4 hours
   */
  readonly nodeOsWindow?: MaintenanceWindow;
}
