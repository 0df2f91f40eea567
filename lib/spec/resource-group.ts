// Resource groups.

/** A resource group: one that exists, or one to be created. */
export interface ResourceGroupSpec {
  /** Name. */
  readonly name: string;
  /**
   * Whether to create it. Stacks and `StandaloneCluster` do; a single construct wants it made in its stack, and
   * passed.
   *
   * @default false
   */
  readonly create?: boolean;
}
