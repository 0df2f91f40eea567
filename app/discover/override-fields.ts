// Attributes of azurerm that the description has no field for: where az has them, one row for each. Pure.
import { Fields } from "../config/file-schema";
import { Reading } from "./reading";
import { Source, nonEmptyGroup } from "./source";

/** An attribute, its path in az, and the value that needs no line because AKS has it by default. */
interface Attribute {
  readonly attribute: string;
  readonly from: string;
  readonly standard?: boolean | string;
}

const CLUSTER: readonly Attribute[] = [
  { attribute: "linux_profile.admin_username", from: "linuxProfile.adminUsername" },
  {
    attribute: "storage_profile.blob_driver_enabled",
    from: "storageProfile.blobCsiDriver.enabled",
    standard: false,
  },
  {
    attribute: "storage_profile.disk_driver_enabled",
    from: "storageProfile.diskCsiDriver.enabled",
    standard: true,
  },
  {
    attribute: "storage_profile.file_driver_enabled",
    from: "storageProfile.fileCsiDriver.enabled",
    standard: true,
  },
  {
    attribute: "storage_profile.snapshot_controller_enabled",
    from: "storageProfile.snapshotController.enabled",
    standard: true,
  },
];

const KUBELET: readonly Attribute[] = [
  { attribute: "container_log_max_line", from: "containerLogMaxFiles" },
  { attribute: "container_log_max_size_mb", from: "containerLogMaxSizeMb" },
  { attribute: "cpu_cfs_quota_enabled", from: "cpuCfsQuota" },
  { attribute: "cpu_cfs_quota_period", from: "cpuCfsQuotaPeriod" },
  { attribute: "cpu_manager_policy", from: "cpuManagerPolicy" },
  { attribute: "image_gc_high_threshold", from: "imageGcHighThreshold" },
  { attribute: "image_gc_low_threshold", from: "imageGcLowThreshold" },
  { attribute: "pod_max_pid", from: "podMaxPids" },
  { attribute: "topology_manager_policy", from: "topologyManagerPolicy" },
];

const POOL: readonly Attribute[] = [
  ...KUBELET.map(({ attribute, from }) => ({
    attribute: `kubelet_config.${attribute}`,
    from: `kubeletConfig.${from}`,
  })),
  { attribute: "kubelet_disk_type", from: "kubeletDiskType", standard: "OS" },
  { attribute: "proximity_placement_group_id", from: "proximityPlacementGroupId" },
  { attribute: "ultra_ssd_enabled", from: "enableUltraSsd", standard: false },
  { attribute: "workload_runtime", from: "workloadRuntime", standard: "OCIContainer" },
];

/** Returns the overrides that keep what the description has no field for. */
export function overridesOf(source: Source): Fields | undefined {
  const cluster = attributesOf(CLUSTER, source.cluster);
  const keys = source.cluster
    .list("linuxProfile.ssh.publicKeys")
    .flatMap((one) => one.text("keyData") ?? []);
  const [key] = keys;
  const { linux_profile: linux, ...others } = cluster;
  const withKey =
    key === undefined
      ? others
      : { linux_profile: { ...(linux as Fields), ssh_key: { key_data: key } }, ...others };
  if (key !== undefined) {
    source.note(
      "overrides.cluster.linux_profile",
      "The nodes have a user with an SSH key. Without the override, Terraform would replace the cluster. The key is public; remove the user from new clusters.",
    );
  }
  const pools = source.exports.pools.flatMap((pool) => {
    const attributes = nonEmptyGroup(attributesOf(POOL, pool));
    return attributes ? [[pool.text("name") ?? "", attributes] as const] : [];
  });
  return nonEmptyGroup({
    ...(nonEmptyGroup(withKey) && { cluster: withKey }),
    ...(pools.length > 0 && { nodePools: Object.fromEntries(pools) }),
  });
}

function attributesOf(rows: readonly Attribute[], reading: Reading): Fields {
  const content: { [name: string]: unknown } = {};
  for (const { attribute, from, standard } of rows) {
    const value = reading.flag(from) ?? reading.number(from) ?? reading.text(from);
    if (value !== undefined && value !== standard) {
      const [block = "", name] = attribute.split(".");
      if (name === undefined) {
        content[block] = value;
      } else {
        content[block] = { ...(content[block] as Fields | undefined), [name]: value };
      }
    }
  }
  return content;
}
