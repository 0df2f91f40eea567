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
  /** The updates of the distribution, every night: AKS neither tests them nor restarts nodes. Takes the exception `noNodeOsUpgrades`. */
  UNMANAGED = "Unmanaged",
  /** No automatic upgrades. Takes the exception `noNodeOsUpgrades`. */
  NONE = "None",
}

/** How often a maintenance window recurs. */
export enum WindowFrequency {
  /** Every day. */
  DAILY = "Daily",
  /** Every week, on one day. */
  WEEKLY = "Weekly",
  /** Every month, on a day by its number. */
  ABSOLUTE_MONTHLY = "AbsoluteMonthly",
  /** Every month, on a day of one of its weeks. */
  RELATIVE_MONTHLY = "RelativeMonthly",
}

/** Week of a monthly maintenance window. */
export enum WeekIndex {
  /** First week. */
  FIRST = "First",
  /** Second week. */
  SECOND = "Second",
  /** Third week. */
  THIRD = "Third",
  /** Fourth week. */
  FOURTH = "Fourth",
  /** Last week. */
  LAST = "Last",
}

/** A time in which nothing is upgraded. */
export interface FreezePeriod {
  /**
   * Start, as in RFC 3339.
   *
   * @examples 2026-12-18T00:00:00Z
   */
  readonly start: string;
  /**
   * End, as in RFC 3339.
   *
   * @examples 2027-01-06T00:00:00Z
   */
  readonly end: string;
}

/** Day of a maintenance window. */
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
   * Number of days, weeks or months from one window to the next: 1 to 7 days, 1 to 4 weeks, or 1 to 6 months.
   *
   * @default 1
   */
  readonly interval?: number;
  /**
   * Day of a weekly or relative monthly window, which needs one.
   *
   * @default - none
   */
  readonly dayOfWeek?: DayOfWeek;
  /**
   * Number of the day of an absolute monthly window, which needs one: 1 to 31.
   *
   * @default - none
   * @minimum 1
   * @maximum 31
   */
  readonly dayOfMonth?: number;
  /**
   * Week of a relative monthly window.
   *
   * @default - WeekIndex.FIRST for a relative monthly window
   */
  readonly weekIndex?: WeekIndex;
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
  /**
   * When nothing is upgraded, even in the window.
   *
   * @default - none
   */
  readonly notAllowed?: FreezePeriod[];
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
   * When the cluster may be upgraded.
   *
   * @default - Sunday 02:00 UTC for 4 hours
   */
  readonly clusterWindow?: MaintenanceWindow;
  /**
   * When the operating system of the nodes may be patched.
   *
   * @default - daily 03:00 UTC for 4 hours
   */
  readonly nodeOsWindow?: MaintenanceWindow;
  /**
   * Until when upgrades are forced, as in RFC 3339: AKS does not check for APIs that are removed. Takes the exception
   * `forcedUpgrades`. Removing the field does not change a cluster that exists: the time ends by itself.
   *
   * @default - not forced
   * @examples 2026-12-01T00:00:00Z
   * @see https://learn.microsoft.com/azure/aks/stop-cluster-upgrade-api-breaking-changes
   */
  readonly forcedUntil?: string;
}
