// Add-ons with identities of AKS: the rows of the grant plan, the stacks after the cluster, locks, and what the review says.
import { TerraformStack, Testing } from "cdktf";
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { requestFiles } from "../../app/review/documents";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  FleetPlan,
  FleetStacks,
  GrantingTeam,
  NginxController,
  RoleSet,
  StandaloneCluster,
  TeamStack,
} from "../../lib";
import { SMALL, planOf, render, resources, stacksOf } from "../scenarios";
import { ADDED, vault, zone } from "./add-on-rules";
import { SECRETS, SHOP, working } from "./workload-rules";

const ASSIGNMENT = "azurerm_role_assignment";
const IDENTITY = "azurerm_user_assigned_identity";
const LOCK = "azurerm_management_lock";
const ROUTING = "webapprouting-small";
const PROVIDER = "azurekeyvaultsecretsprovider-small";

const jsonOf = (stack: TerraformStack | undefined) => render(stack!);
const named = ({ all }: ClusterStacks) => all.map(({ node }) => node.id);
const rowsOf = (spec: ClusterSpec) =>
  planOf(spec)
    ._grants.filter(({ principal }) => principal.addOn !== undefined)
    .map(({ principal, role, scope, ...grant }) => [
      principal.name,
      role.name,
      scope.name,
      new ClusterPlan(spec)._grants.find(({ address }) => address === grant.address)!._stackIn("c"),
    ]);

const CASES: [string, Partial<ClusterSpec>, string[][]][] = [
  [
    "application routing without zones and vaults",
    { applicationRouting: { controller: NginxController.NONE } },
    [],
  ],
  [
    "application routing with a DNS zone",
    { applicationRouting: { dnsZones: [zone("example.com")] } },
    [[ROUTING, "DNS Zone Contributor", "example.com", "c-add-ons-network"]],
  ],
  [
    "application routing with a private DNS zone",
    { applicationRouting: { privateDnsZones: [zone("internal.example.com")] } },
    [[ROUTING, "Private DNS Zone Contributor", "internal.example.com", "c-add-ons-network"]],
  ],
  [
    "application routing with a key vault",
    { applicationRouting: { keyVaults: [vault("certificates")] } },
    [[ROUTING, "Key Vault Certificate User", "certificates", "c-add-ons"]],
  ],
  ["the service mesh", { serviceMesh: { revisions: ["asm-1-30"] } }, []],
  [
    "the service mesh with a certificate authority",
    {
      serviceMesh: {
        revisions: ["asm-1-30"],
        certificateAuthority: { keyVault: vault("authority") },
      },
    },
    [[PROVIDER, "Key Vault Secrets User", "authority", "c-add-ons"]],
  ],
  ["the Key Vault provider", { keyVaultProvider: {} }, []],
  [
    "the Key Vault provider with vaults",
    { keyVaultProvider: { secretVaults: [vault("secrets")], certificateVaults: [vault("keys")] } },
    [
      [PROVIDER, "Key Vault Certificate User", "keys", "c-add-ons"],
      [PROVIDER, "Key Vault Secrets User", "secrets", "c-add-ons"],
    ],
  ],
  ["locks", { locks: { cluster: true, resourceGroup: true } }, []],
];

describe.each([
  ["built-in roles", RoleSet.builtIn()],
  ["minimal roles", RoleSet.minimal()],
])("with %s", (_, roleSet) => {
  test.each(CASES)("%s has these rows after the cluster, and none before", (_name, more, rows) => {
    const spec = { ...SMALL, ...more, permissions: { roleSet } };
    expect(rowsOf(spec)).toEqual(rows);
    const before = (one: ClusterSpec) =>
      planOf(one)
        ._grants.filter(({ _isAfter }) => !_isAfter)
        .map(({ address }) => address);
    expect(before(spec)).toEqual(before({ ...SMALL, permissions: { roleSet } }));
  });
});

