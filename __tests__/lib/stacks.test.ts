// The stacks and the constructs in them, as library users meet them.
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { DataAzureadGroup } from "@cdktf/provider-azuread/lib/data-azuread-group";
import { DataAzureadServicePrincipal } from "@cdktf/provider-azuread/lib/data-azuread-service-principal";
import { App, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  BackendType,
  ClusterIdentities,
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  ContainerRegistry,
  DataPlane,
  Egress,
  ExceptionName,
  GrantingTeam,
  ManagedIdentity,
  PodNetwork,
  Principal,
  ResourceReference,
  StandaloneCluster,
  Subnet,
  TeamPermissions,
  TeamStack,
  UpgradeChannel,
} from "../../lib";
import {
  ClusterStack,
  IdentitiesStack,
  NetworkPermissionsStack,
} from "../../lib/stacks/stacks-by-team";
import { describeFinding } from "../../lib/rules/check";
import {
  DEPLOYERS,
  HUB_ZONE,
  OTHER_SUBSCRIPTION,
  SMALL,
  addressesOf,
  idOf,
  inScratch,
  movesOf,
  render,
  allStacksOf,
  stacksOf,
  stackJson,
} from "../scenarios";

function clusterOf(spec: ClusterSpec): string {
  return Testing.synth(stacksOf(spec).cluster, true);
}

describe("the cluster stack", () => {
  const evil = (scope: Construct) =>
    new RoleAssignment(scope, "evil", {
      scope: idOf("Microsoft.Network/virtualNetworks", "vnet"),
      roleDefinitionName: "Reader",
      principalId: DEPLOYERS.objectId ?? "",
    });
  const message =
    /\[small-cluster\/mine\/evil\] azurerm_role_assignment grants rights, and the cluster stack must not/;

  test("refuses an added role assignment, with its construct path", () => {
    inScratch((outdir) => {
      const app = new App({ outdir });
      const { cluster } = new ClusterStacks(app, { plan: new ClusterPlan(SMALL) });
      evil(new Construct(cluster, "mine"));
      expect(() => {
        app.synth();
      }).toThrow(message);
    });
  });

  test("refuses it also where validations do not run", () => {
    const { cluster } = stacksOf(SMALL);
    evil(new Construct(cluster, "mine"));
    expect(() => Testing.synth(cluster)).toThrow(message);
  });

  test("refuses it as an override", () => {
    const { cluster } = stacksOf(SMALL);
    cluster.addOverride("resource.azurerm_role_definition.evil", { name: "evil" });
    expect(() => Testing.synth(cluster)).toThrow(/small-cluster: azurerm_role_definition.evil/);
  });

  test("refuses what only an owner may write", () => {
    const { cluster, hardenedCluster } = stacksOf(SMALL);
    const scope = hardenedCluster.clusterId;
    new ManagementLock(cluster, "lock", { name: "lock", scope, lockLevel: "CanNotDelete" });
    expect(() => Testing.synth(cluster, true)).toThrow(
      /\[small-cluster\/lock\] azurerm_management_lock/,
    );
  });

  test("takes what a Contributor may write", () => {
    const { cluster } = stacksOf(SMALL);
    new StorageAccount(cluster, "mine", {
      name: "mine",
      location: "westeurope",
      resourceGroupName: "cluster-rg",
      accountTier: "Standard",
      accountReplicationType: "LRS",
    });
    expect(addressesOf(render(cluster))).toContain("azurerm_storage_account.mine");
  });

  test("waits for the other two when one person deploys everything", () => {
    const { identities, networkPermissions, cluster } = stacksOf(SMALL);
    expect(cluster.dependencies).toEqual([networkPermissions]);
    expect(networkPermissions.dependencies).toEqual([identities]);
  });

  test("creates its resource group only if the description asks for it and no other stack creates it", () => {
    const groups = (spec: ClusterSpec) =>
      allStacksOf(spec).map((stack) => {
        const { resource = {} } = render(stack);
        return Object.keys(resource.azurerm_resource_group ?? {});
      });
    const create = { name: "cluster-rg", create: true };
    expect(groups(SMALL)).toEqual([[], [], []]);
    expect(groups({ ...SMALL, resourceGroup: create })).toEqual([[], [], ["cluster"]]);
    expect(groups({ ...SMALL, resourceGroup: create, identities: undefined })).toEqual([
      ["identities"],
      [],
      [],
    ]);
  });
});

