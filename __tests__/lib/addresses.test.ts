// The address plan: Microsoft's examples, and what holds for every cluster.
import fc from "fast-check";
import { AddressPlan, ClusterPlan, ClusterSpec, PodNetwork } from "../../lib";
import {
  apiServerCapacity,
  dynamicAddressesPerNode,
  flatAddressesPerNode,
  nodesWithSurge,
  overlayCapacity,
  overlayPrefix,
  rangePrefix,
  staticAddressesPerNode,
  staticBlocksPerNode,
  subnetPrefix,
  surgeNodes,
} from "../../lib/addresses/formulas";
import "../property-runs";
import { SMALL, stackJson } from "../scenarios";

interface Pool {
  readonly maxCount: number;
  readonly maxPods?: number;
  readonly subnet?: string;
}

/** A cluster with these pools; the first is the system pool. */
function cluster(
  [system, ...user]: readonly Pool[],
  network: Partial<ClusterSpec["network"]> = {},
): ClusterSpec {
  const vmSize = "Standard_D4ds_v5";
  return {
    ...SMALL,
    network: { ...SMALL.network, ...network },
    nodePools: {
      system: { vmSize, minCount: 1, ...system },
      user: user.map((pool, index) => ({ name: `user${index}`, vmSize, minCount: 1, ...pool })),
    },
  };
}

const needed = (spec: ClusterSpec, subnet = "nodes") =>
  new ClusterPlan(spec).addresses.subnet(subnet)?.needed;

describe("formulas", () => {
  test.each([
    [1, 1],
    [3, 1],
    [4, 2],
    [10, 4],
    [50, 17],
    [100, 33],
    [250, 83],
    [300, 99],
    [1000, 330],
  ])("%d nodes: an upgrade adds %d", (nodes, surge) => {
    expect(surgeNodes(nodes)).toBe(surge);
  });

  // Microsoft's examples count the node of an upgrade, and not what Azure keeps.
  test.each([
    [51, 30, 1581, 21],
    [61, 30, 1891, 21],
    [4, 30, 124, 24],
    [14, 110, 1554, 21],
  ])(
    "flat: %d nodes with %d pods take %d addresses and a /%d",
    (nodes, pods, addresses, prefix) => {
      expect(nodes * flatAddressesPerNode(pods)).toBe(addresses);
      expect(subnetPrefix(addresses)).toBe(prefix);
    },
  );

  test.each([
    [67, 17],
    [333, 15],
    [256, 16],
    [257, 15],
    [1, 24],
  ])("overlay: %d nodes take a /%d of pods", (nodes, prefix) => {
    expect(overlayPrefix(nodes)).toBe(prefix);
  });

  test.each([
    [8, 16],
    [9, 32],
    [24, 32],
    [25, 48],
    [30, 48],
    [110, 128],
    [250, 272],
  ])("pod subnet, dynamic: %d pods take %d addresses", (pods, addresses) => {
    expect(dynamicAddressesPerNode(pods)).toBe(addresses);
  });

  test.each([
    [30, 2, 1],
    [31, 2, 0],
    [32, 3, 15],
  ])("pod subnet, static: %d pods take %d blocks and waste %d", (pods, blocks, wasted) => {
    expect(staticBlocksPerNode(pods)).toBe(blocks);
    expect(staticAddressesPerNode(pods) - (pods + 1)).toBe(wasted);
  });

  test.each([
    [32, 0],
    [29, 0],
    [28, 1],
    [27, 3],
    [26, 6],
    [24, 27],
  ])("a subnet /%d holds %d API servers", (prefix, clusters) => {
    expect(apiServerCapacity(prefix)).toBe(clusters);
  });

  test.each([
    [1, 32],
    [2, 31],
    [16, 28],
    [17, 27],
    [1024, 22],
  ])("%d addresses are in a /%d", (addresses, prefix) => {
    expect(rangePrefix(addresses)).toBe(prefix);
  });

  test.each([
    [1, 29],
    [3, 29],
    [4, 28],
    [11, 28],
    [12, 27],
    [70, 25],
  ])("%d addresses are in a subnet /%d", (addresses, prefix) => {
    expect(subnetPrefix(addresses)).toBe(prefix);
  });

  test("a prefix holds what is needed, and the next one does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1_000_000 }), (number) => {
        const prefix = subnetPrefix(number);
        expect(2 ** (32 - prefix) - 5).toBeGreaterThanOrEqual(number);
        expect(2 ** (32 - prefix - 1) - 5).toBeLessThan(number);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), (nodes) => {
        const prefix = overlayPrefix(nodes);
        expect(overlayCapacity(prefix)).toBeGreaterThanOrEqual(nodes);
        expect(overlayCapacity(prefix + 1)).toBeLessThan(nodes);
      }),
    );
  });

  test("an upgrade adds 33 % of a pool, rounded up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (nodes) => {
        expect(surgeNodes(nodes) * 100).toBeGreaterThanOrEqual(nodes * 33);
        expect((surgeNodes(nodes) - 1) * 100).toBeLessThan(nodes * 33);
        expect(nodesWithSurge(nodes + 1)).toBeGreaterThan(nodesWithSurge(nodes));
      }),
    );
  });

  test("the cluster is set to the same surge", () => {
    const { resource } = stackJson(SMALL, "cluster");
    expect(JSON.stringify(resource?.azurerm_kubernetes_cluster)).toContain(`"max_surge":"33%"`);
  });
});

