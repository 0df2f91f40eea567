// The choices about the network: addresses of pods and services, and subnets.
import { Egress } from "./egress";
import { ResourceReference } from "./resource-reference";

/** How nodes get addresses for their pods from a pod subnet. */
export enum PodAllocation {
  /** In batches of 16, as pods need them. */
  DYNAMIC = "dynamic",
  /** In blocks of /28, at once. azurerm 4 has no attribute for it, so the rules refuse it. */
  STATIC_BLOCK = "staticBlock",
}

/**
 * Where pods get their addresses from.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
 */
export class PodNetwork {
  /**
   * Pods have addresses in a range that is not part of the virtual network. Only nodes take addresses of the subnet.
   *
   * @param podCidr range of the pods, in CIDR notation: private, and not in use by anything that the pods must reach.
   * Each node takes a /24 of it. The default is 10.244.0.0/16.
   */
  public static overlay(podCidr = "10.244.0.0/16"): PodNetwork {
    return new PodNetwork("overlay", podCidr);
  }

  /** Pods take addresses of the node subnet, as nodes do. */
  public static flat(): PodNetwork {
    return new PodNetwork("flat");
  }

  /**
   * Pods take addresses of a dedicated subnet.
   *
   * @param subnet name of the subnet, in the cluster's virtual network. A node pool may name another one.
   * @param allocation how nodes get addresses for their pods. The default is dynamic.
   * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet
   */
  public static podSubnet(subnet: string, allocation = PodAllocation.DYNAMIC): PodNetwork {
    return new PodNetwork("podSubnet", undefined, subnet, allocation);
  }

  /** Kubenet, which is retired on 2028-03-31 and refused by a rule. */
  public static kubenet(): PodNetwork {
    return new PodNetwork("kubenet");
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "overlay" | "flat" | "podSubnet" | "kubenet",
    /**
     * Range of the pods, in CIDR notation; `overlay` only.
     *
     * @default "10.244.0.0/16"
     * @examples 10.244.0.0/16
     */
    public readonly podCidr?: string,
    /**
     * Name of the subnet of the pods; `podSubnet` only.
     *
     * @default - none
     * @format subnet
     */
    public readonly subnet?: string,
    /**
     * How nodes get addresses for their pods; `podSubnet` only.
     *
     * @default PodAllocation.DYNAMIC
     */
    public readonly allocation?: PodAllocation,
  ) {}
}

/** A subnet of the virtual network, with its range. */
export interface SubnetRange {
  /**
   * Name of the subnet.
   *
   * @format subnet
   */
  readonly name: string;
  /**
   * Range of the subnet, in CIDR notation.
   *
   * @examples 10.240.0.0/22
   */
  readonly cidr: string;
}

/** IPv6 ranges of a dual-stack cluster. */
export interface Ipv6Ranges {
  /**
   * Range of the pods, in CIDR notation: a prefix of /64 or shorter.
   *
   * @examples fd12:3456:789a::/64
   */
  readonly podCidr: string;
  /**
   * Range of the services, in CIDR notation: a prefix of /108 to /124.
   *
   * @examples fd12:3456:789a:1::/108
   */
  readonly serviceCidr: string;
}

/**
 * Advanced Container Networking Services. They cost extra.
 *
 * @see https://learn.microsoft.com/azure/aks/advanced-container-networking-services-overview
 */
export interface AdvancedNetworking {
  /**
   * Whether flows and metrics of the network are collected.
   *
   * @default false
   */
  readonly observability?: boolean;
  /**
   * Whether network policies can match domain names and HTTP paths.
   *
   * @default false
   */
  readonly security?: boolean;
}

/** Data plane, which forwards packets between pods and enforces network policies. */
export enum DataPlane {
  /** Azure CNI powered by Cilium. */
  CILIUM = "cilium",
  /** Azure CNI, with Calico for network policies. */
  AZURE = "azure",
}

/**
 * The subnets whose Private Link policies AKS turns off, and everything attached to them: Azure asks for the right to
 * join it whenever a subnet is changed. The route table of egress counts without being named here.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/azure-permissions/
 */
export interface PrivateLinkPolicies {
  /**
   * Names of the subnets.
   *
   * @default - the node subnets and the load balancer subnets
   * @format subnet
   */
  readonly subnets?: string[];
  /**
   * Network security groups of the subnets.
   *
   * @default - none
   * @resourceType Microsoft.Network/networkSecurityGroups
   */
  readonly networkSecurityGroups?: ResourceReference[];
  /**
   * NAT gateways of the subnets.
   *
   * @default - none
   * @resourceType Microsoft.Network/natGateways
   */
  readonly natGateways?: ResourceReference[];
  /**
   * Route tables of the subnets, in addition to that of egress.
   *
   * @default - none
   * @resourceType Microsoft.Network/routeTables
   */
  readonly routeTables?: ResourceReference[];
}

