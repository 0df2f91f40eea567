// Misuse of the library: rights that are too wide, on the wrong resource, or unseen.
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { IAspect, Lazy, TerraformHclModule, TerraformResource, Testing } from "cdktf";
import { IConstruct } from "constructs";
import {
  AdditionalGrant,
  BackendType,
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  CustomRole,
  Grant,
  GrantingTeam,
  GrantPrincipal,
  GrantProps,
  GrantScope,
  PrincipalType,
  ResourceReference,
  Role,
  TeamStack,
  TeamStackProps,
} from "../../lib";
import {
  ClusterStack,
  IdentitiesStack,
  NetworkPermissionsStack,
} from "../../lib/stacks/stacks-by-team";
import { DEPLOYERS, SMALL, idOf, render, stacksOf, stackJson } from "../scenarios";
import { RECORDS, granting } from "./extension-rules";

const GRANTEE = { principalId: "me", principalType: PrincipalType.USER, principalName: "me" };
const ZONE = idOf("Microsoft.Network/dnsZones", "example.org");

describe("a role assignment", () => {
  const grant = (props: Partial<GrantProps>, stack = new TeamStack(Testing.app(), "mine")) => {
    new Grant(stack, "it", {
      grantee: GRANTEE,
      role: Role.READER,
      scopeId: ZONE,
      reason: "Why not.",
      ...props,
    });
    return render(stack).resource?.azurerm_role_assignment?.it;
  };
  const guid = "befefa01-2a29-4197-83a8-272ff33ce315";

  test.each([
    ["Owner", guid],
    ["user access administrator", guid],
    ["Mine", "8B54135C-b56d-4d72-a534-26097cfdc8d8"],
    ["Network Contributor", Role.AKS_CLUSTER_USER.guid ?? ""],
    ["Mine", Role.AKS_CLUSTER_USER.guid ?? ""],
    ["Managed Identity Operator", Role.MANAGED_IDENTITY_OPERATOR.guid ?? ""],
  ])("of the role %s with the GUID %s is not made", (name, id) => {
    const role = Role.builtIn(name, id, ["Microsoft.Network/dnsZones/read"]);
    expect(() => grant({ role })).toThrow(/^\[mine\/it\] The role .* (is never granted|is not) /);
  });

  test.each(["*", "*/write", "Microsoft.*/locks/write", "Microsoft.Auth*/x/action"])(
    "of a role with the action %s is not made",
    (action) => {
      expect(() => grant({ role: Role.builtIn("Mine", guid, [action]) })).toThrow(/never granted/);
    },
  );

  test("on a resource group is not made, whether or not its id is known", () => {
    const stack = new TeamStack(Testing.app(), "mine");
    const group = new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" });
    const wide = /\[mine\/it\] .* is not the id of a resource/;
    expect(() => grant({ scopeId: group.id }, stack)).toThrow(wide);
    expect(() => grant({ scopeId: "/subscriptions/x/resourceGroups/rg" })).toThrow(wide);
    expect(() => grant({ scopeId: `${ZONE}/../..` })).toThrow(wide);
    const other = new TeamStack(Testing.app(), "mine");
    const sameGroup = new ResourceGroup(other, "group", { name: "rg", location: "westeurope" });
    expect(grant({ scopeId: sameGroup.id, role: Role.AKS_CLUSTER_USER }, other)).toMatchObject({
      scope: "${azurerm_resource_group.group.id}",
    });
    const built = '${join("/", ["/subscriptions", var.s, "resourceGroups", "rg"])}';
    expect(() => grant({ scopeId: built })).toThrow(wide);
    expect(grant({ scopeId: built, role: Role.AKS_CLUSTER_USER })).not.toHaveProperty(
      "lifecycle.precondition",
    );
  });

  test("in Kubernetes is on a cluster or a resource group, also where Terraform alone knows it", () => {
    const role = Role.AKS_RBAC_CLUSTER_ADMIN;
    expect(() => grant({ scopeId: "/subscriptions/s", role })).toThrow("not the id of a resource");
    const made = grant({ scopeId: "${var.scope}", role }) as {
      lifecycle: { precondition: { condition: string }[] };
    };
    const { condition = "" } = made.lifecycle.precondition[0] ?? {};
    const pattern = new RegExp(/"\(\?i\)(.+)", local/.exec(condition)?.[1] ?? "x", "i");
    expect(ZONE).toMatch(pattern);
    expect("/subscriptions/s/resourceGroups/rg").toMatch(pattern);
    expect("/subscriptions/s").not.toMatch(pattern);
    expect("/providers/Microsoft.Management/managementGroups/m").not.toMatch(pattern);
    expect("/subscriptions/s/resourceGroups/rg/providers/x").not.toMatch(pattern);
  });

  test("on an id that only Terraform knows is checked in the Terraform plan", () => {
    const scopeId = Lazy.stringValue({ produce: () => "${local.somewhere}" });
    const made: unknown = grant({ scopeId });
    expect(made).toMatchObject({
      scope: "${local.somewhere}",
      lifecycle: {
        precondition: [
          {
            condition: expect.stringMatching(
              /^\$\{can\(regex\(.*, local\.it_scope\)\)\}$/,
            ) as unknown,
          },
        ],
      },
    });
    expect(grant({})).not.toHaveProperty("lifecycle.precondition");
  });

  test("takes the definition of the role that it grants, and no other", () => {
    const customRole = { roleDefinitionId: "x" } as CustomRole;
    expect(() => grant({ customRole })).toThrow(/is a built-in role. Leave customRole out/);
    const role = (action: string) =>
      Role.custom({
        key: "mine",
        name: "Mine",
        description: "For me.",
        actions: [`A.B/c/${action}`],
      });
    const stack = new TeamStack(Testing.app(), "mine");
    const resourceGroupId = ZONE.replace(/\/providers.*/, "");
    const reads = new CustomRole(stack, "reads", {
      role: role("read"),
      name: "x",
      scopeId: resourceGroupId,
    });
    expect(() => grant({ role: role("write"), customRole: reads }, stack)).toThrow(
      '[mine/it] The definition of "Mine" is not that of the role "Mine".',
    );
    for (const wrong of ["mine", "/subscriptions/s", ZONE]) {
      expect(
        () => new CustomRole(stack, wrong, { role: reads.role, name: "x", scopeId: wrong }),
      ).toThrow("is not the id of a resource group");
    }
  });

  test.each(["", " ", "x".repeat(1001)])(
    "says why, in a text that Azure takes: not %j",
    (reason) => {
      expect(() => grant({ reason })).toThrow(
        "Say why the role is granted, in 1 to 1,000 characters.",
      );
    },
  );

  test.each([
    ["/providers/Microsoft.Management/managementGroups/${var.a}"],
    ["/subscriptions/${var.a}/providers/Microsoft.Network/foo/bar"],
    ['${join("/", ["/subscriptions", var.a, "providers", "Microsoft.Network/x", "y"])}'],
    ['/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/vnet/${join("-", ["a", "b"])}'],
  ])("on a text with expressions, such as %s, is looked at in the plan", (scope) => {
    const made = grant({ scopeId: Lazy.stringValue({ produce: () => scope }) }) as {
      lifecycle: { precondition: { condition: string }[] };
    };
    expect(made.lifecycle.precondition[0]?.condition).toContain(", local.it_scope))}");
  });

  test("has no version of a condition without one", () => {
    expect(grant({ condition: "" })).not.toHaveProperty("condition_version");
  });

  test("of a role that the library does not know looks at its definition", () => {
    const stack = new TeamStack(Testing.app(), "mine");
    const role = Role.builtIn("Zone Keeper", guid, ["Microsoft.Network/dnsZones/*"]);
    grant({ role }, stack);
    expect(Testing.synth(stack, true)).toHaveDataSourceWithProperties(DataAzurermRoleDefinition, {
      name: role.name,
    });
    const { data, check } = render(stack) as ReturnType<typeof render> & { check: object };
    const { lifecycle } = data?.azurerm_role_definition?.it_role as {
      lifecycle: { postcondition: { error_message: string }[] };
    };
    expect(lifecycle.postcondition.map(({ error_message: message }) => message)).toEqual([
      expect.stringContaining("can grant rights"),
      expect.stringContaining("allows more actions on Microsoft.Network/dnsZones than it says"),
      expect.stringContaining("allows more data actions on"),
    ]);
    expect(JSON.stringify(check)).toContain(guid);
  });
});

