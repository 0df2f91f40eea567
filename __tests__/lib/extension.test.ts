// What library users add: grants, rules, presets, aspects, overrides, and clusters that share something.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { IAspect, TerraformResource, Testing } from "cdktf";
import { IConstruct } from "constructs";
import * as library from "../../lib";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  Finding,
  GrantingTeam,
  GrantPrincipal,
  GrantScope,
  ResourceReference,
  Role,
  RoleSet,
  Severity,
  SpecProps,
  RuleFinding,
} from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { listedWorkloads, resolveSpec } from "../../lib/spec/resolved-spec";
import { listedIn } from "../preflight-lists";
import {
  DEPLOYERS,
  INPUTS,
  OTHER_SUBSCRIPTION,
  SMALL,
  StackJson,
  idOf,
  render,
  specOf,
  stacksOf,
  stackJson,
} from "../scenarios";
import { RECORDS, granting, ruling } from "./extension-rules";

const ZONE = "Microsoft.Network/dnsZones";
const VIOLATION: RuleFinding = { path: "name", message: "It is so.", remedy: "Change it." };

function rowsOf(spec: ClusterSpec): string[] {
  return new ClusterPlan(spec)._grants.map(rowOf);
}

function rowOf({ team, principal, role, scope }: PlannedGrant): string {
  return `${team}: ${principal.name} is ${role.name} on ${scope.kind} ${scope.name}`;
}

function errorsOf(spec: ClusterSpec): Finding[] {
  return new ClusterPlan(spec).findings.filter(({ severity }) => severity === "error");
}