describe("the cluster", () => {
  test("is hardened without being told", () => {
    expect(clusterOf(SMALL)).toHaveResourceWithProperties(KubernetesCluster, {
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      run_command_enabled: false,
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: false,
      private_dns_zone_id: "System",
      automatic_upgrade_channel: "stable",
      node_os_upgrade_channel: "NodeImage",
      azure_active_directory_role_based_access_control: {
        azure_rbac_enabled: true,
        tenant_id: "${data.azurerm_client_config.current.tenant_id}",
      },
    });
  });

  test.each<[string, Partial<ClusterSpec["network"]>, object]>([
    ["overlay with Cilium", {}, { network_plugin_mode: "overlay", network_policy: "cilium" }],
    [
      "overlay with Calico",
      { dataPlane: DataPlane.AZURE },
      { network_data_plane: "azure", network_policy: "calico" },
    ],
    [
      "a route table",
      { egress: Egress.userDefinedRouting() },
      { outbound_type: "userDefinedRouting" },
    ],
    ["a NAT gateway", { egress: Egress.natGateway() }, { outbound_type: "userAssignedNATGateway" }],
    ["ranges", { serviceCidr: "10.7.0.0/16" }, { dns_service_ip: "10.7.0.10" }],
  ])("has a network with %s", (_, network, expected) => {
    expect(
      clusterOf({ ...SMALL, network: { ...SMALL.network, ...network } }),
    ).toHaveResourceWithProperties(KubernetesCluster, {
      network_profile: expect.objectContaining(expected) as object,
    });
  });

  test("with a flat network has no pod range", () => {
    const spec = { ...SMALL, network: { ...SMALL.network, podNetwork: PodNetwork.flat() } };
    const profile = (of: ClusterSpec) => {
      const { resource = {} } = stackJson(of, "cluster");
      return resource.azurerm_kubernetes_cluster?.cluster?.network_profile;
    };
    expect(profile(spec)).not.toHaveProperty("pod_cidr");
    expect(profile(spec)).not.toHaveProperty("network_plugin_mode");
    expect(profile(SMALL)).toHaveProperty("pod_cidr", "10.244.0.0/16");
  });

  test("with a zone that exists uses it, by id or by name", () => {
    expect(clusterOf({ ...SMALL, privateDns: HUB_ZONE })).toHaveResourceWithProperties(
      KubernetesCluster,
      { private_dns_zone_id: HUB_ZONE.zone?.id },
    );
  });

  test("lets only the autoscaler change the number of nodes", () => {
    const spec = {
      ...SMALL,
      nodePools: {
        system: SMALL.nodePools.system,
        user: [{ name: "apps", vmSize: "Standard_D4ds_v5", maxCount: 9, zones: ["3", "1", "2"] }],
      },
    };
    const json = clusterOf(spec);
    expect(json).toHaveResourceWithProperties(KubernetesClusterNodePool, {
      auto_scaling_enabled: true,
      min_count: 3,
      max_count: 9,
      zones: ["3", "1", "2"],
      lifecycle: {
        ignore_changes: [
          "node_count",
          "upgrade_settings[0].drain_timeout_in_minutes",
          "upgrade_settings[0].undrainable_node_behavior",
        ],
      },
    });
    expect(json).toHaveResourceWithProperties(KubernetesCluster, {
      default_node_pool: expect.objectContaining({
        auto_scaling_enabled: true,
        min_count: 3,
        max_count: 3,
      }) as object,
      lifecycle: expect.objectContaining({
        ignore_changes: [
          "kubelet_identity",
          "upgrade_override",
          "default_node_pool[0].node_count",
          "default_node_pool[0].upgrade_settings[0].drain_timeout_in_minutes",
          "default_node_pool[0].upgrade_settings[0].undrainable_node_behavior",
        ],
      }) as object,
    });
  });

  test("sends its logs to the workspace, and only if there is one", () => {
    const diagnostics = (spec: ClusterSpec) =>
      stackJson(spec, "cluster").resource?.azurerm_monitor_diagnostic_setting;
    expect(diagnostics(SMALL)).toMatchObject({
      cluster_audit: { target_resource_id: "${azurerm_kubernetes_cluster.cluster.id}" },
    });
    const exceptions = [{ name: ExceptionName.NO_MONITORING, reason: "It is part of this test." }];
    expect(diagnostics({ ...SMALL, monitoring: undefined, exceptions })).toBeUndefined();
  });

  test("with a version follows its patches", () => {
    expect(clusterOf({ ...SMALL, kubernetesVersion: "1.36" })).toHaveResourceWithProperties(
      KubernetesCluster,
      { kubernetes_version: "1.36", automatic_upgrade_channel: "patch" },
    );
  });

  test("upgrades its pools with itself where AKS upgrades neither", () => {
    const versionsWith = (spec: Partial<ClusterSpec>) => {
      const { resource = {} } = stackJson({ ...SMALL, ...spec }, "cluster");
      const { cluster } = resource.azurerm_kubernetes_cluster!;
      const pools = Object.values(resource.azurerm_kubernetes_cluster_node_pool!);
      return [cluster!.default_node_pool as object, ...pools].map(
        (pool) => (pool as { orchestrator_version?: string }).orchestrator_version,
      );
    };
    const none: Partial<ClusterSpec> = {
      upgrades: { channel: UpgradeChannel.NONE },
      exceptions: [{ name: ExceptionName.NO_UPGRADES, reason: "The pipeline upgrades it." }],
    };
    expect(versionsWith({ ...none, kubernetesVersion: "1.36" })).toEqual(["1.36", "1.36"]);
    expect(versionsWith(none)).toEqual([undefined, undefined]);
    expect(versionsWith({ kubernetesVersion: "1.36" })).toEqual([undefined, undefined]);
  });
});

