// The rights that the cluster needs, and those that its principals have today. Pure.
import { addOnPrincipalId } from "./add-on-fields";
import { isSameName } from "../../lib/spec/naming";
import { PrincipalKind } from "../../lib/spec/principal";
import { CATALOGUE } from "../../lib/spec/roles";
import { ClusterPlan } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { allowsAction, allowsDataAction } from "../../lib/access/actions";
import { knownRoles, neededOf } from "../../lib/access/sufficient-roles";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { scopePath } from "../review/azure";
import { command } from "../review/shell";
import { Assignment, Exports, RoleDefinition, subscriptionIn } from "./exports";
import { CurrentIdentity } from "./identities";
import { Source } from "./source";

/** Whether a principal has a right. */
export type RightStatus =
  /** It has it. */
  | "has"
  /** No role assignment of the principal gives it: all of them were exported. */
  | "lacks"
  /** The exports do not show it. */
  | "unknown"
  /** It is about an identity that does not exist yet. */
  | "new";

/** A right that the cluster needs: a row of the grant plan, for the principals of today. */
export interface NeededRight {
  readonly principal: string;
  readonly principalId?: string;
  readonly role: string;
  readonly scopeKind: string;
  readonly scope: string;
  readonly team: string;
  readonly why: string;
  readonly status: RightStatus;
  /** The role assignments that give it, or that may give it. */
  readonly by: { readonly role: string; readonly scope: string }[];
  /** The command that shows it, if the exports do not. */
  readonly command?: string;
}

/** A needed right, with the row that it comes from. */
export interface PlacedRight {
  readonly right: NeededRight;
  readonly grant: PlannedGrant;
}

const KINDS = Object.values(PrincipalKind);

/** Returns the rights that the description needs. */
export function neededRights(source: Source, plan: ClusterPlan): PlacedRight[] {
  const reviewed = new Map(plan.review().grants.map((one) => [one.address, one]));
  const roleOf = roleFinder(source, plan);
  // The identities of the cluster come first.
  const rank = ({ principal }: PlannedGrant) => KINDS.indexOf(principal.kind);
  const grants = [...plan._grants].sort((a, b) => rank(a) - rank(b));
  return grants.map((grant) => {
    const principal = principalOf(grant, source);
    const scope = scopeIdOf(reviewed.get(grant.address)!, source.exports.place.subscriptionId);
    const own = (source.exports.assignments ?? []).filter(
      (one) => isSameName(one.principalId, principal.principalId ?? "-") && reaches(one, scope),
    );
    const known = statusOf(grant, own, roleOf);
    const status = shownStatus(known.status, principal, scope, source.exports);
    const by = known.by;
    const right = {
      principal: principal.name,
      ...(principal.principalId !== undefined && { principalId: principal.principalId }),
      role: grant.role.name,
      scopeKind: grant.scope.kind,
      scope,
      team: grant.team,
      why: grant.description,
      status: isNew(grant, source) ? ("new" as const) : status,
      by: (isNew(grant, source) ? [] : by).map((one) => ({
        role: one.role.name,
        scope: one.scope,
      })),
      ...(!isNew(grant, source) &&
        status === "unknown" && {
          command: lookUp(
            principal,
            scope,
            by.find((one) => roleOf(one) === undefined),
          ),
        }),
    };
    return { right, grant };
  });
}

/** Returns a status as far as the exports show it: a list of role assignments may be part of another one. */
function shownStatus(
  status: RightStatus,
  { principalId }: CurrentIdentity,
  scope: string,
  { completeSubscriptions }: Exports,
): RightStatus {
  const isComplete = completeSubscriptions.includes(subscriptionIn(scope));
  return principalId === undefined || (status === "lacks" && !isComplete) ? "unknown" : status;
}

/** Returns the command that shows whether a principal has a right. */
function lookUp(
  { principalId, clientId, id }: CurrentIdentity,
  scope: string,
  unclear?: Assignment,
): string | undefined {
  if (principalId === undefined) {
    return clientId !== undefined
      ? command("az", "ad", "sp", "show", "--id", clientId)
      : id && command("az", "identity", "show", "--ids", id);
  }
  return unclear
    ? command("az", "role", "definition", "list", "--name", unclear.role.name)
    : command(
        ...["az", "role", "assignment", "list", "--assignee", principalId, "--scope", scope],
        ...["--include-inherited", "--include-groups"],
      );
}