describe("an additional grant", () => {
  const row =
    "network: platform-engineers is DNS Zone Contributor on Microsoft.Network/dnsZones example.org";

  test("is a row of the plan, beside those that are computed", () => {
    expect(rowsOf(granting(RECORDS)).sort()).toEqual([...rowsOf(SMALL), row].sort());
  });

  test("is granted by the stack of its team, and by no other", () => {
    const { identities, networkPermissions } = stacksOf(granting(RECORDS));
    expect(Testing.synth(networkPermissions, true)).toHaveResourceWithProperties(RoleAssignment, {
      role_definition_name: "DNS Zone Contributor",
      principal_id: DEPLOYERS.objectId,
      principal_type: "Group",
      scope: expect.stringContaining(`"providers", "${ZONE}", "example.org"`) as string,
      description: RECORDS.why,
    });
    expect(Testing.synth(identities, true)).not.toContain("DNS Zone Contributor");
    const moved = stacksOf(granting({ ...RECORDS, team: GrantingTeam.IDENTITY }));
    expect(Testing.synth(moved.identities, true)).toContain("DNS Zone Contributor");
  });

  test("is looked at by the preflight, with its reason", () => {
    const { locals } = stackJson(granting(RECORDS), "cluster");
    expect(listedIn(locals)).toContain(
      'The group "platform-engineers" lacks the role "DNS Zone Contributor" on the DNS zone "example.org", which it needs for external DNS (It writes records into the zone): the NOC has to deploy the stack small-network-permissions.',
    );
    expect(Testing.synth(stacksOf(SMALL).cluster, true)).not.toContain(ZONE);
  });

  test("is in the access review, with what the role allows and what of that is not needed", () => {
    const [shown] = new ClusterPlan(granting(RECORDS))
      .review()
      .grants.filter(({ role }) => role.name === "DNS Zone Contributor");
    expect(shown).toMatchObject({
      stack: "small-network-permissions",
      principal: { kind: "additional", name: "platform-engineers" },
      scope: { resourceType: ZONE, name: "example.org", resourceGroup: "dns-rg", team: "network" },
      reasons: [{ feature: "external DNS", why: RECORDS.why, source: RECORDS.source }],
      effectiveActions: expect.arrayContaining([`${ZONE}/A/write`, `${ZONE}/delete`]) as string[],
      excessActions: [],
    });
    const needs = [`${ZONE}/A/write`];
    const [narrow] = new ClusterPlan(granting({ ...RECORDS, needs }))
      .review()
      .grants.filter(({ role }) => role.name === "DNS Zone Contributor");
    expect(narrow?.excessActions).toContain(`${ZONE}/A/read`);
    expect(narrow?.excessActions).not.toContain(`${ZONE}/A/write`);
  });

  test("shows operations that the catalogue of a kind does not know", () => {
    const role = Role.builtIn(
      "Key Vault Secrets User",
      "4633458b-17de-408a-b874-0445c86b69e6",
      [],
      ["Microsoft.KeyVault/vaults/secrets/readMetadata/action"],
    );
    const vault = ResourceReference.byName({ name: "vault", resourceGroup: "vault-rg" });
    const scope = GrantScope.resource("microsoft.keyvault/vaults", vault);
    const review = new ClusterPlan(granting({ ...RECORDS, role, scope })).review();
    expect(review.grants.find((grant) => grant.role.name === role.name)).toMatchObject({
      scope: { kind: "Microsoft.KeyVault/vaults" },
      effectiveActions: role.dataActions,
    });
  });

  test("of a custom role brings its definition into the stack of the team", () => {
    const role = Role.custom({
      key: "records",
      name: "DNS Records",
      description: "Writes records.",
      actions: [`${ZONE}/A/write`],
    });
    const { networkPermissions } = stacksOf(granting({ ...RECORDS, role }));
    expect(Testing.synth(networkPermissions, true)).toHaveResourceWithProperties(RoleDefinition, {
      name: "DNS Records (small, dns-rg)",
      permissions: [{ actions: [`${ZONE}/A/write`] }],
    });
    const existing = stacksOf({
      ...SMALL,
      permissions: {
        additionalGrants: [{ ...RECORDS, role }],
        roleSet: RoleSet.minimal({ records: "Record keeper" }),
      },
    });
    expect(render(existing.networkPermissions).data?.azurerm_role_definition).toMatchObject({
      "records_dns-rg": { name: "Record keeper" },
    });
  });

  test("is one with a row that gives the same, and takes no narrow row's place", () => {
    const principal = GrantPrincipal.controlPlane();
    const scope = GrantScope.subnet("nodes");
    const own = { ...RECORDS, principal, scope, role: Role.NETWORK_CONTRIBUTOR };
    expect(rowsOf(granting(own))).toEqual(rowsOf(SMALL));
    const minimal = (additionalGrants: library.AdditionalGrant[]) => ({
      ...SMALL,
      permissions: { roleSet: RoleSet.minimal(), additionalGrants },
    });
    expect(rowsOf(minimal([own]))).toEqual(
      [...rowsOf(minimal([])), "network: small-cp-mi is Network Contributor on subnet nodes"].sort(
        (a, b) => (order(a) < order(b) ? -1 : 1),
      ),
    );
  });

  test("to a deployer stays with the rows of the deployer", () => {
    const spec = { ...granting(RECORDS), access: { deployers: [DEPLOYERS] } };
    const kinds = new ClusterPlan(spec)
      .review()
      .grants.filter(({ principal }) => principal.name === DEPLOYERS.name)
      .map(({ principal }) => principal.kind);
    expect(new Set(kinds)).toEqual(new Set(["deployer"]));
  });

  test.each([
    ["assigns", Role.MANAGED_IDENTITY_OPERATOR],
    [
      "gives a credential to",
      Role.builtIn("Managed Identity Contributor", "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", [
        "Microsoft.ManagedIdentity/userAssignedIdentities/*",
      ]),
    ],
  ])("that %s the control plane identity is a path to the network", (_, role) => {
    const own = {
      ...RECORDS,
      team: GrantingTeam.IDENTITY,
      role,
      scope: GrantScope.controlPlane(),
    };
    expect(new ClusterPlan(granting(own)).review().pathsToNetwork).toContainEqual(
      expect.objectContaining({ principal: "platform-engineers", via: ["small-cp-mi"] }),
    );
    expect(
      new ClusterPlan(granting({ ...own, scope: GrantScope.kubelet() })).review().pathsToNetwork,
    ).toEqual([]);
  });

  test("can be on the network and on any resource by its id", () => {
    const secret = `${idOf("Microsoft.KeyVault/vaults", "v")}/secrets/s`;
    const spec = granting(
      { ...RECORDS, role: Role.READER, scope: GrantScope.virtualNetwork() },
      {
        ...RECORDS,
        role: Role.READER,
        team: GrantingTeam.IDENTITY,
        scope: GrantScope.resource(
          "Microsoft.KeyVault/vaults/secrets",
          ResourceReference.byId(secret),
        ),
      },
    );
    expect(errorsOf(spec)).toEqual([]);
    const { identities, networkPermissions } = stacksOf(spec);
    expect(Testing.synth(identities, true)).toHaveResourceWithProperties(RoleAssignment, {
      scope: secret,
    });
    expect(Testing.synth(networkPermissions, true)).toHaveResourceWithProperties(RoleAssignment, {
      role_definition_name: "Reader",
      scope: "${data.azurerm_virtual_network.vnet.id}",
    });
    const { grants } = new ClusterPlan(spec).review();
    expect(grants.map(({ scope }) => scope)).toContainEqual(
      expect.objectContaining({
        resourceType: "Microsoft.KeyVault/vaults/secrets",
        parent: "v",
        name: "s",
        subscriptionId: OTHER_SUBSCRIPTION,
      }),
    );
  });

  test("that both teams make one custom role for is told", () => {
    const role = Role.custom({
      key: "records",
      name: "DNS Records",
      description: "Writes records.",
      actions: [`${ZONE}/A/write`],
    });
    const other = GrantScope.resource(
      ZONE,
      ResourceReference.byName({ name: "example.net", resourceGroup: "dns-rg" }),
    );
    const spec = granting(
      { ...RECORDS, role },
      { ...RECORDS, role, scope: other, team: GrantingTeam.IDENTITY },
    );
    expect(errorsOf(spec).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "HAKS-OWN-004 permissions.additionalGrants.0.role",
      "HAKS-OWN-004 permissions.additionalGrants.1.role",
    ]);
  });

  const order = (row: string) => row.replace(/^(\w+): (\S+) is (.*) on (\S+) (.*)$/, "$2 $3 $4");
});

