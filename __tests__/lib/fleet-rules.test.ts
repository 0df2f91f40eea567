// The rules about the clusters of a fleet: each is broken once, and kept by a twin. The cases are in fleet-cases.ts.
import fc from "fast-check";
import { ClusterSpec, FleetPlan, PodNetwork } from "../../lib";
import { FLEET_RULES } from "../../lib/rules/fleet";
import { RangeIndex, spanOf } from "../../lib/rules/fleet/range-index";
import { FleetFinding } from "../../lib/rules/fleet/rule";
import { overlaps, parseRange } from "../../lib/spec/ip-range";
import { FLEET_WORKLOAD_CASES } from "./fleet-workload-cases";
import { CASES, ELSEWHERE, cluster, identities, inNetwork, many, pools, vnet } from "./fleet-cases";

const findingsOf = (specs: ClusterSpec[]): FleetFinding[] => new FleetPlan(specs)._findings;

/** Code, cluster and path of each finding. */
const foundIn = (...specs: ClusterSpec[]) =>
  findingsOf(specs).map(({ code, cluster: name, path }) => [code, name, path].join(" "));

const ALL_CASES = [...CASES, ...FLEET_WORKLOAD_CASES];

test.each(ALL_CASES)("$code: $when", ({ code, at, says, broken, kept }) => {
  expect(foundIn(...broken)).toEqual([`${code} ${at}`]);
  const [{ message, remedy, severity, source } = {} as FleetFinding] = findingsOf(broken);
  expect(message).toContain(says);
  expect(remedy).toMatch(/\.$/);
  const rule = FLEET_RULES.find((one) => one.code === code);
  expect([severity, source]).toEqual([rule?.severity ?? "error", rule?.source]);
  expect(foundIn(...kept)).toEqual([]);
});

/** Fleets without a finding: the rules about single clusters have one, or there is none. */
const QUIET: { readonly [why: string]: ClusterSpec[] } = {
  "two clusters have the same error in their subnets": ["a", "b"].map((name) =>
    inNetwork(name, ["nodes 10.1.0.0/24", "other 10.1.0.0/25"]),
  ),
  "services overlap a peered range of their description": [
    inNetwork("a", ["nodes 10.9.1.0/24"]),
    inNetwork("b", [], {
      virtualNetwork: vnet("vnet-2"),
      peeredRanges: ["10.9.0.0/16"],
      serviceCidr: "10.9.0.0/16",
    }),
  ],
  "a subnet is too small for its only cluster": [
    inNetwork("a", ["nodes 10.1.0.0/29"], {}, pools(10)),
    inNetwork("b", [], { virtualNetwork: vnet("vnet-2") }),
  ],
  "a virtual network is too small for its only cluster": [
    inNetwork("a", [], { podNetwork: PodNetwork.flat() }, pools(500)),
    inNetwork("b", [], { virtualNetwork: vnet("vnet-2") }),
  ],
  "numbers of nodes are invalid": ["a", "b"].map((name) =>
    inNetwork(name, ["nodes 10.1.0.0/24"], {}, pools(2000)),
  ),
  "nodes are in the subnet of the API server of their cluster": [
    inNetwork("a", [], { apiServerSubnet: "nodes" }),
  ],
  "overlays and services have the same ranges in networks that lead to each other": [
    inNetwork("a", ["nodes 10.1.0.0/24"], { peeredRanges: ["10.2.0.0/16"] }),
    inNetwork("b", ["nodes 10.2.0.0/24"], {
      virtualNetwork: vnet("vnet-2"),
      peeredRanges: ["10.1.0.0/16"],
    }),
  ],
  "two lock the resource group that they are in": ["a", "b"].map((name) =>
    cluster(name, { resourceGroup: { name: "rg" }, locks: { resourceGroup: true } }),
  ),
  "an identity that is shared on purpose": [
    cluster("a", {
      ...identities("kubelet", "common", true),
      permissions: { sharedWith: [cluster("b", identities("kubelet", "common", true))] },
    }),
    cluster("b", identities("kubelet", "common", true)),
  ],
};

