// Resource groups.

/** A resource group: one that exists, or one to be created. */
export interface ResourceGroupSpec {
  /** Name. */
  readonly name: string;
  /**
   * Whether to create it.
   *
   * @default false
   */
  readonly create?: boolean;
}
