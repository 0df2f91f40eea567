// How a description points at an Azure resource that exists already.
import { isKnown } from "./known";
import { ResourceIdParts, canonicalGuid, canonicalId, parseResourceId } from "./resource-id";

/** Where an existing resource is found by name. */
export interface ResourceLookup {
  /**
   * Name of the resource.
   *
   * @nameFormat resource
   */
  readonly name: string;
  /**
   * Name of its resource group.
   *
   * @format resourceGroup
   */
  readonly resourceGroup: string;
  /**
   * Subscription of the resource (GUID).
   *
   * @default - the subscription that the stack works in
   * @format guid
   */
  readonly subscriptionId?: string;
}

/**
 * An existing Azure resource: by name, or by resource id.
 *
 * By name, Terraform reads virtual networks, subnets, private DNS zones and registries, which takes read access; the
 * ids of other resources are built from their names, and nothing is read. By id nothing is read: use it for a
 * resource that the runner of Terraform is not allowed to read.
 *
 * @yamlUntyped
 */
export class ResourceReference {
  /** A resource by its name. */
  public static byName(options: ResourceLookup): ResourceReference {
    const { name, resourceGroup, subscriptionId } = options;
    return new ResourceReference(
      name,
      resourceGroup,
      subscriptionId === undefined ? undefined : canonicalGuid(subscriptionId),
    );
  }

  /**
   * A resource given by its full id.
   *
   * @param id full resource id, `/subscriptions/…/resourceGroups/…/providers/…`; Terraform does not read the resource then
   * @param name the name for addresses and reviews; needed if Terraform alone knows `id`, and ignored otherwise, since
   * the id has the name
   * @throws if Terraform alone knows `id`, and there is no name
   * @yamlOmit name
   */
  public static byId(id: string, name?: string): ResourceReference {
    if (!isKnown(id)) {
      if (name === undefined) {
        throw new Error(
          "ResourceReference.byId: this id is known only to Terraform; pass a name as second argument.",
        );
      }
      return new ResourceReference(name, undefined, undefined, id);
    }
    const canonical = canonicalId(id);
    const parts: Partial<ResourceIdParts> = parseResourceId(canonical) ?? {};
    const { name: last = id, resourceGroup, subscriptionId } = parts;
    return new ResourceReference(last, resourceGroup, subscriptionId, canonical);
  }

  private constructor(
    /** Name of the resource. */
    public readonly name: string,
    /**
     * Name of its resource group.
     *
     * @default - not known: the id is a token
     */
    public readonly resourceGroup?: string,
    /**
     * Its subscription (GUID).
     *
     * @default - the one of the stack's provider, or not known: the id is a token
     */
    public readonly subscriptionId?: string,
    /**
     * Its full id.
     *
     * @default - found by its name
     * @resourceType Microsoft.Resources/resources
     */
    public readonly id?: string,
  ) {}

  /**
   * Returns the reference with a subscription, unless it has one.
   *
   * @internal
   */
  public _in(subscriptionId: string | undefined): ResourceReference {
    const { name, resourceGroup, subscriptionId: own = subscriptionId, id } = this;
    return new ResourceReference(name, resourceGroup, own, id);
  }

  /** Whether it is given by its name. */
  public get needsLookup(): boolean {
    return this.id === undefined;
  }

  /** A text that is equal for spellings of the same resource that differ in case only: to compare and to sort by. */
  public get key(): string {
    return (
      this.id ?? `${this.subscriptionId ?? ""}/${this.resourceGroup ?? ""}/${this.name}`
    ).toLowerCase();
  }
}
