// Who can act as whom: what an access review says of principals that reach an identity, and of Contributors on its resource group.
import {
  ActingWay,
  ClusterPlan,
  ClusterSpec,
  EffectiveRight,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  KubernetesRole,
  AdditionalGrant,
  Principal,
  Risk,
  ResourceReference,
  Role,
  RoleSet,
} from "../../lib";
import { riskOf } from "../../lib/review/risk";
import { DEPLOYERS, SMALL } from "../scenarios";
import { RECORDS, granting } from "./extension-rules";

const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const RECORDS_REGISTRY = ResourceReference.byName({ name: "records", resourceGroup: "records-rg" });
const OPERATORS = Principal.group("operators");

function rightsOf(principal: string, spec: ClusterSpec): EffectiveRight[] {
  return new ClusterPlan(spec)
    .review()
    .effectiveRights.filter((right) => right.principal === principal);
}

/** As whom a principal can act, in turn: `small-cp-mi > small-kubelet-mi`. */
function waysOf(principal: string, spec: ClusterSpec): string[] {
  const ways = rightsOf(principal, spec).map(({ via }) => via.join(" > "));
  return [...new Set(ways)].filter((way) => way !== "").sort();
}

function onIdentity(scope: GrantScope, ...actions: string[]): AdditionalGrant {
  return {
    ...RECORDS,
    team: GrantingTeam.IDENTITY,
    principal: GrantPrincipal.entra(OPERATORS),
    role: Role.builtIn("Operations", "12345678-1234-4234-8234-123456789012", actions),
    scope,
  };
}

describe("a right on an identity", () => {
  const registry = ResourceReference.byName({ name: "images", resourceGroup: "images-rg" });
  const spec = (...actions: string[]): ClusterSpec => ({
    ...granting(onIdentity(GrantScope.kubelet(), ...actions)),
    registries: [{ registry }],
  });

  test.each([
    ["assign it", `${IDENTITIES}/assign/action`],
    ["assign it, in other letters", `${IDENTITIES}/ASSIGN/action`.toUpperCase()],
    ["give it a federated credential", `${IDENTITIES}/federatedIdentityCredentials/write`],
    ["do everything with it", `${IDENTITIES}/*`],
    ["write what is in it", `${IDENTITIES}/*/write`],
    ["do any action", "Microsoft.ManagedIdentity/*/action"],
  ])("to %s is one to act as it", (_, action) => {
    expect(waysOf("operators", spec(action))).toEqual(["small-kubelet-mi"]);
    expect(rightsOf("operators", spec(action))).toContainEqual(
      expect.objectContaining({ via: ["small-kubelet-mi"], role: "AcrPull" }),
    );
  });

  test.each([
    ["read it", `${IDENTITIES}/read`],
    ["change it", `${IDENTITIES}/write`],
    ["read its credentials", `${IDENTITIES}/federatedIdentityCredentials/read`],
    ["take its credentials away", `${IDENTITIES}/federatedIdentityCredentials/delete`],
    ["read everything", "*/read"],
    ["revoke its tokens", `${IDENTITIES}/revokeTokens/action`],
  ])("to %s is none to act as it", (_, action) => {
    expect(waysOf("operators", spec(action))).toEqual([]);
    expect(rightsOf("operators", spec(action))).toHaveLength(1);
  });

  test("leads from identity to identity, each by the shortest way", () => {
    const assign = `${IDENTITIES}/assign/action`;
    const control = onIdentity(GrantScope.controlPlane(), assign);
    const both = [control, onIdentity(GrantScope.kubelet(), assign)];
    // The control plane may assign the kubelet identity.
    expect(waysOf("operators", { ...granting(control), registries: [{ registry }] })).toEqual([
      "small-cp-mi",
      "small-cp-mi > small-kubelet-mi",
    ]);
    expect(waysOf("operators", { ...granting(...both), registries: [{ registry }] })).toEqual([
      "small-cp-mi",
      "small-kubelet-mi",
    ]);
  });

  test("on something else is none to act as an identity", () => {
    const grant = onIdentity(GrantScope.virtualNetwork(), `${IDENTITIES}/assign/action`);
    expect(waysOf("operators", granting({ ...grant, team: GrantingTeam.NETWORK }))).toEqual([]);
  });
});

