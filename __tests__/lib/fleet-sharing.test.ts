// Fleets: what clusters need in the same way is granted once, and stays where it is as clusters come and go.
import { Testing } from "cdktf";
import {
  ClusterSpec,
  FleetPlan,
  FleetStacks,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  KubernetesRole,
  Principal,
  ResourceReference,
  Role,
  RoleSet,
} from "../../lib";
import { OTHER_SUBSCRIPTION, SMALL, StackJson, render } from "../scenarios";

const OWN = "22222222-2222-4222-8222-222222222222";
const PLATFORM = Principal.group("platform", "55555555-5555-4555-8555-555555555551");
const ENTRA = `entra-${PLATFORM.objectId!}`;

const registry = (name: string) => ({
  registry: ResourceReference.byName({ name, resourceGroup: "acr-rg" }),
});

function cluster(name: string, more: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    ...SMALL,
    name,
    subscriptionId: OWN,
    permissions: { roleSet: RoleSet.minimal() },
    access: { deployers: [PLATFORM] },
    registries: [registry("shared")],
    ...more,
  };
}

/** The identity of another cluster, or of none. */
const withKubelet = (name: string): Partial<ClusterSpec> => ({
  identities: { ...SMALL.identities, kubelet: { existing: true, name } },
});

/** Each stack of a fleet, by name. */
function stacksOf(...specs: ClusterSpec[]): { [name: string]: StackJson } {
  const { identities, networkPermissions, clusters } = new FleetStacks(Testing.app(), {
    fleet: new FleetPlan(specs),
  });
  const all = [
    identities,
    networkPermissions,
    ...clusters.flatMap((one) => [one.identities, one.networkPermissions, one.cluster]),
  ];
  return Object.fromEntries(all.map((stack) => [stack.node.id, render(stack)]));
}

const namesIn = (stack: StackJson | undefined, type = "azurerm_role_assignment") =>
  Object.keys(stack?.resource?.[type] ?? {});

const rolesIn = (stack: StackJson | undefined) =>
  Object.values(stack?.resource?.azurerm_role_definition ?? {}).map(({ name }) => name);

const errorsOf = (...specs: ClusterSpec[]) =>
  new FleetPlan(specs)._findings.map(({ code, cluster: name }) => [code, name]);

