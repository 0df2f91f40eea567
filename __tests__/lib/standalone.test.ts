// A cluster with its identities and their rights in one stack, and the rights from separate stacks.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Subnet as NewSubnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork as NewNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { Lazy, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  ClusterIdentities,
  ClusterPlan,
  ClusterSpec,
  ContainerRegistry,
  DiskEncryption,
  EntraPrincipal,
  ExceptionName,
  HardenedCluster,
  IdentityIds,
  KubernetesRole,
  ManagedIdentity,
  PreflightMode,
  Principal,
  PrivateDns,
  ResourceReference,
  RoleSet,
  StandaloneCluster,
  StandaloneClusterProps,
  Subnet,
  TeamPermissions,
  TeamStack,
  VirtualNetwork,
} from "../../lib";
import {
  DEPLOYERS,
  HUB_ZONE,
  SMALL,
  idOf,
  render,
  allStacksOf,
  stacksOf,
  stackJson,
} from "../scenarios";
import { RECORDS } from "./extension-rules";

describe("a standalone cluster", () => {
  const standalone = (props: Partial<StandaloneClusterProps>) => {
    const stack = new TeamStack(Testing.app(), "all");
    const made = new StandaloneCluster(stack, "small", { plan: new ClusterPlan(SMALL), ...props });
    return { stack, made };
  };

  test("makes what the three stacks make, and waits for its rights", () => {
    const { stack, made } = standalone({});
    const { resource = {}, data = {} } = render(stack);
    const types = allStacksOf(SMALL).flatMap((one) =>
      Object.entries(render(one).resource ?? {}).flatMap(([type, all]) =>
        Object.keys(all).map(() => type),
      ),
    );
    const own = Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map(() => type));
    expect(own.sort()).toEqual(types.sort());
    expect(made.grants).toHaveLength(new ClusterPlan(SMALL)._grants.length);
    expect(resource.azurerm_kubernetes_cluster?.small?.depends_on).toHaveLength(made.grants.length);
    expect(data).not.toHaveProperty("azurerm_role_assignments");
    expect(data).not.toHaveProperty("azurerm_user_assigned_identity");
  });

  test("makes its resource groups, and keeps what is not to go", () => {
    const groups = (spec: ClusterSpec, preventDestroy?: boolean) => {
      const { resource = {} } = render(
        standalone({ plan: new ClusterPlan(spec), preventDestroy }).stack,
      );
      return Object.entries({
        ...resource.azurerm_resource_group,
        ...resource.azurerm_user_assigned_identity,
      }).map(([name, { lifecycle }]) => [name, lifecycle]);
    };
    const create = { name: "cluster-rg", create: true };
    const kept = { prevent_destroy: true };
    expect(groups({ ...SMALL, resourceGroup: create })).toEqual([
      ["small_cluster", kept],
      ["small_control_plane", kept],
      ["small_kubelet", kept],
    ]);
    expect(groups({ ...SMALL, resourceGroup: create, identities: undefined })).toEqual([
      ["small_identities", kept],
      ["small_control_plane", kept],
      ["small_kubelet", kept],
    ]);
    const exceptions = [
      { name: ExceptionName.REPLACEABLE_CLUSTER, reason: "It is part of this test." },
    ];
    expect(groups({ ...SMALL, resourceGroup: create, exceptions })).toEqual([
      ["small_cluster", undefined],
      ["small_control_plane", kept],
      ["small_kubelet", kept],
    ]);
    expect(groups({ ...SMALL, resourceGroup: create, identities: undefined }, false)).toEqual([
      ["small_identities", undefined],
      ["small_control_plane", undefined],
      ["small_kubelet", undefined],
    ]);
  });

  test("has what a description can have", () => {
    const spec = {
      ...SMALL,
      privateDns: HUB_ZONE,
      diskEncryption: DiskEncryption.customerManaged(
        ResourceReference.byName({ name: "des", resourceGroup: "keys-rg" }),
      ),
      permissions: { roleSet: RoleSet.minimal(), additionalGrants: [RECORDS] },
    };
    const { stack } = standalone({ plan: new ClusterPlan(spec) });
    expect(Testing.synth(stack, true)).toHaveResourceWithProperties(KubernetesCluster, {
      private_dns_zone_id: HUB_ZONE.zone?.id,
    });
    expect(Object.keys(render(stack).resource?.azurerm_role_definition ?? {}).length).toBe(5);
  });

  test("looks up each principal and scope of both teams once", () => {
    const registry = ResourceReference.byName({ name: "images", resourceGroup: "images-rg" });
    const spec = {
      ...SMALL,
      access: { deployers: [DEPLOYERS] },
      registries: [{ registry }],
      permissions: { additionalGrants: [RECORDS] },
    };
    const teams = new ClusterPlan(spec)._grants.filter(({ principal }) => principal.principal);
    expect(new Set(teams.map(({ team }) => team)).size).toBe(2);
    const { stack, made } = standalone({ plan: new ClusterPlan(spec) });
    expect(() => Testing.synth(stack, true)).not.toThrow();
    expect(made.grants).toHaveLength(new ClusterPlan(spec)._grants.length);
  });

  test("grants Kubernetes roles on a resource group that it makes", () => {
    const spec: ClusterSpec = {
      ...SMALL,
      resourceGroup: { name: "cluster-rg", create: true },
      access: { kubernetes: [{ principal: DEPLOYERS, role: KubernetesRole.ADMIN }] },
    };
    const { resource = {} } = render(standalone({ plan: new ClusterPlan(spec) }).stack);
    expect(Object.values(resource.azurerm_role_assignment ?? {})).toContainEqual(
      expect.objectContaining({ scope: "${azurerm_resource_group.small_cluster.id}" }),
    );
    expect(() => stacksOf(spec)).toThrow("HAKS-ACC-005");
  });

  test("does not grant what another one in the stack grants already", () => {
    const { stack } = standalone({
      plan: new ClusterPlan({ ...SMALL, access: { deployers: [DEPLOYERS] } }),
    });
    const second = {
      ...SMALL,
      name: "second",
      resourceGroup: { name: "second-rg" },
      access: { deployers: [DEPLOYERS] },
    };
    new StandaloneCluster(stack, "second", { plan: new ClusterPlan(second) });
    expect(() => Testing.synth(stack, true)).toThrow(
      /\[all\/second\/the grants\] .*from all\/small\/the grants already, and Azure knows it only once\. Name the cluster "small" in permissions\.sharedWith\./,
    );
    const other = standalone({
      plan: new ClusterPlan({ ...SMALL, access: { deployers: [DEPLOYERS] } }),
    }).stack;
    const permissions = { sharedWith: [{ ...SMALL, access: { deployers: [DEPLOYERS] } }] };
    new StandaloneCluster(other, "second", { plan: new ClusterPlan({ ...second, permissions }) });
    expect(() => Testing.synth(other, true)).not.toThrow();
  });

  test("is not made of what breaks a rule", () => {
    const spec = { ...SMALL, privateDns: PrivateDns.none() };
    expect(() => standalone({ plan: new ClusterPlan(spec) })).toThrow(/^\[all\/small\] HAKS-/);
  });
});

