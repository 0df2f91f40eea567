// Private DNS zones that exist.
import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { Construct, IConstruct } from "constructs";
import { RESOURCE_TYPES } from "../access/resource-types";
import { ResourceLookup } from "../spec/resource-lookup";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";
import { referenceById, referenceOf } from "../terraform/existing-resource";

/** What others may rely on about a private DNS zone. */
export interface IPrivateDnsZone extends IConstruct {
  /** Resource id. */
  readonly zoneId: string;
  /** Name. */
  readonly zoneName: string;
}

/** A private DNS zone that exists, by its id. */
export interface PrivateDnsZoneAttributes {
  /** Resource id. */
  readonly zoneId: string;
  /**
   * Name, if the resource id is a token; otherwise the last part of the id counts.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A private DNS zone that exists.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class PrivateDnsZone extends Construct implements IPrivateDnsZone {
  /** Looked up by name. */
  public static fromName(scope: Construct, id: string, lookup: ResourceLookup): IPrivateDnsZone {
    return new PrivateDnsZone(scope, id, referenceOf(lookup));
  }

  /**
   * Given by its id. Nothing is read.
   *
   * @throws if the id is seen to be that of something else
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: PrivateDnsZoneAttributes,
  ): IPrivateDnsZone {
    const { zoneId, name } = attributes;
    const { type } = RESOURCE_TYPES.privateDnsZone;
    const reference = referenceById(scope, id, { id: zoneId, type, name });
    return new PrivateDnsZone(scope, id, reference);
  }

  /** @internal */
  public static _fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): IPrivateDnsZone {
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