describe("the clusters of a fleet", () => {
  const three = stacksOf(
    cluster("a"),
    cluster("b", { ...withKubelet("common-mi"), registries: [registry("other")] }),
    cluster("c", withKubelet("common-mi")),
  );

  test("have what a principal of Entra ID needs on shared resources in the stacks of the fleet, once", () => {
    expect(namesIn(three["fleet-network-permissions"])).toEqual([
      `${ENTRA}_networkRead_vnet-network-rg-vnet_${OWN}`,
      `${ENTRA}_subnetJoin_subnet-network-rg-vnet-nodes_${OWN}`,
    ]);
    for (const name of ["a", "b", "c"]) {
      expect(namesIn(three[`${name}-network-permissions`])).toEqual([
        "control_plane_networkLink_vnet-network-rg-vnet",
        "control_plane_subnetJoin_subnet-network-rg-vnet-nodes",
      ]);
    }
  });

  test("have what an identity needs in the stack that creates it", () => {
    expect(namesIn(three["a-identities"])).toContain("kubelet_acrpull_registry-acr-rg-shared");
    expect(namesIn(three["b-identities"]).join()).not.toContain("acrpull");
  });

  test("have what an identity that none creates needs in the stacks of the fleet", () => {
    const found = namesIn(three["fleet-identities"]);
    for (const name of ["shared", "other"]) {
      const row = `identity-identity-rg-common-mi_acrpull_registry-acr-rg-${name}_${OWN}`;
      expect(found.filter((one) => one === row)).toHaveLength(1);
    }
    expect(namesIn(three["fleet-identities"], "azurerm_user_assigned_identity")).toEqual([]);
    expect(found).toContain(`${ENTRA}_assignIdentity_identity-identity-rg-common-mi_${OWN}`);
  });

  test("share custom roles, as many as one cluster needs", () => {
    const one = stacksOf(cluster("a"));
    for (const stack of ["fleet-identities", "fleet-network-permissions"]) {
      expect(rolesIn(one[stack])).not.toHaveLength(0);
      expect(rolesIn(three[stack])).toEqual(rolesIn(one[stack]));
    }
    expect(rolesIn(three["fleet-network-permissions"])).toContain(
      `AKS Subnet Join (network-rg in ${OWN})`,
    );
    const others = Object.entries(three).filter(([name]) => !name.startsWith("fleet-"));
    expect(others.flatMap(([, stack]) => rolesIn(stack))).toEqual([]);
  });

  test("name the roles of the fleet by the ids that they get there", () => {
    const made = three["fleet-network-permissions"]!.resource!.azurerm_role_definition!;
    const guid = Object.values(made).find(({ name }) => String(name).includes("Subnet Join"))!;
    const granted = three["a-network-permissions"]!.resource!.azurerm_role_assignment!;
    const { role_definition_id: id } =
      granted["control_plane_subnetJoin_subnet-network-rg-vnet-nodes"]!;
    const inner = String(guid.role_definition_id).slice(2, -1);
    expect(String(id)).toContain(inner);
    expect(JSON.stringify(three["a-cluster"])).toContain(
      JSON.stringify(`AKS Subnet Join (network-rg in ${OWN})`).slice(1, -1),
    );
  });

  test("create the custom roles of a resource group that only they create", () => {
    const own = stacksOf(
      cluster("a", { identities: { resourceGroup: { name: "a-identities", create: true } } }),
    );
    expect(rolesIn(own["a-identities"])).toEqual([`AKS Identity Assign (a-identities in ${OWN})`]);
    expect(rolesIn(own["fleet-identities"]).join()).not.toContain("Identity Assign");
  });

  test("let a cluster that joins revoke what the fleet replaces, and keep what it grants in the same way", () => {
    const kept = (roleSet: RoleSet) => {
      const { "b-identities": identities, "b-network-permissions": network } = stacksOf(
        cluster("a"),
        cluster("b", { permissions: { roleSet } }),
      );
      return [identities, network].flatMap((stack) =>
        ((stack as { removed?: { from: string }[] }).removed ?? [])
          .map(({ from }) => from)
          .filter((from) =>
            /entra-.*(networkRead_vnet|reader_vnet|workspace_)|_definition.*(networkread|workspace_)/.test(
              from,
            ),
          ),
      );
    };
    // Azure refuses to delete a role that still has assignments: both go, or both stay.
    expect(kept(RoleSet.minimal())).toEqual([]);
    expect(kept(RoleSet.builtIn()).length).toBeGreaterThan(0);
  });

  test("keep their former rights while they move, each in the stack that grants it", () => {
    const moved = (roleSet: RoleSet) => {
      const was = cluster("a", { permissions: { roleSet } });
      const network = { ...SMALL.network, nodeSubnet: "new" };
      const b = cluster("b", { permissions: { roleSet } });
      const before = stacksOf(was, b);
      const without = stacksOf({ ...was, network }, b);
      const moving = stacksOf({ ...was, network, previous: was }, b);
      for (const stack of ["a-network-permissions", "a-identities", "fleet-network-permissions"]) {
        expect(namesIn(moving[stack]).sort()).toEqual(
          [...new Set([...namesIn(before[stack]), ...namesIn(without[stack])])].sort(),
        );
        expect(rolesIn(moving[stack])).toEqual(rolesIn(before[stack]));
      }
      expect(assignmentsIn(moving)).toMatchObject(assignmentsIn(before));
      expect(namesIn(without["a-network-permissions"])).not.toEqual(
        namesIn(moving["a-network-permissions"]),
      );
    };
    moved(RoleSet.minimal());
    moved(RoleSet.builtIn());
  });

  test("hand kinds of scopes to the other team, with the custom roles", () => {
    const was = [cluster("a"), cluster("b")];
    const permissions = {
      roleSet: RoleSet.minimal(),
      grantedBy: { virtualNetwork: GrantingTeam.IDENTITY },
    };
    const blocksOf = (specs: ClusterSpec[]) => {
      const { "fleet-identities": identities, "fleet-network-permissions": network } = stacksOf(
        ...specs,
      ) as { [name: string]: { removed?: { from: string }[]; import?: { to: string }[] } };
      const isOfNetwork = (address: string) => /networkRead_|networkread_/.test(address);
      return {
        forgotten: (network!.removed ?? []).map(({ from }) => from).filter(isOfNetwork),
        imported: (identities!.import ?? []).map(({ to }) => to).filter(isOfNetwork),
      };
    };
    const handed = blocksOf(was.map((spec) => ({ ...spec, permissions, previous: spec })));
    expect(handed.forgotten).toHaveLength(2);
    expect(handed.imported.sort()).toEqual(handed.forgotten.sort());
    // Afterwards nothing is imported again, and nothing that was forgotten is revoked.
    const after = blocksOf(was.map((spec) => ({ ...spec, permissions })));
    expect(after).toEqual({ forgotten: handed.forgotten, imported: [] });
    expect(blocksOf(was)).toEqual({ forgotten: [], imported: [] });
  });

  test("change no role assignment of another one when they come, go or change", () => {
    const specs = [
      cluster("a"),
      cluster("b", { ...withKubelet("common-mi"), registries: [registry("other")] }),
      cluster("c", withKubelet("common-mi")),
    ];
    const all = assignmentsIn(stacksOf(...specs));
    for (const gone of ["b", "c"]) {
      const rest = assignmentsIn(stacksOf(...specs.filter(({ name }) => name !== gone)));
      expect(all).toMatchObject(rest);
      expect(Object.keys(all).length).toBeGreaterThan(Object.keys(rest).length);
    }
    const changed = specs.map((spec) => (spec.name === "a" ? { ...spec, registries: [] } : spec));
    const without = Object.keys(assignmentsIn(stacksOf(...changed)));
    expect(Object.keys(all).filter((one) => !without.includes(one))).toEqual([
      "a-identities kubelet_acrpull_registry-acr-rg-shared",
    ]);
  });

  test("say in their reviews which stack grants what", () => {
    const plan = new FleetPlan([cluster("a"), cluster("b", withKubelet("common-mi"))]);
    const stacks = plan.clusters[1]!.review().grants.map(
      ({ stack, role }) => `${stack} ${role.name}`,
    );
    expect(stacks).toContain("fleet-identities AcrPull");
    expect(stacks).toContain(`fleet-network-permissions AKS Subnet Join (network-rg in ${OWN})`);
    const { runners = [] } = plan.clusters[0]!.review();
    // One runner of a team deploys all its stacks: its rights are in the review of what is shared.
    expect(runners.map(({ team }) => team)).toEqual(["identity", "network"]);
    expect(runners.flatMap(({ rights }) => rights)).toEqual([]);
  });

  test("keep Kubernetes roles on a resource group that they create, and share those on others", () => {
    const kubernetes = [{ principal: PLATFORM, role: KubernetesRole.READER }];
    const access = { deployers: [PLATFORM], kubernetes };
    const found = stacksOf(cluster("a", { access }), cluster("b", { access }));
    const onGroup = (name: string) =>
      namesIn(found[name]).filter((one) => /rbac-reader/i.test(one));
    expect([onGroup("a-identities"), onGroup("b-identities")]).toEqual([[], []]);
    expect(onGroup("fleet-identities")).toHaveLength(1);
    const own = { name: "a-rg", create: true };
    const apart = stacksOf(
      cluster("a", {
        access: { kubernetes },
        resourceGroup: own,
        identities: { resourceGroup: own },
      }),
    );
    expect(namesIn(apart["a-identities"]).join()).toMatch(/rbac-reader/i);
  });

  test("in two subscriptions with the same names share nothing", () => {
    const found = stacksOf(
      cluster("a"),
      cluster("b", {
        subscriptionId: OTHER_SUBSCRIPTION,
        registries: [],
      }),
    );
    const joins = namesIn(found["fleet-network-permissions"]).filter((one) =>
      one.includes("subnetJoin"),
    );
    expect(joins.map((one) => one.split("_").at(-1))).toEqual([OWN, OTHER_SUBSCRIPTION]);
    const subnets = Object.values(found["fleet-network-permissions"]!.data!.azurerm_subnet!);
    expect(new Set(subnets.map(({ provider }) => provider))).toEqual(
      new Set([undefined, `azurerm.subscription-${OTHER_SUBSCRIPTION}`]),
    );
  });
});

