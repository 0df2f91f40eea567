// The preflight in the synthesized cluster stack: what it reads, how often, and in which mode.
import { knownRoles, neededOf, operationsByRole } from "../../lib/access/sufficient-roles";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Lazy, Testing } from "cdktf";
import { ALL_RULES } from "../../lib/rules/all-rules";
import {
  ClusterIdentities,
  ClusterPlan,
  ClusterSpec,
  GrantingTeam,
  HardenedCluster,
  HardenedClusterProps,
  KubernetesRole,
  PreflightMode,
  PreflightSpec,
  Principal,
  ResourceReference,
  RoleSet,
  TeamPermissions,
  TeamStack,
  VirtualNetwork,
} from "../../lib";
import { ClusterStack } from "../../lib/stacks/stacks-by-team";
import { PREFLIGHT_CHECKS } from "../../lib/cluster/preflight/checks";
import { FAILURES } from "../../build/docs/failures";
import { troubleshootingPage } from "../../build/docs/troubleshooting";
import {
  DEPLOYERS,
  HUB_ZONE,
  INPUTS,
  OTHER_SUBSCRIPTION,
  SMALL,
  StackJson,
  idOf,
  render,
  specOf,
  stacksOf,
  textOf,
  stackJson,
} from "../scenarios";
import { listedIn } from "../preflight-lists";
import { RECORDS, granting } from "./extension-rules";

interface Check {
  readonly data?: { [type: string]: { [name: string]: { [argument: string]: unknown } } };
  readonly assert: { condition: string; error_message: string }[];
}

interface ClusterJson extends StackJson {
  readonly locals?: { [name: string]: unknown };
  readonly check?: { [name: string]: Check };
}

interface Lifecycle {
  readonly precondition?: { condition: string; error_message: string }[];
  readonly postcondition?: { condition: string; error_message: string }[];
}

const every = (mode: PreflightMode): PreflightSpec => ({
  identityGrants: mode,
  peopleGrants: mode,
  network: mode,
  cluster: mode,
});
const clusterJson = (spec: ClusterSpec): ClusterJson => stackJson(spec, "cluster");
const clusterIn = (json: ClusterJson) =>
  Object.values(json.resource!.azurerm_kubernetes_cluster!)[0]!;
const lifecycleIn = (json: ClusterJson) => clusterIn(json).lifecycle as Lifecycle;
const enforcedIn = (json: ClusterJson): string[] => {
  const messages = (lifecycleIn(json).precondition ?? []).map((one) => one.error_message);
  expect(messages).not.toContain(undefined);
  return [...messages.filter((message) => !message.includes("\n- ")), ...listedIn(json.locals)];
};
const messagesIn = (json: ClusterJson): string[] => {
  const warnings = Object.values(json.check ?? {}).flatMap((check) => check.assert);
  return [...enforcedIn(json), ...warnings.map((one) => one.error_message)];
};
const lookupsIn = ({ data = {} }: StackJson, type: string) => Object.entries(data[type] ?? {});
const countOf = ({ data = {} }: StackJson): number =>
  Object.values(data).reduce((total, lookups) => total + Object.keys(lookups).length, 0);
const nested = ({ check = {} }: ClusterJson): string[] =>
  Object.values(check).flatMap((one) => Object.keys(one.data ?? {}));

const PEOPLE: ClusterSpec = {
  ...SMALL,
  access: {
    deployers: [DEPLOYERS],
    kubernetes: [{ principal: Principal.group("nobody knows"), role: KubernetesRole.READER }],
  },
};
const BY_ID: ClusterSpec = {
  ...SMALL,
  privateDns: HUB_ZONE,
  network: {
    ...SMALL.network,
    virtualNetwork: ResourceReference.byId(idOf("Microsoft.Network/virtualNetworks", "hub")),
  },
};

