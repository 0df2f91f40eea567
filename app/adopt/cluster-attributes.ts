// The attributes of clusters of azurerm, and where az has them: one row for each. Pure.
import { isSameName } from "../../lib/spec/naming";
import { isGroup } from "../config/file-schema";
import {
  ExistingAttribute,
  computed,
  flag,
  id,
  idOf,
  ids,
  map,
  number,
  text,
  texts,
} from "../discover/attribute";
import { regionOf } from "../discover/exports";
import { AUTOSCALER, authorizedRanges } from "../discover/fields";
import { CHANGE_POLICY_ENGINE } from "../discover/network-policy";
import { CLUSTER_OVERRIDES } from "../discover/override-attributes";
import { Reading } from "../discover/reading";

const NETWORK = "networkProfile";
const API = "apiServerAccessProfile";
const BALANCER = `${NETWORK}.loadBalancerProfile`;

const NODE_IP_CONFIGURATION = "NodeIPConfiguration";
const KMS = "securityProfile.azureKeyVaultKms";
const MESH_CA = "serviceMeshProfile.istio.certificateAuthority.plugin";
const METRICS = "azureMonitorProfile.metrics.kubeStateMetrics";

const SECOND_CLUSTER =
  "Azure cannot change it: create a cluster next to this one, with the same identities, and move the workloads.";

const inNetwork = (attribute: string) => `network_profile.${attribute}`;
const inRouting = (one: Reading) => {
  const routing = one.group("ingressProfile.webAppRouting");
  return routing?.flag("enabled") === true ? routing : undefined;
};
const inAutoscaler = (attribute: string) => `auto_scaler_profile.${attribute}`;