describe("the plan", () => {
  test("overlay: 50 nodes, 17 of an upgrade, 2 frontends, the private endpoint, 5 of Azure", () => {
    const spec = cluster([{ maxCount: 50 }], { podNetwork: PodNetwork.overlay() });
    const { subnets, podRange } = new ClusterPlan(spec).addresses;
    expect(subnets).toEqual([
      {
        name: "nodes",
        needed: 75,
        neededPrefix: 25,
        _demands: [
          { kind: "nodes", what: "system: 50 nodes and 17 for upgrades", addresses: 67 },
          { kind: "loadBalancers", what: "2 frontends of internal load balancers", addresses: 2 },
          { kind: "privateEndpoint", what: "private endpoint of the API server", addresses: 1 },
          { kind: "reserved", what: "reserved by Azure", addresses: 5 },
        ],
      },
    ]);
    expect(podRange).toMatchObject({ needed: 67, neededPrefix: 17, available: 256, spare: 189 });
  });

  test("overlay: 250 nodes need a /15 of pods", () => {
    expect(new ClusterPlan(cluster([{ maxCount: 250 }])).addresses.podRange).toMatchObject({
      needed: 333,
      neededPrefix: 15,
      available: 256,
      spare: -77,
      furtherNodes: 0,
    });
  });

  test("flat: nodes and pods are in the node subnet", () => {
    const spec = cluster([{ maxCount: 10, maxPods: 110 }], { podNetwork: PodNetwork.flat() });
    expect(needed(spec)).toBe(1554 + 2 + 1 + 5);
    expect(new ClusterPlan(spec).addresses.podRange).toBeUndefined();
  });

  test("pod subnet: pods of all pools are in it, nodes in theirs", () => {
    const spec = cluster(
      [
        { maxCount: 3, maxPods: 30 },
        { maxCount: 10, subnet: "apps" },
      ],
      {
        podNetwork: PodNetwork.podSubnet("pods"),
      },
    );
    expect(needed(spec)).toBe(4 + 2 + 1 + 5);
    expect(needed(spec, "apps")).toBe(14 + 5);
    expect(needed(spec, "pods")).toBe(4 * 48 + 14 * 128 + 5);
  });

  test("pod subnet: nodes and pods in one subnet add up", () => {
    const spec = cluster([{ maxCount: 3, maxPods: 30 }], {
      podNetwork: PodNetwork.podSubnet("Nodes"),
      subnets: [{ name: "nodes", cidr: "10.240.0.0/23" }],
    });
    expect(needed(spec)).toBe(4 * 49 + 2 + 1 + 5);
    expect(new ClusterPlan(spec).addresses.furtherNodes).toBe(4); // 5 more would be 8 nodes and 3 of an upgrade: 547
  });

  test("pools that share a subnet add up, each with its own upgrade", () => {
    expect(needed(cluster([{ maxCount: 1 }, { maxCount: 1 }, { maxCount: 1 }]))).toBe(
      6 + 2 + 1 + 5,
    );
    expect(needed(cluster([{ maxCount: 3 }]))).toBe(4 + 2 + 1 + 5);
  });

  test("API Server VNet Integration: 9 addresses of its subnet, and no private endpoint", () => {
    const spec = cluster([{ maxCount: 3 }], { apiServerSubnet: "api" });
    expect(needed(spec)).toBe(4 + 2 + 5);
    expect(new ClusterPlan(spec).addresses.subnet("api")).toMatchObject({
      needed: 14,
      neededPrefix: 28,
    });
  });

  test("frontends: as many as are expected, and at least one in each separate subnet", () => {
    const spec = cluster([{ maxCount: 3 }], {
      internalLoadBalancers: 7,
      loadBalancerSubnets: ["frontends"],
    });
    expect(needed(spec)).toBe(4 + 7 + 1 + 5);
    expect(needed(spec, "frontends")).toBe(6);
    expect(needed(cluster([{ maxCount: 3 }], { internalLoadBalancers: 0 }))).toBe(4 + 1 + 5);
  });

  test("a subnet that the cluster does not use needs nothing", () => {
    const spec = cluster([{ maxCount: 3 }], { subnets: [{ name: "x", cidr: "10.240.8.0/28" }] });
    expect(new ClusterPlan(spec).addresses.subnet("X")).toMatchObject({
      needed: 0,
      _demands: [],
      available: 16,
      spare: 16,
      furtherNodes: undefined,
    });
  });

  test("without ranges it has the needed addresses, and not the available ones", () => {
    const plan = new ClusterPlan(cluster([{ maxCount: 3 }], { podNetwork: PodNetwork.flat() }))
      .addresses;
    expect(plan.furtherNodes).toBeUndefined();
    expect(plan.subnet("nodes")).not.toHaveProperty("spare");
    const broken = cluster([{ maxCount: 3 }], {
      podNetwork: PodNetwork.overlay("pods"),
      subnets: [{ name: "nodes", cidr: "nodes" }],
    });
    expect(new ClusterPlan(broken).addresses.furtherNodes).toBeUndefined();
    expect(needed(broken)).toBe(4 + 2 + 1 + 5);
  });

  test("it never throws, whatever the numbers", () => {
    for (const maxCount of [NaN, Infinity, -1, 0, 1.5, -1e300]) {
      const spec = cluster([{ maxCount, maxPods: maxCount }], {
        podNetwork: PodNetwork.flat(),
        subnets: [{ name: "nodes", cidr: "10.240.0.0/22" }],
      });
      expect(new ClusterPlan(spec).addresses.subnets).toHaveLength(1);
      expect(new ClusterPlan(spec).findings.map(({ code }) => code)).not.toContain("HAKS-ADDR-002");
    }
  });
});

