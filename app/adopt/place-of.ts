// The field of the description, or the override, that sets an attribute. Pure.
import { ResolvedSpec } from "../../lib/spec/resolved-spec";
import { ExistingAttribute } from "../discover/attribute";
import { AttributeEffect } from "./adoption";
import { AUTOSCALER_ATTRIBUTES, BLOCKS, CLUSTER_ATTRIBUTES } from "./cluster-attributes";
import { SYSTEM_POOL_ATTRIBUTES, USER_POOL_ATTRIBUTES } from "./pool-attributes";

const CLUSTER = "azurerm_kubernetes_cluster";
const POOL = "azurerm_kubernetes_cluster_node_pool";

/** Whether a type is that of clusters or of their pools. */
export function isClusterOrPool(type: string): boolean {
  return type === CLUSTER || type === POOL;
}

/** The block of the pool that a cluster is made with. */
export const SYSTEM = "default_node_pool.";

/** An attribute, and where the description has it. */
export interface PlacedAttribute {
  /** The attribute, for a pool without the block of the cluster around it. */
  readonly attribute: string;
  readonly path: string;
  readonly row?: ExistingAttribute;
  readonly isPool: boolean;
  /** Name of the pool; empty for the cluster. */
  readonly pool: string;
}

const OF_CLUSTER = [...CLUSTER_ATTRIBUTES, ...AUTOSCALER_ATTRIBUTES, ...BLOCKS];

/** Returns where the description has an attribute of the cluster or of a pool. */
export function placeOf(
  { type, resource, attribute }: Pick<AttributeEffect, "type" | "resource" | "attribute">,
  { nodePools }: ResolvedSpec,
): PlacedAttribute {
  const isUserPool = type === POOL;
  const isPool = isUserPool || attribute.startsWith(SYSTEM);
  const own = attribute.startsWith(SYSTEM) ? attribute.slice(SYSTEM.length) : attribute;
  const rows = isUserPool ? USER_POOL_ATTRIBUTES : isPool ? SYSTEM_POOL_ATTRIBUTES : OF_CLUSTER;
  const row = rows.find((one) => one.attribute === own);
  if (!isPool) {
    const path = row?.field ?? (type === CLUSTER ? `overrides.cluster.${own}` : "");
    return { attribute: own, path, row, isPool, pool: "" };
  }
  const index = nodePools.user.findIndex((pool) => pool.name === resource);
  const pool = isUserPool ? resource : nodePools.system.name;
  const place = isUserPool ? `nodePools.user.${index}` : "nodePools.system";
  const path = row?.field ? `${place}.${row.field}` : `overrides.nodePools.${pool}.${own}`;
  return { attribute: own, path, row, isPool, pool };
}
