// review --live: worlds with one defect each, in words and commands; statuses of the command; hostile exports; speed.
import Ajv from "ajv";
import { Window } from "happy-dom";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Io } from "../../app/cli/io";
import { main } from "../../app/cli/main";
import { loadConfiguration } from "../../app/config/load";
import { LiveReview, LiveStatus } from "../../app/live/live-review";
import { compareLive } from "../../app/live/read-live";
import { liveLines } from "../../app/live/words";
import {
  ClusterPlan,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  Principal,
  ResourceReference,
  Role,
} from "../../lib";
import { inScratch, textOf } from "../scenarios";
import {
  ADMINS,
  Assigned,
  CONTRIBUTOR,
  CONTROL_PLANE,
  DEPLOYERS,
  DESCRIPTION,
  Files,
  HUB,
  KUBELET,
  NETWORK_CONTRIBUTOR,
  OPERATOR,
  SOMEONE,
  SUBSCRIPTION,
  asPlanned,
  assigned,
  grantOn,
  identityId,
  plan,
  roleOf,
  scopeOf,
  written,
} from "../app/live-review.fixtures";
import { HOSTILE_NAMES } from "../app/review.fixtures";
import { backedUp } from "../lib/backup-rules";

const validate = new Ajv().compile(JSON.parse(textOf("access-live.schema.json")) as object);
const isAsItsSchemaSays = (live: unknown) => validate(live) || validate.errors;

type World = ReturnType<typeof asPlanned>;

