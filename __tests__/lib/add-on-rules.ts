// Cases for the rules about add-ons with identities, and about locks.
import {
  ClusterSpec,
  ExceptionName,
  NginxController,
  PodNetwork,
  ResourceReference,
} from "../../lib";
import { HUB_ZONE, SMALL } from "../scenarios";
import type { RuleCase } from "./cluster-rules";

export const vault = (name: string) =>
  ResourceReference.byName({ name, resourceGroup: "vault-rg" });
export const zone = (name: string, resourceGroup = "dns-rg") =>
  ResourceReference.byName({ name, resourceGroup });
const elsewhere = (name: string, digit: string) =>
  ResourceReference.byName({
    name,
    resourceGroup: "dns-rg",
    subscriptionId: `55555555-5555-4555-8555-55555555555${digit}`,
  });
const zones = (count: number, end: string) =>
  Array.from({ length: count }, (_, index) => zone(`zone-${index}${end}`));

/** A description with all add-ons that have identities. */
export const ADDED: ClusterSpec = {
  ...SMALL,
  applicationRouting: {
    dnsZones: [zone("example.com")],
    privateDnsZones: [zone("internal.example.com")],
    keyVaults: [vault("certificates")],
  },
  serviceMesh: { revisions: ["asm-1-30"], certificateAuthority: { keyVault: vault("authority") } },
  keyVaultProvider: { secretVaults: [vault("secrets")], certificateVaults: [vault("keys")] },
};

const routing = (applicationRouting: ClusterSpec["applicationRouting"]): ClusterSpec => ({
  ...SMALL,
  applicationRouting,
});
const mesh = (names: object): ClusterSpec => ({
  ...SMALL,
  serviceMesh: {
    revisions: ["asm-1-30"],
    certificateAuthority: { keyVault: vault("authority"), ...names },
  },
});
const noProvider = (more: Partial<ClusterSpec>): ClusterSpec => ({
  ...SMALL,
  ...more,
  exceptions: [
    { name: ExceptionName.NO_SECRETS_PROVIDER, reason: "Secrets come from another system." },
  ],
});
const locked = (resourceGroup: boolean, identities: ClusterSpec["identities"]): ClusterSpec => ({
  ...SMALL,
  identities,
  locks: { cluster: true, resourceGroup },
});

/** A description with a gateway in a subnet of the cluster's network. */
export const gateway = (
  more: Partial<NonNullable<ClusterSpec["gatewayForContainers"]>> = {},
  network: Partial<ClusterSpec["network"]> = {},
): ClusterSpec => ({
  ...SMALL,
  network: { ...SMALL.network, ...network },
  gatewayForContainers: {
    subnet: "gateway",
    gateway: ResourceReference.byName({ name: "shop-gateway", resourceGroup: "gateway-rg" }),
    ...more,
  },
});
const range = (cidr: string) => ({ subnets: [{ name: "gateway", cidr }] });
const inGroup = (resourceGroup: string) =>
  gateway({ gateway: ResourceReference.byName({ name: "shop-gateway", resourceGroup }) });

