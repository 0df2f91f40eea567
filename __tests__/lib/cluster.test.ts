// What the parts of a description become on the cluster resource, and what comes with it.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Testing } from "cdktf";
import {
  AddOn,
  ApiServer,
  AutoscalerExpander,
  ClusterPlan,
  ClusterSpec,
  DataPlane,
  DayOfWeek,
  Egress,
  ExceptionName,
  PodNetwork,
  PrivateDns,
  ResourceReference,
  WeekIndex,
  WindowFrequency,
} from "../../lib";
import { OWNED_BY_CLUSTER, OWNED_BY_POOL } from "../../lib/rules/override-attributes";
import {
  DEPLOYERS,
  INPUTS,
  SMALL,
  StackJson,
  render,
  specOf,
  stacksOf,
  stackJson,
} from "../scenarios";

type Attributes = Record<string, unknown>;

function stackOf(spec: ClusterSpec): StackJson {
  return stackJson(spec, "cluster");
}

function clusterOf(spec: ClusterSpec): Attributes {
  return partsOf(spec).cluster;
}

function poolsOf(spec: ClusterSpec): Attributes[] {
  return partsOf(spec).pools;
}

function partsOf(spec: ClusterSpec): { cluster: Attributes; pools: Attributes[] } {
  const { resource = {} } = stackOf(spec);
  const [cluster = {}] = Object.values(resource.azurerm_kubernetes_cluster ?? {});
  return { cluster, pools: Object.values(resource.azurerm_kubernetes_cluster_node_pool ?? {}) };
}

const network = (change: Partial<ClusterSpec["network"]>): ClusterSpec => ({
  ...SMALL,
  network: { ...SMALL.network, ...change },
});
const because = (...names: string[]) =>
  names.map((name) => ({ name: name as ExceptionName, reason: "It is part of this test." }));
const ignored = (one = {}) => (one as { lifecycle: { ignore_changes: string[] } }).lifecycle;
const UNDRAINABLE = "upgrade_settings[0].undrainable_node_behavior";
const apps = (change: object, ...more: object[]): ClusterSpec => ({
  ...SMALL,
  nodePools: {
    ...SMALL.nodePools,
    user: [
      { name: "apps", vmSize: "Standard_D4ds_v5", ...change },
      ...more.map((pool) => ({ name: "more", vmSize: "Standard_D4ds_v5", ...pool })),
    ],
  },
});
const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });

describe("the network of a cluster", () => {
  test("of both families has both ranges, and not the single ones", () => {
    const ipv6 = { podCidr: "fd12:3456:789a::/64", serviceCidr: "fd12:3456:789a:1::/108" };
    const profile = clusterOf(network({ ipv6 })).network_profile;
    expect(profile).toMatchObject({
      ip_versions: ["IPv4", "IPv6"],
      pod_cidrs: ["10.244.0.0/16", "fd12:3456:789a::/64"],
      service_cidrs: ["10.0.0.0/16", "fd12:3456:789a:1::/108"],
    });
    expect(profile).not.toHaveProperty("pod_cidr");
    expect(profile).not.toHaveProperty("service_cidr");
  });

  test("that is isolated takes everything from the cache, which the nodes may pull from", () => {
    const spec = network({ egress: Egress.none(named("cacheregistry")) });
    expect(clusterOf(spec)).toMatchObject({
      network_profile: { outbound_type: "none" },
      bootstrap_profile: {
        artifact_source: "Cache",
        container_registry_id: expect.stringContaining("cacheregistry") as string,
      },
    });
    const pulls = new ClusterPlan(spec)._grants.filter(({ scope }) => scope.kind === "registry");
    expect(pulls.map(({ principal, role }) => [principal.kind, role.name])).toEqual([
      ["kubelet", "AcrPull"],
    ]);
  });

  test("with advanced networking turns on what is asked for", () => {
    expect(clusterOf(network({ advancedNetworking: { security: true } }))).toMatchObject({
      network_profile: {
        advanced_networking: { observability_enabled: false, security_enabled: true },
      },
    });
  });
});

