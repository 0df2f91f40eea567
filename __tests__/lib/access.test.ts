// The grant plan and the one construct that writes it into Terraform.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack, Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  Egress,
  Grant,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  KubernetesRole,
  PermissionsSpec,
  Principal,
  PrincipalType,
  RegistryMode,
  ResourceReference,
  Role,
} from "../../lib";
import { concerns, contradicted, handsOutRights, isSameDefinition } from "../../lib/access/actions";
import { RIGHTS } from "../../lib/access/rights";
import { allows } from "../../lib/spec/action-patterns";
import { DEPLOYERS, HUB_ZONE, SMALL, idOf, specOf } from "../scenarios";
import { RECORDS, granting } from "./extension-rules";

const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });
const network = (change: Partial<ClusterSpec["network"]>) => ({
  network: { ...SMALL.network, ...change },
});
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

describe("the grant plan", () => {
  test("binds a registry's grant to the repositories", () => {
    const spec = {
      ...SMALL,
      registries: [
        { registry: named("registry"), mode: RegistryMode.ABAC, repositories: ["web", "apps/"] },
      ],
    };
    const [grant] = new ClusterPlan(spec)._grants.filter(({ condition }) => condition);
    expect(grant?.condition).toBe(
      "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'apps/' OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'web'))",
    );
  });

  test("gives one row for one role on one scope, with both reasons", () => {
    const ip = named("ip");
    const spec = {
      ...SMALL,
      ...network({ egress: Egress.loadBalancer({ publicIps: [ip] }), servicePublicIps: [ip] }),
    };
    const [grant, ...others] = new ClusterPlan(spec)._grants.filter(
      ({ scope }) => scope.kind === "publicIp",
    );
    expect(others).toEqual([]);
    expect(grant?.reasons.map(({ feature }) => feature)).toEqual([
      "egress by public IP",
      "public IP of services",
    ]);
  });

  test("lets organizations move a kind of scope to another team", () => {
    const teams = (permissions?: PermissionsSpec) =>
      new ClusterPlan({ ...SMALL, privateDns: HUB_ZONE, permissions })._grants
        .filter(({ scope }) => scope.kind === "privateDnsZone")
        .map(({ team }) => team);
    expect(teams()).toEqual(["network"]);
    expect(teams({ grantedBy: { privateDnsZone: GrantingTeam.IDENTITY } })).toEqual(["identity"]);
  });

  test("gives every row a reason and a source", () => {
    const { _grants: grants } = new ClusterPlan({ ...SMALL, access: { deployers: [DEPLOYERS] } });
    expect(grants).toHaveLength(8);
    for (const { reasons, description } of grants) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.every(({ source }) => source.startsWith("https://"))).toBe(true);
      expect(description).toContain(reasons[0]?.why);
    }
  });

  test("says why in sentences, with one subject each", () => {
    const access = { deployers: [DEPLOYERS] };
    const { _grants: grants } = new ClusterPlan({ ...specOf("every-feature"), access });
    for (const { principal, reasons } of grants) {
      const isForDeployment = reasons.every(({ feature }) => feature === "deployment");
      expect(isForDeployment).toBe(principal.kind === "deployer");
      for (const { why } of reasons) {
        expect(why).toMatch(/^[A-Z].*\.$/);
        expect(why).not.toMatch(
          /^(The control plane|The nodes|The deployer of the cluster) [A-Z][a-z]/,
        );
      }
    }
  });

  test.each([
    ["a deployer, in other letters", "PLATFORM-engineers", "deployer", "platform-engineers"],
    ["a user of Kubernetes", "Admins", "kubernetesUser", "admins"],
    ["another group", "auditors", "additional", "auditors"],
  ])("has custom grants of %s with the other rows", (_, name, kind, label) => {
    const kindOf = (principal: Principal) => {
      const grant = { ...RECORDS, principal: GrantPrincipal.entra(principal) };
      const admins = Principal.group("admins");
      const access = {
        deployers: [DEPLOYERS],
        kubernetes: [{ principal: admins, role: KubernetesRole.READER }],
      };
      const found = new ClusterPlan({ ...granting(grant), access })._grants.find(
        ({ role }) => role === RECORDS.role,
      );
      return `${found?.principal.kind} ${found?.principal.name}`;
    };
    expect(kindOf(Principal.group(name))).toBe(`${kind} ${label}`);
    expect(kindOf(Principal.servicePrincipal(name))).toBe(`additional ${name}`);
  });

  test.each([
    ["microsoft.containerregistry/REGISTRIES", "Microsoft.ContainerRegistry/registries"],
    ["Microsoft.Network/dnsZones", "Microsoft.Network/dnsZones"],
  ])("has a custom grant on a %s as it would compute it", (type, kind) => {
    const scope = GrantScope.resource(type, named("mine"));
    const rowWith = (condition: string) =>
      new ClusterPlan(granting({ ...RECORDS, scope, condition }))._grants.find(
        ({ role }) => role === RECORDS.role,
      );
    expect(rowWith("")).toMatchObject({
      scope: { kind, name: "mine" },
      needs: expect.arrayContaining(["Microsoft.Network/dnsZones/*"]) as string[],
    });
    expect(rowWith("")?.condition).toBeUndefined();
    expect(rowWith("true")?.condition).toBe("true");
  });

  test("can be asked for the rows of a team", () => {
    const plan = new ClusterPlan(SMALL);
    expect(plan._grantsOf(GrantingTeam.NETWORK).map(({ address }) => address)).toEqual([
      "control_plane_network-contributor_subnet-network-rg-vnet-nodes",
      "control_plane_private-dns-zone-contributor_vnet-network-rg-vnet",
    ]);
    expect(plan._grantsOf(GrantingTeam.IDENTITY)).toHaveLength(1);
  });

  test("is sorted alike whatever the order of two resources of one name", () => {
    const disks = ["first-rg", "second-rg"].map((resourceGroup) =>
      ResourceReference.byName({ name: "disk", resourceGroup }),
    );
    const [there, back] = [disks, [...disks].reverse()].map((all) =>
      new ClusterPlan({ ...SMALL, storage: { disks: all } })._grants.map(({ address }) => address),
    );
    expect(there!.filter((address) => address.endsWith("-disk"))).toEqual([
      "control_plane_virtual-machine-contributor_disk-first-rg-disk",
      "control_plane_virtual-machine-contributor_disk-second-rg-disk",
    ]);
    expect(back).toEqual(there);
  });

  test("never makes one address of two names", () => {
    const deployers = ["Ops Team", "Ops-Team", "Öps Team"].map((name) => Principal.group(name));
    const addresses = new ClusterPlan({ ...SMALL, access: { deployers } })._grants.map(
      ({ address }) => address,
    );
    expect(new Set(addresses).size).toBe(3 + 3 * 5);
    expect(addresses.every((address) => /^[a-z0-9_-]+$/.test(address))).toBe(true);
  });
});