function identity(scope: Construct, change: Partial<IdentityIds>, name = "x") {
  const ids = {
    id: idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "x"),
    principalId: GUID,
    clientId: GUID,
  };
  return ManagedIdentity.fromIds(scope, "x", { ...ids, ...change }, name);
}

const NETWORK_ID =
  "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/network-rg/providers/Microsoft.Network/virtualNetworks/vnet";

function clusterIn(
  stack: TeamStack,
  spec: ClusterSpec,
  virtualNetworkId: string,
  subnetIds?: { [name: string]: string },
) {
  return new HardenedCluster(stack, "cluster", {
    plan: new ClusterPlan(spec),
    identities: ClusterIdentities.fromPlan(stack, "identities", new ClusterPlan(spec)),
    virtualNetwork: VirtualNetwork.fromAttributes(stack, "vnet", { virtualNetworkId, subnetIds }),
  });
}

const GUID = "55555555-5555-4555-8555-555555555555";

describe("a cluster in a separate stack", () => {
  test("waits for a subnet that is made there, also if the network is not looked at", () => {
    const stack = new TeamStack(Testing.app(), "all");
    const subnet = new NewSubnet(stack, "nodes", {
      name: "nodes",
      virtualNetworkName: "vnet",
      resourceGroupName: "network-rg",
      addressPrefixes: ["10.1.0.0/24"],
    });
    const spec: ClusterSpec = { ...SMALL, preflight: { network: PreflightMode.OFF } };
    clusterIn(stack, spec, NETWORK_ID, { [spec.network.nodeSubnet]: subnet.id });
    expect(JSON.stringify(render(stack).resource?.azurerm_kubernetes_cluster)).toContain(
      '"vnet_subnet_id":"${azurerm_subnet.nodes.id}"',
    );
  });

  test("is in the network that rights are granted on", () => {
    const stack = new TeamStack(Testing.app(), "all");
    const other = NETWORK_ID.replace("vnet", "other");
    expect(() => clusterIn(stack, SMALL, other)).toThrow(
      '[all/cluster] The virtual network "other" is not "vnet" of the description',
    );
    const virtualNetwork = VirtualNetwork.fromAttributes(stack, "other", {
      virtualNetworkId: other,
    });
    expect(
      () => new TeamPermissions(stack, "grants", { plan: new ClusterPlan(SMALL), virtualNetwork }),
    ).toThrow('[all/grants] The virtual network "other" is not');
  });

  test("is in a subnet that is made, if the network is made", () => {
    const stack = new TeamStack(Testing.app(), "all");
    const network = new NewNetwork(stack, "network", {
      name: "vnet",
      location: "westeurope",
      resourceGroupName: "network-rg",
      addressSpace: ["10.1.0.0/16"],
    });
    expect(() => clusterIn(stack, SMALL, network.id, { node: "x" })).toThrow(
      '[all/vnet] This stack creates the network, and subnetIds has no subnet "nodes", but node.',
    );
  });

  test("needs resource groups that a stack creates", () => {
    const resourceGroup = { name: "made-rg", create: true };
    const missing = (field: string) =>
      `The resource group "made-rg" is missing: ${field}.create says that it is created.`;
    const stack = new TeamStack(Testing.app(), "all");
    expect(() => clusterIn(stack, { ...SMALL, resourceGroup }, NETWORK_ID)).toThrow(
      missing("resourceGroup"),
    );
    const spec = { ...SMALL, identities: { resourceGroup } };
    expect(() => new ClusterIdentities(stack, "new", { plan: new ClusterPlan(spec) })).toThrow(
      missing("identities.resourceGroup"),
    );
  });

  test("may have subnets whose names differ in a sign alone", () => {
    const spec = {
      ...SMALL,
      network: { ...SMALL.network, nodeSubnet: "a.b", loadBalancerSubnets: ["a-b"] },
    };
    expect(new ClusterPlan(spec).findings.filter(({ severity }) => severity === "error")).toEqual(
      [],
    );
    expect(() => Testing.synth(stacksOf(spec).cluster, true)).not.toThrow();
    expect(() => Testing.synth(stacksOf(spec).networkPermissions, true)).not.toThrow();
  });

  test("has locks on its identities that go before the role assignments on them", () => {
    const spec: ClusterSpec = { ...SMALL, identities: { ...SMALL.identities, locked: true } };
    const on = (kind: string) =>
      new ClusterPlan(spec)._grants
        .filter(({ scope }) => scope.kind === kind)
        .map(({ address }) => `azurerm_role_assignment.${address}`);
    const { resource = {} } = stackJson(spec, "identities");
    const waits = Object.values(resource.azurerm_management_lock ?? {}).map(
      (lock) => lock.depends_on,
    );
    expect(waits).toEqual([
      [...on("controlPlane"), ...on("kubelet")],
      [...on("controlPlane"), ...on("kubelet")],
    ]);
    expect(on("kubelet").length).toBeGreaterThan(0);
  });

  test.each<[string, (stack: TeamStack) => unknown]>([
    ["a principal", (s) => new EntraPrincipal(s, "x", Principal.group("g", "g"))],
    ["an identity", (s) => identity(s, { principalId: "me" })],
    ["an identity", (s) => identity(s, { clientId: "me" })],
  ])("refuses a false object id or client id of %s", (_, make) => {
    expect(() => make(new TeamStack(Testing.app(), "all"))).toThrow(/^\[all\/x\] ".+" is no /);
  });

  test("creates each role assignment once", () => {
    const stack = new TeamStack(Testing.app(), "all");
    const registry = ContainerRegistry.fromRegistryId(
      stack,
      "images",
      idOf("Microsoft.ContainerRegistry/registries", "images"),
    );
    const one = identity(stack, {});
    expect(registry.grantPull(one).fqn).toBe(registry.grantPull(one).fqn);
    const place = new Construct(stack, "other");
    const other = identity(place, { principalId: GUID.replace(/5/g, "6") });
    expect(() => registry.grantPull(other)).toThrow(
      '[all/images/pull-x] There is a grant to another principal of the name "x" already. Use new Grant',
    );
    const unnamed = identity(
      new Construct(stack, "unnamed"),
      {},
      Lazy.stringValue({ produce: () => "x" }),
    );
    expect(() => registry.grantPull(unnamed)).toThrow(
      "[all/images] The name of the grantee is known",
    );
  });

  test.each([
    [
      "a network",
      (s: TeamStack, id: string) => VirtualNetwork.fromAttributes(s, "x", { virtualNetworkId: id }),
    ],
    ["a subnet", (s: TeamStack, id: string) => Subnet.fromSubnetId(s, "x", id)],
    ["a registry", (s: TeamStack, id: string) => ContainerRegistry.fromRegistryId(s, "x", id)],
    [
      "an identity",
      (s: TeamStack, id: string) =>
        ManagedIdentity.fromIds(s, "x", { id: id, principalId: GUID, clientId: GUID }, "x"),
    ],
  ])("refuses the id of something else as that of %s", (_, make) => {
    const stack = new TeamStack(Testing.app(), "all");
    for (const id of [idOf("Microsoft.Storage/storageAccounts", "s"), "vnet", "/subscriptions/s"]) {
      expect(() => make(stack, id)).toThrow(
        /^\[all\/x\] ".*" is not the id of a resource of type Microsoft\.[A-Za-z]+\/[A-Za-z/]+\. Use \/sub/,
      );
    }
    expect(() => make(stack, "${azurerm_made.it.id}")).not.toThrow();
  });
});