describe("a custom rule", () => {
  const finding: RuleFinding = {
    path: "nodePools.user.0.maxCount",
    message: "There are too many nodes.",
    remedy: "Use fewer.",
  };

  test("of the severity error stops every stack, with its code and sentences", () => {
    const spec = ruling({ severity: Severity.ERROR, check: () => [finding] });
    expect(() => stacksOf(spec)).toThrow(
      "OWN-001 at nodePools.user.0.maxCount: There are too many nodes. Use fewer.",
    );
    expect(() => Testing.synth(stacksOf(ruling({})).cluster, true)).not.toThrow();
  });

  test("of the severity warning is a finding, and stops nothing", () => {
    const spec = ruling({ check: () => [finding] });
    expect(new ClusterPlan(spec).findings).toContainEqual(
      expect.objectContaining({ code: "OWN-001", severity: "warning", ...finding }),
    );
    expect(() => Testing.synth(stacksOf(spec).cluster, true)).not.toThrow();
  });

  test("sees the description with its defaults", () => {
    const seen: ClusterSpec[] = [];
    const check = ({ spec }: SpecProps) => {
      seen.push(spec);
      return [];
    };
    expect(new ClusterPlan(ruling({ check })).findings).not.toEqual([]);
    expect(seen).toMatchObject([
      {
        identities: { controlPlane: { name: "small-cp-mi" } },
        network: { serviceCidr: "10.0.0.0/16", dnsServiceIp: "10.0.0.10", dataPlane: "cilium" },
        nodePools: { user: [{ name: "apps", minCount: 3, maxCount: 3, zones: ["1", "2", "3"] }] },
        upgrades: { channel: "stable" },
      },
    ]);
  });

  test("is reported if it is a duplicate, or fails", () => {
    const [rule] = ruling({}).customRules!;
    expect(errorsOf({ ...SMALL, customRules: [rule!, rule!] })).toMatchObject([
      { code: "HAKS-OWN-006", path: "customRules.1.code" },
    ]);
    const failing = () => {
      throw new Error("no such field");
    };
    expect(errorsOf(ruling({ check: failing }))).toMatchObject([
      { message: 'The rule "OWN-001" failed: no such field.' },
    ]);
    expect(errorsOf(ruling({ check: () => [{} as RuleFinding] }))).toMatchObject([
      { code: "HAKS-OWN-007" },
    ]);
    expect(errorsOf(ruling({ check: () => undefined as unknown as RuleFinding[] }))).toMatchObject([
      { code: "HAKS-OWN-007" },
    ]);
    const broken = {
      get code(): string {
        throw new Error("not to be had");
      },
      severity: 7 as unknown as Severity,
      check: () => [],
    };
    expect(errorsOf({ ...SMALL, customRules: [broken] })).toMatchObject([
      { code: "HAKS-OWN-006", path: "customRules.0.code" },
      { code: "HAKS-OWN-006", path: "customRules.0.severity" },
    ]);
  });

  test.each([
    [
      "throws what has no text",
      () => {
        throw Object.create(null) as Error;
      },
      "it threw no Error",
    ],
    ["gives no list", () => ({ path: "name" }) as unknown as RuleFinding[], "no list of findings"],
    ["gives what is no finding", () => [null as unknown as RuleFinding], "must have a path"],
    [
      "is related to no list",
      () => [{ ...VIOLATION, related: "name" as unknown as string[] }],
      "a list of paths",
    ],
    [
      "is related to what is no path",
      () => [{ ...VIOLATION, related: [7 as unknown as string] }],
      "a list of paths",
    ],
    [
      "has a source that is no text",
      () => [{ ...VIOLATION, source: {} as string }],
      "must be a URL",
    ],
  ])("that %s is told", (_, check, message) => {
    expect(errorsOf(ruling({ check }))).toMatchObject([
      { code: "HAKS-OWN-007", message: expect.stringContaining(message) as string },
    ]);
  });

  test("changes nothing that others read, and may ask for the findings itself", () => {
    const check = ({ spec }: SpecProps) => {
      expect(spec.name).toBe(SMALL.name);
      expect(spec.registries).toEqual([]);
      expect(new ClusterPlan(spec).findings).toHaveLength(2);
      spec.registries!.push({ registry: ResourceReference.byId("x") });
      (spec as { name: string }).name = "other";
      return [];
    };
    const { customRules } = ruling({ check });
    const spec = {
      ...SMALL,
      customRules: [...customRules!, { ...customRules![0]!, code: "OWN-002" }],
    };
    expect(new ClusterPlan(spec).findings).toEqual(new ClusterPlan(SMALL).findings);
    const again = ruling({ check: () => [VIOLATION] });
    (new ClusterPlan(again).findings[0] as { severity: string }).severity = "none";
    expect(new ClusterPlan(again).findings[0]).toHaveProperty("severity", "warning");
  });

  test.each(Object.keys(INPUTS))("gets of %s what the library itself reads", (input) => {
    const resolved = resolveSpec(specOf(input));
    const workloads = listedWorkloads(resolved);
    expect(resolveSpec({ ...resolved, workloads })).toEqual(resolved);
  });
});

