// The fields of the description about node pools, and where az has them: one row for each. Pure.
import { isSameName } from "../../lib/spec/naming";
import { Fields } from "../config/file-schema";
import { autoscalerOf } from "./fields";
import { isReserved, systemPool } from "./pools";
import { Reading } from "./reading";
import { Row, Source, fieldsOf, nameIn, nonEmpty, nonEmptyGroup, reference } from "./source";

/** A pool, with the exports that it is a part of. */
interface PoolSource extends Source {
  readonly pool: Reading;
  readonly isSystem: boolean;
}

/** Label and taint that AKS gives to spot nodes, and the taint of the system pool. */
const OF_AKS = /^(kubernetes\.azure\.com\/scalesetpriority|CriticalAddonsOnly)(=|$)/;

/** Images that Azure takes without being told. */
const DEFAULT_IMAGE = "Ubuntu";

/** Images that the description can say. */
const IMAGES = ["AzureLinux", "AzureLinux3", "Ubuntu", "Ubuntu2204", "Windows2022"];

const SURGE = "upgradeSettings.maxSurge";

const isSpot = ({ pool }: PoolSource) => pool.text("scaleSetPriority") === "Spot";

/** The fields of a pool. */
export const POOL_ROWS: readonly Row<PoolSource>[] = [
  {
    field: "name",
    from: "name",
    read: ({ pool, isSystem }) => {
      const name = pool.text("name");
      return isSystem && name === "system" ? undefined : name;
    },
  },
  { field: "vmSize", from: "vmSize", read: ({ pool }) => pool.text("vmSize") },
  {
    field: "os",
    from: "osType",
    read: ({ pool }) => (pool.text("osType") === "Windows" ? "Windows" : undefined),
  },
  { field: "osSku", from: "osSku", read: osSku },
  { field: "minCount", from: "minCount, count", read: (source) => counts(source)[0] },
  { field: "maxCount", from: "maxCount, count", read: (source) => counts(source)[1] },
  {
    field: "zones",
    from: "availabilityZones",
    read: ({ pool }) =>
      pool.texts("availabilityZones").map((zone) => (/^\d$/.test(zone) ? Number(zone) : zone)),
  },
  { field: "maxPods", from: "maxPods", read: ({ pool }) => pool.number("maxPods") },
  {
    field: "subnet",
    from: "vnetSubnetId",
    read: ({ pool, exports }) => otherName(pool, systemPool(exports), "vnetSubnetId"),
  },
  {
    field: "podSubnet",
    from: "podSubnetId",
    read: ({ pool, exports }) =>
      otherName(
        pool,
        exports.pools.find((one) => one.text("podSubnetId")),
        "podSubnetId",
      ),
  },
  {
    field: "capacityReservationGroup",
    from: "capacityReservationGroupId",
    read: (source) => reference(source.pool.text("capacityReservationGroupId"), source),
  },
  {
    field: "hostGroup",
    from: "hostGroupId",
    read: (source) => reference(source.pool.text("hostGroupId"), source),
  },
  {
    field: "osDiskSizeGb",
    from: "osDiskSizeGb",
    read: ({ pool }) => positive(pool.number("osDiskSizeGb")),
  },
  {
    field: "fips",
    from: "enableFips",
    read: ({ pool }) => (pool.flag("enableFips") === true ? true : undefined),
  },
  {
    field: "labels",
    from: "nodeLabels",
    read: ({ pool }) => {
      const labels = Object.entries(pool.map("nodeLabels"));
      return nonEmptyGroup(Object.fromEntries(labels.filter(([name]) => !OF_AKS.test(name))));
    },
  },
  { field: "taints", from: "nodeTaints", read: taints },
  { field: "spot", from: "scaleSetPriority, spotMaxPrice, scaleSetEvictionPolicy", read: spot },
  { field: "gpu", from: "gpuProfile.driver, gpuInstanceProfile", read: gpu },
  { field: "upgrade", from: "upgradeSettings", read: upgrade },
];

/** The node pools of the description. */
export const NODE_POOL_ROWS: readonly Row[] = [
  { field: "nodePools.autoscaler", from: "autoScalerProfile", read: autoscalerOf },
  {
    field: "nodePools.autoProvisioning",
    from: "nodeProvisioningProfile.mode",
    read: ({ cluster }) => cluster.text("nodeProvisioningProfile.mode") === "Auto" || undefined,
  },
  {
    field: "nodePools.system",
    from: "the first pool of the mode System",
    read: (source) => {
      const pool = systemPool(source.exports);
      return pool && poolFields(pool, source, true);
    },
  },
  { field: "nodePools.user", from: "the other pools", read: userPools },
];

function poolFields(pool: Reading, source: Source, isSystem: boolean): Fields {
  return fieldsOf(POOL_ROWS, { ...source, pool, isSystem });
}