describe("lookups", () => {
  test("of role assignments are made once for each scope, however many rows are about it", () => {
    const spec = specOf("enterprise");
    const json = clusterJson(spec);
    const scopes = lookupsIn(json, "azurerm_role_assignments").map(([, { scope }]) => scope);
    const rows = new ClusterPlan(spec)._grants.filter(
      ({ scope }) => scope.kind !== "privateDnsZone",
    );
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(scopes).toHaveLength(
      new Set(rows.map(({ scope }) => `${scope.kind} ${scope.name}`)).size,
    );
    expect(rows.length).toBeGreaterThan(scopes.length);
    expect(lookupsIn(json, "azurerm_role_definition")).toHaveLength(1);
  });

  test("do not grow with the number of node pools, but with that of subnets", () => {
    const pools = (count: number, subnet?: string): ClusterSpec => ({
      ...SMALL,
      nodePools: {
        ...SMALL.nodePools,
        user: Array.from({ length: count }, (_, index) => ({
          name: `apps${index}`,
          vmSize: "Standard_D4ds_v5",
          subnet,
        })),
      },
    });
    const count = (spec: ClusterSpec) => countOf(clusterJson(spec));
    expect(count(pools(9))).toBe(count(pools(1)));
    expect(count(pools(9, "apps"))).toBe(count(pools(1)) + 2);
  });

  test("of rights to list public IPs are on their resource group", () => {
    const ip = ResourceReference.byName({ name: "ip", resourceGroup: "ips-rg" });
    const spec = { ...SMALL, network: { ...SMALL.network, servicePublicIps: [ip] } };
    const lookups = lookupsIn(clusterJson(spec), "azurerm_role_assignments");
    const scopes = lookups.map(([, { scope }]) => String(scope));
    expect(scopes.filter((scope) => scope.includes('"ips-rg"])}'))).toHaveLength(1);
    expect(scopes.filter((scope) => scope.includes('/publicIPAddresses", "ip"'))).toHaveLength(1);
  });

  test("are never waited for by the identities of the cluster", () => {
    for (const input of Object.keys(INPUTS)) {
      const json = clusterJson(specOf(input));
      const cluster = clusterIn(json);
      const ids = JSON.stringify([cluster.identity, cluster.kubelet_identity]);
      expect(cluster.depends_on).toBeUndefined();
      expect(ids).toMatch(/\$\{data\.azurerm_user_assigned_identity\./);
      expect(ids).not.toMatch(/local\.|role_assignments|azurerm_subnet/);
      expect(JSON.stringify(json.data)).not.toContain("depends_on");
    }
  });

  // What these read is in the role Reader.
  test.each([
    ["enterprise", PreflightMode.ENFORCE],
    ["every-feature", PreflightMode.ENFORCE],
    ["every-feature", PreflightMode.WARN],
  ])(
    "and resources are such as a Contributor with Reader elsewhere can use: %s, %s",
    (input, mode) => {
      const json = clusterJson({ ...specOf(input), preflight: every(mode) });
      const types = [...Object.keys(json.data ?? {}), ...nested(json)];
      expect(types).toContain("azurerm_role_assignments");
      const readable =
        /^azurerm_(client_config|key_vault|kubernetes_service_versions|private_dns_zone|role_assignments|role_definition|subnet|user_assigned_identity|virtual_network)$/;
      expect(types.filter((type) => !readable.test(type))).toEqual([]);
      const own =
        /^azurerm_(kubernetes_cluster|kubernetes_cluster_node_pool|kubernetes_(cluster_extension|fleet_member|flux_configuration)|monitor_(data_collection_[a-z_]+|diagnostic_setting)|resource_group)$/;
      expect(Object.keys(json.resource ?? {}).filter((type) => !own.test(type))).toEqual([]);
    },
  );
});

describe("modes", () => {
  test("enforce: conditions of the cluster, and a check block for the kubelet identity alone", () => {
    const json = clusterJson({ ...PEOPLE, preflight: every(PreflightMode.ENFORCE) });
    expect(clusterJson(PEOPLE)).toEqual(json);
    expect(lifecycleIn(json).precondition).not.toHaveLength(0);
    expect(lifecycleIn(json).postcondition).toHaveLength(2);
    // A cluster that exists may still move to its kubelet identity.
    expect(Object.values(json.check ?? {}).map(({ assert }) => assert.length)).toEqual([1]);
  });

  test("warn: check blocks with scoped lookups, and nothing that stops the Terraform plan", () => {
    const json = clusterJson({ ...PEOPLE, preflight: every(PreflightMode.WARN) });
    expect(lifecycleIn(json)).toEqual({
      ignore_changes: [
        "kubelet_identity",
        "upgrade_override",
        "default_node_pool[0].node_count",
        "default_node_pool[0].upgrade_settings[0].drain_timeout_in_minutes",
        "default_node_pool[0].upgrade_settings[0].undrainable_node_behavior",
      ],
      prevent_destroy: true,
    });
    for (const type of ["role_assignments", "role_definition", "virtual_network"]) {
      expect(lookupsIn(json, `azurerm_${type}`)).toEqual([]);
    }
    expect(nested(json)).toContain("azurerm_virtual_network");
    // The same sentences, with facts from elsewhere.
    const sentences = (of: ClusterJson) =>
      messagesIn(of).map((text) => text.replace(/\$\{[^}]*\}/g, "…"));
    expect(sentences(json)).toEqual(expect.arrayContaining(sentences(clusterJson(PEOPLE))));
    for (const { data = {} } of Object.values(json.check!)) {
      expect(Object.keys(data).length).toBeLessThan(2);
    }
  });

  test("off: nothing is read and nothing is said", () => {
    const json = clusterJson({ ...PEOPLE, preflight: every(PreflightMode.OFF) });
    expect(lifecycleIn(json)).toEqual({
      ignore_changes: [
        "kubelet_identity",
        "upgrade_override",
        "default_node_pool[0].node_count",
        "default_node_pool[0].upgrade_settings[0].drain_timeout_in_minutes",
        "default_node_pool[0].upgrade_settings[0].undrainable_node_behavior",
      ],
      prevent_destroy: true,
    });
    expect([json.check, json.locals]).toEqual([undefined, undefined]);
    expect(Object.keys(json.data!).sort()).toEqual([
      "azurerm_client_config",
      "azurerm_user_assigned_identity",
    ]);
  });

  test("are decided by group: a scope of both is read once", () => {
    const json = clusterJson({ ...PEOPLE, preflight: { peopleGrants: PreflightMode.WARN } });
    const enforced = enforcedIn(json);
    expect(enforced.join()).toContain('"small-cp-mi" lacks');
    expect(enforced.join()).not.toContain('"platform-engineers" lacks');
    const { data, assert } = json.check!["cluster_grants-on-subnet-network-rg-vnet-nodes"]!;
    expect(data).toBeUndefined();
    expect(assert.map((one) => one.error_message)).toEqual([
      expect.stringContaining('The group "platform-engineers" lacks'),
    ]);
    // Its own identity as a scope is of no interest to the control plane.
    expect(json.check!["cluster_grants-on-identity-control_plane"]!.data).toBeDefined();
  });
});

