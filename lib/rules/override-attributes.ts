// Attributes of azurerm that overrides must not set, because the description sets them or a rule refuses them. Pure.
import { META } from "../hcl/kept";
import { CONTROLS, Control } from "../spec/controls";
import { hasEntry } from "../spec/tables";

/** Attributes of the cluster that the description or the hardened defaults set. */
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
  "upgrade_override",
  "web_app_routing",
  "workload_autoscaler_profile",
  "workload_identity_enabled",
];

/** Attributes of a pool that the description or the hardened defaults set. */
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
  "orchestrator_version",
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

const controls = (on: Control["on"]) =>
  CONTROLS.filter((control) => control.on === on).map(({ attribute }) => attribute);

/** Attributes of the cluster that Terraform must not ignore. */
export const WATCHED_ON_CLUSTER: readonly string[] = [
  ...controls("cluster"),
  "api_server_access_profile",
  "azure_active_directory_role_based_access_control",
  "identity",
  "private_cluster_enabled",
  "service_principal",
];

/** Attributes of a pool that Terraform must not ignore. */
export const WATCHED_ON_POOL: readonly string[] = controls("pool");

/** Remedies for attributes whose field in the description has another name. */
export const INSTEAD: { readonly [attribute: string]: string } = {
  microsoft_defender: "Write monitoring.defender.",
  web_app_routing: "Write applicationRouting.",
  dns_prefix: "Write dnsPrefix.",
  dns_prefix_private_cluster: "Write privateDns.fqdnSubdomain, beside the zone.",
  upgrade_override: 'Write upgrades.forcedUntil, with the exception "forcedUpgrades".',
  orchestrator_version:
    "Write kubernetesVersion, and follow docs/upgrades.md: pools get it with the channel none, and AKS upgrades them with every other channel.",
};

const LATE = "needs rights for an identity that exists only after the cluster";

/** Attributes by their names, or by their paths, with the reason why they are refused. */
export interface RefusedAttributes {
  readonly [path: string]: string;
}

const OF_TERRAFORM: RefusedAttributes = Object.fromEntries(
  [...META, "dynamic"].map((name) => [name, "is Terraform's, not azurerm's"]),
);

/** Attributes that weaken a cluster, or that cannot work with bring-your-own identities. */
export const REFUSED_ON_CLUSTER: RefusedAttributes = {
  ...OF_TERRAFORM,
  aci_connector_linux: LATE,
  ai_toolchain_operator_enabled: LATE,
  ingress_application_gateway: LATE,
  http_application_routing_enabled: "puts workloads onto the internet, and is retired",
  open_service_mesh_enabled: "is retired on 2027-09-30; use serviceMesh",
  service_principal: "brings a secret",
  windows_profile: "brings a password, which Terraform would keep in its state",
};

/** Attributes that weaken a pool. */
export const REFUSED_ON_POOL: RefusedAttributes = {
  ...OF_TERRAFORM,
  "kubelet_config.allowed_unsafe_sysctls": "lets pods change the kernel of their node",
  "node_network_profile.allowed_host_ports": "opens ports of nodes",
  "node_network_profile.node_public_ip_tags": "gives nodes addresses of the internet",
  node_public_ip_prefix_id: "gives nodes addresses of the internet",
  scale_down_mode: "keeps nodes that are not needed, with what is on their disks",
};

/** Whether there is an address with a user and a password in a value. */
export function holdsPassword(value: unknown): boolean {
  return /:\/\/[^/"@:]*:[^/"@]+@/.test(JSON.stringify(value));
}

/** Whether something is set at a path; blocks may be written as lists. */
export function isSet(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) {
    return value !== undefined && value !== null;
  }
  if (Array.isArray(value)) {
    return value.some((item) => isSet(item, [key, ...rest]));
  }
  return isGroup(value) && hasEntry(value, key) && isSet(value[key], rest);
}

/** Whether a value is a group of attributes. */
export function isGroup(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
