// The attributes of the cluster resource, computed from the description. Pure.
import {
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
  KubernetesClusterMaintenanceWindowAutoUpgrade,
  KubernetesClusterNetworkProfile,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { SURGE_PERCENT } from "../addresses/formulas";
import { ResolvedPool, ResolvedSpec } from "../spec/resolved-spec";
import { controlled } from "./controls";
import { ResourceReference } from "../spec/resource-reference";
import { MaintenanceWindow } from "../spec/upgrades";

/** What the cluster takes from its surroundings. */
export interface ClusterSurroundings {
  readonly resourceGroupName: string;
  readonly tenantId: string;
  readonly controlPlaneIdentityId: string;
  readonly kubelet: { identityId: string; clientId: string; principalId: string };
  readonly subnetId: (name: string) => string;
  readonly resourceId: (type: string, reference: ResourceReference) => string;
  /** The private DNS zone; absent if AKS creates one. */
  readonly privateDnsZoneId?: string;
}

/** The cluster, hardened. */
export function clusterConfig(
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): KubernetesClusterConfig {
  return {
    name: spec.name,
    location: spec.location,
    resourceGroupName: around.resourceGroupName,
    dnsPrefix: spec.name.replace(/_/g, "-").slice(0, 54).replace(/-+$/, ""),
    kubernetesVersion: spec.kubernetesVersion,
    tags: spec.tags,
    identity: { type: "UserAssigned", identityIds: [around.controlPlaneIdentityId] },
    kubeletIdentity: {
      userAssignedIdentityId: around.kubelet.identityId,
      clientId: around.kubelet.clientId,
      objectId: around.kubelet.principalId,
    },
    azureActiveDirectoryRoleBasedAccessControl: {
      azureRbacEnabled: true,
      tenantId: around.tenantId,
    },
    ...apiServerConfig(spec, around),
    networkProfile: networkProfile(spec, around),
    defaultNodePool: defaultNodePool(spec.systemPool, spec, around),
    ...dataConfig(spec, around),
    ...upgradeConfig(spec),
    ...controlled("cluster", spec),
    // The autoscaler changes the number of nodes; Terraform must not change it back.
    lifecycle: { ignoreChanges: ["default_node_pool[0].node_count"] },
  };
}

/** A pool for applications. */
export function userPoolConfig(
  pool: ResolvedPool,
  spec: ResolvedSpec,
  clusterId: string,
  around: ClusterSurroundings,
): KubernetesClusterNodePoolConfig {
  return {
    ...poolConfig(pool, spec, around),
    kubernetesClusterId: clusterId,
    mode: "User",
    tags: spec.tags,
    lifecycle: { ignoreChanges: ["node_count"] },
  };
}

function apiServerConfig(
  { network: { apiServerSubnet } }: ResolvedSpec,
  { privateDnsZoneId, subnetId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  return {
    privateClusterEnabled: true,
    privateDnsZoneId: privateDnsZoneId ?? "System",
    ...(apiServerSubnet === undefined
      ? {}
      : {
          apiServerAccessProfile: {
            virtualNetworkIntegrationEnabled: true,
            subnetId: subnetId(apiServerSubnet),
          },
        }),
  };
}

function networkProfile(
  { network }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): KubernetesClusterNetworkProfile {
  const { podNetwork, dataPlane, egress } = network;
  const outboundTypes: { [type: string]: string } = { natGateway: "userAssignedNATGateway" };
  const ids = (type: string, references: ResourceReference[]) =>
    references.length === 0 ? undefined : references.map((one) => resourceId(type, one));
  const outbound = {
    outboundIpAddressIds: ids("Microsoft.Network/publicIPAddresses", egress.publicIps),
    outboundIpPrefixIds: ids("Microsoft.Network/publicIPPrefixes", egress.publicIpPrefixes),
  };
  return {
    networkPlugin: "azure",
    networkPluginMode: podNetwork.type === "overlay" ? "overlay" : undefined,
    networkDataPlane: dataPlane,
    networkPolicy: dataPlane === "cilium" ? "cilium" : "calico",
    podCidr: podNetwork.podCidr,
    serviceCidr: network.serviceCidr,
    dnsServiceIp: network.dnsServiceIp,
    outboundType: outboundTypes[egress.type] ?? egress.type,
    loadBalancerSku: "standard",
    loadBalancerProfile: Object.values(outbound).some((list) => list) ? outbound : undefined,
  };
}

function dataConfig(
  { diskEncryption: { diskEncryptionSet }, kms, logAnalyticsWorkspace }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  const logAnalyticsWorkspaceId =
    logAnalyticsWorkspace &&
    resourceId("Microsoft.OperationalInsights/workspaces", logAnalyticsWorkspace);
  return {
    diskEncryptionSetId:
      diskEncryptionSet && resourceId("Microsoft.Compute/diskEncryptionSets", diskEncryptionSet),
    keyManagementService: kms && {
      keyVaultKeyId: kms.keyId,
      keyVaultNetworkAccess: kms.network,
    },
    ...(logAnalyticsWorkspaceId === undefined
      ? {}
      : {
          omsAgent: { logAnalyticsWorkspaceId, msiAuthForMonitoringEnabled: true },
          microsoftDefender: { logAnalyticsWorkspaceId },
        }),
  };
}

function upgradeConfig({ upgrades }: ResolvedSpec): Partial<KubernetesClusterConfig> {
  return {
    automaticUpgradeChannel: upgrades.channel === "none" ? undefined : upgrades.channel,
    nodeOsUpgradeChannel: upgrades.nodeOsChannel,
    maintenanceWindowAutoUpgrade: maintenanceWindow(upgrades.clusterWindow),
    maintenanceWindowNodeOs: maintenanceWindow(upgrades.nodeOsWindow),
  };
}

function maintenanceWindow(
  window: Required<MaintenanceWindow>,
): KubernetesClusterMaintenanceWindowAutoUpgrade {
  return {
    frequency: window.frequency,
    interval: 1,
    duration: window.durationHours,
    dayOfWeek: window.dayOfWeek === "" ? undefined : window.dayOfWeek,
    startTime: window.startTime,
    utcOffset: window.utcOffset,
  };
}

function defaultNodePool(
  pool: ResolvedPool,
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): KubernetesClusterDefaultNodePool {
  return { ...poolConfig(pool, spec, around), onlyCriticalAddonsEnabled: true };
}

function poolConfig(
  pool: ResolvedPool,
  spec: ResolvedSpec,
  { subnetId, resourceId }: ClusterSurroundings,
): Omit<KubernetesClusterDefaultNodePool, "onlyCriticalAddonsEnabled"> {
  const { podNetwork } = spec.network;
  return {
    name: pool.name,
    vmSize: pool.vmSize,
    vnetSubnetId: subnetId(pool.subnet),
    podSubnetId: podNetwork.subnet === undefined ? undefined : subnetId(podNetwork.subnet),
    capacityReservationGroupId:
      pool.capacityReservationGroup &&
      resourceId("Microsoft.Compute/capacityReservationGroups", pool.capacityReservationGroup),
    hostGroupId: pool.hostGroup && resourceId("Microsoft.Compute/hostGroups", pool.hostGroup),
    zones: pool.zones,
    // Also where fewest and most are the same: so that changing one of them is no change of kind.
    autoScalingEnabled: true,
    nodeCount: pool.minCount,
    minCount: pool.minCount,
    maxCount: pool.maxCount,
    maxPods: pool.maxPods,
    ...controlled("pool", spec),
    upgradeSettings: { maxSurge: `${SURGE_PERCENT}%` },
    // Lets Terraform replace a pool by a temporary one where Azure cannot change it in place.
    temporaryNameForRotation: `${pool.name.slice(0, 9)}tmp`,
  };
}
