// What the preflight finds of role assignments, evaluated: those that are enough, and those that are not.
import { ClusterSpec, PreflightMode, RoleSet } from "../../lib";
import { CALLER, FoundAssignment, SUBSCRIPTION, azure, roleId } from "../hcl/azure";
import { Attributes, EvaluatedJson, failing, scopeOf } from "../hcl/stack";
import { DEPLOYERS, render, specOf, stacksOf } from "../scenarios";
import {
  CONTROL_PLANE,
  ClusterJson,
  GRANTS,
  JOIN,
  KUBELET,
  PULL,
  REGISTRY,
  SPEC,
  SUBNET,
  VNET,
  WEB,
  WRITE,
  grant,
  instead,
  json,
  lifecycleOf,
  permission,
  stopping,
  worldOf,
} from "./preflight-worlds";

test("a world in which everything is as it should be passes", () => {
  expect(stopping(json(), {})).toEqual([]);
});

describe("an assignment", () => {
  test.each(Object.keys(GRANTS))("is asked for: %s", (check) => {
    expect(stopping(json(), { grants: instead(check) })).toEqual([check]);
  });

  const joins = (change: Partial<FoundAssignment>) => ({ ...GRANTS[JOIN]!, ...change });
  const about = (operation: string) =>
    `((!(ActionMatches{'Microsoft.Network/virtualNetworks/${operation}'})) OR (@Resource[x] StringEquals 'y'))`;
  // As the portal writes it.
  const DELEGATION = ["write", "delete"]
    .map(
      (verb) => `(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4d97b98b-1d4f-4787-a291-c67834d212e7}
  AND
  @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'User'}
 )
)`,
    )
    .join("\nAND\n");
  const at = (scope: string) => joins({ role_assignment_scope: scope });

  test.each<[string, FoundAssignment]>([
    ["on the subnet", joins({})],
    ["of the role Contributor", joins({ role_definition_id: roleId("Contributor") })],
    ["of the role Owner", joins({ role_definition_id: roleId("Owner") })],
    ["to the same principal in capitals", joins({ principal_id: CONTROL_PLANE.toUpperCase() })],
    [
      "of the same role in capitals",
      joins({ role_definition_id: roleId("Network Contributor").toUpperCase() }),
    ],
    ["on the same subnet in capitals", at(SUBNET.toUpperCase())],
    ["on the same subnet with a slash behind", at(`${SUBNET}/`)],
    ["on the virtual network", at(VNET)],
    ["on the resource group, in other letters", at(`${SUBSCRIPTION}/resourcegroups/NETWORK-rg`)],
    ["on the subscription", at(SUBSCRIPTION)],
    ["on everything", at("/")],
    ["on a management group", at("/providers/Microsoft.Management/managementGroups/all")],
    ["whose condition is null", joins({ condition: null })],
    ["with a condition about other operations", joins({ condition: WEB })],
    [
      "of the role Owner, whose condition limits what it can hand out",
      joins({ role_definition_id: roleId("Owner"), condition: DELEGATION }),
    ],
  ])("%s lets the control plane join", (_, found) => {
    expect(stopping(json(), { grants: instead(JOIN, found) })).toEqual([]);
  });

  test.each<[string, FoundAssignment]>([
    ["to another principal", joins({ principal_id: KUBELET })],
    ["of another role", joins({ role_definition_id: roleId("Reader") })],
    ["of a role that is not known", joins({ role_definition_id: roleId("0-0") })],
    ["on another subnet", at(`${VNET}/subnets/other`)],
    ["on a subnet whose name is longer", at(`${SUBNET}-2`)],
    ["on a subnet whose name is shorter", at(SUBNET.slice(0, -1))],
    ["on what is below the subnet", at(`${SUBNET}/providers/Microsoft.X/y/z`)],
    ["in another resource group", at(`${SUBSCRIPTION}/resourceGroups/network`)],
    ["on another provider of tenants", at("/providers/Microsoft.Other/groups/all")],
    ["with a condition about joining", joins({ condition: about("subnets/join/action") })],
    [
      "with a condition about joining in capitals",
      joins({ condition: about("SUBNETS/JOIN/ACTION") }),
    ],
    ["with a condition about everything in subnets", joins({ condition: about("subnets/*") })],
    [
      "with a condition whose second clause is about joining",
      joins({ condition: `${DELEGATION} AND ${about("subnets/join/action")}` }),
    ],
    [
      "with a condition that is about everything",
      joins({ condition: "@Resource[x] StringEquals 'y'" }),
    ],
    [
      "with a condition of which a clause is about everything",
      joins({ condition: `${DELEGATION} AND (@Resource[x] StringEquals 'y')` }),
    ],
    [
      "with a condition of which a clause in more brackets is about everything",
      joins({ condition: `${DELEGATION} AND ((@Resource[x] StringEquals 'y'))` }),
    ],
    [
      "with a condition that allows other operations alone",
      joins({ condition: "((ActionMatches{'Microsoft.Network/publicIPAddresses/read'}))" }),
    ],
  ])("%s does not let the control plane join", (_, found) => {
    expect(stopping(json(), { grants: instead(JOIN, found) })).toEqual([JOIN]);
  });

  test.each<[string, Partial<FoundAssignment>, boolean]>([
    ["with the condition of the plan", {}, true],
    ["without a condition", { condition: "" }, true],
    ["whose condition is null", { condition: null }, true],
    ["with another condition", { condition: WEB.replace("'web'", "'api'") }, false],
    ["on another registry", { role_assignment_scope: `${REGISTRY}2` }, false],
  ])("for images %s", (_, change, isOne) => {
    const found = instead(PULL, { ...GRANTS[PULL]!, ...change });
    expect(stopping(json(), { grants: found })).toEqual(isOne ? [] : [PULL]);
  });
});