describe("what is given by its id", () => {
  test("is not read in the mode enforce", () => {
    const json = clusterJson(BY_ID);
    const text = JSON.stringify([json.data, json.locals, json.check]);
    expect(text).not.toContain("hub");
    expect(messagesIn(json).join()).toContain("small-kubelet-mi");
    expect(messagesIn(json).join()).not.toMatch(/"hub"|azmk8s/);
  });

  test("is read in check blocks in the mode warn, where it is", () => {
    const json = clusterJson({ ...BY_ID, preflight: every(PreflightMode.WARN) });
    const lookups = Object.values(json.check!).flatMap(({ data = {} }) =>
      Object.entries(data).flatMap(([type, found]) =>
        Object.values(found).map((config) => ({ type, ...config })),
      ),
    );
    const place = {
      resource_group_name: "hub-rg",
      provider: `azurerm.subscription-${OTHER_SUBSCRIPTION}`,
    };
    expect(lookups).toEqual(
      expect.arrayContaining([
        { type: "azurerm_virtual_network", name: "hub", ...place },
        { type: "azurerm_subnet", name: "nodes", virtual_network_name: "hub", ...place },
        {
          type: "azurerm_role_assignments",
          scope: `${idOf("Microsoft.Network/virtualNetworks", "hub")}/subnets/nodes`,
        },
      ]),
    );
  });

  test("as a network that only Terraform knows, is not read in any mode", () => {
    const id = Lazy.stringValue({ produce: () => "${var.network}" });
    const virtualNetwork = ResourceReference.byId(id, "hub");
    const spec = { ...SMALL, network: { ...SMALL.network, virtualNetwork } };
    const json = clusterJson({ ...spec, preflight: every(PreflightMode.WARN) });
    expect(Object.keys(json.check!)).not.toContain("cluster_network");
    expect(nested(json)).not.toContain("azurerm_virtual_network");
  });

  test("as the control plane identity, is not read either", () => {
    const id = idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "small-cp-mi");
    const [principalId, clientId] = ["6", "7"].map(
      (digit) => `66666666-6666-4666-8666-66666666666${digit}`,
    ) as [string, string];
    const spec: ClusterSpec = {
      ...PEOPLE,
      identities: {
        resourceGroup: { name: "hub-rg" },
        controlPlane: { existing: true, ids: { id, principalId, clientId } },
      },
    };
    const OPERATES = '"platform-engineers" lacks the role "Managed Identity Operator" on the ';
    const enforced = messagesIn(clusterJson(spec)).join();
    expect(enforced).toContain(`${OPERATES}kubelet identity`);
    expect(enforced).not.toContain(`${OPERATES}control plane identity`);
    const warned = clusterJson({ ...spec, preflight: every(PreflightMode.WARN) });
    expect(messagesIn(warned).join()).toContain(`${OPERATES}control plane identity`);
  });

  test("as the kubelet identity, is not read either", () => {
    const ids = {
      id: idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "small-kubelet-mi"),
      principalId: "66666666-6666-4666-8666-666666666661",
      clientId: "77777777-7777-4777-8777-777777777771",
    };
    const spec: ClusterSpec = {
      ...SMALL,
      identities: { resourceGroup: { name: "hub-rg" }, kubelet: { existing: true, ids } },
    };
    const json = clusterJson(spec);
    expect(messagesIn(json).join()).not.toMatch(
      /lacks the role "Managed Identity Operator|"small-kubelet-mi" bel/,
    );
    expect(messagesIn(json).join()).toMatch(/"small-cp-mi" belongs to the tenant/);
    expect(
      messagesIn(clusterJson({ ...spec, preflight: every(PreflightMode.WARN) })).join(),
    ).toContain('lacks the role "Managed Identity Operator" on the kubelet identity');
  });
});

