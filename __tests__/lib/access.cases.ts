// The grant plan and the one construct that writes it into Terraform.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack, Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  DiskEncryption,
  Egress,
  GrantingTeam,
  PermissionsSpec,
  PodNetwork,
  Principal,
  ResourceReference,
  Role,
  RoleGrant,
  RoleSet,
} from "../../lib";
import { RIGHTS } from "../../lib/access/rights";
import { DEPLOYERS, HUB_ZONE, SMALL, idOf } from "../scenarios";

function rows(spec: ClusterSpec): string[] {
  return new ClusterPlan(spec).grants.map(
    ({ team, principal, role, scope }) =>
      `${team}: ${principal.name} is ${role.name} on ${scope.kind} ${scope.name}`,
  );
}

/** What every private cluster needs. */
const BASE = [
  "identity: small-cp-mi is Managed Identity Operator on kubelet small-kubelet-mi",
  "network: small-cp-mi is Network Contributor on subnet nodes",
  "network: small-cp-mi is Private DNS Zone Contributor on virtualNetwork vnet",
];
const MINIMAL_BASE = [
  "identity: small-cp-mi is AKS Identity Assign on kubelet small-kubelet-mi",
  "network: small-cp-mi is AKS Subnet Join on subnet nodes",
  "network: small-cp-mi is AKS VNet Link on virtualNetwork vnet",
];

const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });
const network = (change: Partial<ClusterSpec["network"]>) => ({
  network: { ...SMALL.network, ...change },
});
const apps = (change: object) => ({
  nodePools: {
    ...SMALL.nodePools,
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5", ...change }],
  },
});
const kms = { keyVault: named("vault"), keyId: "https://vault.vault.azure.net/keys/a/1" };
const cp = (team: string, role: string, scope: string) =>
  `${team}: small-cp-mi is ${role} on ${scope}`;

