// The hardened defaults: what scanners look for, on the enterprise scenario, and what exceptions do.
import { hardeningPage } from "../../build/docs/hardening";
import {
  ApiServer,
  ClusterPlan,
  ClusterSpec,
  Defender,
  LogCategory,
  NodeOsChannel,
  UpgradeChannel,
} from "../../lib";
import { CHOICE_EXCEPTIONS, CONTROLS, DERIVED, EXCEPTION_NAMES } from "../../lib/spec/controls";
import { DEPLOYERS, SMALL, StackJson, specOf, textOf, stackJson } from "../scenarios";

interface Parts {
  cluster: Attributes;
  pools: Attributes[];
  diagnostics: Attributes;
}
type Attributes = Record<string, unknown>;

function partsOf(spec: ClusterSpec): Parts {
  const { resource = {} } = stackJson(spec, "cluster");
  const [cluster = {}] = Object.values(resource.azurerm_kubernetes_cluster ?? {});
  return {
    cluster,
    pools: Object.values(resource.azurerm_kubernetes_cluster_node_pool ?? {}),
    diagnostics: Object.values(resource.azurerm_monitor_diagnostic_setting ?? {})[0] ?? {},
  };
}

const enterprise = partsOf(specOf("enterprise"));

/** The value at a path such as `network_profile.network_policy`. */
function at(attributes: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Attributes | undefined)?.[key], attributes);
}

const is = (value: unknown) => (found: unknown) => found === value;
const isSet = (found: unknown) => found !== undefined && found !== "" && found !== null;
const isUnset = (found: unknown) => found === undefined;
const isOneOf =
  (...values: unknown[]) =>
  (found: unknown) =>
    values.includes(found);
const isAtLeast = (least: number) => (found: unknown) =>
  typeof found === "number" && found >= least;
const isNot = (value: unknown) => (found: unknown) => found !== value;

type Check = [string, string, (found: unknown) => boolean];

