// Workloads: the stacks after the cluster, the rows of the grant plan, and what the review says of them.
import { TerraformStack, Testing } from "cdktf";
import { loadConfiguration } from "../../app/config/load";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  FleetPlan,
  FleetStacks,
  GrantingTeam,
  GrantPrincipal,
  GrantScope,
  IdentityIds,
  KubernetesRole,
  ResourceReference,
  Role,
  RoleSet,
  StandaloneCluster,
  TeamStack,
  WorkloadSpec,
} from "../../lib";
import { credentialsOf } from "../../lib/access/credentials";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { DEPLOYERS, SMALL, once, planOf, render, resources, stacksOf } from "../scenarios";
import { RECORDS } from "./extension-rules";
import { SECRETS, SHOP, issuerUrl, working } from "./workload-rules";

const CREDENTIAL = "azurerm_federated_identity_credential";
const IDENTITY = "azurerm_user_assigned_identity";
const ASSIGNMENT = "azurerm_role_assignment";
const CHECKS = "azurerm_role_assignments";

const DATA = once(() => loadConfiguration("__tests__/workloads.yaml").spec);
const ZONE = {
  actions: ["Microsoft.Network/dnsZones/A/read"],
  resourceType: "Microsoft.Network/dnsZones",
  scope: ResourceReference.byName({ name: "example.com", resourceGroup: "dns-rg" }),
  why: "The shop reads its records.",
};
const BOTH = working({ ...SHOP, rights: [SECRETS, ZONE] });
const rowsOf = (spec: ClusterSpec) =>
  planOf(spec)
    ._grants.filter(({ _isAfter }) => _isAfter)
    .map((grant) => [grant.principal.name, grant.role.name, grant.scope.name, grant._stackIn("c")]);
const named = ({ all }: ClusterStacks) => all.map(({ node }) => node.id);
const jsonOf = (stack: TerraformStack | undefined) => render(stack!);

