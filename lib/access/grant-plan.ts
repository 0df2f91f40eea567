// The grant plan: everything that is granted, computed from the description. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { Principal, PrincipalKind } from "../spec/principal";
import { PlacedIdentity, ResolvedSpec, placedIdentities } from "../spec/resolved-spec";
import { Need } from "./feature";
import { principalKey } from "./fleet-rows";
import { allNeeds } from "./features";
import { ownNeeds } from "./own-needs";
import { PlannedGrant, PlannedGrantParts } from "./planned-grant";
import { resourceTypeOf } from "./resource-types";
import { Sameness, isSameCondition, samenessOf, scopeKey } from "./same-assignment";
import { Needed, gives, neededOf } from "./sufficient-roles";

/** A cluster with the rows of its grant plan. */
export interface PlannedCluster {
  readonly spec: ResolvedSpec;
  readonly grants: readonly PlannedGrant[];
}

/**
 * Returns the grant plan, sorted: independent of the order of lists in the description.
 *
 * @param others clusters that are deployed before it and may grant the same
 * @param previous the cluster as it was deployed before, whose rights are kept
 */
export function computeGrants(
  spec: ResolvedSpec,
  others: PlannedCluster[],
  previous?: PlannedCluster,
): PlannedGrant[] {
  const rows = grantsFor(spec, allNeeds(spec), ownNeeds(spec), others);
  return previous ? withKept(rows, spec, previous) : rows;
}

// A principal in the place of the deployer that a description does not name.
const UNNAMED = Principal.servicePrincipal("the deployer");

/** Returns the rights that the deployer must hold already, because the description names none. */
export function rightsOfUnnamedDeployer(spec: ResolvedSpec): PlannedGrant[] {
  if (spec.access.deployers.length > 0) {
    return [];
  }
  const asked = { ...spec, access: { ...spec.access, deployers: [UNNAMED] } };
  const isOfDeployer = ({ principal }: Need) => principal.kind === PrincipalKind.DEPLOYER;
  return grantsFor(asked, allNeeds(asked).filter(isOfDeployer));
}

/** Adds the rows of the cluster as it was deployed before, and marks those that another team granted then. */
function withKept(
  rows: PlannedGrant[],
  spec: ResolvedSpec,
  previous: PlannedCluster,
): PlannedGrant[] {
  // One that is not given alike, such as by its object id for the first time, is the same: Azure refuses a second one.
  const isSame = (row: PlannedGrant, old: PlannedGrant) =>
    samenessOf(row, spec, old, previous.spec) !== Sameness.NONE;
  const marked = rows.map((row) => {
    const old = previous.grants.find((one) => isSame(row, one) && isSameCondition(row, one));
    return old === undefined || old.team === row.team
      ? row
      : new PlannedGrant({ ...row, takenOverFrom: old.team });
  });
  const kept = previous.grants
    .filter((old) => hasIdentity(old, spec, previous.spec) && !rows.some((row) => isSame(row, old)))
    .map((old) => new PlannedGrant({ ...old, kept: true }));
  return [...marked, ...kept].sort(inOrder);
}

/** Whether the principal of a former row is still there: the identity of a workload goes with its workload. */
function hasIdentity(
  { principal, _isAfter }: PlannedGrant,
  spec: ResolvedSpec,
  former: ResolvedSpec,
): boolean {
  const key = principalKey(principal, former);
  const isOwn = ({ kind, workload }: PlacedIdentity) =>
    kind === "workload" && principalKey({ kind, workload }, spec) === key;
  return !_isAfter || placedIdentities(spec).some(isOwn);
}

/** Returns the rows that give what is needed. */
export function grantsFor(
  spec: ResolvedSpec,
  needs: Need[],
  own: Need[] = [],
  others: PlannedCluster[] = [],
): PlannedGrant[] {
  const rowsOf = (some: Need[]) => some.map((need) => row(need, spec));
  const computed = withoutCovered(merged(rowsOf(needs), spec), spec, neededOf);
  const added = rowsOf(own).map((grant) => onKnownScope(grant, computed, spec));
  // A wide role of an additional grant does not take the place of a narrow one that was computed, and stays itself
  // unless all of it is there already.
  const rows = withoutCovered(merged(added, spec), spec, ({ role }) => role, computed);
  return rows.map((grant) => grantedByOther(grant, spec, others)).sort(inOrder);
}