/** A row for each feature: what turns it on, and what it adds with built-in and with minimal roles. */
const TABLE: [string, Partial<ClusterSpec>, string[], string[]][] = [
  ["nothing more than the cluster", {}, [], []],
  [
    "a pool in another subnet",
    apps({ subnet: "apps" }),
    [cp("network", "Network Contributor", "subnet apps")],
    [cp("network", "AKS Subnet Join", "subnet apps")],
  ],
  [
    "a pod subnet",
    network({ podNetwork: PodNetwork.podSubnet("pods") }),
    [cp("network", "Network Contributor", "subnet pods")],
    [cp("network", "AKS Subnet Join", "subnet pods")],
  ],
  [
    "a load balancer subnet",
    network({ loadBalancerSubnets: ["front"] }),
    [cp("network", "Network Contributor", "subnet front")],
    [cp("network", "AKS Subnet Join", "subnet front")],
  ],
  [
    "API Server VNet Integration",
    network({ apiServerSubnet: "api" }),
    [cp("network", "Network Contributor", "subnet api")],
    [
      cp("network", "AKS API Server Subnet", "subnet api"),
      cp("network", "AKS API Server Subnet", "subnet nodes"),
    ],
  ],
  [
    "Private Link services",
    network({ privateLinkServices: true }),
    [],
    [cp("network", "AKS Private Link Subnet", "subnet nodes")],
  ],
  ["node auto-provisioning", { nodePools: { ...SMALL.nodePools, autoProvisioning: true } }, [], []],
  [
    "a private DNS zone",
    { privateDns: HUB_ZONE },
    [
      cp(
        "network",
        "Private DNS Zone Contributor",
        "privateDnsZone privatelink.westeurope.azmk8s.io",
      ),
    ],
    [cp("network", "AKS Private DNS Zone", "privateDnsZone privatelink.westeurope.azmk8s.io")],
  ],
  ["egress by route table", network({ egress: Egress.userDefinedRouting() }), [], []],
  [
    "egress by a route table that AKS reads",
    network({ egress: Egress.userDefinedRouting({ routeTable: named("rt") }) }),
    [cp("network", "Reader", "routeTable rt")],
    [cp("network", "AKS Route Table Read", "routeTable rt")],
  ],
  ["egress by NAT gateway", network({ egress: Egress.natGateway() }), [], []],
  [
    "egress by public IPs",
    network({ egress: Egress.loadBalancer({ publicIps: [named("one"), named("two")] }) }),
    ["one", "two"].map((ip) => cp("network", "Network Contributor", `publicIp ${ip}`)),
    ["one", "two"].map((ip) => cp("network", "AKS Outbound IP", `publicIp ${ip}`)),
  ],
  [
    "egress by a public IP prefix",
    network({ egress: Egress.loadBalancer({ publicIpPrefixes: [named("prefix")] }) }),
    [cp("network", "Network Contributor", "publicIpPrefix prefix")],
    [cp("network", "AKS Outbound IP Prefix", "publicIpPrefix prefix")],
  ],
  [
    "a public IP of services",
    network({ servicePublicIps: [named("service")] }),
    [cp("network", "Network Contributor", "publicIp service")],
    [cp("network", "AKS Outbound IP", "publicIp service")],
  ],
  [
    "a disk encryption set",
    { diskEncryption: DiskEncryption.customerManaged(named("des")) },
    [cp("identity", "Reader", "diskEncryptionSet des")],
    [cp("identity", "AKS Disk Encryption Set Read", "diskEncryptionSet des")],
  ],
  [
    "KMS",
    { kms },
    [cp("identity", "Key Vault Crypto User", "keyVault vault")],
    [cp("identity", "Key Vault Crypto User", "keyVault vault")],
  ],
  [
    "KMS with a private vault",
    { kms: { ...kms, network: "Private" }, ...network({ apiServerSubnet: "api" }) },
    [
      cp("identity", "Key Vault Contributor", "keyVault vault"),
      cp("identity", "Key Vault Crypto User", "keyVault vault"),
      cp("network", "Network Contributor", "subnet api"),
    ],
    [
      cp("identity", "AKS Key Vault Private Endpoint", "keyVault vault"),
      cp("identity", "Key Vault Crypto User", "keyVault vault"),
      cp("network", "AKS API Server Subnet", "subnet api"),
      cp("network", "AKS API Server Subnet", "subnet nodes"),
    ],
  ],
  [
    "a capacity reservation",
    apps({ capacityReservationGroup: named("crg") }),
    [cp("identity", "AKS Capacity Reservation", "capacityReservationGroup crg")],
    [cp("identity", "AKS Capacity Reservation", "capacityReservationGroup crg")],
  ],
  [
    "dedicated hosts",
    apps({ hostGroup: named("hosts") }),
    [cp("identity", "AKS Dedicated Host Group", "hostGroup hosts")],
    [cp("identity", "AKS Dedicated Host Group", "hostGroup hosts")],
  ],
  [
    "a data disk",
    { storage: { disks: [named("disk")] } },
    [cp("identity", "Virtual Machine Contributor", "disk disk")],
    [cp("identity", "AKS Data Disk", "disk disk")],
  ],
  [
    "a storage account",
    { storage: { storageAccounts: [named("files")] } },
    [cp("identity", "Storage Account Contributor", "storageAccount files")],
    [cp("identity", "AKS Storage Account", "storageAccount files")],
  ],
  [
    "a registry in classic mode",
    { registries: [{ registry: named("registry") }] },
    ["identity: small-kubelet-mi is AcrPull on registry registry"],
    ["identity: small-kubelet-mi is AcrPull on registry registry"],
  ],
  [
    "a registry in ABAC mode",
    { registries: [{ registry: named("registry"), mode: "abac" }] },
    ["identity: small-kubelet-mi is Container Registry Repository Reader on registry registry"],
    ["identity: small-kubelet-mi is Container Registry Repository Reader on registry registry"],
  ],
  ["logs elsewhere", { monitoring: { logAnalyticsWorkspace: named("logs") } }, [], []],
  [
    "a deployer",
    { access: { deployers: [DEPLOYERS] } },
    [
      "identity: platform-engineers is Log Analytics Contributor on logAnalyticsWorkspace logs",
      "identity: platform-engineers is Managed Identity Operator on controlPlane small-cp-mi",
      "identity: platform-engineers is Managed Identity Operator on kubelet small-kubelet-mi",
      "network: platform-engineers is Network Contributor on subnet nodes",
      "network: platform-engineers is Reader on virtualNetwork vnet",
    ],
    [
      "identity: platform-engineers is AKS Identity Assign on controlPlane small-cp-mi",
      "identity: platform-engineers is AKS Identity Assign on kubelet small-kubelet-mi",
      "identity: platform-engineers is AKS Log Analytics Workspace on logAnalyticsWorkspace logs",
      "network: platform-engineers is AKS Subnet Join on subnet nodes",
      "network: platform-engineers is AKS VNet Read on virtualNetwork vnet",
    ],
  ],
  [
    "somebody who works in Kubernetes",
    { access: { kubernetes: [{ principal: DEPLOYERS, role: "writer" }] } },
    ["Cluster User Role", "RBAC Writer"].map(
      (role) =>
        `identity: platform-engineers is Azure Kubernetes Service ${role} on resourceGroup cluster-rg`,
    ),
    ["Cluster User Role", "RBAC Writer"].map(
      (role) =>
        `identity: platform-engineers is Azure Kubernetes Service ${role} on resourceGroup cluster-rg`,
    ),
  ],
];

const minimal = { permissions: { roleSet: RoleSet.minimal() } };

