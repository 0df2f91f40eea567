// What az prints of a cluster with these attributes of azurerm: its pools, windows and settings. As azurerm sends them to
// Azure, and not from the tables of app/discover.
import { Attributes } from "../../hcl/stack";

interface Values {
  readonly [name: string]: unknown;
}

/** A block of Terraform; empty if there is none. */
export function block(of: Attributes, name: string): Values {
  const value = of[name];
  return ((Array.isArray(value) ? value[0] : value) ?? {}) as Values;
}

export const isThere = (value: unknown) => value !== undefined && value !== null;

export function clusterOf(made: Attributes, principalId: (name: string) => string): Values {
  const kubelet = block(made, "kubelet_identity");
  const [controlPlane] = block(made, "identity").identity_ids as string[];
  const [entra, defender, kms] = [
    "azure_active_directory_role_based_access_control",
    "microsoft_defender",
    "key_management_service",
  ].map((name) => block(made, name)) as [Values, Values, Values];
  const storage = block(made, "storage_profile");
  const autoscalers = block(made, "workload_autoscaler_profile");
  const group = String(made.resource_group_name);
  return {
    id: String(made.id).replace("resourceGroups", "resourcegroups"),
    type: "Microsoft.ContainerService/ManagedClusters",
    name: made.name,
    location: made.location,
    resourceGroup: group,
    nodeResourceGroup:
      made.node_resource_group ?? `MC_${group}_${String(made.name)}_${String(made.location)}`,
    dnsPrefix: made.dns_prefix,
    fqdnSubdomain: made.dns_prefix_private_cluster,
    kubernetesVersion: made.kubernetes_version ?? "1.35",
    tags: made.tags,
    enableRbac: made.role_based_access_control_enabled,
    disableLocalAccounts: made.local_account_disabled,
    diskEncryptionSetId: made.disk_encryption_set_id,
    supportPlan: made.support_plan ?? "KubernetesOfficial",
    sku: { name: "Base", tier: made.sku_tier },
    servicePrincipalProfile: { clientId: "msi" },
    identity: {
      type: "UserAssigned",
      tenantId: entra.tenant_id,
      userAssignedIdentities: {
        [controlPlane!]: { principalId: principalId(controlPlane!.split("/").at(-1)!) },
      },
    },
    identityProfile: {
      kubeletidentity: {
        resourceId: kubelet.user_assigned_identity_id,
        objectId: kubelet.object_id,
        clientId: kubelet.client_id,
      },
    },
    aadProfile: {
      managed: true,
      tenantId: entra.tenant_id,
      enableAzureRbac: entra.azure_rbac_enabled,
      adminGroupObjectIDs: entra.admin_group_object_ids,
    },
    apiServerAccessProfile: apiServerOf(made),
    networkProfile: networkOf(made),
    bootstrapProfile: {
      artifactSource: block(made, "bootstrap_profile").artifact_source ?? "Direct",
      containerRegistryId: block(made, "bootstrap_profile").container_registry_id,
    },
    autoUpgradeProfile: {
      upgradeChannel: made.automatic_upgrade_channel ?? "none",
      nodeOsUpgradeChannel: made.node_os_upgrade_channel,
    },
    autoScalerProfile: autoscalerOf(made),
    addonProfiles: addOnsOf(made),
    oidcIssuerProfile: { enabled: made.oidc_issuer_enabled },
    securityProfile: {
      defender: {
        logAnalyticsWorkspaceResourceId: defender.log_analytics_workspace_id,
        securityMonitoring: { enabled: isThere(made.microsoft_defender) },
      },
      imageCleaner: {
        enabled: made.image_cleaner_enabled ?? false,
        intervalHours: made.image_cleaner_interval_hours,
      },
      workloadIdentity: { enabled: made.workload_identity_enabled },
      azureKeyVaultKms: isThere(made.key_management_service)
        ? {
            enabled: true,
            keyId: kms.key_vault_key_id,
            keyVaultNetworkAccess: kms.key_vault_network_access,
          }
        : null,
    },
    azureMonitorProfile: { metrics: { enabled: isThere(made.monitor_metrics) } },
    metricsProfile: { costAnalysis: { enabled: made.cost_analysis_enabled ?? false } },
    workloadAutoScalerProfile: {
      keda: { enabled: autoscalers.keda_enabled ?? false },
      verticalPodAutoscaler: { enabled: autoscalers.vertical_pod_autoscaler_enabled ?? false },
    },
    serviceMeshProfile: meshOf(made),
    ingressProfile: isThere(made.web_app_routing) ? { webAppRouting: routingOf(made) } : null,
    storageProfile: {
      blobCsiDriver: isThere(storage.blob_driver_enabled)
        ? { enabled: storage.blob_driver_enabled }
        : null,
      diskCsiDriver: { enabled: true },
    },
  };
}

