// The attributes of the cluster resource, computed from the description. Pure.
import {
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
  KubernetesClusterMaintenanceWindowAutoUpgrade,
  KubernetesClusterNetworkProfile,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { ResolvedPool, ResolvedSpec } from "../spec/resolved-spec";
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

/** How often nodes may be unusable during an upgrade. Microsoft recommends a third for production. */
const MAX_SURGE = "33%";

/** The cluster, hardened: nothing in here can be switched off without an exception. */
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
    skuTier: "Standard",
    tags: spec.tags,
    identity: { type: "UserAssigned", identityIds: [around.controlPlaneIdentityId] },
    kubeletIdentity: {
      userAssignedIdentityId: around.kubelet.identityId,
      clientId: around.kubelet.clientId,
      objectId: around.kubelet.principalId,
    },
    ...accessConfig(around.tenantId),
    ...apiServerConfig(spec, around),
    networkProfile: networkProfile(spec, around),
    defaultNodePool: defaultNodePool(spec.systemPool, spec, around),
    ...dataConfig(spec, around),
    ...upgradeConfig(spec),
    azurePolicyEnabled: true,
    imageCleanerEnabled: true,
    imageCleanerIntervalHours: 168,
    keyVaultSecretsProvider: { secretRotationEnabled: true, secretRotationInterval: "2m" },
    lifecycle: lifecycle(spec.systemPool, "default_node_pool[0].node_count"),
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
    lifecycle: lifecycle(pool, "node_count"),
  };
}

// Local accounts are off, so that everybody signs in with Entra ID and Azure RBAC decides.
function accessConfig(tenantId: string): Partial<KubernetesClusterConfig> {
  return {
    localAccountDisabled: true,
    roleBasedAccessControlEnabled: true,
    azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true, tenantId },
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    runCommandEnabled: false,
  };
}

function apiServerConfig(
  { network: { apiServerSubnet } }: ResolvedSpec,
  { privateDnsZoneId, subnetId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  return {
    privateClusterEnabled: true,
    privateClusterPublicFqdnEnabled: false,
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
    automaticUpgradeChannel: upgrades.channel,
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
  { network: { podNetwork } }: ResolvedSpec,
  { subnetId, resourceId }: ClusterSurroundings,
): Omit<KubernetesClusterDefaultNodePool, "onlyCriticalAddonsEnabled"> {
  const scales = pool.maxCount > pool.minCount;
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
    autoScalingEnabled: scales,
    nodeCount: pool.minCount,
    minCount: scales ? pool.minCount : undefined,
    maxCount: scales ? pool.maxCount : undefined,
    maxPods: pool.maxPods,
    osDiskType: "Ephemeral",
    hostEncryptionEnabled: true,
    nodePublicIpEnabled: false,
    upgradeSettings: { maxSurge: MAX_SURGE },
    // Lets Terraform replace a pool by a temporary one where Azure cannot change it in place.
    temporaryNameForRotation: `${pool.name.slice(0, 9)}tmp`,
  };
}

// The autoscaler changes the number of nodes; Terraform must not change it back.
function lifecycle(pool: ResolvedPool, nodeCount: string): { ignoreChanges: string[] } | undefined {
  return pool.maxCount > pool.minCount ? { ignoreChanges: [nodeCount] } : undefined;
}