describe("the rows of add-ons", () => {
  test("are none without add-ons", () => {
    expect(rowsOf(SMALL)).toEqual([]);
    expect(rowsOf(ADDED)).toHaveLength(6);
  });

  test("are granted by the team that the description names for the kind", () => {
    const permissions = { grantedBy: { keyVault: GrantingTeam.NETWORK } };
    const spec = { ...SMALL, keyVaultProvider: { secretVaults: [vault("secrets")] }, permissions };
    expect(rowsOf(spec)).toEqual([
      [PROVIDER, "Key Vault Secrets User", "secrets", "c-add-ons-network"],
    ]);
    expect(named(stacksOf(spec)).slice(3)).toEqual(["small-add-ons-network"]);
  });

  test("are one for a vault that two features need", () => {
    const spec = { ...ADDED, keyVaultProvider: { secretVaults: [vault("authority")] } };
    const [row, ...more] = planOf(spec)._grants.filter(({ scope }) => scope.name === "authority");
    expect(row?.reasons.map(({ feature }) => feature)).toEqual([
      "service mesh with a certificate authority",
      "Key Vault provider with secrets",
    ]);
    expect(more).toEqual([]);
  });

  test("are not kept for a cluster that moves", () => {
    const moved = { ...SMALL, network: { ...SMALL.network, nodeSubnet: "other" } };
    const { _grants: grants } = planOf({ ...moved, previous: ADDED });
    expect(grants.filter(({ kept }) => kept).map(({ scope }) => scope.name)).toContain("nodes");
    expect(grants.filter(({ principal }) => principal.addOn)).toEqual([]);
  });

  test("are handed over from one team to the other", () => {
    const grantedBy = { dnsZone: GrantingTeam.IDENTITY, privateDnsZone: GrantingTeam.IDENTITY };
    const stacks = stacksOf({ ...ADDED, permissions: { grantedBy }, previous: ADDED });
    const [taken] = (jsonOf(stacks.addOns).import ?? []).filter(({ to }) =>
      to.includes("dns-zones"),
    );
    expect(taken?.to).toMatch(
      /^azurerm_role_assignment\.add-on-webapprouting_dns-zone-contributor_/,
    );
    // The stack of the NOC stays, to forget what it granted.
    expect(jsonOf(stacks.addOnsNetwork).removed?.map(({ from }) => from)).toContain(taken?.to);
    expect(resources(stacks.addOnsNetwork, ASSIGNMENT)).toEqual({});
  });
});