describe("the operations of a role", () => {
  const operationsOf = (grant: AdditionalGrant) => {
    const [own] = new ClusterPlan(granting(grant))
      .review()
      .grants.filter(({ reasons }) => reasons.some(({ feature }) => feature === RECORDS.feature));
    return own!.effectiveActions;
  };
  const all = `${IDENTITIES}/*`;
  const assign = `${IDENTITIES}/assign/action`;

  test("are counted, if the library knows the role", () => {
    const role = Role.builtIn(
      "Managed Identity Contributor",
      "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
    );
    const counted = operationsOf({ ...onIdentity(GrantScope.kubelet()), role });
    expect(counted).toContain(`${IDENTITIES}/write`);
    expect(counted.join()).not.toContain("*");
  });

  test("are counted, and shown as its patterns as well, if it may allow others, too", () => {
    const counted = operationsOf(onIdentity(GrantScope.kubelet(), all));
    expect(counted).toEqual(expect.arrayContaining([all, assign]));
  });

  test("are its patterns on a resource that the library does not know", () => {
    const kind = "Microsoft.Network/trafficManagerProfiles";
    const profile = ResourceReference.byName({ name: "example", resourceGroup: "dns-rg" });
    const scope = GrantScope.resource(kind, profile);
    const role = Role.builtIn("Mine", "mine", [`${kind}/*`]);
    expect(operationsOf({ ...RECORDS, role, scope })).toEqual([`${kind}/*`]);
  });
});

describe("an operation that no feature needs", () => {
  const joinIn = (roleSet: RoleSet) =>
    new ClusterPlan({ ...SMALL, permissions: { roleSet } })
      .review()
      .grants.find(({ scope }) => scope.kind === "subnet");
  const write = "Microsoft.Network/virtualNetworks/subnets/write";

  test("is allowed by a wide role", () => {
    const { excessActions = [], effectiveActions = [] } = joinIn(RoleSet.builtIn()) ?? {};
    expect(excessActions).toContain(write);
    expect(excessActions).not.toContain("Microsoft.Network/virtualNetworks/subnets/join/action");
    expect(effectiveActions).toEqual(expect.arrayContaining(excessActions));
    expect(effectiveActions).toEqual([...effectiveActions].sort());
  });

  test("is not allowed by the role with just what is needed", () => {
    const { excessActions, effectiveActions } = joinIn(RoleSet.minimal()) ?? {};
    expect(excessActions).toEqual([]);
    expect(effectiveActions).not.toContain(write);
    expect(effectiveActions).toContain("Microsoft.Network/virtualNetworks/subnets/join/action");
  });
});

describe("an identity in the cluster's resource group", () => {
  const inGroup = (name: string, change: Partial<ClusterSpec> = {}): ClusterSpec => ({
    ...SMALL,
    ...change,
    identities: { resourceGroup: { name } },
  });

  test.each([
    ["cluster-rg", ["small-cp-mi"]],
    ["CLUSTER-rg", ["small-cp-mi"]],
    ["cluster-rg-2", []],
  ])("is its Contributor's own: in %s", (group, ways) => {
    const access = { deployers: [DEPLOYERS] };
    expect(waysOf("Contributor on cluster-rg", inGroup(group))).toEqual(ways);
    // A deployer may assign it in any case; as Contributor, it needs no right for that.
    const rights = rightsOf(DEPLOYERS.name, inGroup(group, { access }));
    expect(rights.some(({ via }) => via.includes("small-cp-mi"))).toBe(true);
    expect(rightsOf("Contributor on cluster-rg", inGroup(group, { access }))).toEqual([]);
  });
});

test("steps to act as an identity say by what, also to one without rights", () => {
  const steps = (change: Partial<ClusterSpec>) =>
    new ClusterPlan({ ...SMALL, ...change }).review().actingSteps;
  const ofControlPlane = {
    principal: "small-cp-mi",
    identity: "small-kubelet-mi",
    by: ActingWay.ROLE,
  };
  const byOwner = (identity: string) => ({
    principal: "Contributor on cluster-rg",
    identity,
    by: ActingWay.OWNERSHIP,
  });
  expect(steps({})).toEqual([ofControlPlane]);
  expect(steps({ identities: { resourceGroup: { name: "cluster-rg" } } })).toEqual([
    byOwner("small-cp-mi"),
    byOwner("small-kubelet-mi"),
    ofControlPlane,
  ]);
  expect(steps({ access: { adminGroups: [Principal.group("admins")] } })).toEqual([
    { principal: "admins", identity: "small-kubelet-mi", by: ActingWay.PODS },
    ofControlPlane,
  ]);
});

