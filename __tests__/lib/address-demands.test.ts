// What takes addresses of a subnet, and which numbers an address plan can count with.
import {
  ApiServer,
  ClusterPlan,
  ClusterSpec,
  PodAllocation,
  PodNetwork,
  SystemPoolSpec,
} from "../../lib";
import { SMALL } from "../scenarios";

interface Change {
  readonly network?: Partial<ClusterSpec["network"]>;
  readonly pool?: Partial<SystemPoolSpec>;
  readonly more?: Partial<ClusterSpec>;
}

/** A cluster whose one pool that matters is the system pool: three nodes, and one of an upgrade. */
function cluster({ network, pool, more }: Change): ClusterSpec {
  return {
    ...SMALL,
    ...more,
    network: { ...SMALL.network, ...network },
    nodePools: {
      system: { vmSize: "Standard_D4ds_v5", minCount: 3, maxCount: 3, ...pool },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5", subnet: "elsewhere" }],
    },
  };
}

function demands(change: Change, subnet = "nodes"): string[] {
  const plan = new ClusterPlan(cluster(change)).addresses.subnet(subnet);
  return (plan?._demands ?? []).map(({ kind, what, addresses }) => `${addresses} ${kind}: ${what}`);
}

const NODES = "4 nodes: system: 3 nodes and 1 for upgrades";
const FRONTENDS = "2 loadBalancers: 2 frontends of internal load balancers";
const ENDPOINT = "1 privateEndpoint: private endpoint of the API server";
const AZURE = "5 reserved: reserved by Azure";

test.each<[string, Change, string[]]>([
  ["nodes, frontends and the private endpoint", {}, [NODES, FRONTENDS, ENDPOINT, AZURE]],
  [
    "one node and one frontend",
    { pool: { minCount: 1, maxCount: 1 }, network: { internalLoadBalancers: 1 } },
    [
      "2 nodes: system: 1 node and 1 for upgrades",
      "1 loadBalancers: 1 frontend of internal load balancers",
      ENDPOINT,
      AZURE,
    ],
  ],
  ["no frontends", { network: { internalLoadBalancers: 0 } }, [NODES, ENDPOINT, AZURE]],
  [
    "no private endpoint of a public API server",
    { more: { apiServer: ApiServer.publicFrom(["203.0.113.0/24"]) } },
    [NODES, FRONTENDS, AZURE],
  ],
  [
    "no private endpoint of an API server in a separate subnet",
    { network: { apiServerSubnet: "api" } },
    [NODES, FRONTENDS, AZURE],
  ],
  [
    "the most nodes that a pool may have, and the surge that it says",
    { pool: { minCount: 3, maxCount: 10, upgrade: { maxSurge: "50%" } } },
    ["15 nodes: system: 10 nodes and 5 for upgrades", FRONTENDS, ENDPOINT, AZURE],
  ],
  [
    "the fewest nodes of a pool, if these are more",
    { pool: { minCount: 7, maxCount: 3, upgrade: { maxSurge: "2" } } },
    ["9 nodes: system: 7 nodes and 2 for upgrades", FRONTENDS, ENDPOINT, AZURE],
  ],
  [
    "pods with their nodes, if they are in the subnet of the nodes",
    { network: { podNetwork: PodNetwork.podSubnet("NODES") }, pool: { maxPods: 30 } },
    [
      "196 nodesAndPods: system: 3 nodes and 1 for upgrades, 30 pods each",
      "512 pods: pods of apps: 3 nodes and 1 for upgrades, 110 pods each",
      FRONTENDS,
      ENDPOINT,
      AZURE,
    ],
  ],
  [
    "no pods, if they have a subnet of their own",
    { network: { podNetwork: PodNetwork.podSubnet("pods") }, pool: { maxPods: 30 } },
    [NODES, FRONTENDS, ENDPOINT, AZURE],
  ],
])("a subnet of nodes has %s", (_, change, expected) => {
  expect(demands(change)).toEqual(expected);
});

test.each([
  ["by 16 as they need them", PodNetwork.podSubnet("pods"), 4 * 48],
  ["by /28 at once", PodNetwork.podSubnet("pods", PodAllocation.STATIC_BLOCK), 4 * 32],
])("a subnet of pods gives nodes addresses %s", (_, podNetwork, addresses) => {
  const pool = { maxPods: 30 };
  const [ofSystem] = demands({ network: { podNetwork }, pool }, "pods");
  expect(ofSystem).toBe(
    `${addresses} pods: pods of system: 3 nodes and 1 for upgrades, 30 pods each`,
  );
});

test.each([
  ["private", {}],
  ["public", { apiServer: ApiServer.publicFrom(["203.0.113.0/24"]) }],
])("a %s API server takes nine addresses of a separate subnet", (_, more) => {
  expect(demands({ more, network: { apiServerSubnet: "api" } }, "api")).toEqual([
    "9 apiServer: API server",
    AZURE,
  ]);
});

describe("a subnet that is too small", () => {
  const codes = (change: Change) =>
    new ClusterPlan(
      cluster({
        ...change,
        network: { subnets: [{ name: "nodes", cidr: "10.240.0.0/29" }], ...change.network },
      }),
    ).findings.map(({ code }) => code);

  test.each<[string, Change]>([
    ["usual numbers", {}],
    ["the fewest nodes", { pool: { minCount: 1, maxCount: 1 } }],
    ["a pool that scales from no node", { pool: { minCount: 0, maxCount: 3 } }],
    ["the most nodes", { pool: { minCount: 1000, maxCount: 1000 } }],
    ["the most pods", { pool: { maxPods: 250 } }],
    ["one pod", { pool: { maxPods: 1 } }],
    ["no frontends", { network: { internalLoadBalancers: 0 } }],
    ["the most frontends", { network: { internalLoadBalancers: 600 } }],
    ["a surge of nodes", { pool: { upgrade: { maxSurge: "1000" } } }],
    ["a surge of a share", { pool: { upgrade: { maxSurge: "100%" } } }],
  ])("is found with %s", (_, change) => {
    expect(codes(change)).toContain("HAKS-ADDR-002");
  });

  test.each<[string, Change]>([
    ["fewer nodes than none at least", { pool: { minCount: -1 } }],
    ["too many nodes at least", { pool: { minCount: 1001 } }],
    ["fewer nodes than none at most", { pool: { maxCount: -1 } }],
    ["too many nodes at most", { pool: { maxCount: 1001 } }],
    ["half a node", { pool: { maxCount: 1.5 } }],
    ["no pods", { pool: { maxPods: 0 } }],
    ["too many pods", { pool: { maxPods: 251 } }],
    ["fewer frontends than none", { network: { internalLoadBalancers: -1 } }],
    ["too many frontends", { network: { internalLoadBalancers: 601 } }],
    ["a surge that is none", { pool: { upgrade: { maxSurge: "some" } } }],
    ["a surge with more before it", { pool: { upgrade: { maxSurge: "a33%" } } }],
    ["a surge with more behind it", { pool: { upgrade: { maxSurge: "33%a" } } }],
    ["a surge of too many", { pool: { upgrade: { maxSurge: "10000" } } }],
  ])("is not counted with %s", (_, change) => {
    expect(codes(change)).not.toContain("HAKS-ADDR-002");
  });
});