describe("rows", () => {
  test("of people without an object id are left out", () => {
    const text = messagesIn(clusterJson(PEOPLE)).join();
    expect(text).toContain('The group "platform-engineers" lacks');
    expect(text).not.toContain("nobody knows");
  });

  test("with a custom role of the project are found by the GUID that the other stacks give it", () => {
    const spec: ClusterSpec = { ...SMALL, permissions: { roleSet: RoleSet.minimal() } };
    const guids = clusterJson(spec).locals!["cluster_role-guids"] as { [name: string]: string };
    const made = stackJson(spec, "network-permissions").resource!.azurerm_role_definition!;
    const join = Object.values(made).find(({ name }) => guids[String(name)] !== undefined);
    expect(guids["AKS Subnet Join (small, network-rg)"]).toMatch(/^\$\{uuidv5\(".*\|?role.*\)\}$/);
    expect(join).toBeDefined();
  });

  test("with a custom role that exists are taken, in the mode warn, by any role that is not known", () => {
    const spec: ClusterSpec = {
      ...SMALL,
      permissions: { roleSet: RoleSet.minimal({ subnetJoin: "Join" }) },
    };
    const conditions = Object.values(
      clusterJson({ ...spec, preflight: every(PreflightMode.WARN) }).check ?? {},
    ).flatMap(({ assert }) => assert);
    const lenient = conditions.filter(({ condition }) => condition.includes("[0-9a-f-]{36}"));
    expect(lenient.map((one) => one.error_message)).toEqual([
      expect.stringContaining('lacks the role "Join" on the subnet "nodes"'),
      expect.stringContaining("no role assignment like AKS Subnet Join"),
    ]);
    expect(JSON.stringify(clusterJson(spec).locals)).not.toContain("[0-9a-f-]{36}");
  });

  test("need data actions of other roles only if there are any", () => {
    const dataLocals = (spec: ClusterSpec) =>
      Object.keys(clusterJson(spec).locals!).filter((name) => name.includes("data-actions"));
    expect(dataLocals(SMALL)).toEqual([]);
    const kubernetes = [{ principal: DEPLOYERS, role: KubernetesRole.READER }];
    expect(dataLocals({ ...SMALL, access: { kubernetes } })).not.toEqual([]);
  });

  test("of custom grants say what they are for", () => {
    const texts = messagesIn(clusterJson({ ...granting(RECORDS), access: PEOPLE.access }));
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^The group "platform-engineers" lacks the role "DNS Zone Contributor" on the .*"example\.org", which it needs for external DNS \(It writes records into the zone\): the NOC has to deploy the stack small-network-permissions\.$/,
      ),
    );
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^The control plane identity "small-cp-mi" lacks the role .* which it needs because the control plane .*[^.]: the /,
      ),
    );
  });

  test("say names as they are, whatever Terraform would make of them", () => {
    const spec: ClusterSpec = {
      ...SMALL,
      access: {
        deployers: [Principal.group("a ${b} %{c}", DEPLOYERS.objectId)],
      },
    };
    const json = JSON.parse(Testing.synth(stacksOf(spec).cluster)) as ClusterJson;
    expect(messagesIn(json).join()).toContain('The group "a $${b} %%{c}" lacks');
  });

  test("may have what only Terraform knows", () => {
    const app = Testing.app();
    const stack = new ClusterStack(app, "small-cluster", {
      plan: new ClusterPlan({
        ...PEOPLE,
        location: Lazy.stringValue({ produce: () => "${var.location}" }),
        access: {
          deployers: [
            Principal.group("deployers", Lazy.stringValue({ produce: () => "${var.deployers}" })),
          ],
        },
      }),
    });
    const json = JSON.parse(Testing.synth(stack)) as ClusterJson;
    expect(json.locals!.cluster_facts).toMatchObject({
      region: { location: "${var.location}" },
      "Group deployers": { principal_id: "${var.deployers}" },
    });
    expect(messagesIn(json).join()).toContain(
      'is to be in ${local.cluster_facts["region"].location}:',
    );
    expect(JSON.stringify(json.locals)).toContain(
      JSON.stringify('lower(local.cluster_facts["Group deployers"].principal_id)').slice(1, -1),
    );
  });

  test("are satisfied by wider roles, and not by roles that only sound alike", () => {
    const spec = resolveSpec({
      ...specOf("every-feature"),
      permissions: undefined,
    });
    const plan = new ClusterPlan({ ...specOf("every-feature"), permissions: undefined })._grants;
    const known = knownRoles(plan, spec);
    const rolesFor = (role: string, kind: string) =>
      plan
        .filter((grant) => grant.role.name === role && grant.scope.kind === kind)
        .map((grant) => {
          const needed = neededOf(grant);
          const kinds = ["actions", "dataActions"] as const;
          const given = kinds.map((kind) => operationsByRole(kind, [grant], known));
          const givesAll = (role: string) =>
            kinds.every((kind, index) =>
              needed[kind].every((one) => given[index]![role]?.includes(one)),
            );
          return known
            .map(({ name }) => name)
            .filter(givesAll)
            .sort();
        })[0];
    const READS = [
      "Log Analytics Reader",
      "Monitoring Contributor",
      "Monitoring Reader",
      "Owner",
      "Reader",
      "Role Based Access Control Administrator",
      "User Access Administrator",
    ];
    // Reader allows every action that ends with /read, and pulling is one in the mode classic.
    expect(rolesFor("AcrPull", "registry")).toEqual([
      "AcrPull",
      "AcrPush",
      "Container Registry Data Importer and Data Reader",
      "Contributor",
      "Log Analytics Contributor",
      ...READS,
    ]);
    expect(rolesFor("Container Registry Repository Reader", "registry")).toEqual([
      "Container Registry Data Importer and Data Reader",
      "Container Registry Repository Contributor",
      "Container Registry Repository Reader",
      "Container Registry Repository Writer",
    ]);
    expect(rolesFor("Azure Kubernetes Service RBAC Cluster Admin", "resourceGroup")).toEqual([
      "Azure Kubernetes Service RBAC Cluster Admin",
    ]);
    expect(rolesFor("Azure Kubernetes Service RBAC Writer", "resourceGroup")).toEqual([
      "Azure Kubernetes Service RBAC Admin",
      "Azure Kubernetes Service RBAC Cluster Admin",
      "Azure Kubernetes Service RBAC Writer",
    ]);
    expect(rolesFor("Reader", "diskEncryptionSet")).toEqual([
      "Azure Kubernetes Service Policy Add-on Deployment",
      "Contributor",
      "Log Analytics Contributor",
      ...READS,
    ]);
  });
});

