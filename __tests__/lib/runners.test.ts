// The rights of the runners: enough for the plan, and no more.
import { ClusterPlan, ClusterSpec, GrantingTeam, ReviewedGrant, RoleSet } from "../../lib";
import { assignmentCondition } from "../../lib/access/assignment-condition";
import { BUILT_IN_ROLES } from "../../lib/spec/built-in-roles";
import { UNKNOWN_GROUP } from "../../lib/review/unknown-group";
import { Attempt, lets } from "../assignment-conditions";
import { INPUTS, OTHER_SUBSCRIPTION, SMALL, specOf } from "../scenarios";

const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";
const TEAMS = [GrantingTeam.IDENTITY, GrantingTeam.NETWORK];
const ROLE_SETS = { minimal: RoleSet.minimal(), builtIn: RoleSet.builtIn() };
const GUIDS = new Map(BUILT_IN_ROLES.map(({ name, guid }) => [name, guid]));
const MAY_GRANT = "Role Based Access Control Administrator";

function reviewOf(spec: ClusterSpec) {
  const review = new ClusterPlan(spec).review();
  const runnerOf = (team: GrantingTeam, stack?: string) =>
    review.runners!.find((one) => one.team === team && one.stack === (stack ?? one.stack))!;
  return { ...review, runnerOf };
}

/** The rights in short: role and resource group. */
function rightsOf(spec: ClusterSpec, team: GrantingTeam): string[] {
  return reviewOf(spec)
    .runnerOf(team)
    .rights.map(({ role, resourceGroup }) => `${role.name.split(" (")[0]}: ${resourceGroup}`);
}

const CASES = Object.keys(INPUTS).flatMap((name) =>
  Object.entries(ROLE_SETS).map(([set, roleSet]): [string, string, ClusterSpec] => {
    const spec = specOf(name);
    const permissions = { ...spec.permissions, roleSet };
    return [name, set, { ...spec, subscriptionId: SUBSCRIPTION, permissions }];
  }),
);

describe.each(CASES)("in %s with %s roles", (_, __, spec) => {
  const review = reviewOf(spec);
  const rowsOf = (team: GrantingTeam) =>
    review.grants.filter((row) => row.team === team && row.grantedFor === undefined);

  /** The conditions of the rights in the resource group of a row. */
  const conditionsFor = ({ scope, stack }: ReviewedGrant, team: GrantingTeam) => {
    const group = /resourceGroups$/i.test(scope.resourceType) ? scope.name : scope.resourceGroup;
    return review
      .runnerOf(team, stack)
      .rights.filter(
        ({ role, resourceGroup, subscriptionId }) =>
          role.name === MAY_GRANT &&
          resourceGroup === group &&
          subscriptionId === scope.subscriptionId,
      )
      .map(({ condition }) => condition!);
  };

  test.each(TEAMS)(
    "the runner of the %s team can create and delete each row, and nothing else",
    (team) => {
      expect(rowsOf(team).length).toBeGreaterThan(0);
      for (const row of rowsOf(team)) {
        const conditions = conditionsFor(row, team);
        expect(conditions).toHaveLength(1);
        const [condition] = conditions as [string];
        const { name, guid } = row.role;
        const { grantableRoles } = review
          .runnerOf(team, row.stack)
          .rights.find((right) => right.condition === condition)!;
        const role = guid ?? grantableRoles!.find((one) => one.name === name)!.guid!;
        const { principalType, objectId: principalId } = row.principal;
        for (const action of ["write", "delete"] as const) {
          const planned: Attempt = { action, role, principalType, principalId };
          const others = [GUIDS.get("Owner")!, GUIDS.get(MAY_GRANT)!, SUBSCRIPTION];
          expect(lets(condition, planned)).toBe(true);
          expect(lets(condition, { ...planned, principalType: "User" })).toBe(false);
          expect(others.map((other) => lets(condition, { ...planned, role: other }))).toEqual(
            others.map(() => false),
          );
        }
      }
    },
  );

  test.each(TEAMS)(
    "the runner of the %s team has rights on resource groups, and no wide role",
    (team) => {
      const { rights, notes } = review.runnerOf(team);
      for (const { role, resourceGroup, condition } of rights) {
        expect(resourceGroup).toMatch(/^[\w.-]+$/);
        expect(resourceGroup).not.toBe(UNKNOWN_GROUP);
        expect(["Owner", "User Access Administrator", "Contributor"]).not.toContain(role.name);
        expect(condition !== undefined).toBe(role.name === MAY_GRANT);
      }
      const defines = rights.filter(({ role }) => role.custom);
      expect(defines.length > 0).toBe(rowsOf(team).some(({ role }) => role.guidSeed !== undefined));
      expect(notes.some((note) => note.includes("or for one runner of both teams"))).toBe(
        rowsOf(team).length > 0,
      );
      expect(notes.some((note) => note.includes("in effect it is Owner there"))).toBe(
        defines.length > 0,
      );
    },
  );
});