function apiServerOf(made: Attributes): Values {
  const access = block(made, "api_server_access_profile");
  return {
    enablePrivateCluster: made.private_cluster_enabled,
    enablePrivateClusterPublicFqdn: made.private_cluster_public_fqdn_enabled,
    disableRunCommand: made.run_command_enabled === false,
    privateDnsZone: made.private_dns_zone_id === "System" ? "system" : made.private_dns_zone_id,
    authorizedIpRanges: access.authorized_ip_ranges,
    enableVnetIntegration: access.virtual_network_integration_enabled,
    subnetId: access.subnet_id,
  };
}

function networkOf(made: Attributes): Values {
  const profile = block(made, "network_profile");
  const balancer = block(profile, "load_balancer_profile");
  const ids = (list: unknown) => ((list ?? []) as string[]).map((id) => ({ id }));
  const addresses = balancer.outbound_ip_address_ids;
  return {
    networkPlugin: profile.network_plugin,
    networkPluginMode: profile.network_plugin_mode,
    networkDataplane: profile.network_data_plane,
    networkPolicy: profile.network_policy,
    outboundType: profile.outbound_type,
    podCidr: profile.pod_cidr,
    serviceCidr: profile.service_cidr,
    dnsServiceIp: profile.dns_service_ip,
    ipFamilies: profile.ip_versions ?? ["IPv4"],
    loadBalancerSku: profile.load_balancer_sku,
    loadBalancerProfile:
      profile.outbound_type === "loadBalancer"
        ? {
            managedOutboundIPs: isThere(addresses)
              ? null
              : { count: balancer.managed_outbound_ip_count ?? 1 },
            outboundIPs: isThere(addresses) ? { publicIPs: ids(addresses) } : null,
            allocatedOutboundPorts: balancer.outbound_ports_allocated ?? 0,
            idleTimeoutInMinutes: balancer.idle_timeout_in_minutes ?? 30,
          }
        : null,
  };
}

function autoscalerOf(made: Attributes): Values | null {
  const profile = block(made, "auto_scaler_profile");
  // As in the REST API.
  return isThere(made.auto_scaler_profile)
    ? {
        "balance-similar-node-groups": JSON.stringify(profile.balance_similar_node_groups ?? false),
        expander: profile.expander ?? "random",
        "max-graceful-termination-sec": profile.max_graceful_termination_sec ?? "600",
        "scale-down-unneeded-time": profile.scale_down_unneeded ?? "10m",
        "scale-down-delay-after-add": profile.scale_down_delay_after_add ?? "10m",
        "scale-down-utilization-threshold": profile.scale_down_utilization_threshold ?? "0.5",
        "skip-nodes-with-system-pods": "true",
        "scan-interval": "10s",
      }
    : null;
}

function addOnsOf(made: Attributes): Values {
  const logs = block(made, "oms_agent");
  const secrets = block(made, "key_vault_secrets_provider");
  return {
    azurepolicy: { enabled: made.azure_policy_enabled },
    ...(isThere(made.oms_agent) && {
      omsagent: {
        enabled: true,
        config: {
          logAnalyticsWorkspaceResourceID: logs.log_analytics_workspace_id,
          useAADAuth: String(logs.msi_auth_for_monitoring_enabled),
        },
      },
    }),
    ...(isThere(made.key_vault_secrets_provider) && {
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: String(secrets.secret_rotation_enabled) },
        identity: { objectId: ADD_ON_IDS.keyVaultProvider },
      },
    }),
  };
}

/** The object ids that the exports have for identities of add-ons. */
export const ADD_ON_IDS = {
  applicationRouting: "99999999-9999-4999-8999-999999999991",
  keyVaultProvider: "99999999-9999-4999-8999-999999999992",
};

function routingOf(made: Attributes): Values {
  const routing = block(made, "web_app_routing");
  return {
    enabled: true,
    dnsZoneResourceIds: routing.dns_zone_ids,
    nginx: { defaultIngressControllerType: routing.default_nginx_controller },
    identity: { objectId: ADD_ON_IDS.applicationRouting },
  };
}

