// Where a resource that exists is looked up.

/** Where a resource that exists is looked up by its name. Whoever runs the stack must be able to read it. */
export interface ResourceLookup {
  /** Name. */
  readonly name: string;
  /** Name of its resource group; for a subnet, that of its virtual network. */
  readonly resourceGroupName: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the subscription of the stack's provider
   */
  readonly subscriptionId?: string;
}
