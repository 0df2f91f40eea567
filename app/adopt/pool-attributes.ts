// The attributes of node pools of azurerm, and where az has them: one row for each. Pure.
import {
  ExistingAttribute,
  computed,
  flag,
  id,
  idOf,
  map,
  number,
  text,
  texts,
} from "../discover/attribute";
import { POOL_OVERRIDES } from "../discover/override-attributes";
import { Reading } from "../discover/reading";
import { Json } from "../handoff/stack-json";

/** Taint of the pool for add-ons of the cluster, as azurerm recognizes it. */
const RESERVED = /^CriticalAddonsOnly=true:NoSchedule$/i;

const upgrade = (attribute: string, from: string) =>
  `upgrade_settings.${attribute}, upgradeSettings.${from}`.split(", ") as [string, string];

/** Attributes of every pool. */
export const POOL_ATTRIBUTES: readonly ExistingAttribute[] = [
  ...POOL_OVERRIDES,
  text("name", "name", "name"),
  text("vm_size", "vmSize", "vmSize"),
  id("vnet_subnet_id", "vnetSubnetId", "subnet"),
  id("pod_subnet_id", "podSubnetId", "podSubnet"),
  id("capacity_reservation_group_id", "capacityReservationGroupId", "capacityReservationGroup"),
  id("host_group_id", "hostGroupId", "hostGroup"),
  texts("zones", "availabilityZones", "zones"),
  flag("auto_scaling_enabled", "enableAutoScaling"),
  number("min_count", "minCount", "minCount"),
  number("max_count", "maxCount", "maxCount"),
  number("node_count", "count"),
  number("max_pods", "maxPods", "maxPods"),
  text("orchestrator_version", "orchestratorVersion"),
  text("os_sku", "osSku", "osSku"),
  number("os_disk_size_gb", "osDiskSizeGb", "osDiskSizeGb"),
  text("os_disk_type", "osDiskType"),
  flag("fips_enabled", "enableFips", "fips"),
  text("gpu_driver", "gpuProfile.driver", "gpu.driver"),
  text("gpu_instance", "gpuInstanceProfile", "gpu.instance"),
  map("node_labels", "nodeLabels", "labels"),
  map("tags", "tags"),
  flag("host_encryption_enabled", "enableEncryptionAtHost"),
  flag("node_public_ip_enabled", "enableNodePublicIp"),
  id("node_public_ip_prefix_id", "nodePublicIpPrefixId"),
  computed("node_network_profile.node_public_ip_tags", publicIpTags),
  text(...upgrade("max_surge", "maxSurge"), "upgrade.maxSurge"),
  number(
    ...upgrade("drain_timeout_in_minutes", "drainTimeoutInMinutes"),
    "upgrade.drainTimeoutMinutes",
  ),
  number(
    ...upgrade("node_soak_duration_in_minutes", "nodeSoakDurationInMinutes"),
    "upgrade.nodeSoakMinutes",
  ),
  text(
    ...upgrade("undrainable_node_behavior", "undrainableNodeBehavior"),
    "upgrade.undrainableNodeBehavior",
  ),
  text("scale_down_mode", "scaleDownMode", { standard: "Delete" }),
  computed("node_network_profile.allowed_host_ports", hostPorts),
  texts("kubelet_config.allowed_unsafe_sysctls", "kubeletConfig.allowedUnsafeSysctls"),
];

/** Attributes of the pool that the cluster is made with. */
export const SYSTEM_POOL_ATTRIBUTES: readonly ExistingAttribute[] = [
  ...POOL_ATTRIBUTES,
  // In the list of pools, `type` is that of the resource.
  computed(
    "type",
    (pool) =>
      pool.text("typePropertiesType") ??
      [pool.text("type") ?? ""].find((one) => !one.includes("/")),
    {
      instead:
        "AKS no longer supports availability sets: create a cluster next to this one, and move the workloads.",
    },
  ),
  computed("only_critical_addons_enabled", (pool) =>
    pool.texts("nodeTaints").some((taint) => RESERVED.test(taint)),
  ),
];

/** Attributes of the other pools. */
export const USER_POOL_ATTRIBUTES: readonly ExistingAttribute[] = [
  ...POOL_ATTRIBUTES,
  text("mode", "mode"),
  computed(
    "upgrade_settings.max_unavailable",
    (pool) => {
      const number = pool.text("upgradeSettings.maxUnavailable");
      return /^0%?$/.test(number ?? "") ? undefined : number;
    },
    "upgrade.maxUnavailable",
  ),
  text("os_type", "osType", "os"),
  text("priority", "scaleSetPriority", "spot"),
  computed(
    "spot_max_price",
    (pool) => (isSpot(pool) ? pool.number("spotMaxPrice") : undefined),
    "spot.maxPrice",
  ),
  computed(
    "eviction_policy",
    (pool) => (isSpot(pool) ? pool.text("scaleSetEvictionPolicy") : undefined),
    "spot.evictionPolicy",
  ),
  texts("node_taints", "nodeTaints", "taints"),
  computed("windows_profile.outbound_nat_enabled", (pool) => {
    const isDisabled = pool.flag("windowsProfile.disableOutboundNat");
    return pool.text("osType") === "Windows" ? isDisabled !== true : undefined;
  }),
];

function isSpot(pool: Reading): boolean {
  return pool.text("scaleSetPriority") === "Spot";
}

function hostPorts(pool: Reading): Json[] {
  return pool.list("networkProfile.allowedHostPorts").map((one) => ({
    port_start: one.number("portStart") ?? null,
    port_end: one.number("portEnd") ?? null,
    protocol: one.text("protocol") ?? null,
  }));
}

function publicIpTags(pool: Reading): Json | undefined {
  const tags = pool
    .list("networkProfile.nodePublicIpTags")
    .map((one) => `${one.text("ipTagType") ?? ""}=${one.text("tag") ?? ""}`);
  // A text, since the comparison takes the keys of a map for attributes.
  return tags.length === 0 ? undefined : tags.sort().join(",");
}

/** Returns the id of a pool. */
export function poolId(clusterId: string, name: string): string {
  return idOf(`${clusterId}/agentPools/${name}`)!;
}
