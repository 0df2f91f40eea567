// The attributes of node pools, computed from the description. Pure.
import { KubernetesClusterDefaultNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Pool, rotationName, surgeOf } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { entryOf } from "../spec/tables";
import { controlled } from "./controls";
import { ClusterSurroundings, nonEmpty } from "./surroundings";

/** The pool for the cluster's own workload. */
export function defaultNodePool(
  pool: Pool,
  spec: ResolvedSpec,
  around: ClusterSurroundings,
): KubernetesClusterDefaultNodePool {
  return { ...poolConfig(pool, spec, around), onlyCriticalAddonsEnabled: true };
}

/** A pool for applications. */
export function userPoolConfig(
  pool: Pool,
  spec: ResolvedSpec,
  clusterId: string,
  around: ClusterSurroundings,
): KubernetesClusterNodePoolConfig {
  const config = poolConfig(pool, spec, around);
  const { maxUnavailable } = pool.upgrade;
  return {
    ...config,
    // Azure counts the one that is left out as 0, and azurerm refuses both.
    ...(maxUnavailable !== undefined && {
      upgradeSettings: { ...config.upgradeSettings, maxSurge: undefined, maxUnavailable },
    }),
    kubernetesClusterId: clusterId,
    mode: "User",
    osType: pool.os === "Linux" ? undefined : pool.os,
    // The value that Azure would fill in.
    windowsProfile: pool.os === "Windows" ? { outboundNatEnabled: true } : undefined,
    ...spotConfig(pool),
    nodeTaints: nonEmpty([...pool.taints, ...(pool.spot ? [SPOT_TAINT] : [])]),
    lifecycle: { ignoreChanges: leftAlone(pool, spec) },
  };
}

/** Attributes of a pool that Terraform leaves as they are in Azure, by their paths in its resource or block. */
export function leftAlone(pool: Pool, { nodePools, ignoreChanges }: ResolvedSpec): string[] {
  const { drainTimeoutMinutes, undrainableNodeBehavior } = pool.upgrade;
  const kept = {
    drain_timeout_in_minutes: drainTimeoutMinutes,
    undrainable_node_behavior: undrainableNodeBehavior,
  };
  return [
    // The autoscaler changes the number of nodes; Terraform must not change it back.
    ...(nodePools.autoProvisioning ? [] : ["node_count"]),
    // Taking one back would replace the pool, and with the system pool the cluster.
    ...Object.entries(pool.spot ? {} : kept).flatMap(([name, value]) =>
      value === undefined ? [`upgrade_settings[0].${name}`] : [],
    ),
    // Azure fills it in after the first update, and taking it back would replace the pool.
    ...(pool.os === "Windows" ? ["windows_profile"] : []),
    ...(entryOf(ignoreChanges.nodePools, pool.name) ?? []),
  ];
}

function scale({ minCount, maxCount }: Pool, { nodePools: { autoProvisioning } }: ResolvedSpec) {
  return autoProvisioning
    ? // Node auto-provisioning makes further nodes, and does not go with the autoscaler.
      { autoScalingEnabled: false, nodeCount: minCount }
    : // Also where fewest and most are the same: so that changing one of them is no change of kind.
      { autoScalingEnabled: true, nodeCount: minCount, minCount, maxCount };
}

// Azure adds both to spot pools; without them every plan would take them away.
const SPOT_KEY = "kubernetes.azure.com/scalesetpriority";
const SPOT_TAINT = `${SPOT_KEY}=spot:NoSchedule`;

function spotConfig({ spot, labels }: Pool): Partial<KubernetesClusterNodePoolConfig> {
  return spot === undefined
    ? {}
    : {
        priority: "Spot",
        evictionPolicy: spot.evictionPolicy,
        spotMaxPrice: spot.maxPrice,
        nodeLabels: { ...labels, [SPOT_KEY]: "spot" },
      };
}

function poolConfig(
  pool: Pool,
  spec: ResolvedSpec,
  { subnetId, resourceId }: ClusterSurroundings,
): Omit<KubernetesClusterDefaultNodePool, "onlyCriticalAddonsEnabled"> {
  return {
    name: pool.name,
    vmSize: pool.vmSize,
    vnetSubnetId: subnetId(pool.subnet),
    podSubnetId: pool.podSubnet === undefined ? undefined : subnetId(pool.podSubnet),
    capacityReservationGroupId:
      pool.capacityReservationGroup &&
      resourceId("Microsoft.Compute/capacityReservationGroups", pool.capacityReservationGroup),
    hostGroupId: pool.hostGroup && resourceId("Microsoft.Compute/hostGroups", pool.hostGroup),
    zones: nonEmpty(pool.zones),
    ...scale(pool, spec),
    maxPods: pool.maxPods,
    // Where AKS upgrades automatically, it upgrades the pools as well, and refuses a version for a single pool.
    orchestratorVersion: spec.upgrades.channel === "none" ? spec.kubernetesVersion : undefined,
    osSku: pool.osSku,
    osDiskSizeGb: pool.osDiskSizeGb,
    fipsEnabled: pool.fips,
    gpuDriver: pool.gpu?.driver,
    gpuInstance: pool.gpu?.instance,
    nodeLabels: pool.labels,
    tags: spec.tags,
    ...controlled("pool", spec),
    // Azure takes spot nodes back at any time, and adds none for an upgrade.
    upgradeSettings: pool.spot
      ? undefined
      : {
          maxSurge: surgeOf(pool),
          undrainableNodeBehavior: pool.upgrade.undrainableNodeBehavior,
          drainTimeoutInMinutes: pool.upgrade.drainTimeoutMinutes,
          nodeSoakDurationInMinutes: pool.upgrade.nodeSoakMinutes,
        },
    // Lets Terraform replace a pool by a temporary one where Azure cannot change it in place.
    temporaryNameForRotation: rotationName(pool),
  };
}
