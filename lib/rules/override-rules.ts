// Attributes of azurerm that the description has no words for: which ones may be set that way. Pure.
import { ResolvedSpec, allPools } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const CLUSTER_DOCS =
  "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster";

/** What the description or the hardened defaults set on the cluster. */
export const OWNED_BY_CLUSTER: readonly string[] = [
  "api_server_access_profile",
  "auto_scaler_profile",
  "automatic_upgrade_channel",
  "azure_active_directory_role_based_access_control",
  "azure_policy_enabled",
  "bootstrap_profile",
  "cost_analysis_enabled",
  "default_node_pool",
  "disk_encryption_set_id",
  "dns_prefix",
  "dns_prefix_private_cluster",
  "identity",
  "image_cleaner_enabled",
  "image_cleaner_interval_hours",
  "key_management_service",
  "key_vault_secrets_provider",
  "kubelet_identity",
  "kubernetes_version",
  "local_account_disabled",
  "location",
  "maintenance_window_auto_upgrade",
  "maintenance_window_node_os",
  "microsoft_defender",
  "monitor_metrics",
  "name",
  "network_profile",
  "node_os_upgrade_channel",
  "node_provisioning_profile",
  "node_resource_group",
  "oidc_issuer_enabled",
  "oms_agent",
  "private_cluster_enabled",
  "private_cluster_public_fqdn_enabled",
  "private_dns_zone_id",
  "resource_group_name",
  "role_based_access_control_enabled",
  "run_command_enabled",
  "service_mesh_profile",
  "sku_tier",
  "support_plan",
  "tags",
  "timeouts",
  "workload_autoscaler_profile",
  "workload_identity_enabled",
];

/** What the description or the hardened defaults set on a pool. */
export const OWNED_BY_POOL: readonly string[] = [
  "auto_scaling_enabled",
  "capacity_reservation_group_id",
  "eviction_policy",
  "fips_enabled",
  "gpu_driver",
  "gpu_instance",
  "host_encryption_enabled",
  "host_group_id",
  "kubernetes_cluster_id",
  "max_count",
  "max_pods",
  "min_count",
  "mode",
  "name",
  "node_count",
  "node_labels",
  "node_public_ip_enabled",
  "node_taints",
  "only_critical_addons_enabled",
  "os_disk_size_gb",
  "os_disk_type",
  "os_sku",
  "os_type",
  "pod_subnet_id",
  "priority",
  "spot_max_price",
  "tags",
  "temporary_name_for_rotation",
  "timeouts",
  "upgrade_settings",
  "vm_size",
  "vnet_subnet_id",
  "zones",
];

const LATE = "needs rights for an identity that exists only after the cluster";
const META = "is Terraform's, not azurerm's";

/** What weakens a cluster, or cannot work in one whose identities are brought. */
const REFUSED: { readonly [attribute: string]: string } = {
  aci_connector_linux: LATE,
  ingress_application_gateway: LATE,
  web_app_routing: `${LATE}, and its NGINX gets no patches after 2026-11`,
  http_application_routing_enabled: "puts workloads onto the internet, and is retired",
  node_public_ip_prefix_id: "gives nodes addresses of the internet",
  open_service_mesh_enabled: "is retired on 2027-09-30; use serviceMesh",
  orchestrator_version: "ties a pool to a version, which upgrade channels then do not change",
  service_principal: "brings a secret",
  windows_profile: "brings a password, which Terraform would keep in its state",
  connection: META,
  count: META,
  depends_on: META,
  for_each: META,
  lifecycle: META,
  provider: META,
  provisioner: META,
};

const attributes: Rule = {
  code: "HAKS-OVR-001",
  severity: "error",
  title: "Overrides set what the description has no words for, and weaken nothing.",
  source: CLUSTER_DOCS,
  check: (spec) => [
    ...refused("overrides.cluster", spec.overrides.cluster, OWNED_BY_CLUSTER),
    ...Object.entries(spec.overrides.nodePools).flatMap(([pool, set]) =>
      refused(`overrides.nodePools.${pool}`, set, OWNED_BY_POOL),
    ),
  ],
};

const unknownPools: Rule = {
  code: "HAKS-OVR-002",
  severity: "error",
  title: "Overrides are for pools that there are.",
  source: CLUSTER_DOCS,
  check: (spec: ResolvedSpec) => {
    const names = allPools(spec).map(({ name }) => name);
    return Object.keys(spec.overrides.nodePools)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path: `overrides.nodePools.${name}`,
        message: `There is no pool "${name}".`,
        remedy: `Use ${names.join(", ")}.`,
      }));
  },
};

/** The rules about overrides. */
export const OVERRIDE_RULES: Rule[] = [attributes, unknownPools];

function refused(path: string, set: unknown, owned: readonly string[]): Violation[] {
  if (typeof set !== "object" || set === null || Array.isArray(set)) {
    const message = "Overrides are attributes with their values.";
    return [{ path, message, remedy: "Write each attribute with its value." }];
  }
  return Object.keys(set).flatMap((name): Violation[] => {
    const place = `${path}.${name}`;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const message = `"${name}" is not an attribute of azurerm.`;
      return [
        { path: place, message, remedy: "Use its name in Terraform, such as linux_profile." },
      ];
    }
    if (owned.includes(name)) {
      const message = `The attribute ${name} follows from the description.`;
      const remedy = "Change the description, or take an exception that docs/hardening.md lists.";
      return [{ path: place, message, remedy }];
    }
    const reason = REFUSED[name];
    return reason === undefined
      ? []
      : [{ path: place, message: `The attribute ${name} ${reason}.`, remedy: "Leave it out." }];
  });
}