describe("all in one stack", () => {
  const inOneStack = (withGrants: boolean) => {
    const stack = new TeamStack(Testing.app(), "all");
    const identities = new ClusterIdentities(stack, "identities", { plan: new ClusterPlan(SMALL) });
    const grants = [
      ...new TeamPermissions(stack, "grants", {
        plan: new ClusterPlan(SMALL),
        team: GrantingTeam.IDENTITY,
        identities,
      }).grants,
      ...new TeamPermissions(stack, "network", {
        team: GrantingTeam.NETWORK,
        plan: new ClusterPlan(SMALL),
        identities,
      }).grants,
    ];
    new HardenedCluster(stack, "small", {
      plan: new ClusterPlan(SMALL),
      identities,
      virtualNetwork: VirtualNetwork._fromReference(stack, "vnet", SMALL.network.virtualNetwork),
      ...(withGrants ? { grants } : {}),
    });
    return render(stack) as ClusterJson;
  };

  test("the cluster waits for its grants, and no check looks for them before", () => {
    const json = inOneStack(true);
    const assignments = Object.keys(json.resource!.azurerm_role_assignment!);
    expect(assignments).toHaveLength(new ClusterPlan(SMALL)._grants.length);
    expect((clusterIn(json).depends_on as string[]).sort()).toEqual(
      assignments.map((name) => `azurerm_role_assignment.${name}`).sort(),
    );
    expect(lookupsIn(json, "azurerm_role_assignments")).toEqual([]);
    expect(messagesIn(json).join()).toContain('The subnet "nodes"');
  });

  const around = (change: (stack: TeamStack) => Partial<HardenedClusterProps>) => {
    const stack = new TeamStack(Testing.app(), "all");
    const kubernetes = [{ principal: DEPLOYERS, role: KubernetesRole.READER }];
    const plan = new ClusterPlan({ ...SMALL, access: { kubernetes } });
    new HardenedCluster(stack, "small", {
      plan,
      identities: ClusterIdentities.fromPlan(stack, "ids", plan),
      virtualNetwork: VirtualNetwork._fromReference(stack, "vnet", SMALL.network.virtualNetwork),
      ...change(stack),
    });
    return render(stack) as ClusterJson;
  };

  test("nothing can be granted before on a resource group that is made there", () => {
    const READS = 'lacks the role "Azure Kubernetes Service RBAC Reader" on the resource group';
    expect(messagesIn(around(() => ({}))).join()).toContain(READS);
    const made = around((stack) => {
      const group = new ResourceGroup(stack, "group", {
        name: "cluster-rg",
        location: "westeurope",
      });
      return { resourceGroupName: group.name };
    });
    expect(messagesIn(made).join()).not.toContain(READS);
    expect(messagesIn(made).join()).toContain('lacks the role "Network Contributor" on the subnet');
  });

  test("a network that a program gives by its id is not looked at", () => {
    const SUBNET = "subnet nodes";
    const NETWORK = "virtual network";
    const factsOf = (json: ClusterJson) => Object.keys(json.locals!.small_facts as object);
    expect(factsOf(around(() => ({})))).toEqual(expect.arrayContaining([SUBNET, NETWORK]));
    const id = ResourceReference.byId(
      idOf("Microsoft.Network/virtualNetworks", "vnet").replace("hub-rg", "network-rg"),
    );
    const json = around((stack) => ({
      virtualNetwork: VirtualNetwork._fromReference(stack, "other", id),
    }));
    expect(factsOf(json)).not.toContain(SUBNET);
    expect(factsOf(json)).not.toContain(NETWORK);
    expect(messagesIn(json).join()).not.toMatch(/The virtual network|has no route table/);
  });

  test("new identities cannot have rights before", () => {
    const json = inOneStack(false);
    expect(clusterIn(json).depends_on).toBeUndefined();
    expect(lookupsIn(json, "azurerm_role_assignments")).toEqual([]);
  });
});