/** Attributes of the cluster, without its name, its pools and its maintenance windows. */
export const CLUSTER_ATTRIBUTES: readonly ExistingAttribute[] = [
  ...CLUSTER_OVERRIDES,
  computed("location", (one) => regionOf(one.text("location")), "location"),
  text("dns_prefix", "dnsPrefix", "dnsPrefix"),
  text("dns_prefix_private_cluster", "fqdnSubdomain", "privateDns.fqdnSubdomain"),
  text("node_resource_group", "nodeResourceGroup", "nodeResourceGroup"),
  id("disk_encryption_set_id", "diskEncryptionSetId", "diskEncryption"),
  flag("private_cluster_enabled", `${API}.enablePrivateCluster`, "apiServer.type", false),
  computed("private_dns_zone_id", zoneOf, "privateDns"),
  computed(
    "api_server_access_profile.subnet_id",
    (one) =>
      one.flag(`${API}.enableVnetIntegration`) === true
        ? idOf(one.text(`${API}.subnetId`))
        : undefined,
    "network.apiServerSubnet",
  ),
  flag(
    "api_server_access_profile.virtual_network_integration_enabled",
    `${API}.enableVnetIntegration`,
    "network.apiServerSubnet",
  ),
  computed(
    "api_server_access_profile.authorized_ip_ranges",
    authorizedRanges,
    "apiServer.authorizedRanges",
  ),
  flag("role_based_access_control_enabled", "enableRbac", { instead: SECOND_CLUSTER }, true),
  text("windows_profile.admin_username", "windowsProfile.adminUsername"),
  text("windows_profile.gmsa.dns_server", "windowsProfile.gmsaProfile.dnsServer"),
  text("windows_profile.gmsa.root_domain", "windowsProfile.gmsaProfile.rootDomainName"),

  text(inNetwork("network_plugin"), `${NETWORK}.networkPlugin`, {
    field: "network.podNetwork",
    instead:
      "Change it in Azure first: az aks update --network-plugin azure --network-plugin-mode overlay.",
  }),
  text(inNetwork("network_plugin_mode"), `${NETWORK}.networkPluginMode`, "network.podNetwork"),
  text(inNetwork("network_data_plane"), `${NETWORK}.networkDataplane`, "network.dataPlane"),
  computed(
    inNetwork("network_policy"),
    (one) => {
      const policy = one.text(`${NETWORK}.networkPolicy`);
      return policy === "none" ? undefined : policy;
    },
    {
      field: "network.dataPlane",
      instead: CHANGE_POLICY_ENGINE,
    },
  ),
  text(inNetwork("network_mode"), `${NETWORK}.networkMode`, { instead: SECOND_CLUSTER }),
  computed(
    inNetwork("load_balancer_sku"),
    (one) => one.text(`${NETWORK}.loadBalancerSku`)?.toLowerCase(),
    { instead: "Change it in Azure first: az aks update --load-balancer-sku standard." },
  ),
  text(inNetwork("outbound_type"), `${NETWORK}.outboundType`, "network.egress.type"),
  texts(inNetwork("ip_versions"), `${NETWORK}.ipFamilies`, "network.ipv6"),
  text(inNetwork("pod_cidr"), `${NETWORK}.podCidr`, "network.podNetwork.podCidr"),
  texts(inNetwork("pod_cidrs"), `${NETWORK}.podCidrs`, "network.ipv6.podCidr"),
  text(inNetwork("service_cidr"), `${NETWORK}.serviceCidr`, "network.serviceCidr"),
  texts(inNetwork("service_cidrs"), `${NETWORK}.serviceCidrs`, "network.ipv6.serviceCidr"),
  text(inNetwork("dns_service_ip"), `${NETWORK}.dnsServiceIp`, "network.dnsServiceIp"),
  flag(
    inNetwork("advanced_networking.observability_enabled"),
    `${NETWORK}.advancedNetworking.observability.enabled`,
  ),
  flag(
    inNetwork("advanced_networking.security_enabled"),
    `${NETWORK}.advancedNetworking.security.enabled`,
  ),
  number(
    inNetwork("load_balancer_profile.managed_outbound_ip_count"),
    `${BALANCER}.managedOutboundIPs.count`,
    "network.egress",
  ),
  ids(
    inNetwork("load_balancer_profile.outbound_ip_address_ids"),
    `${BALANCER}.outboundIPs.publicIPs`,
    "network.egress.publicIps",
  ),
  ids(
    inNetwork("load_balancer_profile.outbound_ip_prefix_ids"),
    `${BALANCER}.outboundIPPrefixes.publicIPPrefixes`,
    "network.egress.publicIpPrefixes",
  ),
  number(
    inNetwork("load_balancer_profile.outbound_ports_allocated"),
    `${BALANCER}.allocatedOutboundPorts`,
    "network.egress",
  ),
  number(
    inNetwork("load_balancer_profile.idle_timeout_in_minutes"),
    `${BALANCER}.idleTimeoutInMinutes`,
    "network.egress",
  ),

  number(
    inNetwork("load_balancer_profile.managed_outbound_ipv6_count"),
    `${BALANCER}.managedOutboundIPs.countIPv6`,
    "network.egress.managedOutboundIpv6Count",
  ),
  computed(inNetwork("load_balancer_profile.backend_pool_type"), (one) =>
    unless(NODE_IP_CONFIGURATION, one.text(`${BALANCER}.backendPoolType`)),
  ),

  // Azure alone sets them: with them, the block exists.
  ids(
    inNetwork("load_balancer_profile.effective_outbound_ips"),
    `${BALANCER}.effectiveOutboundIPs`,
  ),

  computed("identity.type", identityType),
  computed("identity.identity_ids", identityIds),
  computed("service_principal.client_id", (one) => {
    const clientId = one.text("servicePrincipalProfile.clientId");
    return clientId === "msi" ? undefined : clientId;
  }),
  id("kubelet_identity.user_assigned_identity_id", "identityProfile.kubeletidentity.resourceId"),
  text("kubelet_identity.client_id", "identityProfile.kubeletidentity.clientId"),
  text("kubelet_identity.object_id", "identityProfile.kubeletidentity.objectId"),

  text("kubernetes_version", "kubernetesVersion", "kubernetesVersion"),
  text("sku_tier", "sku.tier"),
  text("support_plan", "supportPlan"),
  map("tags", "tags", "tags"),
  flag("local_account_disabled", "disableLocalAccounts"),
  computed("run_command_enabled", (one) => one.flag(`${API}.disableRunCommand`) !== true),
  flag("private_cluster_public_fqdn_enabled", `${API}.enablePrivateClusterPublicFqdn`),
  flag("oidc_issuer_enabled", "oidcIssuerProfile.enabled"),
  flag("workload_identity_enabled", "securityProfile.workloadIdentity.enabled"),
  flag("image_cleaner_enabled", "securityProfile.imageCleaner.enabled"),
  number("image_cleaner_interval_hours", "securityProfile.imageCleaner.intervalHours"),
  flag("azure_policy_enabled", "addonProfiles.azurepolicy.enabled"),
  flag("http_application_routing_enabled", "addonProfiles.httpApplicationRouting.enabled"),
  flag("open_service_mesh_enabled", "addonProfiles.openServiceMesh.enabled"),
  flag("cost_analysis_enabled", "metricsProfile.costAnalysis.enabled"),
  flag("workload_autoscaler_profile.keda_enabled", "workloadAutoScalerProfile.keda.enabled"),
  flag(
    "workload_autoscaler_profile.vertical_pod_autoscaler_enabled",
    "workloadAutoScalerProfile.verticalPodAutoscaler.enabled",
  ),
  addOn("key_vault_secrets_provider.secret_rotation_enabled", SECRETS("enableSecretRotation")),
  addOn("key_vault_secrets_provider.secret_rotation_interval", SECRETS("rotationPollInterval")),
  addOn("oms_agent.log_analytics_workspace_id", LOGS("logAnalyticsWorkspaceResourceID")),
  addOn("oms_agent.msi_auth_for_monitoring_enabled", LOGS("useAADAuth")),
  computed("microsoft_defender.log_analytics_workspace_id", (one) =>
    one.flag("securityProfile.defender.securityMonitoring.enabled") === true
      ? idOf(one.text("securityProfile.defender.logAnalyticsWorkspaceResourceId"))
      : undefined,
  ),
  text("azure_active_directory_role_based_access_control.tenant_id", "aadProfile.tenantId"),
  flag(
    "azure_active_directory_role_based_access_control.azure_rbac_enabled",
    "aadProfile.enableAzureRbac",
  ),
  texts(
    "azure_active_directory_role_based_access_control.admin_group_object_ids",
    "aadProfile.adminGroupObjectIDs",
    "access.adminGroups",
  ),
  computed(
    "automatic_upgrade_channel",
    (one) => unless("none", one.text("autoUpgradeProfile.upgradeChannel")),
    // The description says node-image with upgrades.nodeOsChannel.
    { field: "upgrades.channel", standard: "node-image" },
  ),
  text("node_os_upgrade_channel", "autoUpgradeProfile.nodeOSUpgradeChannel"),
  computed("key_management_service.key_vault_key_id", (one) =>
    one.flag(`${KMS}.enabled`) === true ? one.text(`${KMS}.keyId`) : undefined,
  ),
  texts("service_mesh_profile.revisions", "serviceMeshProfile.istio.revisions"),
  text("key_management_service.key_vault_network_access", `${KMS}.keyVaultNetworkAccess`, "kms"),
  text("bootstrap_profile.artifact_source", "bootstrapProfile.artifactSource"),
  id("bootstrap_profile.container_registry_id", "bootstrapProfile.containerRegistryId"),
  text("service_mesh_profile.mode", "serviceMeshProfile.mode", {
    field: "serviceMesh",
    standard: "Disabled",
  }),
  ...["internal", "external"].map((mode) =>
    computed(
      `service_mesh_profile.${mode}_ingress_gateway_enabled`,
      (one) =>
        one
          .list("serviceMeshProfile.istio.components.ingressGateways")
          .some((each) => each.text("mode")?.toLowerCase() === mode && each.flag("enabled")),
      `serviceMesh.${mode}Ingress`,
    ),
  ),
  id("service_mesh_profile.certificate_authority.key_vault_id", `${MESH_CA}.keyVaultId`),
  ...["cert_chain", "cert", "key", "root_cert"].map((name) =>
    text(
      `service_mesh_profile.certificate_authority.${name}_object_name`,
      `${MESH_CA}.${name.replace(/_/g, "")}ObjectName`,
    ),
  ),
  computed(
    "web_app_routing.default_nginx_controller",
    (one) => inRouting(one)?.text("nginx.defaultIngressControllerType"),
    "applicationRouting.controller",
  ),
  computed(
    "web_app_routing.dns_zone_ids",
    (one) =>
      inRouting(one)
        ?.texts("dnsZoneResourceIds")
        .flatMap((zone) => idOf(zone) ?? []),
    "applicationRouting",
  ),
  flag("ai_toolchain_operator_enabled", "aiToolchainOperatorProfile.enabled"),
  text("monitor_metrics.annotations_allowed", `${METRICS}.metricAnnotationsAllowList`),
  text("monitor_metrics.labels_allowed", `${METRICS}.metricLabelsAllowlist`),
  text("windows_profile.license", "windowsProfile.licenseType"),
];

