// Who gets which role on what: a table of features, role sets and principals, written down and not computed.
import {
  ApiServer,
  ClusterPlan,
  ClusterSpec,
  Defender,
  DiskEncryption,
  Egress,
  KeyVaultNetwork,
  KubernetesRole,
  PodNetwork,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  Role,
  RoleSet,
} from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { ROLES } from "../roles";
import { DEPLOYERS, HUB_ZONE, SMALL, once } from "../scenarios";

/** A right: team, principal, role in the built-in set, role in the minimal set, and what it is on. */
type Right = `${string} | ${string} | ${string} | ${string} | ${string}`;

/** A feature: what turns it on, the rights that it adds, and those of every cluster that it takes away. */
interface Feature {
  readonly on: Partial<ClusterSpec>;
  readonly adds?: Right[];
  readonly takes?: string[];
}

const ROLE_SETS = { builtIn: RoleSet.builtIn(), minimal: RoleSet.minimal() };

/** What the control plane of every private cluster needs. */
const CONTROL_PLANE: Right[] = [
  "identity | control plane | Managed Identity Operator | AKS Identity Assign | kubelet small-kubelet-mi",
  "network | control plane | Network Contributor | AKS Subnet Join | subnet nodes",
  "network | control plane | Private DNS Zone Contributor | AKS VNet Link | virtualNetwork vnet",
];

/** The needs of a deployer. */
const DEPLOYER: Right[] = [
  "identity | deployer | Managed Identity Operator | AKS Identity Assign | controlPlane small-cp-mi",
  "identity | deployer | Managed Identity Operator | AKS Identity Assign | kubelet small-kubelet-mi",
  "identity | deployer | Log Analytics Contributor | AKS Log Analytics Workspace | logAnalyticsWorkspace logs",
  "network | deployer | Network Contributor | AKS Subnet Join | subnet nodes",
  "network | deployer | Reader | AKS VNet Read | virtualNetwork vnet",
];

const ZONE = "privateDnsZone privatelink.westeurope.azmk8s.io";
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

