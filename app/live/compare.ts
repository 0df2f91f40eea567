// Compares each planned right with the role assignments that its principal has. Pure.
import { allowsAction, allowsDataAction } from "../../lib/access/actions";
import { isSameCondition } from "../../lib/access/same-assignment";
import { gives, neededOf } from "../../lib/access/sufficient-roles";
import { Role } from "../../lib/spec/roles";
import { statusOf } from "../discover/rights";
import { count } from "../review/text";
import { principalKind, teamName } from "../review/words";
import { Denial, Holding, isAbout, reaches } from "./live-exports";
import { LiveRow } from "./live-review";
import { creation, definition, denialRemoval } from "./corrections";
import {
  Judgement,
  extraOperations,
  foundRight,
  isSameScope,
  removals,
  roleName,
  telling,
} from "./found";
import { canActivate, lacking, withoutId } from "./lacking";
import { Held, Planned, World, hasRoleOf } from "./world";

/** A row of the comparison, and the role assignments that it settles. */
export interface Compared {
  readonly row: LiveRow;
  /** The planned role assignment, or wider ones in its place. */
  readonly settled: readonly Holding[];
  /** Role assignments that give the right, or may give it. */
  readonly used: readonly Holding[];
}

/** Returns the row of a planned right. */
export function comparedRow(planned: Planned, world: World): Compared {
  const { reviewed, scope, principalId } = planned;
  const { principal, role, condition, team } = reviewed;
  const { found = [], settled = [], ...judged } = withDenials(planned, world);
  return {
    row: {
      principal: { name: principal.name, kind: principalKind(principal), objectId: principalId },
      planned: { role: role.name, scope, condition },
      team: teamName(team),
      found: found.map((one) => foundRight(one, world)),
      ...judged,
    },
    settled,
    used: found.map(({ holding }) => holding),
  };
}

function withDenials(planned: Planned, world: World): Judgement {
  const judged = judgement(planned, world);
  const denial = ["missing", "unknown"].includes(judged.status)
    ? undefined
    : denialOf(planned, world);
  if (!denial) {
    return judged;
  }
  const removals = denialRemoval(denial);
  const remedy =
    removals.length > 0
      ? "Exclude the principal from it, or delete it."
      : "Azure keeps it for what made it, such as a deployment stack or a managed application: exclude the principal there.";
  return {
    ...judged,
    status: "missing",
    message: `The deny assignment ${denial.name} takes away what the role gives. ${remedy}`,
    commands: removals,
  };
}

function denialOf(planned: Planned, { exports, heldBy }: World): Denial | undefined {
  const { grant, scope, principalId = "" } = planned;
  const groups = heldBy(principalId).flatMap(({ group }) => group ?? []);
  const { actions, dataActions } = neededOf(grant);
  return exports.denials.find(
    (denial) =>
      isAbout(denial, [principalId, ...groups], scope) &&
      denial.permissions.some(
        (denied) =>
          actions.some((need) => allowsAction(denied as Role, need)) ||
          dataActions.some((need) => allowsDataAction(denied as Role, need)),
      ),
  );
}