/** Attributes of the autoscaler, which AKS keeps unless the stack sets one of them. */
export const AUTOSCALER_ATTRIBUTES: readonly ExistingAttribute[] = [
  ...Object.entries({
    empty_bulk_delete_max: "maxEmptyBulkDelete",
    expander: AUTOSCALER.expander,
    max_graceful_termination_sec: AUTOSCALER.maxGracefulTerminationSeconds,
    max_node_provisioning_time: "maxNodeProvisionTime",
    max_unready_nodes: "okTotalUnreadyCount",
    max_unready_percentage: "maxTotalUnreadyPercentage",
    new_pod_scale_up_delay: "newPodScaleUpDelay",
    scale_down_delay_after_add: AUTOSCALER.scaleDownDelayAfterAdd,
    scale_down_delay_after_delete: "scaleDownDelayAfterDelete",
    scale_down_delay_after_failure: "scaleDownDelayAfterFailure",
    scale_down_unneeded: AUTOSCALER.scaleDownUnneeded,
    scale_down_unready: "scaleDownUnreadyTime",
    scale_down_utilization_threshold: AUTOSCALER.scaleDownUtilizationThreshold,
    scan_interval: "scanInterval",
  }).map(([attribute, from]) => text(inAutoscaler(attribute), `autoScalerProfile.${from}`)),
  ...Object.entries({
    balance_similar_node_groups: AUTOSCALER.balanceSimilarNodeGroups,
    daemonset_eviction_for_empty_nodes_enabled: "daemonsetEvictionForEmptyNodes",
    daemonset_eviction_for_occupied_nodes_enabled: "daemonsetEvictionForOccupiedNodes",
    ignore_daemonsets_utilization_enabled: "ignoreDaemonsetsUtilization",
    skip_nodes_with_local_storage: AUTOSCALER.skipNodesWithLocalStorage,
    skip_nodes_with_system_pods: AUTOSCALER.skipNodesWithSystemPods,
  }).map(([attribute, from]) => flag(inAutoscaler(attribute), `autoScalerProfile.${from}`)),
];