describe("the stacks", () => {
  const three = ["small-identities", "small-network-permissions", "small-cluster"];

  test("of add-ons come after the cluster, and exist only where there is something to grant or to lock", () => {
    const of = (more: Partial<ClusterSpec>) => named(stacksOf({ ...SMALL, ...more })).slice(3);
    expect(of({})).toEqual([]);
    expect(of({ applicationRouting: {} })).toEqual([]);
    expect(of({ applicationRouting: { dnsZones: [zone("example.com")] } })).toEqual([
      "small-add-ons-network",
    ]);
    expect(of({ locks: {} })).toEqual(["small-add-ons"]);
    expect(named(stacksOf(ADDED))).toEqual([...three, "small-add-ons", "small-add-ons-network"]);
    expect(named(stacksOf({ ...ADDED, ...workloads() })).slice(3)).toEqual([
      "small-workloads",
      "small-add-ons",
      "small-add-ons-network",
    ]);
  });

  test("wait for the cluster, and not for those of workloads", () => {
    const {
      cluster,
      workloads: late,
      addOns,
      addOnsNetwork,
    } = stacksOf({ ...ADDED, ...workloads() });
    expect(addOns?.dependencies).toEqual([cluster]);
    expect(addOnsNetwork?.dependencies).toEqual([addOns]);
    expect(late?.dependencies).toEqual([cluster]);
  });

  test("before the add-ons hold the same identities and rights as without", () => {
    const [before, after] = [stacksOf(SMALL), stacksOf(ADDED)];
    expect(jsonOf(after.identities)).toEqual(jsonOf(before.identities));
    expect(jsonOf(after.networkPermissions)).toEqual(jsonOf(before.networkPermissions));
    expect(resources(after.cluster, ASSIGNMENT)).toEqual({});
    expect(jsonOf(after.cluster).data).toEqual(jsonOf(before.cluster).data);
  });

  test("find the identities by name in the node resource group, and grant to them", () => {
    const { addOns, addOnsNetwork } = stacksOf({ ...ADDED, nodeResourceGroup: "nodes-rg" });
    const { data } = jsonOf(addOns);
    expect(Object.values(data?.[IDENTITY] ?? {})).toEqual([
      { name: PROVIDER, resource_group_name: "nodes-rg" },
      { name: ROUTING, resource_group_name: "nodes-rg" },
    ]);
    expect(data).not.toHaveProperty("azurerm_kubernetes_cluster");
    const [routing] = Object.keys(data?.[IDENTITY] ?? {}).filter((one) => one.includes("routing"));
    const certificates = Object.entries(resources(addOns, ASSIGNMENT)).find(([name]) =>
      name.endsWith("certificates"),
    );
    expect(certificates?.[0]).toBe(
      "add-on-webapprouting_key-vault-certificate-user_key-vault-vault-rg-certificates",
    );
    expect(certificates?.[1]).toMatchObject({
      principal_id: `\${data.${IDENTITY}.${routing}.principal_id}`,
      principal_type: "ServicePrincipal",
    });
    expect(Object.keys(resources(addOnsNetwork, ASSIGNMENT))).toHaveLength(2);
    const byDefault = Object.values(jsonOf(stacksOf(ADDED).addOns).data?.[IDENTITY] ?? {});
    expect(byDefault[0]?.resource_group_name).toBe("MC_cluster-rg_small_westeurope");
  });

  test("hold no right that is not in the grant plan", () => {
    const { addOns } = stacksOf(ADDED);
    expect(() => render(addOns!)).not.toThrow();
    addOns!.addOverride(`resource.${ASSIGNMENT}.more`, { scope: "x" });
    expect(() => render(addOns!)).toThrow("more is not in the grant plan");
  });

  test("of a cluster that may be alone take the identities from it", () => {
    const stack = new TeamStack(Testing.app(), "alone");
    const locks = { cluster: true, resourceGroup: true };
    new StandaloneCluster(stack, "the cluster", { plan: new ClusterPlan({ ...ADDED, locks }) });
    const json = jsonOf(stack);
    expect(json.data?.[IDENTITY]).toBeUndefined();
    const principals = Object.entries(json.resource?.[ASSIGNMENT] ?? {})
      .filter(([name]) => name.startsWith("add-on-"))
      .map(([, values]) => String(values.principal_id));
    expect(principals).toHaveLength(6);
    expect(principals.filter((one) => one.includes("web_app_routing_identity[0]"))).toHaveLength(3);
    expect(principals.filter((one) => one.includes("secret_identity[0]"))).toHaveLength(3);
    const [lock] = Object.values(json.resource?.[LOCK] ?? {});
    expect(lock?.scope).toMatch(/^\$\{azurerm_kubernetes_cluster\.[\w-]+\.id\}$/);
  });
});

