// Private DNS zones that exist.
import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { Construct } from "constructs";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";
import { LibraryConstruct } from "../terraform/one-copy";

/**
 * A private DNS zone that exists.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class PrivateDnsZone extends LibraryConstruct {
  /** @internal */
  public static _fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): PrivateDnsZone {
    return new PrivateDnsZone(scope, id, reference);
  }

  /** Resource id. */
  public readonly zoneId: string;
  /** Name. */
  public readonly zoneName: string;

  private constructor(scope: Construct, id: string, reference: ResourceReference) {
    super(scope, id);
    this.zoneName = reference.name;
    this.zoneId =
      reference.id ??
      new DataAzurermPrivateDnsZone(this, "Default", {
        name: reference.name,
        resourceGroupName: reference.resourceGroup,
        provider: azurermFor(this, reference.subscriptionId),
      }).id;
  }
}