describe("a custom role", () => {
  const GUID = "99999999-9999-4999-8999-999999999991";
  const OTHER = "99999999-9999-4999-8999-999999999992";
  const subnets = "Microsoft.Network/virtualNetworks/subnets";
  const joining = [`${subnets}/read`, `${subnets}/join/action`];
  const content = "Microsoft.ContainerRegistry/registries/repositories";
  const pulling = [`${content}/metadata/read`, `${content}/content/read`];
  const kubernetes = "Microsoft.ContainerService/managedClusters";

  test.each<[string, string, Attributes[], boolean]>([
    ["the actions that are needed", JOIN, [{ actions: joining }], true],
    ["them in capitals", JOIN, [{ actions: joining.map((one) => one.toUpperCase()) }], true],
    ["a wildcard", JOIN, [{ actions: [`${subnets}/*`] }], true],
    [
      "everything but what is not needed",
      JOIN,
      [{ actions: ["*"], not_actions: ["*/delete"] }],
      true,
    ],
    [
      "the actions in two permissions",
      JOIN,
      [{ actions: [joining[0]] }, { actions: [joining[1]] }],
      true,
    ],
    [
      "an exception in another permission",
      JOIN,
      [{ actions: joining }, { actions: ["*"], not_actions: ["*/action"] }],
      true,
    ],
    ["one action too few", JOIN, [{ actions: [joining[1]] }], false],
    [
      "actions of which one is excepted",
      JOIN,
      [{ actions: ["*"], not_actions: ["*/Action"] }],
      false,
    ],
    [
      "actions by name of which one is excepted",
      JOIN,
      [{ actions: joining, not_actions: [joining[0]] }],
      false,
    ],
    ["a condition", JOIN, [{ actions: joining, condition: "x" }], false],
    ["them as data actions", JOIN, [{ data_actions: joining }], false],
    ["a dot that stands for no letter", JOIN, [{ actions: [`Microsoft-Network/*`] }], false],
    ["a longer action", JOIN, [{ actions: joining.map((one) => `${one}/more`) }], false],
    ["nothing", JOIN, [{}], false],
    ["the data actions that are needed", PULL, [{ data_actions: pulling }], true],
    ["them as actions", PULL, [{ actions: pulling }], false],
    [
      "data actions of which one is excepted",
      PULL,
      [{ data_actions: ["*"], not_data_actions: [pulling[1]] }],
      false,
    ],
    [
      "data actions, and excepted actions",
      PULL,
      [{ data_actions: pulling, not_actions: ["*"] }],
      true,
    ],
    ["all of Kubernetes", WRITE, [{ data_actions: [`${kubernetes}/*`] }], true],
    [
      "all of Kubernetes but a part",
      WRITE,
      [{ data_actions: ["*"], not_data_actions: [`${kubernetes.toUpperCase()}/pods/write`] }],
      false,
    ],
    [
      "all of Kubernetes but some of everything",
      WRITE,
      [{ data_actions: ["*"], not_data_actions: ["*/write"] }],
      false,
    ],
    [
      "all of Kubernetes but something elsewhere",
      WRITE,
      [{ data_actions: ["*"], not_data_actions: ["Microsoft.Storage/x/y"] }],
      true,
    ],
  ])("with %s: %s", (_, check, permissions, isEnough) => {
    const found = { ...GRANTS[check]!, role_definition_id: roleId(GUID) };
    const change = {
      grants: instead(check, found),
      roles: { [GUID]: permissions.map(permission) },
    };
    expect(stopping(json(), change)).toEqual(isEnough ? [] : [check]);
  });

  test("is enough together with another one, also of those that are known", () => {
    const half = (guid: string) => ({ ...GRANTS[JOIN]!, role_definition_id: roleId(guid) });
    const change = {
      grants: instead(JOIN, half(GUID), half(OTHER)),
      roles: {
        [GUID]: [permission({ actions: [joining[0]] })],
        [OTHER]: [permission({ actions: [joining[1]] })],
      },
    };
    expect(stopping(json(), change)).toEqual([]);
    const [first] = change.grants.slice(-2);
    const others = change.grants.slice(0, -2);
    expect(stopping(json(), { ...change, grants: [...others, first!] })).toEqual([JOIN]);
    // Reader has the one, and the custom role the other.
    const reader = { ...GRANTS[JOIN]!, role_definition_id: roleId("Reader") };
    const action = { ...half(GUID), role_definition_id: roleId(OTHER) };
    expect(stopping(json(), { ...change, grants: [...others, reader, action] })).toEqual([]);
    expect(stopping(json(), { ...change, grants: [...others, reader] })).toEqual([JOIN]);
  });

  test("is not read where the roles that are known are enough", () => {
    const found = { ...GRANTS[JOIN]!, role_definition_id: roleId(GUID) };
    const read: string[] = [];
    const world = worldOf({
      grants: [...Object.values(GRANTS), found],
      found: (type) => {
        read.push(...(type === "azurerm_role_definition" ? [type] : []));
        return {};
      },
    });
    expect(failing(lifecycleOf(json()).precondition ?? [], scopeOf(json(), world))).toEqual([]);
    expect(read).toEqual([]);
  });

  test("is read once, where it was found, and only if a principal of the plan has it", () => {
    const stranger = grant("another principal", OTHER, SUBNET);
    const found = { ...GRANTS[JOIN]!, role_definition_id: roleId(GUID) };
    const change = { grants: [...instead(JOIN, found), stranger], roles: {} };
    const read: Attributes[] = [];
    const world = worldOf({
      ...change,
      found: (type, args) => {
        read.push(...(type === "azurerm_role_definition" ? [args] : []));
        return {};
      },
    });
    failing(lifecycleOf(json()).precondition ?? [], scopeOf(json(), world));
    expect(read).toEqual([{ role_definition_id: GUID, scope: SUBNET }]);
  });
});