const SUBNET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/network-rg/providers/Microsoft.Network/virtualNetworks/spoke-vnet/subnets/aks-nodes`;
const NETWORK_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/network-rg`;
const CLUSTER_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/haks-prod`;
const WHOLE = `/subscriptions/${SUBSCRIPTION}`;
const GROUP = "88888888-8888-4888-8888-888888888888";
const READER = { name: "Reader", guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7" };
const nodeJoin = () => grantOn("haks-prod-cp-mi", "aks-nodes");
const pull = () => grantOn("haks-prod-kubelet-mi", "sharedregistry");

/** Returns a changed world in which a principal lacks its role on a scope, and has others. */
function instead(principalId: string, scope: string, ...others: Assigned[]): World {
  const world = asPlanned();
  const isIt = (one: Assigned) => one.principalId === principalId && one.scope === scope;
  expect(world.assignments.filter(isIt)).toHaveLength(1);
  return { ...world, assignments: [...world.assignments.filter((one) => !isIt(one)), ...others] };
}

function besides(...others: Assigned[]): World {
  const world = asPlanned();
  return { ...world, assignments: [...world.assignments, ...others] };
}

function compared(files: Files): LiveReview {
  return inScratch((folder) => compareLive(plan(), [written(files, folder)]));
}

/** Returns an eligible assignment, as the REST API prints it. */
function eligible(principalId: string, role: { name: string; guid: string }, scope: string) {
  const id = `${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances/1`;
  const { roleDefinitionId } = assigned(principalId, role, scope);
  return {
    value: [
      {
        id,
        name: "1",
        type: "Microsoft.Authorization/roleEligibilityScheduleInstances",
        properties: {
          scope,
          principalId,
          principalType: "Group",
          roleDefinitionId,
          expandedProperties: { roleDefinition: { displayName: role.name } },
        },
      },
    ],
  };
}

function denial(more: object = {}) {
  return {
    value: [
      {
        id: `${NETWORK_GROUP}/providers/Microsoft.Authorization/denyAssignments/2`,
        type: "Microsoft.Authorization/denyAssignments",
        properties: {
          denyAssignmentName: "no joins",
          scope: NETWORK_GROUP,
          permissions: [{ actions: ["Microsoft.Network/*/join/action"], notActions: [] }],
          principals: [{ id: "00000000-0000-0000-0000-000000000000", type: "SystemDefined" }],
          excludePrincipals: [{ id: DEPLOYERS, type: "Group" }],
          isSystemProtected: false,
          ...more,
        },
      },
    ],
  };
}

/** Returns a world with another definition of the role of the subnet. */
function withDefinition(actions: string[]): World {
  const world = asPlanned();
  const roles = world["role-definitions"] as { readonly roleName: string }[];
  return {
    ...world,
    "role-definitions": roles.map((role) =>
      role.roleName === nodeJoin().role.name ? { ...role, permissions: [{ actions }] } : role,
    ),
  };
}

const WORLDS: readonly (readonly [string, () => Files, LiveStatus[]])[] = [
  ["a right is missing", () => instead(CONTROL_PLANE, SUBNET), ["missing"]],
  [
    "a wider role is on the scope",
    () =>
      instead(
        CONTROL_PLANE,
        SUBNET,
        assigned(CONTROL_PLANE, { name: "Network Contributor", guid: NETWORK_CONTRIBUTOR }, SUBNET),
      ),
    ["wider"],
  ],
  [
    "the planned role is on a scope around it",
    () =>
      instead(CONTROL_PLANE, SUBNET, assigned(CONTROL_PLANE, roleOf(nodeJoin()), NETWORK_GROUP)),
    ["wider"],
  ],
  [
    "an identity has more than it needs",
    () => besides(assigned(KUBELET, { name: "Contributor", guid: CONTRIBUTOR }, WHOLE)),
    ["tooMuch"],
  ],
  [
    "somebody else can act as an identity",
    () =>
      besides(
        assigned(
          SOMEONE,
          { name: "Managed Identity Operator", guid: OPERATOR },
          identityId("haks-prod-cp-mi"),
        ),
      ),
    ["tooMuch"],
  ],
  [
    "a deployer can change the network",
    () => besides(assigned(DEPLOYERS, { name: "Contributor", guid: CONTRIBUTOR }, NETWORK_GROUP)),
    ["tooMuch"],
  ],
  [
    "somebody else has rights in Kubernetes",
    () =>
      besides(
        assigned(
          SOMEONE,
          {
            name: "Azure Kubernetes Service RBAC Admin",
            guid: "3498e952-d568-435e-9b2c-8d77e338d7f7",
          },
          CLUSTER_GROUP,
        ),
      ),
    ["tooMuch"],
  ],
  [
    "a principal no longer exists",
    () =>
      besides(
        assigned(SOMEONE, { name: "Contributor", guid: CONTRIBUTOR }, CLUSTER_GROUP, {
          principalName: "",
        }),
      ),
    ["orphaned"],
  ],
  [
    "a right is inherited",
    () => instead(DEPLOYERS, SUBNET.replace(/\/subnets.*/, ""), assigned(DEPLOYERS, READER, WHOLE)),
    ["otherMeans"],
  ],
  [
    "a right comes from a group",
    () => ({
      ...instead(KUBELET, scopeOf(pull()), assigned(GROUP, roleOf(pull()), scopeOf(pull()))),
      [`members-${GROUP}`]: [{ "@odata.type": "#microsoft.graph.servicePrincipal", id: KUBELET }],
    }),
    ["otherMeans"],
  ],
  [
    "a right must be activated",
    () => {
      const grant = grantOn("platform-engineers", "aks-nodes");
      return {
        ...instead(DEPLOYERS, SUBNET),
        eligible: eligible(DEPLOYERS, roleOf(grant), SUBNET),
      };
    },
    ["otherMeans"],
  ],
  [
    "an identity is only eligible",
    () => ({
      ...instead(CONTROL_PLANE, SUBNET),
      eligible: eligible(CONTROL_PLANE, roleOf(nodeJoin()), SUBNET),
    }),
    ["missing"],
  ],
  [
    "an eligible role is too much",
    () => ({
      ...asPlanned(),
      eligible: eligible(DEPLOYERS, { name: "Contributor", guid: CONTRIBUTOR }, WHOLE),
    }),
    ["tooMuch"],
  ],
  ["a right is denied", () => ({ ...asPlanned(), deny: denial() }), ["missing", "missing"]],
  [
    "a right has another condition",
    () =>
      instead(
        CONTROL_PLANE,
        SUBNET,
        assigned(CONTROL_PLANE, roleOf(nodeJoin()), SUBNET, { condition: "1 == 1" }),
      ),
    ["missing"],
  ],
  [
    "a custom role allows more than planned",
    () =>
      withDefinition([
        ...nodeJoin().role.actions,
        "Microsoft.Network/virtualNetworks/subnets/delete",
      ]),
    ["wider", "wider"],
  ],
  [
    "a custom role allows less than planned",
    () => withDefinition(["Microsoft.Network/virtualNetworks/subnets/read"]),
    ["missing", "missing"],
  ],
  [
    "the definition of a role is not known",
    () =>
      instead(
        CONTROL_PLANE,
        SUBNET,
        assigned(CONTROL_PLANE, { name: "Net Ops", guid: SOMEONE }, NETWORK_GROUP),
      ),
    ["tooMuch", "unknown"],
  ],
  ["an identity is not known", () => ({ ...asPlanned(), "identity-2": undefined }), ["unknown"]],
  [
    "a subscription was not exported",
    () => {
      const world = asPlanned();
      const isHub = ({ scope }: Assigned) => scope.includes(HUB);
      return { ...world, assignments: world.assignments.filter((one) => !isHub(one)) };
    },
    ["unknown", "unknown"],
  ],
  [
    "the principal of the description no longer exists",
    () => {
      const world = asPlanned();
      return {
        ...world,
        assignments: world.assignments.map((one) =>
          one.principalId === ADMINS ? { ...one, principalName: "" } : one,
        ),
      };
    },
    ["missing", "missing", "orphaned", "orphaned"],
  ],
];

describe("in a world where", () => {
  test.each(WORLDS)("%s, the review says so", (_, files, statuses) => {
    const live = compared(files());
    expect(live.rows.map(({ status }) => status).filter((one) => one !== "asPlanned")).toEqual(
      statuses,
    );
    expect(liveLines(live).join("\n")).toMatchSnapshot();
    expect(isAsItsSchemaSays(live)).toBe(true);
  });
});

test("the schema refuses another status, and a field that it does not know", () => {
  const live = compared(asPlanned());
  const [row, ...rows] = live.rows;
  expect(isAsItsSchemaSays(live)).toBe(true);
  expect(isAsItsSchemaSays({ ...live, rows: [{ ...row, status: "fine" }, ...rows] })).not.toBe(
    true,
  );
  expect(isAsItsSchemaSays({ ...live, more: 1 })).not.toBe(true);
  expect(isAsItsSchemaSays({ ...live, version: 2 })).not.toBe(true);
});

describe("nothing is reported", () => {
  const statusesOf = (files: Files) => new Set(compared(files).rows.map(({ status }) => status));
  const only = new Set(["asPlanned"]);

  test("if all is as planned, with ids in other letters", () => {
    const world = asPlanned();
    const assignments = world.assignments.map((one) => ({
      ...one,
      scope: one.scope.replace("resourceGroups", "resourcegroups").toUpperCase(),
      principalId: one.principalId.toUpperCase(),
    }));
    expect(statusesOf({ ...world, assignments })).toEqual(only);
  });

  test.each<[string, () => Files]>([
    [
      "AKS gives the control plane its role in the node resource group",
      () =>
        besides(
          assigned(
            CONTROL_PLANE,
            { name: "Contributor", guid: CONTRIBUTOR },
            `${WHOLE}/resourceGroups/MC_haks-prod_haks-prod_westeurope`,
          ),
        ),
    ],
    [
      "a deployer is Contributor on the resource group of the cluster",
      () => besides(assigned(DEPLOYERS, { name: "Contributor", guid: CONTRIBUTOR }, CLUSTER_GROUP)),
    ],
    [
      "somebody is Contributor on the resource group of the cluster",
      () => besides(assigned(SOMEONE, { name: "Contributor", guid: CONTRIBUTOR }, CLUSTER_GROUP)),
    ],
    ["a deployer reads more", () => besides(assigned(DEPLOYERS, READER, WHOLE))],
    [
      "others have roles on the network, or read an identity",
      () =>
        besides(
          assigned(SOMEONE, { name: "Network Contributor", guid: NETWORK_CONTRIBUTOR }, SUBNET),
          assigned(SOMEONE, READER, identityId("haks-prod-cp-mi")),
        ),
    ],
    [
      "principals that no longer exist have roles elsewhere",
      () =>
        besides(
          assigned(SOMEONE, READER, `${WHOLE}/resourceGroups/other-rg`, { principalName: "" }),
        ),
    ],
    [
      "a deny assignment excludes the principal, or is about something else",
      () => ({
        ...asPlanned(),
        deny: {
          value: [
            ...denial({ excludePrincipals: [{ id: DEPLOYERS }, { id: CONTROL_PLANE }] }).value,
            ...denial({ permissions: [{ actions: ["*"], notActions: ["*"] }] }).value,
            ...denial({ doNotApplyToChildScopes: true }).value,
            ...denial({ principals: [{ id: SOMEONE }] }).value,
          ],
        },
      }),
    ],
  ])("if %s", (_, files) => {
    expect(statusesOf(files())).toEqual(only);
  });

  test("but a deployer that is Owner there is", () => {
    const owner = { name: "Owner", guid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" };
    expect(statusesOf(besides(assigned(DEPLOYERS, owner, CLUSTER_GROUP)))).toContain("tooMuch");
  });
});

test("an identity in a group within a group has the role of the outer one", () => {
  const outer = "88888888-8888-4888-8888-888888888889";
  const live = compared({
    ...instead(KUBELET, scopeOf(pull()), assigned(outer, roleOf(pull()), scopeOf(pull()))),
    [`members-${GROUP}`]: [{ id: KUBELET }],
    [`members-${outer}`]: [{ id: GROUP }],
  });
  expect(live.rows[0]).toMatchObject({ status: "otherMeans", found: [{ group: outer }] });
});

test("a wide role of a group goes by leaving the group", () => {
  const live = compared({
    ...besides(assigned(GROUP, { name: "Contributor", guid: CONTRIBUTOR }, WHOLE)),
    [`members-${GROUP}`]: [{ id: KUBELET }],
  });
  expect(live.rows[0]).toMatchObject({
    status: "tooMuch",
    commands: [`az ad group member remove --group ${GROUP} --member-id ${KUBELET}`],
  });
});

describe("a planned condition", () => {
  const CONDITION = "@Resource[Microsoft.Network/x:y] StringEquals 'z'";
  const network = SUBNET.replace(/\/subnets.*/, "");
  const { spec } = loadConfiguration(DESCRIPTION);
  const extended = new ClusterPlan({
    ...spec,
    permissions: {
      ...spec.permissions,
      additionalGrants: [
        {
          team: GrantingTeam.NETWORK,
          principal: GrantPrincipal.kubelet(),
          role: Role.READER,
          scope: GrantScope.virtualNetwork(),
          condition: CONDITION,
          feature: "reading",
          why: "The nodes read the network.",
          source: "https://example.com/reading",
        },
      ],
    },
  });
  const statusWith = (more: object) =>
    inScratch((folder) => {
      const files = besides(assigned(KUBELET, READER, network, more));
      const { rows } = compareLive(extended, [written(files, folder)]);
      return rows.find(({ planned }) => planned?.condition);
    });

  test("is compared", () => {
    expect(statusWith({ condition: CONDITION })?.status).toBe("asPlanned");
    expect(statusWith({ condition: "1 == 1" })?.status).toBe("missing");
    const without = statusWith({});
    expect([without?.status, without?.message]).toEqual([
      "wider",
      "The role assignment lacks the planned condition. Grant the planned one, and delete the other.",
    ]);
    expect(without?.commands.map((one) => one.split(" ")[3])).toEqual(["delete", "create"]);
    expect(without?.commands[1]).toContain("--condition-version 2.0");
  });
});

describe("a role assignment", () => {
  const rowsOf = (files: Files, of = plan()) =>
    inScratch((folder) => compareLive(of, [written(files, folder)])).rows;
  const differing = (files: Files, of = plan()) =>
    rowsOf(files, of)
      .map(({ status }) => status)
      .filter((status) => status !== "asPlanned");
  const { spec } = loadConfiguration(DESCRIPTION);

  test("on another subnet does not give the right on this one", () => {
    const other = SUBNET.replace("aks-nodes", "aks-api");
    const role = roleOf(nodeJoin());
    expect(differing(instead(CONTROL_PLANE, SUBNET, assigned(CONTROL_PLANE, role, other)))).toEqual(
      ["missing", "tooMuch"],
    );
  });

  test("on a management group counts for the subscriptions whose lists have it", () => {
    const zone = scopeOf(grantOn("platform-engineers", "privatelink.westeurope.azmk8s.io"));
    const above = "/providers/Microsoft.Management/managementGroups/all";
    const { assignments, ...rest } = instead(DEPLOYERS, zone);
    const isHub = ({ scope }: Assigned) => scope.includes(HUB);
    const own = assignments.filter((one) => !isHub(one));
    const hub = assignments.filter(isHub);
    const reader = assigned(DEPLOYERS, READER, above);
    const files = { ...rest, assignments: undefined };
    expect(differing({ ...files, own: [...own, reader], hub })).toEqual(["missing"]);
    expect(differing({ ...files, own, hub: [...hub, reader] })).toEqual(["otherMeans"]);
  });

  test("of a principal that is compared by the export of the cluster", () => {
    const rest = { ...asPlanned(), "identity-1": undefined, "identity-2": undefined };
    const cluster = {
      id: `${CLUSTER_GROUP}/providers/Microsoft.ContainerService/managedClusters/haks-prod`,
      type: "Microsoft.ContainerService/ManagedClusters",
      identity: {
        userAssignedIdentities: {
          [identityId("haks-prod-cp-mi")]: { principalId: CONTROL_PLANE },
        },
      },
      identityProfile: {
        kubeletidentity: { resourceId: identityId("haks-prod-kubelet-mi"), objectId: KUBELET },
      },
    };
    expect(differing({ ...rest, cluster })).toEqual([]);
    expect(differing(rest)).not.toEqual([]);
  });

  test("of an identity is told by the export, and not by an outdated description", () => {
    const ids = { id: identityId("haks-prod-kubelet-mi"), principalId: SOMEONE, clientId: SOMEONE };
    const outdated = new ClusterPlan({
      ...spec,
      identities: {
        ...spec.identities,
        kubelet: { ...spec.identities?.kubelet, existing: true, ids },
      },
    });
    expect(differing(asPlanned(), outdated)).toEqual([]);
  });

  test("of a principal without an object id is left alone, if it has the name", () => {
    const unnamed = new ClusterPlan({
      ...spec,
      access: { ...spec.access, deployers: [Principal.group("platform-engineers")] },
    });
    const rows = (principalName: string) => {
      const { assignments, ...rest } = asPlanned();
      const named = assignments.map((one) =>
        one.principalId === DEPLOYERS ? { ...one, principalName } : one,
      );
      return differing({ ...rest, assignments: named }, unnamed);
    };
    expect(rows("Platform-Engineers")).not.toContain("tooMuch");
    expect(rows("others")).toContain("tooMuch");
  });

  test("that another cluster plans is not too much", () => {
    const another = {
      ...spec,
      name: "other",
      identities: { ...spec.identities, controlPlane: { name: "other-cp-mi" } },
      registries: [
        {
          registry: ResourceReference.byName({
            name: "otherregistry",
            resourceGroup: "registry-rg",
          }),
        },
      ],
    };
    const sharing = new ClusterPlan({
      ...spec,
      permissions: { ...spec.permissions, sharedWith: [another] },
    });
    const registry = scopeOf(pull()).replace("sharedregistry", "otherregistry");
    const acrPull = { name: "AcrPull", guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d" };
    const files = {
      ...besides(
        assigned(KUBELET, acrPull, registry),
        assigned(
          SOMEONE,
          { name: "Managed Identity Operator", guid: OPERATOR },
          identityId("haks-prod-kubelet-mi"),
        ),
      ),
      "identity-3": {
        ...(asPlanned()["identity-1"] as object),
        id: identityId("other-cp-mi"),
        principalId: SOMEONE,
      },
    };
    expect(differing(files, sharing)).toEqual([]);
    expect(differing(files)).toEqual(["tooMuch", "tooMuch"]);
  });

  test("of a role that is not there yet follows the script of the team", () => {
    const world = instead(CONTROL_PLANE, SUBNET);
    const roles = world["role-definitions"] as { readonly roleName: string }[];
    const without = roles.filter(({ roleName }) => roleName !== nodeJoin().role.name);
    const [row] = rowsOf({ ...world, "role-definitions": without });
    expect(row).toMatchObject({
      status: "missing",
      commands: ["bash access-requests/network.sh"],
    });
  });

  test("of a built-in role that Microsoft has changed is as planned", () => {
    const role = plan()
      .review()
      .grants.find((one) => one === pull() || one.role.name === pull().role.name)!.role;
    const changed = {
      id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role.guid ?? ""}`,
      name: role.guid,
      roleName: role.name,
      type: "Microsoft.Authorization/roleDefinitions",
      permissions: [
        { dataActions: [...role.dataActions, "Microsoft.ContainerRegistry/registries/new/read"] },
      ],
    };
    const world = asPlanned();
    const roles = world["role-definitions"] as object[];
    expect(differing({ ...world, "role-definitions": [...roles, changed] })).toEqual([]);
  });
});