/** The existing network, which the NOC owns. */
export interface NetworkSpec {
  /**
   * The existing virtual network.
   *
   * @resourceType Microsoft.Network/virtualNetworks
   * @nameFormat virtualNetwork
   */
  readonly virtualNetwork: ResourceReference;
  /**
   * Name of the subnet of the nodes, in the virtual network. A node pool may name another one.
   *
   * @format subnet
   */
  readonly nodeSubnet: string;
  /**
   * Where pods get their addresses from.
   *
   * @default PodNetwork.overlay()
   */
  readonly podNetwork?: PodNetwork;
  /**
   * Data plane, which forwards packets between pods and enforces network policies.
   *
   * @default DataPlane.CILIUM
   */
  readonly dataPlane?: DataPlane;
  /**
   * Range of the cluster's services, in CIDR notation: a prefix of /13 to /28.
   *
   * @default "10.0.0.0/16"
   * @examples 10.0.0.0/16
   */
  readonly serviceCidr?: string;
  /**
   * Address of the cluster's DNS service: in `serviceCidr`, but not its first two addresses nor its last.
   *
   * @default - the tenth address of `serviceCidr`
   * @examples 10.0.0.10
   */
  readonly dnsServiceIp?: string;
  /**
   * IPv6 ranges, which make the cluster dual-stack. Overlay only; the virtual network must have both families.
   *
   * @default - IPv4 only
   * @see https://learn.microsoft.com/azure/aks/azure-cni-overlay
   */
  readonly ipv6?: Ipv6Ranges;
  /**
   * Advanced Container Networking Services. Data plane `cilium` only.
   *
   * @default - none
   */
  readonly advancedNetworking?: AdvancedNetworking;
  /** How traffic leaves the cluster. */
  readonly egress: Egress;
  /**
   * Name of a subnet for the API server, delegated to `Microsoft.ContainerService/managedClusters`: turns on
   * API Server VNet Integration.
   *
   * @default - none; the nodes reach the API server by a private endpoint
   * @format subnet
   */
  readonly apiServerSubnet?: string;
  /**
   * Names of additional subnets, for the frontends of internal load balancers.
   *
   * @default - none; frontends are in the node subnets
   * @format subnet
   */
  readonly loadBalancerSubnets?: string[];
  /**
   * Whether services are published by Private Link, from the load balancer subnets, or from the node subnets if there
   * are none. The NOC turns the Private Link policies of these subnets off beforehand
   * (`private_link_service_network_policies_enabled = false`), and AKS needs no further right.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/internal-lb
   */
  readonly privateLinkServices?: boolean;
  /**
   * Lets AKS turn the Private Link policies off, for which it must be able to change every setting of the subnets.
   *
   * @default - the NOC turns them off
   */
  readonly privateLinkPolicies?: PrivateLinkPolicies;
  /**
   * Existing public IPs, for services of the type LoadBalancer.
   *
   * @default - none; AKS creates them
   * @resourceType Microsoft.Network/publicIPAddresses
   */
  readonly servicePublicIps?: ResourceReference[];
  /**
   * Existing public IP prefixes from which services of the type LoadBalancer take their addresses, by the annotation
   * `service.beta.kubernetes.io/azure-pip-prefix-id`. They are in the cluster's subscription and region.
   *
   * @default - none; AKS creates public IPs without a prefix
   * @resourceType Microsoft.Network/publicIPPrefixes
   * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
   */
  readonly servicePublicIpPrefixes?: ResourceReference[];
  /**
   * Ranges of the subnets in the virtual network, which the NOC knows. The address plan is compared with them.
   *
   * @default - unknown; the address plan shows the required addresses only
   */
  readonly subnets?: SubnetRange[];
  /**
   * Expected number of frontends of internal load balancers in the node subnet: 0 to 600.
   *
   * @default 2
   * @minimum 0
   * @maximum 600
   */
  readonly internalLoadBalancers?: number;
  /**
   * Ranges of peered and on-premises networks, in CIDR notation. Pods and services must not overlap them.
   *
   * @default - none
   * @examples 10.0.0.0/22
   */
  readonly peeredRanges?: string[];
}
