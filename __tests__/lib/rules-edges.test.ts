// Values on both sides of the limits of rules, and what findings say of several places at once.
import {
  AddOn,
  ClusterPlan,
  ClusterSpec,
  ExceptionName,
  GrantingTeam,
  LogCategory,
  ResourceReference,
} from "../../lib";
import { Finding } from "../../lib/rules/finding";
import { OTHER_SUBSCRIPTION, SMALL, idOf } from "../scenarios";

function of(code: string, spec: ClusterSpec): Finding[] {
  return new ClusterPlan(spec).findings.filter((finding) => finding.code === code);
}

const paths = (code: string, spec: ClusterSpec) => of(code, spec).map(({ path }) => path);

describe("a resource by its name and by its id", () => {
  const NAME = { name: "example.com", resourceGroup: "hub-rg" };
  const zones = (own?: string): ClusterSpec => ({
    ...SMALL,
    subscriptionId: own,
    applicationRouting: {
      dnsZones: [
        ResourceReference.byName(NAME),
        ResourceReference.byId(idOf("Microsoft.Network/dnsZones", NAME.name)),
      ],
    },
  });

  test.each([[undefined], [OTHER_SUBSCRIPTION]])("is one, if the cluster is in %s", (own) => {
    const [finding] = of("HAKS-ACC-013", zones(own));
    expect(finding).toMatchObject({
      path: "applicationRouting.dnsZones.1",
      message: expect.stringContaining('"example.com" seems to be given twice') as string,
      remedy: "Give it as at applicationRouting.dnsZones.0, or remove one of them.",
      related: ["applicationRouting.dnsZones.0"],
    });
    expect(paths("HAKS-ADD-002", zones(own))).toEqual([]);
  });

  test("are two, if the cluster is in another subscription", () => {
    const elsewhere = zones("22222222-2222-4222-8222-222222222222");
    const [finding] = of("HAKS-ACC-013", elsewhere);
    expect(finding?.message).toContain("of two resources");
    expect(paths("HAKS-ADD-002", elsewhere)).toEqual(["applicationRouting.dnsZones.1"]);
  });
});

describe("HAKS-OPS-001", () => {
  const withLimit = (create: string) => ({ ...SMALL, timeouts: { create } });

  test.each(["90m", "1h30m", "10s", "0h5m", "100000s"])("takes %s", (value) => {
    expect(paths("HAKS-OPS-001", withLimit(value))).toEqual([]);
  });

  test.each(["0h", "0m0s", "h", "1h30", "a1h", "1hour", "1h ", "1000000s", ""])(
    "refuses %j",
    (value) => {
      expect(paths("HAKS-OPS-001", withLimit(value))).toEqual(["timeouts.create"]);
    },
  );

  test.each(["create", "update", "destroy"])("looks at the limit to %s", (field) => {
    const timeouts = { [field]: "soon" };
    expect(paths("HAKS-OPS-001", { ...SMALL, timeouts })).toEqual([
      `timeouts.${field === "destroy" ? "delete" : field}`,
    ]);
  });
});

test("HAKS-OPS-002 is about cost analysis alone of the add-ons", () => {
  const exceptions = [{ name: "freeTier" as ExceptionName, reason: "It is part of this test." }];
  const addOns = [AddOn.KEDA, AddOn.COST_ANALYSIS];
  expect(paths("HAKS-OPS-002", { ...SMALL, addOns, exceptions })).toEqual(["addOns.1"]);
});

test("HAKS-MON-001 tells audit logs of reads, unknown categories and those that are there twice", () => {
  const logCategories = ["kube-audit", "none", LogCategory.GUARD, LogCategory.GUARD];
  const monitoring = { ...SMALL.monitoring, logCategories: logCategories as LogCategory[] };
  const found = of("HAKS-MON-001", { ...SMALL, monitoring });
  expect(found.map(({ path, remedy }) => [path, remedy])).toEqual([
    ["monitoring.logCategories.0", "Use kube-audit-admin."],
    ["monitoring.logCategories.1", expect.stringMatching(/^Use .*guard/)],
    ["monitoring.logCategories.3", "Remove one."],
  ]);
});

test.each([
  [undefined, "share the identity"],
  ["ONE-RG", "share the identity"],
  ["other-rg", "in different places"],
])("HAKS-ID-001 about one name, the kubelet identity in %s: %s", (resourceGroup, message) => {
  const [controlPlane, kubelet] = [{ name: "one" }, { name: "ONE", resourceGroup }];
  const identities = { controlPlane, kubelet, resourceGroup: { name: "one-rg" } };
  const found = of("HAKS-ID-001", { ...SMALL, identities });
  expect(found.map((finding) => finding.message)).toEqual([expect.stringContaining(message)]);
});

describe("HAKS-PREV", () => {
  const before = (change: Partial<ClusterSpec["network"]>): ClusterSpec => ({
    ...SMALL,
    network: { ...SMALL.network, ...change },
  });

  test("counts the role assignments that are kept", () => {
    const message = (previous: ClusterSpec) =>
      of("HAKS-PREV-001", { ...SMALL, previous })[0]?.message;
    expect(message(before({ nodeSubnet: "old" }))).toMatch(
      / keep 1 role assignment that .* "old"\.$/,
    );
    expect(message(before({ nodeSubnet: "old", loadBalancerSubnets: ["more"] }))).toMatch(
      / keep 2 role assignments that .*, on "\w+", "\w+"\.$/,
    );
    expect(message(SMALL)).toBeUndefined();
  });

  test("tells of a field that neither keeps a right nor hands one over", () => {
    const handedOver = { permissions: { grantedBy: { subnet: GrantingTeam.IDENTITY } } };
    expect(paths("HAKS-PREV-002", { ...SMALL, previous: SMALL })).toEqual(["previous"]);
    expect(paths("HAKS-PREV-002", { ...SMALL, ...handedOver, previous: SMALL })).toEqual([]);
  });
});

test("a finding names other places only if there are any, and is told once", () => {
  const findings = new ClusterPlan({
    ...SMALL,
    nodePools: {
      ...SMALL.nodePools,
      user: [
        ...SMALL.nodePools.user,
        ...SMALL.nodePools.user,
        { ...SMALL.nodePools.user[0]!, vmSize: "x" },
      ],
    },
  }).findings;
  const related = (code: string) =>
    findings.filter((one) => one.code === code).map(({ related: places }) => places);
  expect(related("HAKS-NAME-002")).toEqual([["nodePools.user.0.name"], ["nodePools.user.0.name"]]);
  expect(related("HAKS-NODE-005")).toEqual([undefined]);
  expect(new Set(findings.map((one) => JSON.stringify(one))).size).toBe(findings.length);
});
