// Finds role assignments that are not planned, and give more than the plan. Pure.
import { ASSIGNING_IDENTITIES } from "../../lib/access/becoming";
import { allowsAction } from "../../lib/access/actions";
import { Role } from "../../lib/spec/roles";
import { isSameName } from "../../lib/spec/naming";
import { PlacedIdentity, nodeResourceGroupOf } from "../../lib/spec/resolved-spec";
import { isWithin } from "../discover/rights";
import { count } from "../review/text";
import { isJoinOrRead, kindName, principalKind } from "../review/words";
import { extraOperations, foundRight, isSameScope, roleName, telling } from "./found";
import { Holding, reaches } from "./live-exports";
import { LiveRow } from "./live-review";
import { removal, teamOf } from "./corrections";
import { Held, Planned, World, isOfIdentity } from "./world";

/** The rows of one principal. */
type Rows = readonly [Planned, ...Planned[]];

/**
 * Returns the role assignments that are not planned, and give more than the plan; and those without a principal.
 *
 * @param settled role assignments that are shown beside a planned right, and need no row
 * @param used role assignments that give a planned right
 */
export function surplusRows(
  world: World,
  settled: ReadonlySet<Holding>,
  used: ReadonlySet<Holding>,
): LiveRow[] {
  const rowsOf = new Map<string, Rows>();
  for (const row of world.planned) {
    const { principalId } = row;
    if (principalId !== undefined) {
      rowsOf.set(principalId, [...(rowsOf.get(principalId) ?? []), row] as unknown as Rows);
    }
  }
  const isOpen = ({ holding }: Held) => !settled.has(holding) && holding.principalName !== "";
  const planned = [...rowsOf].flatMap(([id, rows]) =>
    world
      .heldBy(id)
      .filter(isOpen)
      .flatMap((held) => {
        const why = isOfIdentity(rows[0])
          ? whyOfIdentity(held, rows, world)
          : whyOfPerson(held, rows, world);
        return why === undefined
          ? []
          : [surplusRow(held, [why, remedyOf(held, used)], world, rows[0])];
      }),
  );
  const others = world.exports.holdings.flatMap((holding) => {
    if (holding.principalName === "") {
      return isNear(holding, world) ? [orphanRow(holding, world)] : [];
    }
    const isPlanned = rowsOf.has(holding.principalId) || isShared(holding, world);
    const why = isPlanned ? undefined : whyOfOther(holding, world);
    return why === undefined
      ? []
      : [surplusRow({ holding }, [why, remedyOf({ holding }, used)], world)];
  });
  return [...planned, ...others];
}

/** An identity of the cluster has no other use: each right that is not planned is too much. */
function whyOfIdentity(held: Held, rows: Rows, world: World): string | undefined {
  const { holding } = held;
  const same = [...rows, ...world.shared].filter(
    ({ scope, principalId }) =>
      principalId === rows[0].principalId && isSameScope(scope, holding.scope),
  );
  if (holding.isEligible || isOfAks(holding, rows[0], world)) {
    return undefined;
  }
  const isGiven =
    world.roleOf(holding) !== undefined &&
    same.some((row) => extraOperations(holding, row, world).length === 0);
  return isGiven
    ? undefined
    : same.length > 0
      ? "It gives more than the plan on the same scope."
      : "No feature of the cluster needs it.";
}

/** AKS grants it to the control plane identity itself. */
function isOfAks(holding: Holding, { grant }: Planned, { plan, exports, subscription }: World) {
  const group = exports.nodeResourceGroup ?? nodeResourceGroupOf(plan._resolved);
  return (
    grant.principal.kind === "controlPlane" &&
    isWithin(holding.scope, `/subscriptions/${subscription}/resourceGroups/${group}`)
  );
}

/** Groups and service principals have rights for other work: only those on resources of the plan count. */
function whyOfPerson({ holding, group }: Held, rows: Rows, world: World): string | undefined {
  const role = world.roleOf(holding);
  if (group !== undefined || !role || isToDeploy(holding, role, rows, world)) {
    return undefined;
  }
  const identity = actedAs(holding, role, world);
  // The plan lets deployers assign the identities of the cluster.
  if (identity?.kind === "workload") {
    return `It allows to act as the identity ${identity.identity.name}.`;
  }
  const own = new Map(rows.map((row) => [row.scope.toLowerCase(), row]));
  const places = new Map(world.planned.map((row) => [row.scope.toLowerCase(), row]));
  const changed = [...places].flatMap(([key, place]) => {
    const row = own.get(key) ?? { ...place, operations: [] };
    const extra = reaches(holding, place.scope)
      ? extraOperations(holding, row, world).filter((one) => !isJoinOrRead(one))
      : [];
    return extra.length > 0 ? [{ place, extra }] : [];
  });
  const [first] = changed;
  return first === undefined
    ? undefined
    : `It allows to change ${count(changed.length, "resource")} of the plan, such as by ${telling(first.extra)} on the ${kindName(first.place.reviewed.scope.kind)} ${first.place.reviewed.scope.name}.`;
}

