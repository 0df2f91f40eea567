// Container registries that exist.
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { Construct, IConstruct } from "constructs";
import { RESOURCE_TYPES } from "../access/resource-types";
import { IGrantee } from "../grants/grantee";
import { Grant } from "../grants/role-grant";
import { Role } from "../spec/roles";
import { ResourceLookup } from "../spec/resource-lookup";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";
import { referenceById, referenceOf } from "../terraform/existing-resource";

/** What others may rely on about a container registry. */
export interface IContainerRegistry extends IConstruct {
  /** Resource id. */
  readonly registryId: string;
  /** Name. */
  readonly registryName: string;
  /**
   * Lets somebody pull images.
   *
   * @param grantee who gets AcrPull on this registry
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  grantPull(grantee: IGrantee): Grant;
}

/** A container registry that exists, by its id. */
export interface ContainerRegistryAttributes {
  /** Resource id. */
  readonly registryId: string;
  /**
   * Name, if the resource id is a token; otherwise the last part of the id counts.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A container registry that exists.
 *
 * @see https://learn.microsoft.com/azure/aks/cluster-container-registry-integration
 */
export class ContainerRegistry extends Construct implements IContainerRegistry {
  /**
   * Looked up by name. Terraform reads the registry, and refuses one with an admin user, whose password
   * the lookup would copy into the Terraform state.
   */
  public static fromName(scope: Construct, id: string, lookup: ResourceLookup): IContainerRegistry {
    return new ContainerRegistry(scope, id, referenceOf(lookup));
  }

  /**
   * Given by its id. Nothing is read.
   *
   * @throws if the id is seen to be that of something else
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: ContainerRegistryAttributes,
  ): IContainerRegistry {
    const { registryId, name } = attributes;
    const { type } = RESOURCE_TYPES.registry;
    const reference = referenceById(scope, id, { id: registryId, type, name });
    return new ContainerRegistry(scope, id, reference);
  }

  /** @internal */
  public static _fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): IContainerRegistry {
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
   * Lets somebody pull images.
   *
   * @param grantee who gets AcrPull on this registry
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
