// When nodes are added and removed.

/** Which pool grows if several could. */
export enum AutoscalerExpander {
  /** Any of them. */
  RANDOM = "random",
  /** The one that has the least idle CPU and memory afterwards. */
  LEAST_WASTE = "least-waste",
  /** The one that can run the most pending pods. */
  MOST_PODS = "most-pods",
  /** The one that a ConfigMap in the cluster ranks highest. */
  PRIORITY = "priority",
}

/**
 * When the autoscaler adds and removes nodes, for all pools. Durations are whole minutes, such as `10m`.
 *
 * @see https://learn.microsoft.com/azure/aks/cluster-autoscaler
 */
export interface AutoscalerProfile {
  /**
   * Which pool grows if several could.
   *
   * @default AutoscalerExpander.RANDOM
   */
  readonly expander?: AutoscalerExpander;
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
