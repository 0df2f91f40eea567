// The attributes of the cluster resource, computed from the description. Pure.
import {
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
  KubernetesClusterMaintenanceWindowAutoUpgrade,
  KubernetesClusterNetworkProfile,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { ResolvedPool, ResolvedSpec } from "../spec/resolved-spec";
import { MaintenanceWindow } from "../spec/upgrades";

/** What the cluster takes from its surroundings. */
export interface ClusterSurroundings {
  readonly resourceGroupName: string;
  readonly tenantId: string;
  readonly controlPlaneIdentityId: string;
  readonly kubelet: { identityId: string; clientId: string; principalId: string };
  readonly subnetId: (name: string) => string;
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
    ...apiServerConfig(around),
    networkProfile: networkProfile(spec),
    defaultNodePool: defaultNodePool(spec.systemPool, around),
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
    ...poolConfig(pool, around),
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

function apiServerConfig({
  privateDnsZoneId,
}: ClusterSurroundings): Partial<KubernetesClusterConfig> {
  return {
    privateClusterEnabled: true,
    privateClusterPublicFqdnEnabled: false,
    privateDnsZoneId: privateDnsZoneId ?? "System",
  };
}

function networkProfile({ network }: ResolvedSpec): KubernetesClusterNetworkProfile {
  const { podNetwork, dataPlane, egress } = network;
  const outboundTypes: { [type: string]: string } = { natGateway: "userAssignedNATGateway" };
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
  around: ClusterSurroundings,
): KubernetesClusterDefaultNodePool {
  return { ...poolConfig(pool, around), onlyCriticalAddonsEnabled: true };
}

function poolConfig(
  pool: ResolvedPool,
  around: ClusterSurroundings,
): Omit<KubernetesClusterDefaultNodePool, "onlyCriticalAddonsEnabled"> {
  const scales = pool.maxCount > pool.minCount;
  return {
    name: pool.name,
    vmSize: pool.vmSize,
    vnetSubnetId: around.subnetId(pool.subnet),
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
