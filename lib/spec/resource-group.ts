// Resource groups.

/** A resource group: one that exists, or one to be created. */
export interface ResourceGroupSpec {
  /**
   * Name of the resource group.
   *
   * @format resourceGroup
   */
  readonly name: string;
  /**
   * Whether to create it; otherwise it must exist. A single construct does not create it: pass it one from its stack.
   *
   * @default false
   */
  readonly create?: boolean;
}