describe("a custom role", () => {
  const custom = (change: object) => () =>
    Role.custom({
      key: "mine",
      name: "Mine",
      description: "For me.",
      actions: ["Microsoft.Network/dnsZones/read"],
      ...change,
    });

  test.each([
    [{ key: "constructor" }, "is not a key"],
    [{ key: "__proto__" }, "is not a key"],
    [{ key: "A b" }, "is not a key"],
    [{ name: 'My "role"' }, "is not a name"],
    [{ name: "${mine}" }, "is not a name"],
    [{ actions: [" Microsoft.Authorization/roleAssignments/write"] }, "is not an action"],
    [{ actions: ["${var.x}"] }, "is not an action"],
    [{ actions: [""] }, "is not an action"],
    [{ actions: [] }, "allows nothing"],
    [{ actions: ["Microsoft.Authorization/roleAssignments/write"] }, "grant itself any right"],
  ])("with %j is not one", (change, message) => {
    expect(custom(change)).toThrow(message);
  });

  test("does not change after it was made", () => {
    const actions = ["Microsoft.Network/dnsZones/read"];
    const role = custom({ actions })();
    actions.push("Microsoft.Authorization/roleAssignments/write");
    expect(role.actions).toEqual(["Microsoft.Network/dnsZones/read"]);
    expect(() => role.actions.push("x")).toThrow(TypeError);
  });
});