describe("the API server", () => {
  test("that is public is open to its ranges alone, and needs nothing of private DNS", () => {
    const spec = {
      ...SMALL,
      apiServer: ApiServer.publicFrom(["203.0.113.0/24"]),
      exceptions: because("publicApiServer"),
    };
    const cluster = clusterOf(spec);
    expect(cluster).toMatchObject({
      private_cluster_enabled: false,
      api_server_access_profile: { authorized_ip_ranges: ["203.0.113.0/24"] },
    });
    expect(cluster).not.toHaveProperty("private_dns_zone_id");
    const scopes = (plan: ClusterPlan) => plan._grants.map(({ scope }) => scope.kind);
    expect(scopes(new ClusterPlan(SMALL))).toContain("virtualNetwork");
    expect(scopes(new ClusterPlan(spec))).not.toContain("virtualNetwork");
  });

  test("without a zone has its name in public DNS, and the network is not linked", () => {
    const spec = {
      ...SMALL,
      privateDns: PrivateDns.none(),
      exceptions: because("publicFqdn"),
    };
    expect(clusterOf(spec)).toMatchObject({
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: true,
      private_dns_zone_id: "None",
    });
    expect(new ClusterPlan(spec)._grants.map(({ scope }) => scope.kind)).not.toContain(
      "virtualNetwork",
    );
  });

  test("can be in a separate subnet, public or not", () => {
    const spec = network({ apiServerSubnet: "api" });
    const integrated = {
      virtual_network_integration_enabled: true,
      subnet_id: expect.stringContaining("data.azurerm_subnet") as string,
    };
    expect(clusterOf(spec).api_server_access_profile).toMatchObject(integrated);
    const open = {
      ...spec,
      apiServer: ApiServer.publicFrom(["203.0.113.7"]),
      exceptions: because("publicApiServer"),
    };
    expect(clusterOf(open).api_server_access_profile).toMatchObject({
      ...integrated,
      authorized_ip_ranges: ["203.0.113.7"],
    });
  });
});

describe("changes that are ignored", () => {
  const spec: ClusterSpec = {
    ...SMALL,
    identities: { resourceGroup: { name: "identity-rg", create: true } },
    ignoreChanges: {
      cluster: ["http_proxy_config[0].no_proxy"],
      nodePools: { system: ["linux_os_config"], apps: ["ultra_ssd_enabled"] },
      tags: ['cost "center"'],
    },
  };
  const TAG = 'tags["cost \\"center\\""]';

  test("are those of the cluster and its pools", () => {
    const { cluster, pools } = partsOf(spec);
    expect(ignored(cluster).ignore_changes).toEqual(
      expect.arrayContaining([
        "http_proxy_config[0].no_proxy",
        "default_node_pool[0].linux_os_config",
        TAG,
      ]),
    );
    expect(ignored(pools[0]).ignore_changes).toEqual(
      expect.arrayContaining(["ultra_ssd_enabled", TAG]),
    );
    expect(ignored(pools[0]).ignore_changes).not.toContain("linux_os_config");
  });

  test("are tags of every resource that has any", () => {
    const { resource = {} } = stackJson(spec, "identities");
    const tagged = {
      ...resource.azurerm_resource_group,
      ...resource.azurerm_user_assigned_identity,
    };
    expect(Object.values(tagged).map((one) => ignored(one as object).ignore_changes)).toEqual([
      [TAG],
      [TAG],
      [TAG],
    ]);
  });
});

describe("upgrades", () => {
  test("happen in windows of months, and not in freezes", () => {
    const freeze = { start: "2026-12-18T00:00:00Z", end: "2027-01-06T00:00:00Z" };
    const clusterWindow = {
      frequency: WindowFrequency.RELATIVE_MONTHLY,
      weekIndex: WeekIndex.FIRST,
      dayOfWeek: DayOfWeek.SUNDAY,
      interval: 2,
      startTime: "02:00",
      notAllowed: [freeze],
    };
    const nodeOsWindow = {
      frequency: WindowFrequency.ABSOLUTE_MONTHLY,
      dayOfMonth: 3,
      startTime: "03:00",
    };
    const cluster = clusterOf({ ...SMALL, upgrades: { clusterWindow, nodeOsWindow } });
    expect(cluster.maintenance_window_auto_upgrade).toEqual({
      frequency: "RelativeMonthly",
      week_index: "First",
      day_of_week: "Sunday",
      interval: 2,
      start_time: "02:00",
      duration: 4,
      utc_offset: "+00:00",
      not_allowed: [freeze],
    });
    expect(cluster.maintenance_window_node_os).toEqual({
      frequency: "AbsoluteMonthly",
      day_of_month: 3,
      interval: 1,
      start_time: "03:00",
      duration: 4,
      utc_offset: "+00:00",
    });
  });

  test("are forced until a time, and later the time stays as it is in Azure", () => {
    const forced = clusterOf({
      ...SMALL,
      upgrades: { forcedUntil: "2026-12-01T00:00:00Z" },
      exceptions: because("forcedUpgrades"),
    });
    expect(forced.upgrade_override).toEqual({
      force_upgrade_enabled: true,
      effective_until: "2026-12-01T00:00:00Z",
    });
    expect(ignored(forced).ignore_changes).not.toContain("upgrade_override");
    const other = clusterOf(SMALL);
    expect(other).not.toHaveProperty("upgrade_override");
    expect(ignored(other).ignore_changes).toContain("upgrade_override");
  });
});