describe("the grant plan", () => {
  test.each(TABLE)("of %s", (_, more, added, addedMinimal) => {
    expect(rows({ ...SMALL, ...more }).sort()).toEqual([...BASE, ...added].sort());
    // A narrow role gives way to one that covers it.
    const covered = addedMinimal
      .filter((row) => / AKS (API Server|Private Link) Subnet on subnet nodes$/.test(row))
      .map(() => "network: small-cp-mi is AKS Subnet Join on subnet nodes");
    const base = MINIMAL_BASE.filter((row) => !covered.includes(row));
    expect(rows({ ...SMALL, ...more, ...minimal }).sort()).toEqual(
      [...base, ...addedMinimal].sort(),
    );
  });

  test("of a deployer reaches whatever the cluster is attached to", () => {
    const spec = {
      ...SMALL,
      ...network({
        podNetwork: PodNetwork.podSubnet("pods"),
        apiServerSubnet: "api",
        egress: Egress.loadBalancer({ publicIps: [named("ip")] }),
      }),
      ...minimal,
      privateDns: HUB_ZONE,
      diskEncryption: DiskEncryption.customerManaged(named("des")),
      monitoring: { logAnalyticsWorkspace: named("logs") },
      access: { deployers: [DEPLOYERS] },
    };
    expect(rows(spec).filter((row) => row.includes("platform-engineers"))).toEqual([
      "identity: platform-engineers is AKS Disk Encryption Set Read on diskEncryptionSet des",
      "identity: platform-engineers is AKS Identity Assign on controlPlane small-cp-mi",
      "identity: platform-engineers is AKS Identity Assign on kubelet small-kubelet-mi",
      "identity: platform-engineers is AKS Log Analytics Workspace on logAnalyticsWorkspace logs",
      "network: platform-engineers is AKS Outbound IP on publicIp ip",
      "network: platform-engineers is AKS Private DNS Zone Read on privateDnsZone privatelink.westeurope.azmk8s.io",
      "network: platform-engineers is AKS Subnet Join on subnet api",
      "network: platform-engineers is AKS Subnet Join on subnet nodes",
      "network: platform-engineers is AKS Subnet Join on subnet pods",
      "network: platform-engineers is AKS VNet Read on virtualNetwork vnet",
    ]);
  });

  test("binds a registry's grant to the repositories", () => {
    const spec = {
      ...SMALL,
      registries: [{ registry: named("registry"), mode: "abac", repositories: ["web", "apps/"] }],
    };
    const [grant] = new ClusterPlan(spec).grants.filter(({ condition }) => condition);
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
    const [grant, ...others] = new ClusterPlan(spec).grants.filter(
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
      new ClusterPlan({ ...SMALL, privateDns: HUB_ZONE, permissions }).grants
        .filter(({ scope }) => scope.kind === "privateDnsZone")
        .map(({ team }) => team);
    expect(teams()).toEqual(["network"]);
    expect(teams({ grantedBy: { privateDnsZone: "identity" } })).toEqual(["identity"]);
  });

  test("gives every row a reason and a source", () => {
    const { grants } = new ClusterPlan({ ...SMALL, access: { deployers: [DEPLOYERS] } });
    expect(grants).toHaveLength(8);
    for (const { reasons, description } of grants) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.every(({ source }) => source.startsWith("https://"))).toBe(true);
      expect(description).toContain(reasons[0]?.why);
    }
  });

  test("can be asked for the rows of a team", () => {
    const plan = new ClusterPlan(SMALL);
    expect(plan.grantsOf(GrantingTeam.NETWORK).map(({ address }) => address)).toEqual([
      "small-cp-mi_network-contributor_subnet-nodes",
      "small-cp-mi_private-dns-zone-contributor_vnet-vnet",
    ]);
    expect(plan.grantsOf(GrantingTeam.IDENTITY)).toHaveLength(1);
  });

  test("never makes one address of two names", () => {
    const deployers = ["Ops Team", "Ops-Team", "Öps Team"].map((name) => Principal.group({ name }));
    const addresses = new ClusterPlan({ ...SMALL, access: { deployers } }).grants.map(
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
    ["the right to hand out rights", "Microsoft.Authorization/roleAssignments/write", /any right/],
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

describe("a role grant", () => {
  const grantee = {
    principalId: "55555555-5555-4555-8555-555555555552",
    principalType: "Group",
    principalName: "platform-engineers",
  };
  const scopeId = idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "mi");

  const grant = (role: Role, scope: string) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new RoleGrant(stack, "grant", { grantee, role, scopeId: scope, reason: "Because." });
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

  test("of a role that hands out rights is refused", () => {
    const owner = Role.builtIn("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
    expect(() => grant(owner, scopeId)).toThrow(
      /^\[stack\/grant\] The role "Owner" is never granted/,
    );
  });
});
