// The operations that a principal has beyond its needs. Plain data.

/** Numbers of operations that a principal has, and has beyond its needs. */
export interface ExcessCount {
  /** Name of the principal. */
  readonly principal: string;
  /**
   * Number of operations that it is granted directly, over all scopes, without those that wildcards stand for.
   *
   * @minimum 0
   */
  readonly granted: number;
  /**
   * Number of those that no feature needs.
   *
   * @minimum 0
   */
  readonly excess: number;
  /**
   * Wildcards that it is granted directly: each stands for any number of operations.
   *
   * @default - none
   */
  readonly wildcards?: string[];
}
