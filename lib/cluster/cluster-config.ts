// The attributes of the cluster resource, computed from the description. Pure.
import {
  KubernetesClusterAutoScalerProfile,
  KubernetesClusterConfig,
  KubernetesClusterMaintenanceWindowAutoUpgrade,
  KubernetesClusterNetworkProfile,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { AutoscalerProfile } from "../spec/autoscaler";
import { addOnConfig } from "./add-on-config";
import { dnsPrefixOf } from "../spec/defaults";
import { ResolvedSpec, ResolvedWindow, isPrivate } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { controlled } from "./controls";
import { loadBalancerProfile } from "./load-balancer-profile";
import { defaultNodePool, leftAlone } from "./pool-config";
import { ClusterSurroundings, nonEmpty } from "./surroundings";
import { allPools } from "../spec/pools";

/** The cluster, hardened. */
export function clusterConfig(
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): KubernetesClusterConfig {
  return {
    name: spec.name,
    location: spec.location,
    resourceGroupName: around.resourceGroupName,
    nodeResourceGroup: spec.nodeResourceGroup,
    // Exactly one of the two.
    dnsPrefix: spec.privateDns.fqdnSubdomain === undefined ? dnsPrefixOf(spec) : undefined,
    dnsPrefixPrivateCluster: spec.privateDns.fqdnSubdomain,
    kubernetesVersion: spec.kubernetesVersion,
    tags: spec.tags,
    identity: { type: "UserAssigned", identityIds: [around.controlPlaneIdentityId] },
    kubeletIdentity: {
      userAssignedIdentityId: around.kubelet.identityId,
      clientId: around.kubelet.clientId,
      objectId: around.kubelet.principalId,
    },
    azureActiveDirectoryRoleBasedAccessControl: {
      tenantId: around.tenantId,
      adminGroupObjectIds: nonEmpty(
        spec.access.adminGroups.flatMap(({ objectId }) => objectId ?? []),
      ),
      ...controlled("entra", spec),
    },
    ...apiServerConfig(spec, around),
    ...networkConfig(spec, around),
    defaultNodePool: defaultNodePool(allPools(spec)[0]!, spec, around),
    autoScalerProfile: spec.nodePools.autoscaler && autoscalerProfile(spec.nodePools.autoscaler),
    ...dataConfig(spec, around),
    ...monitoringConfig(spec, around),
    ...upgradeConfig(spec),
    ...controlled("cluster", spec),
    ...operationConfig(spec),
    ...addOnConfig(spec, around),
  };
}

/** Returns the attributes of the cluster that Terraform leaves as they are in Azure. */
export function ignoredAttributes(spec: ResolvedSpec): string[] {
  return [
    // Another kubelet identity would be another cluster to azurerm. az changes it in place; the preflight warns until then.
    "kubelet_identity",
    // Azure has no way back: forced upgrades end with their time.
    ...(spec.upgrades.forcedUntil === undefined ? ["upgrade_override"] : []),
    // Taking away what a policy sets would turn it off.
    ...(spec.monitoring.defender?._kind === "policy" ? ["microsoft_defender"] : []),
    ...leftAlone(allPools(spec)[0]!, spec).map((path) => `default_node_pool[0].${path}`),
    ...spec.ignoreChanges.cluster,
  ];
}

function apiServerConfig(
  spec: ResolvedSpec,
  { privateDnsZoneId, subnetId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  const { apiServer, network, privateDns } = spec;
  const integration =
    network.apiServerSubnet === undefined
      ? {}
      : {
          virtualNetworkIntegrationEnabled: true,
          subnetId: subnetId(network.apiServerSubnet),
        };
  const ranges = { authorizedIpRanges: nonEmpty(apiServer.authorizedRanges) };
  const profile = { ...integration, ...ranges };
  return {
    privateClusterEnabled: isPrivate(spec),
    privateDnsZoneId: isPrivate(spec)
      ? (privateDnsZoneId ?? (privateDns._kind === "none" ? "None" : "System"))
      : undefined,
    apiServerAccessProfile: Object.values(profile).some((one) => one) ? profile : undefined,
  };
}

function networkConfig(
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  const { artifactCache } = spec.network.egress;
  return {
    networkProfile: networkProfile(spec, around),
    bootstrapProfile: artifactCache && {
      artifactSource: "Cache",
      containerRegistryId: around.resourceId(
        "Microsoft.ContainerRegistry/registries",
        artifactCache,
      ),
    },
  };
}

const OUTBOUND_TYPES: { readonly [egress: string]: string } = {
  natGateway: "userAssignedNATGateway",
};

function networkProfile(
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): KubernetesClusterNetworkProfile {
  const { network } = spec;
  const { podNetwork, dataPlane, egress, ipv6, advancedNetworking } = network;
  return {
    networkPlugin: "azure",
    networkPluginMode: podNetwork._kind === "overlay" ? "overlay" : undefined,
    networkDataPlane: dataPlane,
    networkPolicy: dataPlane === "cilium" ? "cilium" : "calico",
    ...(ipv6 === undefined
      ? { podCidr: podNetwork.podCidr, serviceCidr: network.serviceCidr }
      : {
          ipVersions: ["IPv4", "IPv6"],
          podCidrs: [
            ...(podNetwork.podCidr === undefined ? [] : [podNetwork.podCidr]),
            ipv6.podCidr,
          ],
          serviceCidrs: [network.serviceCidr, ipv6.serviceCidr],
        }),
    dnsServiceIp: network.dnsServiceIp,
    advancedNetworking: advancedNetworking && {
      observabilityEnabled: advancedNetworking.observability,
      securityEnabled: advancedNetworking.security,
    },
    outboundType: OUTBOUND_TYPES[egress.outboundType] ?? egress.outboundType,
    loadBalancerSku: "standard",
    loadBalancerProfile: loadBalancerProfile(spec, around),
  };
}

function dataConfig(
  { diskEncryption: { diskEncryptionSet }, kms }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  return {
    diskEncryptionSetId:
      diskEncryptionSet && resourceId("Microsoft.Compute/diskEncryptionSets", diskEncryptionSet),
    keyManagementService: kms && {
      keyVaultKeyId: kms.keyId,
      keyVaultNetworkAccess: kms.network,
    },
  };
}

function monitoringConfig(
  { monitoring: { logAnalyticsWorkspace, defender, prometheusWorkspace } }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): Partial<KubernetesClusterConfig> {
  const idOf = (workspace: ResourceReference) =>
    resourceId("Microsoft.OperationalInsights/workspaces", workspace);
  const ofDefender = defender ? defender.workspace : logAnalyticsWorkspace;
  return {
    monitorMetrics: prometheusWorkspace && {},
    omsAgent: logAnalyticsWorkspace && {
      logAnalyticsWorkspaceId: idOf(logAnalyticsWorkspace),
      msiAuthForMonitoringEnabled: true,
    },
    microsoftDefender: ofDefender && { logAnalyticsWorkspaceId: idOf(ofDefender) },
  };
}

function operationConfig({
  longTermSupport,
  timeouts,
}: ResolvedSpec): Partial<KubernetesClusterConfig> {
  return {
    timeouts: timeouts && {
      create: timeouts.create,
      update: timeouts.update,
      delete: timeouts.destroy,
    },
    ...(longTermSupport ? { skuTier: "Premium", supportPlan: "AKSLongTermSupport" } : {}),
  };
}

function autoscalerProfile(autoscaler: AutoscalerProfile): KubernetesClusterAutoScalerProfile {
  const { maxGracefulTerminationSeconds, scaleDownUtilizationThreshold, ...rest } = autoscaler;
  return {
    ...rest,
    maxGracefulTerminationSec: maxGracefulTerminationSeconds?.toString(),
    scaleDownUtilizationThreshold: scaleDownUtilizationThreshold?.toString(),
  };
}

function upgradeConfig({ upgrades }: ResolvedSpec): Partial<KubernetesClusterConfig> {
  return {
    automaticUpgradeChannel: upgrades.channel === "none" ? undefined : upgrades.channel,
    nodeOsUpgradeChannel: upgrades.nodeOsChannel,
    upgradeOverride:
      upgrades.forcedUntil === undefined
        ? undefined
        : { forceUpgradeEnabled: true, effectiveUntil: upgrades.forcedUntil },
    maintenanceWindowAutoUpgrade: maintenanceWindow(upgrades.clusterWindow),
    maintenanceWindowNodeOs: maintenanceWindow(upgrades.nodeOsWindow),
  };
}

function maintenanceWindow(window: ResolvedWindow): KubernetesClusterMaintenanceWindowAutoUpgrade {
  return {
    frequency: window.frequency,
    interval: window.interval,
    duration: window.durationHours,
    dayOfWeek: window.dayOfWeek,
    dayOfMonth: window.dayOfMonth,
    weekIndex: window.weekIndex,
    startTime: window.startTime,
    utcOffset: window.utcOffset,
    notAllowed: nonEmpty(window.notAllowed),
  };
}
