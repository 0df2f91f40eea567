// Virtual networks that exist, with their subnets.
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { Construct } from "constructs";
import { RESOURCE_TYPES } from "../access/resource-types";
import { resolved } from "../hcl/resolved";
import { addressName } from "../spec/address";
import { isSameName } from "../spec/naming";
import { ResourceLookup, ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";
import { referenceById, subnetIdOf } from "../terraform/existing-resource";
import { Subnet } from "./subnet";
import { LibraryConstruct } from "../terraform/one-copy";

/** Attributes of an existing virtual network. */
export interface VirtualNetworkAttributes {
  /** Resource id. */
  readonly virtualNetworkId: string;
  /**
   * Name, if the resource id is a token; otherwise the last part of the id counts.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Ids of subnets, by their names: for subnets that the same stack creates, so that the resources in
   * them wait for them.
   *
   * @default - built from the id of the network
   */
  readonly subnetIds?: { [name: string]: string };
}

/**
 * An existing virtual network.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
 */
export class VirtualNetwork extends LibraryConstruct {
  /** Looks up a virtual network by name. Terraform reads it only if its id, region or ranges are used. */
  public static fromLookup(scope: Construct, id: string, lookup: ResourceLookup): VirtualNetwork {
    return new VirtualNetwork(scope, id, ResourceReference.byName(lookup));
  }

  /**
   * Imports a virtual network by its resource id. Nothing is read.
   *
   * @throws if the id is not that of a virtual network
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: VirtualNetworkAttributes,
  ): VirtualNetwork {
    const { virtualNetworkId, name, subnetIds } = attributes;
    const { type } = RESOURCE_TYPES.virtualNetwork;
    const reference = referenceById(scope, id, { id: virtualNetworkId, type, name });
    return new VirtualNetwork(scope, id, reference, subnetIds);
  }

  /** @internal */
  public static _fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): VirtualNetwork {
    return new VirtualNetwork(scope, id, reference);
  }

  private readonly subnets = new Map<string, Subnet>();
  private data?: DataAzurermVirtualNetwork;
  private place?: Construct;

  private constructor(
    scope: Construct,
    id: string,
    private readonly reference: ResourceReference,
    private readonly subnetIds: { readonly [name: string]: string } = {},
  ) {
    super(scope, id);
  }

  /** Name. */
  public get virtualNetworkName(): string {
    return this.reference.name;
  }

  /** Resource id. */
  public get virtualNetworkId(): string {
    return this.reference.id ?? this.lookUp().id;
  }

  /**
   * Its region. Asking for it reads the network.
   *
   * @default - not known: the network is given by its id
   */
  public get location(): string | undefined {
    return this.reference.needsLookup ? this.lookUp().location : undefined;
  }

  /**
   * Its ranges, in CIDR notation. Asking for them reads the network.
   *
   * @default - not known: the network is given by its id
   */
  public get addressSpace(): string[] | undefined {
    return this.reference.needsLookup ? this.lookUp().addressSpace : undefined;
  }

  /**
   * One of its subnets; looked up by name if the network is. The same subnet is looked up once.
   *
   * @param name its name
   * @throws if the same stack creates the network and passes ids of subnets, but not of this one
   */
  public subnet(name: string): Subnet {
    const known = this.subnets.get(name) ?? this.findSubnet(name);
    this.subnets.set(name, known);
    return known;
  }

  /** @internal */
  public get _reference(): ResourceReference {
    return this.reference;
  }

  private lookUp(): DataAzurermVirtualNetwork {
    const { name, resourceGroup, subscriptionId } = this.reference;
    this.data ??= new DataAzurermVirtualNetwork(this, "Default", {
      name,
      resourceGroupName: resourceGroup ?? "",
      provider: azurermFor(this, subscriptionId),
    });
    return this.data;
  }

  private findSubnet(name: string): Subnet {
    const { id, name: virtualNetworkName, resourceGroup, subscriptionId } = this.reference;
    // A separate place, since a subnet can have the name of anything else here.
    this.place ??= new Construct(this, "the subnets");
    // Others meet in one address.
    const constructId = /^[\w-]*$/.test(name) ? name : addressName(name);
    return id === undefined
      ? Subnet.fromLookup(
          this.place,
          constructId,
          { name: virtualNetworkName, resourceGroup: resourceGroup ?? "", subscriptionId },
          name,
        )
      : Subnet.fromSubnetId(this.place, constructId, this.idOf(name), name);
  }

  private idOf(name: string): string {
    const { id = "" } = this.reference;
    const names = Object.keys(this.subnetIds);
    const given = names.find((one) => isSameName(one, name));
    if (
      given === undefined &&
      names.length > 0 &&
      resolved(this, id).startsWith("${azurerm_virtual_network.")
    ) {
      throw new Error(
        `[${this.node.path}] This stack creates the network, and subnetIds has no subnet "${name}", but ${names.join(", ")}. Add its id.`,
      );
    }
    return this.subnetIds[given ?? ""] ?? subnetIdOf(this, this.reference, name);
  }
}