/** The cases. */
export const ADD_ON_CASES: RuleCase[] = [
  [
    "HAKS-ADD-001",
    routing({ controller: NginxController.EXTERNAL }),
    "applicationRouting",
    routing(undefined),
  ],
  ...(["dnsZones", "privateDnsZones"] as const).map((field): RuleCase => [
    "HAKS-ADD-002",
    routing({ [field]: [zone("a.example.com"), zone("b.example.com", "other-rg")] }),
    `applicationRouting.${field}.1`,
    routing({
      [field]: [zone("a.example.com"), zone("b.example.com", "DNS-rg")],
      [field === "dnsZones" ? "privateDnsZones" : "dnsZones"]: [zone("c.example.com", "other-rg")],
    }),
  ]),
  [
    "HAKS-ADD-002",
    routing({ dnsZones: [zone("a.example.com"), elsewhere("b.example.com", "5")] }),
    "applicationRouting.dnsZones.1",
    routing({ dnsZones: [elsewhere("a.example.com", "5"), elsewhere("b.example.com", "5")] }),
  ],
  [
    "HAKS-ADD-002",
    routing({ dnsZones: zones(3, ".com"), privateDnsZones: zones(3, ".net") }),
    "applicationRouting",
    routing({ dnsZones: zones(3, ".com"), privateDnsZones: zones(2, ".net") }),
  ],
  ...(["dnsZones", "privateDnsZones"] as const).map((field): RuleCase => [
    "HAKS-NAME-002",
    routing({ [field]: [zone("a.example.com"), zone("A.example.com", "DNS-rg")] }),
    `applicationRouting.${field}.1`,
    routing({ [field]: [zone("a.example.com"), zone("b.example.com")] }),
  ]),
  [
    "HAKS-ADD-003",
    { ...routing({ privateDnsZones: [HUB_ZONE.zone!] }), privateDns: HUB_ZONE },
    "applicationRouting.privateDnsZones.0",
    { ...routing({ privateDnsZones: [zone("internal.example.com")] }), privateDns: HUB_ZONE },
  ],
  [
    "HAKS-ADD-004",
    noProvider({ keyVaultProvider: { secretVaults: [vault("secrets")] } }),
    "keyVaultProvider",
    noProvider({ applicationRouting: { dnsZones: [zone("example.com")] } }),
  ],
  [
    "HAKS-ADD-004",
    noProvider({ applicationRouting: { keyVaults: [vault("certificates")] } }),
    "applicationRouting.keyVaults",
    routing({ keyVaults: [vault("certificates")] }),
  ],
  ["HAKS-ADD-004", noProvider(mesh({})), "serviceMesh.certificateAuthority", mesh({})],
  ...["", "ca/cert", "ca_cert", "a".repeat(128), "https://a.vault.azure.net/secrets/ca"].map(
    (certificate): RuleCase => [
      "HAKS-ADD-005",
      mesh({ certificate }),
      "serviceMesh.certificateAuthority.certificate",
      mesh({ certificate: "a".repeat(127) }),
    ],
  ),
  [
    "HAKS-ADD-005",
    mesh({ certificateChain: "CA-key" }),
    "serviceMesh.certificateAuthority.certificateChain",
    mesh({ certificateChain: "ca-cert" }),
  ],
  [
    "HAKS-ADD-006",
    { ...SMALL, keyVaultProvider: { secretVaults: [vault("secrets")] } },
    "keyVaultProvider",
    { ...SMALL, keyVaultProvider: {} },
  ],
  ["HAKS-ADD-006", routing({ dnsZones: [zone("example.com")] }), "applicationRouting", routing({})],
  ["HAKS-ADD-006", mesh({}), "serviceMesh.certificateAuthority", SMALL],
  [
    "HAKS-ADD-007",
    locked(true, {}),
    "locks.resourceGroup",
    locked(true, { resourceGroup: { name: "identity-rg" } }),
  ],
  ["HAKS-ADD-007", locked(true, {}), "locks.resourceGroup", locked(false, {})],
  ["HAKS-ADD-008", gateway(), "gatewayForContainers.gateway", SMALL],
  [
    "HAKS-ADD-009",
    inGroup("mc_cluster-rg_small_westeurope"),
    "gatewayForContainers.gateway",
    inGroup("cluster-rg"),
  ],
  ["HAKS-ADD-010", gateway({ subnet: "nodes" }), "gatewayForContainers.subnet", gateway()],
  [
    "HAKS-ADD-010",
    gateway({ subnet: "Frontends" }, { loadBalancerSubnets: ["frontends"] }),
    "gatewayForContainers.subnet",
    gateway({ subnet: "gateway" }, { loadBalancerSubnets: ["frontends"] }),
  ],
  [
    "HAKS-ADD-011",
    gateway({}, range("10.1.0.0/23")),
    "network.subnets.0.cidr",
    gateway({}, range("10.1.0.0/24")),
  ],
  [
    "HAKS-ADD-011",
    gateway({}, range("10.1.0.0/23")),
    "network.subnets.0.cidr",
    gateway({}, { ...range("10.1.0.0/23"), podNetwork: PodNetwork.flat() }),
  ],
  [
    "HAKS-ADDR-002",
    gateway({}, range("10.1.0.0/25")),
    "network.subnets.0.cidr",
    gateway({}, range("10.1.0.0/24")),
  ],
  [
    "HAKS-ADDR-007",
    gateway({ subnet: "GatewaySubnet" }),
    "gatewayForContainers.subnet",
    gateway({ subnet: "gateway" }),
  ],
  [
    "HAKS-WL-001",
    {
      ...gateway(),
      workloads: [
        {
          name: "shop",
          serviceAccounts: [{ namespaceName: "azure-alb-system", name: "alb-controller-sa" }],
        },
      ],
    },
    "gatewayForContainers",
    gateway(),
  ],
  [
    "HAKS-WL-002",
    gateway({ identity: { name: "small-cp-mi" } }),
    "gatewayForContainers.identity.name",
    gateway({ identity: { name: "small-gateway-mi" } }),
  ],
  [
    "HAKS-WL-008",
    {
      ...gateway(),
      exceptions: [{ name: ExceptionName.NO_WORKLOAD_IDENTITY, reason: "No pod needs Azure." }],
    },
    "gatewayForContainers",
    gateway(),
  ],
];
