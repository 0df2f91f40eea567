// Fleets that break a rule about the clusters of a fleet, each with a twin that keeps it.
import { ClusterSpec, PodNetwork, PrivateDns, ResourceReference } from "../../lib";
import { OTHER_SUBSCRIPTION, SMALL } from "../scenarios";

export const OWN = "22222222-2222-4222-8222-222222222222";
export const [TENANT, OTHER_TENANT] = [
  "33333333-3333-4333-8333-333333333331",
  "33333333-3333-4333-8333-333333333332",
];

export function cluster(name: string, more: Partial<ClusterSpec> = {}): ClusterSpec {
  return { ...SMALL, name, subscriptionId: OWN, ...more };
}

export const vnet = (name: string) =>
  ResourceReference.byName({ name, resourceGroup: "network-rg" });

/** A cluster with another network; the subnets are texts such as `nodes 10.1.0.0/24`. */
export function inNetwork(
  name: string,
  subnets: string[],
  network: Partial<ClusterSpec["network"]> = {},
  more: Partial<ClusterSpec> = {},
): ClusterSpec {
  const ranges = subnets
    .map((text) => text.split(" "))
    .map(([one = "", cidr = ""]) => ({ name: one, cidr }));
  return cluster(name, { ...more, network: { ...SMALL.network, subnets: ranges, ...network } });
}

export const zone = (resourceGroup: string) =>
  ResourceReference.byName({ name: "privatelink.westeurope.azmk8s.io", resourceGroup });

export const withZone = (name: string, group: string, subdomain?: string, network = "vnet") =>
  inNetwork(
    name,
    [],
    { virtualNetwork: vnet(network) },
    {
      privateDns: PrivateDns.existingZone(zone(group), subdomain),
    },
  );

export const identities = (
  kind: "controlPlane" | "kubelet",
  name: string,
  existing: boolean,
): Partial<ClusterSpec> => ({
  identities: { ...SMALL.identities, [kind]: { name, existing } },
});

const common = identities("kubelet", "common", true);
const existing = cluster("a", common);

export const pools = (nodes: number): Partial<ClusterSpec> => ({
  nodePools: { system: { vmSize: "Standard_D4ds_v5", minCount: nodes, maxCount: nodes }, user: [] },
});

export const own = (name: string, create = true): Partial<ClusterSpec> => ({
  resourceGroup: { name: `${name}-rg` },
  identities: { resourceGroup: { name, create } },
});

export interface Case {
  readonly code: string;
  readonly when: string;
  /** Cluster and path of the only finding. */
  readonly at: string;
  readonly says: string;
  readonly broken: ClusterSpec[];
  readonly kept: ClusterSpec[];
}

/** Rules with cases in fleet-sharing.test.ts and below. */
export const ELSEWHERE = ["020", "021", "022", "023", "050", "051", "052", "053"].map(
  (code) => `HAKS-FLEET-${code}`,
);

