// The choices about the network: addresses of pods, way out, way to the API server.
import { ResourceReference } from "./resource-reference";

/** Options of an overlay network. */
export interface OverlayOptions {
  /**
   * Range of the pods, in CIDR notation: private, and used by nothing that the pods must reach.
   * Each node takes a /24 of it.
   *
   * @default "10.244.0.0/16"
   */
  readonly podCidr?: string;
}

/**
 * Where pods get their addresses from.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
 */
export class PodNetwork {
  /** Pods have addresses of their own range; only nodes take addresses of the subnet. */
  public static overlay(options: OverlayOptions = {}): PodNetwork {
    return new PodNetwork("overlay", options.podCidr ?? "10.244.0.0/16");
  }

  /** Pods take addresses of the node subnet, like nodes. */
  public static flat(): PodNetwork {
    return new PodNetwork("flat");
  }

  private constructor(
    /** `overlay` or `flat`. */
    public readonly type: string,
    /** Range of the pods; overlay only. */
    public readonly podCidr?: string,
  ) {}
}

/**
 * How traffic leaves the cluster.
 *
 * @see https://learn.microsoft.com/azure/aks/egress-outboundtype
 */
export class Egress {
  /** By the route table of the node subnet, to a firewall. */
  public static userDefinedRouting(): Egress {
    return new Egress("userDefinedRouting");
  }

  /** By the NAT gateway that is attached to the node subnet. */
  public static natGateway(): Egress {
    return new Egress("natGateway");
  }

  /** By a load balancer with a public address that AKS creates. */
  public static loadBalancer(): Egress {
    return new Egress("loadBalancer");
  }

  private constructor(
    /** `userDefinedRouting`, `natGateway` or `loadBalancer`. */
    public readonly type: string,
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
   * @param zone zone named `privatelink.<location>.azmk8s.io`, or a subzone of it
   */
  public static existingZone(zone: ResourceReference): PrivateDns {
    return new PrivateDns("zone", zone);
  }

  private constructor(
    /** `system` or `zone`. */
    public readonly type: string,
    /** The zone, if it is one that exists. */
    public readonly zone?: ResourceReference,
  ) {}
}

/** The network, which belongs to the NOC and exists already. */
export interface NetworkSpec {
  /** The virtual network of the cluster. */
  readonly virtualNetwork: ResourceReference;
  /** Name of the subnet of the nodes, in the virtual network. Node pools may name another one. */
  readonly nodeSubnet: string;
  /**
   * Where pods get their addresses from.
   *
   * @default PodNetwork.overlay()
   */
  readonly podNetwork?: PodNetwork;
  /**
   * What moves packets between pods and holds them to network policies: `cilium`, or `azure` with Calico.
   *
   * @default "cilium"
   */
  readonly dataPlane?: string;
  /**
   * Range of the cluster's services, in CIDR notation; longer than /12.
   *
   * @default "10.0.0.0/16"
   */
  readonly serviceCidr?: string;
  /**
   * Address of the cluster's DNS service: in `serviceCidr`, not its first address.
   *
   * @default - the tenth address of `serviceCidr`
   */
  readonly dnsServiceIp?: string;
  /** How traffic leaves the cluster. */
  readonly egress: Egress;
}