describe("a principal that may create pods", () => {
  const pulling = { ...SMALL, registries: [{ registry: RECORDS_REGISTRY }] };
  const admins = Principal.group("admins");
  const withRole = (role: KubernetesRole): ClusterSpec => ({
    ...pulling,
    access: { kubernetes: [{ principal: admins, role }] },
  });

  test.each([
    [KubernetesRole.CLUSTER_ADMIN, ["small-kubelet-mi"]],
    [KubernetesRole.WRITER, ["small-kubelet-mi"]],
    [KubernetesRole.READER, []],
    [KubernetesRole.CLUSTER_USER, []],
  ])("with the role %s can act as %j", (role, identities) => {
    expect(waysOf("admins", withRole(role))).toEqual(identities);
  });

  test("in another cluster cannot act as the identity of this one", () => {
    const elsewhere = GrantScope.resource(
      "Microsoft.ContainerService/managedClusters",
      ResourceReference.byName({ name: "thing", resourceGroup: "x-rg" }),
    );
    const grant = { ...onIdentity(elsewhere), role: Role.AKS_RBAC_WRITER };
    const spec = { ...pulling, permissions: { additionalGrants: [grant] } };
    expect(rightsOf("operators", spec)).toHaveLength(1);
    expect(waysOf("operators", spec)).toEqual([]);
  });

  test("because the cluster names its group can act as the kubelet identity", () => {
    expect(waysOf("admins", { ...pulling, access: { adminGroups: [admins] } })).toEqual([
      "small-kubelet-mi",
    ]);
    expect(waysOf("admins", pulling)).toEqual([]);
  });

  test("and do all else has everything in Kubernetes, which is not counted", () => {
    const review = new ClusterPlan(withRole(KubernetesRole.CLUSTER_ADMIN)).review();
    const [counted] = review.excess.filter(({ principal }) => principal === "admins");
    const wildcard = "Microsoft.ContainerService/managedClusters/*";
    expect(counted).toMatchObject({ wildcards: [wildcard], excess: 0 });
    expect(counted!.granted).toBeLessThan(10);
    const reader = new ClusterPlan(withRole(KubernetesRole.READER)).review().excess;
    expect(reader.find(({ principal }) => principal === "admins")?.wildcards).toBeUndefined();
  });
});

test.each([
  ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", Risk.ESCALATION],
  [
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    Risk.ESCALATION,
  ],
  ["Microsoft.ManagedIdentity/userAssignedIdentities/*", Risk.ESCALATION],
  ["Microsoft.Authorization/roleAssignments/write", Risk.ESCALATION],
  ["*", Risk.ESCALATION],
  ["Microsoft.ContainerService/managedClusters/*", Risk.ESCALATION],
  ["Microsoft.Authorization/roleAssignments/read", Risk.READ],
  ["Microsoft.ManagedIdentity/userAssignedIdentities/read", Risk.READ],
  ["Microsoft.OperationalInsights/workspaces/sharedKeys/action", Risk.CREDENTIALS],
  ["Microsoft.OperationalInsights/workspaces/sharedKeys/read", Risk.CREDENTIALS],
  ["Microsoft.Storage/storageAccounts/listKeys/action", Risk.CREDENTIALS],
  [
    "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    Risk.CREDENTIALS,
  ],
  ["Microsoft.ContainerService/managedClusters/secrets/read", Risk.CREDENTIALS],
  ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action", Risk.READ],
  ["Microsoft.Network/virtualNetworks/subnets/write", Risk.NETWORK],
  ["Microsoft.Network/privateDnsZones/A/*", Risk.NETWORK],
  ["Microsoft.Network/virtualNetworks/subnets/join/action", Risk.READ],
  ["Microsoft.Network/virtualNetworks/subnets/joinLoadBalancer/action", Risk.READ],
  ["Microsoft.ContainerRegistry/registries/pull/read", Risk.DATA],
  ["Microsoft.KeyVault/vaults/keys/decrypt/action", Risk.DATA],
  ["Microsoft.ContainerService/managedClusters/pods/read", Risk.DATA],
  ["Microsoft.Compute/disks/write", Risk.CHANGE],
  ["Microsoft.Compute/virtualMachines/write", Risk.CHANGE],
  ...["runCommand/action", "runCommands/write", "extensions/write", "*"].flatMap((operation) =>
    ["virtualMachines", "virtualMachineScaleSets/virtualMachines"].map((type): [string, Risk] => [
      `Microsoft.Compute/${type}/${operation}`,
      Risk.ESCALATION,
    ]),
  ),
  ["Microsoft.Compute/virtualMachineScaleSets/extensions/write", Risk.ESCALATION],
  ["*/read", Risk.READ],
  ["Microsoft.ManagedIdentity/userAssignedIdentities/*/read", Risk.READ],
  ["Microsoft.ContainerService/managedClusters/agentPools/read", Risk.READ],
  ["Microsoft.ContainerService/managedClusters/runCommand/action", Risk.ESCALATION],
  ["Microsoft.ContainerService/managedClusters/apps/deployments/write", Risk.ESCALATION],
  ["Microsoft.ContainerService/managedClusters/pods/*", Risk.ESCALATION],
  ["Microsoft.ManagedIdentity/*", Risk.ESCALATION],
  ["Microsoft.Storage/storageAccounts/*", Risk.CREDENTIALS],
  ["Microsoft.ContainerRegistry/registries/listCredentials/action", Risk.CREDENTIALS],
  ["Microsoft.KeyVault/vaults/*", Risk.CREDENTIALS],
])("the risk of %s is %s", (operation, risk) => {
  expect(riskOf([operation, "Microsoft.Network/virtualNetworks/read"])).toBe(risk);
});

