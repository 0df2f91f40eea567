// The rules about the clusters of a fleet: each is broken once, and kept by a twin. The cases are in fleet-cases.ts.
import fc from "fast-check";
import {
  ClusterSpec,
  FleetPlan,
  PodNetwork,
  Principal,
  ResourceReference,
  RoleSet,
} from "../../lib";
import { FLEET_RULES, findingsAboutFleet } from "../../lib/rules/fleet";
import { RangeIndex, spanOf } from "../../lib/rules/fleet/range-index";
import { FleetFinding, FleetMember } from "../../lib/rules/fleet/rule";
import { overlaps, parseRange } from "../../lib/spec/ip-range";
import { OTHER_SUBSCRIPTION, SMALL } from "../scenarios";
import { FLEET_WORKLOAD_CASES } from "./fleet-workload-cases";
import { CASES, ELSEWHERE, OWN, cluster, identities, inNetwork, pools, vnet } from "./fleet-cases";

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

/** A fleet of clusters that have an error in common. */
const many = (count: number, make: (name: string, index: number) => ClusterSpec) =>
  Array.from({ length: count }, (_, index) => make(`c${String(index).padStart(4, "0")}`, index));

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

describe("the limits", () => {
  const person = (index: number) => {
    const digits = String(index).padStart(12, "0");
    return Principal.group(`group-${index}`, `55555555-5555-4555-8555-${digits}`);
  };
  const minimal = { roleSet: RoleSet.minimal() };

  /** Clusters with so many deployers, who share nothing. */
  const deployed = (
    clusters: number,
    deployers: number,
    subscriptions = [OWN],
    more: Partial<ClusterSpec> = {},
  ) =>
    many(clusters, (name, index) =>
      cluster(name, {
        ...more,
        subscriptionId: subscriptions[index % subscriptions.length],
        access: {
          deployers: Array.from({ length: deployers }, (_, one) => person(index * deployers + one)),
        },
      }),
    );
  const counts = (specs: ClusterSpec[]) =>
    findingsOf(specs).map(({ code, cluster: at, message }) => [
      code.slice(-3),
      at,
      /have (\d+) role/.exec(message)?.[1],
    ]);

  test("of role assignments: a warning at 80 %, an error above 4,000, for each subscription", () => {
    const [few, near, much] = [deployed(10, 60), deployed(10, 70), deployed(10, 90)].map(counts);
    expect(few).toEqual([]);
    expect(near).toEqual([["050", "c0009", expect.stringMatching(/^3[2-9]\d\d$/)]]);
    expect(much).toEqual([["051", "c0009", expect.stringMatching(/^[4-9]\d\d\d$/)]]);
    expect(counts(deployed(10, 90, [OWN, OTHER_SUBSCRIPTION]))).toEqual([]);
    const elsewhere = {
      identities: { ...SMALL.identities, subscriptionId: OTHER_SUBSCRIPTION },
    };
    expect(counts(deployed(10, 90, [OWN], elsewhere))).toEqual([]);
  });

  test("count a role assignment that clusters share once, and one of AKS for each cluster", () => {
    const { _resolved: spec, _grants: grants } = new FleetPlan(deployed(1, 700)).clusters[0]!;
    const names = ["a", "b", "c"];
    const found = findingsAboutFleet(names.map((name) => ({ spec: { ...spec, name }, grants })));
    const [{ message } = {} as FleetFinding] = found.filter(
      ({ code }) => code === "HAKS-FLEET-050",
    );
    expect(message).toContain(`have ${grants.length + names.length} role assignments`);
  });

  test("of custom roles: a warning at 80 %, an error above 5,000, and 2,000 in China", () => {
    const { _resolved, _grants } = new FleetPlan([
      cluster("a", {
        permissions: minimal,
        registries: [
          { registry: ResourceReference.byName({ name: "shared", resourceGroup: "acr-rg" }) },
        ],
        storage: {
          disks: Array.from({ length: 5001 }, (_, index) =>
            ResourceReference.byName({ name: "disk", resourceGroup: `g${index}` }),
          ),
        },
      }),
    ]).clusters[0]!;
    const builtIn = _grants.filter(({ role }) => role.key === undefined);
    expect(builtIn).not.toEqual([]);
    const onDisks = _grants.filter(({ scope }) => scope.name === "disk");
    const roles = (count: number, location = "westeurope") => {
      // A role that two clusters share counts once.
      const member = {
        spec: { ..._resolved, location },
        grants: [...builtIn, ...onDisks.slice(0, count)],
      };
      const found = findingsAboutFleet([
        member,
        { ...member, spec: { ...member.spec, name: "b" } },
      ]);
      return found.map(({ code }) => code.slice(-3)).filter((code) => code > "051");
    };
    expect([roles(3999), roles(4000), roles(5000), roles(5001)]).toEqual([
      [],
      ["052"],
      ["052"],
      ["053"],
    ]);
    expect([
      roles(1500, "chinanorth3"),
      roles(1600, "chinanorth3"),
      roles(2001, "chinanorth3"),
    ]).toEqual([[], ["052"], ["053"]]);
  });
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

/** Networks that lead to all others, with ranges that meet and ranges that do not. */
const leading = (name: string, index: number): ClusterSpec => {
  const network = index % 500;
  const subnets = [`nodes 10.${network % 250}.${network & 240}.0/20`, "more 172.16.0.0/24"];
  return inNetwork(
    name,
    subnets,
    {
      virtualNetwork: vnet(`vnet-${network}`),
      peeredRanges: ["10.0.0.0/8", "172.16.0.0/20", `192.168.${network % 250}.0/24`],
      serviceCidr: index % 2 === 0 ? "10.0.0.0/16" : "100.64.0.0/16",
    },
    { subscriptionId: index % 2 === 0 ? OWN : OTHER_SUBSCRIPTION },
  );
};

/** Networks with the same ranges that lead to a hub. */
const isolated = (name: string): ClusterSpec =>
  inNetwork(name, ["nodes 10.0.0.0/22", "more 10.0.4.0/22", "rest 10.0.8.0/22"], {
    virtualNetwork: vnet(name),
    peeredRanges: ["10.255.0.0/16"],
    serviceCidr: "100.64.0.0/16",
  });

test.each<[string, (name: string, index: number) => ClusterSpec, string]>([
  ["in networks that lead to all others", leading, "HAKS-FLEET-033"],
  ["in networks with the same ranges", isolated, "HAKS-FLEET-050"],
])("1,000 clusters %s take less than a second for all rules", (_, make, code) => {
  const specs = many(1000, make);
  const members: FleetMember[] = new FleetPlan(specs).clusters.map((plan) => ({
    spec: plan._resolved,
    grants: plan._grants,
    addresses: plan.addresses,
  }));
  // Processor time, so that other tests do not count.
  const start = process.cpuUsage();
  const found = findingsAboutFleet(members);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(1000);
  expect(found.map((one) => one.code)).toContain(code);
  expect(found.length).toBeLessThan(300);
});