describe("a fleet", () => {
  const acr = (team: GrantingTeam): Partial<ClusterSpec> => ({
    permissions: { roleSet: RoleSet.minimal(), grantedBy: { logAnalyticsWorkspace: team } },
  });
  const custom = (action: string): Partial<ClusterSpec> => ({
    permissions: {
      additionalGrants: [
        {
          team: GrantingTeam.IDENTITY,
          principal: GrantPrincipal.entra(PLATFORM),
          role: Role.custom({ key: "own", name: "Own", description: "Own.", actions: [action] }),
          scope: GrantScope.resource(
            "Microsoft.Storage/storageAccounts",
            ResourceReference.byName({ name: "files", resourceGroup: "files-rg" }),
          ),
          feature: "files",
          why: "The platform team works with the files.",
          source: "https://learn.microsoft.com/azure/storage",
        },
      ],
    },
  });
  const read = "Microsoft.Storage/storageAccounts/read";

  test.each<[string, ClusterSpec[], ClusterSpec[]]>([
    ["HAKS-FLEET-020", [cluster("a"), cluster("Fleet")], [cluster("a"), cluster("fleets")]],
    [
      "HAKS-FLEET-021",
      [cluster("a"), cluster("b", { subscriptionId: undefined })],
      [cluster("a"), cluster("b")],
    ],
    [
      "HAKS-FLEET-022",
      [cluster("a", acr(GrantingTeam.NETWORK)), cluster("b")],
      [cluster("a", acr(GrantingTeam.NETWORK)), cluster("b", acr(GrantingTeam.NETWORK))],
    ],
    [
      "HAKS-FLEET-023",
      [cluster("a", custom(read)), cluster("b", custom(read.replace("read", "write")))],
      [cluster("a", custom(read)), cluster("b", custom(read))],
    ],
  ])("breaks %s once, in the cluster that differs", (code, broken, right) => {
    expect(errorsOf(...broken)).toEqual([[code, broken[1]!.name]]);
    expect(errorsOf(...right)).toEqual([]);
    const fleet = new FleetPlan(broken);
    expect(() => new FleetStacks(Testing.app(), { fleet })).toThrow(code);
  });

  test("has its warnings at the clusters that they are about", () => {
    const clusters = [
      cluster("a", withKubelet("common-mi")),
      cluster("b", withKubelet("common-mi")),
    ];
    const warnings = new FleetStacks(Testing.app(), {
      fleet: new FleetPlan(clusters),
    }).clusters.map(({ cluster: { node } }) =>
      node.metadata.map(({ data }) => String(data).slice(0, 14)),
    );
    expect(warnings).toEqual([[], ["HAKS-FLEET-042"]]);
  });

  test("throws for an invalid cluster", () => {
    const fleet = new FleetPlan([cluster("a"), cluster("b", { location: "" })]);
    expect(() => new FleetStacks(Testing.app(), { fleet })).toThrow("HAKS-NAME");
  });
});

