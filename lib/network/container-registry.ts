// Container registries that exist.
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { Construct, IConstruct } from "constructs";
import { IGrantee } from "../access/grantee";
import { Grant } from "../access/role-grant";
import { Role } from "../access/roles";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";

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
   */
  grantPull(grantee: IGrantee): Grant;
}

/** A container registry that exists. */
export class ContainerRegistry extends Construct implements IContainerRegistry {
  /**
   * By name or by id, as the reference says.
   *
   * By name, Terraform reads the registry. It refuses one with an admin user, whose password the
   * lookup would copy into the Terraform state.
   */
  public static fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): IContainerRegistry {
    return new ContainerRegistry(scope, id, reference);
  }

  public readonly registryId: string;
  public readonly registryName: string;

  private constructor(scope: Construct, id: string, reference: ResourceReference) {
    super(scope, id);
    this.registryName = reference.name;
    this.registryId = reference.id ?? this.lookUp(reference);
  }

  public grantPull(grantee: IGrantee): Grant {
    return Grant.role(this, `pull-${grantee.principalName}`, {
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