/** What each scanner reads of the cluster, and what it wants to find. */
const CLUSTER_CHECKS: Check[] = [
  ["CKV_AZURE_4", "oms_agent.log_analytics_workspace_id", isSet],
  ["CKV_AZURE_5", "role_based_access_control_enabled", is(true)],
  ["CKV_AZURE_6", "private_cluster_enabled", is(true)],
  ["CKV_AZURE_7", "network_profile.network_policy", isSet],
  ["CKV_AZURE_8", "addon_profile", isUnset],
  ["CKV_AZURE_115", "private_cluster_enabled", is(true)],
  ["CKV_AZURE_116", "azure_policy_enabled", is(true)],
  ["CKV_AZURE_117", "disk_encryption_set_id", isSet],
  ["CKV_AZURE_141", "local_account_disabled", is(true)],
  ["CKV_AZURE_143", "default_node_pool.node_public_ip_enabled", isNot(true)],
  ["CKV_AZURE_168", "default_node_pool.max_pods", isAtLeast(50)],
  ["CKV_AZURE_169", "default_node_pool.type", isNot("AvailabilitySet")],
  ["CKV_AZURE_170", "sku_tier", is("Standard")],
  ["CKV_AZURE_171", "automatic_upgrade_channel", isSet],
  ["CKV_AZURE_172", "key_vault_secrets_provider.secret_rotation_enabled", is(true)],
  ["CKV_AZURE_226", "default_node_pool.os_disk_type", is("Ephemeral")],
  ["CKV_AZURE_227", "default_node_pool.host_encryption_enabled", is(true)],
  ["CKV_AZURE_232", "default_node_pool.only_critical_addons_enabled", is(true)],
  ["CKV_AZURE_246", "http_application_routing_enabled", isNot(true)],
  ["CKV2_AZURE_29", "network_profile.network_plugin", isOneOf("azure", "Azure")],
  ["AZU-0040", "oms_agent", isSet],
  ["AZU-0041", "private_cluster_enabled", is(true)],
  ["AZU-0042", "role_based_access_control_enabled", is(true)],
  ["AZU-0043", "network_profile.network_policy", isSet],
  ["AZU-0065", "private_cluster_enabled", is(true)],
  ["AZU-0066", "azure_policy_enabled", is(true)],
  ["AZU-0067", "disk_encryption_set_id", isSet],
  ["KICS 599318f2", "private_cluster_enabled", is(true)],
  ["KICS 86f92117", "role_based_access_control_enabled", isNot(false)],
  ["KICS b17d8bb8", "disk_encryption_set_id", isSet],
  ["KICS 43789711", "azure_policy_enabled", is(true)],
  ["KICS 61c3cb8b", "addon_profile", isUnset],
  ["KICS beb57138", "microsoft_defender", isSet],
  ["KICS 9b0140d1", "identity", isSet],
  ["PSRule UseRBAC", "role_based_access_control_enabled", is(true)],
  ["PSRule LocalAccounts", "local_account_disabled", is(true)],
  ["PSRule AzurePolicyAddOn", "azure_policy_enabled", is(true)],
  ["PSRule SecretStore", "key_vault_secrets_provider", isSet],
  ["PSRule SecretStoreRotation", "key_vault_secrets_provider.secret_rotation_enabled", is(true)],
  ["PSRule HttpAppRouting", "http_application_routing_enabled", isNot(true)],
  ["PSRule DefenderProfile", "microsoft_defender.log_analytics_workspace_id", isSet],
  ["PSRule AutoUpgrade", "automatic_upgrade_channel", isSet],
  ["PSRule ContainerInsights", "oms_agent", isSet],
  ["PSRule UptimeSLA", "sku_tier", is("Standard")],
  ["PSRule PoolScaleSet", "default_node_pool.type", isNot("AvailabilitySet")],
  ["PSRule EphemeralOSDisk", "default_node_pool.os_disk_type", is("Ephemeral")],
  ["PSRule Name", "name", (found) => /^[A-Za-z0-9][\w-]{0,61}[A-Za-z0-9]$/.test(String(found))],
  ["Policy 040732e8 (private)", "private_cluster_enabled", is(true)],
  ["Policy 0e246bcf (private or ranges)", "private_cluster_enabled", is(true)],
  ["Policy 993c2fcd (local accounts)", "local_account_disabled", is(true)],
  ["Policy 450d2877 (Entra ID)", "azure_active_directory_role_based_access_control", isSet],
  ["Policy ac4a19c2 (RBAC)", "role_based_access_control_enabled", is(true)],
  ["Policy da6e2401 (managed identity)", "identity.type", is("UserAssigned")],
  ["Policy 0a15ec92 (policy add-on)", "azure_policy_enabled", is(true)],
  ["Policy a1840de2 (Defender)", "microsoft_defender", isSet],
  ["Policy 7d7be79c (customer-managed keys)", "disk_encryption_set_id", isSet],
  ["Policy 04408ca5 (node OS)", "node_os_upgrade_channel", isOneOf("SecurityPatch", "NodeImage")],
  ["Policy 46238e2f (Azure CNI)", "network_profile.network_plugin", is("azure")],
  ["Policy 2dec5f47 (zones)", "default_node_pool.zones.2", is("3")],
  ["PSRule ManagedAAD", "azure_active_directory_role_based_access_control", isSet],
  [
    "PSRule AzureRBAC",
    "azure_active_directory_role_based_access_control.azure_rbac_enabled",
    is(true),
  ],
  ["PSRule ManagedIdentity", "identity.type", is("UserAssigned")],
  ["PSRule NodeAutoUpgrade", "node_os_upgrade_channel", isOneOf("SecurityPatch", "NodeImage")],
  ["PSRule Version", "automatic_upgrade_channel", isOneOf("rapid", "stable")],
  ["PSRule PoolVersion", "default_node_pool.orchestrator_version", isUnset],
  ["PSRule MaintenanceWindow (cluster)", "maintenance_window_auto_upgrade", isSet],
  ["PSRule MaintenanceWindow (nodes)", "maintenance_window_node_os", isSet],
  ["PSRule StandardLB", "network_profile.load_balancer_sku", is("standard")],
  ["PSRule AutoScaling", "default_node_pool.auto_scaling_enabled", is(true)],
  ["PSRule MinNodeCount", "default_node_pool.min_count", isAtLeast(3)],
  ["PSRule NodeMinPods", "default_node_pool.max_pods", isAtLeast(50)],
  ["PSRule AvailabilityZone", "default_node_pool.zones.2", is("3")],
  ["PSRule DNSPrefix", "dns_prefix", isSet],
  ["Policy 89f2d532 (command invoke)", "run_command_enabled", is(false)],
  ["Policy af3c26b2 (image cleaner)", "image_cleaner_enabled", is(true)],
  ["Policy 2cc2e023 (OIDC)", "oidc_issuer_enabled", is(true)],
  ["Policy 2cc2e023 (workload identity)", "workload_identity_enabled", is(true)],
  [
    "Policy 5c345cdf (auto-upgrade)",
    "automatic_upgrade_channel",
    isOneOf("rapid", "stable", "patch"),
  ],
  ["CIS 5.4.2", "private_cluster_public_fqdn_enabled", is(false)],
];