test("5,000 role assignments are compared in less than a second", () => {
  const world = asPlanned();
  const many = Array.from({ length: 5000 - world.assignments.length }, (_, number) => {
    const id = `aaaaaaaa-aaaa-4aaa-8aaa-${String(number % 700).padStart(12, "0")}`;
    const scope = [SUBNET, WHOLE, NETWORK_GROUP, `${WHOLE}/resourceGroups/rg-${number % 90}`];
    const own = { id: `${WHOLE}/providers/Microsoft.Authorization/roleAssignments/${number}` };
    return assigned(number % 50 === 0 ? KUBELET : id, READER, scope[number % scope.length]!, own);
  });
  inScratch((folder) => {
    const path = written({ ...world, assignments: [...world.assignments, ...many] }, folder);
    plan().review();
    // The time of the processor: other tests run at the same time.
    const start = process.cpuUsage();
    const live = compareLive(plan(), [path]);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(1000);
    expect(live.rows.filter(({ status }) => status === "tooMuch")).toHaveLength(100);
  });
});

describe("what the exports do not show", () => {
  test("is nothing but what no export has, if all were exported", () => {
    expect(compared(asPlanned()).notShown).toEqual([
      "Rights of other principals from scopes around the resources of the plan, such as Owner of a subscription.",
      "Federated credentials of identities, by which others can act as them.",
      "Access policies of key vaults, and changes in Azure since the export.",
    ]);
  });

  test("is named", () => {
    const { assignments, "identity-1": controlPlane } = asPlanned();
    const isHub = ({ scope }: Assigned) => scope.includes(HUB);
    const { notShown } = compared({
      assignments: [
        ...assignments.filter((one) => !isHub(one)),
        assigned(SOMEONE, { name: "Net Ops", guid: SOMEONE }, WHOLE),
      ],
      "identity-1": controlPlane,
    });
    expect(notShown.slice(0, -3)).toEqual([
      `The members of 2 groups with roles on resources of the plan: name of ${ADMINS} and name of ${DEPLOYERS}. Export them with az ad group member list.`,
      "Eligible assignments of Privileged Identity Management, which were not exported.",
      "Deny assignments, which were not exported.",
      "The definitions of custom roles, which were not exported: those of the plan are taken to be as planned.",
      "The definitions of 1 role: Net Ops. Export them with az role definition list.",
      `Role assignments in 1 subscription: ${HUB}.`,
      "The object ids of 1 principal: haks-prod-kubelet-mi.",
    ]);
  });
});

