// The way to the API server, and its name.
import { ResourceReference } from "./resource-reference";

/**
 * From where the API server can be reached.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class ApiServer {
  /**
   * From the virtual network and the networks connected to it.
   *
   * @yamlName private
   */
  public static privateOnly(): ApiServer {
    return new ApiServer(true, []);
  }

  /**
   * From these ranges of the internet. Takes the exception `publicApiServer`.
   *
   * @param authorizedRanges up to 200 IPv4 addresses and ranges in CIDR notation, including those that the nodes
   * come from, unless they leave by a load balancer of AKS. An empty list lets every address in, and needs the exception
   * `openApiServer`.
   * @see https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
   * @yamlName public
   */
  public static publicFrom(authorizedRanges: string[]): ApiServer {
    return new ApiServer(false, authorizedRanges);
  }

  private constructor(
    /** Whether only private networks reach it. */
    public readonly isPrivate: boolean,
    /**
     * The ranges that reach a public API server.
     *
     * @examples 203.0.113.0/24
     */
    public readonly authorizedRanges: string[],
  ) {}
}

/**
 * The DNS zone of the private API server.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class PrivateDns {
  /** AKS creates a zone in the node resource group. */
  public static system(): PrivateDns {
    return new PrivateDns("system");
  }

  /**
   * An existing zone.
   *
   * @param zone the zone: `privatelink.<location>.azmk8s.io`, or a subzone of it; with API Server VNet
   * Integration also `private.<location>.azmk8s.io`
   * @param fqdnSubdomain name of the API server in the zone, in place of `dnsPrefix` and a hash. Setting, changing or
   * removing it replaces the cluster. By default AKS derives the name from `dnsPrefix`.
   * @yamlName zone
   */
  public static existingZone(zone: ResourceReference, fqdnSubdomain?: string): PrivateDns {
    return new PrivateDns("zone", zone, fqdnSubdomain);
  }

  /** No zone: the private address has a name in public DNS. Takes the exception `publicFqdn`. */
  public static none(): PrivateDns {
    return new PrivateDns("none");
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "system" | "zone" | "none",
    /**
     * The zone; `zone` only.
     *
     * @default - AKS creates one, or there is none
     * @resourceType Microsoft.Network/privateDnsZones
     * @nameFormat privateDnsZone
     */
    public readonly zone?: ResourceReference,
    /**
     * Name of the API server in the zone; `zone` only.
     *
     * @default - AKS derives it from `dnsPrefix`
     * @format dnsLabel
     */
    public readonly fqdnSubdomain?: string,
  ) {}
}