describe("the cluster", () => {
  const clusterOf = (spec: ClusterSpec) =>
    Object.values(resources(stacksOf(spec).cluster, "azurerm_kubernetes_cluster"))[0]!;

  test("has application routing with its zones, and an address in the network alone", () => {
    expect(clusterOf(ADDED).web_app_routing).toEqual({
      default_nginx_controller: "Internal",
      dns_zone_ids: [
        expect.stringContaining('"Microsoft.Network/dnsZones", "example.com"'),
        expect.stringContaining('"Microsoft.Network/privateDnsZones", "internal.example.com"'),
      ],
    });
    expect(clusterOf(SMALL)).not.toHaveProperty("web_app_routing");
    const controller = NginxController.EXTERNAL;
    expect(clusterOf({ ...SMALL, applicationRouting: { controller } }).web_app_routing).toEqual({
      default_nginx_controller: "External",
      dns_zone_ids: [],
    });
  });

  test("has the certificate authority of the service mesh, with the names of the documentation", () => {
    expect(clusterOf(ADDED).service_mesh_profile).toMatchObject({
      certificate_authority: {
        key_vault_id: expect.stringContaining('"Microsoft.KeyVault/vaults", "authority"') as string,
        root_cert_object_name: "root-cert",
        cert_object_name: "ca-cert",
        key_object_name: "ca-key",
        cert_chain_object_name: "cert-chain",
      },
    });
    const plain = clusterOf({ ...SMALL, serviceMesh: { revisions: ["asm-1-30"] } });
    expect(plain.service_mesh_profile).not.toHaveProperty("certificate_authority");
  });
});

describe("the locks", () => {
  const locksOf = (locks: ClusterSpec["locks"], more: Partial<ClusterSpec> = {}) =>
    resources(stacksOf({ ...SMALL, ...more, locks }).addOns, LOCK);

  test("are on the cluster and on its resource group, against deletion alone", () => {
    const made = locksOf({ cluster: true, resourceGroup: true });
    expect(Object.keys(made)).toEqual(["cluster", "resource_group"]);
    expect(Object.values(made).map(({ lock_level: level }) => level)).toEqual([
      "CanNotDelete",
      "CanNotDelete",
    ]);
    expect(made.cluster).toMatchObject({
      lifecycle: { prevent_destroy: true, ignore_changes: ["name", "notes"] },
    });
    expect(made.cluster?.scope).toMatch(
      /"cluster-rg".*"Microsoft.ContainerService\/managedClusters", "small"/,
    );
    expect(made.resource_group?.scope).toMatch(/"resourceGroups", "cluster-rg"\]/);
  });

  test("have a name on the resource group for each cluster in it", () => {
    const names = ["small", "other"].map(
      (name) => locksOf({ resourceGroup: true }, { name }).resource_group?.name,
    );
    expect(names).toEqual(["keeps-the-group-of-small", "keeps-the-group-of-other"]);
  });

  test("are only those that the description has", () => {
    expect(Object.keys(locksOf({ cluster: true }))).toEqual(["cluster"]);
    expect(Object.keys(locksOf({ resourceGroup: true }))).toEqual(["resource_group"]);
    expect(locksOf({ cluster: false })).toEqual({});
  });

  test("come after the role assignments of their stack", () => {
    const { cluster } = locksOf({ cluster: true }, ADDED);
    expect(cluster?.depends_on).toHaveLength(4);
  });
});

