// Attributes of azurerm that the description has no field for, and an override can hold: where az has them. Pure.
import { ExistingAttribute, computed, flag, id, ids, number, text, texts } from "./attribute";
import { Reading } from "./reading";

const PROXY = "httpProxyConfig";
const STORAGE = "storageProfile";
const SGX = "addonProfiles.ACCSGXDevicePlugin";

/** Attributes of the cluster. */
export const CLUSTER_OVERRIDES: readonly ExistingAttribute[] = [
  text("edge_zone", "extendedLocation.name"),
  text("linux_profile.admin_username", "linuxProfile.adminUsername"),
  computed("linux_profile.ssh_key.key_data", (one) =>
    one.list("linuxProfile.ssh.publicKeys")[0]?.text("keyData"),
  ),
  text("http_proxy_config.http_proxy", `${PROXY}.httpProxy`),
  text("http_proxy_config.https_proxy", `${PROXY}.httpsProxy`),
  texts("http_proxy_config.no_proxy", `${PROXY}.noProxy`),
  text("http_proxy_config.trusted_ca", `${PROXY}.trustedCa`),
  texts("custom_ca_trust_certificates_base64", "securityProfile.customCATrustCertificates"),
  computed("confidential_computing.sgx_quote_helper_enabled", (one) =>
    one.flag(`${SGX}.enabled`) === true
      ? one.flag(`${SGX}.config.ACCSGXQuoteHelperEnabled`) === true
      : undefined,
  ),
];

/** Attributes that azurerm sets and never reads: without an override they stay as they are in Azure. */
export const UNREAD_OVERRIDES: readonly ExistingAttribute[] = [
  flag("storage_profile.blob_driver_enabled", `${STORAGE}.blobCSIDriver.enabled`, {
    standard: false,
  }),
  flag("storage_profile.disk_driver_enabled", `${STORAGE}.diskCSIDriver.enabled`, {
    standard: true,
  }),
  flag("storage_profile.file_driver_enabled", `${STORAGE}.fileCSIDriver.enabled`, {
    standard: true,
  }),
  flag("storage_profile.snapshot_controller_enabled", `${STORAGE}.snapshotController.enabled`, {
    standard: true,
  }),
];

const KUBELET: readonly ExistingAttribute[] = [
  number("container_log_max_line", "containerLogMaxFiles"),
  number("container_log_max_size_mb", "containerLogMaxSizeMB"),
  flag("cpu_cfs_quota_enabled", "cpuCfsQuota", { standard: true }),
  text("cpu_cfs_quota_period", "cpuCfsQuotaPeriod"),
  text("cpu_manager_policy", "cpuManagerPolicy"),
  number("image_gc_high_threshold", "imageGcHighThreshold"),
  number("image_gc_low_threshold", "imageGcLowThreshold"),
  number("pod_max_pid", "podMaxPids"),
  text("topology_manager_policy", "topologyManagerPolicy"),
];

/** Names of the settings of the kernel; az has the same without underscores. */
const SYSCTLS = [
  ...["fs_aio_max_nr", "fs_file_max", "fs_inotify_max_user_watches", "fs_nr_open"],
  ...["kernel_threads_max", "net_core_netdev_max_backlog", "net_core_optmem_max"],
  ...["net_core_rmem_default", "net_core_rmem_max", "net_core_somaxconn", "net_core_wmem_default"],
  ...["net_core_wmem_max", "net_ipv4_neigh_default_gc_thresh1"],
  ...["net_ipv4_neigh_default_gc_thresh2", "net_ipv4_neigh_default_gc_thresh3"],
  ...["net_ipv4_tcp_fin_timeout", "net_ipv4_tcp_keepalive_intvl", "net_ipv4_tcp_keepalive_probes"],
  ...["net_ipv4_tcp_keepalive_time", "net_ipv4_tcp_max_syn_backlog"],
  ...["net_ipv4_tcp_max_tw_buckets", "net_netfilter_nf_conntrack_buckets"],
  ...["net_netfilter_nf_conntrack_max", "vm_max_map_count", "vm_swappiness"],
  "vm_vfs_cache_pressure",
];

const KERNEL = "linuxOSConfig.sysctls";

/** Attributes of a pool. */
export const POOL_OVERRIDES: readonly ExistingAttribute[] = [
  ...KUBELET.map((one) => within("kubelet_config", "kubeletConfig", one)),
  number("linux_os_config.swap_file_size_mb", "linuxOSConfig.swapFileSizeMB"),
  text("linux_os_config.transparent_huge_page", "linuxOSConfig.transparentHugePageEnabled"),
  text("linux_os_config.transparent_huge_page_defrag", "linuxOSConfig.transparentHugePageDefrag"),
  ...SYSCTLS.map((name) =>
    number(`linux_os_config.sysctl_config.${name}`, `${KERNEL}.${name.replace(/_/g, "")}`),
  ),
  flag("linux_os_config.sysctl_config.net_ipv4_tcp_tw_reuse", `${KERNEL}.netIpv4TcpTwReuse`, {
    standard: false,
  }),
  ...["min", "max"].map((end, index) =>
    computed(`linux_os_config.sysctl_config.net_ipv4_ip_local_port_range_${end}`, (pool) =>
      portRange(pool, index),
    ),
  ),
  text("kubelet_disk_type", "kubeletDiskType", { standard: "OS" }),
  id("proximity_placement_group_id", "proximityPlacementGroupID"),
  id("snapshot_id", "creationData.sourceResourceId"),
  ids(
    "node_network_profile.application_security_group_ids",
    "networkProfile.applicationSecurityGroups",
  ),
  flag("ultra_ssd_enabled", "enableUltraSSD", { standard: false }),
  text("workload_runtime", "workloadRuntime", { standard: "OCIContainer" }),
];

function within(block: string, group: string, one: ExistingAttribute): ExistingAttribute {
  return {
    ...one,
    attribute: `${block}.${one.attribute}`,
    read: (pool) => {
      const inner = pool.group(group);
      return inner && one.read(inner);
    },
  };
}

/** Returns an end of a range such as "32768 60999". */
function portRange(pool: Reading, end: number): number | undefined {
  const range = pool.text(`${KERNEL}.netIpv4IpLocalPortRange`);
  const [, ...ends] = /^(\d+)\s+(\d+)$/.exec(range ?? "") ?? [];
  return ends[end] === undefined ? undefined : Number(ends[end]);
}