const FEATURES: { readonly [feature: string]: Feature } = {
  "nothing more than the cluster": { on: {} },
  "a pool in another subnet": {
    on: apps({ subnet: "apps" }),
    adds: [
      "network | control plane | Network Contributor | AKS Subnet Join | subnet apps",
      "network | deployer | Network Contributor | AKS Subnet Join | subnet apps",
    ],
  },
  "a pod subnet": {
    on: network({ podNetwork: PodNetwork.podSubnet("pods") }),
    adds: [
      "network | control plane | Network Contributor | AKS Subnet Join | subnet pods",
      "network | deployer | Network Contributor | AKS Subnet Join | subnet pods",
    ],
  },
  "a pod subnet of a pool beside that of the network": {
    on: {
      ...network({ podNetwork: PodNetwork.podSubnet("pods") }),
      ...apps({ podSubnet: "more-pods" }),
    },
    adds: [
      "network | control plane | Network Contributor | AKS Subnet Join | subnet pods",
      "network | deployer | Network Contributor | AKS Subnet Join | subnet pods",
      "network | control plane | Network Contributor | AKS Subnet Join | subnet more-pods",
      "network | deployer | Network Contributor | AKS Subnet Join | subnet more-pods",
    ],
  },
  "a load balancer subnet": {
    on: network({ loadBalancerSubnets: ["front"] }),
    adds: ["network | control plane | Network Contributor | AKS Subnet Join | subnet front"],
  },
  "API Server VNet Integration": {
    on: network({ apiServerSubnet: "api" }),
    adds: [
      "network | control plane | Network Contributor | AKS API Server Subnet | subnet api",
      "network | control plane | Network Contributor | AKS API Server Subnet | subnet nodes",
      "network | deployer | Network Contributor | AKS Subnet Join | subnet api",
    ],
  },
  "Private Link services, with policies that the NOC turns off": {
    on: network({ privateLinkServices: true }),
    adds: [],
  },
  "Private Link services, with policies that AKS turns off": {
    on: network({ privateLinkServices: true, privateLinkPolicies: {} }),
    adds: [
      "network | control plane | Network Contributor | AKS Private Link Subnet | subnet nodes",
    ],
  },
  "Private Link services in a load balancer subnet": {
    on: network({
      privateLinkServices: true,
      privateLinkPolicies: {},
      loadBalancerSubnets: ["front"],
    }),
    adds: [
      "network | control plane | Network Contributor | AKS Private Link Subnet | subnet nodes",
      "network | control plane | Network Contributor | AKS Private Link Subnet | subnet front",
      "network | control plane | Network Contributor | AKS Subnet Join | subnet front",
    ],
  },
  "Private Link services in one subnet, with everything attached to it": {
    on: network({
      privateLinkServices: true,
      privateLinkPolicies: {
        subnets: ["front"],
        networkSecurityGroups: [named("nsg")],
        natGateways: [named("nat")],
        routeTables: [named("front-rt")],
      },
      egress: Egress.userDefinedRouting(named("rt")),
    }),
    adds: [
      "network | control plane | Network Contributor | AKS Private Link Subnet | subnet front",
      "network | control plane | Reader | AKS Route Table Read | routeTable rt",
      "network | control plane | AKS Route Table Join | AKS Route Table Join | routeTable rt",
      "network | control plane | AKS Route Table Join | AKS Route Table Join | routeTable front-rt",
      "network | control plane | AKS Network Security Group Join | AKS Network Security Group Join | networkSecurityGroup nsg",
      "network | control plane | AKS NAT Gateway Join | AKS NAT Gateway Join | natGateway nat",
    ],
  },
  "node auto-provisioning": {
    on: { nodePools: { ...SMALL.nodePools, autoProvisioning: true } },
    adds: ["network | control plane | Reader | AKS VNet Read | virtualNetwork vnet"],
  },
  "a private DNS zone": {
    on: { privateDns: HUB_ZONE },
    adds: [
      `network | control plane | Private DNS Zone Contributor | AKS Private DNS Zone | ${ZONE}`,
      `network | deployer | Reader | AKS Private DNS Zone Read | ${ZONE}`,
    ],
  },
  "no private DNS zone": {
    on: { privateDns: PrivateDns.none() },
    takes: ["control plane virtualNetwork vnet"],
  },
  "a public API server": {
    on: { apiServer: ApiServer.publicFrom(["203.0.113.0/24"]), privateDns: HUB_ZONE },
    takes: ["control plane virtualNetwork vnet"],
  },
  "a public API server, and node auto-provisioning": {
    on: {
      apiServer: ApiServer.publicFrom(["203.0.113.0/24"]),
      nodePools: { ...SMALL.nodePools, autoProvisioning: true },
    },
    takes: ["control plane virtualNetwork vnet"],
    adds: ["network | control plane | Reader | AKS VNet Read | virtualNetwork vnet"],
  },
  "egress by route table": { on: network({ egress: Egress.userDefinedRouting() }) },
  "egress by a route table that AKS reads": {
    on: network({ egress: Egress.userDefinedRouting(named("rt")) }),
    adds: ["network | control plane | Reader | AKS Route Table Read | routeTable rt"],
  },
  "egress by NAT gateway": { on: network({ egress: Egress.natGateway() }) },
  "egress by public IPs": {
    on: network({ egress: Egress.loadBalancer({ publicIps: [named("one"), named("two")] }) }),
    adds: [
      "network | control plane | Network Contributor | AKS Outbound IP | publicIp one",
      "network | control plane | Network Contributor | AKS Outbound IP | publicIp two",
      "network | deployer | Network Contributor | AKS Outbound IP | publicIp one",
      "network | deployer | Network Contributor | AKS Outbound IP | publicIp two",
    ],
  },
  "egress by a public IP prefix": {
    on: network({ egress: Egress.loadBalancer({ publicIpPrefixes: [named("prefix")] }) }),
    adds: [
      "network | control plane | Network Contributor | AKS Outbound IP Prefix | publicIpPrefix prefix",
      "network | deployer | Network Contributor | AKS Outbound IP Prefix | publicIpPrefix prefix",
    ],
  },
  "a public IP of services": {
    on: network({ servicePublicIps: [named("service")] }),
    adds: [
      "network | control plane | Network Contributor | AKS Outbound IP | publicIp service",
      "network | control plane | AKS Public IP Read | AKS Public IP Read | publicIpGroup other-rg",
    ],
  },
  "a public IP prefix of services": {
    on: network({ servicePublicIpPrefixes: [named("prefix")] }),
    adds: [
      "network | control plane | Network Contributor | AKS Outbound IP Prefix | publicIpPrefix prefix",
    ],
  },
  "a network without outbound traffic": {
    on: network({ egress: Egress.none(named("cache")) }),
    adds: ["identity | kubelet | AcrPull | AcrPull | registry cache"],
  },
  "a disk encryption set": {
    on: { diskEncryption: DiskEncryption.customerManaged(named("des")) },
    adds: [
      "identity | control plane | Reader | AKS Disk Encryption Set Read | diskEncryptionSet des",
      "identity | deployer | Reader | AKS Disk Encryption Set Read | diskEncryptionSet des",
    ],
  },
  KMS: {
    on: { kms },
    adds: [
      "identity | control plane | Key Vault Crypto User | Key Vault Crypto User | keyVault vault",
    ],
  },
  "KMS with a private vault": {
    on: { kms: { ...kms, network: KeyVaultNetwork.PRIVATE } },
    adds: [
      "identity | control plane | Key Vault Contributor | AKS Key Vault Private Endpoint | keyVault vault",
      "identity | deployer | Reader | AKS Key Vault Read | keyVault vault",
      "identity | control plane | Key Vault Crypto User | Key Vault Crypto User | keyVault vault",
    ],
  },
  "a capacity reservation": {
    on: apps({ capacityReservationGroup: named("crg") }),
    adds: [
      "identity | control plane | AKS Capacity Reservation | AKS Capacity Reservation | capacityReservationGroup crg",
    ],
  },
  "dedicated hosts": {
    on: apps({ hostGroup: named("hosts") }),
    adds: [
      "identity | control plane | AKS Dedicated Host Group | AKS Dedicated Host Group | hostGroup hosts",
    ],
  },
  "a data disk": {
    on: { storage: { disks: [named("disk")] } },
    adds: ["identity | control plane | Virtual Machine Contributor | AKS Data Disk | disk disk"],
  },
  "a storage account": {
    on: { storage: { storageAccounts: [named("files")] } },
    adds: [
      "identity | control plane | Storage Account Contributor | AKS Storage Account | storageAccount files",
    ],
  },
  "a registry in classic mode": {
    on: { registries: [{ registry: named("images") }] },
    adds: ["identity | kubelet | AcrPull | AcrPull | registry images"],
  },
  "a registry in ABAC mode": {
    on: { registries: [{ registry: named("images"), mode: RegistryMode.ABAC }] },
    adds: [
      "identity | kubelet | Container Registry Repository Reader | Container Registry Repository Reader | registry images",
    ],
  },
  "Defender in another workspace": {
    on: {
      monitoring: { ...SMALL.monitoring, defender: Defender.inWorkspace(named("security")) },
    },
    adds: [
      "identity | deployer | Log Analytics Contributor | AKS Defender Workspace | logAnalyticsWorkspace security",
    ],
  },
  "metrics in an Azure Monitor workspace": {
    on: { monitoring: { ...SMALL.monitoring, prometheusWorkspace: named("metrics") } },
    adds: ["identity | deployer | Reader | AKS Azure Monitor Workspace | monitorWorkspace metrics"],
  },
};