describe("the review", () => {
  const review = new ClusterPlan({
    ...ADDED,
    locks: { cluster: true, resourceGroup: true },
  }).review();
  const runner = (stack: string) => review.runners?.find((one) => one.stack === stack);

  test("marks the rows that come after the cluster", () => {
    const late = review.grants.filter(({ afterCluster }) => afterCluster);
    expect(late.map(({ principal }) => principal.kind)).toEqual(late.map(() => "addOn"));
    expect(late).toHaveLength(6);
    expect(review.grants.length).toBeGreaterThan(6);
    const markers = (text: string) => text.split("after the cluster<").length - 1;
    expect(markers(renderMarkdown(review))).toBe(6);
    expect(markers(renderHtml(review))).toBe(6);
    expect(markers(renderMarkdown(new ClusterPlan(SMALL).review()))).toBe(0);
    const shop = new ClusterPlan({ ...SMALL, ...workloads() }).review();
    expect(shop.grants.filter(({ afterCluster }) => afterCluster)).toHaveLength(1);
  });

  test("says that every pod can act as the identities", () => {
    const spec = { ...ADDED, access: { adminGroups: [{ name: "admins" }] } };
    const steps = (of: ClusterSpec) =>
      new ClusterPlan({ ...of, access: spec.access } as ClusterSpec)
        .review()
        .actingSteps!.filter(({ principal }) => principal === "admins")
        .map(({ identity }) => identity);
    expect(steps(ADDED)).toEqual([PROVIDER, "small-kubelet-mi", ROUTING]);
    expect(steps(SMALL)).toEqual(["small-kubelet-mi"]);
  });

  test("names the rights of the runners: Reader in the node resource group, and locks", () => {
    const rights = (stack: string) =>
      runner(stack)?.rights.map(({ role, resourceGroup }) => `${role.name} on ${resourceGroup}`);
    expect(rights("small-add-ons")).toEqual([
      "Locks Contributor on cluster-rg",
      "Role Based Access Control Administrator on vault-rg",
      "Reader on MC_cluster-rg_small_westeurope",
    ]);
    expect(rights("small-add-ons-network")).toEqual([
      "Role Based Access Control Administrator on dns-rg",
      "Reader on MC_cluster-rg_small_westeurope",
    ]);
    expect(runner("small-add-ons")?.notes.join()).toContain("must be granted again");
    expect(rights("small-identities")?.join()).not.toContain("MC_");
  });

  test("has requests and scripts for what comes after the cluster", () => {
    const files = new Map(requestFiles(review));
    expect([...files.keys()].filter((name) => name.includes("add-ons"))).toEqual([
      "access-requests/add-ons.md",
      "access-requests/add-ons.sh",
      "access-requests/add-ons-runner.sh",
      "access-requests/add-ons-network.md",
      "access-requests/add-ons-network.sh",
      "access-requests/add-ons-network-runner.sh",
    ]);
    expect(files.get("access-requests/add-ons.md")).toContain("4 role assignments and 2 locks");
    expect(files.get("access-requests/add-ons.md")).toContain(
      "The identities of the add-ons must exist.",
    );
    const script = files.get("access-requests/add-ons.sh")!;
    expect(script).toContain("keeps-the-cluster");
    expect(script).toContain("keeps-the-group-of-");
    expect(script).not.toContain("ensure_identity");
    expect(files.get("access-requests/add-ons-network.sh")).not.toContain("ensure_lock");
    const locked = requestFiles(new ClusterPlan({ ...SMALL, locks: { cluster: true } }).review());
    expect(locked.map(([name]) => name)).toContain("access-requests/add-ons.sh");
    expect(
      requestFiles(new ClusterPlan(SMALL).review())
        .map(([name]) => name)
        .join(),
    ).not.toContain("add-ons");
  });
});

test("the clusters of a fleet grant to their add-ons, also where the fleet grants to their identities", () => {
  const member = (name: string): ClusterSpec => ({
    ...ADDED,
    name,
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    identities: {
      resourceGroup: { name: "identity-rg" },
      controlPlane: { existing: true },
      kubelet: { name: "shared-kubelet", existing: true },
    },
  });
  const fleet = new FleetPlan([member("one"), member("two")]);
  const shared = new FleetStacks(Testing.app(), { fleet });
  const all = JSON.stringify([jsonOf(shared.identities), jsonOf(shared.networkPermissions)]);
  expect(all).toContain("shared-kubelet");
  expect(all).not.toContain("webapprouting");
  for (const { addOns, addOnsNetwork } of shared.clusters) {
    expect(Object.keys(resources(addOns, ASSIGNMENT))).toHaveLength(4);
    expect(Object.keys(resources(addOnsNetwork, ASSIGNMENT))).toHaveLength(2);
  }
});

function workloads(): Partial<ClusterSpec> {
  return { workloads: working({ ...SHOP, rights: [SECRETS] }).workloads };
}