describe("identities", () => {
  test("that exist are looked up, and not made", () => {
    const { identities } = stacksOf({
      ...SMALL,
      identities: {
        resourceGroup: { name: "identity-rg" },
        kubelet: { name: "shared-mi", existing: true },
      },
    });
    const addresses = addressesOf(render(identities));
    expect(addresses).toContain("data.azurerm_user_assigned_identity.kubelet");
    expect(addresses).not.toContain("azurerm_user_assigned_identity.kubelet");
    expect(addresses).toContain("azurerm_user_assigned_identity.control_plane");
  });

  test("given by their ids are not read by the other teams", () => {
    const ids = (name: string, digit: string) => ({
      id: idOf("Microsoft.ManagedIdentity/userAssignedIdentities", name).replace(
        "hub-rg",
        "identity-rg",
      ),
      principalId: `66666666-6666-4666-8666-66666666666${digit}`,
      clientId: `77777777-7777-4777-8777-77777777777${digit}`,
    });
    const kubelet = ids("small-kubelet-mi", "2");
    const { networkPermissions, cluster } = stacksOf({
      ...SMALL,
      identities: {
        resourceGroup: { name: "identity-rg" },
        controlPlane: { ids: ids("small-cp-mi", "1") },
        kubelet: { ids: kubelet },
      },
    });
    expect(Testing.synth(cluster)).toHaveResourceWithProperties(KubernetesCluster, {
      kubelet_identity: {
        user_assigned_identity_id: kubelet.id,
        object_id: kubelet.principalId,
        client_id: kubelet.clientId,
      },
    });
    for (const stack of [networkPermissions, cluster]) {
      expect(addressesOf(render(stack)).join()).not.toContain("user_assigned_identity");
    }
  });

  test("are outputs for the other teams", () => {
    expect(Object.keys(stackJson(SMALL, "identities").output ?? {})).toEqual([
      "control_plane_identity_client_id",
      "control_plane_identity_id",
      "control_plane_identity_principal_id",
      "kubelet_identity_client_id",
      "kubelet_identity_id",
      "kubelet_identity_principal_id",
    ]);
  });
});

