// Subnets that exist.
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { IGrantee } from "../grants/grantee";
import { Grant } from "../grants/grant";
import { ResourceLookup } from "../spec/resource-reference";
import { Role } from "../spec/roles";
import { azurermFor } from "../terraform/providers";
import { referenceById } from "../terraform/existing-resource";
import { LibraryConstruct } from "../terraform/one-copy";

/** The id of a subnet, with what only a lookup tells. */
interface FoundSubnet {
  readonly id: string;
  readonly addressPrefixes?: string[];
  readonly routeTableId?: string;
  readonly hasPrivateLinkPolicies?: IResolvable;
}

/**
 * An existing subnet.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
 */
export class Subnet extends LibraryConstruct {
  /**
   * Looks up a subnet by name. Terraform reads it.
   *
   * @param scope the construct that it is a part of
   * @param id its id there
   * @param virtualNetwork the virtual network, by name
   * @param name name of the subnet
   */
  public static fromLookup(
    scope: Construct,
    id: string,
    virtualNetwork: ResourceLookup,
    name: string,
  ): Subnet {
    return new Subnet(scope, id, name, (self) => {
      const data = new DataAzurermSubnet(self, "Default", {
        name,
        virtualNetworkName: virtualNetwork.name,
        resourceGroupName: virtualNetwork.resourceGroup,
        provider: azurermFor(self, virtualNetwork.subscriptionId),
      });
      return {
        id: data.id,
        addressPrefixes: data.addressPrefixes,
        routeTableId: data.routeTableId,
        hasPrivateLinkPolicies: data.privateLinkServiceNetworkPoliciesEnabled,
      };
    });
  }

  /**
   * Imports a subnet by its resource id. Nothing is read.
   *
   * @param scope the construct that it is a part of
   * @param id its id there
   * @param subnetId resource id
   * @param name name; by default the last part of the resource id, or the construct's id if that is a token
   * @throws if the id is not the id of a subnet
   */
  public static fromSubnetId(
    scope: Construct,
    id: string,
    subnetId: string,
    name?: string,
  ): Subnet {
    const type = "Microsoft.Network/virtualNetworks/subnets";
    const reference = referenceById(scope, id, { id: subnetId, type, name });
    return new Subnet(scope, id, name ?? reference.name, () => ({ id: subnetId }));
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

  /**
   * Whether it has Private Link policies.
   *
   * @default - not known: nothing of the subnet was read
   * @internal
   */
  public readonly _hasPrivateLinkPolicies?: IResolvable;

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
    this._hasPrivateLinkPolicies = found.hasPrivateLinkPolicies;
  }

  /**
   * Grants Network Contributor on this subnet.
   *
   * @param grantee principal that joins resources to the subnet
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