/** Marks a row that the plan of another cluster has already. */
function grantedByOther(
  grant: PlannedGrant,
  spec: ResolvedSpec,
  others: PlannedCluster[],
): PlannedGrant {
  for (const other of others) {
    const found = other.grants.find(
      (one) =>
        isSameCondition(grant, one) && samenessOf(grant, spec, one, other.spec) === Sameness.SAME,
    );
    if (found) {
      const grantedFor = found.grantedFor ?? other.spec.name;
      return new PlannedGrant({ ...grant, team: found.team, grantedFor });
    }
  }
  return grant;
}

/** Returns an additional row with the scope of a computed row, if it is about the same scope. */
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
    ...roleFor(right, spec),
    scope,
    reasons: [reason],
    needs: [...right.needs],
    condition,
  });
}

/** Returns the role of the role set, and that of the other role set, which a state may still hold. */
function roleFor(
  { builtIn, minimal }: Need["right"],
  { permissions: { roleSet } }: ResolvedSpec,
): Pick<PlannedGrantParts, "role" | "_alternatives"> {
  const [role, other] = roleSet.kind === "minimal" ? [minimal, builtIn] : [builtIn, minimal];
  return { role, _alternatives: other.name === role.name ? [] : [other] };
}

/** Returns one row for one role of one principal on one scope, with the reasons of all that need it. */
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
 * Drops a row if two others give its principal on its scope all that is wanted of it: so no single feature that is
 * turned on or off takes away a right that is live.
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
  const held = (row: PlannedGrant) => ({ row, holder: holderKey(row, spec) });
  // The row with the most needs first, so that it is the one that stays.
  const ordered = [...rows].sort((a, b) => b.needs.length - a.needs.length || inOrder(a, b));
  const kept = stay.map(held);
  for (const next of ordered.map(held)) {
    const indexes = kept.flatMap(({ row, holder }, index) =>
      holder === next.holder && covers(row, next.row, wanted) ? index : [],
    );
    const same = indexes.find((index) => isSameAssignment(kept[index]!.row, next.row));
    const index = same ?? (indexes.length > 1 ? indexes[0] : undefined);
    if (index === undefined) {
      kept.push(next);
    } else {
      kept[index] = { ...kept[index]!, row: combined(kept[index]!.row, next.row) };
    }
  }
  return kept.map(({ row }) => row);
}

/** Whether a row gives its holder all that is wanted of another one. */
function covers(
  row: PlannedGrant,
  next: PlannedGrant,
  wanted: (row: PlannedGrant) => Needed,
): boolean {
  return (
    isSameAssignment(row, next) || (row.condition === undefined && gives(row.role, wanted(next)))
  );
}

/** Whether two rows of one holder are one role assignment. */
function isSameAssignment(row: PlannedGrant, next: PlannedGrant): boolean {
  return row.role.name === next.role.name && isSameCondition(row, next);
}

/** Returns the first row, with the reasons and needs of the second as well. */
export function combined(first: PlannedGrant, second: PlannedGrant): PlannedGrant {
  const reasons = [...first.reasons, ...second.reasons];
  return new PlannedGrant({
    ...first,
    reasons: reasons.filter(
      ({ why }, index) => reasons.findIndex((other) => other.why === why) === index,
    ),
    needs: [...first.needs, ...second.needs],
    _alternatives: [...new Set([...first._alternatives, ...second._alternatives])],
  });
}

function rowKey(row: PlannedGrant, spec: ResolvedSpec): string {
  return `${holderKey(row, spec)} ${row.role.name} ${row.condition ?? ""}`;
}

/** Returns one text for the holder and the scope of a right, and the team that grants it. */
function holderKey({ team, principal, scope }: PlannedGrant, spec: ResolvedSpec): string {
  const type = principal.principal?.principalType ?? "identity";
  return [team, type, principal.name, scopeKey(scope, spec)].join(" ").toLowerCase();
}

function inOrder({ _order: a }: PlannedGrant, { _order: b }: PlannedGrant): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
