// What is live when a description is edited: addresses that stay, rights that are kept, and hand-overs.
import { App, TerraformStack } from "cdktf";
import {
  AdditionalGrant,
  ClusterIdentities,
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  ExceptionName,
  GrantingTeam,
  GrantPrincipal,
  GrantScope,
  Principal,
  PrivateDns,
  ResourceReference,
  Role,
  RoleSet,
  StandaloneCluster,
  TeamStack,
} from "../../lib";
import {
  HUB_ZONE,
  SMALL,
  StackJson,
  addressesOf,
  movesOf,
  render,
  stacksOf,
  stackJson,
} from "../scenarios";

const JOIN = "control_plane_network-contributor_subnet-network-rg-vnet-nodes";

describe("the addresses", () => {
  const identitiesOf = (spec: ClusterSpec) => stackJson(spec, "identities");
  const named = (identities: ClusterSpec["identities"]): ClusterSpec => ({
    ...SMALL,
    identities: { ...identities, resourceGroup: { name: "identity-rg", create: true } },
  });

  test("of identities, locks and groups do not follow from names", () => {
    const one = identitiesOf(named({ locked: true }));
    const other = identitiesOf({
      ...named({ controlPlane: { name: "one-mi" }, kubelet: { name: "two-mi" }, locked: true }),
      name: "other",
    });
    const guarded = addressesOf(one).filter((address) => !/role_assignment|^data\./.test(address));
    expect(guarded).toEqual([
      "azurerm_management_lock.control_plane",
      "azurerm_management_lock.kubelet",
      "azurerm_resource_group.identities",
      "azurerm_user_assigned_identity.control_plane",
      "azurerm_user_assigned_identity.kubelet",
    ]);
    expect(addressesOf(other)).toEqual(expect.arrayContaining(guarded));
    for (const address of guarded) {
      const [type = "", id = ""] = address.split(".");
      expect(one.resource?.[type]?.[id]).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
  });

  test("of role assignments follow from object ids, and from names only without them", () => {
    const addressFor = (principal: Principal) =>
      new ClusterPlan({ ...SMALL, access: { deployers: [principal] } })._grants.find(
        (grant) => grant.principal.kind === "deployer" && grant.scope.kind === "subnet",
      )?.address;
    const objectId = "55555555-5555-4555-8555-55555555555A";
    const renamed = ["platform", "team"].map((name) => addressFor(Principal.group(name, objectId)));
    expect(new Set(renamed).size).toBe(1);
    expect(renamed[0]).toContain(`entra-${objectId.toLowerCase()}_`);
    expect(addressFor(Principal.group("team"))).toContain("group-team_");
    expect(addressFor(Principal.servicePrincipal("team"))).toContain("principal-team_");
  });

  test("of a role assignment stay whatever it is for, and so does the assignment", () => {
    const minimal = { ...SMALL, permissions: { roleSet: RoleSet.minimal() } };
    const withLinks = {
      ...minimal,
      network: { ...SMALL.network, privateLinkServices: true, privateLinkPolicies: {} },
    };
    const grantsOf = (spec: ClusterSpec) =>
      stackJson(spec, "network-permissions").resource?.azurerm_role_assignment ?? {};
    const [before, after] = [grantsOf(minimal), grantsOf(withLinks)];
    expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
    for (const assignment of Object.values(after)) {
      expect(assignment.lifecycle).toMatchObject({ ignore_changes: ["name", "description"] });
    }
  });

  test("of a role assignment are the same from the description and from an additional grant", () => {
    const registry = { name: "images", resourceGroup: "registry-rg" };
    const own = (
      resourceType: string,
      reference: ResourceReference,
      role: Role,
    ): AdditionalGrant => ({
      team: GrantingTeam.IDENTITY,
      principal: GrantPrincipal.kubelet(),
      role,
      scope: GrantScope.resource(resourceType, reference),
      feature: "images",
      why: "The nodes pull images from the registry.",
      source: "https://learn.microsoft.com/azure/aks",
    });
    const type = "Microsoft.ContainerRegistry/registries";
    const grant = own(type, ResourceReference.byName(registry), Role.ACR_PULL);
    const custom = { ...SMALL, registries: [], permissions: { additionalGrants: [grant] } };
    const described = {
      ...SMALL,
      registries: [{ registry: ResourceReference.byName(registry) }],
    };
    const addressIn = (spec: ClusterSpec) =>
      new ClusterPlan(spec)._grants.find(({ role }) => role === Role.ACR_PULL)?.address;
    expect(addressIn(custom)).toBe("kubelet_acrpull_registry-registry-rg-images");
    expect(addressIn(described)).toBe(addressIn(custom));
    expect(addressIn({ ...described, permissions: { additionalGrants: [grant] } })).toBe(
      addressIn(custom),
    );
  });

  test("of an additional grant are distinct, even if the state can hold another grant at that address", () => {
    const grant: AdditionalGrant = {
      team: GrantingTeam.NETWORK,
      principal: GrantPrincipal.controlPlane(),
      role: Role.NETWORK_CONTRIBUTOR,
      scope: GrantScope.subnet("nodes"),
      feature: "joining",
      why: "A program outside of Kubernetes joins the subnet.",
      source: "https://learn.microsoft.com/azure/aks",
    };
    const movesTo = (additionalGrants: AdditionalGrant[]) =>
      movesOf(
        render(
          stacksOf({ ...SMALL, permissions: { roleSet: RoleSet.minimal(), additionalGrants } })
            .networkPermissions,
        ),
      ).filter((move) => move.includes(`.${JOIN} -> `));
    expect(movesTo([])).toHaveLength(1);
    expect(movesTo([grant])).toEqual([]);
  });

  test("in a stack of cdktf move as well", () => {
    const stack = new TerraformStack(new App(), "plain");
    new TeamStack(stack, "unused");
    new ClusterIdentities(stack, "ids", { plan: new ClusterPlan(SMALL) });
    const { moved = [] } = stack.toTerraform() as StackJson;
    expect(moved.map(({ from }) => from)).toEqual([
      expect.stringMatching(/^azurerm_user_assigned_identity\.ids_small-cp-mi_[0-9A-F]{8}$/),
      expect.stringMatching(/^azurerm_user_assigned_identity\.ids_small-kubelet-mi_[0-9A-F]{8}$/),
    ]);
  });

  test("of a cluster do not contain its name, in a stack with another id", () => {
    const [one, other] = ["small", "large"].map((name) => {
      const plan = new ClusterPlan({ ...SMALL, name });
      return addressesOf(render(new ClusterStacks(new App(), { plan }).cluster));
    });
    expect(other).toEqual(one);
    expect(one).toContain("azurerm_kubernetes_cluster.cluster");
  });
});

describe("what exists", () => {
  test("is let go of, and not destroyed", () => {
    const spec: ClusterSpec = {
      ...SMALL,
      identities: { kubelet: { existing: true }, locked: true },
    };
    const { removed = [] } = stackJson(spec, "identities");
    const from = removed.map((one) => one.from);
    expect(from).toEqual(
      expect.arrayContaining([
        "azurerm_user_assigned_identity.kubelet",
        "azurerm_user_assigned_identity.small-kubelet-mi",
        "azurerm_management_lock.kubelet",
      ]),
    );
    expect(from).not.toContain("azurerm_user_assigned_identity.control_plane");
    expect(removed.every(({ lifecycle }) => !lifecycle.destroy)).toBe(true);
  });

  test("is forgotten with its lock, even if the description has no locks", () => {
    const removedWith = (existing: boolean) =>
      (stackJson({ ...SMALL, identities: { kubelet: { existing } } }, "identities").removed ?? [])
        .map(({ from }) => from)
        .filter((from) => from.startsWith("azurerm_management_lock."));
    expect(removedWith(true)).toContain("azurerm_management_lock.kubelet");
    expect(removedWith(false)).toEqual([]);
  });

  test("and is granted by the stacks of another cluster from now on is let go of", () => {
    const registry = ResourceReference.byName({ name: "images", resourceGroup: "registry-rg" });
    const kubelet = {
      name: "shared-mi",
      existing: true,
      ids: {
        id: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared-mi",
        principalId: "55555555-5555-4555-8555-555555555551",
        clientId: "55555555-5555-4555-8555-555555555552",
      },
    };
    const blue: ClusterSpec = {
      ...SMALL,
      registries: [{ registry }],
      identities: { resourceGroup: { name: "identity-rg" }, kubelet },
    };
    const green: ClusterSpec = { ...blue, name: "green", permissions: { sharedWith: [blue] } };
    const pull = "azurerm_role_assignment.kubelet_acrpull_registry-registry-rg-images";
    const [alone, sharing] = [{ ...green, permissions: {} }, green].map((spec) => {
      const json = stackJson(spec, "identities");
      return [
        addressesOf(json).includes(pull),
        (json.removed ?? []).some((one) => one.from === pull),
      ];
    });
    expect(alone).toEqual([true, false]);
    expect(sharing).toEqual([false, true]);
  });
});

describe("a cluster", () => {
  const lifecycleIn = (json: StackJson, id: string) =>
    json.resource?.azurerm_kubernetes_cluster?.[id]?.lifecycle;

  test("is not destroyed or replaced, unless an exception says so", () => {
    const exceptions = [
      { name: ExceptionName.REPLACEABLE_CLUSTER, reason: "It moves to another range." },
    ];
    const guarded = { prevent_destroy: true };
    const lifecycle = (spec: ClusterSpec) => lifecycleIn(stackJson(spec, "cluster"), "cluster");
    expect(lifecycle(SMALL)).toMatchObject(guarded);
    expect(lifecycle({ ...SMALL, exceptions })).not.toMatchObject(guarded);
    const { findings } = new ClusterPlan({ ...SMALL, exceptions });
    expect(findings.map(({ code }) => code)).toContain("HAKS-HARD-005");
  });

  test("of a sandbox is, if the sandbox is", () => {
    const [guarded, free] = [true, false].map((preventDestroy) => {
      const stack = new TeamStack(new App(), "sandbox");
      new StandaloneCluster(stack, "sandbox", { plan: new ClusterPlan(SMALL), preventDestroy });
      return lifecycleIn(render(stack), "sandbox");
    });
    expect(guarded).toMatchObject({ prevent_destroy: true });
    expect(free).not.toHaveProperty("prevent_destroy");
  });
});

describe("the rights of a cluster that moves", () => {
  const moving: ClusterSpec = {
    ...SMALL,
    network: { ...SMALL.network, nodeSubnet: "nodes-2" },
    previous: SMALL,
  };

  test("on what it leaves are kept, and no check asks for them", () => {
    const plan = new ClusterPlan(moving);
    const kept = plan._grants.filter((grant) => grant.kept).map(({ address }) => address);
    expect(kept).toContain(JOIN);
    expect(kept).not.toContain(`${JOIN}-2`);
    const { networkPermissions, cluster } = stacksOf(moving);
    const assignments = render(networkPermissions).resource?.azurerm_role_assignment;
    expect(Object.keys(assignments ?? {})).toEqual(expect.arrayContaining([JOIN, `${JOIN}-2`]));
    expect(JSON.stringify(render(cluster))).toContain(`identityGrant ${JOIN}-2`);
    expect(JSON.stringify(render(cluster))).not.toContain(`identityGrant ${JOIN}"`);
    const reviewed = plan.review().grants.filter((grant) => grant.kept);
    expect(reviewed.map(({ address }) => address)).toEqual(kept);
  });

  test("of a group that another one of its name replaces stay those of the old one", () => {
    const withGroup = (objectId: string): ClusterSpec => ({
      ...SMALL,
      access: { deployers: [Principal.group("team", objectId)] },
    });
    const [oldId, newId] = ["a", "1"].map((digit) => `${digit}5555555-5555-4555-8555-555555555555`);
    const spec = { ...withGroup(newId!), previous: withGroup(oldId!) };
    const { moved = [] } = stackJson(spec, "network-permissions");
    const ofName = moved.filter(({ from }) => from.includes(".group-team_"));
    expect(ofName.length).toBeGreaterThan(0);
    expect(ofName.filter(({ to }) => !to.includes(`.entra-${oldId}_`))).toEqual([]);
  });

  test("go without it", () => {
    const { _grants: grants } = new ClusterPlan({ ...moving, previous: undefined });
    expect(grants.some(({ address }) => address === JOIN)).toBe(false);
    expect(grants.some((grant) => grant.kept)).toBe(false);
  });
});

describe("a role set", () => {
  test("is exchanged by assignments that are there before the old ones go", () => {
    const minimal = { ...SMALL, permissions: { roleSet: RoleSet.minimal() } };
    const json = stackJson(minimal, "network-permissions");
    const id = "control_plane_subnetJoin_subnet-network-rg-vnet-nodes";
    expect(movesOf(json).find((chain) => chain.endsWith(`.${id}`))).toContain(
      `azurerm_role_assignment.${JOIN} -> azurerm_role_assignment.${id}`,
    );
    expect(json.resource?.azurerm_role_assignment?.[id]?.lifecycle).toMatchObject({
      create_before_destroy: true,
    });
  });

  test("may name another custom role, which is there before the old one goes", () => {
    const group = ResourceReference.byName({ name: "reserved", resourceGroup: "compute-rg" });
    const { resource = {} } = render(
      stacksOf({
        ...SMALL,
        nodePools: {
          ...SMALL.nodePools,
          system: { ...SMALL.nodePools.system, capacityReservationGroup: group },
        },
      }).identities,
    );
    const reserved = Object.entries(resource.azurerm_role_assignment!).find(([id]) =>
      id.includes("capacityReservation"),
    );
    expect(reserved?.[1].lifecycle).toMatchObject({ create_before_destroy: true });
  });

  test("takes no name from an assignment that is kept", () => {
    const minimal = { ...SMALL, permissions: { roleSet: RoleSet.minimal() }, previous: SMALL };
    const json = stackJson(minimal, "network-permissions");
    expect(Object.keys(json.resource?.azurerm_role_assignment ?? {})).toEqual(
      expect.arrayContaining([JOIN, JOIN.replace("network-contributor", "subnetJoin")]),
    );
    expect((json.moved ?? []).map(({ from }) => from)).not.toContain(
      `azurerm_role_assignment.${JOIN}`,
    );
  });

  test("does not touch an assignment of a role that both have: Azure refuses a second one", () => {
    const registry = ResourceReference.byName({ name: "images", resourceGroup: "registry-rg" });
    const { resource = {} } = stackJson({ ...SMALL, registries: [{ registry }] }, "identities");
    const pull = Object.entries(resource.azurerm_role_assignment!).find(([id]) =>
      id.startsWith("kubelet_"),
    );
    expect(pull?.[1]).toHaveProperty("lifecycle");
    expect(pull?.[1].lifecycle).not.toHaveProperty("create_before_destroy");
  });
});

describe("a kind of scope that moves to the other team", () => {
  const zone = "control_plane_private-dns-zone-contributor_zone-";
  const handed: ClusterSpec = {
    ...SMALL,
    privateDns: HUB_ZONE,
    permissions: { grantedBy: { privateDnsZone: GrantingTeam.IDENTITY } },
  };
  const jsonOf = (spec: ClusterSpec) => {
    const { identities, networkPermissions } = stacksOf(spec);
    return { identities: render(identities), noc: render(networkPermissions) };
  };

  test("is taken over by one stack, and let go of by the other", () => {
    const { identities, noc } = jsonOf({ ...handed, previous: { ...handed, permissions: {} } });
    const [taken = { to: "", id: "" }] = identities.import ?? [];
    expect(taken.to).toContain(`azurerm_role_assignment.${zone}`);
    expect(taken.id).toMatch(
      /privateDnsZones\/.*\/providers\/Microsoft\.Authorization\/roleAssignments\/\$\{uuidv5/,
    );
    expect((noc.removed ?? []).map(({ from }) => from)).toContain(taken.to);
    expect(noc.import).toBeUndefined();
  });

  test("is let go of without it, too, and is not looked for in Azure", () => {
    const { identities, noc } = jsonOf(handed);
    expect(identities.import).toBeUndefined();
    expect((noc.removed ?? []).map(({ from }) => from)).toContainEqual(
      expect.stringContaining(zone),
    );
  });
});

describe("what has one name before and after", () => {
  const zoneIn = (resourceGroup: string): ClusterSpec => ({
    ...SMALL,
    privateDns: PrivateDns.existingZone(
      ResourceReference.byName({ name: "privatelink.westeurope.azmk8s.io", resourceGroup }),
    ),
  });
  const zonesGranted = (spec: ClusterSpec) =>
    Object.keys(stackJson(spec, "network-permissions").resource?.azurerm_role_assignment ?? {})
      .filter((id) => id.startsWith("control_plane_") && id.includes("_zone-"))
      .map((id) => /_zone-(\w+-rg)/.exec(id)?.[1]);

  test("is granted on twice if it is in another resource group", () => {
    const moved = { ...zoneIn("new-rg"), previous: zoneIn("old-rg") };
    expect(zonesGranted(moved).sort()).toEqual(["new-rg", "old-rg"]);
    expect(zonesGranted(zoneIn("new-rg"))).toEqual(["new-rg"]);
  });

  test("is granted to once if its object id is given for the first time", () => {
    const objectId = "55555555-5555-4555-8555-555555555552";
    const by = (deployer: Principal): ClusterSpec => ({
      ...SMALL,
      access: { deployers: [deployer] },
    });
    const named = by(Principal.group("team"));
    const known = by(Principal.group("team", objectId));
    const rowsOf = (spec: ClusterSpec) =>
      new ClusterPlan(spec)._grants.filter(({ principal }) => principal.kind === "deployer");
    expect(rowsOf({ ...known, previous: named })).toHaveLength(rowsOf(known).length);
    expect(rowsOf(known).some((row) => row.kept)).toBe(false);
  });
});
