// A node pool with its defaults filled in. Pure.
import { GpuOptions, NodePoolOptions, SpotOptions, SystemPoolSpec, UserPoolSpec } from "./nodes";

/** A node pool with its defaults, and where it stands in the description. */
export interface ResolvedPool extends NodePoolOptions {
  readonly name: string;
  readonly path: string;
  readonly minCount: number;
  readonly maxCount: number;
  readonly zones: string[];
  readonly maxPods: number;
  readonly subnet: string;
  /** `Linux` or `Windows`. */
  readonly os: string;
  readonly maxSurge: string;
  readonly taints: string[];
  readonly spot?: Required<SpotOptions>;
  readonly gpu?: GpuOptions;
}

/** Nodes that an upgrade adds, if the description does not say it. */
export const DEFAULT_SURGE = "33%";

/** What the nodes of a pool are called while Terraform replaces them; Windows takes six characters. */
export function rotationName({ name, os }: ResolvedPool): string {
  return `${name.slice(0, os === "Windows" ? 3 : 9)}tmp`;
}

/** Fills in the defaults of a pool; `forUsers` holds what user pools alone have. */
export function resolvePool(
  pool: SystemPoolSpec | UserPoolSpec,
  name: string,
  nodeSubnet: string,
  path: string,
  forUsers: Partial<UserPoolSpec> = {},
): ResolvedPool {
  const minCount = pool.minCount ?? 3;
  const { os = "Linux", taints = [], spot, gpu } = forUsers;
  return {
    ...pool,
    name,
    path,
    minCount,
    maxCount: pool.maxCount ?? minCount,
    zones: pool.zones ?? ["1", "2", "3"],
    maxPods: pool.maxPods ?? 110,
    subnet: pool.subnet ?? nodeSubnet,
    os,
    maxSurge: pool.upgrade?.maxSurge ?? DEFAULT_SURGE,
    taints,
    spot: spot && {
      maxPrice: spot.maxPrice ?? -1,
      evictionPolicy: spot.evictionPolicy ?? "Delete",
    },
    gpu,
  };
}
