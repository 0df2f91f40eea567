// How traffic leaves the cluster.
import { ResourceReference } from "./resource-reference";

/** Options of egress by a route table. */
export interface UserDefinedRoutingOptions {
  /**
   * The route table. Naming it lets the control plane read it: needed only where AKS reports
   * `CustomRouteTableMissingPermission`.
   *
   * @default - not read: the route table is attached to the subnet, and AKS writes no routes
   * @resourceType Microsoft.Network/routeTables
   */
  readonly routeTable?: ResourceReference;
}

/** Options of egress by a load balancer. */
export interface LoadBalancerOptions {
  /**
   * Existing public IPs for egress.
   *
   * @default - AKS creates one
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
   * @param options whether the control plane reads the route table; by default it does not
   */
  public static userDefinedRouting(options: UserDefinedRoutingOptions = {}): Egress {
    return new Egress("userDefinedRouting", options.routeTable, [], []);
  }

  /** By the NAT gateway that is attached to the node subnet. */
  public static natGateway(): Egress {
    return new Egress("natGateway", undefined, [], []);
  }

  /**
   * By a load balancer, with existing public addresses or one that AKS creates.
   *
   * @param options its public addresses; by default AKS creates one
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): Egress {
    const { publicIps = [], publicIpPrefixes = [] } = options;
    return new Egress("loadBalancer", undefined, publicIps, publicIpPrefixes);
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
    return new Egress("none", undefined, [], [], artifactCache);
  }

  private constructor(
    /** `userDefinedRouting`, `natGateway`, `loadBalancer` or `none`. */
    public readonly kind: string,
    /**
     * The route table, if the control plane is to read it; `userDefinedRouting` only.
     *
     * @default - none
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
  ) {}
}
