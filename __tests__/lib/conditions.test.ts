// What Terraform finds out before something is granted, evaluated: definitions of roles, and scopes.
import { Testing } from "cdktf";
import { Grant, PrincipalType, Role, RoleSet, TeamStack } from "../../lib";
import { azure } from "../hcl/azure";
import { Attributes, Condition, EvaluatedJson, failing, scopeOf } from "../hcl/stack";
import { OTHER_SUBSCRIPTION, SMALL, idOf, once, render, stackJson } from "../scenarios";

const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";
const JOINING = [`${SUBNETS}/read`, `${SUBNETS}/join/action`];

function conditionsOf(of: Attributes | undefined, kind: string): Condition[] {
  return (of?.lifecycle as { [name: string]: Condition[] } | undefined)?.[kind] ?? [];
}

/** A permission of a role definition, as the lookup gives it. */
function permission(actions: string[], dataActions: string[] = []): Attributes {
  return { actions, not_actions: [], data_actions: dataActions, not_data_actions: [] };
}

describe("a custom role that exists", () => {
  const conditions = once(() => {
    const roleSet = RoleSet.minimal({ subnetJoin: "Join" });
    const { data } = stackJson({ ...SMALL, permissions: { roleSet } }, "network-permissions");
    const found = Object.values(data?.azurerm_role_definition ?? {});
    expect(found.map(({ name }) => name)).toEqual(["Join"]);
    return conditionsOf(found[0], "postcondition");
  });
  const said = (...permissions: Attributes[]) => failing(conditions(), { self: { permissions } });

  test.each<[string, Attributes[]]>([
    ["just what is needed", [permission(JOINING)]],
    ["it in other letters", [permission(JOINING.map((action) => action.toUpperCase()))]],
    ["less", [permission(JOINING.slice(1))]],
    ["it in two permissions", JOINING.map((action) => permission([action]))],
    ["nothing", []],
  ])("may allow %s", (_, permissions) => {
    expect(said(...permissions)).toEqual([]);
  });

  test.each<[string, Attributes[]]>([
    ["one action more", [permission([...JOINING, `${SUBNETS}/write`])]],
    ["one action more in another permission", [permission(JOINING), permission(["a/b/read"])]],
    ["a wildcard", [permission([`${SUBNETS}/*`])]],
    ["everything", [permission(["*"])]],
  ])("may not allow %s", (_, permissions) => {
    expect(said(...permissions)).toEqual([
      expect.stringMatching(/^The custom role Join allows more than is needed\. .*join\/action/),
    ]);
  });

  test.each<[string, Attributes[]]>([
    ["a data action", [permission(JOINING, ["a/b/read"])]],
    ["a data action in another permission", [permission(JOINING), permission([], ["*"])]],
  ])("may not have %s", (_, permissions) => {
    expect(said(...permissions)).toEqual([
      expect.stringMatching(/^The custom role Join has data actions, and needs none\./),
    ]);
  });
});

const granted = (role: Role, scopeId: string, resourceType?: string): EvaluatedJson => {
  const stack = new TeamStack(Testing.app(), "mine");
  const grantee = { principalId: "me", principalType: PrincipalType.USER, principalName: "me" };
  new Grant(stack, "it", { grantee, role, scopeId, resourceType, reason: "Why not." });
  return render(stack);
};

describe("a scope that Terraform alone knows", () => {
  const isTaken = (json: EvaluatedJson, scope: string) =>
    failing(
      conditionsOf(json.resource?.azurerm_role_assignment?.it, "precondition"),
      scopeOf(json, azure(), { var: { scope } }),
    ).length === 0;
  const onResources = once(() => granted(Role.READER, "${var.scope}"));
  const inKubernetes = once(() => granted(Role.AKS_CLUSTER_USER, "${var.scope}"));
  const subscription = `/subscriptions/${OTHER_SUBSCRIPTION}`;
  const group = `${subscription}/resourceGroups/rg`;

  test.each([
    ["a resource", `${group}/providers/Microsoft.Network/dnsZones/example.org`],
    [
      "a resource in other letters",
      `${group}/PROVIDERS/Microsoft.Network/dnsZones/a`.toUpperCase(),
    ],
    ["a part of a resource", `${group}/providers/${SUBNETS.replace("/subnets", "")}/v/subnets/s`],
  ])("may be the id of %s", (_, scope) => {
    expect(isTaken(onResources(), scope)).toBe(true);
    expect(isTaken(inKubernetes(), scope)).toBe(true);
  });

  test.each([
    ["a subscription", subscription],
    ["a management group", "/providers/Microsoft.Management/managementGroups/all"],
    ["everything", "/"],
    ["a provider", `${group}/providers/Microsoft.Network`],
    ["a type of resources", `${group}/providers/Microsoft.Network/dnsZones`],
    ["a type of resources, with a slash behind", `${group}/providers/Microsoft.Network/dnsZones/`],
    ["a resource of the subscription", `${subscription}/providers/Microsoft.X/y/z`],
    ["something with more before it", `/x${group}/providers/Microsoft.Network/dnsZones/a`],
  ])("may not be the id of %s", (_, scope) => {
    expect(isTaken(onResources(), scope)).toBe(false);
    expect(isTaken(inKubernetes(), scope)).toBe(false);
  });

  test("may be the id of a resource group for roles in Kubernetes alone", () => {
    expect(isTaken(onResources(), group)).toBe(false);
    expect(isTaken(inKubernetes(), group)).toBe(true);
    expect(isTaken(inKubernetes(), `${group}/x`)).toBe(false);
  });
});