const PRINCIPALS: { readonly [kind: string]: string } = {
  controlPlane: "control plane",
  kubelet: "kubelet",
  deployer: "deployer",
};

type RoleSetName = keyof typeof ROLE_SETS;

function grantsOf(spec: ClusterSpec, roleSet: RoleSetName): PlannedGrant[] {
  return new ClusterPlan({ ...spec, permissions: { roleSet: ROLE_SETS[roleSet] } })._grants;
}

function shown(grants: PlannedGrant[]): string[] {
  return grants
    .map(
      ({ team, principal, role, scope }) =>
        `${team} | ${PRINCIPALS[principal.kind] ?? principal.kind} | ${role.name} | ${scope.kind} ${scope.name}`,
    )
    .sort();
}

/** The rows that rights become: one for each role, which in the built-in set may be the same for two of them. */
function expected(rights: Right[], roleSet: RoleSetName): string[] {
  const rows = rights.map((right) => {
    const [team = "", principal = "", builtIn = "", minimal = "", scope = ""] = right.split(" | ");
    return [team, principal, roleSet === "builtIn" ? builtIn : minimal, scope].join(" | ");
  });
  return [...new Set(rows)].sort();
}

const CASES = Object.entries(FEATURES).flatMap(([feature, row]) =>
  Object.keys(ROLE_SETS).map((roleSet) => [feature, roleSet as RoleSetName, row] as const),
);

