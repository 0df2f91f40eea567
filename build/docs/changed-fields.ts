// The fields of a description, and the attributes that follow from them.

/** A field, and what follows from it. */
export interface ChangedField {
  readonly field: string;
  /**
   * Type of the resource.
   *
   * @default azurerm_kubernetes_cluster
   */
  readonly type?: string;
  readonly attributes: readonly string[];
  /** Facts that are not in the table of attributes. */
  readonly note?: string;
}

const IDENTITY = "azurerm_user_assigned_identity";
const POOL = "azurerm_kubernetes_cluster_node_pool";
const ASSIGNMENT = "azurerm_role_assignment";
const CREDENTIAL = "azurerm_federated_identity_credential";
const EXTENSION = "azurerm_kubernetes_cluster_extension";
const CONFIGURATION = "azurerm_kubernetes_flux_configuration";
const LOCK = "azurerm_management_lock";
const KEPT = "the former right stays with `previous`";
const GRANTED = "role assignments are added and removed";
const NOT_KEPT = `${GRANTED}; to keep a right, name the old resource beside the new one`;

const ofSystemPool = (attribute: string) => `default_node_pool.${attribute}`;

/** The fields, in the order of the description. */
export const CHANGED_FIELDS: readonly ChangedField[] = [
  { field: "name", attributes: ["name"], note: "another cluster, with separate stacks" },
  { field: "location", attributes: ["location"] },
  { field: "resourceGroup.name", attributes: ["resource_group_name"] },
  { field: "dnsPrefix", attributes: ["dns_prefix"] },
  { field: "nodeResourceGroup", attributes: ["node_resource_group"] },
  { field: "tags", attributes: ["tags"] },
  { field: "kubernetesVersion", attributes: ["kubernetes_version"] },
  { field: "identities.resourceGroup.name", type: IDENTITY, attributes: ["resource_group_name"] },
  {
    field: "identities.*.resourceGroup",
    type: IDENTITY,
    attributes: ["resource_group_name"],
  },
  { field: "identities.controlPlane.name", type: IDENTITY, attributes: ["name"] },
  { field: "identities.kubelet.name", type: IDENTITY, attributes: ["name"] },
  {
    field: "identities.*.existing",
    attributes: ["identity.identity_ids"],
    note: "with `true`, the stack no longer manages the identity",
  },
  {
    field: "identities.subscriptionId",
    type: IDENTITY,
    attributes: [],
    note: "Terraform moves no identity, and the stacks look for it in the other subscription",
  },
  { field: "network.virtualNetwork", attributes: [ofSystemPool("vnet_subnet_id")], note: KEPT },
  { field: "network.nodeSubnet", attributes: [ofSystemPool("vnet_subnet_id")], note: KEPT },
  { field: "network.podNetwork.subnet", attributes: [ofSystemPool("pod_subnet_id")], note: KEPT },
  { field: "network.podNetwork.podCidr", attributes: ["network_profile.pod_cidr"] },
  {
    field: "network.podNetwork.type",
    attributes: ["network_profile.network_plugin", "network_profile.network_plugin_mode"],
  },
  { field: "network.dataPlane", attributes: ["network_profile.network_data_plane"] },
  { field: "network.serviceCidr", attributes: ["network_profile.service_cidr"] },
  { field: "network.dnsServiceIp", attributes: ["network_profile.dns_service_ip"] },
  { field: "network.ipv6", attributes: ["network_profile.ip_versions"] },
  { field: "network.egress.type", attributes: ["network_profile.outbound_type"] },
  {
    field: "network.egress.publicIps",
    attributes: ["network_profile.load_balancer_profile.outbound_ip_address_ids"],
    note: KEPT,
  },
  {
    field: "network.egress.managedOutboundIpCount, managedOutboundIpv6Count",
    attributes: [
      "network_profile.load_balancer_profile.managed_outbound_ip_count",
      "network_profile.load_balancer_profile.managed_outbound_ipv6_count",
    ],
    note: "without any option of the load balancer, a cluster keeps its values",
  },
  {
    field: "network.egress.outboundPortsAllocated, idleTimeoutInMinutes",
    attributes: [
      "network_profile.load_balancer_profile.outbound_ports_allocated",
      "network_profile.load_balancer_profile.idle_timeout_in_minutes",
    ],
    note: "open connections can break",
  },
  {
    field: "network.apiServerSubnet",
    attributes: ["api_server_access_profile.subnet_id"],
    note: "removing it replaces (refused)",
  },
  { field: "apiServer.type", attributes: ["private_cluster_enabled"] },
  {
    field: "privateDns",
    attributes: ["private_dns_zone_id"],
    note: "another spelling of the same zone changes nothing",
  },
  { field: "privateDns.fqdnSubdomain", attributes: ["dns_prefix_private_cluster"] },
  { field: "nodePools.system.name", attributes: [ofSystemPool("name")] },
  { field: "nodePools.*.vmSize", attributes: [ofSystemPool("vm_size")] },
  {
    field: "nodePools.*.minCount, maxCount",
    attributes: [ofSystemPool("min_count"), ofSystemPool("max_count")],
  },
  { field: "nodePools.*.zones", attributes: [ofSystemPool("zones")] },
  { field: "nodePools.*.maxPods", attributes: [ofSystemPool("max_pods")] },
  { field: "nodePools.*.subnet", attributes: [ofSystemPool("vnet_subnet_id")], note: KEPT },
  { field: "nodePools.*.podSubnet", attributes: [ofSystemPool("pod_subnet_id")], note: KEPT },
  { field: "nodePools.*.osDiskSizeGb", attributes: [ofSystemPool("os_disk_size_gb")] },
  { field: "nodePools.*.fips", attributes: [ofSystemPool("fips_enabled")] },
  { field: "nodePools.*.labels", attributes: [ofSystemPool("node_labels")] },
  {
    field: "nodePools.system.osSku",
    attributes: [ofSystemPool("os_sku")],
    note: "in place between releases of one operating system",
  },
  {
    field: "nodePools.user.osSku",
    type: POOL,
    attributes: ["os_sku"],
    note: "in place between releases of one operating system",
  },
  {
    field: "nodePools.*.capacityReservationGroup",
    attributes: [ofSystemPool("capacity_reservation_group_id")],
    note: KEPT,
  },
  { field: "nodePools.*.hostGroup", attributes: [ofSystemPool("host_group_id")], note: KEPT },
  {
    field: "nodePools.*.gpu",
    attributes: [ofSystemPool("gpu_driver"), ofSystemPool("gpu_instance")],
  },
  {
    field: "nodePools.*.upgrade.drainTimeoutMinutes",
    attributes: [ofSystemPool("upgrade_settings.drain_timeout_in_minutes")],
    note: "without it, a pool keeps its value",
  },
  { field: "nodePools.user.name", type: POOL, attributes: ["name"] },
  { field: "nodePools.user.spot", type: POOL, attributes: ["priority", "eviction_policy"] },
  { field: "nodePools.user.taints", type: POOL, attributes: ["node_taints"] },
  { field: "nodePools.autoscaler", attributes: ["auto_scaler_profile.expander"] },
  {
    field: "registries",
    type: ASSIGNMENT,
    attributes: [],
    note: `${GRANTED}; ${KEPT}`,
  },
  {
    field: "access",
    type: ASSIGNMENT,
    attributes: [],
    note: `${GRANTED}; ${KEPT}`,
  },
  {
    field: "permissions.grantedBy",
    type: ASSIGNMENT,
    attributes: [],
    note: "handed over with `previous`",
  },
  {
    field: "diskEncryption",
    attributes: ["disk_encryption_set_id"],
    note: "another spelling of the same set changes nothing",
  },
  { field: "kms", attributes: ["key_management_service.key_vault_key_id"], note: KEPT },
  {
    field: "storage",
    type: ASSIGNMENT,
    attributes: [],
    note: `${GRANTED}; ${KEPT}`,
  },
  {
    field: "monitoring.logAnalyticsWorkspace",
    attributes: ["oms_agent.log_analytics_workspace_id"],
  },
  {
    field: "monitoring.defender",
    attributes: ["microsoft_defender.log_analytics_workspace_id"],
    note: KEPT,
  },
  {
    field: "monitoring.logCategories",
    type: "azurerm_monitor_diagnostic_setting",
    attributes: ["enabled_log"],
    note: "empty, the diagnostic setting is destroyed",
  },
  { field: "upgrades.channel", attributes: ["automatic_upgrade_channel"] },
  { field: "serviceMesh", attributes: ["service_mesh_profile.revisions"] },
  {
    field: "flux.version",
    type: EXTENSION,
    attributes: ["version"],
    note: "run `az k8s-extension update --version` before",
  },
  {
    field: "flux.configurations.*.namespace, scope",
    type: CONFIGURATION,
    attributes: ["namespace", "scope"],
  },
  {
    field: "flux.configurations.*.name",
    type: CONFIGURATION,
    attributes: [],
    note: "the old configuration is destroyed and, with `prune`, everything that it applied",
  },
  {
    field: "flux.configurations.*.repository",
    type: CONFIGURATION,
    attributes: ["git_repository.url"],
  },
  {
    field: "fleetManager.fleet, memberName",
    type: "azurerm_kubernetes_fleet_member",
    attributes: ["kubernetes_fleet_id", "name"],
    note: "remove `fleetManager` and deploy before",
  },
  {
    field: "fleetManager.updateGroup",
    type: "azurerm_kubernetes_fleet_member",
    attributes: ["group"],
  },
  {
    field: "serviceMesh.certificateAuthority",
    attributes: ["service_mesh_profile.certificate_authority.key_vault_id"],
    note: "AKS refuses it for a mesh that runs with its own authority",
  },
  {
    field: "applicationRouting",
    attributes: ["web_app_routing.default_nginx_controller", "web_app_routing.dns_zone_ids"],
    note: "without it, the ingress controller of the add-on goes",
  },
  {
    field: "applicationRouting.dnsZones, privateDnsZones, keyVaults",
    type: ASSIGNMENT,
    attributes: [],
    note: NOT_KEPT,
  },
  { field: "keyVaultProvider", type: ASSIGNMENT, attributes: [], note: NOT_KEPT },
  {
    field: "locks",
    type: LOCK,
    attributes: [],
    note: "with `false` the lock is lifted; without the field and without add-ons, it stays",
  },
  {
    field: "backup",
    type: ASSIGNMENT,
    attributes: [],
    note: "without it, also the extension goes",
  },
  {
    field: "backup.snapshotResourceGroup",
    type: ASSIGNMENT,
    attributes: [],
    note: `${GRANTED}; ${KEPT}`,
  },
  {
    field: "backup.storageAccount, blobContainer",
    type: "azurerm_kubernetes_cluster_extension",
    attributes: ["configuration_settings"],
    note: "earlier backups stay where they are",
  },
  {
    field: "backup.vault",
    type: "azurerm_kubernetes_cluster_trusted_access_role_binding",
    attributes: ["source_resource_id"],
    note: "the former vault no longer reaches the cluster",
  },
  {
    field: "gatewayForContainers.subnet, gateway",
    type: ASSIGNMENT,
    attributes: [],
    note: `${GRANTED}; ${KEPT}`,
  },
  {
    field: "gatewayForContainers.identity.name",
    type: IDENTITY,
    attributes: ["name"],
    note: "without the field `gatewayForContainers`, the controller loses its identity",
  },
  {
    field: "workloads.*.name",
    type: IDENTITY,
    attributes: [],
    note: "the identity is destroyed, and another one is created and gets the rights",
  },
  {
    field: "workloads.*.identity.name",
    type: IDENTITY,
    attributes: ["name"],
    note: "without its entry, a workload loses its identity",
  },
  {
    field: "workloads.*.identity.existing",
    type: IDENTITY,
    attributes: [],
    note: "with `true`, the stack no longer manages the identity; without it, its rights and credentials are replaced",
  },
  {
    field: "workloads.*.sharesIdentityOf",
    type: CREDENTIAL,
    attributes: [],
    note: "the credentials are replaced; an identity that no workload has any more is destroyed",
  },
  { field: "workloads.*.rights", type: ASSIGNMENT, attributes: [], note: `${GRANTED}; ${KEPT}` },
  {
    field: "workloads.*.serviceAccounts",
    type: CREDENTIAL,
    attributes: [],
    note: "federated credentials are added and removed",
  },
  {
    field: "oidcIssuers.*.name",
    type: CREDENTIAL,
    attributes: [],
    note: "the federated credentials are replaced: tokens are refused in between",
  },
  { field: "oidcIssuers.*.url", type: CREDENTIAL, attributes: ["issuer"] },
  {
    field: "terraform.azurermVersion",
    attributes: [],
    note: "nothing is replaced",
  },
];