describe("what the other two stacks grant", () => {
  const assignmentsIn = (stack: EvaluatedJson): FoundAssignment[] => {
    const scope = scopeOf(stack, worldOf({}));
    return Object.values(scope.azurerm_role_assignment as { [name: string]: Attributes }).map(
      (one) =>
        grant(
          String(one.principal_id),
          String(one.role_definition_name ?? one.role_definition_id)
            .split("/")
            .at(-1) ?? "",
          String(one.scope),
          one.condition as string | undefined,
        ),
    );
  };

  test.each<[string, ClusterSpec]>([
    ["with built-in roles", SPEC],
    ["with minimal roles", { ...SPEC, permissions: { roleSet: RoleSet.minimal() } }],
    ["for the lab", specOf("lab")],
  ])("is what the preflight asks for: %s", (_, spec) => {
    const { identities, networkPermissions, cluster } = stacksOf(spec);
    const [ofIdentities, ofNetwork, ofCluster] = [identities, networkPermissions, cluster].map(
      (stack) => render(stack) as unknown as ClusterJson,
    ) as [ClusterJson, ClusterJson, ClusterJson];
    const grants = [ofIdentities, ofNetwork].flatMap(assignmentsIn);
    const network = assignmentsIn(ofNetwork);
    expect(stopping(ofCluster, { grants })).toEqual([]);
    expect(stopping(ofCluster, { grants: network })).not.toEqual([]);
    expect(stopping(ofCluster, { grants: [] }).length).toBeGreaterThan(
      stopping(ofCluster, { grants: network }).length,
    );
  });
});

describe("the caller of the plan, if the description names no deployer,", () => {
  const spec: ClusterSpec = { ...SPEC, access: { kubernetes: SPEC.access!.kubernetes } };
  const callers = Object.values(GRANTS)
    .filter(({ principal_id: id }) => id === DEPLOYERS.objectId)
    .map((one) => ({ ...one, principal_id: CALLER }));
  const saidWith = (grants: readonly FoundAssignment[], described = spec) => {
    const world = azure((type) =>
      type === "azurerm_role_assignments" ? { role_assignments: grants } : {},
    );
    const json = render(stacksOf(described).cluster) as unknown as ClusterJson;
    const conditions = Object.values(json.check ?? {}).flatMap(({ assert }) => assert);
    return failing(conditions, scopeOf(json, world)).filter((one) => one.includes("The caller"));
  };

  test("is told what it lacks on everything that is read", () => {
    const said = saidWith([]);
    expect(said).toHaveLength(4);
    for (const words of [
      'Managed Identity Operator on the control plane identity "small-cp-mi"',
      'Managed Identity Operator on the kubelet identity "small-kubelet-mi"',
      'Network Contributor on the subnet "nodes"',
      'Reader on the virtual network "vnet"',
    ]) {
      expect(said.join()).toContain(`(${CALLER}) has no role assignment like ${words}`);
    }
  });

  test("is told nothing if it has everything, and stops no plan", () => {
    expect(saidWith(callers)).toEqual([]);
    expect(saidWith(callers.slice(1))).toHaveLength(1);
    const enforced = stopping(render(stacksOf(spec).cluster) as unknown as ClusterJson, {});
    expect(enforced).toEqual([]);
  });

  test("is not looked at if a deployer is named, or nothing about people is asked", () => {
    const off = { ...spec, preflight: { peopleGrants: PreflightMode.OFF } };
    for (const other of [SPEC, off]) {
      expect(saidWith([], other)).toEqual([]);
    }
  });
});
