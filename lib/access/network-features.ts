// The features of a cluster that concern the network. Pure.
import { nodeSubnets } from "../spec/pools";
import { isPrivate } from "../spec/resolved-spec";
import { AFTER_DEPLOYMENT, LEARN, at, needs, subnets, withoutKubelet } from "./feature";

const JOINS = needs("subnetJoin", "joins it to its subnets.");

/** The features of the network. Where several concern one scope, their reasons stand in this order. */
export const NETWORK_FEATURES = withoutKubelet([
  {
    name: "virtual network",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: at(["network.virtualNetwork"]),
    controlPlane: { none: "Links of DNS zones and node auto-provisioning have rows of their own." },
    deployer: needs("networkRead", "reads its network, which azurerm does after each node pool."),
  },
  {
    name: "node subnet",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: subnets(nodeSubnets),
    controlPlane: needs("subnetJoin", "joins nodes and internal load balancers to the subnet."),
    deployer: JOINS,
  },
  {
    name: "pod subnet",
    source: `${LEARN}/aks/concepts-network-azure-cni-pod-subnet`,
    on: subnets(({ network: { podNetwork } }) => [podNetwork.subnet]),
    controlPlane: needs("subnetJoin", "takes the addresses of pods from the subnet."),
    deployer: JOINS,
  },
  {
    name: "load balancer subnet",
    source: `${LEARN}/aks/internal-lb`,
    on: subnets(({ network }) => network.loadBalancerSubnets),
    controlPlane: needs("subnetJoin", "puts frontends of internal load balancers into the subnet."),
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
    ),
    deployer: JOINS,
  },
  {
    name: "Private Link services",
    source: "https://cloud-provider-azure.sigs.k8s.io/topics/azure-permissions/",
    on: subnets((spec) => (spec.network.privateLinkServices ? nodeSubnets(spec) : [])),
    controlPlane: needs(
      "privateLinkSubnet",
      "turns the Private Link policies of the subnet off for services that ask for it, for which it must be able to change every setting of the subnet.",
    ),
    deployer: AFTER_DEPLOYMENT,
  },
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
    ),
    deployer: { none: "AKS creates the link as the control plane identity." },
  },
  {
    name: "node auto-provisioning",
    source: `${LEARN}/aks/node-auto-provisioning-networking`,
    on: at(["network.virtualNetwork"], ({ nodePools }) => nodePools.autoProvisioning),
    controlPlane: needs("networkRead", "Node auto-provisioning reads the virtual network."),
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "private DNS zone",
    source: `${LEARN}/aks/private-clusters`,
    on: at(["privateDns.zone"], isPrivate),
    controlPlane: needs(
      "privateDnsZone",
      "writes the name of the API server into the zone and links the zone.",
    ),
    deployer: needs("privateDnsZoneRead", "reads its private DNS zone."),
  },
  {
    name: "egress by route table",
    source: `${LEARN}/aks/egress-udr`,
    on: at(["network.egress.routeTable"]),
    controlPlane: needs("routeTableRead", "reads the route table of the node subnet."),
    deployer: { none: "The cluster has no reference to it: it belongs to the node subnet." },
  },
  {
    name: "egress by public IP",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIps.*"]),
    controlPlane: needs("publicIp", "gives the public IP to the load balancer of egress."),
    deployer: needs("publicIp", "gives it the public IPs of its egress."),
  },
  {
    name: "egress by public IP prefix",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIpPrefixes.*"]),
    controlPlane: needs(
      "publicIpPrefix",
      "gives addresses of the prefix to the load balancer of egress.",
    ),
    deployer: needs("publicIpPrefix", "gives it the public IP prefixes of its egress."),
  },
  {
    name: "public IP of services",
    source: `${LEARN}/aks/static-ip`,
    on: at(["network.servicePublicIps.*"]),
    controlPlane: needs("publicIp", "gives the public IP to the load balancer of a service."),
    deployer: AFTER_DEPLOYMENT,
  },
]);
