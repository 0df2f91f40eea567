// Effects of attribute changes on resources, as azurerm 4.55 plans them: a row for each attribute that is not simply
// updated in place. Pure.

/** The version of azurerm that the table describes. */
export const EFFECTS_OF = "4.55.0";

/** Condition under which a change is not in place. */
export type When =
  | "removed"
  /** Left out, while the block around it stays. */
  | "leftOut"
  /** The block around it is new. */
  | "newBlock"
  | "wasSet"
  | "wasUnset"
  | "notToOverlay"
  | "otherOs";

/** The attributes of a resource type. */
export interface EffectsOfType {
  /** ForceNew in the schema. */
  readonly replaces: readonly string[];
  /** ForceNew in CustomizeDiff, under a condition. */
  readonly replacesWhen?: { readonly [attribute: string]: When };
  /** Changed through a temporary pool, which `temporary_name_for_rotation` names. */
  readonly rotates?: readonly string[];
  /** Changed through a temporary pool, under a condition. */
  readonly rotatesWhen?: { readonly [attribute: string]: When };
  /** Optional and computed: an attribute that is left out keeps its value. */
  readonly stays?: readonly string[];
  /** Attributes in a block of `stays` that get their default if they are left out and the block stays. */
  readonly resets?: readonly string[];
  /** Values of attributes that are left out. */
  readonly defaults?: { readonly [attribute: string]: string | number | boolean };
}

const POOL = {
  replaces: [
    "capacity_reservation_group_id",
    "gpu_driver",
    "gpu_instance",
    "host_group_id",
    "node_network_profile.node_public_ip_tags",
    "node_public_ip_prefix_id",
    "proximity_placement_group_id",
  ],
  rotates: [
    "fips_enabled",
    "host_encryption_enabled",
    "kubelet_config",
    "kubelet_disk_type",
    "linux_os_config",
    "max_pods",
    "node_public_ip_enabled",
    "os_disk_size_gb",
    "os_disk_type",
    "pod_subnet_id",
    "snapshot_id",
    "ultra_ssd_enabled",
    "vm_size",
    "vnet_subnet_id",
    "zones",
  ],
  stays: [
    "kubelet_disk_type",
    "linux_os_config.transparent_huge_page",
    "max_pods",
    "node_count",
    "node_labels",
    "orchestrator_version",
    "os_disk_size_gb",
    "os_sku",
    "vm_size",
  ],
  removal: [
    "upgrade_settings.drain_timeout_in_minutes",
    "upgrade_settings.undrainable_node_behavior",
  ],
  defaults: {
    os_disk_type: "Managed",
    os_sku: "Ubuntu",
    scale_down_mode: "Delete",
    ultra_ssd_enabled: false,
  },
};

const ofSystemPool = (attributes: readonly string[]) =>
  attributes.map((attribute) => `default_node_pool.${attribute}`);

const onRemoval = (attributes: readonly string[]): { [attribute: string]: When } =>
  Object.fromEntries(attributes.map((attribute) => [attribute, "removed"]));

/**
 * The table, by resource type.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services
 */
