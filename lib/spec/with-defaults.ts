// A description in which nothing is left out that has a default. Pure.
import { ClusterSpec } from "./cluster-spec";
import { SystemPoolSpec, UserPoolSpec } from "./nodes";
import { ResolvedPool } from "./resolved-pool";
import { ResolvedSpec, resolveSpec } from "./resolved-spec";

/** The description, with its defaults filled in. What has none, such as `kms`, stays out. */
export function withDefaults(spec: ClusterSpec): ClusterSpec {
  const resolved = resolveSpec(spec);
  return {
    ...spec,
    resourceGroup: resolved.resourceGroup,
    identities: resolved.identities,
    network: { ...resolved.network, dnsServiceIp: resolved.network.dnsServiceIp },
    apiServer: resolved.apiServer,
    privateDns: resolved.privateDns,
    nodePools: nodePools(resolved),
    registries: resolved.registries,
    access: {
      adminGroups: resolved.adminGroups,
      deployers: resolved.deployers,
      kubernetes: resolved.kubernetesAccess,
    },
    permissions: {
      roleSet: resolved.roleSet,
      grantedBy: resolved.grantedBy,
      ownGrants: resolved.ownGrants,
      sharedWith: resolved.sharedWith,
    },
    kms: resolved.kms,
    storage: { disks: resolved.disks, storageAccounts: resolved.storageAccounts },
    monitoring: {
      logAnalyticsWorkspace: resolved.logAnalyticsWorkspace,
      logCategories: resolved.logCategories,
      prometheusWorkspace: resolved.prometheusWorkspace,
      location: resolved.monitoringLocation,
    },
    addOns: resolved.addOns,
    exceptions: resolved.exceptions,
    upgrades: resolved.upgrades,
    serviceMesh: resolved.serviceMesh,
    longTermSupport: resolved.longTermSupport,
    overrides: resolved.overrides,
    preflight: resolved.preflight,
    tags: resolved.tags ?? {},
    ownRules: resolved.ownRules,
  };
}

function nodePools({ systemPool, userPools, autoProvisioning, autoscaler }: ResolvedSpec) {
  return {
    system: filledIn(systemPool),
    user: userPools.map((pool): UserPoolSpec => {
      const { os, taints, spot, gpu } = pool;
      return { ...filledIn(pool), os, taints, spot, gpu };
    }),
    autoProvisioning,
    autoscaler,
  };
}

// Without what only the resolved form has.
function filledIn({ maxSurge, ...pool }: ResolvedPool): SystemPoolSpec & { name: string } {
  const { name, vmSize, minCount, maxCount, zones, maxPods, subnet } = pool;
  return {
    name,
    vmSize,
    minCount,
    maxCount,
    zones,
    maxPods,
    subnet,
    capacityReservationGroup: pool.capacityReservationGroup,
    hostGroup: pool.hostGroup,
    osSku: pool.osSku,
    osDiskSizeGb: pool.osDiskSizeGb,
    fips: pool.fips ?? false,
    labels: pool.labels ?? {},
    upgrade: { ...pool.upgrade, maxSurge },
  };
}