describe("the network permissions stack", () => {
  test("holds nothing but lookups and grants", () => {
    const { resource = {}, output } = render(
      stacksOf({ ...SMALL, access: { deployers: [DEPLOYERS] } }).networkPermissions,
    );
    expect(Object.keys(resource)).toEqual(["azurerm_role_assignment"]);
    expect(output).toBeUndefined();
  });

  test("looks groups and service principals up by name, and takes their object id", () => {
    const deployers = [
      Principal.group("Platform Engineers"),
      Principal.servicePrincipal("pipeline"),
    ];
    const stack = stacksOf({ ...SMALL, access: { deployers } }).networkPermissions;
    const json = Testing.synth(stack, true);
    expect(json).toHaveDataSourceWithProperties(DataAzureadGroup, {
      display_name: "Platform Engineers",
    });
    expect(json).toHaveDataSourceWithProperties(DataAzureadServicePrincipal, {
      display_name: "pipeline",
    });
    expect(json).toHaveResourceWithProperties(RoleAssignment, {
      principal_id: "${data.azuread_service_principal.pipeline.object_id}",
      principal_type: "ServicePrincipal",
    });
    expect(render(stack).terraform.required_providers).toMatchObject({
      azuread: { source: "hashicorp/azuread", version: "~> 3.7" },
    });
    expect(stackJson(SMALL, "network-permissions").provider).not.toHaveProperty("azuread");
  });
});

describe("lookups in another subscription", () => {
  const virtualNetwork = (subscriptionId?: string) =>
    ResourceReference.byName({ name: "vnet", resourceGroup: "hub-rg", subscriptionId });
  const stackOf = (reference: ResourceReference, own?: string) =>
    render(
      stacksOf(
        { ...SMALL, network: { ...SMALL.network, virtualNetwork: reference } },
        { subscriptionId: own },
      ).networkPermissions,
    );

  test("by name go through a provider of that subscription", () => {
    const json = stackOf(virtualNetwork(OTHER_SUBSCRIPTION));
    const alias = `subscription-${OTHER_SUBSCRIPTION}`;
    expect(json.provider.azurerm).toContainEqual(
      expect.objectContaining({ alias, subscription_id: OTHER_SUBSCRIPTION }),
    );
    expect(json.data?.azurerm_subnet?.vnet_nodes).toMatchObject({ provider: `azurerm.${alias}` });
  });

  test("need no other provider in the stack's own subscription", () => {
    expect(
      stackOf(virtualNetwork(OTHER_SUBSCRIPTION), OTHER_SUBSCRIPTION).provider.azurerm,
    ).toHaveLength(1);
    expect(stackOf(virtualNetwork()).provider.azurerm).toHaveLength(1);
  });

  test("by id read nothing", () => {
    const id = idOf("Microsoft.Network/virtualNetworks", "vnet");
    const json = stackOf(ResourceReference.byId(id));
    expect(json.data).not.toHaveProperty("azurerm_subnet");
    expect(Object.values(json.resource?.azurerm_role_assignment ?? {})).toMatchObject([
      { scope: `${id}/subnets/nodes` },
      { scope: id },
    ]);
  });
});