describe("additional grants", () => {
  const network = (group: string): AdditionalGrant => ({
    ...RECORDS,
    principal: GrantPrincipal.controlPlane(),
    role: Role.NETWORK_CONTRIBUTOR,
    scope: GrantScope.resource(
      "Microsoft.Network/virtualNetworks",
      ResourceReference.byName({ name: "vnet", resourceGroup: group }),
    ),
  });
  const scopesOf = (spec: ClusterSpec) =>
    Object.values(
      stackJson(spec, "network-permissions").resource?.azurerm_role_assignment ?? {},
    ).map(({ scope }) => String(scope));

  test("on resources of the same name are distinct", () => {
    const scopes = scopesOf(granting(network("other-rg"), network("third-rg")));
    expect(scopes.filter((scope) => scope.includes('"other-rg"'))).toHaveLength(1);
    expect(scopes.filter((scope) => scope.includes('"third-rg"'))).toHaveLength(1);
    expect(scopes).toContain("${data.azurerm_virtual_network.vnet.id}");
  });

  test("on parts of resources of the same name are distinct", () => {
    const secret = (vault: string): AdditionalGrant => ({
      ...RECORDS,
      team: GrantingTeam.IDENTITY,
      role: Role.READER,
      scope: GrantScope.resource(
        "Microsoft.KeyVault/vaults/secrets",
        ResourceReference.byId(idOf("Microsoft.KeyVault/vaults", `${vault}/secrets/s`)),
      ),
    });
    const spec = granting(secret("kv1"), secret("kv2"));
    expect(new ClusterPlan(spec).findings.filter(({ severity }) => severity === "error")).toEqual(
      [],
    );
    const rows = new ClusterPlan(spec)._grants.filter(({ role }) => role === Role.READER);
    expect(new Set(rows.map(({ address }) => address)).size).toBe(2);
  });

  test("stay if what is there gives other operations, on data", () => {
    const account = ResourceReference.byName({ name: "files", resourceGroup: "files-rg" });
    const role = Role.builtIn(
      "Storage Blob Data Contributor",
      "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
      ["Microsoft.Storage/storageAccounts/blobServices/containers/read"],
      ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"],
    );
    const spec: ClusterSpec = {
      ...granting({
        ...RECORDS,
        team: GrantingTeam.IDENTITY,
        principal: GrantPrincipal.controlPlane(),
        role,
        scope: GrantScope.resource("Microsoft.Storage/storageAccounts", account),
      }),
      storage: { storageAccounts: [account] },
    };
    const names = new ClusterPlan(spec)._grants.map((row) => row.role.name);
    expect(names).toContain("Storage Account Contributor");
    expect(names).toContain(role.name);
  });

  test("are not narrowed to what they say is needed", () => {
    const registry = ResourceReference.byName({ name: "images", resourceGroup: "images-rg" });
    const push = Role.builtIn("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec", [
      "Microsoft.ContainerRegistry/registries/pull/read",
      "Microsoft.ContainerRegistry/registries/push/write",
    ]);
    const spec: ClusterSpec = {
      ...granting({
        ...RECORDS,
        team: GrantingTeam.IDENTITY,
        principal: GrantPrincipal.kubelet(),
        role: push,
        scope: GrantScope.resource("Microsoft.ContainerRegistry/registries", registry),
        needs: ["Microsoft.ContainerRegistry/registries/pull/read"],
      }),
      registries: [{ registry }],
    };
    const rows = new ClusterPlan(spec)._grants.filter(({ scope }) => scope.name === "images");
    expect(rows.map(({ role }) => role.name)).toEqual(["AcrPull", "AcrPush"]);
  });

  test("show what they allow, also where no catalogue knows the type", () => {
    const profile = ResourceReference.byName({ name: "example.org", resourceGroup: "dns-rg" });
    const scope = GrantScope.resource("Microsoft.Network/trafficManagerProfiles", profile);
    const spec = granting({ ...RECORDS, role: Role.NETWORK_CONTRIBUTOR, scope });
    const review = new ClusterPlan(spec).review();
    const row = review.grants.find(({ scope }) => scope.name === "example.org");
    expect(row?.effectiveActions).toEqual(["Microsoft.Network/*"]);
    expect(review.pathsToNetwork.map(({ actions }) => actions)).toEqual([["Microsoft.Network/*"]]);
  });

  test("are reported if they do not allow their needs", () => {
    const needs = ["Microsoft.Network/dnsZones/A/write", "Microsoft.KeyVault/vaults/read"];
    const found = new ClusterPlan(granting({ ...RECORDS, needs })).findings;
    expect(found.filter(({ code }) => code === "HAKS-OWN-003").map(({ path }) => path)).toEqual([
      "permissions.additionalGrants.0.needs",
    ]);
  });

  test("are a warning if the team does not own the resource", () => {
    const spec = granting({ ...RECORDS, team: GrantingTeam.IDENTITY });
    expect(new ClusterPlan(spec).findings).toContainEqual(
      expect.objectContaining({
        code: "HAKS-ACC-009",
        path: "permissions.additionalGrants.0.team",
      }),
    );
    const { grants, warnings } = new ClusterPlan(spec).review();
    expect(grants.find(({ scope }) => scope.name === "example.org")?.scope.team).toBe("network");
    expect(warnings.map(({ code }) => code)).toContain("HAKS-ACC-009");
  });

  test("to a deployer, in another spelling, are those of the deployer", () => {
    const spec: ClusterSpec = {
      ...granting({
        ...RECORDS,
        principal: GrantPrincipal.entra({ ...DEPLOYERS, name: "Platform-Engineers" }),
      }),
      access: { deployers: [DEPLOYERS] },
    };
    const { grants } = new ClusterPlan(spec).review();
    const people = grants.filter(({ principal }) => principal.kind !== "controlPlane");
    expect(new Set(people.map(({ principal }) => JSON.stringify(principal))).size).toBe(1);
  });

  test("that break a rule are findings, all at once", () => {
    const role = Role.builtIn("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", ["*"]);
    expect(() => stacksOf(granting({ ...RECORDS, role, feature: "" }))).toThrow(
      /^HAKS-OWN-001(.|\n)*\nHAKS-OWN-003/,
    );
  });
});

