// Upgrades and the windows in which they may happen.

/** A window for upgrades that repeats. */
export interface MaintenanceWindow {
  /** `Daily` or `Weekly`. */
  readonly frequency: string;
  /**
   * Day, such as `Sunday`. Weekly windows only, and needed there.
   *
   * @default - none
   */
  readonly dayOfWeek?: string;
  /** Start, `HH:MM`. */
  readonly startTime: string;
  /**
   * Length in hours: 4 to 24.
   *
   * @default 4
   */
  readonly durationHours?: number;
  /**
   * Offset of `startTime` from UTC, such as `+01:00`.
   *
   * @default "+00:00"
   */
  readonly utcOffset?: string;
}

/**
 * How the cluster and its nodes are kept current.
 *
 * @see https://learn.microsoft.com/azure/aks/auto-upgrade-cluster
 */
export interface UpgradesSpec {
  /**
   * Channel of the Kubernetes version: `patch`, `stable` or `rapid`; `none` takes the exception `noUpgrades`.
   *
   * @default - `stable`; `patch` if a Kubernetes version is given, or with long-term support
   */
  readonly channel?: string;
  /**
   * Channel of the operating system of the nodes: `NodeImage` or `SecurityPatch`; `None` takes the exception
   * `noNodeOsUpgrades`.
   *
   * @default "NodeImage"
   */
  readonly nodeOsChannel?: string;
  /**
   * When the cluster may be upgraded: a weekly window.
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
}