/** Returns the definition of the role of an assignment; undefined if it is not known. */
export type RoleFinder = (assignment: Assignment) => RoleDefinition | undefined;

/** Returns a function that finds the definitions of roles: built-in ones, exported ones, and those of this project. */
export function roleFinder(
  { exports }: { readonly exports: Pick<Exports, "roles"> },
  plan: ClusterPlan,
): RoleFinder {
  const made = knownRoles(plan._grants, plan._resolved).map(({ name, role }) => ({
    ...role,
    name,
  }));
  return ({ role: { name, guid } }) => {
    const exported = exports.roles.find((one) => one.guid === guid);
    const known =
      CATALOGUE.find((one) => one.guid === guid) ?? made.find((one) => one.name === name);
    return exported ?? (known && { ...known, guid });
  };
}

/** Whether a role assignment holds on a scope. */
function reaches({ scope: outer, subscriptions }: Assignment, scope: string): boolean {
  const isOfGroup = /^\/providers\/microsoft\.management\//i.test(outer);
  return isOfGroup ? (subscriptions?.has(subscriptionIn(scope)) ?? false) : isWithin(scope, outer);
}

/** Whether a scope is another one, or in it. */
export function isWithin(scope: string, outer: string): boolean {
  const [inside, around] = [scope, outer.replace(/\/$/, "")].map((one) => one.toLowerCase()) as [
    string,
    string,
  ];
  // A management group holds the subscription, or the assignment would not be in the list.
  return (
    inside === around ||
    inside.startsWith(`${around}/`) ||
    around.startsWith("/providers/microsoft.management/managementgroups/")
  );
}

/** Returns whether role assignments of a principal on a scope, or around it, give what a row needs, and which of them do. */
export function statusOf(
  grant: PlannedGrant,
  own: Assignment[],
  roleOf: RoleFinder,
): { readonly status: RightStatus; readonly by: Assignment[] } {
  const isBound = ({ condition }: Assignment) =>
    condition !== undefined && condition !== grant.condition;
  const known = own.filter((one) => !isBound(one) && roleOf(one));
  const { actions, dataActions } = neededOf(grant);
  const givesSome = (one: Assignment): boolean => {
    const role = roleOf(one);
    return (
      role !== undefined &&
      (actions.some((need) => allowsAction(role, need)) ||
        dataActions.some((need) => allowsDataAction(role, need)))
    );
  };
  const roles = known.flatMap((one) => roleOf(one) ?? []);
  const isGiven =
    actions.every((need) => roles.some((role) => allowsAction(role, need))) &&
    dataActions.every((need) => roles.some((role) => allowsDataAction(role, need)));
  if (isGiven) {
    return { status: "has", by: known.filter(givesSome) };
  }
  const unclear = own.filter((one) => !known.includes(one));
  return unclear.length > 0 ? { status: "unknown", by: unclear } : { status: "lacks", by: [] };
}

/** Returns the principal that works in place of that of the plan today. */
function principalOf(
  { principal }: PlannedGrant,
  { identities, cluster }: Source,
): CurrentIdentity {
  switch (principal.kind) {
    case PrincipalKind.CONTROL_PLANE:
      return identities.controlPlane;
    case PrincipalKind.KUBELET:
      return identities.kubelet;
    case PrincipalKind.ADD_ON:
      return {
        name: principal.name,
        principalId: principal.principal?.objectId ?? addOnPrincipalId(principal.addOn, cluster),
      };
    default:
      return { name: principal.name, principalId: principal.principal?.objectId };
  }
}

/** Whether a right is on an identity that the cluster does not have yet. */
function isNew({ scope: { kind } }: PlannedGrant, { identities }: Source): boolean {
  return (
    (kind === "controlPlane" && identities.controlPlane.kind !== "userAssigned") ||
    (kind === "kubelet" && identities.kubelet.kind !== "brought")
  );
}

/**
 * Returns the id of the scope of a grant.
 *
 * @param ofCluster the subscription of scopes without an explicit one
 */
export function scopeIdOf({ scope }: ReviewedGrant, ofCluster: string): string {
  const { subscriptionId = ofCluster } = scope;
  return `/subscriptions/${subscriptionId}${scopePath(scope)}`;
}