describe("rights", () => {
  test.each(CASES)(
    "of %s, with roles of the set %s",
    (_, roleSet, { on, adds = [], takes = [] }) => {
      const spec = { ...SMALL, ...on, access: { deployers: [DEPLOYERS] } };
      const isTaken = (right: Right) => {
        const [, principal = "", , , scope = ""] = right.split(" | ");
        return takes.includes(`${principal} ${scope}`);
      };
      const base = [...CONTROL_PLANE, ...DEPLOYER].filter((right) => !isTaken(right));
      expect(shown(grantsOf(spec, roleSet))).toEqual(expected([...base, ...adds], roleSet));
    },
  );

  test("that one wider row gives as well stay beside it; those that two give are left out", () => {
    const join = "network | control plane | AKS Subnet Join | subnet nodes";
    const minimal = (change: Partial<ClusterSpec["network"]>) =>
      shown(grantsOf({ ...SMALL, ...network(change) }, "minimal"));
    expect(minimal({})).toContain(join);
    expect(minimal({ apiServerSubnet: "api" })).toContain(join);
    const links = { privateLinkServices: true, privateLinkPolicies: {} };
    expect(minimal(links)).toContain(join);
    expect(minimal({ apiServerSubnet: "api", ...links })).not.toContain(join);
  });

  test("are those of the identities alone without a deployer", () => {
    expect(shown(grantsOf(SMALL, "builtIn"))).toEqual(expected(CONTROL_PLANE, "builtIn"));
    expect(shown(grantsOf(SMALL, "minimal"))).toEqual(expected(CONTROL_PLANE, "minimal"));
  });

  test.each([
    [KubernetesRole.CLUSTER_ADMIN, "Azure Kubernetes Service RBAC Cluster Admin"],
    [KubernetesRole.ADMIN, "Azure Kubernetes Service RBAC Admin"],
    [KubernetesRole.WRITER, "Azure Kubernetes Service RBAC Writer"],
    [KubernetesRole.READER, "Azure Kubernetes Service RBAC Reader"],
    [KubernetesRole.CLUSTER_USER, "Azure Kubernetes Service Cluster User Role"],
  ])("in Kubernetes of a %s are its role and the kubeconfig", (role, name) => {
    const spec = { ...SMALL, access: { kubernetes: [{ principal: DEPLOYERS, role }] } };
    const roles = new Set([name, "Azure Kubernetes Service Cluster User Role"]);
    const rights = [...roles].map(
      (one): Right => `identity | kubernetesUser | ${one} | ${one} | resourceGroup cluster-rg`,
    );
    for (const roleSet of ["builtIn", "minimal"] as const) {
      const people = grantsOf(spec, roleSet).filter(
        ({ principal }) => principal.name === DEPLOYERS.name,
      );
      expect(shown(people)).toEqual(expected(rights, roleSet));
      expect(people.every(({ needs }) => needs.length > 0)).toBe(true);
      const forKubeconfig = people.filter(({ description }) => description.includes("kubeconfig"));
      expect(forKubeconfig.map((row) => row.role)).toEqual([Role.AKS_CLUSTER_USER]);
    }
  });
});

describe("roles", () => {
  const granted = once(() => [
    ...CASES.flatMap(([, roleSet, { on }]) =>
      grantsOf({ ...SMALL, ...on, access: { deployers: [DEPLOYERS] } }, roleSet),
    ),
    ...Object.values(KubernetesRole).flatMap((role) =>
      grantsOf({ ...SMALL, access: { kubernetes: [{ principal: DEPLOYERS, role }] } }, "builtIn"),
    ),
  ]);

  test("that are granted are the ones of the table, each of them", () => {
    expect([...new Set(granted().map(({ role }) => role.name))].sort()).toEqual(
      Object.keys(ROLES).sort(),
    );
  });

  test.each(Object.entries(ROLES))(
    "such as %s allow what their definition says",
    (name, definition) => {
      const { guid, actions, dataActions = [] } = definition;
      const found = granted().find(({ role }) => role.name === name)?.role;
      const list = (all: string[]) =>
        guid === undefined ? all : (expect.arrayContaining(all) as string[]);
      expect(found).toMatchObject({ actions: list(actions), dataActions: list(dataActions) });
      expect(found?.guid).toBe(guid);
    },
  );
});
