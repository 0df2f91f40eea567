// The features of a cluster that concern the network. Pure.
import { nodeSubnets, podSubnets } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import { referencesAt } from "./placed-references";
import {
  AFTER_DEPLOYMENT,
  AZURERM,
  LEARN,
  PERMISSIONS_PAGE,
  at,
  groupOf,
  needs,
  subnets,
  withoutKubelet,
} from "./feature";

const JOINS = needs("subnetJoin", "joins it to its subnets.", "linkedAccess", PERMISSIONS_PAGE);

const CLOUD_PROVIDER = "https://cloud-provider-azure.sigs.k8s.io/topics/azure-permissions/";

const CLOUD_PROVIDER_CODE =
  "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/master/pkg/provider";

// Everything that can be attached to a subnet, and is joined again whenever the subnet is written.
const ATTACHED = [
  { words: "route table", field: "routeTables", right: "routeTableJoin" },
  {
    words: "network security group",
    field: "networkSecurityGroups",
    right: "networkSecurityGroupJoin",
  },
  { words: "NAT gateway", field: "natGateways", right: "natGatewayJoin" },
] as const;

/** The features of the network. Where several concern one scope, their reasons stand in this order. */
export const NETWORK_FEATURES = withoutKubelet([
  {
    name: "virtual network",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: at(["network.virtualNetwork"]),
    controlPlane: { none: "Links of DNS zones and node auto-provisioning have separate rows." },
    deployer: needs(
      "networkRead",
      "reads its network, which azurerm does after each node pool.",
      "azurerm",
      `${AZURERM}/containers/kubernetes_cluster_node_pool_resource.go`,
    ),
  },
  {
    name: "node subnet",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: subnets(nodeSubnets),
    controlPlane: needs(
      "subnetJoin",
      "joins nodes and internal load balancers to the subnet.",
      "aks",
      PERMISSIONS_PAGE,
    ),
    deployer: JOINS,
  },
  {
    name: "pod subnet",
    source: `${LEARN}/aks/concepts-network-azure-cni-pod-subnet`,
    on: subnets(podSubnets),
    controlPlane: needs(
      "subnetJoin",
      "takes the addresses of pods from the subnet.",
      "aks",
      `${LEARN}/aks/concepts-network-azure-cni-pod-subnet`,
    ),
    deployer: JOINS,
  },
  {
    name: "load balancer subnet",
    source: `${LEARN}/aks/internal-lb`,
    on: subnets(({ network }) => network.loadBalancerSubnets),
    controlPlane: needs(
      "subnetJoin",
      "puts frontends of internal load balancers into the subnet.",
      "cloudProvider",
      `${LEARN}/aks/internal-lb`,
    ),
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "API Server VNet Integration",
    source: `${LEARN}/aks/api-server-vnet-integration`,
    on: subnets((spec) => {
      const { apiServerSubnet } = spec.network;
      return apiServerSubnet === undefined
        ? []
        : [...new Set([apiServerSubnet, ...nodeSubnets(spec)])];
    }),
    controlPlane: needs(
      "apiServerSubnet",
      "puts the API server and its load balancer into the network.",
      "aks",
      `${LEARN}/aks/api-server-vnet-integration`,
    ),
    deployer: JOINS,
  },
  {
    name: "Private Link services",
    source: CLOUD_PROVIDER,
    on: subnets(changedSubnets),
    controlPlane: needs(
      "privateLinkSubnet",
      "turns off the Private Link policies of the subnet for services that Private Link publishes.",
      "cloudProvider",
      `${CLOUD_PROVIDER_CODE}/azure_privatelinkservice.go`,
    ),
    deployer: AFTER_DEPLOYMENT,
  },
  ...ATTACHED.map(({ words, field, right }) => ({
    name: `${words} of Private Link services`,
    source: CLOUD_PROVIDER,
    on: at(
      field === "routeTables"
        ? ["network.egress.routeTable", "network.privateLinkPolicies.routeTables.*"]
        : [`network.privateLinkPolicies.${field}.*`],
      ({ network }) => network.privateLinkPolicies !== undefined,
    ),
    controlPlane: needs(
      right,
      `writes subnets with this ${words}, for which Azure asks for the right to join it.`,
      "linkedAccess",
      CLOUD_PROVIDER,
    ),
    deployer: AFTER_DEPLOYMENT,
  })),
  {
    name: "private DNS link",
    source: `${LEARN}/aks/private-clusters`,
    on: at(
      ["network.virtualNetwork"],
      (spec) => isPrivate(spec) && spec.privateDns._kind !== "none",
    ),
    controlPlane: needs(
      "networkLink",
      "links the private DNS zone of the API server to the virtual network.",
      "linkedAccess",
      `${LEARN}/aks/private-clusters`,
    ),
    deployer: { none: "AKS creates the link as the control plane identity." },
  },
  {
    name: "node auto-provisioning",
    source: `${LEARN}/aks/node-auto-provisioning-networking`,
    on: at(["network.virtualNetwork"], ({ nodePools }) => nodePools.autoProvisioning),
    controlPlane: needs(
      "networkRead",
      "Node auto-provisioning reads the virtual network.",
      "autoProvisioning",
      "https://github.com/Azure/karpenter-provider-azure/issues/332",
    ),
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "private DNS zone",
    source: `${LEARN}/aks/private-clusters`,
    on: at(["privateDns.zone"], isPrivate),
    controlPlane: needs(
      "privateDnsZone",
      "writes the name of the API server into the zone and links the zone.",
      "aks",
      PERMISSIONS_PAGE,
    ),
    deployer: needs(
      "privateDnsZoneRead",
      "reads its private DNS zone.",
      "azurerm",
      "https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/data-sources/private_dns_zone",
    ),
  },
  {
    name: "egress by route table",
    source: `${LEARN}/aks/egress-udr`,
    on: at(["network.egress.routeTable"]),
    controlPlane: needs(
      "routeTableRead",
      "reads the route table of the node subnet.",
      "aks",
      PERMISSIONS_PAGE,
    ),
    deployer: { none: "The cluster has no reference to it: it belongs to the node subnet." },
  },
  {
    name: "egress by public IP",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIps.*"]),
    controlPlane: needs(
      "publicIp",
      "gives the public IP to the load balancer of egress.",
      "linkedAccess",
      CLOUD_PROVIDER,
    ),
    deployer: needs(
      "publicIp",
      "gives it the public IPs of its egress.",
      "linkedAccess",
      PERMISSIONS_PAGE,
    ),
  },
  {
    name: "egress by public IP prefix",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIpPrefixes.*"]),
    controlPlane: needs(
      "publicIpPrefix",
      "gives addresses of the prefix to the load balancer of egress.",
      "linkedAccess",
      CLOUD_PROVIDER,
    ),
    deployer: needs(
      "publicIpPrefix",
      "gives it the public IP prefixes of its egress.",
      "linkedAccess",
      PERMISSIONS_PAGE,
    ),
  },
  {
    name: "public IP of services",
    source: `${LEARN}/aks/static-ip`,
    on: at(["network.servicePublicIps.*"]),
    controlPlane: needs(
      "publicIp",
      "gives the public IP to the load balancer of a service.",
      "linkedAccess",
      CLOUD_PROVIDER,
    ),
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "public IP prefix of services",
    source: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
    on: at(["network.servicePublicIpPrefixes.*"]),
    controlPlane: needs(
      "publicIpPrefix",
      "creates the public IPs of services from the prefix.",
      "linkedAccess",
      `${CLOUD_PROVIDER_CODE}/azure_loadbalancer.go`,
    ),
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "resource group of the public IPs of services",
    source: `${LEARN}/aks/static-ip`,
    on: (spec) =>
      referencesAt(spec, "network.servicePublicIps.*").flatMap(({ reference }) =>
        reference ? [{ scope: groupOf("publicIpGroup", reference) }] : [],
      ),
    controlPlane: needs(
      "publicIpGroup",
      "finds the public IPs of services in a list of all public IPs of their resource group.",
      "cloudProvider",
      `${CLOUD_PROVIDER_CODE}/azure_publicip_repo.go`,
    ),
    deployer: AFTER_DEPLOYMENT,
  },
]);

/** Returns the subnets whose Private Link policies AKS turns off. */
function changedSubnets(spec: ResolvedSpec): string[] {
  const { privateLinkPolicies, loadBalancerSubnets } = spec.network;
  return privateLinkPolicies
    ? (privateLinkPolicies.subnets ?? [...new Set([...nodeSubnets(spec), ...loadBalancerSubnets])])
    : [];
}