describe("custom roles", () => {
  const custom = (actions: string[]) =>
    Role.custom({ key: "mine", name: "Mine", description: "For me.", actions });

  test.each([
    ["a wildcard", "Microsoft.Network/virtualNetworks/*/read", /wildcard/],
    ["everything", "*", /wildcard/],
    ["the right to grant rights", "Microsoft.Authorization/roleAssignments/write", /any right/],
    ["the same in other letters", "microsoft.authorization/locks/write", /any right/],
  ])("with %s are refused", (_, action, message) => {
    expect(() => custom(["Microsoft.Network/virtualNetworks/read", action])).toThrow(message);
    expect(custom(["Microsoft.Network/virtualNetworks/read"]).actions).toHaveLength(1);
  });

  test("need nothing but what their feature needs", () => {
    for (const { minimal: role, needs } of Object.values(RIGHTS)) {
      expect(role.guid === undefined ? role.actions : needs).toEqual(needs);
    }
  });
});

describe("a pattern of a role", () => {
  const [type, read] = [
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/read",
  ];

  test.each([
    ["*", true],
    ["Microsoft.Network/*", true],
    ["*/read", true],
    ["Microsoft.Network/*/read", true],
    ["microsoft.network/VIRTUALNETWORKS/read", true],
    ["Microsoft.Network/*/write", false],
    ["Microsoft.Network/virtualNetworks", false],
    ["virtualNetworks/read", false],
    ["Microsoft.Network/virtualNetwork./read", false],
    ["Microsoft.Compute/*", false],
  ])("such as %s may allow an operation: %s", (pattern, isAllowed) => {
    expect(allows([pattern], read)).toBe(isAllowed);
    expect(allows(["Microsoft.Compute/disks/read", pattern], read)).toBe(isAllowed);
    expect(allows([], read)).toBe(false);
  });

  test.each([
    ["*", true],
    ["*/read", true],
    ["Microsoft.Network/*", true],
    ["microsoft.network/VIRTUALNETWORKS/subnets/read", true],
    [read, true],
    [type, false],
    ["Microsoft.Network", false],
    ["Microsoft.Network/virtualNetworkGateways/read", false],
    ["Microsoft.Compute/*", false],
  ])("such as %s may be about resources of a type: %s", (pattern, isAbout) => {
    expect(concerns(pattern, type)).toBe(isAbout);
  });
});

