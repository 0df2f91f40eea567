// The node pools in the exports of a cluster. Pure.
import { Exports } from "./exports";
import { Reading } from "./reading";

/** Returns the pool that the cluster is made with: one with the taint for add-ons, if there are several. */
export function systemPool({ pools }: Pick<Exports, "pools">): Reading | undefined {
  const system = pools.filter((one) => one.text("mode") === "System");
  return system.find(isReserved) ?? system[0] ?? pools[0];
}

/** Whether a pool takes only the cluster's own workload. */
export function isReserved(pool: Reading): boolean {
  return pool.texts("nodeTaints").some((taint) => taint.startsWith("CriticalAddonsOnly="));
}