describe("pools", () => {
  test("of spare capacity have what Azure adds to them, and no surge", () => {
    const [, spot] = poolsOf(
      apps({}, { spot: {}, taints: ["own=1:NoExecute"], labels: { a: "b" } }),
    );
    expect(spot).toMatchObject({
      priority: "Spot",
      eviction_policy: "Delete",
      spot_max_price: -1,
      node_taints: ["own=1:NoExecute", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
      node_labels: { a: "b", "kubernetes.azure.com/scalesetpriority": "spot" },
    });
    expect(spot).not.toHaveProperty("upgrade_settings");
  });

  test("of Windows nodes have short names while they are replaced", () => {
    const spec = apps({}, { name: "window", os: "Windows" });
    const [linux, windows] = poolsOf({
      ...spec,
      network: { ...spec.network, dataPlane: DataPlane.AZURE },
    });
    expect(windows).toMatchObject({ os_type: "Windows", temporary_name_for_rotation: "wintmp" });
    expect(linux).not.toHaveProperty("os_type");
  });

  test("take systems, disks, labels, graphics and upgrades as described", () => {
    const [pool] = poolsOf(
      apps({
        vmSize: "Standard_NC24ads_A100_v4",
        osSku: "AzureLinux",
        osDiskSizeGb: 64,
        fips: true,
        labels: { team: "ml" },
        taints: ["sku=gpu:NoSchedule"],
        gpu: { driver: "None", instance: "MIG1g" },
        upgrade: { maxSurge: "2", drainTimeoutMinutes: 45, nodeSoakMinutes: 10 },
      }),
    );
    expect(pool).toMatchObject({
      os_sku: "AzureLinux",
      os_disk_size_gb: 64,
      fips_enabled: true,
      node_labels: { team: "ml" },
      node_taints: ["sku=gpu:NoSchedule"],
      gpu_driver: "None",
      gpu_instance: "MIG1g",
      upgrade_settings: {
        max_surge: "2",
        drain_timeout_in_minutes: 45,
        node_soak_duration_in_minutes: 10,
      },
    });
  });

  test("take nodes out of service for an upgrade instead of adding some", () => {
    const [pool = {}] = poolsOf(
      apps({ upgrade: { maxUnavailable: "1", undrainableNodeBehavior: "Cordon" } }),
    );
    expect(pool.upgrade_settings).toEqual({
      max_unavailable: "1",
      undrainable_node_behavior: "Cordon",
    });
    expect(ignored(pool).ignore_changes).not.toContain(UNDRAINABLE);
    const [other = {}] = poolsOf(apps({}));
    expect(other.upgrade_settings).toEqual({ max_surge: "33%" });
    expect(ignored(other).ignore_changes).toContain(UNDRAINABLE);
  });

  test("scale as the autoscaler is told", () => {
    const { user, system } = SMALL.nodePools;
    const autoscaler = {
      expander: AutoscalerExpander.LEAST_WASTE,
      scaleDownUtilizationThreshold: 0.6,
      maxGracefulTerminationSeconds: 120,
    };
    expect(clusterOf({ ...SMALL, nodePools: { user, system, autoscaler } })).toMatchObject({
      auto_scaler_profile: {
        expander: "least-waste",
        scale_down_utilization_threshold: "0.6",
        max_graceful_termination_sec: "120",
      },
    });
  });
});

describe("what runs beside the cluster", () => {
  test("is on if it is asked for", () => {
    const spec = {
      ...SMALL,
      addOns: [AddOn.COST_ANALYSIS, AddOn.KEDA, AddOn.VERTICAL_POD_AUTOSCALER],
      serviceMesh: { revisions: ["asm-1-27"], internalIngress: true },
      timeouts: { create: "2h" },
      nodeResourceGroup: "small-nodes",
      access: { adminGroups: [DEPLOYERS] },
    };
    expect(clusterOf(spec)).toMatchObject({
      cost_analysis_enabled: true,
      workload_autoscaler_profile: { keda_enabled: true, vertical_pod_autoscaler_enabled: true },
      service_mesh_profile: {
        mode: "Istio",
        revisions: ["asm-1-27"],
        internal_ingress_gateway_enabled: true,
        external_ingress_gateway_enabled: false,
      },
      timeouts: { create: "2h" },
      node_resource_group: "small-nodes",
      azure_active_directory_role_based_access_control: {
        admin_group_object_ids: [DEPLOYERS.objectId],
      },
    });
    for (const attribute of ["cost_analysis_enabled", "service_mesh_profile", "timeouts"]) {
      expect(clusterOf(SMALL)).not.toHaveProperty(attribute);
    }
  });

  test("is supported for long with the tier Premium, on one minor version", () => {
    expect(clusterOf({ ...SMALL, longTermSupport: true })).toMatchObject({
      sku_tier: "Premium",
      support_plan: "AKSLongTermSupport",
      automatic_upgrade_channel: "patch",
    });
  });

  test("leaves the size of pools to node auto-provisioning, if that is on", () => {
    const spec = { ...SMALL, nodePools: { ...SMALL.nodePools, autoProvisioning: true } };
    const fixed = { auto_scaling_enabled: false, node_count: 3 };
    expect(clusterOf(spec).default_node_pool).toMatchObject(fixed);
    const [pool = {}] = poolsOf(spec);
    expect(pool).toMatchObject(fixed);
    for (const attribute of ["min_count", "max_count"]) {
      expect(pool).not.toHaveProperty(attribute);
    }
    expect(ignored(pool).ignore_changes).not.toContain("node_count");
    expect(ignored(poolsOf(SMALL)[0]).ignore_changes).toContain("node_count");
  });

  test("sends container logs to the workspace, and metrics if there is a workspace for them", () => {
    const { resource: plain } = stackOf(SMALL);
    expect(Object.values(plain?.azurerm_monitor_data_collection_rule ?? {})).toEqual([
      expect.objectContaining({
        location: "westeurope",
        resource_group_name: "cluster-rg",
        data_flow: [
          { streams: ["Microsoft-ContainerInsights-Group-Default"], destinations: ["workspace"] },
        ],
      }),
    ]);
    expect(
      Object.values(plain?.azurerm_monitor_data_collection_rule_association ?? {}),
    ).toMatchObject([
      {
        name: "ContainerInsightsExtension",
        target_resource_id: "${azurerm_kubernetes_cluster.cluster.id}",
      },
    ]);
    const monitoring = {
      ...SMALL.monitoring,
      prometheusWorkspace: named("metrics"),
      location: "northeurope",
    };
    const { resource } = stackOf({ ...SMALL, monitoring });
    expect(Object.values(resource?.azurerm_monitor_data_collection_endpoint ?? {})).toMatchObject([
      { name: "MSProm-northeurope-small", kind: "Linux", location: "northeurope" },
    ]);
    expect(Object.keys(resource?.azurerm_monitor_data_collection_rule ?? {})).toEqual([
      "cluster_container-insights",
      "cluster_prometheus",
    ]);
    expect(clusterOf({ ...SMALL, monitoring })).toHaveProperty("monitor_metrics");
  });

  test("locks the identities only if that is wanted, in the identity team's stack", () => {
    const locks = (locked: boolean) =>
      Object.values(
        stackJson({ ...SMALL, identities: { ...SMALL.identities, locked } }, "identities").resource
          ?.azurerm_management_lock ?? {},
      );
    expect(locks(true)).toMatchObject([
      { scope: "${azurerm_user_assigned_identity.control_plane.id}", lock_level: "CanNotDelete" },
      { scope: "${azurerm_user_assigned_identity.kubelet.id}" },
    ]);
    expect(locks(false)).toEqual([]);
  });
});

describe("attributes that are not modelled", () => {
  test("are set on the cluster and its pools", () => {
    const overrides = {
      cluster: { storage_profile: { blob_driver_enabled: true } },
      nodePools: {
        system: { kubelet_config: { pod_max_pid: 4096 } },
        apps: { ultra_ssd_enabled: true },
      },
    };
    expect(clusterOf({ ...SMALL, overrides })).toMatchObject({
      storage_profile: { blob_driver_enabled: true },
      default_node_pool: { kubelet_config: { pod_max_pid: 4096 } },
    });
    expect(poolsOf({ ...SMALL, overrides })).toMatchObject([{ ultra_ssd_enabled: true }]);
  });

  // What a caller of the library sets below the description is checked in the synthesized resource.
  test.each([
    ["local_account_disabled", false, /changes local_account_disabled/],
    ["identity.type", "SystemAssigned", /changes identity/],
    ["network_profile.network_policy", "azure", /changes network_profile/],
    ["default_node_pool.host_encryption_enabled", false, /changes default_node_pool/],
    ["key_vault_secrets_provider.secret_rotation_enabled", false, /key_vault_secrets_provider/],
    ["oms_agent", null, /changes oms_agent/],
    ["node_os_upgrade_channel", "None", /changes node_os_upgrade_channel/],
    ["service_principal", { client_id: "x", client_secret: "y" }, /it brings a secret/],
    ["aci_connector_linux", { subnet_name: "a" }, /an identity that exists only after the cluster/],
    ["web_app_routing", { dns_zone_ids: [] }, /changes web_app_routing/],
    ["dynamic", { ingress_application_gateway: {} }, /sets dynamic/],
  ])("do not change what the description says: %s", (path, value, message) => {
    const { cluster, hardenedCluster } = stacksOf(SMALL);
    const resource = hardenedCluster.node.defaultChild as KubernetesCluster;
    resource.addOverride(path, value);
    expect(() => Testing.synth(cluster, true)).toThrow(message);
  });

  test("do not change it by way of the attribute, of a pool or of the stack either", () => {
    const { cluster, hardenedCluster } = stacksOf(SMALL);
    const resource = hardenedCluster.node.defaultChild as KubernetesCluster;
    resource.skuTier = "Free";
    expect(() => Testing.synth(cluster, true)).toThrow(/changes sku_tier/);
    const { cluster: other } = stacksOf(SMALL);
    const pool = other.node.findAll().find((node) => node instanceof KubernetesClusterNodePool)!;
    pool.minCount = 1;
    expect(() => Testing.synth(other, true)).toThrow(/changes min_count/);
    expect(() => {
      other.addOverride("resource.azurerm_kubernetes_cluster.cluster.run_command_enabled", true);
    }).toThrow(/changes a cluster/);
  });

  test("that weaken nothing can be set from a program, too", () => {
    const { cluster, hardenedCluster } = stacksOf(SMALL);
    const resource = hardenedCluster.node.defaultChild as KubernetesCluster;
    resource.addOverride("edge_zone", "example");
    resource.tags = { team: "platform" };
    expect(render(cluster).resource?.azurerm_kubernetes_cluster?.cluster).toMatchObject({
      edge_zone: "example",
      tags: { team: "platform" },
    });
  });

  test("are none that the description sets", () => {
    const everything: ClusterSpec[] = [
      ...Object.keys(INPUTS).map((name) =>
        specOf(name).overrides === undefined
          ? specOf(name)
          : { ...specOf(name), overrides: undefined },
      ),
      network({ podNetwork: PodNetwork.podSubnet("pods") }),
    ];
    // Overrides may turn the outbound NAT of a new Windows pool off.
    const meta = ["//", "lifecycle", "depends_on", "windows_profile"];
    for (const { cluster, pools } of everything.map(partsOf)) {
      expect([...OWNED_BY_CLUSTER, ...meta]).toEqual(expect.arrayContaining(Object.keys(cluster)));
      expect([...OWNED_BY_POOL, ...meta]).toEqual(
        expect.arrayContaining(pools.flatMap(Object.keys)),
      );
    }
  });
});