function authorityOf(made: Attributes): Values | null {
  const authority = block(block(made, "service_mesh_profile"), "certificate_authority");
  return authority.key_vault_id === undefined
    ? null
    : {
        plugin: {
          keyVaultId: authority.key_vault_id,
          rootCertObjectName: authority.root_cert_object_name,
          certObjectName: authority.cert_object_name,
          keyObjectName: authority.key_object_name,
          certChainObjectName: authority.cert_chain_object_name,
        },
      };
}

function meshOf(made: Attributes): Values | null {
  const mesh = block(made, "service_mesh_profile");
  return isThere(made.service_mesh_profile)
    ? {
        mode: mesh.mode,
        istio: {
          revisions: mesh.revisions,
          certificateAuthority: authorityOf(made),
          components: {
            ingressGateways: [
              { mode: "Internal", enabled: mesh.internal_ingress_gateway_enabled },
              { mode: "External", enabled: mesh.external_ingress_gateway_enabled },
            ],
          },
        },
      }
    : null;
}

export function poolOf(pool: Attributes, made: Attributes): Values {
  const upgrade = block(pool, "upgrade_settings");
  const kubelet = block(pool, "kubelet_config");
  return {
    id: `${String(made.id)}/agentPools/${String(pool.name)}`,
    type: "Microsoft.ContainerService/managedClusters/agentPools",
    name: pool.name,
    mode: pool.mode,
    vmSize: pool.vm_size,
    osType: pool.os_type ?? "Linux",
    osSku: pool.os_sku ?? "Ubuntu",
    osDiskType: pool.os_disk_type,
    osDiskSizeGb: pool.os_disk_size_gb,
    enableAutoScaling: pool.auto_scaling_enabled,
    count: pool.node_count,
    minCount: pool.min_count,
    maxCount: pool.max_count,
    maxPods: pool.max_pods,
    availabilityZones: pool.zones,
    vnetSubnetId: pool.vnet_subnet_id,
    podSubnetId: pool.pod_subnet_id,
    capacityReservationGroupId: pool.capacity_reservation_group_id,
    hostGroupId: pool.host_group_id,
    enableEncryptionAtHost: pool.host_encryption_enabled,
    enableNodePublicIp: pool.node_public_ip_enabled,
    enableFips: pool.fips_enabled ?? false,
    gpuInstanceProfile: pool.gpu_instance,
    gpuProfile: isThere(pool.gpu_driver) ? { driver: pool.gpu_driver } : null,
    nodeLabels: pool.node_labels,
    nodeTaints:
      pool.only_critical_addons_enabled === true
        ? ["CriticalAddonsOnly=true:NoSchedule"]
        : pool.node_taints,
    scaleSetPriority: pool.priority,
    scaleSetEvictionPolicy: pool.eviction_policy,
    spotMaxPrice: pool.spot_max_price,
    kubeletConfig: isThere(kubelet.pod_max_pid) ? { podMaxPids: kubelet.pod_max_pid } : null,
    tags: pool.tags,
    upgradeSettings: {
      maxSurge: upgrade.max_surge,
      maxUnavailable: upgrade.max_unavailable ?? "0",
      drainTimeoutInMinutes: upgrade.drain_timeout_in_minutes,
      nodeSoakDurationInMinutes: upgrade.node_soak_duration_in_minutes,
    },
  };
}

export function windowOf(kind: string, made: Attributes): Values {
  const window = block(made, `maintenance_window_${kind}`);
  const name =
    kind === "node_os" ? "aksManagedNodeOSUpgradeSchedule" : "aksManagedAutoUpgradeSchedule";
  const { interval, day_of_week: dayOfWeek } = window;
  return {
    id: `${String(made.id)}/maintenanceConfigurations/${name}`,
    type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    name,
    maintenanceWindow: {
      durationHours: window.duration,
      startTime: window.start_time,
      utcOffset: window.utc_offset,
      schedule:
        window.frequency === "Daily"
          ? { daily: { intervalDays: interval } }
          : { weekly: { intervalWeeks: interval, dayOfWeek } },
    },
  };
}

export function settingOf(setting: Attributes, made: Attributes): Values {
  const logs = setting.enabled_log as { readonly category: string }[];
  return {
    id: `${String(made.id)}/providers/Microsoft.Insights/diagnosticSettings/${String(setting.name)}`,
    type: "Microsoft.Insights/diagnosticSettings",
    name: setting.name,
    workspaceId: setting.log_analytics_workspace_id,
    logs: logs.map(({ category }) => ({ category, enabled: true })),
  };
}