function judgement(planned: Planned, world: World): Judgement {
  const { grant, scope, principalId } = planned;
  if (principalId === undefined) {
    return withoutId(planned, world);
  }
  if (world.heldBy(principalId).some(isOrphaned)) {
    return {
      ...withoutId(planned, world),
      status: "missing",
      message:
        "The principal with this object id no longer exists: correct the id in the description, or in the exports.",
    };
  }
  const create = creation(planned, world);
  const own = world.heldBy(principalId).filter(({ holding }) => reaches(holding, scope));
  const direct = own.filter(
    ({ holding, group }) => !group && !holding.isEligible && isSameScope(holding.scope, scope),
  );
  const same = direct.filter(({ holding }) => hasRoleOf(holding, planned, world));
  const exact = same.find(({ holding }) => isSameCondition(holding, grant));
  if (exact) {
    return exactJudgement(exact, planned, world);
  }
  const active = own.filter(({ holding }) => !holding.isEligible);
  const alone = active.filter(({ group }) => group === undefined);
  const steps: readonly (readonly [Held[], (by: Held[]) => Judgement])[] = [
    [direct, (by) => atScope(by, planned, world, create)],
    [
      alone.filter(({ holding }) => hasRoleOf(holding, planned, world)),
      (by) => ({
        status: "wider",
        message:
          "The planned role is on a scope around the planned one. Grant it on the planned scope, and delete the other role assignment.",
        found: by,
        settled: by.map(({ holding }) => holding),
        commands: [...create, ...removals(by, principalId, world)],
      }),
    ],
    [
      alone,
      (by) => byOtherMeans(by, "The right is inherited from a scope around it, by", world, create),
    ],
    [active, (by) => byOtherMeans(by, "The right comes from a group, by", world, create)],
    ...(canActivate(planned)
      ? [
          [
            own,
            (by: Held[]) =>
              byOtherMeans(
                by,
                "The right must be activated each time, by the eligible role",
                world,
                create,
                "Grant the planned one if it must be there always.",
              ),
          ] as const,
        ]
      : []),
  ];
  for (const [held, judged] of steps) {
    const { status, by } = statusOf(
      grant,
      held.map(({ holding }) => holding),
      (one) => world.roleOf(one as Holding),
    );
    if (status === "has") {
      return judged(held.filter(({ holding }) => by.includes(holding)));
    }
  }
  return lacking(planned, own, same, world, create);
}

/** Judges the planned role assignment by the definition of its role, which may have been edited. */
function exactJudgement(exact: Held, planned: Planned, world: World): Judgement {
  const { grant } = planned;
  const found = { found: [exact], settled: [exact.holding] };
  const role = world.roleOf(exact.holding);
  if (role && !gives(role, neededOf(grant))) {
    const { actions, dataActions } = neededOf(grant);
    const lacks = [
      ...actions.filter((need) => !allowsAction(role as Role, need)),
      ...dataActions.filter((need) => !allowsDataAction(role as Role, need)),
    ];
    return {
      ...found,
      status: "missing",
      message: `The role in Azure lacks ${count(lacks.length, "operation")} that the cluster needs, such as ${lacks[0] ?? ""}. Correct its definition.`,
      commands: definition(planned, world),
    };
  }
  // Microsoft changes the definitions of built-in roles.
  const extra = planned.reviewed.role.custom ? extraOperations(exact.holding, planned, world) : [];
  return extra.length > 0
    ? {
        ...found,
        status: "wider",
        message: `The role in Azure allows ${count(extra.length, "operation")} more than planned, such as ${telling(extra)}. Correct its definition.`,
        commands: definition(planned, world),
      }
    : {
        ...found,
        status: "asPlanned",
        message: "The role assignment is the planned one.",
        commands: [],
      };
}

/** Judges role assignments on the planned scope with another role, or without the planned condition. */
function atScope(by: Held[], planned: Planned, world: World, create: string[]): Judgement {
  const wider = by.filter(
    ({ holding }) =>
      extraOperations(holding, planned, world).length > 0 ||
      !isSameCondition(holding, planned.grant),
  );
  const [first] = wider;
  if (!first) {
    return byOtherMeans(by, "The right comes from another role that is enough,", world, create);
  }
  const extra = extraOperations(first.holding, planned, world);
  const more =
    extra.length > 0
      ? `The role ${roleName(first.holding, world)} allows ${count(extra.length, "operation")} more than the planned one, such as ${telling(extra)}.`
      : "The role assignment lacks the planned condition.";
  return {
    status: "wider",
    message: `${more} Grant the planned one, and delete the other.`,
    found: by,
    settled: wider.map(({ holding }) => holding),
    commands:
      extra.length > 0
        ? [...create, ...removals(wider, planned.principalId ?? "", world)]
        : // Azure has one role assignment for a principal, a role and a scope.
          [...removals(wider, planned.principalId ?? "", world), ...create],
  };
}

function byOtherMeans(
  by: Held[],
  how: string,
  world: World,
  create: string[],
  remedy = "It ends with that role assignment: grant the planned one.",
): Judgement {
  const [first] = by;
  const holding = first?.holding;
  const role = holding ? ` ${roleName(holding, world)}` : "";
  return {
    status: "otherMeans",
    message: `${how}${role}. ${remedy}`,
    found: by,
    commands: create,
  };
}

function isOrphaned({ holding, group }: Held): boolean {
  return group === undefined && holding.principalName === "";
}