describe("what JavaScript lets in", () => {
  test.each<[object, string]>([
    [{}, "lacks name, location, resourceGroup.name, network.virtualNetwork, network.nodeSubnet"],
    [{ ...SMALL, nodePools: undefined }, "lacks nodePools.system, nodePools.user."],
    [{ ...SMALL, network: { ...SMALL.network, egress: null } }, "lacks network.egress."],
    [{ ...SMALL, registries: ["images"] }, "has another type than ClusterSpec says"],
    [
      { ...SMALL, permissions: { additionalGrants: [{}] } },
      "has another type than ClusterSpec says",
    ],
  ])("is told: %#", (spec, message) => {
    expect(() => new ClusterPlan(spec as ClusterSpec).findings).toThrow(message);
    expect(() => stacksOf(spec as ClusterSpec)).toThrow(message);
  });

  test("is a cluster that shares with itself", () => {
    const sharedWith: ClusterSpec[] = [];
    const one = { ...SMALL, permissions: { sharedWith } };
    sharedWith.push({ ...SMALL, name: "two", permissions: { sharedWith: [one] } });
    expect(() => new ClusterPlan(one).findings).toThrow(
      'The cluster "small" shares something with itself',
    );
  });
});

describe("what comes in later", () => {
  const RIGHTS = /azurerm_role_(assignment|definition)/;
  const locked: ClusterSpec = { ...SMALL, identities: { ...SMALL.identities, locked: true } };
  class Change implements IAspect {
    public constructor(
      private readonly type: RegExp,
      private readonly attribute: string,
      private readonly value: unknown,
    ) {}

    public visit(node: IConstruct): void {
      if (
        TerraformResource.isTerraformResource(node) &&
        this.type.test(node.terraformResourceType)
      ) {
        node.addOverride(this.attribute, this.value);
      }
    }
  }
  class Add implements IAspect {
    public visit(node: IConstruct): void {
      if (TeamStack.isStack(node) && node.node.tryFindChild("evil") === undefined) {
        new RoleAssignment(node, "evil", {
          scope: "/subscriptions/x",
          roleDefinitionName: "Owner",
          principalId: "me",
        });
      }
    }
  }
  const synth = (aspect: IAspect) => () => {
    const stacks = new ClusterStacks(Testing.app(), {
      plan: new ClusterPlan(locked),
      aspects: [aspect],
    });
    return [stacks.identities, stacks.networkPermissions, stacks.cluster].map((stack) => {
      try {
        Testing.synth(stack, true);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    });
  };

  test.each([
    [new Change(RIGHTS, "scope", "/subscriptions/x"), "scope"],
    [new Change(RIGHTS, "role_definition_name", "Owner"), "role_definition_name"],
    [new Change(RIGHTS, "condition", "x"), "condition"],
    [new Change(/user_assigned_identity/, "lifecycle", undefined), "lifecycle.prevent_destroy"],
    [new Change(/management_lock/, "lock_level", "ReadOnly"), "lock_level"],
  ])("does not change rights and identities (%#)", (aspect, attribute) => {
    expect(synth(aspect)()[0]).toContain(`Something changed ${attribute} of azurerm_`);
  });

  test("may say whose something is", () => {
    expect(synth(new Change(/user_assigned_identity/, "tags.owner", "me"))()).toEqual(["", "", ""]);
  });

  test("does not take the checks of the cluster away, nor its audit logs", () => {
    class Forget implements IAspect {
      public visit(node: IConstruct): void {
        if (node instanceof KubernetesCluster) {
          node.lifecycle = undefined;
        }
        if (node instanceof MonitorDiagnosticSetting) {
          node.enabledLog.internalValue = [];
        }
      }
    }
    const [, , forgotten] = synth(new Forget())();
    expect(forgotten).toContain("changes lifecycle.precondition");
    expect(forgotten).toContain("changes lifecycle.postcondition");
    expect(forgotten).toContain("changes lifecycle.ignore_changes");
    expect(forgotten).toContain("Something changed enabled_log");
    expect(
      synth(new Change(/kubernetes_cluster$/, "http_proxy_config.http_proxy", "http://u:p@x"))()[2],
    ).toContain("puts a password into http_proxy_config");
  });

  test("does not take away an identity, its lock or the audit logs, by their number", () => {
    for (const [type, index] of [
      [/user_assigned_identity$/, 0],
      [/management_lock$/, 0],
      [/monitor_diagnostic_setting$/, 2],
    ] as const) {
      const none = synth(new Change(type, "count", 0))();
      expect(none[index]).toContain("Something changed count of azurerm_");
    }
  });

  test("does not grant past the plan", () => {
    const [identities, networkPermissions, cluster] = synth(new Add())();
    expect(identities).toContain("azurerm_role_assignment.evil is not in the grant plan");
    expect(networkPermissions).toContain("azurerm_role_assignment.evil is not in the grant plan");
    expect(cluster).toContain("grants rights");
    const stacks = stacksOf(SMALL);
    stacks.networkPermissions.addOverride("resource.azurerm_role_assignment.raw", { scope: "/" });
    expect(() => Testing.synth(stacks.networkPermissions, true)).toThrow(
      "azurerm_role_assignment.raw is not in the grant plan",
    );
    new Grant(stacks.identities, "mine", {
      grantee: GRANTEE,
      role: Role.READER,
      scopeId: ZONE,
      reason: "Why not.",
    });
    expect(() => Testing.synth(stacks.identities, true)).toThrow(
      "azurerm_role_assignment.mine is not in the grant plan",
    );
  });

  test.each<[string, TeamStackProps, string]>([
    [
      "a secret",
      { backend: { backendType: BackendType.AZURERM, config: { access_key: "k" } } },
      "HAKS-TF-001 at terraform.backend.config.access_key",
    ],
    [
      "one state for all",
      { backend: { backendType: BackendType.AZURERM, config: { key: "all.tfstate" } } },
      "HAKS-TF-002 at terraform.backend.config",
    ],
    ["no id of a subscription", { subscriptionId: "mine" }, "HAKS-NAME-003 at subscriptionId"],
  ])("has no stacks with %s", (_, settings, message) => {
    expect(() => stacksOf(SMALL, settings)).toThrow(message);
  });

  test("has no two stacks with one state, also if each is made by itself", () => {
    const backend = { backendType: BackendType.LOCAL, config: { path: "/states/all.tfstate" } };
    const app = Testing.app();
    const first = new IdentitiesStack(app, "first", { plan: new ClusterPlan(SMALL), backend });
    expect(() => Testing.synth(first, true)).not.toThrow();
    const second = new NetworkPermissionsStack(app, "second", {
      plan: new ClusterPlan(SMALL),
      backend,
    });
    expect(() => Testing.synth(second, true)).toThrow(
      "The stack keeps its state in the same place as first.",
    );
  });

  test("is no module in the cluster stack, and no administrator of a database", () => {
    const message = /The content of a module is unknown here/;
    const { cluster } = stacksOf(SMALL);
    new TerraformHclModule(cluster, "module", { source: "example/grants/azurerm" });
    expect(() => Testing.synth(cluster, true)).toThrow(message);
    const other = stacksOf(SMALL).cluster;
    other.addOverride("module.grants", { source: "./grants" });
    expect(() => Testing.synth(other, true)).toThrow(message);
    for (const type of [
      "kusto_cluster_principal_assignment",
      "redis_cache_access_policy_assignment",
    ]) {
      const third = stacksOf(SMALL).cluster;
      third.addOverride(`resource.azurerm_${type}.it`, {});
      expect(() => Testing.synth(third, true)).toThrow(`azurerm_${type} grants rights`);
    }
  });

  test("may have the state of one stack where it likes", () => {
    const backend = { backendType: BackendType.AZURERM, config: { key: "mine.tfstate" } };
    const stack = new ClusterStack(Testing.app(), "mine", {
      plan: new ClusterPlan(SMALL),
      backend,
    });
    expect(Testing.synth(stack, true)).toContain("mine.tfstate");
    expect(() =>
      stacksOf(SMALL, { backend: { ...backend, config: { key: "{stack}/it" } } }),
    ).not.toThrow();
  });

  test("does not reach into rights by way of the stack", () => {
    const { networkPermissions } = stacksOf(SMALL);
    const [name = ""] = Object.keys(
      render(networkPermissions).resource?.azurerm_role_assignment ?? {},
    );
    expect(() =>
      networkPermissions.addOverride(`resource.azurerm_role_assignment.${name}.scope`, "/"),
    ).toThrow("changes a cluster, an identity or a role assignment");
  });

  test.each(["azapi_resource", "azurerm_resource_deployment_script_azure_cli"])(
    "is no %s in the cluster stack",
    (type) => {
      const { cluster } = stacksOf(SMALL);
      cluster.addOverride(`resource.${type}.x`, { name: "x" });
      expect(() => Testing.synth(cluster, true)).toThrow(`${type} grants rights`);
    },
  );

  test("is no access policy within a key vault in the cluster stack", () => {
    const { cluster } = stacksOf(SMALL);
    const vault = new KeyVault(cluster, "vault", {
      name: "vault",
      location: "westeurope",
      resourceGroupName: "cluster-rg",
      skuName: "standard",
      tenantId: "t",
    });
    expect(() => Testing.synth(cluster, true)).not.toThrow();
    vault.putAccessPolicy([{ tenantId: "t", objectId: "me" }]);
    expect(() => Testing.synth(cluster, true)).toThrow("azurerm_key_vault grants rights");
  });
});