export const EFFECTS: { readonly [type: string]: EffectsOfType } = {
  // containers/kubernetes_cluster_resource.go: schema, CustomizeDiff (lines 62 to 141), cycled properties (2589 to 2622).
  azurerm_kubernetes_cluster: {
    replaces: [
      "disk_encryption_set_id",
      "dns_prefix",
      "dns_prefix_private_cluster",
      "edge_zone",
      "kubelet_identity",
      "linux_profile.admin_username",
      "linux_profile.ssh_key.key_data",
      "location",
      "name",
      "network_profile.dns_service_ip",
      "network_profile.ip_versions",
      "network_profile.load_balancer_sku",
      "network_profile.network_mode",
      "network_profile.network_plugin",
      "network_profile.pod_cidr",
      "network_profile.pod_cidrs",
      "network_profile.service_cidr",
      "network_profile.service_cidrs",
      "node_resource_group",
      "private_cluster_enabled",
      "private_dns_zone_id",
      "resource_group_name",
      "role_based_access_control_enabled",
      "windows_profile.admin_username",
      ...ofSystemPool(["name", "type", ...POOL.replaces]),
    ],
    replacesWhen: {
      "api_server_access_profile.subnet_id": "removed",
      "network_profile.load_balancer_profile": "newBlock",
      "network_profile.nat_gateway_profile": "newBlock",
      "network_profile.network_data_plane": "wasSet",
      "network_profile.network_plugin_mode": "notToOverlay",
      "network_profile.network_policy": "wasSet",
      // A managed identity cannot become a service principal.
      "service_principal.client_id": "wasUnset",
      "windows_profile.gmsa": "leftOut",
      ...onRemoval(ofSystemPool(POOL.removal)),
    },
    rotates: ofSystemPool(["only_critical_addons_enabled", ...POOL.rotates]),
    rotatesWhen: { "default_node_pool.os_sku": "otherOs" },
    stays: [
      "auto_scaler_profile.empty_bulk_delete_max",
      "auto_scaler_profile.max_graceful_termination_sec",
      "auto_scaler_profile.new_pod_scale_up_delay",
      "auto_scaler_profile.scale_down_delay_after_add",
      "auto_scaler_profile.scale_down_delay_after_delete",
      "auto_scaler_profile.scale_down_delay_after_failure",
      "auto_scaler_profile.scale_down_unneeded",
      "auto_scaler_profile.scale_down_unready",
      "auto_scaler_profile.scale_down_utilization_threshold",
      "auto_scaler_profile.scan_interval",
      "azure_active_directory_role_based_access_control.tenant_id",
      "bootstrap_profile",
      "kubelet_identity",
      "kubernetes_version",
      "network_profile.dns_service_ip",
      "network_profile.ip_versions",
      "network_profile.load_balancer_profile",
      "network_profile.nat_gateway_profile",
      "network_profile.network_mode",
      "network_profile.network_policy",
      "network_profile.pod_cidr",
      "network_profile.pod_cidrs",
      "network_profile.service_cidr",
      "network_profile.service_cidrs",
      "node_resource_group",
      "private_dns_zone_id",
      "windows_profile",
      ...ofSystemPool([...POOL.stays, "workload_runtime"]),
    ],
    resets: ["backend_pool_type", "idle_timeout_in_minutes", "outbound_ports_allocated"]
      .concat(["outbound_ip_address_ids", "outbound_ip_prefix_ids"])
      .map((attribute) => `network_profile.load_balancer_profile.${attribute}`),
    defaults: {
      "auto_scaler_profile.balance_similar_node_groups": false,
      "auto_scaler_profile.daemonset_eviction_for_empty_nodes_enabled": false,
      "auto_scaler_profile.daemonset_eviction_for_occupied_nodes_enabled": true,
      "auto_scaler_profile.expander": "random",
      "auto_scaler_profile.ignore_daemonsets_utilization_enabled": false,
      "auto_scaler_profile.max_node_provisioning_time": "15m",
      "auto_scaler_profile.max_unready_nodes": "3",
      "auto_scaler_profile.max_unready_percentage": "45",
      "auto_scaler_profile.skip_nodes_with_system_pods": true,
      "key_management_service.key_vault_network_access": "Public",
      "network_profile.load_balancer_profile.backend_pool_type": "NodeIPConfiguration",
      "network_profile.load_balancer_profile.idle_timeout_in_minutes": 30,
      "network_profile.load_balancer_profile.outbound_ports_allocated": 0,
      node_os_upgrade_channel: "NodeImage",
      "network_profile.outbound_type": "loadBalancer",
      run_command_enabled: true,
      sku_tier: "Free",
      support_plan: "KubernetesOfficial",
      "network_profile.load_balancer_sku": "standard",
      "network_profile.network_data_plane": "azure",
      private_cluster_enabled: false,
      role_based_access_control_enabled: true,
      "default_node_pool.type": "VirtualMachineScaleSets",
      ...Object.fromEntries(
        Object.entries(POOL.defaults).map(([name, value]) => [`default_node_pool.${name}`, value]),
      ),
    },
  },
  // containers/kubernetes_cluster_node_pool_resource.go: schema, CustomizeDiff, cycled properties (960 to 976).
  azurerm_kubernetes_cluster_node_pool: {
    replaces: [
      "eviction_policy",
      "kubernetes_cluster_id",
      "name",
      "os_type",
      "priority",
      "spot_max_price",
      "windows_profile",
      ...POOL.replaces,
    ],
    replacesWhen: { os_sku: "otherOs", ...onRemoval(POOL.removal) },
    rotates: POOL.rotates,
    stays: POOL.stays,
    defaults: { os_type: "Linux", priority: "Regular", spot_max_price: -1, ...POOL.defaults },
  },
  // containers/kubernetes_cluster_extension_resource.go
  azurerm_kubernetes_cluster_extension: {
    replaces: [
      "cluster_id",
      "extension_type",
      "name",
      "plan",
      "release_namespace",
      "release_train",
      "target_namespace",
      "version",
    ],
    stays: ["release_namespace", "release_train", "target_namespace"],
  },
  // containers/kubernetes_cluster_trusted_access_role_binding_resource.go
  azurerm_kubernetes_cluster_trusted_access_role_binding: {
    replaces: ["kubernetes_cluster_id", "name", "source_resource_id"],
  },
  // containers/kubernetes_flux_configuration_resource.go
  azurerm_kubernetes_flux_configuration: {
    replaces: ["cluster_id", "name", "namespace", "scope"],
    defaults: { continuous_reconciliation_enabled: true, scope: "namespace" },
  },
  // containers/kubernetes_fleet_member_resource.go
  azurerm_kubernetes_fleet_member: {
    replaces: ["kubernetes_cluster_id", "kubernetes_fleet_id", "name"],
  },
  // managedidentity/user_assigned_identity_resource.go
  azurerm_user_assigned_identity: { replaces: ["location", "name", "resource_group_name"] },
  // managedidentity/federated_identity_credential_resource.go
  azurerm_federated_identity_credential: {
    replaces: ["name", "parent_id", "resource_group_name"],
  },
  // authorization/role_assignment_resource.go, which supports no updates.
  azurerm_role_assignment: {
    replaces: [
      "condition",
      "condition_version",
      "delegated_managed_identity_resource_id",
      "description",
      "name",
      "principal_id",
      "principal_type",
      "role_definition_id",
      "role_definition_name",
      "scope",
    ],
    stays: ["principal_type"],
  },
  // authorization/role_definition_resource.go
  azurerm_role_definition: { replaces: ["role_definition_id", "scope"] },
  // resource/management_lock_resource.go, which supports no updates.
  azurerm_management_lock: { replaces: ["lock_level", "name", "notes", "scope"] },
  // resource/resource_group_resource.go
  azurerm_resource_group: { replaces: ["location", "name"] },
  // monitor/monitor_diagnostic_setting_resource.go
  azurerm_monitor_diagnostic_setting: { replaces: ["name", "target_resource_id"] },
  // monitor/monitor_data_collection_*_resource.go
  azurerm_monitor_data_collection_endpoint: {
    replaces: ["location", "name", "resource_group_name"],
  },
  azurerm_monitor_data_collection_rule: { replaces: ["location", "name", "resource_group_name"] },
  azurerm_monitor_data_collection_rule_association: { replaces: ["name", "target_resource_id"] },
};