describe("constructs in an additional stack", () => {
  const stack = () => new TeamStack(Testing.app(), "mine");

  test("grants read as sentences", () => {
    const mine = stack();
    const nodes = ManagedIdentity.fromLookup(mine, "kubelet", {
      name: "kubelet-mi",
      resourceGroup: "rg",
    });
    const controlPlane = new ManagedIdentity(mine, "cp", {
      name: "cp-mi",
      resourceGroupName: "rg",
      location: "westeurope",
    });
    const subnet = Subnet.fromLookup(
      mine,
      "nodes",
      { name: "vnet", resourceGroup: "network-rg" },
      "nodes",
    );
    const registry = ContainerRegistry.fromLookup(mine, "registry", {
      name: "registry",
      resourceGroup: "rg",
    });
    const join = subnet.grantJoin(controlPlane);
    registry.grantPull(nodes);
    nodes.grantAssignTo(controlPlane);
    const pool = new StorageAccount(mine, "later", {
      name: "later",
      location: "westeurope",
      resourceGroupName: "rg",
      accountTier: "Standard",
      accountReplicationType: "LRS",
    });
    join.applyBefore(pool);
    const json = Testing.synth(mine, true);
    for (const [role, scope, who] of [
      ["Network Contributor", "data.azurerm_subnet.nodes.id", "azurerm_user_assigned_identity.cp"],
      [
        "AcrPull",
        "data.azurerm_container_registry.registry.id",
        "data.azurerm_user_assigned_identity.kubelet",
      ],
      [
        "Managed Identity Operator",
        "data.azurerm_user_assigned_identity.kubelet.id",
        "azurerm_user_assigned_identity.cp",
      ],
    ]) {
      expect(json).toHaveResourceWithProperties(RoleAssignment, {
        role_definition_name: role,
        scope: `\${${scope}}`,
        principal_id: `\${${who}.principal_id}`,
      });
    }
    expect(json).toHaveDataSourceWithProperties(DataAzurermSubnet, { name: "nodes" });
    expect(json).toHaveDataSourceWithProperties(DataAzurermContainerRegistry, {
      lifecycle: {
        postcondition: [expect.objectContaining({ condition: "${!self.admin_enabled}" })],
      },
    });
    expect(json).toHaveResourceWithProperties(StorageAccount, {
      depends_on: ["azurerm_role_assignment.nodes_join-cp-mi"],
    });
  });

  test("the NOC's permissions stand alone", () => {
    const mine = stack();
    new TeamPermissions(mine, "permissions", {
      team: GrantingTeam.NETWORK,
      plan: new ClusterPlan(SMALL),
    });
    expect(addressesOf(render(mine))).toContain(
      "azurerm_role_assignment.permissions_control_plane_network-contributor_subnet-network-rg-vnet-nodes",
    );
  });

  test("at an address that a state may hold are neither moved nor let go of", () => {
    const formerGroups = (id: string) => {
      const { cluster } = stacksOf(SMALL);
      new ResourceGroup(new Construct(cluster, "the place"), id, {
        name: "mine",
        location: "westeurope",
      });
      return (render(cluster).removed ?? []).map(({ from }) => from);
    };
    const former = ["azurerm_resource_group.cluster-rg", "azurerm_resource_group.cluster"];
    expect(formerGroups("mine")).toEqual(former);
    expect(former.map((one) => formerGroups(one.split(".")[1]!))).toEqual([
      [former[1]],
      [former[0]],
    ]);
    const movesOfIdentities = (controlPlane: string) => {
      const { identities } = stacksOf({
        ...SMALL,
        identities: { ...SMALL.identities, controlPlane: { name: controlPlane } },
      });
      return movesOf(render(identities)).filter((move) => move.includes("_identity.control_plane"));
    };
    expect(movesOfIdentities("mine")).toEqual([
      "azurerm_user_assigned_identity.small-cp-mi -> azurerm_user_assigned_identity.mine -> azurerm_user_assigned_identity.control_plane",
    ]);
    expect(movesOfIdentities("kubelet")).toEqual([
      "azurerm_user_assigned_identity.small-cp-mi -> azurerm_user_assigned_identity.control_plane",
    ]);
  });

  test("two elements of one address fail the synth", () => {
    const mine = stack();
    for (const scope of ["the first place", "the second place"]) {
      new UserAssignedIdentity(new Construct(mine, scope), "same", {
        name: "same",
        location: "westeurope",
        resourceGroupName: "rg",
      });
    }
    expect(() => Testing.synth(mine, true)).toThrow(
      /resource azurerm_user_assigned_identity.same is used by mine\/the first place\/same and by mine\/the second place\/same/,
    );
  });

  const takers: [string, (app: App, plan: ClusterPlan) => unknown][] = [
    ["", (app, plan) => new ClusterStacks(app, { plan })],
    ["[it] ", (app, plan) => new IdentitiesStack(app, "it", { plan })],
    ["[it] ", (app, plan) => new NetworkPermissionsStack(app, "it", { plan })],
    ["[it] ", (app, plan) => new ClusterStack(app, "it", { plan })],
    ["[it/x] ", (app, plan) => new StandaloneCluster(new TeamStack(app, "it"), "x", { plan })],
    ["[it/x] ", (app, plan) => new ClusterIdentities(new TeamStack(app, "it"), "x", { plan })],
    ["[it/x] ", (app, plan) => new TeamPermissions(new TeamStack(app, "it"), "x", { plan })],
  ];
  const registry = ResourceReference.byId("the/registry");
  const [pool] = SMALL.nodePools.user;
  test.each<[string, Partial<ClusterSpec>]>([
    ["ranges that overlap", { network: { ...SMALL.network, serviceCidr: "10.244.0.0/16" } }],
    ["a name that is none", { name: "a b" }],
    ["no name", { name: "" }],
    ["pools of one name", { nodePools: { ...SMALL.nodePools, user: [pool!, pool!] } }],
    ["registries with a false id, of one name", { registries: [{ registry }, { registry }] }],
    [
      "a network with a false id",
      { network: { ...SMALL.network, virtualNetwork: ResourceReference.byId("the-network") } },
    ],
    [
      "identities of one name",
      { identities: { controlPlane: { name: "one" }, kubelet: { name: "ONE" } } },
    ],
    [
      "false ids of an identity",
      { identities: { kubelet: { name: "x", ids: { id: "x", principalId: "y", clientId: "z" } } } },
    ],
  ])("nothing is made of a description with %s, and all is said at once", (_, change) => {
    const plan = new ClusterPlan({ ...SMALL, ...change, kubernetesVersion: "latest" });
    const errors = plan.findings.filter(({ severity }) => severity === "error");
    expect(errors.length).toBeGreaterThan(1);
    for (const [place, take] of takers) {
      expect(() => take(Testing.app(), plan)).toThrow(
        new Error(errors.map((finding) => `${place}${describeFinding(finding)}`).join("\n")),
      );
    }
  });

  test("a stack does not read another one's state", () => {
    inScratch((outdir) => {
      const app = new App({ outdir });
      const plan = new ClusterPlan(SMALL);
      const { clusterIdentities, cluster } = new ClusterStacks(app, { plan });
      new StorageAccount(cluster, "mine", {
        name: clusterIdentities.kubelet.clientId,
        location: "westeurope",
        resourceGroupName: "rg",
        accountTier: "Standard",
        accountReplicationType: "LRS",
      });
      expect(() => {
        app.synth();
      }).toThrow(/does not read the state of another one/);
    });
  });
});