/** Each role assignment of a fleet, by stack and address. */
function assignmentsIn(stacks: { readonly [name: string]: StackJson }): {
  [place: string]: object;
} {
  return Object.fromEntries(
    Object.entries(stacks).flatMap(([stack, { resource }]) =>
      Object.entries(resource?.azurerm_role_assignment ?? {}).map(([name, body]) => [
        `${stack} ${name}`,
        body,
      ]),
    ),
  );
}

describe("the review of what clusters share", () => {
  const review = (roleSet: RoleSet) =>
    new FleetPlan(
      ["cluster-a", "cluster-b"].map((name) => cluster(name, { permissions: { roleSet } })),
    )._review();

  test("has each right that their stacks grant, once", () => {
    const { cluster, grants, created } = review(RoleSet.minimal());
    expect([cluster, created]).toEqual(["fleet", undefined]);
    expect(new Set(grants.map(({ principal }) => principal.name))).toEqual(new Set(["platform"]));
    const rows = grants.map(({ role, scope }) => `${role.name} on ${scope.name}`);
    expect(new Set(rows).size).toBe(rows.length);
    expect(grants.every(({ stack }) => stack.startsWith("fleet-"))).toBe(true);
  });

  test("has one runner of each team for the stacks of all clusters", () => {
    const runners = review(RoleSet.minimal()).runners ?? [];
    const groups = (stack: string, role: string) =>
      runners
        .filter((one) => one.stack === stack)
        .flatMap(({ rights }) => rights)
        .filter((right) => right.role.name.startsWith(role))
        .map(({ resourceGroup }) => resourceGroup);
    expect(groups("fleet-identities", "AKS Role Definitions")).toContain("identity-rg");
    expect(groups("fleet-identities", "Managed Identity")).toEqual(["identity-rg"]);
    const assigning = runners.flatMap(({ team, rights }) =>
      rights
        .filter(({ role }) => role.name.startsWith("Role Based"))
        .map(({ resourceGroup, principalTypes }) =>
          [team, resourceGroup, ...(principalTypes ?? [])].join(" "),
        ),
    );
    // Azure knows one assignment of the role on a resource group: its condition has people and identities.
    expect(new Set(assigning).size).toBe(assigning.length);
    expect(assigning).toContain("network network-rg Group ServicePrincipal");
    expect(groups("fleet-network-permissions", "AKS Role Definitions")).toEqual(["network-rg"]);
    const builtIn = review(RoleSet.builtIn()).runners ?? [];
    expect(JSON.stringify(builtIn)).not.toContain("AKS Role Definitions");
  });
});