describe("the command", () => {
  async function run(folder: string, ...args: string[]) {
    let [out, err] = ["", ""];
    const io: Io = {
      stdout: (text) => void (out += text),
      stderr: (text) => void (err += text),
      colours: false,
    };
    const all = ["review", "--config", DESCRIPTION, "--out", join(folder, "out"), ...args];
    return { status: await main(all, io), out, err };
  }

  async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "haks-live-"));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test.each<[string, () => Files, number]>([
    ["all is as planned", asPlanned, 0],
    ["a right is missing", () => instead(CONTROL_PLANE, SUBNET), 3],
    [
      "a right is too much",
      () => besides(assigned(KUBELET, { name: "Contributor", guid: CONTRIBUTOR }, WHOLE)),
      3,
    ],
    [
      "a role is wider",
      () =>
        instead(
          CONTROL_PLANE,
          SUBNET,
          assigned(
            CONTROL_PLANE,
            { name: "Network Contributor", guid: NETWORK_CONTRIBUTOR },
            SUBNET,
          ),
        ),
      3,
    ],
    [
      "a role assignment is orphaned",
      () => besides(assigned(SOMEONE, READER, CLUSTER_GROUP, { principalName: "" })),
      0,
    ],
    ["an identity is not known", () => ({ ...asPlanned(), "identity-2": undefined }), 0],
  ])("if %s, has the right status, and writes both sides", async (_, files, status) => {
    await inFolder(async (folder) => {
      const found = await run(folder, "--live", written(files(), folder));
      expect({ status: found.status, err: found.err }).toEqual({ status, err: "" });
      const live = JSON.parse(textIn(folder, "access-live.json")) as LiveReview;
      expect(live).toMatchObject({ version: 1, cluster: "haks-prod" });
      expect(isAsItsSchemaSays(live)).toBe(true);
      expect(textIn(folder, "access-review.md")).toContain("## Planned and found");
      expect(textIn(folder, "access-review.html")).toContain(
        '<h2 id="live">Planned and found</h2>',
      );
    });
  });

  const textIn = (folder: string, name: string) => readFileSync(join(folder, "out", name), "utf8");

  test("shows both sides in one table of the page", async () => {
    await inFolder(async (folder) => {
      const wide = { name: "Network Contributor", guid: NETWORK_CONTRIBUTOR };
      const files = instead(CONTROL_PLANE, SUBNET, assigned(CONTROL_PLANE, wide, SUBNET));
      await run(folder, "--live", written(files, folder));
      const window = new Window();
      window.document.write(textIn(folder, "access-review.html"));
      const [table, ...others] = window.document.querySelectorAll("#live ~ * table, #live ~ table");
      const cellsOf = (row: Element) =>
        [...row.querySelectorAll("th, td")].map(({ textContent }) => textContent.trim());
      const [heads, first] = [...table!.querySelectorAll("tr")].map((row) =>
        cellsOf(row as unknown as Element),
      );
      expect(others).not.toContain(table);
      expect(heads).toEqual(["Result", "Who", "Planned", "Found", "What to do"]);
      expect(first).toEqual([
        "wider than planned",
        expect.stringContaining("haks-prod-cp-mi") as string,
        expect.stringContaining(nodeJoin().role.name) as string,
        expect.stringContaining("Network Contributor") as string,
        expect.stringContaining("az role assignment delete") as string,
      ]);
      await window.happyDOM.close();
    });
  });

  test("prints JSON, and takes files", async () => {
    await inFolder(async (folder) => {
      const path = written(asPlanned(), folder);
      const files = ["assignments", "identity-1", "identity-2"].map((one) =>
        join(path, `${one}.json`),
      );
      const { status, out } = await run(folder, "--json", "--live", ...files);
      const { live } = JSON.parse(out) as { live: LiveReview };
      expect({ status, files: live.files.length }).toEqual({ status: 0, files: 3 });
    });
  });

  test("without --live removes the comparison of an earlier run", async () => {
    await inFolder(async (folder) => {
      await run(folder, "--live", written(asPlanned(), folder));
      expect(existsSync(join(folder, "out", "access-live.json"))).toBe(true);
      expect((await run(folder)).status).toBe(0);
      expect(existsSync(join(folder, "out", "access-live.json"))).toBe(false);
      expect(textIn(folder, "access-review.html")).not.toContain("Planned and found");
    });
  });

  test.each<[string, Files, string]>([
    ["no role assignments", { "identity-1": asPlanned()["identity-1"] }, "HAKS-LIVE-001"],
    ["an empty list of them", { "role-assignments-1": [] }, "HAKS-LIVE-001"],
    ["an empty list of something", { ...asPlanned(), some: [] }, "HAKS-DISC-001"],
    [
      "one page of a list",
      { ...asPlanned(), eligible: { value: [], nextLink: "https://management.azure.com/next" } },
      "HAKS-DISC-001",
    ],
    [
      "members of an unknown group",
      { ...asPlanned(), m: [{ "@odata.type": "#microsoft.graph.user", id: SOMEONE }] },
      "HAKS-DISC-001",
    ],
    [
      "no members in the file of a group",
      { ...asPlanned(), [`members-${SOMEONE}`]: [{ id: "x" }] },
      "HAKS-DISC-001",
    ],
    ...(["id", "scope", "principalId", "roleDefinitionId"] as const).map(
      (field): [string, Files, string] => [
        `a role assignment with a bad ${field}`,
        besides({ ...assigned(SOMEONE, READER, WHOLE), [field]: "--help" }),
        "HAKS-DISC-001",
      ],
    ),
  ])("refuses exports with %s, and writes nothing", async (_, files, code) => {
    await inFolder(async (folder) => {
      const { status, err } = await run(folder, "--live", written(files, folder));
      expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining(code) as unknown });
      expect(existsSync(join(folder, "out"))).toBe(false);
    });
  });

  test("refuses a folder that is not there, and --from", async () => {
    await inFolder(async (folder) => {
      expect((await run(folder, "--live", join(folder, "none"))).status).toBe(1);
      const other = ["review", "--from", "x.json", "--live", folder];
      expect(await main(other, { stdout: () => 0, stderr: () => 0, colours: false })).toBe(2);
    });
  });

  test("asks for the subscription if the exports are of several", async () => {
    await inFolder(async (folder) => {
      const file = join(folder, "haks.yaml");
      const text = readFileSync(DESCRIPTION, "utf8").replace(/^subscriptionId:.*$/m, "");
      writeFileSync(file, text);
      const path = written(asPlanned(), folder);
      const { status, err } = await run(folder, "--config", file, "--live", path);
      expect([status, err]).toEqual([1, expect.stringContaining("HAKS-LIVE-002")]);
      const { assignments, ...rest } = asPlanned();
      const own = assignments.filter(({ scope }) => !scope.includes(HUB));
      const one = written({ ...rest, assignments: own }, join(folder, "own"));
      expect((await run(folder, "--config", file, "--live", one)).status).toBe(0);
    });
  });

  test.each(HOSTILE_NAMES)("never lets %j out of its place", async (name) => {
    await inFolder(async (folder) => {
      const role = { name, guid: SOMEONE };
      const files = besides(
        assigned(KUBELET, role, WHOLE, { condition: name }),
        assigned(SOMEONE, { name, guid: OPERATOR }, identityId("haks-prod-cp-mi"), {
          principalName: name,
          principalType: name,
        }),
      );
      const { status, out } = await run(
        folder,
        "--live",
        written(
          {
            ...files,
            deny: {
              value: [
                {
                  ...denial({ denyAssignmentName: name }).value[0],
                  id: `/providers/Microsoft.Authorization/denyAssignments/${name}`,
                },
              ],
            },
          },
          folder,
        ),
      );
      expect(status).toBe(3);
      const html = textIn(folder, "access-review.html");
      expect(html).not.toContain("<script>alert");
      expect(html).not.toContain('"onmouseover="');
      expect(out).not.toContain("\u202e");
      const markdown = textIn(folder, "access-review.md");
      const outsideOfCode = markdown.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
      expect(outsideOfCode).not.toMatch(/^touch injected|^# heading|\]\(javascript:|<script/m);
      const { rows } = JSON.parse(textIn(folder, "access-live.json")) as LiveReview;
      const script = rows.flatMap(({ commands }) => commands).join("\n");
      expect(script).toContain("denyAssignments");
      const { status: ran } = spawnSync("bash", ["-euc", `az() { :; }\n${script}`], {
        cwd: folder,
      });
      expect([ran, existsSync(join(folder, "injected"))]).toEqual([0, false]);
    });
  });
});

test("rights of AKS Backup without object ids are not known, with the fields to add and the commands that print the ids", () => {
  const spec = { ...backedUp({ vaultPrincipalId: undefined }), subscriptionId: SUBSCRIPTION };
  const { rows } = inScratch((folder) =>
    compareLive(new ClusterPlan(spec), [written(asPlanned(), folder)]),
  );
  const vault = [
    "The description has no object id of small-vault: add backup.vaultPrincipalId to it.",
    expect.stringMatching(/^az ad sp list/) as string,
  ];
  const words = rows
    .filter(({ message }) => message.includes("backup."))
    .map(({ message, commands }) => [message, ...commands]);
  expect(words).toEqual([
    [
      "The description has no object id of extension azure-aks-backup of small: add backup.extensionPrincipalId to it, once the cluster is deployed.",
      expect.stringMatching(
        /^az rest --method get --url .*\/managedClusters\/small\/.*\/extensions\/azure-aks-backup\?/,
      ) as string,
    ],
    // On the cluster, and on the resource group of the snapshots.
    vault,
    vault,
  ]);
});
