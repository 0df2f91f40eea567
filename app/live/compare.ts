// Compares each planned right with the role assignments that its principal has. Pure.
import { allowsAction, allowsDataAction } from "../../lib/access/actions";
import { operationsOf } from "../../lib/access/effective-rights";
import { isSameCondition } from "../../lib/access/same-assignment";
import { gives, neededOf } from "../../lib/access/sufficient-roles";
import { Role } from "../../lib/spec/roles";
import { statusOf } from "../discover/rights";
import { command } from "../review/shell";
import { count } from "../review/text";
import { isIdentity, principalKind, teamName } from "../review/words";
import { Denial, Holding, isAbout, reaches, subscriptionIn } from "./live-exports";
import { FoundRight, LiveRow } from "./live-review";
import { creation, definition, denialRemoval, removal } from "./mend";
import { Held, Planned, World, hasRoleOf } from "./world";

/** A row of the comparison, and the role assignments that it settles. */
export interface Compared {
  readonly row: LiveRow;
  /** The planned role assignment, or wider ones in its place. */
  readonly settled: readonly Holding[];
  /** Role assignments that give the right, or may give it. */
  readonly used: readonly Holding[];
}

type Judgement = Pick<LiveRow, "status" | "message" | "commands"> & {
  readonly found?: readonly Held[];
  readonly settled?: readonly Holding[];
};

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

/** Returns a role assignment that was found, as it is shown. */
export function foundRight({ holding, group }: Held, world: World): FoundRight {
  const { id, scope, condition, isEligible } = holding;
  return {
    role: roleName(holding, world),
    scope,
    condition,
    id,
    isEligible: isEligible || undefined,
    group,
  };
}

/** Returns the name of the role of an assignment; its GUID if no export has the name. */
export function roleName(holding: Holding, { roleOf }: World): string {
  const { name, guid } = holding.role;
  return name || (roleOf(holding)?.name ?? guid);
}

/** Returns the operations of a role assignment on the scope of a row that the row does not give. */
export function extraOperations(holding: Holding, planned: Planned, world: World): string[] {
  const role = world.roleOf(holding);
  const operations = role ? operationsOf({ role, scope: planned.grant.scope }) : [];
  return operations.filter((one) => !planned.operations.includes(one));
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
  if (role && !gives(role as Role, neededOf(grant))) {
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

/** Returns the operation that tells most of a list: one that changes the resource itself, if there is one. */
export function telling(operations: readonly string[]): string {
  const rank = (operation: string) => (operation.endsWith("/write") ? 0 : 1000) + operation.length;
  return [...operations].sort((a, b) => rank(a) - rank(b))[0] ?? "";
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

/** Judges a right that no role assignment gives, as far as they are known. */
function lacking(
  planned: Planned,
  own: Held[],
  same: Held[],
  world: World,
  create: string[],
): Judgement {
  const { scope, principalId = "" } = planned;
  const [bound] = same;
  if (bound) {
    return {
      status: "missing",
      message:
        "The role assignment has another condition than planned. Delete it, and grant the planned one.",
      found: [bound],
      settled: [bound.holding],
      commands: [...removals([bound], principalId, world), ...create],
    };
  }
  const unclear = own.filter(
    ({ holding }) => !holding.isEligible && (!world.roleOf(holding) || holding.condition),
  );
  const [first] = unclear;
  if (first) {
    const why = world.roleOf(first.holding)
      ? "has a condition, which is not evaluated here"
      : "is not among the exported definitions";
    return {
      status: "unknown",
      message: `The role ${roleName(first.holding, world)} may give the right: it ${why}.`,
      found: unclear,
      commands: world.roleOf(first.holding)
        ? create
        : [
            command(
              "az",
              "role",
              "definition",
              "list",
              "--name",
              first.holding.role.guid,
              "--output",
              "json",
            ),
          ],
    };
  }
  if (!world.exports.subscriptions.has(subscriptionIn(scope))) {
    const id = subscriptionIn(scope);
    return {
      status: "unknown",
      message: `The exports have no role assignments of the subscription ${id}.`,
      commands: [
        command(
          "az",
          "role",
          "assignment",
          "list",
          "--all",
          "--subscription",
          id,
          "--output",
          "json",
        ),
      ],
    };
  }
  const eligible = own.filter(({ holding }) => holding.isEligible);
  return {
    status: "missing",
    message:
      eligible.length > 0 && !canActivate(planned)
        ? "The principal is only eligible for a role, which a service principal cannot activate."
        : "No role assignment gives the right.",
    found: eligible,
    commands: create,
  };
}

function withoutId({ reviewed }: Planned, { subscription }: World): Judgement {
  const {
    kind,
    name,
    principalType,
    resourceGroup = "",
    subscriptionId = subscription,
  } = reviewed.principal;
  return isIdentity(kind)
    ? {
        status: "unknown",
        message: "No export has the object id of the identity: it may not exist yet.",
        commands: [
          command(
            ...["az", "identity", "show", "--name", name, "--resource-group", resourceGroup],
            ...["--subscription", subscriptionId, "--output", "json"],
          ),
        ],
      }
    : {
        status: "unknown",
        message: `The description has no object id of ${name}: add objectId to it.`,
        commands: [
          command(
            ...["az", "ad", principalType === "Group" ? "group" : "sp", "list"],
            ...["--filter", `displayName eq '${name.replace(/'/g, "''")}'`],
            ...["--query", "[].id", "--output", "tsv"],
          ),
        ],
      };
}

function removals(held: Held[], member: string, world: World): string[] {
  return held.map((one) => removal(foundRight(one, world), one.holding, member));
}

/** Whether the principal can activate an eligible role: people can, and applications cannot. */
function canActivate({ reviewed }: Planned): boolean {
  return reviewed.principal.principalType === "Group";
}

function isOrphaned({ holding, group }: Held): boolean {
  return group === undefined && holding.principalName === "";
}

/** Whether two ids are of one scope. */
export function isSameScope(a: string, b: string): boolean {
  return a.replace(/\/$/, "").toLowerCase() === b.replace(/\/$/, "").toLowerCase();
}
