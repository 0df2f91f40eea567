// Container registries that exist.
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { Construct } from "constructs";
import { RESOURCE_TYPES } from "../access/resource-types";
import { IGrantee } from "../grants/grantee";
import { Grant } from "../grants/grant";
import { Role } from "../spec/roles";
import { ResourceLookup, ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";
import { referenceById } from "../terraform/existing-resource";
import { LibraryConstruct } from "../terraform/one-copy";

/**
 * An existing container registry.
 *
 * @see https://learn.microsoft.com/azure/aks/cluster-container-registry-integration
 */
export class ContainerRegistry extends LibraryConstruct {
  /**
   * Looks up a registry by name. Terraform reads it, and refuses one with an admin user, whose password the lookup
   * would copy into the Terraform state.
   */
  public static fromLookup(
    scope: Construct,
    id: string,
    lookup: ResourceLookup,
  ): ContainerRegistry {
    return new ContainerRegistry(scope, id, ResourceReference.byName(lookup));
  }

  /**
   * Imports a registry by its resource id. Nothing is read.
   *
   * @param scope the construct that it is a part of
   * @param id its id there
   * @param registryId resource id
   * @param name name, used only if the resource id is a token; by default the construct's id
   * @throws if the id is not that of a registry
   */
  public static fromRegistryId(
    scope: Construct,
    id: string,
    registryId: string,
    name?: string,
  ): ContainerRegistry {
    const { type } = RESOURCE_TYPES.registry;
    const reference = referenceById(scope, id, { id: registryId, type, name });
    return new ContainerRegistry(scope, id, reference);
  }

  /** @internal */
  public static _fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): ContainerRegistry {
    return new ContainerRegistry(scope, id, reference);
  }

  /** Resource id. */
  public readonly registryId: string;
  /** Name. */
  public readonly registryName: string;

  private constructor(scope: Construct, id: string, reference: ResourceReference) {
    super(scope, id);
    this.registryName = reference.name;
    this.registryId = reference.id ?? this.lookUp(reference);
  }

  /**
   * Grants AcrPull on this registry.
   *
   * @param grantee principal that pulls images
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  public grantPull(grantee: IGrantee): Grant {
    return Grant._to(this, "pull", {
      grantee,
      role: Role.ACR_PULL,
      scopeId: this.registryId,
      reason: `${grantee.principalName} pulls images from the registry ${this.registryName}.`,
    });
  }

  private lookUp({ name, resourceGroup, subscriptionId }: ResourceReference): string {
    const data = new DataAzurermContainerRegistry(this, "Default", {
      name,
      resourceGroupName: resourceGroup ?? "",
      provider: azurermFor(this, subscriptionId),
      lifecycle: {
        postcondition: [
          {
            condition: "${!self.admin_enabled}",
            errorMessage: `The registry ${name} has its admin user enabled, and this lookup would copy its password into the Terraform state. Disable the admin user, or give the registry by its id.`,
          },
        ],
      },
    });
    return data.id;
  }
}
