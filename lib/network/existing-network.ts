// The virtual network and its subnets, which exist.
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { Construct, IConstruct } from "constructs";
import { IGrantee } from "../access/grantee";
import { Grant } from "../access/role-grant";
import { Role } from "../access/roles";
import { virtualNetworkIdOf } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { azurermFor } from "../terraform/providers";

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
   */
  grantJoin(grantee: IGrantee): Grant;
}

/** Where a subnet that exists is looked up. */
export interface SubnetLookup {
  /** Name. */
  readonly name: string;
  /** Name of its virtual network. */
  readonly virtualNetworkName: string;
  /** Resource group of the virtual network. */
  readonly resourceGroupName: string;
  /**
   * Subscription of the virtual network.
   *
   * @default - the subscription of the stack's provider
   */
  readonly subscriptionId?: string;
}

/** A subnet that exists, by its id. */
export interface SubnetAttributes {
  /** Resource id. */
  readonly subnetId: string;
  /**
   * Name.
   *
   * @default - the last part of the id
   */
  readonly name?: string;
}

/** The id of a subnet, with what only a lookup tells. */
interface FoundSubnet {
  readonly id: string;
  readonly addressPrefixes?: string[];
  readonly routeTableId?: string;
}

/** A subnet that exists. */
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
    const reference = ResourceReference.byId(subnetId, attributes.name ?? id);
    if (reference.subscriptionId !== undefined && virtualNetworkIdOf(subnetId) === undefined) {
      throw new Error(
        `[${scope.node.path}/${id}] "${subnetId}" is not the id of a subnet. Use …/virtualNetworks/<name>/subnets/<name>.`,
      );
    }
    return new Subnet(scope, id, attributes.name ?? reference.name, () => ({ id: subnetId }));
  }

  public readonly subnetId: string;
  public readonly addressPrefixes?: string[];
  public readonly routeTableId?: string;

  private constructor(
    scope: Construct,
    id: string,
    public readonly subnetName: string,
    find: (self: Construct) => FoundSubnet,
  ) {
    super(scope, id);
    const found = find(this);
    this.subnetId = found.id;
    this.addressPrefixes = found.addressPrefixes;
    this.routeTableId = found.routeTableId;
  }

  public grantJoin(grantee: IGrantee): Grant {
    return Grant.role(this, `join-${grantee.principalName}`, {
      grantee,
      role: Role.NETWORK_CONTRIBUTOR,
      scopeId: this.subnetId,
      reason: `${grantee.principalName} joins the subnet ${this.subnetName}.`,
    });
  }
}

/** What others may rely on about a virtual network. */
export interface IVirtualNetwork extends IConstruct {
  /** Resource id. */
  readonly virtualNetworkId: string;
  /** Name. */
  readonly virtualNetworkName: string;
  /**
   * Its region. Asking for it reads the network.
   *
   * @default - not known: the network is given by its id
   */
  readonly location?: string;
  /**
   * Its ranges, in CIDR notation. Asking for them reads the network.
   *
   * @default - not known: the network is given by its id
   */
  readonly addressSpace?: string[];
  /**
   * One of its subnets; looked up by name if the network is, else its id is built from the network's.
   * The same subnet is looked up once.
   */
  subnet(name: string): ISubnet;
}

/** A virtual network that exists. */
export class VirtualNetwork extends Construct implements IVirtualNetwork {
  /** By name or by id, as the reference says. By name, it is read when its id is asked for. */
  public static fromReference(
    scope: Construct,
    id: string,
    reference: ResourceReference,
  ): IVirtualNetwork {
    return new VirtualNetwork(scope, id, reference);
  }

  private readonly subnets = new Map<string, ISubnet>();
  private data?: DataAzurermVirtualNetwork;
  private place?: Construct;

  private constructor(
    scope: Construct,
    id: string,
    private readonly reference: ResourceReference,
  ) {
    super(scope, id);
  }

  public get virtualNetworkName(): string {
    return this.reference.name;
  }

  public get virtualNetworkId(): string {
    return this.reference.id ?? this.lookUp().id;
  }

  public get location(): string | undefined {
    return this.reference.needsLookup ? this.lookUp().location : undefined;
  }

  public get addressSpace(): string[] | undefined {
    return this.reference.needsLookup ? this.lookUp().addressSpace : undefined;
  }

  public subnet(name: string): ISubnet {
    const known = this.subnets.get(name) ?? this.findSubnet(name);
    this.subnets.set(name, known);
    return known;
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

  private findSubnet(name: string): ISubnet {
    const { id, name: virtualNetworkName, resourceGroup, subscriptionId } = this.reference;
    // A place of their own, since a subnet can be called like anything else here.
    this.place ??= new Construct(this, "the subnets");
    return id === undefined
      ? Subnet.fromName(this.place, name, {
          name,
          virtualNetworkName,
          resourceGroupName: resourceGroup ?? "",
          subscriptionId,
        })
      : Subnet.fromAttributes(this.place, name, { subnetId: `${id}/subnets/${name}`, name });
  }
}
