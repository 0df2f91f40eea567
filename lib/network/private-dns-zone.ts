// Private DNS zones that exist.
import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { Construct, IConstruct } from "constructs";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";

/** What others may rely on about a private DNS zone. */
export interface IPrivateDnsZone extends IConstruct {
  /** Resource id. */
  readonly zoneId: string;
  /** Name. */
  readonly zoneName: string;
}

/** A private DNS zone that exists. */
export class PrivateDnsZone extends Construct implements IPrivateDnsZone {
  /** By name or by id, as the reference says. By name, whoever runs the stack must be able to read it. */
  public static fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): IPrivateDnsZone {
    return new PrivateDnsZone(scope, id, reference);
  }

  public readonly zoneId: string;
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