export const CASES: Case[] = [
  {
    code: "HAKS-FLEET-024",
    when: "two clusters have one name",
    at: "a name",
    says: '2 clusters have the name "a"',
    broken: [cluster("a", own("one")), cluster("a", { ...own("two"), location: "northeurope" })],
    kept: [cluster("a", own("one")), cluster("b", { ...own("two"), location: "northeurope" })],
  },
  {
    code: "HAKS-FLEET-024",
    when: "a cluster has two descriptions, and nothing else is said",
    at: "a name",
    says: 'The cluster "a" in the resource group "cluster-rg" has 2 descriptions',
    broken: [cluster("A"), cluster("a")],
    kept: [cluster("a"), cluster("b")],
  },
  {
    code: "HAKS-FLEET-025",
    when: "two tenants are given",
    at: "d tenantId",
    says: `"c" and "d" and "b" are in different tenants: ${OTHER_TENANT} and ${TENANT}`,
    broken: [
      cluster("a"),
      cluster("b", { tenantId: TENANT }),
      cluster("c", { tenantId: OTHER_TENANT }),
      cluster("d", { tenantId: OTHER_TENANT }),
    ],
    kept: [cluster("a"), cluster("b", { tenantId: TENANT }), cluster("c", { tenantId: TENANT })],
  },
  {
    code: "HAKS-FLEET-026",
    when: "the default names of two are one",
    at: "c nodeResourceGroup",
    says: '"MC_x_b_c_westeurope" for the nodes of "b_c" and "c", and can do so for one cluster only',
    broken: [
      cluster("b_c", { resourceGroup: { name: "x" } }),
      cluster("c", { resourceGroup: { name: "x_b" } }),
    ],
    kept: [
      cluster("b_c", { resourceGroup: { name: "x" } }),
      cluster("c", { resourceGroup: { name: "x_b" }, subscriptionId: OTHER_SUBSCRIPTION }),
    ],
  },
  {
    code: "HAKS-FLEET-026",
    when: "another cluster is in it",
    at: "b resourceGroup.name",
    says: '"nodes" for the nodes of "a", and "b" cannot be in it',
    broken: [
      cluster("a", { nodeResourceGroup: "Nodes" }),
      cluster("b", { resourceGroup: { name: "nodes" } }),
    ],
    kept: [
      cluster("a", { nodeResourceGroup: "Nodes" }),
      cluster("b", { resourceGroup: { name: "nodes-2" } }),
    ],
  },
  {
    code: "HAKS-FLEET-027",
    when: "both create it",
    at: "b identities.resourceGroup.create",
    says: 'The stacks of "a" create the resource group "ids", too',
    broken: [cluster("a", own("ids")), cluster("b", own("ids"))],
    kept: [cluster("a", own("ids")), cluster("b", own("ids", false))],
  },
  {
    code: "HAKS-FLEET-028",
    when: "two have one name in a zone",
    at: "b privateDns.fqdnSubdomain",
    says: '"a" and "b" have the name "API"',
    broken: [withZone("a", "dns", "api"), withZone("b", "dns", "API")],
    kept: [withZone("a", "dns", "api"), withZone("b", "dns", "api-2")],
  },
  {
    code: "HAKS-FLEET-029",
    when: "one network is to be linked to two zones of a name",
    at: "b privateDns.zone",
    says: 'is another one in "a"',
    broken: [withZone("a", "dns"), withZone("b", "dns-2")],
    kept: [withZone("a", "dns"), withZone("b", "dns-2", undefined, "vnet-2")],
  },
  {
    code: "HAKS-FLEET-030",
    when: "a subnet has two ranges",
    at: "b network.subnets.0.cidr",
    says: 'The range 10.1.0.0/25 of the subnet "NODES" is 10.1.0.0/24 in "a"',
    broken: [inNetwork("a", ["nodes 10.1.0.0/24"]), inNetwork("b", ["NODES 10.1.0.0/25"])],
    kept: [inNetwork("a", ["nodes 10.1.0.0/24"]), inNetwork("b", ["NODES 10.1.0.0/24"])],
  },
  {
    code: "HAKS-FLEET-031",
    when: "subnets of one network overlap",
    at: "b network.subnets.0.cidr",
    says: 'The range 10.1.0.0/25 of the subnet "other" overlaps the range 10.1.0.0/24 of the subnet "nodes", stated by "a"',
    broken: [inNetwork("a", ["nodes 10.1.0.0/24"]), inNetwork("b", ["other 10.1.0.0/25"])],
    kept: [
      inNetwork("a", ["nodes 10.1.0.0/24"]),
      inNetwork("b", ["other 10.1.0.0/25"], { virtualNetwork: vnet("vnet-2") }),
    ],
  },
  {
    code: "HAKS-FLEET-032",
    when: "services overlap a subnet that another cluster states",
    at: "b network.serviceCidr",
    says: 'The service range 10.1.0.0/16 overlaps the range 10.1.0.0/24 of the subnet "nodes", stated by "a"',
    broken: [
      inNetwork("a", ["nodes 10.1.0.0/24"]),
      inNetwork("b", [], { serviceCidr: "10.1.0.0/16" }),
    ],
    kept: [
      inNetwork("a", ["nodes 10.1.0.0/24"]),
      inNetwork("b", [], { serviceCidr: "10.2.0.0/16" }),
    ],
  },
  {
    code: "HAKS-FLEET-032",
    when: "pods overlap a peered range that another cluster states",
    at: "b network.podNetwork.podCidr",
    says: 'overlaps the peered range 10.244.0.0/20, stated by "a"',
    broken: [
      inNetwork("a", [], {
        peeredRanges: ["10.244.0.0/20"],
        podNetwork: PodNetwork.overlay("192.168.0.0/16"),
      }),
      inNetwork("b", []),
    ],
    kept: [
      inNetwork("a", [], {
        peeredRanges: ["10.244.0.0/20"],
        podNetwork: PodNetwork.overlay("192.168.0.0/16"),
      }),
      inNetwork("b", [], { virtualNetwork: vnet("vnet-2") }),
    ],
  },
  {
    code: "HAKS-FLEET-033",
    when: "services overlap a subnet of a network that leads to this one",
    at: "b network.serviceCidr",
    says: "for a virtual network that is peered according to network.peeredRanges",
    broken: [
      inNetwork("a", ["nodes 10.0.0.0/24"], {
        peeredRanges: ["10.9.0.0/16"],
        serviceCidr: "10.3.0.0/16",
      }),
      inNetwork("b", ["nodes 10.9.1.0/24"], { virtualNetwork: vnet("vnet-2") }),
    ],
    kept: [
      inNetwork("a", ["nodes 10.0.0.0/24"], {
        peeredRanges: ["10.8.0.0/16"],
        serviceCidr: "10.3.0.0/16",
      }),
      inNetwork("b", ["nodes 10.9.1.0/24"], { virtualNetwork: vnet("vnet-2") }),
    ],
  },
  {
    code: "HAKS-FLEET-033",
    when: "subnets of networks overlap, one of which is in the peered ranges of the other",
    at: "b network.subnets.0.cidr",
    says: 'overlaps the range 10.1.0.0/24 of the subnet "nodes", stated by "a"',
    broken: [
      inNetwork("a", ["nodes 10.1.0.0/24"]),
      inNetwork("b", ["nodes 10.1.0.0/24"], {
        virtualNetwork: vnet("vnet-2"),
        peeredRanges: ["10.1.0.0/16"],
      }),
    ],
    kept: [
      inNetwork("a", ["nodes 10.1.0.0/24"]),
      inNetwork("b", ["nodes 10.1.0.0/24"], { virtualNetwork: vnet("vnet-2") }),
    ],
  },
  {
    code: "HAKS-FLEET-034",
    when: "two clusters fill a subnet",
    at: "b network.nodeSubnet",
    says: 'needs 39 addresses for "a" and "b", and its range 10.1.0.0/27, stated by "a", has 32',
    broken: [
      inNetwork("a", ["nodes 10.1.0.0/27"], {}, pools(10)),
      inNetwork("b", [], {}, pools(10)),
    ],
    kept: [
      inNetwork("a", ["nodes 10.1.0.0/27"], {}, pools(10)),
      inNetwork("b", [], { virtualNetwork: vnet("vnet-2") }, pools(10)),
    ],
  },
  {
    code: "HAKS-FLEET-034",
    when: "another cluster states the range",
    at: "b network.nodeSubnet",
    says: 'needs 22 addresses for "b", and its range 10.1.0.0/28, stated by "a", has 16',
    broken: [
      inNetwork("a", ["nodes 10.1.0.0/28", "mine 10.2.0.0/24"], { nodeSubnet: "mine" }),
      inNetwork("b", [], {}, pools(10)),
    ],
    kept: [
      inNetwork("a", ["nodes 10.1.0.0/27", "mine 10.2.0.0/24"], { nodeSubnet: "mine" }),
      inNetwork("b", [], {}, pools(10)),
    ],
  },
  {
    code: "HAKS-FLEET-034",
    when: "a subnet has room for one API server",
    at: "b network.apiServerSubnet",
    says: 'needs 23 addresses for "a" and "b"',
    broken: ["a", "b"].map((name) =>
      inNetwork(name, ["api 10.1.0.0/28"], { apiServerSubnet: "api" }),
    ),
    kept: ["a", "b"].map((name) =>
      inNetwork(name, ["api 10.1.0.0/27"], { apiServerSubnet: "api" }),
    ),
  },
  {
    code: "HAKS-FLEET-035",
    when: "pods of two clusters fill a virtual network",
    at: "b network.virtualNetwork",
    says: 'Nodes and pods of "a" and "b" need 66606 addresses',
    broken: ["a", "b"].map((name) =>
      inNetwork(name, [], { podNetwork: PodNetwork.flat() }, pools(225)),
    ),
    kept: ["a", "b"].map((name) =>
      inNetwork(name, [], { podNetwork: PodNetwork.flat() }, pools(200)),
    ),
  },
  {
    code: "HAKS-FLEET-036",
    when: "nodes are in the subnet of another API server",
    at: "b network.nodeSubnet",
    says: 'delegated to the API server of "a" and cannot hold nodes, pods or load balancers of "b"',
    broken: [
      inNetwork("a", [], { apiServerSubnet: "Api" }),
      inNetwork("b", [], { nodeSubnet: "api" }),
    ],
    kept: [
      inNetwork("a", [], { apiServerSubnet: "Api" }),
      inNetwork("b", [], { apiServerSubnet: "api" }),
    ],
  },
  {
    code: "HAKS-FLEET-040",
    when: "two create an identity",
    at: "b identities.kubelet.existing",
    says: '"a" and "b" use the identity "common", but the stacks of "a" and "b" create it',
    broken: [
      cluster("a", identities("kubelet", "common", false)),
      cluster("b", identities("kubelet", "common", false)),
    ],
    kept: [
      cluster("a", identities("kubelet", "common", false)),
      cluster("b", identities("kubelet", "other", false)),
    ],
  },
  {
    code: "HAKS-FLEET-040",
    when: "one creates the identity of another one",
    at: "a identities.kubelet.existing",
    says: '"a" and "b" use the identity "common", but the stacks of "a" create it',
    broken: [
      cluster("a", identities("kubelet", "common", false)),
      cluster("b", identities("kubelet", "common", true)),
    ],
    kept: [existing, cluster("b", identities("kubelet", "other", true))],
  },
  {
    code: "HAKS-FLEET-041",
    when: "a kubelet identity is a control plane identity",
    at: "b identities.controlPlane.name",
    says: 'Every pod of "a" could get the rights of the control plane of "b"',
    broken: [existing, cluster("b", identities("controlPlane", "common", true))],
    kept: [existing, cluster("b", identities("controlPlane", "other", true))],
  },
  {
    code: "HAKS-FLEET-042",
    when: "an identity exists for both",
    at: "b identities.kubelet.name",
    says: '"a" and "b" use the identity "common"',
    broken: [existing, cluster("b", common)],
    kept: [existing, cluster("b", { ...common, permissions: { sharedWith: [existing] } })],
  },
];

/** A fleet of clusters that have an error in common. */
export const many = (count: number, make: (name: string, index: number) => ClusterSpec) =>
  Array.from({ length: count }, (_, index) => make(`c${String(index).padStart(4, "0")}`, index));