test("identities in the cluster's resource group are not those of a person who deploys nothing", () => {
  const spec: ClusterSpec = {
    ...granting(onIdentity(GrantScope.kubelet(), `${IDENTITIES}/read`)),
    identities: { resourceGroup: { name: "cluster-rg" } },
    access: { deployers: [DEPLOYERS] },
  };
  expect(waysOf("operators", spec)).toEqual([]);
  expect(waysOf(DEPLOYERS.name, spec)).toEqual(["small-cp-mi"]);
});

describe("paths to the network", () => {
  const pathsOf = (spec: ClusterSpec) =>
    new ClusterPlan(spec)
      .review()
      .pathsToNetwork.map(
        ({ principal, via, scope }) => `${[principal, ...via].join(" > ")}: ${scope.name}`,
      );

  test("are those of people, and never those of the identities themselves", () => {
    expect(pathsOf(SMALL)).toEqual([]);
    expect(pathsOf({ ...SMALL, access: { deployers: [DEPLOYERS] } })).toEqual([
      "platform-engineers: nodes",
      "platform-engineers: vnet",
      "platform-engineers > small-cp-mi: nodes",
      "platform-engineers > small-cp-mi: vnet",
    ]);
  });

  test("are such whichever team grants them", () => {
    const permissions = {
      grantedBy: { subnet: GrantingTeam.IDENTITY, virtualNetwork: GrantingTeam.IDENTITY },
    };
    const paths = pathsOf({ ...SMALL, permissions, access: { deployers: [DEPLOYERS] } });
    expect(paths).toHaveLength(4);
  });
});

test("a review tells where things are, and in which subscription", () => {
  const spec: ClusterSpec = {
    ...SMALL,
    access: { kubernetes: [{ principal: DEPLOYERS, role: KubernetesRole.CLUSTER_USER }] },
    registries: [
      {
        registry: ResourceReference.byName({
          name: "images",
          resourceGroup: "images-rg",
          subscriptionId: "33333333-3333-4333-8333-333333333333",
        }),
      },
    ],
  };
  const subscriptionId = "22222222-2222-4222-8222-222222222222";
  const places = (written?: string) =>
    new ClusterPlan({ ...spec, subscriptionId: written })
      .review()
      .grants.map(({ scope }) => [
        scope.name,
        scope.resourceGroup,
        scope.parent,
        scope.subscriptionId,
      ]);
  expect(places(subscriptionId)).toEqual([
    ["cluster-rg", "cluster-rg", undefined, subscriptionId],
    ["small-kubelet-mi", "identity-rg", undefined, subscriptionId],
    ["nodes", "network-rg", "vnet", subscriptionId],
    ["vnet", "network-rg", undefined, subscriptionId],
    ["images", "images-rg", undefined, "33333333-3333-4333-8333-333333333333"],
  ]);
  expect(places()[1]).toEqual(["small-kubelet-mi", "identity-rg", undefined, undefined]);
});