describe("clusters that share something", () => {
  const kubelet = { name: "shared-mi" };
  const registries = [
    { registry: ResourceReference.byName({ name: "registry", resourceGroup: "registry-rg" }) },
  ];
  const blue: ClusterSpec = {
    ...SMALL,
    name: "blue",
    identities: { ...SMALL.identities, kubelet },
    registries,
    access: { deployers: [DEPLOYERS] },
  };
  const green: ClusterSpec = {
    ...blue,
    name: "green",
    identities: { ...SMALL.identities, kubelet: { ...kubelet, existing: true } },
    permissions: { sharedWith: [blue] },
  };
  const shared = new ClusterPlan(green)._grants
    .filter(({ grantedFor }) => grantedFor !== undefined)
    .map(rowOf);

  /** Scope, principal and role of each assignment, with the identities by the names that Azure knows. */
  const assignmentsIn = ({ resource = {}, data = {} }: StackJson): string[] => {
    const type = "azurerm_user_assigned_identity";
    const named = { ...resource[type], ...data[type] };
    return Object.values(resource.azurerm_role_assignment ?? {}).map(
      ({ scope, principal_id: who, role_definition_name: role }) =>
        [scope, who, role]
          .join(" ")
          .replace(
            /\$\{(?:data\.)?azurerm_user_assigned_identity\.(\w+)/g,
            (_, id: string) => `\${${String(named[id]?.name)}`,
          ),
    );
  };

  test("grant what is the same once, and the rest each", () => {
    expect(shared.sort()).toEqual([
      "identity: platform-engineers is Log Analytics Contributor on logAnalyticsWorkspace logs",
      "identity: platform-engineers is Managed Identity Operator on kubelet shared-mi",
      "identity: shared-mi is AcrPull on registry registry",
      "network: platform-engineers is Network Contributor on subnet nodes",
      "network: platform-engineers is Reader on virtualNetwork vnet",
    ]);
    const keys = [blue, green].flatMap((spec) => {
      const { identities, networkPermissions } = stacksOf(spec);
      return [identities, networkPermissions].flatMap((stack) => assignmentsIn(render(stack)));
    });
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(
      new ClusterPlan(blue)._grants.length + new ClusterPlan(green)._grants.length - shared.length,
    );
  });

  test("are told apart where they share nothing", () => {
    const apart = { ...green, identities: blue.identities, permissions: undefined };
    expect(new ClusterPlan(apart)._grants.every(({ grantedFor }) => !grantedFor)).toBe(true);
    const elsewhere = {
      ...green,
      registries: [
        { registry: ResourceReference.byName({ name: "registry", resourceGroup: "another-rg" }) },
      ],
    };
    expect(
      new ClusterPlan(elsewhere)._grants.filter(({ grantedFor }) => grantedFor).map(rowOf),
    ).not.toContain("identity: shared-mi is AcrPull on registry registry");
  });

  test("still look at all rights, and say whose stack gives them", () => {
    expect(listedIn(stackJson(green, "cluster").locals)).toContain(
      'The kubelet identity "shared-mi" lacks the role "AcrPull" on the container registry "registry", which it needs because the nodes pull images from the registry: the identity team has to deploy the stack blue-identities.',
    );
    expect(
      new ClusterPlan(green).review().grants.find(({ role }) => role.name === "AcrPull"),
    ).toMatchObject({ stack: "blue-identities", grantedFor: "blue" });
  });

  test("are deployed one after the other by one person", () => {
    const app = Testing.app();
    const first = new ClusterStacks(app, { plan: new ClusterPlan(blue) });
    const second = new ClusterStacks(app, { plan: new ClusterPlan(green) });
    second.deployAfter(first);
    expect(second.identities.dependencies).toEqual([first.networkPermissions]);
  });

  test("of three know the first", () => {
    const third = { ...green, name: "third", permissions: { sharedWith: [blue, green] } };
    expect(
      new ClusterPlan(third)._grants
        .filter(({ role }) => role.name === "AcrPull")
        .map(({ grantedFor }) => grantedFor),
    ).toEqual(["blue"]);
    const onlySecond = { ...third, permissions: { sharedWith: [green] } };
    expect(
      new ClusterPlan(onlySecond)._grants
        .filter(({ role }) => role.name === "AcrPull")
        .map(({ grantedFor }) => grantedFor),
    ).toEqual(["blue"]);
  });
});

test("clusters that each share with all earlier ones are planned once each", () => {
  const fleet: ClusterSpec[] = [];
  for (let index = 0; index < 20; index++) {
    fleet.push({ ...SMALL, name: `fleet-${index}`, permissions: { sharedWith: [...fleet] } });
  }
  let read = 0;
  const [first] = fleet;
  Object.defineProperty(first, "registries", {
    get: () => {
      read += 1;
      return [];
    },
    enumerable: true,
  });
  expect(new ClusterPlan(fleet[fleet.length - 1]!)._grants.length).toBeGreaterThan(0);
  expect(read).toBe(1);
});

test("the description of a plan can be changed without changing the plan", () => {
  const plan = new ClusterPlan(SMALL);
  const { _grants: grants } = plan;
  (plan.spec as { name: string }).name = "a b";
  plan.spec.nodePools.user.pop();
  expect(plan.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(plan.spec.nodePools.user).toHaveLength(SMALL.nodePools.user.length);
  expect(plan._grants).toEqual(grants);
});

describe("custom aspects", () => {
  class Tags implements IAspect {
    public visit(node: IConstruct): void {
      if (TerraformResource.isTerraformResource(node) && "tagsInput" in node) {
        node.addOverride("tags.owner", "me");
      }
    }
  }

  test("visit all three stacks", () => {
    const stacks = new ClusterStacks(Testing.app(), {
      plan: new ClusterPlan(SMALL),
      aspects: [new Tags()],
    });
    const { identities, cluster } = stacks;
    const tagged = [
      render(identities).resource?.azurerm_user_assigned_identity?.control_plane,
      render(cluster).resource?.azurerm_kubernetes_cluster?.cluster,
      render(cluster).resource?.azurerm_kubernetes_cluster_node_pool?.cluster_apps,
    ];
    expect(tagged).toMatchObject(tagged.map(() => ({ tags: { owner: "me" } })));
  });

  test("cannot weaken a cluster, nor grant rights", () => {
    class Weaken implements IAspect {
      public visit(node: IConstruct): void {
        if (TerraformResource.isTerraformResource(node)) {
          node.addOverride("local_account_disabled", false);
        }
      }
    }
    class HandOut implements IAspect {
      public visit(node: IConstruct): void {
        if (node.node.tryFindChild("evil") === undefined && library.TeamStack.isStack(node)) {
          new RoleAssignment(node, "evil", { scope: "/", principalId: "me" });
        }
      }
    }
    const synth = (aspect: IAspect) => () =>
      Testing.synth(
        new ClusterStacks(Testing.app(), { plan: new ClusterPlan(SMALL), aspects: [aspect] })
          .cluster,
        true,
      );
    expect(synth(new Weaken())).toThrow(/changes local_account_disabled, which follows/);
    expect(synth(new HandOut())).toThrow(/azurerm_role_assignment grants rights/);
  });
});

describe("the resources of azurerm below a cluster", () => {
  test("take what the description has no words for", () => {
    const { cluster, hardenedCluster } = stacksOf(SMALL);
    const resource = hardenedCluster.node.defaultChild as TerraformResource;
    resource.addOverride("http_proxy_config.http_proxy", "http://proxy:3128");
    hardenedCluster.underlyingPool("apps").addOverride("kubelet_config.pod_max_pid", 4096);
    const { resource: made = {} } = render(cluster);
    expect(made.azurerm_kubernetes_cluster?.cluster).toMatchObject({
      http_proxy_config: { http_proxy: "http://proxy:3128" },
    });
    expect(made.azurerm_kubernetes_cluster_node_pool?.cluster_apps).toMatchObject({
      kubelet_config: { pod_max_pid: 4096 },
    });
  });

  test("are there for user pools alone", () => {
    const { hardenedCluster: cluster } = stacksOf(SMALL);
    expect(() => cluster.underlyingPool("system")).toThrow(
      '[small-cluster/cluster] There is no user pool "system". Use apps;',
    );
    expect(cluster.underlyingPool("apps").terraformResourceType).toBe(
      "azurerm_kubernetes_cluster_node_pool",
    );
  });
});

test("the public API is classes and enums alone", () => {
  const isClass = (value: unknown) =>
    typeof value === "function" && Function.prototype.toString.call(value).startsWith("class ");
  const isEnum = (value: object) => Object.values(value).every((one) => typeof one === "string");
  const others = Object.entries(library).filter(
    ([, value]) => !isClass(value) && (typeof value === "function" || !isEnum(value)),
  );
  expect(others).toEqual([]);
  expect(Object.keys(library).length).toBeGreaterThan(30);
});
