// The grant plan: everything that is granted, computed from the description. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { ResolvedSpec, resolveSpec } from "../spec/resolved-spec";
import { SpecProps } from "../spec/spec-props";
import { Need } from "./feature";
import { allNeeds } from "./features";
import { ownNeeds } from "./own-needs";
import { PlannedGrant } from "./planned-grant";
import { resourceTypeOf } from "./resource-types";
import { Sameness, isSameCondition, samenessOf, scopeKey } from "./same-assignment";
import { Needed, gives, neededOf } from "./sufficient-roles";

// Rules, stacks and review ask for the plan of one description again and again. Descriptions do not change.
const known = new WeakMap<ResolvedSpec, GrantPlan>();
const underway = new Set<ResolvedSpec>();

/**
 * Who gets which role on what, why, and who grants it.
 *
 * Stacks, checks and reviews read this and nothing else about permissions.
 */
export class GrantPlan {
  /**
   * The plan of a description: the same for the same description, whatever the order of its lists.
   *
   * @throws if clusters share something in a circle
   */
  public static of(props: SpecProps): GrantPlan {
    return GrantPlan._ofResolved(resolveSpec(props.spec));
  }

  /** @internal */
  public static _ofResolved(spec: ResolvedSpec): GrantPlan {
    const made = known.get(spec);
    if (made) {
      return made;
    }
    if (underway.has(spec)) {
      throw new Error(
        `The cluster "${spec.name}" shares something with itself, by way of permissions.sharedWith. Name only clusters that are deployed before it.`,
      );
    }
    underway.add(spec);
    try {
      const plan = GrantPlan._ofNeeds(spec, allNeeds(spec), ownNeeds(spec));
      known.set(spec, plan);
      return plan;
    } finally {
      underway.delete(spec);
    }
  }

  /** @internal */
  public static _ofNeeds(spec: ResolvedSpec, needs: Need[], own: Need[] = []): GrantPlan {
    const rowsOf = (some: Need[]) => some.map((need) => row(need, spec));
    const computed = withoutCovered(merged(rowsOf(needs), spec), spec, neededOf);
    const added = rowsOf(own).map((grant) => onKnownScope(grant, computed, spec));
    // A wide role of one's own does not take the place of a narrow one that was computed, and stays itself
    // unless all of it is there already.
    const rows = withoutCovered(merged(added, spec), spec, ({ role }) => role, computed);
    return new GrantPlan(withOthers(rows, spec).sort(byAddress));
  }

  /** The rows, sorted by address. */
  public readonly grants: PlannedGrant[];

  private constructor(grants: PlannedGrant[]) {
    // Stacks, rules and reviews share it.
    this.grants = Object.freeze(grants) as PlannedGrant[];
  }

  /** The rows that the stack of one team grants; not those that the stacks of another cluster grant. */
  public forTeam(team: GrantingTeam): PlannedGrant[] {
    return this.grants.filter((grant) => grant.team === team && grant.grantedFor === undefined);
  }
}

/** Marks the rows that the plans of the clusters hold already with which this one shares something. */
function withOthers(rows: PlannedGrant[], spec: ResolvedSpec): PlannedGrant[] {
  const others = spec.permissions.sharedWith
    .map(resolveSpec)
    .flatMap((other) => GrantPlan._ofResolved(other).grants.map((grant) => ({ grant, other })));
  return rows.map((grant) => {
    const found = others.find(
      (one) =>
        isSameCondition(grant, one.grant) &&
        samenessOf(grant, spec, one.grant, one.other) === Sameness.SAME,
    );
    return found
      ? new PlannedGrant({
          ...grant,
          team: found.grant.team,
          grantedFor: found.grant.grantedFor ?? found.other.name,
        })
      : grant;
  });
}

/** A row of one's own in the words of the rows that are computed, if it is about a scope of theirs. */
function onKnownScope(
  grant: PlannedGrant,
  computed: PlannedGrant[],
  spec: ResolvedSpec,
): PlannedGrant {
  const key = scopeKey(grant.scope, spec);
  const found = computed.find(({ scope }) => scopeKey(scope, spec) === key);
  return found ? new PlannedGrant({ ...grant, scope: found.scope }) : grant;
}

function row(need: Need, spec: ResolvedSpec): PlannedGrant {
  const { principal, scope, right, reason, condition } = need;
  const type = resourceTypeOf(scope.kind);
  const team = need.team ?? spec.permissions.grantedBy[type.owner] ?? type.team;
  return new PlannedGrant({
    team: team === "network" ? GrantingTeam.NETWORK : GrantingTeam.IDENTITY,
    principal,
    role: spec.permissions.roleSet.kind === "minimal" ? right.minimal : right.builtIn,
    scope,
    reasons: [reason],
    needs: [...right.needs],
    condition,
  });
}

/** One row for one role of one principal on one scope, with the reasons of all that need it. */
function merged(rows: PlannedGrant[], spec: ResolvedSpec): PlannedGrant[] {
  const found = new Map<string, PlannedGrant>();
  for (const next of rows) {
    const key = rowKey(next, spec);
    const known = found.get(key);
    found.set(key, known ? combined(known, next) : next);
  }
  return [...found.values()];
}

/**
 * Drops a row if another one gives its principal on its scope all that is wanted of it.
 *
 * @param wanted what of a row has to be there in another one: what is needed, or all of its role
 * @param stay rows that stay, and come first
 */
function withoutCovered(
  rows: PlannedGrant[],
  spec: ResolvedSpec,
  wanted: (row: PlannedGrant) => Needed,
  stay: PlannedGrant[] = [],
): PlannedGrant[] {
  // The row with the most needs first, so that it is the one that stays.
  const ordered = [...rows].sort((a, b) => b.needs.length - a.needs.length || byAddress(a, b));
  const kept = [...stay];
  for (const next of ordered) {
    const index = kept.findIndex(
      (other) =>
        rowKey(other, spec) === rowKey(next, spec) ||
        (holderKey(other, spec) === holderKey(next, spec) &&
          other.condition === undefined &&
          gives(other.role, wanted(next))),
    );
    const other = kept[index];
    if (other) {
      kept[index] = combined(other, next);
    } else {
      kept.push(next);
    }
  }
  return kept;
}

/** The first row, with the reasons and needs of the second as well. */
function combined(first: PlannedGrant, second: PlannedGrant): PlannedGrant {
  const reasons = [...first.reasons, ...second.reasons];
  return new PlannedGrant({
    ...first,
    reasons: reasons.filter(
      ({ why }, index) => reasons.findIndex((other) => other.why === why) === index,
    ),
    needs: [...first.needs, ...second.needs],
  });
}

function rowKey(row: PlannedGrant, spec: ResolvedSpec): string {
  return `${holderKey(row, spec)} ${row.role.name} ${row.condition ?? ""}`;
}

/** Who holds a right on what, by which team. */
function holderKey({ team, principal, scope }: PlannedGrant, spec: ResolvedSpec): string {
  const type = principal.principal?.principalType ?? "identity";
  return [team, type, principal.name, scopeKey(scope, spec)].join(" ").toLowerCase();
}

function byAddress(a: PlannedGrant, b: PlannedGrant): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}