describe("the rights of a runner", () => {
  const minimal = { ...SMALL, permissions: { roleSet: RoleSet.minimal() } };

  test("create the identities in their group, and read them for the NOC", () => {
    expect(rightsOf(SMALL, GrantingTeam.IDENTITY)).toEqual([
      "Managed Identity Contributor: identity-rg",
      `${MAY_GRANT}: identity-rg`,
    ]);
    expect(rightsOf(SMALL, GrantingTeam.NETWORK)).toEqual([
      `${MAY_GRANT}: network-rg`,
      "Reader: identity-rg",
    ]);
  });

  test("lock identities with Locks Contributor", () => {
    const locked = { ...SMALL, identities: { ...SMALL.identities, locked: true } };
    expect(rightsOf(locked, GrantingTeam.IDENTITY)).toContain("Locks Contributor: identity-rg");
    const existing = {
      ...locked.identities,
      controlPlane: { existing: true },
      kubelet: { existing: true },
    };
    expect(rightsOf({ ...SMALL, identities: existing }, GrantingTeam.IDENTITY)).toEqual([
      `${MAY_GRANT}: identity-rg`,
    ]);
  });

  test("define custom roles with three actions, and no more", () => {
    const { rights } = reviewOf(minimal).runnerOf(GrantingTeam.NETWORK);
    const [role, ...others] = rights.filter((right) => right.role.custom);
    expect(others).toEqual([]);
    expect(role!.role.actions).toEqual([
      "Microsoft.Authorization/roleDefinitions/read",
      "Microsoft.Authorization/roleDefinitions/write",
      "Microsoft.Authorization/roleDefinitions/delete",
    ]);
    // Roles that exist are not defined; their GUIDs are in Azure.
    const all = new ClusterPlan(minimal)._grants.flatMap(({ role: { key } }) => key ?? []);
    const existing = Object.fromEntries(all.map((key) => [key, `Our ${key}`]));
    const named = { ...SMALL, permissions: { roleSet: RoleSet.minimal(existing) } };
    const right = reviewOf({ ...named, subscriptionId: SUBSCRIPTION }).runnerOf(
      GrantingTeam.NETWORK,
    );
    expect(right.rights.some((one) => one.role.custom)).toBe(false);
    expect(right.rights[0]).toMatchObject({ condition: undefined });
  });

  test("have no condition yet if a GUID depends on a subscription that is not said", () => {
    const conditionOf = (spec: ClusterSpec) =>
      reviewOf(spec).runnerOf(GrantingTeam.NETWORK).rights[0]!.condition;
    expect(conditionOf(minimal)).toBeUndefined();
    expect(conditionOf({ ...minimal, subscriptionId: SUBSCRIPTION })).toContain("GuidEquals");
    expect(conditionOf(SMALL)).toContain("GuidEquals");
  });

  test("say that a group is made by the stack itself", () => {
    const made = { ...SMALL, identities: { resourceGroup: { name: "identity-rg", create: true } } };
    const notes = (spec: ClusterSpec, team = GrantingTeam.IDENTITY) =>
      reviewOf(spec)
        .runnerOf(team)
        .notes.filter((note) => note.includes("The stack creates the resource group identity-rg"));
    expect([notes(made).length, notes(SMALL).length]).toEqual([1, 0]);
    expect(notes(made, GrantingTeam.NETWORK)).toEqual([]);
  });
});

describe("a condition", () => {
  const [role, other, id] = [
    SUBSCRIPTION,
    OTHER_SUBSCRIPTION,
    "55555555-5555-4555-8555-555555555551",
  ];
  const bounds = { roles: [role], principalTypes: ["Group"], principalIds: [id] };
  const attempt: Attempt = { action: "delete", role, principalType: "Group", principalId: id };

  test("binds the object ids that it names", () => {
    expect(lets(assignmentCondition(bounds), attempt)).toBe(true);
    expect(lets(assignmentCondition(bounds), { ...attempt, principalId: other })).toBe(false);
    const open = assignmentCondition({ ...bounds, principalIds: [] });
    expect(lets(open, { ...attempt, principalId: other })).toBe(true);
  });

  test("is at most as long as Azure allows", () => {
    const principalIds = Array.from({ length: 200 }, () => other);
    const condition = assignmentCondition({ ...bounds, principalIds });
    expect(condition.length).toBeLessThan(8192);
    expect(condition).not.toContain("PrincipalId");
    expect(lets(condition, attempt)).toBe(true);
  });
});