describe("what concerns Terraform itself", () => {
  const terraformOf = (settings?: object) => stackJson(SMALL, "cluster", settings).terraform;

  test("is modest by default", () => {
    expect(terraformOf()).toEqual({
      backend: { local: { path: "../../../terraform.small-cluster.tfstate" } },
      required_providers: { azurerm: { source: "hashicorp/azurerm", version: "~> 4.55" } },
      required_version: ">= 1.7.0",
    });
    expect(stackJson(SMALL, "cluster").provider.azurerm).toEqual([
      { features: [{}], resource_provider_registrations: "none", storage_use_azuread: true },
    ]);
  });

  test.each([
    [
      "azurerm, partially",
      { backendType: BackendType.AZURERM },
      { azurerm: { key: "small-cluster.tfstate" } },
    ],
    [
      "azurerm, with a key",
      { backendType: BackendType.AZURERM, config: { key: "aks/{stack}", use_azuread_auth: true } },
      { azurerm: { key: "aks/small-cluster", use_azuread_auth: true } },
    ],
    [
      "any other",
      { backendType: BackendType.REMOTE, config: { workspaces: { name: "{stack}" } } },
      { remote: { workspaces: { name: "small-cluster" } } },
    ],
  ])("takes the backend %s", (_, backend, expected) => {
    expect(terraformOf({ backend }).backend).toEqual(expected);
  });
});
