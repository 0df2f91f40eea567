// The way to the API server, and its name.
import { ResourceReference } from "./resource-reference";

/**
 * From where the API server can be reached.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class ApiServer {
  /** From the virtual network and what is connected with it. */
  public static privateOnly(): ApiServer {
    return new ApiServer("private", []);
  }

  /**
   * From the internet, but only from these ranges. Takes the exception `publicApiServer`.
   *
   * @param ranges IPv4 addresses and ranges in CIDR notation: 1 to 200; also those that the nodes
   * come from, unless they leave by a load balancer of AKS
   * @see https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
   */
  public static publicFrom(ranges: string[]): ApiServer {
    return new ApiServer("public", ranges);
  }

  private constructor(
    /** `private` or `public`. */
    public readonly kind: string,
    /** The ranges that reach a public API server. */
    public readonly authorizedRanges: string[],
  ) {}
}

/**
 * The private DNS zone that holds the name of a private API server.
 *
 * @see https://learn.microsoft.com/azure/aks/private-clusters
 */
export class PrivateDns {
  /** AKS creates a zone in the node resource group. */
  public static system(): PrivateDns {
    return new PrivateDns("system");
  }

  /**
   * A zone that exists.
   *
   * @param zone zone named `privatelink.<location>.azmk8s.io`, or a subzone of it; with API Server VNet
   * Integration also `private.<location>.azmk8s.io`
   */
  public static existingZone(zone: ResourceReference): PrivateDns {
    return new PrivateDns("zone", zone);
  }

  /** No zone: the private address has a name in public DNS. Takes the exception `publicFqdn`. */
  public static none(): PrivateDns {
    return new PrivateDns("none");
  }

  private constructor(
    /** `system`, `zone` or `none`. */
    public readonly kind: string,
    /**
     * The zone; `zone` only.
     *
     * @default - AKS creates one, or there is none
     */
    public readonly zone?: ResourceReference,
  ) {}
}