function userPools(source: Source): unknown {
  const { exports, note, cluster } = source;
  const system = systemPool(exports);
  const others = exports.pools.filter((pool) => pool !== system);
  const name = system?.text("name") ?? "system";
  if (system && !isReserved(system)) {
    note(
      `nodePools.system (${name})`,
      `The pool "${name}" also runs applications. The description keeps it for add-ons of the cluster: Terraform replaces its nodes, and applications move to the other pools.`,
    );
  }
  for (const pool of others.filter((one) => one.text("mode") === "System")) {
    const other = pool.text("name") ?? "";
    note(
      `nodePools.user (${other})`,
      `The pool "${other}" is a second system pool. The description has one; "${other}" becomes a user pool, in place.`,
    );
  }
  if (others.length === 0 && system && cluster.text("nodeProvisioningProfile.mode") !== "Auto") {
    note(
      "nodePools.user",
      `The cluster has no pool for applications but "${name}". The description adds the pool "apps", of the same size.`,
    );
    const { vmSize, zones, subnet } = poolFields(system, source, false);
    const count = counts({ ...source, pool: system, isSystem: false });
    const fields = { name: "apps", vmSize, minCount: count[0], maxCount: count[1], zones, subnet };
    return [Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))];
  }
  return others.map((pool) => poolFields(pool, source, false));
}

function counts({ pool, cluster }: PoolSource): [number | undefined, number | undefined] {
  const count = pool.number("count");
  const isScaled = pool.flag("enableAutoScaling") === true;
  // Node auto-provisioning adds nodes outside of the pools, which have a fixed count then.
  if (cluster.text("nodeProvisioningProfile.mode") === "Auto") {
    return [count, undefined];
  }
  return isScaled ? [pool.number("minCount"), pool.number("maxCount")] : [count, count];
}

/** Returns a number; Azure writes 0 for its default. */
function positive(number: number | undefined): number | undefined {
  return number === 0 ? undefined : number;
}

function otherName(pool: Reading, first: Reading | undefined, path: string): string | undefined {
  const name = nameIn(pool.text(path));
  return isSameName(name ?? "", nameIn(first?.text(path)) ?? "") ? undefined : name;
}

function osSku({ pool, note }: PoolSource): string | undefined {
  const image = pool.text("osSku");
  const name = pool.text("name") ?? "";
  if (image !== undefined && !IMAGES.includes(image)) {
    note(
      `nodePools (${name}).osSku`,
      `The nodes of the pool "${name}" have the image ${image}, which the description cannot express. It leaves the image as it is.`,
    );
    return undefined;
  }
  return image === DEFAULT_IMAGE ? undefined : image;
}

function taints({ pool, isSystem, note }: PoolSource): string[] | undefined {
  const others = pool.texts("nodeTaints").filter((taint) => !OF_AKS.test(taint));
  if (isSystem && others.length > 0) {
    const name = pool.text("name") ?? "";
    note(
      `nodePools.system (${name}).taints`,
      `The system pool "${name}" has other taints than that for add-ons, which the description cannot express.`,
    );
    return undefined;
  }
  return nonEmpty(others);
}

function spot(source: PoolSource): unknown {
  const { pool } = source;
  const maxPrice = pool.number("spotMaxPrice");
  const evictionPolicy = pool.text("scaleSetEvictionPolicy");
  return isSpot(source)
    ? {
        ...(maxPrice === undefined || maxPrice === -1 ? {} : { maxPrice }),
        ...(evictionPolicy === undefined ? {} : { evictionPolicy }),
      }
    : undefined;
}

function gpu({ pool }: PoolSource): unknown {
  const driver = pool.text("gpuProfile.driver");
  const instance = pool.text("gpuInstanceProfile");
  return nonEmptyGroup({
    ...(driver === undefined || driver === "Install" ? {} : { driver }),
    ...(instance === undefined ? {} : { instance }),
  });
}

function upgrade(source: PoolSource): unknown {
  const { pool } = source;
  const number = (name: string, standard: number) => {
    const value = pool.number(`upgradeSettings.${name}`);
    return value === standard ? undefined : value;
  };
  const behavior = pool.text("upgradeSettings.undrainableNodeBehavior");
  const unavailable = pool.text("upgradeSettings.maxUnavailable");
  const usesUnavailable = unavailable !== undefined && !/^0%?$/.test(unavailable);
  const maxSurge = pool.text(SURGE);
  const fields = {
    maxSurge: usesUnavailable ? undefined : maxSurge,
    maxUnavailable: usesUnavailable ? unavailable : undefined,
    undrainableNodeBehavior: behavior === "Schedule" ? undefined : behavior,
    drainTimeoutMinutes: number("drainTimeoutInMinutes", 30),
    nodeSoakMinutes: number("nodeSoakDurationInMinutes", 0),
  };
  return isSpot(source)
    ? undefined
    : nonEmptyGroup(
        Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      );
}
