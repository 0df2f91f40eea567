// The features of a cluster that concern the network. Pure.
import { nodeSubnets } from "../spec/pools";
import { isPrivate } from "../spec/resolved-spec";
import { AFTER_DEPLOYMENT, Feature, LEARN, ONLY_PULLS, Requirement, at, subnets } from "./feature";
import { RIGHTS } from "./rights";

const JOINS: Requirement = {
  right: RIGHTS.subnetJoin,
  why: "Whoever deploys the cluster joins it to its subnets.",
};

/** The features of the network. Where several concern one scope, their reasons stand in this order. */
export const NETWORK_FEATURES: Feature[] = [
  {
    name: "virtual network",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: at(["network.virtualNetwork"]),
    controlPlane: { none: "Links of DNS zones and node auto-provisioning have rows of their own." },
    kubelet: ONLY_PULLS,
    deployer: {
      right: RIGHTS.networkRead,
      why: "Whoever deploys the cluster reads its network, which azurerm does after each node pool.",
    },
  },
  {
    name: "node subnet",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    on: subnets(nodeSubnets),
    controlPlane: {
      right: RIGHTS.subnetJoin,
      why: "The control plane joins nodes and internal load balancers to the subnet.",
    },
    kubelet: ONLY_PULLS,
    deployer: JOINS,
  },
  {
    name: "pod subnet",
    source: `${LEARN}/aks/concepts-network-azure-cni-pod-subnet`,
    on: subnets(({ network: { podNetwork } }) => [podNetwork.subnet]),
    controlPlane: {
      right: RIGHTS.subnetJoin,
      why: "The control plane takes the addresses of pods from the subnet.",
    },
    kubelet: ONLY_PULLS,
    deployer: JOINS,
  },
  {
    name: "load balancer subnet",
    source: `${LEARN}/aks/internal-lb`,
    on: subnets(({ network }) => network.loadBalancerSubnets),
    controlPlane: {
      right: RIGHTS.subnetJoin,
      why: "The control plane puts frontends of internal load balancers into the subnet.",
    },
    kubelet: ONLY_PULLS,
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
    controlPlane: {
      right: RIGHTS.apiServerSubnet,
      why: "The control plane puts the API server and its load balancer into the network.",
    },
    kubelet: ONLY_PULLS,
    deployer: JOINS,
  },
  {
    name: "Private Link services",
    source: "https://cloud-provider-azure.sigs.k8s.io/topics/azure-permissions/",
    on: subnets((spec) => (spec.network.privateLinkServices ? nodeSubnets(spec) : [])),
    controlPlane: {
      right: RIGHTS.privateLinkSubnet,
      why: "The control plane turns the Private Link policies of the subnet off for services that ask for it, for which it must be able to change every setting of the subnet.",
    },
    kubelet: ONLY_PULLS,
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "private DNS link",
    source: `${LEARN}/aks/private-clusters`,
    on: at(
      ["network.virtualNetwork"],
      (spec) => isPrivate(spec) && spec.privateDns.kind !== "none",
    ),
    controlPlane: {
      right: RIGHTS.networkLink,
      why: "The control plane links the private DNS zone of the API server to the virtual network.",
    },
    kubelet: ONLY_PULLS,
    deployer: { none: "AKS creates the link as the control plane identity." },
  },
  {
    name: "node auto-provisioning",
    source: `${LEARN}/aks/node-auto-provisioning-networking`,
    on: at(["network.virtualNetwork"], ({ nodePools }) => nodePools.autoProvisioning),
    controlPlane: {
      right: RIGHTS.networkRead,
      why: "Node auto-provisioning reads the virtual network.",
    },
    kubelet: ONLY_PULLS,
    deployer: AFTER_DEPLOYMENT,
  },
  {
    name: "private DNS zone",
    source: `${LEARN}/aks/private-clusters`,
    on: at(["privateDns.zone"], isPrivate),
    controlPlane: {
      right: RIGHTS.privateDnsZone,
      why: "The control plane writes the name of the API server into the zone and links the zone.",
    },
    kubelet: ONLY_PULLS,
    deployer: {
      right: RIGHTS.privateDnsZoneRead,
      why: "Whoever deploys the cluster reads its private DNS zone.",
    },
  },
  {
    name: "egress by route table",
    source: `${LEARN}/aks/egress-udr`,
    on: at(["network.egress.routeTable"]),
    controlPlane: {
      right: RIGHTS.routeTableRead,
      why: "The control plane reads the route table of the node subnet.",
    },
    kubelet: ONLY_PULLS,
    deployer: { none: "The cluster has no reference to it: it belongs to the node subnet." },
  },
  {
    name: "egress by public IP",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIps.*"]),
    controlPlane: {
      right: RIGHTS.publicIp,
      why: "The control plane gives the public IP to the load balancer of egress.",
    },
    kubelet: ONLY_PULLS,
    deployer: {
      right: RIGHTS.publicIp,
      why: "Whoever deploys the cluster gives it the public IPs of its egress.",
    },
  },
  {
    name: "egress by public IP prefix",
    source: `${LEARN}/aks/load-balancer-standard`,
    on: at(["network.egress.publicIpPrefixes.*"]),
    controlPlane: {
      right: RIGHTS.publicIpPrefix,
      why: "The control plane gives addresses of the prefix to the load balancer of egress.",
    },
    kubelet: ONLY_PULLS,
    deployer: {
      right: RIGHTS.publicIpPrefix,
      why: "Whoever deploys the cluster gives it the public IP prefixes of its egress.",
    },
  },
  {
    name: "public IP of services",
    source: `${LEARN}/aks/static-ip`,
    on: at(["network.servicePublicIps.*"]),
    controlPlane: {
      right: RIGHTS.publicIp,
      why: "The control plane gives the public IP to the load balancer of a service.",
    },
    kubelet: ONLY_PULLS,
    deployer: AFTER_DEPLOYMENT,
  },
];