const POOL_CHECKS: Check[] = [
  ["CKV_AZURE_168", "max_pods", isAtLeast(50)],
  ["CKV_AZURE_227", "host_encryption_enabled", is(true)],
  ["PSRule MinUserPoolNodes", "min_count", isAtLeast(3)],
  ["PSRule EphemeralOSDisk", "os_disk_type", is("Ephemeral")],
  ["PSRule AvailabilityZone", "zones.2", is("3")],
  ["Policy 41425d9f (host encryption)", "host_encryption_enabled", is(true)],
  ["CIS 5.4.3", "node_public_ip_enabled", is(false)],
];

describe("the enterprise scenario", () => {
  test.each(CLUSTER_CHECKS)("satisfies %s: %s", (_, path, wants) => {
    expect(wants(at(enterprise.cluster, path))).toBe(true);
  });

  test.each(POOL_CHECKS)("satisfies %s on pools: %s", (_, path, wants) => {
    expect(enterprise.pools).toHaveLength(1);
    for (const pool of enterprise.pools) {
      expect(wants(at(pool, path))).toBe(true);
    }
  });

  test("satisfies KICS 0493b840 and 50f32d3c, PSRule AuditLogs, AuditAdmin and PlatformLogs, Policy 245fc9df", () => {
    const { target_resource_id, enabled_log, enabled_metric } = enterprise.diagnostics;
    expect(target_resource_id).toBe("${azurerm_kubernetes_cluster.cluster.id}");
    const categories = (enabled_log as { category: string }[]).map(({ category }) => category);
    expect(categories).toEqual(
      expect.arrayContaining([
        "kube-audit-admin",
        "guard",
        "kube-apiserver",
        "kube-controller-manager",
        "kube-scheduler",
        "cluster-autoscaler",
      ]),
    );
    expect(categories).not.toContain("kube-audit");
    expect(enabled_metric).toEqual([{ category: "AllMetrics" }]);
  });

  test("takes no exception", () => {
    expect(specOf("enterprise").exceptions ?? []).toEqual([]);
  });
});

/** A description with every exception taken. */
const BARE: ClusterSpec = {
  ...SMALL,
  monitoring: { logCategories: [LogCategory.KUBE_APISERVER], defender: Defender.off() },
  apiServer: ApiServer.publicFrom([]),
  access: { adminGroups: [DEPLOYERS] },
  upgrades: {
    channel: UpgradeChannel.NONE,
    nodeOsChannel: NodeOsChannel.NONE,
    forcedUntil: "2026-12-01T00:00:00Z",
  },
  flux: { multiTenancy: false },
  nodePools: {
    system: SMALL.nodePools.system,
    user: [{ name: "apps", vmSize: "Standard_D2s_v5", minCount: 1, zones: ["1"], maxPods: 30 }],
  },
  exceptions: EXCEPTION_NAMES.map((name) => ({
    name,
    reason: `It is part of this test: ${name}.`,
  })),
};

const PREFIXES = {
  cluster: "",
  entra: "azure_active_directory_role_based_access_control.",
  pool: "default_node_pool.",
};

describe("exceptions", () => {
  test("all taken still make a cluster, and all of them show", () => {
    expect(new ClusterPlan(BARE).findings.filter(({ severity }) => severity === "error")).toEqual(
      [],
    );
    const { output }: StackJson = stackJson(BARE, "cluster");
    const shown = output?.hardening_exceptions?.value as Attributes;
    expect(Object.keys(shown).sort()).toEqual([...EXCEPTION_NAMES]);
    const warned = new ClusterPlan(BARE).findings.filter(({ code }) => code === "HAKS-HARD-005");
    expect(warned).toHaveLength(EXCEPTION_NAMES.length);
  });

  test("change just the attributes of their controls", () => {
    const hardened = partsOf(SMALL);
    const access = { adminGroups: [DEPLOYERS] };
    const reason = "It is part of this test.";
    const taken = new Set(CONTROLS.flatMap(({ exception }) => exception ?? []));
    const weak = Object.fromEntries(
      [...taken].map((name) => [
        name,
        partsOf({ ...SMALL, access, exceptions: [{ name, reason }] }),
      ]),
    );
    for (const { on, attribute, value, exception, weakened } of CONTROLS) {
      const path = `${PREFIXES[on]}${attribute}`;
      expect(at(hardened.cluster, path)).toEqual(value);
      if (exception !== undefined) {
        expect(at(weak[exception]!.cluster, path)).toEqual(weakened);
      }
    }
  });

  test("that are not taken show nowhere", () => {
    expect(stackJson(SMALL, "cluster").output).not.toHaveProperty("hardening_exceptions");
  });
});

test("docs/hardening.md tells the same", () => {
  expect(textOf("docs/hardening.md")).toBe(hardeningPage());
  for (const name of [...EXCEPTION_NAMES, ...Object.keys(CHOICE_EXCEPTIONS)]) {
    expect(hardeningPage()).toContain(`\`${name}\``);
  }
  expect(DERIVED.length).toBeGreaterThan(10);
});