describe("a built-in role that the library does not know", () => {
  const GUID = "befefa01-2a29-4197-83a8-272ff33ce315";
  const TYPE = "Microsoft.Network/dnsZones";
  const zone = idOf(TYPE, "example.org");
  const role = Role.builtIn(
    "Zone Keeper",
    GUID,
    [`${TYPE}/*`, `${TYPE}/read`],
    [`${TYPE}/records/read`],
  );
  const known = once(() => granted(role, zone));
  const said = (json: EvaluatedJson, actions: string[], dataActions: string[] = []) =>
    failing(conditionsOf(json.data?.azurerm_role_definition?.it_role, "postcondition"), {
      self: { permissions: [permission(actions, dataActions)] },
    });

  test.each<[string, string[], string[]]>([
    ["what it says", [`${TYPE}/*`, `${TYPE}/read`], [`${TYPE}/records/read`]],
    ["what it says in other letters", [`${TYPE}/*`.toUpperCase()], []],
    ["less", [`${TYPE}/read`], []],
    ["something else on other resources", ["Microsoft.Support/*", `${TYPE}X/write`], ["A.B/*"]],
    [
      "reading rights",
      ["Microsoft.Authorization/*/read", "Microsoft.Authorization/locks/Read"],
      [],
    ],
  ])("may allow %s", (_, actions, dataActions) => {
    expect(said(known(), actions, dataActions)).toEqual([]);
  });

  test.each<[string, string[]]>([
    ["role assignments", ["Microsoft.Authorization/roleAssignments/write"]],
    ["role assignments in other letters", ["microsoft.authorization/ROLEASSIGNMENTS/write"]],
    ["all of authorization", ["Microsoft.Authorization/*"]],
    ["locks of any provider", ["Microsoft.*/write"]],
  ])("may not allow %s", (_, actions) => {
    const rights = /^The role Zone Keeper can grant rights, or allows everything\./;
    expect(said(known(), actions)[0]).toMatch(rights);
    // Also where the type of the resource is not known.
    const unknown = granted(role, "${var.scope}");
    expect(said(unknown, actions)).toEqual([expect.stringMatching(rights)]);
    expect(said(unknown, [`${TYPE}/write`])).toEqual([]);
  });

  test.each<[string, string[], string[], RegExp]>([
    [
      "other actions",
      [`${TYPE}/A/write`],
      [],
      /more actions on .*:, microsoft.network\/dnszones\/a/,
    ],
    ["actions of the whole provider", ["Microsoft.Network/*"], [], /more actions on/],
    ["other data actions", [], [`${TYPE}/records/write`], /more data actions on/],
    ["its actions as data actions", [], [`${TYPE}/read`], /more data actions on/],
  ])("may not allow %s than it says", (_, actions, dataActions, message) => {
    expect(said(known(), actions, dataActions)).toEqual([expect.stringMatching(message)]);
  });

  test("is looked at for the type that is given, if its scope is not known", () => {
    const json = granted(role, "${var.scope}", TYPE);
    expect(said(json, [`${TYPE}/A/write`])).toHaveLength(1);
    expect(said(json, [`${TYPE}/read`])).toEqual([]);
  });

  test("warns if it has another GUID", () => {
    const [asserted = []] = Object.values(known().check ?? {}).map(({ assert }) => assert);
    const warnings = (guid: string) =>
      failing(
        asserted,
        scopeOf(
          known(),
          azure(() => ({ id: `/x/roleDefinitions/${guid}` })),
        ),
      );
    expect(asserted).toHaveLength(1);
    expect(warnings(GUID.toUpperCase())).toEqual([]);
    expect(warnings(GUID.replace("b", "c"))).toEqual([expect.stringContaining(GUID)]);
  });

  test("is not looked at if the library knows it", () => {
    expect(granted(Role.READER, zone).data).toBeUndefined();
  });
});