describe("for every cluster", () => {
  const pools = fc.array(
    fc.record({
      maxCount: fc.integer({ min: 1, max: 60 }),
      maxPods: fc.integer({ min: 30, max: 250 }),
    }),
    { minLength: 2, maxLength: 4 },
  );
  const podNetworks = fc.constantFrom(
    PodNetwork.overlay("10.244.0.0/15"),
    PodNetwork.flat(),
    PodNetwork.podSubnet("pods"),
  );
  const subnets = [
    { name: "nodes", cidr: "10.16.0.0/14" },
    { name: "pods", cidr: "10.20.0.0/15" },
  ];
  const grown = (all: readonly Pool[], which: number, by: number) =>
    all.map((pool, index) => (index === which ? { ...pool, maxCount: pool.maxCount + by } : pool));
  const fits = ({ subnets: plans, podRange }: AddressPlan) =>
    [...plans, podRange].every((plan) => (plan?.spare ?? 0) >= 0);

  test("one node more never needs less, and one more in its own subnet needs more", () => {
    fc.assert(
      fc.property(pools, podNetworks, (all, podNetwork) => {
        const plan = new ClusterPlan(cluster(all, { podNetwork })).addresses;
        const larger = new ClusterPlan(cluster(grown(all, 1, 1), { podNetwork })).addresses;
        for (const { name, needed: before } of plan.subnets) {
          expect(larger.subnet(name)?.needed).toBeGreaterThan(before);
        }
        expect(larger.podRange?.needed ?? 1).toBeGreaterThan(plan.podRange?.needed ?? 0);
      }),
    );
  });

  test("what is needed is the sum of what is in it, and its prefix holds it", () => {
    fc.assert(
      fc.property(pools, podNetworks, (all, podNetwork) => {
        for (const subnet of new ClusterPlan(cluster(all, { podNetwork })).addresses.subnets) {
          const sum = subnet._demands.reduce((total, { addresses }) => total + addresses, 0);
          expect(subnet.needed).toBe(sum);
          expect(2 ** (32 - subnet.neededPrefix)).toBeGreaterThanOrEqual(sum);
        }
      }),
    );
  });

  test("the further nodes fit, whichever pool gets them; one more does not in some pool", () => {
    fc.assert(
      fc.property(pools, podNetworks, (all, podNetwork) => {
        const planOf = (which: number, by: number) =>
          new ClusterPlan(cluster(grown(all, which, by), { podNetwork, subnets })).addresses;
        const further = planOf(0, 0).furtherNodes ?? -1;
        expect(further).toBeGreaterThan(0);
        const indexes = all.map((_, index) => index);
        expect(indexes.every((index) => fits(planOf(index, further)))).toBe(true);
        expect(indexes.every((index) => fits(planOf(index, further + 1)))).toBe(false);
      }),
    );
  });

  test("the rules find a subnet or a pod range too small exactly when the plan says so", () => {
    const codes = ["HAKS-ADDR-002", "HAKS-ADDR-003"];
    fc.assert(
      fc.property(pools, fc.integer({ min: 16, max: 26 }), (all, prefix) => {
        const spec = cluster(all, {
          podNetwork: PodNetwork.overlay(`10.244.0.0/${prefix - 1}`),
          subnets: [{ name: "nodes", cidr: `10.16.0.0/${prefix}` }],
        });
        const found = new ClusterPlan(spec).findings.some(({ code }) => codes.includes(code));
        expect(found).toBe(!fits(new ClusterPlan(spec).addresses));
      }),
    );
  });
});