describe("the rows of workloads", () => {
  const yaml = [
    ["haks-shop-mi", "AKS Workload f091987d", "example.com", "c-workloads-network"],
    ["haks-shop-mi", "Key Vault Secrets User", "shop-kv", "c-workloads"],
    ["haks-shop-mi", "Storage Blob Data Reader", "shopdata", "c-workloads"],
    ["mail-mi", "Key Vault Secrets User", "mail-kv", "c-workloads"],
  ];
  const sorted = (rows: string[][]) => [...rows].sort((a, b) => (a.join() < b.join() ? -1 : 1));

  test.each([
    ["built-in roles", RoleSet.builtIn()],
    ["minimal roles", RoleSet.minimal()],
  ])("are the same with %s, and in no other stack", (_, roleSet) => {
    const spec = { ...DATA(), permissions: { roleSet } };
    expect(sorted(rowsOf(spec))).toEqual(sorted(yaml));
    const { identities, networkPermissions, cluster, workloads, workloadsNetwork } = stacksOf(spec);
    for (const stack of [identities, networkPermissions, cluster]) {
      expect(Object.keys(resources(stack, ASSIGNMENT)).join()).not.toContain("workload-");
    }
    expect(Object.keys(resources(workloads, ASSIGNMENT))).toHaveLength(3);
    expect(Object.keys(resources(workloadsNetwork, ASSIGNMENT))).toHaveLength(1);
  });

  test("are granted by the owner of the resource, unless the description names a team", () => {
    const teams = (more: Partial<ClusterSpec>, grantedBy?: GrantingTeam) =>
      planOf({ ...working({ ...SHOP, rights: [{ ...ZONE, grantedBy }] }), ...more })
        ._grants.filter(({ _isAfter }) => _isAfter)
        .map(({ team }) => team);
    const byKind = { permissions: { grantedBy: { keyVault: GrantingTeam.NETWORK } } };
    expect(teams({})).toEqual(["network"]);
    expect(teams({}, GrantingTeam.IDENTITY)).toEqual(["identity"]);
    expect(
      planOf({ ...working({ ...SHOP, rights: [SECRETS] }), ...byKind })._grantsOf(
        GrantingTeam.NETWORK,
        "workloads",
      ),
    ).toHaveLength(1);
  });

  test("of two workloads with one identity are of one principal, once", () => {
    const rights = [SECRETS];
    const spec = working(
      { ...SHOP, rights },
      {
        name: "worker",
        serviceAccounts: [{ namespaceName: "jobs", name: "worker" }],
        sharesIdentityOf: "shop",
        rights,
      },
    );
    expect(rowsOf(spec)).toEqual([
      ["small-shop-mi", "Key Vault Secrets User", "shop-kv", "c-workloads"],
    ]);
  });

  test("may be additional grants of a program", () => {
    const grant = { ...RECORDS, principal: GrantPrincipal.workload("shop") };
    expect(rowsOf({ ...working(SHOP), permissions: { additionalGrants: [grant] } })).toEqual([
      ["small-shop-mi", "DNS Zone Contributor", "example.org", "c-workloads-network"],
    ]);
  });

  test("on a subnet of the cluster's network are on the subnet that the cluster has", () => {
    const id =
      "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/network-rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes";
    const rights = [{ ...ZONE, resourceType: undefined, scope: ResourceReference.byId(id) }];
    const subnetsOf = (spec: ClusterSpec) =>
      planOf(spec)
        ._grants.filter(({ scope }) => scope.name === "nodes")
        .map(({ scope }) => scope.kind);
    const actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"];
    const spec = working({ ...SHOP, rights: [{ ...rights[0]!, actions }] });
    expect(planOf(spec).findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(new Set(subnetsOf(spec))).toEqual(new Set(["subnet"]));
    expect(subnetsOf(spec)).toHaveLength(subnetsOf(SMALL).length + 1);
  });
});

describe("the cluster before", () => {
  const before = working({ ...SHOP, rights: [SECRETS] });

  test("keeps no right of a workload that is gone, but one of the cluster", () => {
    const network = { ...SMALL.network, nodeSubnet: "other" };
    const { _grants: grants } = planOf({ ...working(), network, previous: before });
    const kept = grants.filter(({ kept: isKept }) => isKept);
    expect(kept.map(({ scope }) => scope.name)).toContain("nodes");
    expect(kept.filter(({ _isAfter }) => _isAfter)).toEqual([]);
  });

  describe("keeps a right of a workload", () => {
    const keptWith = (...workloads: WorkloadSpec[]) =>
      planOf({ ...working(...workloads), previous: before })
        ._grants.filter(({ kept: isKept }) => isKept)
        .map(({ principal, scope, team }) => `${team} ${principal.name} ${scope.name}`);

    test.each<[string, WorkloadSpec]>([
      ["that loses it", SHOP],
      ["that gets it elsewhere", { ...SHOP, rights: [ZONE] }],
      [
        "that has another name and the same identity",
        {
          ...SHOP,
          name: "store",
          identity: { name: "small-shop-mi" },
        },
      ],
    ])("%s", (_, workload) => {
      expect(keptWith(workload)).toEqual(["identity small-shop-mi shop-kv"]);
    });

    test.each<[string, WorkloadSpec[]]>([
      ["has it still", [{ ...SHOP, rights: [SECRETS] }]],
      ["has another identity", [{ ...SHOP, identity: { name: "other-mi" } }]],
      ["is gone", []],
    ])("but not of one that %s", (_, workloads) => {
      expect(keptWith(...workloads)).toEqual([]);
    });

    test("in the stack of the workloads, for the identity that the stack creates", () => {
      const { workloads } = stacksOf({ ...working(SHOP), previous: before });
      const address = "workload-shop_key-vault-secrets-user_key-vault-shop-rg-shop-kv";
      const [kept, had] = [workloads, stacksOf(before).workloads].map(
        (stack) => resources(stack, ASSIGNMENT)[address],
      );
      expect(kept).toEqual(had);
      expect(kept).toBeDefined();
    });

    test("of the NOC as well", () => {
      const shop = { ...SHOP, rights: [ZONE] };
      const { workloadsNetwork } = stacksOf({ ...working(SHOP), previous: working(shop) });
      expect(Object.keys(resources(workloadsNetwork, ASSIGNMENT))).toHaveLength(1);
      expect(named(stacksOf(working(SHOP)))).not.toContain("small-workloads-network");
    });
  });

  test("hands rights of workloads over to another team", () => {
    const grantedBy = { keyVault: GrantingTeam.NETWORK };
    const spec = { ...before, permissions: { grantedBy }, previous: before };
    const { workloads, workloadsNetwork } = stacksOf(spec);
    const address =
      "azurerm_role_assignment.workload-shop_key-vault-secrets-user_key-vault-shop-rg-shop-kv";
    expect(jsonOf(workloadsNetwork).import?.map(({ to }) => to)).toEqual([address]);
    expect(jsonOf(workloads).removed?.map(({ from }) => from)).toContain(address);
  });
});

test("the preflight has nothing to say of rights that come after it", () => {
  const scope = ResourceReference.byId(
    "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/shop-rg/providers/Microsoft.KeyVault/vaults/shop-kv",
  );
  const vault = GrantScope.resource("Microsoft.KeyVault/vaults", scope);
  const role = Role.builtIn("Key Vault Reader", "21090545-7ca7-4776-b22c-e363652d74d2");
  const paths = (principal: GrantPrincipal) => {
    const grant = { ...RECORDS, team: GrantingTeam.IDENTITY, scope: vault, role, principal };
    return planOf({ ...working(SHOP), permissions: { additionalGrants: [grant] } })
      .findings.filter(({ code }) => code === "HAKS-PRE-002")
      .map(({ path }) => path);
  };
  expect(paths(GrantPrincipal.workload("shop"))).toEqual([]);
  expect(paths(GrantPrincipal.controlPlane())).toEqual(["permissions.additionalGrants.0.scope.id"]);
});

describe("the stacks", () => {
  test("are five with rights of both teams, four with those of one, and three without workloads", () => {
    const three = ["small-identities", "small-network-permissions", "small-cluster"];
    expect(named(stacksOf(SMALL))).toEqual(three);
    expect(named(stacksOf(working()))).toEqual(three);
    expect(named(stacksOf(working(SHOP)))).toEqual([...three, "small-workloads"]);
    expect(named(stacksOf(BOTH))).toEqual([...three, "small-workloads", "small-workloads-network"]);
  });

  test("before the workloads are the same without workloads", () => {
    const [before, after] = [stacksOf(working()), stacksOf(BOTH)];
    for (const key of ["identities", "networkPermissions", "cluster"] as const) {
      expect(jsonOf(after[key])).toEqual(jsonOf(before[key]));
    }
    expect(jsonOf(before.cluster).data?.[CHECKS]).toBeDefined();
  });

  test("are deployed one after the other", () => {
    const { all } = stacksOf(BOTH);
    all.slice(1).forEach((stack, index) => {
      expect(stack.dependencies.map(({ node }) => node.id)).toContain(all[index]!.node.id);
    });
  });

  test("hold an identity that stays, and a credential for each service account", () => {
    const { workloads } = stacksOf(DATA());
    expect(resources(workloads, IDENTITY)).toEqual({
      shop: {
        name: "haks-shop-mi",
        location: "westeurope",
        resource_group_name: "hardenedaks",
        lifecycle: { prevent_destroy: true },
      },
    });
    const credentials = resources(workloads, CREDENTIAL);
    expect(Object.keys(credentials)).toHaveLength(3);
    expect(credentials).toMatchObject({
      cluster_web_shop: {
        name: "haks_cluster_web_shop",
        resource_group_name: "hardenedaks",
        parent_id: "${azurerm_user_assigned_identity.shop.id}",
        issuer: "${var.oidc_issuer_url}",
        subject: "system:serviceaccount:web:shop",
        audience: ["api://AzureADTokenExchange"],
      },
      cluster_jobs_worker: {
        parent_id: "${azurerm_user_assigned_identity.shop.id}",
        subject: "system:serviceaccount:jobs:worker",
      },
      cluster_mail_mail: {
        parent_id: "${data.azurerm_user_assigned_identity.mail.id}",
        resource_group_name: "mail-rg",
      },
    });
    expect(jsonOf(workloads).output).toMatchObject({
      workload_shop_client_id: {
        value: "${azurerm_user_assigned_identity.shop.client_id}",
      },
      workload_mail_client_id: {
        value: "${data.azurerm_user_assigned_identity.mail.client_id}",
      },
    });
  });

  test("forget an identity that exists, and never destroy it", () => {
    const { removed = [] } = jsonOf(stacksOf(DATA()).workloads);
    expect(removed).toContainEqual({
      from: "azurerm_user_assigned_identity.mail",
      lifecycle: { destroy: false },
    });
    expect(removed.map(({ from }) => from)).not.toContain("azurerm_user_assigned_identity.shop");
  });

  test("keep the address of an identity that gets another name, so that Terraform refuses it", () => {
    const renamed = working({ ...SHOP, identity: { name: "another-mi" }, rights: [SECRETS] });
    const addresses = (spec: ClusterSpec) => [
      Object.keys(resources(stacksOf(spec).workloads, IDENTITY)),
      Object.keys(resources(stacksOf(spec).workloads, ASSIGNMENT)),
    ];
    expect(addresses(renamed)).toEqual(addresses(working({ ...SHOP, rights: [SECRETS] })));
  });

  test("have a credential for each of several issuers; one without a URL is a variable", () => {
    const oidcIssuers = [{ name: "blue", url: issuerUrl(1) }, { name: "green-2" }];
    const { workloads } = stacksOf({ ...working(SHOP), oidcIssuers });
    const issuers = Object.entries(resources(workloads, CREDENTIAL)).map(([name, { issuer }]) => [
      name,
      issuer,
    ]);
    expect(issuers).toEqual([
      ["blue_web_shop", issuerUrl(1)],
      ["green-2_web_shop", "${var.oidc_issuer_url_green_2}"],
    ]);
    // One that is added changes nothing of the others.
    const [before, after] = [[oidcIssuers[0]!], oidcIssuers].map((some) =>
      resources(stacksOf({ ...working(SHOP), oidcIssuers: some }).workloads, CREDENTIAL),
    );
    expect(after).toMatchObject(before!);
    const { variable } = jsonOf(workloads) as { variable?: object };
    expect(Object.keys(variable ?? {})).toEqual(["oidc_issuer_url_green_2"]);
    expect(variable).toMatchObject({
      oidc_issuer_url_green_2: { type: "string", nullable: false },
    });
  });

  test("of the NOC look an identity up, unless its ids are given", () => {
    const ids: IdentityIds = {
      id: "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/small-shop-mi",
      principalId: "88888888-8888-4888-8888-888888888881",
      clientId: "88888888-8888-4888-8888-888888888882",
    };
    const spec = (identity: object): ClusterSpec => ({
      ...working({ ...SHOP, identity, rights: [ZONE] }),
      subscriptionId: "11111111-1111-4111-8111-111111111111",
    });
    const looked = jsonOf(stacksOf(spec({})).workloadsNetwork);
    expect(Object.keys(looked.data?.[IDENTITY] ?? {})).toHaveLength(1);
    const given = stacksOf(spec({ ids, subscriptionId: undefined })).workloadsNetwork;
    expect(jsonOf(given).data?.[IDENTITY]).toBeUndefined();
    expect(Object.values(resources(given, ASSIGNMENT))[0]).toMatchObject({
      principal_id: ids.principalId,
    });
  });

  test("hold no right that is not in the grant plan", () => {
    const { workloads } = stacksOf(working(SHOP));
    expect(() => render(workloads!)).not.toThrow();
    workloads!.addOverride("resource.azurerm_role_assignment.more", { scope: "x" });
    expect(() => render(workloads!)).toThrow("more is not in the grant plan");
    const other = stacksOf(working({ ...SHOP, name: "other" })).workloads!;
    expect(() => render(other)).not.toThrow();
    other.addOverride(`resource.${CREDENTIAL}.more`, { subject: "system:serviceaccount:a:b" });
    expect(() => render(other)).toThrow(`${CREDENTIAL}.more lets something else`);
  });

  test("of a cluster that may be alone take the issuer from it", () => {
    const stack = new TeamStack(Testing.app(), "alone");
    new StandaloneCluster(stack, "the cluster", { plan: new ClusterPlan(BOTH) });
    const json = jsonOf(stack);
    const [credential] = Object.values(json.resource?.[CREDENTIAL] ?? {});
    expect(credential?.issuer).toMatch(
      /^\$\{azurerm_kubernetes_cluster\.[\w-]+\.oidc_issuer_url\}$/,
    );
    expect(json).not.toHaveProperty("variable");
    const rows = Object.keys(json.resource?.[ASSIGNMENT] ?? {});
    expect(rows.filter((name) => name.startsWith("workload-"))).toHaveLength(2);
  });
});

describe("the name of a credential", () => {
  const namesOf = (...accounts: [string, string][]) =>
    credentialsOf(
      resolveSpec(
        working({
          ...SHOP,
          serviceAccounts: accounts.map(([namespaceName, name]) => ({ namespaceName, name })),
        }),
      ).workloads[0]!,
      resolveSpec(
        working({
          ...SHOP,
          serviceAccounts: accounts.map(([namespaceName, name]) => ({ namespaceName, name })),
        }),
      ),
    ).map(({ name }) => name);

  test("is one that Azure accepts, and of one account alone", () => {
    const long = "a".repeat(200);
    const names = namesOf(
      ["a-b", "c"],
      ["a", "b-c"],
      ["a", "b.c"],
      ["a", `${long}1`],
      ["a", `${long}2`],
    );
    expect(new Set(names).size).toBe(5);
    for (const name of names) {
      expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
    }
  });
});

describe("the review", () => {
  const using = (role: KubernetesRole): ClusterSpec => ({
    ...working({ ...SHOP, rights: [SECRETS] }),
    access: { kubernetes: [{ principal: DEPLOYERS, role }] },
  });
  const actingAs = (spec: ClusterSpec) =>
    planOf(spec)
      .review()
      .effectiveRights.filter(
        ({ principal, via }) => principal === DEPLOYERS.name && via.length > 0,
      )
      .map(({ via, role }) => [...via, role].join(" > "));

  test.each([KubernetesRole.CLUSTER_ADMIN, KubernetesRole.ADMIN, KubernetesRole.WRITER])(
    "says that %s can act as a workload",
    (role) => {
      expect(actingAs(using(role))).toContain("small-shop-mi > Key Vault Secrets User");
    },
  );

  test.each([KubernetesRole.READER, KubernetesRole.CLUSTER_USER])(
    "says that %s cannot act as a workload",
    (role) => {
      expect(actingAs(using(role))).toEqual([]);
    },
  );

  test("says that a deployer owns an identity beside the cluster", () => {
    const beside = (resourceGroup: string): ClusterSpec => ({
      ...working({ ...SHOP, identity: { resourceGroup }, rights: [SECRETS] }),
      access: { deployers: [DEPLOYERS] },
    });
    const codes = (spec: ClusterSpec) => planOf(spec).findings.map(({ code }) => code);
    expect(actingAs(beside("cluster-rg"))).toContain("small-shop-mi > Key Vault Secrets User");
    expect(codes(beside("cluster-rg"))).toContain("HAKS-ID-004");
    expect(actingAs(beside("other-rg")).join()).not.toContain("small-shop-mi");
    expect(codes(beside("other-rg"))).not.toContain("HAKS-ID-004");
  });

  test("lists workloads with their accounts and issuers, and what runners of the stacks need", () => {
    const review = planOf(DATA()).review();
    expect(
      review.workloads?.map(({ name, identity, creates }) => [name, identity, creates]),
    ).toEqual([
      ["shop", "haks-shop-mi", true],
      ["worker", "haks-shop-mi", false],
      ["mail", "mail-mi", false],
    ]);
    const runner = review.runners?.find(({ stack }) => stack === "haks-workloads");
    expect(runner?.rights.map(({ role, resourceGroup }) => [role.name, resourceGroup])).toEqual([
      ["Managed Identity Contributor", "hardenedaks"],
      ["Managed Identity Federated Identity Credential Contributor", "mail-rg"],
      ["Role Based Access Control Administrator", "mail-rg"],
      ["Role Based Access Control Administrator", "shop-rg"],
    ]);
    const ofNoc = review.runners?.find(({ stack }) => stack === "haks-workloads-network");
    expect(ofNoc?.rights.map(({ role, resourceGroup }) => [role.name, resourceGroup])).toEqual([
      ["Role Based Access Control Administrator", "dns-rg"],
      ["AKS Role Definitions (dns-rg in 11111111-1111-4111-8111-111111111111)", "dns-rg"],
      ["Reader", "hardenedaks"],
    ]);
    expect(planOf(SMALL).review().workloads).toBeUndefined();
  });
});

test("a fleet makes the custom roles of workloads, and each cluster grants to its identities", () => {
  const member = (name: string): ClusterSpec => ({
    ...BOTH,
    name,
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    identities: { resourceGroup: { name: "identity-rg" } },
  });
  const fleet = new FleetPlan([member("one"), member("two")]);
  const { networkPermissions, clusters } = new FleetStacks(Testing.app(), { fleet });
  expect(Object.keys(resources(networkPermissions, "azurerm_role_definition"))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^workload[0-9a-f]{8}_dns-rg/)]),
  );
  for (const { workloadsNetwork } of clusters) {
    expect(Object.keys(resources(workloadsNetwork, ASSIGNMENT))).toHaveLength(1);
    expect(resources(workloadsNetwork, "azurerm_role_definition")).toEqual({});
  }
});