test.each(Object.entries(QUIET))("nothing is found if %s", (_, specs) => {
  expect(foundIn(...specs)).toEqual([]);
});

test.each(FLEET_RULES)(
  "$code has a case, and the verb of its severity",
  ({ code, severity, title }) => {
    expect(/\b(must|should)\b/.exec(title)?.[0]).toBe(severity === "warning" ? "should" : "must");
    expect([...ALL_CASES.map((one) => one.code), ...ELSEWHERE]).toContain(code);
  },
);

test.each<[string, (name: string, index: number) => ClusterSpec, string]>([
  [
    "HAKS-FLEET-031",
    (name, index) => inNetwork(name, [`s${index} 10.1.0.0/24`]),
    'stated by "c0000" for the same virtual network; so do ranges of "c0001", "c0002", "c0003" and 45 more',
  ],
  [
    "HAKS-FLEET-032",
    (name, index) =>
      inNetwork(
        name,
        index === 0 ? ["nodes 10.0.16.0/20"] : [],
        index === 0 ? { serviceCidr: "10.3.0.0/16" } : {},
      ),
    'stated by "c0000" for the same virtual network; so do ranges of "c0001", "c0002", "c0003" and 45 more',
  ],
  [
    "HAKS-FLEET-033",
    (name) =>
      inNetwork(name, ["nodes 10.1.0.0/24"], {
        virtualNetwork: vnet(name),
        peeredRanges: ["10.1.0.0/16"],
      }),
    'stated by "c0000" for a virtual network that is peered according to network.peeredRanges; so do ranges of "c0001"',
  ],
  [
    "HAKS-FLEET-040",
    (name) => cluster(name, identities("kubelet", "common", false)),
    '"c0000", "c0001", "c0002" and 47 more use the identity "common"',
  ],
])("%s is one finding for 50 clusters, at the last one", (code, make, says) => {
  const found = findingsOf(many(50, make));
  expect(found.map((one) => [one.code, one.cluster])).toEqual([[code, "c0049"]]);
  expect(found[0]?.message).toContain(says);
});

describe("ranges in an index", () => {
  const ranges = fc
    .array(
      fc
        .record({ prefix: fc.integer({ min: 20, max: 28 }), block: fc.nat(255) })
        .map(({ prefix, block }) => {
          const start = (block * 16) & ~(2 ** (32 - prefix) - 1);
          return parseRange(`10.0.${start >> 8}.${start & 255}/${prefix}`)!;
        }),
      { minLength: 1, maxLength: 30 },
    )
    .map((found) => found.map((range) => ({ range, span: spanOf(range) })));

  test("are found if they share an address, and only then", () => {
    fc.assert(
      fc.property(ranges, ([wanted, ...items]) => {
        const found = new Set(
          [...new RangeIndex(items).meeting(wanted!.span)].flatMap((same) => same.items),
        );
        expect(found).toEqual(new Set(items.filter(({ range }) => overlaps(range, wanted!.range))));
      }),
    );
  });

  test("have one outermost range if they share an address with it", () => {
    fc.assert(
      fc.property(ranges, (items) => {
        const index = new RangeIndex(items);
        for (const { range, span } of items) {
          const outer = items
            .filter((one) => range.isInSubnet(one.range))
            .reduce((a, b) => (b.range.subnetMask < a.range.subnetMask ? b : a));
          expect(index.outermost(span)).toBe(`${outer.span.first}-${outer.span.last}`);
        }
      }),
    );
  });

  test("are in one that is outside the index", () => {
    const inner = { span: spanOf(parseRange("10.0.1.0/24")!) };
    const outer = spanOf(parseRange("10.0.0.0/16")!);
    expect(new RangeIndex([inner]).outermost(outer)).toBe(`${outer.first}-${outer.last}`);
  });
});
