// Overrides that keep what a cluster has, and the description has no field for. Pure.
import { Fields } from "../config/file-schema";
import { ExistingAttribute } from "./attribute";
import { defaultWindowOf } from "./default-window";
import { CLUSTER_OVERRIDES, POOL_OVERRIDES, UNREAD_OVERRIDES } from "./override-attributes";
import { Reading } from "./reading";
import { Source, nonEmptyGroup, setAt } from "./source";

/** Returns the overrides that keep what the description has no field for. */
export function overridesOf({ cluster, exports, note }: Source): Fields | undefined {
  const { linux_profile: user, ...others } = attributesOf(
    [...CLUSTER_OVERRIDES, ...UNREAD_OVERRIDES],
    cluster,
  );
  const hasKey = (user as Fields | undefined)?.ssh_key !== undefined;
  const window = defaultWindowOf(exports);
  if (hasKey) {
    note(
      "overrides.cluster.linux_profile",
      "The nodes have a user with an SSH key. Without the override, Terraform would replace the cluster. The key is public; remove the user from new clusters.",
    );
  }
  const ofCluster = nonEmptyGroup({
    ...(hasKey && { linux_profile: user }),
    ...others,
    ...(window && { maintenance_window: window }),
  });
  const pools = exports.pools.flatMap((pool) => {
    const attributes = nonEmptyGroup(attributesOf(POOL_OVERRIDES, pool));
    return attributes ? [[pool.text("name") ?? "", attributes] as const] : [];
  });
  return nonEmptyGroup({
    ...(ofCluster && { cluster: ofCluster }),
    ...(pools.length > 0 && { nodePools: Object.fromEntries(pools) }),
  });
}

function attributesOf(rows: readonly ExistingAttribute[], reading: Reading): Fields {
  const content: { [name: string]: unknown } = {};
  for (const { attribute, read, standard } of rows) {
    const value = read(reading);
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && value !== standard) {
      setAt(content, attribute.split("."), value);
    }
  }
  return content;
}
