// The node pools of a resolved description. Pure.
import { DEFAULT_SURGE } from "./defaults";
import { OperatingSystem } from "./nodes";
import { isSameName } from "./naming";
import { ResolvedSpec, ResolvedUserPool } from "./resolved-spec";

/** A node pool with its defaults, and its path in the description. */
export interface Pool extends ResolvedUserPool {
  readonly path: string;
}

/** Path of the system pool in the description. */
export const SYSTEM_POOL_PATH = "nodePools.system";

/** Returns all pools, the system pool first. */
export function allPools({ nodePools: { system, user } }: ResolvedSpec): Pool[] {
  const os = OperatingSystem.LINUX;
  return [
    { ...system, os, taints: [], spot: undefined, path: SYSTEM_POOL_PATH },
    ...user.map((pool, index) => ({ ...pool, path: `nodePools.user.${index}` })),
  ];
}

/** The names of all subnets that nodes are in, each once, in a fixed order. */
export function nodeSubnets(spec: ResolvedSpec): string[] {
  return eachOnce(allPools(spec).map(({ subnet }) => subnet));
}

/** The names of all subnets that only pods are in, each once, in a fixed order. */
export function podSubnets(spec: ResolvedSpec): string[] {
  return eachOnce(allPools(spec).flatMap(({ podSubnet }) => podSubnet ?? []));
}

function eachOnce(names: string[]): string[] {
  return names
    .filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index)
    .sort();
}

/** Extra nodes that an upgrade of a pool is planned with. */
export function surgeOf({ upgrade }: Pool): string {
  return upgrade.maxSurge ?? DEFAULT_SURGE;
}

/** The temporary name of a pool while Terraform replaces it; a Windows pool has six characters. */
export function rotationName({ name, os }: Pool): string {
  return `${name.slice(0, os === OperatingSystem.WINDOWS ? 3 : 9)}tmp`;
}
