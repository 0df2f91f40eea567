// How far pools can grow until a range is full. Pure.
import { PoolGrowth } from "./demands";
import { nodesWithSurge } from "./formulas";

/** Returns the addresses that further nodes of a pool take, with those that an upgrade adds. */
export function growthCost({ nodes, perNode, maxSurge }: PoolGrowth, further: number): number {
  return (nodesWithSurge(nodes + further, maxSurge) - nodesWithSurge(nodes, maxSurge)) * perNode;
}

/**
 * Most further nodes for which there is room, whichever of the pools gets them all; undefined if
 * there are no pools.
 */
export function furtherNodes(pools: PoolGrowth[], spare: number): number | undefined {
  return pools.length === 0 ? undefined : Math.min(...pools.map((pool) => poolGrowth(pool, spare)));
}

function poolGrowth(pool: PoolGrowth, spare: number): number {
  // Each further node costs one or more, so the answer is between nothing and all.
  let least = 0;
  let most = Math.max(0, Math.floor(spare));
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (growthCost(pool, middle) <= spare) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return least;
}