describe("role assignments", () => {
  test.each([
    ["builtIn", RoleSet.builtIn()],
    ["minimal", RoleSet.minimal()],
  ])("of the role set %s wait for identities, lookups and roles alone", (_, roleSet) => {
    const spec = { ...specOf("every-feature"), permissions: { roleSet } };
    for (const role of ["identities", "network-permissions"] as const) {
      const { resource = {} } = stackJson(spec, role);
      const assignments = Object.values(resource.azurerm_role_assignment!);
      expect(assignments).not.toHaveLength(0);
      expect(assignments.filter(({ depends_on: depends }) => depends !== undefined)).toEqual([]);
      const text = JSON.stringify(assignments);
      const managed = [...text.matchAll(/(?<!data\.)\bazurerm_[a-z_]+(?=\.)/g)].map(
        ([type]) => type,
      );
      expect(new Set([...managed, ...ALLOWED])).toEqual(new Set(ALLOWED));
      const definitions = resource.azurerm_role_definition ?? {};
      expect(JSON.stringify(definitions)).not.toContain("azurerm_role_assignment");
    }
  });

  const ALLOWED = [
    "azurerm_resource_group",
    "azurerm_role_definition",
    "azurerm_user_assigned_identity",
  ];
});

describe("docs/troubleshooting.md", () => {
  const codes = FAILURES.flatMap(({ rules = [] }) => rules);
  const checks = FAILURES.flatMap(({ preflight = [] }) => preflight);

  test("is the page of the table", () => {
    expect(textOf("docs", "troubleshooting.md")).toBe(troubleshootingPage());
  });

  test("names existing codes", () => {
    expect(codes).not.toHaveLength(0);
    expect(ALL_RULES.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
  });

  test("names every preflight check, and no other", () => {
    expect([...new Set(checks)].sort()).toEqual(Object.keys(PREFLIGHT_CHECKS).sort());
  });

  test("says of everything what it is, why, and who does what", () => {
    expect(FAILURES.length).toBeGreaterThanOrEqual(37);
    for (const { messages, cause, remedy } of FAILURES) {
      expect(messages).not.toHaveLength(0);
      expect([cause, remedy]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    }
  });
});
