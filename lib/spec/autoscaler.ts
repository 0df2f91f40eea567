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
 * When the autoscaler adds and removes nodes, for all pools. Durations are whole minutes, such as `10m`. A field that
 * is removed keeps its value in a cluster that exists: write the default instead.
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
   * Whether similar pools grow evenly.
   *
   * @default false
   */
  readonly balanceSimilarNodeGroups?: boolean;
  /**
   * How long a node is unneeded before it is removed.
   *
   * @default "10m"
   * @examples 10m
   */
  readonly scaleDownUnneeded?: string;
  /**
   * How long after a node was added the first one may be removed.
   *
   * @default "10m"
   * @examples 10m
   */
  readonly scaleDownDelayAfterAdd?: string;
  /**
   * Share of a node's resources below which the node is unneeded: 0 to 1.
   *
   * @default 0.5
   * @decimal
   * @minimum 0
   * @maximum 1
   */
  readonly scaleDownUtilizationThreshold?: number;
  /**
   * Seconds that pods get to terminate when their node is removed: 0 to 86400.
   *
   * @default 600
   * @minimum 0
   * @maximum 86400
   */
  readonly maxGracefulTerminationSeconds?: number;
  /**
   * Whether nodes with pods that have local storage are kept.
   *
   * @default false
   */
  readonly skipNodesWithLocalStorage?: boolean;
  /**
   * Whether nodes with pods of the system are kept.
   *
   * @default true
   */
  readonly skipNodesWithSystemPods?: boolean;
}
