// Subnets that exist.
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { Construct, IConstruct } from "constructs";
import { IGrantee } from "../grants/grantee";
import { Grant } from "../grants/role-grant";
import { Role } from "../spec/roles";
import { ResourceLookup } from "../spec/resource-lookup";
import { azurermFor } from "../terraform/providers";
import { referenceById } from "../terraform/existing-resource";

/** What others may rely on about a subnet. */
export interface ISubnet extends IConstruct {
  /** Resource id. */
  readonly subnetId: string;
  /** Name. */
  readonly subnetName: string;
  /**
   * Its ranges, in CIDR notation.
   *
   * @default - not known: nothing of the subnet was read
   */
  readonly addressPrefixes?: string[];
  /**
   * Id of its route table; empty if it has none.
   *
   * @default - not known: nothing of the subnet was read
   */
  readonly routeTableId?: string;
  /**
   * Lets somebody put things into this subnet.
   *
   * @param grantee who gets Network Contributor on this subnet
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  grantJoin(grantee: IGrantee): Grant;
}

/** Where a subnet that exists is looked up. */
export interface SubnetLookup extends ResourceLookup {
  /** Name of its virtual network. */
  readonly virtualNetworkName: string;
}

/** A subnet that exists, by its id. */
export interface SubnetAttributes {
  /** Resource id. */
  readonly subnetId: string;
  /**
   * Name.
   *
   * @default - the last part of the id, or the construct's id if the resource id is a token
   */
  readonly name?: string;
}

/** The id of a subnet, with what only a lookup tells. */
interface FoundSubnet {
  readonly id: string;
  readonly addressPrefixes?: string[];
  readonly routeTableId?: string;
}

/**
 * A subnet that exists.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
 */
export class Subnet extends Construct implements ISubnet {
  /** Looked up by name. Whoever runs the stack must be able to read it. */
  public static fromName(scope: Construct, id: string, lookup: SubnetLookup): ISubnet {
    return new Subnet(scope, id, lookup.name, (self) => {
      const data = new DataAzurermSubnet(self, "Default", {
        name: lookup.name,
        virtualNetworkName: lookup.virtualNetworkName,
        resourceGroupName: lookup.resourceGroupName,
        provider: azurermFor(self, lookup.subscriptionId),
      });
      return {
        id: data.id,
        addressPrefixes: data.addressPrefixes,
        routeTableId: data.routeTableId,
      };
    });
  }

  /**
   * Given by its id. Nothing is read.
   *
   * @throws if the id is not the id of a subnet
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: SubnetAttributes,
  ): ISubnet {
    const { subnetId } = attributes;
    const type = "Microsoft.Network/virtualNetworks/subnets";
    const reference = referenceById(scope, id, { id: subnetId, type, name: attributes.name });
    return new Subnet(scope, id, attributes.name ?? reference.name, () => ({ id: subnetId }));
  }

  /** Resource id. */
  public readonly subnetId: string;
  /**
   * Its ranges, in CIDR notation.
   *
   * @default - not known: nothing of the subnet was read
   */
  public readonly addressPrefixes?: string[];
  /**
   * Id of its route table; empty if it has none.
   *
   * @default - not known: nothing of the subnet was read
   */
  public readonly routeTableId?: string;

  private constructor(
    scope: Construct,
    id: string,
    /** Name. */
    public readonly subnetName: string,
    find: (self: Construct) => FoundSubnet,
  ) {
    super(scope, id);
    const found = find(this);
    this.subnetId = found.id;
    this.addressPrefixes = found.addressPrefixes;
    this.routeTableId = found.routeTableId;
  }

  /**
   * Lets somebody put things into this subnet.
   *
   * @param grantee who gets Network Contributor on this subnet
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  public grantJoin(grantee: IGrantee): Grant {
    return Grant._to(this, "join", {
      grantee,
      role: Role.NETWORK_CONTRIBUTOR,
      scopeId: this.subnetId,
      reason: `${grantee.principalName} joins the subnet ${this.subnetName}.`,
    });
  }
}