const on = (block: string, from: string, field?: string) =>
  computed(block, (one) => (one.flag(`${from}.enabled`) === true ? "on" : undefined), field);

/** Blocks that turn something on, also if no attribute in them is set. */
export const BLOCKS: readonly ExistingAttribute[] = [
  on("aci_connector_linux", "addonProfiles.aciConnectorLinux"),
  on("ingress_application_gateway", "addonProfiles.ingressApplicationGateway"),
  on("monitor_metrics", "azureMonitorProfile.metrics", "monitoring.prometheusWorkspace"),
  on("web_app_routing", "ingressProfile.webAppRouting", "applicationRouting"),
];

function addOn(attribute: string, [name, setting]: readonly [string, string]): ExistingAttribute {
  return computed(attribute, (one) => {
    const profile = one.group(`addonProfiles.${name}`);
    if (profile?.flag("enabled") !== true) {
      return undefined;
    }
    const value = profile.text(`config.${setting}`);
    return profile.flag(`config.${setting}`) ?? (value?.startsWith("/") ? idOf(value) : value);
  });
}

function SECRETS(setting: string) {
  return ["azureKeyvaultSecretsProvider", setting] as const;
}

function LOGS(setting: string) {
  return ["omsagent", setting] as const;
}

function unless(standard: string, value: string | undefined): string | undefined {
  return isSameName(value ?? "", standard) ? undefined : value;
}

function zoneOf(one: Reading): string | undefined {
  const zone = one.text(`${API}.privateDnsZone`);
  const words: { readonly [zone: string]: string } = { system: "System", none: "None" };
  return one.flag(`${API}.enablePrivateCluster`) !== true || zone === undefined
    ? undefined
    : (words[zone.toLowerCase()] ?? idOf(zone));
}

function identityType(one: Reading): string | undefined {
  const type = one.text("identity.type");
  return type === "None" ? undefined : type;
}

function identityIds(one: Reading): string[] {
  const brought = one.value("identity.userAssignedIdentities");
  return Object.keys(isGroup(brought) ? brought : {}).flatMap((each) => idOf(each) ?? []);
}
