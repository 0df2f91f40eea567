// How traffic leaves the cluster.
import { ResourceReference } from "./resource-reference";

/** Outbound type of a cluster. */
export enum OutboundType {
  /** A route table, to a firewall. */
  USER_DEFINED_ROUTING = "userDefinedRouting",
  /** The NAT gateway of the node subnet. */
  NAT_GATEWAY = "natGateway",
  /** A load balancer. */
  LOAD_BALANCER = "loadBalancer",
  /** No egress: the cluster is network isolated. */
  NONE = "none",
}

/** Options of egress by a load balancer. */
export interface LoadBalancerOptions {
  /**
   * Existing public IPs for egress.
   *
   * @default - AKS creates `managedOutboundIpCount` of them
   * @resourceType Microsoft.Network/publicIPAddresses
   */
  readonly publicIps?: ResourceReference[];
  /**
   * Existing public IP prefixes for egress.
   *
   * @default - none
   * @resourceType Microsoft.Network/publicIPPrefixes
   */
  readonly publicIpPrefixes?: ResourceReference[];
  /**
   * Number of public IPs that AKS creates for egress: 1 to 100. Not with `publicIps` or `publicIpPrefixes`. Removing the
   * last option of the load balancer does not change a cluster that exists: write 1.
   *
   * @default 1
   * @minimum 1
   * @maximum 100
   * @see https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
   */
  readonly managedOutboundIpCount?: number;
  /**
   * Number of public IPv6 addresses that AKS creates for egress: 1 to 100. With `network.ipv6` only, and not with
   * `publicIps` or `publicIpPrefixes`.
   *
   * @default - 1 with `network.ipv6`
   * @minimum 1
   * @maximum 100
   */
  readonly managedOutboundIpv6Count?: number;
  /**
   * Outbound ports (SNAT) of each node: 0 to 64000, in steps of 8. Each public IP has 64,000 of them, for all nodes
   * and for those that upgrades add. With 0, Azure divides the ports by the number of nodes. Removing the last option of
   * the load balancer does not change a cluster that exists: write 0.
   *
   * @default 0
   * @minimum 0
   * @maximum 64000
   * @see https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
   */
  readonly outboundPortsAllocated?: number;
  /**
   * Minutes until the load balancer drops an idle connection: 4 to 100. Removing the last option of the load balancer
   * does not change a cluster that exists: write 30.
   *
   * @default 30
   * @minimum 4
   * @maximum 100
   */
  readonly idleTimeoutInMinutes?: number;
}

/**
 * How traffic leaves the cluster.
 *
 * @see https://learn.microsoft.com/azure/aks/egress-outboundtype
 */
export class Egress {
  /**
   * By the route table of the node subnet, to a firewall.
   *
   * @param routeTable the route table. Naming it lets the control plane read it: needed only where AKS reports
   * `CustomRouteTableMissingPermission`.
   */
  public static userDefinedRouting(routeTable?: ResourceReference): Egress {
    return new Egress(OutboundType.USER_DEFINED_ROUTING, routeTable, [], []);
  }

  /** By the NAT gateway that is attached to the node subnet. */
  public static natGateway(): Egress {
    return new Egress(OutboundType.NAT_GATEWAY, undefined, [], []);
  }

  /**
   * By a load balancer, with existing public addresses or one that AKS creates.
   *
   * @param options its public addresses, ports and idle timeout; by default AKS creates one
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): Egress {
    const { publicIps = [], publicIpPrefixes = [] } = options;
    return new Egress(
      OutboundType.LOAD_BALANCER,
      undefined,
      publicIps,
      publicIpPrefixes,
      undefined,
      options.managedOutboundIpCount,
      options.managedOutboundIpv6Count,
      options.outboundPortsAllocated,
      options.idleTimeoutInMinutes,
    );
  }

  /**
   * Traffic does not leave the cluster (network isolated). AKS pulls its own images from a registry that
   * caches them.
   *
   * @param artifactCache the registry that caches them: Premium, with a private endpoint and the cache rule
   * `aks-managed-mcr`
   * @see https://learn.microsoft.com/azure/aks/network-isolated
   */
  public static none(artifactCache: ResourceReference): Egress {
    return new Egress(OutboundType.NONE, undefined, [], [], artifactCache);
  }

  private constructor(
    /** Outbound type. */
    public readonly outboundType: OutboundType,
    /**
     * The route table, if the control plane is to read it; `userDefinedRouting` only.
     *
     * @default - not read: the route table is attached to the subnet, and AKS writes no routes
     * @resourceType Microsoft.Network/routeTables
     */
    public readonly routeTable: ResourceReference | undefined,
    /** Public IPs of egress; load balancer only. */
    public readonly publicIps: ResourceReference[],
    /** Public IP prefixes of egress; load balancer only. */
    public readonly publicIpPrefixes: ResourceReference[],
    /**
     * The registry that caches what AKS needs; `none` only.
     *
     * @default - none
     * @resourceType Microsoft.ContainerRegistry/registries
     * @nameFormat registry
     */
    public readonly artifactCache?: ResourceReference,
    /**
     * Number of public IPs that AKS creates for egress; load balancer only.
     *
     * @default - not set
     */
    public readonly managedOutboundIpCount?: number,
    /**
     * Number of public IPv6 addresses that AKS creates for egress; load balancer only.
     *
     * @default - not set
     */
    public readonly managedOutboundIpv6Count?: number,
    /**
     * Number of outbound ports of each node; load balancer only.
     *
     * @default - not set
     */
    public readonly outboundPortsAllocated?: number,
    /**
     * Time in minutes until the load balancer drops an idle connection; load balancer only.
     *
     * @default - not set
     */
    public readonly idleTimeoutInMinutes?: number,
  ) {}
}
