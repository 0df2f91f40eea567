// Builds the comparison of the grant plan with what Azure holds. Pure.
import { ClusterPlan } from "../../lib";
import { comparedRow } from "./compare";
import { limitsOf } from "./limits";
import { LiveExports } from "./live-exports";
import { LIVE_VERSION, LiveReview, STATUSES } from "./live-review";
import { surplusRows } from "./surplus";
import { worldOf } from "./world";

/**
 * Returns the comparison.
 *
 * @returns undefined if the exports are of several subscriptions, and the description does not name that of the cluster
 */
export function liveReviewOf(plan: ClusterPlan, exports: LiveExports): LiveReview | undefined {
  const world = worldOf(plan, exports);
  if (!world) {
    return undefined;
  }
  const compared = world.planned.map((row) => comparedRow(row, world));
  const settled = new Set(compared.flatMap((one) => one.settled));
  const used = new Set(compared.flatMap((one) => one.used));
  const rows = [...compared.map(({ row }) => row), ...surplusRows(world, settled, used)];
  return {
    version: LIVE_VERSION,
    cluster: plan._resolved.name,
    rows: STATUSES.flatMap((status) => rows.filter((row) => row.status === status)),
    notShown: limitsOf(world),
    files: exports.files,
  };
}
