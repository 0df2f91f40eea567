// The limits of Azure that a fleet uses up, and the rules about a large fleet.
// They are no random tests: they are here because they take seconds.
import { ClusterSpec, FleetPlan, Principal, ResourceReference, RoleSet } from "../../lib";
import { findingsAboutFleet } from "../../lib/rules/fleet";
import { FleetFinding, FleetMember } from "../../lib/rules/fleet/rule";
import { OWN, cluster, inNetwork, many, vnet } from "../lib/fleet-cases";
import { OTHER_SUBSCRIPTION, SMALL } from "../scenarios";

const findingsOf = (specs: ClusterSpec[]): FleetFinding[] => new FleetPlan(specs)._findings;

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