/** Whether it is the role by which a deployer creates the cluster: Contributor on its resource group. */
function isToDeploy(holding: Holding, role: Role, [row]: Rows, world: World): boolean {
  return (
    row.grant.principal.kind === "deployer" &&
    isSameScope(holding.scope, clusterGroup(world)) &&
    !allowsAction(role, "Microsoft.Authorization/roleAssignments/write")
  );
}

/** Returns the identity that a role assignment on it lets its principal act as. */
function actedAs({ scope }: Holding, role: Role, world: World): PlacedIdentity | undefined {
  const found = world.identities.get(scope.toLowerCase());
  return found && ASSIGNING_IDENTITIES.some((operation) => allowsAction(role, operation))
    ? found
    : undefined;
}

/** Other principals: those that can act as an identity of the cluster, or have rights in its Kubernetes. */
function whyOfOther(holding: Holding, world: World): string | undefined {
  const role = world.roleOf(holding) as Role | undefined;
  if (!role || isNamesake(holding, world)) {
    return undefined;
  }
  const identity = actedAs(holding, role, world);
  if (identity) {
    return `Its principal is not in the plan, and can act as the identity ${identity.identity.name}.`;
  }
  const cluster = `${clusterGroup(world)}/providers/Microsoft.ContainerService/managedClusters/${world.plan._resolved.name}`;
  const isHere = [clusterGroup(world), cluster].some((one) => isSameScope(one, holding.scope));
  const inKubernetes = role.dataActions.some((action) =>
    /^(\*|microsoft\.containerservice\/)/i.test(action),
  );
  return isHere && inKubernetes
    ? "Its principal is not in the plan, and has rights in Kubernetes."
    : undefined;
}

/** Whether a principal may be one of the plan, whose object id the description does not have. */
function isNamesake({ principalName = "" }: Holding, { planned }: World): boolean {
  return planned.some(
    ({ principalId, reviewed }) =>
      principalId === undefined && isSameName(reviewed.principal.name, principalName),
  );
}

function isShared({ principalId, scope }: Holding, { shared }: World): boolean {
  return shared.some((row) => row.principalId === principalId && isSameScope(row.scope, scope));
}

/** Whether a role assignment is about the cluster: in its resource groups, or on or around a scope of the plan. */
function isNear(holding: Holding, world: World): boolean {
  const { plan, exports, subscription, planned } = world;
  const nodes = exports.nodeResourceGroup ?? nodeResourceGroupOf(plan._resolved);
  const groups = [clusterGroup(world), `/subscriptions/${subscription}/resourceGroups/${nodes}`];
  return (
    groups.some((group) => isWithin(holding.scope, group)) ||
    planned.some(({ scope }) => reaches(holding, scope))
  );
}

function clusterGroup({ plan, subscription }: World): string {
  return `/subscriptions/${subscription}/resourceGroups/${plan._resolved.resourceGroup.name}`;
}

function remedyOf({ holding, group }: Held, used: ReadonlySet<Holding>): string {
  const remedy =
    group === undefined ? "Delete it" : "Take the principal out of the group that has it";
  return used.has(holding) ? `${remedy} once the planned role is granted.` : `${remedy}.`;
}

function surplusRow(held: Held, why: string[], world: World, planned?: Planned): LiveRow {
  const { holding } = held;
  const found = foundRight(held, world);
  return {
    status: "tooMuch",
    principal: planned
      ? {
          name: planned.reviewed.principal.name,
          kind: principalKind(planned.reviewed.principal),
          objectId: planned.principalId,
        }
      : principalOf(holding),
    found: [found],
    team: teamOf(holding.scope, world),
    message: why.join(" "),
    commands: [removal(found, holding, planned?.principalId ?? holding.principalId)],
  };
}

function orphanRow(holding: Holding, world: World): LiveRow {
  const found = foundRight({ holding }, world);
  return {
    status: "orphaned",
    principal: { ...principalOf(holding), name: holding.principalId },
    found: [found],
    team: teamOf(holding.scope, world),
    message: `The principal of the role ${roleName(holding, world)} no longer exists, so that the role assignment has no effect. Delete it.`,
    commands: [removal(found, holding, holding.principalId)],
  };
}

const TYPES: { readonly [type: string]: string } = {
  Group: "group",
  ServicePrincipal: "service principal",
  User: "user",
};

function principalOf({ principalId, principalName = "", principalType }: Holding) {
  return {
    name: principalName === "" ? principalId : principalName,
    kind: TYPES[principalType] ?? "principal",
    objectId: principalId,
  };
}
