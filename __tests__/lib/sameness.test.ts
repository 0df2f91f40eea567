// What is one to Azure and what is not: names in other letters, resource groups, subscriptions.
import { Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  GrantScope,
  KubernetesRole,
  GrantingTeam,
  Principal,
  TeamPermissions,
  ResourceReference,
  TeamStack,
  VirtualNetwork,
} from "../../lib";
import { DEPLOYERS, OTHER_SUBSCRIPTION, SMALL, render, allStacksOf } from "../scenarios";
import { RECORDS, granting } from "./extension-rules";

const OWN_SUBSCRIPTION = "33333333-3333-4333-8333-333333333333";

function codes(spec: ClusterSpec): string[] {
  return new ClusterPlan(spec).findings.map(({ code }) => code);
}

interface Place {
  readonly name?: string;
  readonly resourceGroup?: string;
  readonly subscriptionId?: string;
}

const byName = ({ name = "vault", resourceGroup = "keys-rg", subscriptionId }: Place) =>
  ResourceReference.byName({ name, resourceGroup, subscriptionId });
const byId = ({
  name = "vault",
  resourceGroup = "keys-rg",
  subscriptionId = OTHER_SUBSCRIPTION,
}: Place) =>
  ResourceReference.byId(
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${name}`,
  );

describe("a resource that is given by name and by id", () => {
  const twice = (inSpec: ResourceReference, inGrant: ResourceReference): ClusterSpec => ({
    ...granting({ ...RECORDS, scope: GrantScope.resource("Microsoft.KeyVault/vaults", inGrant) }),
    kms: { keyVault: inSpec, keyId: "https://vault.vault.azure.net/keys/a/1" },
  });

  test.each<[string, ResourceReference, ResourceReference]>([
    ["without a subscription in one", byName({}), byId({})],
    ["in one subscription", byName({ subscriptionId: OTHER_SUBSCRIPTION }), byId({})],
    ["in other letters", byName({ name: "VAULT", resourceGroup: "Keys-rg" }), byId({})],
    ["by id first", byId({}), byName({})],
    [
      "with a subscription in one alone",
      byName({}),
      byName({ subscriptionId: OTHER_SUBSCRIPTION }),
    ],
  ])("%s may be one, and is to be given in one way", (_, inSpec, inGrant) => {
    expect(codes(twice(inSpec, inGrant))).toContain("HAKS-OWN-009");
  });

  test.each<[string, ResourceReference, ResourceReference]>([
    ["in two subscriptions", byName({ subscriptionId: OWN_SUBSCRIPTION }), byId({})],
    ["in two resource groups", byName({ resourceGroup: "other-rg" }), byId({})],
    ["with two names", byId({ name: "other" }), byName({})],
    ["by two ids", byId({ subscriptionId: OWN_SUBSCRIPTION }), byId({})],
    ["in the same way", byName({}), byName({})],
    ["in the same way, in other letters", byId({}), byId({ resourceGroup: "KEYS-rg" })],
  ])("%s is not told", (_, inSpec, inGrant) => {
    expect(codes(twice(inSpec, inGrant))).not.toContain("HAKS-OWN-009");
  });
});

describe("the network that is passed", () => {
  const network = (change: Place) =>
    ResourceReference.byName({ name: "vnet", resourceGroup: "network-rg", ...change });
  const build = (described: Place, passed: Place) => () => {
    const spec = { ...SMALL, network: { ...SMALL.network, virtualNetwork: network(described) } };
    const stack = new TeamStack(Testing.app(), "mine");
    const {
      name = "vnet",
      resourceGroup: resourceGroupName = "network-rg",
      subscriptionId,
    } = passed;
    const virtualNetwork = VirtualNetwork.fromLookup(stack, "net", {
      name,
      resourceGroup: resourceGroupName,
      subscriptionId,
    });
    return new TeamPermissions(stack, "grants", {
      team: GrantingTeam.NETWORK,
      plan: new ClusterPlan(spec),
      virtualNetwork,
    });
  };

  test.each<[string, Place, Place]>([
    ["the one of the description", {}, {}],
    ["in other letters", { resourceGroup: "NETWORK-rg" }, { name: "VNET" }],
    [
      "in a subscription that the description does not say",
      {},
      { subscriptionId: OTHER_SUBSCRIPTION },
    ],
    [
      "in the same subscription",
      { subscriptionId: OTHER_SUBSCRIPTION },
      { subscriptionId: OTHER_SUBSCRIPTION },
    ],
  ])("may be %s", (_, described, passed) => {
    expect(build(described, passed)).not.toThrow();
  });

  test.each<[string, Place, Place]>([
    ["of another name", {}, { name: "other" }],
    ["in another resource group", {}, { resourceGroup: "other-rg" }],
    [
      "in another subscription",
      { subscriptionId: OWN_SUBSCRIPTION },
      { subscriptionId: OTHER_SUBSCRIPTION },
    ],
  ])("might not be the same %s", (_, described, passed) => {
    expect(build(described, passed)).toThrow(/is not "vnet" of the description/);
  });
});

describe("a person whom two clusters grant the same", () => {
  const [ID, OTHER_ID] = [1, 2].map((digit) => `55555555-5555-4555-8555-55555555555${digit}`);
  const role = KubernetesRole.READER;
  const described = (principal: Principal, blue?: Principal): ClusterSpec => ({
    ...SMALL,
    name: blue ? "green" : "blue",
    identities: { ...SMALL.identities, kubelet: { name: "kubelet-mi" } },
    access: { kubernetes: [{ principal, role }] },
    permissions: { sharedWith: blue ? [described(blue)] : [] },
  });

  test.each<[string, Principal, Principal, string | undefined, boolean]>([
    ["by name", Principal.group("ops"), Principal.group("OPS"), "blue", false],
    ["by object id", Principal.group("ops", ID), Principal.group("admins", ID), "blue", false],
    [
      "by two object ids",
      Principal.group("ops", ID),
      Principal.group("ops", OTHER_ID),
      undefined,
      false,
    ],
    ["by two names", Principal.group("ops"), Principal.group("admins"), undefined, false],
    ["as two kinds", Principal.group("ops"), Principal.servicePrincipal("ops"), undefined, false],
    [
      "by name and by object id",
      Principal.group("ops"),
      Principal.group("ops", ID),
      undefined,
      true,
    ],
    [
      "by object id and by name",
      Principal.group("ops", ID),
      Principal.group("ops"),
      undefined,
      true,
    ],
    ["by another name", Principal.group("ops"), Principal.group("admins", ID), undefined, false],
  ])("%s", (_, blue, green, grantedFor, isUnsure) => {
    const spec = described(green, blue);
    const rows = new ClusterPlan(spec)._grants.filter(({ role: { name } }) =>
      name.startsWith("Azure Kubernetes Service RBAC"),
    );
    expect(rows.map((row) => row.grantedFor)).toEqual([grantedFor]);
    expect(codes(spec).includes("HAKS-OWN-010")).toBe(isUnsure);
  });
});

describe("a resource group in other letters", () => {
  const groups = (cluster: object, identities: object, change: Partial<ClusterSpec> = {}) => ({
    ...SMALL,
    ...change,
    resourceGroup: { name: "cluster-rg", ...cluster },
    identities: { resourceGroup: { name: "Cluster-RG", ...identities } },
  });
  const apart = (spec: ClusterSpec): ClusterSpec => ({
    ...spec,
    identities: { resourceGroup: { ...spec.identities!.resourceGroup!, name: "cluster-rg-2" } },
  });
  const create = { create: true };
  const access = { deployers: [DEPLOYERS] };
  const kubernetes = { kubernetes: [{ principal: DEPLOYERS, role: KubernetesRole.READER }] };

  test.each<[string, ClusterSpec]>([
    ["HAKS-ID-002", groups({}, {})],
    ["HAKS-ID-003", groups(create, {})],
    ["HAKS-ID-004", groups({}, {}, { access })],
  ])("is the same to %s", (code, spec) => {
    expect(codes(spec)).toContain(code);
    expect(codes(apart(spec))).not.toContain(code);
  });

  test("is the same to HAKS-ACC-005: the stack of the identities makes it in time", () => {
    const spec = groups(create, create, { access: kubernetes });
    expect(codes(spec)).not.toContain("HAKS-ACC-005");
    expect(codes(apart(spec))).toContain("HAKS-ACC-005");
  });

  test("is made once, with the identities", () => {
    const made = (spec: ClusterSpec) =>
      allStacksOf(spec).map((stack) =>
        Object.keys(render(stack).resource?.azurerm_resource_group ?? {}),
      );
    expect(made(groups(create, create))).toEqual([["identities"], [], []]);
    expect(made(apart(groups(create, create)))).toEqual([["identities"], [], ["cluster"]]);
  });

  test("is the same to clusters that share something", () => {
    const other = { ...SMALL, name: "other", resourceGroup: { name: "SHARED-rg", create: true } };
    const spec = (name: string): ClusterSpec => ({
      ...SMALL,
      resourceGroup: { name, create: true },
      permissions: { sharedWith: [other] },
    });
    expect(codes(spec("shared-rg"))).toContain("HAKS-OWN-008");
    expect(codes(spec("other-rg"))).not.toContain("HAKS-OWN-008");
  });

  test("holds the same identity", () => {
    const ids = (group: string) => ({
      id: `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/SMALL-cp-mi`,
      principalId: "66666666-6666-4666-8666-666666666661",
      clientId: "77777777-7777-4777-8777-777777777771",
    });
    const spec = (group: string): ClusterSpec => ({
      ...SMALL,
      identities: { controlPlane: { ids: ids(group), resourceGroup: "identity-rg" } },
    });
    expect(codes(spec("IDENTITY-rg"))).not.toContain("HAKS-ID-005");
    expect(codes(spec("identity"))).toContain("HAKS-ID-005");
  });

  test("holds the same resource, on which one row is enough", () => {
    const registry = (resourceGroup: string) =>
      ResourceReference.byName({ name: "images", resourceGroup });
    const scope = (group: string) =>
      GrantScope.resource("microsoft.ContainerRegistry/REGISTRIES", registry(group));
    const grantsOn = (group: string) =>
      new ClusterPlan({
        ...granting({ ...RECORDS, scope: scope(group) }),
        registries: [{ registry: registry("images-rg") }],
      })
        .review()
        .grants.filter(({ scope: { name } }) => name === "images");
    const kinds = (group: string) => grantsOn(group).map(({ scope: { kind } }) => kind);
    expect(new Set(kinds("IMAGES-RG"))).toEqual(new Set(["registry"]));
    expect(new Set(kinds("other-rg")).size).toBe(2);
  });
});
