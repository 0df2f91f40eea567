// The grant plan: everything that is granted, computed from the description. Pure.
import { ClusterSpec } from "../spec/cluster-spec";
import { resolveSpec } from "../spec/resolved-spec";
import { FEATURES } from "./features";
import { GrantingTeam, PlannedGrant } from "./planned-grant";

/**
 * Who gets which role on what, why, and who grants it.
 *
 * Stacks, checks and reviews read this and nothing else about permissions.
 */
export class GrantPlan {
  /** The plan of a description: the same for the same description, whatever the order of its lists. */
  public static of(spec: ClusterSpec): GrantPlan {
    const resolved = resolveSpec(spec);
    return new GrantPlan(merge(FEATURES.flatMap((feature) => feature(resolved))));
  }

  private constructor(
    /** The rows, sorted by address. */
    public readonly grants: PlannedGrant[],
  ) {}

  /** The rows that one team grants. */
  public forTeam(team: GrantingTeam): PlannedGrant[] {
    return this.grants.filter((grant) => grant.team === team);
  }
}

/** One row for one role of one principal on one resource, with the reasons of all that need it. */
function merge(rows: PlannedGrant[]): PlannedGrant[] {
  const merged = new Map<string, PlannedGrant>();
  for (const row of rows) {
    const { team, principal, role, scope, reasons } = row;
    const key = `${team} ${row.address} ${scope.reference?.key ?? ""}`;
    const known = merged.get(key);
    const all = [...(known?.reasons ?? []), ...reasons];
    const distinct = all.filter(
      (reason, index) => all.findIndex(({ why }) => why === reason.why) === index,
    );
    merged.set(key, PlannedGrant._of(team, principal, role, scope, distinct));
  }
  return [...merged.values()].sort((a, b) => compare(a.address, b.address));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