describe("a role", () => {
  const [guid, other] = [1, 2].map((digit) => `55555555-5555-4555-8555-55555555555${digit}`);
  const role = (...actions: string[]) => Role.builtIn("Network Reader", guid!, actions);
  const { name, actions, dataActions, guid: pullGuid = "" } = Role.ACR_PULL;

  test.each([
    ["everything", role("*"), true],
    ["writing role assignments", role("Microsoft.Authorization/roleAssignments/write"), true],
    [
      "all about locks",
      role("Microsoft.Network/virtualNetworks/read", "microsoft.authorization/locks/*"),
      true,
    ],
    ["an operation that ends like reading", role("Microsoft.Authorization/x/spread"), true],
    ["an operation on readers", role("Microsoft.Authorization/readers/write"), true],
    ["reading role assignments", role("Microsoft.Authorization/roleAssignments/READ"), false],
    ["reading everything", role("*/read"), false],
    ["reading networks", role("Microsoft.Network/virtualNetworks/read"), false],
    ["nothing, by the name of an owner", Role.builtIn("OWNER", guid!), true],
    ["nothing, with the GUID of an owner", Role.builtIn("Mine", OWNER.toUpperCase()), true],
    ["one action, in a tenant", RIGHTS.subnetJoin.minimal, false],
  ])("that allows %s may grant rights: %#", (_, one, handsOut) => {
    expect(handsOutRights(one)).toBe(handsOut);
  });

  test("of the library is contradicted by another one of its name or GUID", () => {
    const pull = (guid: string, also: string[] = []) =>
      Role.builtIn(name.toUpperCase(), guid, [...actions, ...also], dataActions);
    expect(contradicted(Role.builtIn("Mine", pullGuid.toUpperCase()))).toBe(Role.ACR_PULL);
    expect(contradicted(pull(other!))).toBe(Role.ACR_PULL);
    expect(contradicted(pull(pullGuid, ["*/read"]))).toBe(Role.ACR_PULL);
    expect(contradicted(pull(pullGuid.toUpperCase()))).toBeUndefined();
    expect(contradicted(Role.builtIn("Mine", guid!))).toBeUndefined();
    expect(contradicted(RIGHTS.subnetJoin.minimal)).toBeUndefined();
  });

  test("does not depend on the order of its actions", () => {
    const of = (actions: string[], data: string[] = []) =>
      Role.builtIn("Mine", guid!, actions, data);
    expect(isSameDefinition(of(["a/read", "b/read"]), of(["b/READ", "a/read"]))).toBe(true);
    expect(isSameDefinition(of([], ["a/read", "b/read"]), of([], ["b/read", "a/read"]))).toBe(true);
    expect(isSameDefinition(of(["a/read"]), of(["b/read"]))).toBe(false);
    expect(isSameDefinition(of(["a/read"]), of([], ["a/read"]))).toBe(false);
    expect(isSameDefinition(of([]), Role.builtIn("Mine", other!))).toBe(false);
  });
});

describe("a role grant", () => {
  const grantee = {
    principalId: "55555555-5555-4555-8555-555555555552",
    principalType: PrincipalType.GROUP,
    principalName: "platform-engineers",
  };
  const scopeId = idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "mi");

  const grant = (role: Role, scope: string) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new Grant(stack, "grant", { grantee, role, scopeId: scope, reason: "Because." });
    return stack;
  };

  test("is one role assignment with a computed name", () => {
    expect(
      Testing.synth(grant(Role.MANAGED_IDENTITY_OPERATOR, scopeId)),
    ).toHaveResourceWithProperties(RoleAssignment, {
      name: expect.stringMatching(
        /^\$\{uuidv5\(".{36}", lower\(join\("\|", \[.+\]\)\)\)\}$/,
      ) as string,
      scope: scopeId,
      principal_id: grantee.principalId,
      principal_type: "Group",
      role_definition_name: "Managed Identity Operator",
      description: "Because.",
    });
  });

  test.each([
    ["a subscription", "/subscriptions/44444444-4444-4444-8444-444444444444"],
    ["a resource group", "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg"],
    ["a management group", "/providers/Microsoft.Management/managementGroups/mg"],
    ["everything", "/"],
  ])("is refused on %s", (_, scope) => {
    expect(() => grant(Role.MANAGED_IDENTITY_OPERATOR, scope)).toThrow(
      /^\[stack\/grant\] ".*" is not the id of a resource\./,
    );
  });

  test("of a role that grants rights is refused", () => {
    const owner = Role.builtIn("Owner", OWNER);
    expect(() => grant(owner, scopeId)).toThrow(
      /^\[stack\/grant\] The role "Owner" is never granted/,
    );
  });
});
