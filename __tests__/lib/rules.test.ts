// Each rule fires where it should, at the right place, and keeps silent where it should.
import { ALL_RULES } from "../../lib/rules/all-rules";
import {
  AddOn,
  ClusterPlan,
  ClusterSpec,
  DataPlane,
  DayOfWeek,
  Egress,
  ExceptionName,
  Finding,
  GrantingTeam,
  KeyVaultNetwork,
  KubernetesRole,
  NodeOsChannel,
  PodNetwork,
  PreflightMode,
  Principal,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  RoleSet,
  UpgradeChannel,
  WindowFrequency,
} from "../../lib";
import { findingsPage } from "../../build/docs/findings";
import { ADD_ON_CASES } from "./add-on-rules";
import { BACKUP_CASES } from "./backup-rules";
import { CLUSTER_CASES, RuleCase } from "./cluster-rules";
import { EXTENSION_CASES } from "./extension-rules";
import { FIELD_CASES } from "./field-rules";
import { FLUX_CASES } from "./flux-rules";
import { WORKLOAD_CASES } from "./workload-rules";
import { isVmSize, nearestVmSize } from "../../lib/spec/vm-sizes";
import { HUB_ZONE, OTHER_SUBSCRIPTION, SMALL, idOf, textOf } from "../scenarios";

const network = (change: Partial<ClusterSpec["network"]>): ClusterSpec => ({
  ...SMALL,
  network: { ...SMALL.network, ...change },
});
const apps = (change: object): ClusterSpec => ({
  ...SMALL,
  nodePools: {
    system: SMALL.nodePools.system,
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5", ...change }],
  },
});
const subnets = (
  ranges: { [name: string]: string },
  change: Partial<ClusterSpec["network"]> = {},
) =>
  network({
    subnets: Object.entries(ranges).map(([name, cidr]) => ({ name, cidr })),
    ...change,
  });
const flat = (maxCount: number): ClusterSpec => ({
  ...apps({ maxCount }),
  network: { ...SMALL.network, podNetwork: PodNetwork.flat() },
});
const vnet = (name: string, resourceGroup: string) =>
  network({ virtualNetwork: ResourceReference.byName({ name, resourceGroup }) });
const overlay = (podCidr: string) => network({ podNetwork: PodNetwork.overlay(podCidr) });
const zone = (name: string) =>
  PrivateDns.existingZone(ResourceReference.byId(idOf("Microsoft.Network/privateDnsZones", name)));
const cluster = (window: object): ClusterSpec => ({
  ...SMALL,
  upgrades: {
    clusterWindow: {
      frequency: WindowFrequency.WEEKLY,
      dayOfWeek: DayOfWeek.SUNDAY,
      startTime: "02:00",
      ...window,
    },
  },
});
const MONTHLY = { frequency: "RelativeMonthly" };
const dayOf = (dayOfMonth: number) => ({
  frequency: "AbsoluteMonthly",
  dayOfWeek: undefined,
  dayOfMonth,
});
const freeze = (start: string) => ({ start, end: "2027-01-06T00:00:00Z" });
const forced = (forcedUntil: string): ClusterSpec => ({
  ...excepting("forcedUpgrades"),
  upgrades: { forcedUntil },
});
const system = (upgrade: object): ClusterSpec => ({
  ...SMALL,
  nodePools: { ...SMALL.nodePools, system: { ...SMALL.nodePools.system, upgrade } },
});
const named = ResourceReference.byName({ name: "resource", resourceGroup: "other-rg" });
const KEY = "https://resource.vault.azure.net/keys/etcd/1";
const excepting = (...names: string[]): ClusterSpec => ({
  ...SMALL,
  exceptions: names.map((name) => ({
    name: name as ExceptionName,
    reason: "It is part of this test.",
  })),
});
const ELSEWHERE = { resourceGroup: { name: "identity-rg" } };
const GUID = "55555555-5555-4555-8555-555555555559";
const reader = (principal: Principal) => ({ principal, role: KubernetesRole.READER });
const idsOf = (name: string, digit: string) => ({
  id: idOf("Microsoft.ManagedIdentity/userAssignedIdentities", name).replace(
    "hub-rg",
    "identity-rg",
  ),
  principalId: `66666666-6666-4666-8666-66666666666${digit}`,
  clientId: `77777777-7777-4777-8777-77777777777${digit}`,
});
const inHub = (name: string) => ({
  ids: {
    ...idsOf(name, "1"),
    id: idOf("Microsoft.ManagedIdentity/userAssignedIdentities", name),
  },
});
const groups = (count: number) => Array.from({ length: count }, (_, index) => group(`g${index}`));
const disks = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    ResourceReference.byName({ name: "disk", resourceGroup: `rg${index}` }),
  );
const group = (name: string, objectId?: string) => Principal.group(name, objectId);

// code, what breaks it, where; and something close to it that is right
export const CASES: RuleCase[] = [
  ...CLUSTER_CASES,
  ...EXTENSION_CASES,
  ...FIELD_CASES,
  ...WORKLOAD_CASES,
  ...FLUX_CASES,
  ...ADD_ON_CASES,
  ...BACKUP_CASES,
  ["HAKS-NAME-001", { ...SMALL, name: "first_" }, "name", { ...SMALL, name: "1st-1" }],
  [
    "HAKS-NAME-001",
    { ...SMALL, location: "West Europe" },
    "location",
    { ...SMALL, location: "uksouth" },
  ],
  ["HAKS-NAME-001", apps({ name: "Apps" }), "nodePools.user.0.name", apps({ name: "apps2" })],
  [
    "HAKS-NAME-001",
    network({ nodeSubnet: "a/b" }),
    "network.nodeSubnet",
    network({ nodeSubnet: "a.b_" }),
  ],
  ["HAKS-NAME-002", apps({ name: "system" }), "nodePools.user.0.name", apps({ name: "systems" })],
  [
    "HAKS-NAME-002",
    { ...SMALL, access: { deployers: [group("a"), group("A")] } },
    "access.deployers.1",
    { ...SMALL, access: { deployers: [group("a"), group("b")] } },
  ],
  [
    "HAKS-NAME-003",
    { ...SMALL, access: { deployers: [group("a", "/groups/5")] } },
    "access.deployers.0.objectId",
    { ...SMALL, access: { deployers: [group("a", "55555555-5555-4555-8555-555555555552")] } },
  ],
  [
    "HAKS-NAME-004",
    network({ virtualNetwork: ResourceReference.byId(idOf("Microsoft.Network/natGateways", "n")) }),
    "network.virtualNetwork.id",
    network({
      virtualNetwork: ResourceReference.byId(idOf("Microsoft.Network/virtualNetworks", "n")),
    }),
  ],
  [
    "HAKS-ID-001",
    { ...SMALL, identities: { kubelet: { name: "SMALL-CP-MI" }, resourceGroup: { name: "x" } } },
    "identities.kubelet.name",
    { ...SMALL, identities: { kubelet: { name: "other-mi" }, resourceGroup: { name: "x" } } },
  ],
  ["HAKS-ID-002", { ...SMALL, identities: undefined }, "identities.resourceGroup.name", SMALL],
  [
    "HAKS-ID-003",
    { ...SMALL, identities: { resourceGroup: { name: "cluster-rg", create: true } } },
    "identities.resourceGroup.create",
    {
      ...SMALL,
      resourceGroup: { name: "cluster-rg", create: true },
      identities: { resourceGroup: { name: "cluster-rg", create: true } },
    },
  ],
  [
    "HAKS-NET-001",
    network({ serviceCidr: "10.0.0.0" }),
    "network.serviceCidr",
    network({ serviceCidr: "10.0.0.0/20" }),
  ],
  [
    "HAKS-NET-001",
    overlay("10.244.0.1/16"),
    "network.podNetwork.podCidr",
    overlay("10.240.0.0/16"),
  ],
  ["HAKS-NET-002", overlay("10.0.128.0/17"), "network.podNetwork.podCidr", overlay("10.1.0.0/16")],
  [
    "HAKS-NET-003",
    overlay("172.16.0.0/12"),
    "network.podNetwork.podCidr",
    overlay("172.16.0.0/13"),
  ],
  [
    "HAKS-NET-004",
    network({ serviceCidr: "10.0.0.0/12" }),
    "network.serviceCidr",
    network({ serviceCidr: "10.0.0.0/13" }),
  ],
  [
    "HAKS-NET-005",
    network({ dnsServiceIp: "10.1.0.10" }),
    "network.dnsServiceIp",
    network({ dnsServiceIp: "10.0.1.10" }),
  ],
  [
    "HAKS-NET-005",
    network({ dnsServiceIp: "10.0.0.1" }),
    "network.dnsServiceIp",
    network({ dnsServiceIp: "10.0.0.2" }),
  ],
  [
    "HAKS-NET-005",
    network({ dnsServiceIp: "dns" }),
    "network.dnsServiceIp",
    network({ dnsServiceIp: "10.0.0.3" }),
  ],
  ["HAKS-NET-006", overlay("11.0.0.0/16"), "network.podNetwork.podCidr", overlay("100.64.0.0/16")],
  [
    "HAKS-NET-007",
    { ...SMALL, privateDns: zone("privatelink.northeurope.azmk8s.io") },
    "privateDns.zone",
    { ...SMALL, privateDns: zone("prod.privatelink.westeurope.azmk8s.io") },
  ],
  [
    "HAKS-NET-008",
    network({ dataPlane: "ebpf" as DataPlane }),
    "network.dataPlane",
    network({ dataPlane: DataPlane.AZURE }),
  ],
  ["HAKS-NODE-001", apps({ minCount: 1001 }), "nodePools.user.0.minCount", apps({ minCount: 1 })],
  ["HAKS-NODE-001", apps({ maxCount: 2 }), "nodePools.user.0.maxCount", apps({ maxCount: 3 })],
  ["HAKS-NODE-002", apps({ maxPods: 251 }), "nodePools.user.0.maxPods", apps({ maxPods: 250 })],
  [
    "HAKS-NODE-002",
    apps({ maxPods: 20, minCount: 1 }),
    "nodePools.user.0.maxPods",
    apps({ maxPods: 10 }),
  ],
  ["HAKS-NODE-003", apps({ zones: ["1", "4"] }), "nodePools.user.0.zones", apps({ zones: [] })],
  [
    "HAKS-NODE-004",
    { ...SMALL, nodePools: { system: SMALL.nodePools.system, user: [] } },
    "nodePools.user",
    SMALL,
  ],
  [
    "HAKS-K8S-001",
    { ...SMALL, kubernetesVersion: "latest" },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.36" },
  ],
  [
    "HAKS-UPG-001",
    { ...SMALL, upgrades: { channel: "weekly" as UpgradeChannel } },
    "upgrades.channel",
    { ...SMALL, upgrades: { channel: UpgradeChannel.RAPID } },
  ],
  [
    "HAKS-UPG-002",
    cluster({ startTime: "2:00" }),
    "upgrades.clusterWindow.startTime",
    cluster({ startTime: "23:59" }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ dayOfWeek: undefined }),
    "upgrades.clusterWindow.dayOfWeek",
    cluster({ dayOfWeek: "Monday" }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ durationHours: 3 }),
    "upgrades.clusterWindow.durationHours",
    cluster({ durationHours: 24 }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ utcOffset: "+1" }),
    "upgrades.clusterWindow.utcOffset",
    cluster({ utcOffset: "-05:30" }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ frequency: "Yearly" }),
    "upgrades.clusterWindow.frequency",
    cluster({ frequency: "Daily", dayOfWeek: undefined }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ weekIndex: "First" }),
    "upgrades.clusterWindow.weekIndex",
    cluster({ ...MONTHLY, weekIndex: "Last" }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ ...MONTHLY, weekIndex: "Fifth" }),
    "upgrades.clusterWindow.weekIndex",
    cluster({ ...MONTHLY, weekIndex: "First" }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ frequency: "AbsoluteMonthly", dayOfWeek: undefined }),
    "upgrades.clusterWindow.dayOfMonth",
    cluster(dayOf(31)),
  ],
  ["HAKS-UPG-002", cluster(dayOf(32)), "upgrades.clusterWindow.dayOfMonth", cluster(dayOf(1))],
  [
    "HAKS-UPG-002",
    cluster({ ...dayOf(1), dayOfWeek: "Sunday" }),
    "upgrades.clusterWindow.dayOfWeek",
    cluster(dayOf(1)),
  ],
  [
    "HAKS-UPG-002",
    cluster({ interval: 5 }),
    "upgrades.clusterWindow.interval",
    cluster({ interval: 4 }),
  ],
  [
    "HAKS-UPG-002",
    cluster({ ...dayOf(1), interval: 7 }),
    "upgrades.clusterWindow.interval",
    cluster({ ...dayOf(1), interval: 6 }),
  ],
  [
    "HAKS-UPG-005",
    cluster({ notAllowed: [freeze("2026-12-18")] }),
    "upgrades.clusterWindow.notAllowed.0.start",
    cluster({ notAllowed: [freeze("2026-12-18T00:00:00Z")] }),
  ],
  [
    "HAKS-UPG-005",
    cluster({ notAllowed: [freeze("2027-01-07T00:00:00Z")] }),
    "upgrades.clusterWindow.notAllowed.0.end",
    cluster({ notAllowed: [freeze("2027-01-06T04:00:00+05:00")] }),
  ],
  ["HAKS-UPG-005", forced("tomorrow"), "upgrades.forcedUntil", forced("2026-12-01T00:00:00Z")],
  [
    "HAKS-HARD-003",
    { ...forced("2026-12-01T00:00:00Z"), exceptions: [] },
    "upgrades.forcedUntil",
    forced("2026-12-01T00:00:00Z"),
  ],
  [
    "HAKS-HARD-003",
    { ...SMALL, upgrades: { nodeOsChannel: NodeOsChannel.UNMANAGED } },
    "upgrades.nodeOsChannel",
    {
      ...SMALL,
      upgrades: { nodeOsChannel: NodeOsChannel.UNMANAGED },
      exceptions: excepting("noNodeOsUpgrades").exceptions,
    },
  ],
  [
    "HAKS-NODE-012",
    apps({ upgrade: { maxSurge: "0" } }),
    "nodePools.user.0.upgrade.maxSurge",
    apps({ upgrade: { maxSurge: "0", maxUnavailable: "1" } }),
  ],
  [
    "HAKS-NODE-012",
    apps({ upgrade: { maxSurge: "1", maxUnavailable: "1" } }),
    "nodePools.user.0.upgrade.maxSurge",
    apps({ upgrade: { maxUnavailable: "10%" } }),
  ],
  [
    "HAKS-NODE-012",
    apps({ upgrade: { maxUnavailable: "0" } }),
    "nodePools.user.0.upgrade.maxUnavailable",
    apps({ upgrade: { maxUnavailable: "100%" } }),
  ],
  [
    "HAKS-NODE-012",
    system({ maxUnavailable: "1" }),
    "nodePools.system.upgrade.maxUnavailable",
    system({ maxSurge: "1" }),
  ],
  [
    "HAKS-NODE-012",
    apps({ upgrade: { undrainableNodeBehavior: "Delete" } }),
    "nodePools.user.0.upgrade.undrainableNodeBehavior",
    apps({ upgrade: { undrainableNodeBehavior: "Cordon" } }),
  ],

  [
    "HAKS-ID-005",
    {
      ...SMALL,
      identities: { ...ELSEWHERE, controlPlane: { ids: idsOf("small-kubelet-mi", "1") } },
    },
    "identities.controlPlane.ids.id",
    { ...SMALL, identities: { ...ELSEWHERE, controlPlane: { ids: idsOf("small-cp-mi", "1") } } },
  ],
  [
    "HAKS-ID-001",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        controlPlane: { ids: idsOf("small-cp-mi", "1") },
        kubelet: { ids: idsOf("small-kubelet-mi", "1") },
      },
    },
    "identities.kubelet.name",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        controlPlane: { ids: idsOf("small-cp-mi", "1") },
        kubelet: { ids: idsOf("small-kubelet-mi", "2") },
      },
    },
  ],
  [
    "HAKS-ID-004",
    { ...SMALL, identities: undefined, access: { deployers: [group("a")] } },
    "identities.resourceGroup.name",
    { ...SMALL, access: { deployers: [group("a")] } },
  ],
  [
    "HAKS-NET-009",
    network({ apiServerSubnet: "nodes" }),
    "network.apiServerSubnet",
    network({ apiServerSubnet: "api" }),
  ],
  [
    "HAKS-NET-010",
    network({ egress: Egress.loadBalancer({ publicIps: [named], publicIpPrefixes: [named] }) }),
    "network.egress.publicIpPrefixes",
    network({ egress: Egress.loadBalancer({ publicIps: [named] }) }),
  ],
  [
    "HAKS-NET-003",
    subnets({ nodes: "172.30.4.0/22" }),
    "network.subnets.0.cidr",
    subnets({ nodes: "172.29.4.0/22" }),
  ],
  [
    "HAKS-ADDR-001",
    subnets({ nodes: "10.240.1.0/22" }),
    "network.subnets.0.cidr",
    subnets({ nodes: "10.240.0.0/22" }),
  ],
  [
    "HAKS-ADDR-001",
    network({ peeredRanges: ["10.1.0.0"] }),
    "network.peeredRanges.0",
    network({ peeredRanges: ["10.1.0.0/16"] }),
  ],
  // 8 nodes with those of upgrades, 2 frontends, the private endpoint, 5 of Azure: 16.
  [
    "HAKS-ADDR-002",
    subnets({ nodes: "10.240.0.0/29" }),
    "network.subnets.0.cidr",
    subnets({ nodes: "10.240.0.0/28" }),
  ],
  [
    "HAKS-ADDR-002",
    subnets({ NODES: "10.240.0.0/28" }, { internalLoadBalancers: 3 }),
    "network.subnets.0.cidr",
    subnets({ NODES: "10.240.0.0/28" }, { internalLoadBalancers: 1 }),
  ],
  // 8 nodes with 111 addresses each, and 8 others: 896.
  [
    "HAKS-ADDR-002",
    subnets({ nodes: "10.240.0.0/23" }, { podNetwork: PodNetwork.flat() }),
    "network.subnets.0.cidr",
    subnets({ nodes: "10.240.0.0/22" }, { podNetwork: PodNetwork.flat() }),
  ],
  // 8 nodes with 128 addresses each, and 5 of Azure: 1029.
  [
    "HAKS-ADDR-002",
    subnets({ pods: "10.240.0.0/22" }, { podNetwork: PodNetwork.podSubnet("pods") }),
    "network.subnets.0.cidr",
    subnets({ pods: "10.240.0.0/21" }, { podNetwork: PodNetwork.podSubnet("pods") }),
  ],
  [
    "HAKS-ADDR-003",
    overlay("10.244.0.0/22"),
    "network.podNetwork.podCidr",
    overlay("10.244.0.0/21"),
  ],
  [
    "HAKS-ADDR-004",
    subnets({ api: "10.240.8.0/29" }, { apiServerSubnet: "api" }),
    "network.subnets.0.cidr",
    subnets({ api: "10.240.8.0/28" }, { apiServerSubnet: "api" }),
  ],
  [
    "HAKS-ADDR-005",
    subnets({ nodes: "10.240.0.0/22", others: "10.240.3.0/24" }),
    "network.subnets.1.cidr",
    subnets({ nodes: "10.240.0.0/22", others: "10.240.4.0/24" }),
  ],
  [
    "HAKS-ADDR-006",
    subnets({ nodes: "10.0.4.0/22" }),
    "network.serviceCidr",
    subnets({ nodes: "10.1.4.0/22" }),
  ],
  [
    "HAKS-ADDR-006",
    network({ peeredRanges: ["10.240.0.0/12"] }),
    "network.podNetwork.podCidr",
    network({ peeredRanges: ["10.224.0.0/12"] }),
  ],
  [
    "HAKS-ADDR-007",
    network({ nodeSubnet: "GatewaySubnet" }),
    "network.nodeSubnet",
    network({ nodeSubnet: "gateway-subnet" }),
  ],
  [
    "HAKS-ADDR-007",
    apps({ subnet: "RouteServerSubnet" }),
    "nodePools.user.0.subnet",
    apps({ subnet: "routes" }),
  ],
  [
    "HAKS-ADDR-007",
    network({ podNetwork: PodNetwork.podSubnet("AzureBastionSubnet") }),
    "network.podNetwork.subnet",
    network({ podNetwork: PodNetwork.podSubnet("bastion") }),
  ],
  [
    "HAKS-ADDR-007",
    network({ apiServerSubnet: "azurefirewallsubnet" }),
    "network.apiServerSubnet",
    network({ apiServerSubnet: "firewall" }),
  ],
  [
    "HAKS-ADDR-008",
    network({ nodeSubnet: "n".repeat(64) }),
    "network.nodeSubnet",
    network({ nodeSubnet: "n".repeat(63) }),
  ],
  [
    "HAKS-ADDR-008",
    network({ nodeSubnet: "n".repeat(64) }),
    "network.nodeSubnet",
    network({ nodeSubnet: "n".repeat(64), podNetwork: PodNetwork.flat() }),
  ],
  [
    "HAKS-ADDR-008",
    vnet("v".repeat(64), "network-rg"),
    "network.virtualNetwork.name",
    vnet("v".repeat(63), "network-rg"),
  ],
  [
    "HAKS-ADDR-008",
    vnet("vnet", "r".repeat(64)),
    "network.virtualNetwork.resourceGroup",
    vnet("vnet", "r".repeat(63)),
  ],
  ["HAKS-ADDR-009", flat(1000), "network.podNetwork", flat(400)],
  [
    "HAKS-ADDR-010",
    network({
      subnets: [
        { name: "nodes", cidr: "10.240.0.0/22" },
        { name: "Nodes", cidr: "10.240.4.0/22" },
      ],
    }),
    "network.subnets.1.name",
    subnets({ nodes: "10.240.0.0/22", others: "10.240.4.0/22" }),
  ],
  [
    "HAKS-ADDR-011",
    network({ internalLoadBalancers: 1.5 }),
    "network.internalLoadBalancers",
    network({ internalLoadBalancers: 0 }),
  ],
  [
    "HAKS-ACC-001",
    { ...SMALL, addOns: ["applicationGatewayIngress" as AddOn] },
    "addOns.0",
    { ...SMALL, addOns: [] },
  ],
  [
    "HAKS-ACC-002",
    { ...SMALL, permissions: { roleSet: RoleSet.minimal({ join: "x" }) } },
    "permissions.roleSet.existing.join",
    { ...SMALL, permissions: { roleSet: RoleSet.minimal({ subnetJoin: "x" }) } },
  ],
  [
    "HAKS-ACC-002",
    { ...SMALL, permissions: { grantedBy: { subnet: "platform" as GrantingTeam } } },
    "permissions.grantedBy.subnet",
    { ...SMALL, permissions: { grantedBy: { subnet: GrantingTeam.IDENTITY } } },
  ],
  [
    "HAKS-ACC-002",
    {
      ...SMALL,
      access: { kubernetes: [{ principal: group("a"), role: "root" as KubernetesRole }] },
    },
    "access.kubernetes.0.role",
    { ...SMALL, access: { kubernetes: [{ principal: group("a"), role: KubernetesRole.READER }] } },
  ],
  [
    "HAKS-ACC-003",
    { ...SMALL, registries: [{ registry: named, repositories: ["apps/"] }] },
    "registries.0.repositories",
    {
      ...SMALL,
      registries: [{ registry: named, mode: RegistryMode.ABAC, repositories: ["apps/"] }],
    },
  ],
  [
    "HAKS-ACC-003",
    {
      ...SMALL,
      registries: [{ registry: named, mode: RegistryMode.ABAC, repositories: ["a' OR 'a"] }],
    },
    "registries.0.repositories.0",
    {
      ...SMALL,
      registries: [{ registry: named, mode: RegistryMode.ABAC, repositories: ["a/b-c"] }],
    },
  ],
  [
    "HAKS-ACC-004",
    { ...SMALL, kms: { keyVault: named, keyId: KEY, network: KeyVaultNetwork.PRIVATE } },
    "kms.network",
    {
      ...network({ apiServerSubnet: "api" }),
      kms: { keyVault: named, keyId: KEY, network: KeyVaultNetwork.PRIVATE },
    },
  ],
  [
    "HAKS-ACC-004",
    { ...SMALL, kms: { keyVault: named, keyId: KEY.replace("/1", "") } },
    "kms.keyId",
    { ...SMALL, kms: { keyVault: named, keyId: KEY } },
  ],
  [
    "HAKS-ACC-005",
    {
      ...SMALL,
      resourceGroup: { name: "cluster-rg", create: true },
      access: { kubernetes: [{ principal: group("a"), role: KubernetesRole.READER }] },
    },
    "access.kubernetes",
    { ...SMALL, access: { kubernetes: [{ principal: group("a"), role: KubernetesRole.READER }] } },
  ],
  [
    "HAKS-ACC-006",
    { ...SMALL, access: { deployers: groups(85) } },
    "access",
    { ...SMALL, access: { deployers: groups(70) } },
  ],
  [
    "HAKS-ACC-007",
    { ...SMALL, permissions: { roleSet: RoleSet.minimal() }, storage: { disks: disks(50) } },
    "permissions.roleSet",
    {
      ...SMALL,
      permissions: { roleSet: RoleSet.minimal({ disk: "Disks" }) },
      storage: { disks: disks(50) },
    },
  ],
  ["HAKS-HARD-001", excepting("root"), "exceptions.0.name", excepting("runCommand")],
  [
    "HAKS-HARD-001",
    excepting("runCommand", "runCommand"),
    "exceptions.1.name",
    excepting("runCommand", "freeTier"),
  ],
  [
    "HAKS-HARD-002",
    { ...SMALL, exceptions: [{ name: ExceptionName.RUN_COMMAND, reason: "because." }] },
    "exceptions.0.reason",
    excepting("runCommand"),
  ],
  ["HAKS-HARD-003", { ...SMALL, monitoring: undefined }, "monitoring.logAnalyticsWorkspace", SMALL],
  [
    "HAKS-HARD-003",
    { ...SMALL, upgrades: { channel: UpgradeChannel.NONE } },
    "upgrades.channel",
    { ...excepting("noUpgrades"), upgrades: { channel: UpgradeChannel.NONE } },
  ],
  [
    "HAKS-HARD-003",
    { ...SMALL, upgrades: { nodeOsChannel: NodeOsChannel.NONE } },
    "upgrades.nodeOsChannel",
    { ...excepting("noNodeOsUpgrades"), upgrades: { nodeOsChannel: NodeOsChannel.NONE } },
  ],
  ["HAKS-HARD-003", apps({ minCount: 2 }), "nodePools.user.0.minCount", apps({ minCount: 3 })],
  ["HAKS-HARD-003", apps({ zones: ["1", "2"] }), "nodePools.user.0.zones", apps({})],
  ["HAKS-HARD-003", apps({ maxPods: 49 }), "nodePools.user.0.maxPods", apps({ maxPods: 50 })],
  [
    "HAKS-HARD-004",
    excepting("fewZones"),
    "exceptions.0.name",
    { ...apps({ zones: ["1"] }), exceptions: excepting("fewZones").exceptions },
  ],
  ["HAKS-HARD-005", excepting("runCommand"), "exceptions.0.name", SMALL],
  [
    "HAKS-PRE-001",
    { ...SMALL, preflight: { network: "maybe" as PreflightMode } },
    "preflight.network",
    {
      ...SMALL,
      preflight: {
        network: PreflightMode.WARN,
        cluster: PreflightMode.OFF,
        identityGrants: PreflightMode.ENFORCE,
      },
    },
  ],
  [
    "HAKS-NAME-005",
    {
      ...SMALL,
      access: {
        deployers: [group("a")],
        kubernetes: [reader(Principal.servicePrincipal("A"))],
      },
    },
    "access.kubernetes.0.name",
    { ...SMALL, access: { deployers: [group("a")], kubernetes: [reader(group("a"))] } },
  ],
  [
    "HAKS-NAME-005",
    { ...SMALL, access: { deployers: [group("a", GUID)], kubernetes: [reader(group("b", GUID))] } },
    "access.kubernetes.0.name",
    { ...SMALL, access: { deployers: [group("a", GUID)], kubernetes: [reader(group("a", GUID))] } },
  ],
  [
    "HAKS-NAME-005",
    { ...SMALL, access: { deployers: [group("small-cp-mi")] } },
    "access.deployers.0.name",
    { ...SMALL, access: { deployers: [group("small-cp-team")] } },
  ],
  [
    "HAKS-NAME-002",
    { ...SMALL, storage: { disks: [named, named] } },
    "storage.disks.1",
    { ...SMALL, storage: { disks: disks(2) } },
  ],
  [
    "HAKS-ID-005",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        controlPlane: { ...inHub("small-cp-mi"), resourceGroup: "identity-rg" },
      },
    },
    "identities.controlPlane.ids.id",
    { ...SMALL, identities: { ...ELSEWHERE, controlPlane: inHub("small-cp-mi") } },
  ],
  [
    "HAKS-ID-005",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        kubelet: { ...inHub("small-kubelet-mi"), subscriptionId: GUID },
      },
    },
    "identities.kubelet.ids.id",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        kubelet: { ...inHub("small-kubelet-mi"), subscriptionId: OTHER_SUBSCRIPTION },
      },
    },
  ],
  [
    "HAKS-ID-006",
    {
      ...SMALL,
      identities: {
        ...ELSEWHERE,
        controlPlane: { ids: { ...idsOf("small-cp-mi", "1"), principalId: GUID } },
      },
      access: { deployers: [group("a", GUID)] },
    },
    "identities.controlPlane.ids.principalId",
    {
      ...SMALL,
      identities: { ...ELSEWHERE, controlPlane: { ids: idsOf("small-cp-mi", "1") } },
      access: { deployers: [group("a", GUID)] },
    },
  ],
  [
    "HAKS-ACC-008",
    { ...SMALL, permissions: { roleSet: RoleSet.minimal({ subnetJoin: "Owner" }) } },
    "permissions.roleSet.existing.subnetJoin",
    {
      ...SMALL,
      permissions: { roleSet: RoleSet.minimal({ subnetJoin: "Subnet joiner" }) },
    },
  ],
  [
    "HAKS-ACC-009",
    { ...SMALL, permissions: { grantedBy: { subnet: GrantingTeam.IDENTITY } } },
    "permissions.grantedBy.subnet",
    { ...SMALL, permissions: { grantedBy: { subnet: GrantingTeam.NETWORK } } },
  ],
];

// Cases are asked for more than once.
const known = new Map<ClusterSpec, Finding[]>();

function findingsOf(spec: ClusterSpec): Finding[] {
  const findings = known.get(spec) ?? new ClusterPlan(spec).findings;
  known.set(spec, findings);
  return findings;
}

function found(spec: ClusterSpec): string[] {
  return findingsOf(spec).map(({ code, path }) => `${code} ${path}`);
}

/** What is about another thing than whether a cluster is possible. */
const ASIDE = [
  "HAKS-PREV-001",
  "HAKS-PREV-002",
  "HAKS-ID-002",
  "HAKS-ACC-009",
  "HAKS-ACC-011",
  "HAKS-ACC-012",
  "HAKS-ACC-013",
  "HAKS-OWN-014",
  "HAKS-ACC-015",
  "HAKS-HARD-003",
  "HAKS-UPG-004",
  "HAKS-ADD-001",
  "HAKS-ADD-006",
  "HAKS-ADD-008",
  "HAKS-HARD-005",
  "HAKS-NODE-014",
  "HAKS-MESH-003",
  "HAKS-PRE-002",
];

test.each(CASES)("%s", (code, broken, path, right) => {
  const others = (finding: string) =>
    finding.startsWith(code) || !ASIDE.some((other) => finding.startsWith(other));
  expect(found(broken).filter(others)).toEqual([`${code} ${path}`]);
  expect(found(right).filter(others)).toEqual([]);
});

test("every rule has a case, and every code is unique", () => {
  const codes = ALL_RULES.map(({ code }) => code);
  expect([...new Set(CASES.map(([code]) => code))].sort()).toEqual([...codes].sort());
});

describe("a description that is of no use to a rule", () => {
  test("because of a value of another type is told, with the cluster", () => {
    const user = [{ ...SMALL.nodePools.user[0]!, name: 7 as unknown as string }];
    const spec = { ...SMALL, nodePools: { ...SMALL.nodePools, user } };
    expect(() => found(spec)).toThrow(
      /^Something in the description of the cluster "small" has another type than ClusterSpec says: .*name.*\.$/,
    );
  });

  test("for another reason is told by the error itself", () => {
    const sharedWith: ClusterSpec[] = [];
    sharedWith.push({ ...SMALL, permissions: { sharedWith } });
    expect(() => found({ ...SMALL, permissions: { sharedWith } })).toThrow(
      /^The cluster "small" shares something with itself/,
    );
  });
});

test("every finding says what is wrong and what to do, in sentences", () => {
  const findings: Finding[] = CASES.flatMap(([, broken]) => findingsOf(broken));
  expect(findings.length).toBeGreaterThanOrEqual(CASES.length);
  const isSound = ({ message, remedy, severity }: Finding) =>
    /^["A-Z].*\.$/.test(message) &&
    /^[A-Z].*\.$/.test(remedy) &&
    // No value is missing in it.
    !/undefined|NaN|\[object|\btrue\b|\bfalse\b|""| {2}| [.,;:]/.test(message) &&
    !/undefined|NaN|\[object|""| {2}|, ,/.test(remedy) &&
    ["error", "warning"].includes(severity);
  expect(findings.filter((finding) => !isSound(finding))).toEqual([]);
});

test.each(ALL_RULES)("the title of $code has the verb of its severity", ({ severity, title }) => {
  expect(/\b(must|should)\b/.exec(title)?.[0]).toBe(severity === "warning" ? "should" : "must");
});

test("docs/findings.md lists every code", () => {
  expect(textOf("docs/findings.md")).toBe(findingsPage());
  for (const { code } of ALL_RULES) {
    expect(findingsPage()).toContain(code);
  }
});

test("the last address of all is no place for the DNS service, and no rule throws", () => {
  const last = "255.255.255.255";
  expect(found(network({ serviceCidr: `${last}/32`, dnsServiceIp: last }))).toContain(
    "HAKS-NET-005 network.dnsServiceIp",
  );
});

test("a zone of a region that is not in the list is right there", () => {
  const inRegion = (location: string) => ({
    ...SMALL,
    location,
    privateDns: PrivateDns.existingZone(
      ResourceReference.byName({
        name: `privatelink.finlandcentral.azmk8s.io`,
        resourceGroup: "dns-rg",
      }),
    ),
  });
  const codes = (location: string) => found(inRegion(location)).map((one) => one.slice(0, 13));
  expect(codes("finlandcentral")).toContain("HAKS-NAME-010");
  expect(codes("finlandcentral")).not.toContain("HAKS-NET-007 ");
  expect(codes("westeurope")).toContain("HAKS-NET-007 ");
});

test.each([
  ["D4ds_v5", "Standard_D4ds_v5"],
  ["Standard_D4dsv5", "Standard_D4ds_v5"],
  ["Standard_E8dsv5", "Standard_E8ds_v5"],
  ["standard_d4ds_v5", "Standard_D4ds_v5"],
])("the size that %s probably means is %s", (size, meant) => {
  expect(nearestVmSize(size)).toBe(meant);
});

test.each(
  "DC8_v2 DC24s_v3 NCC40ads_H100_v5 NM16ads_MA35D E104id_v5 L12aos_v4 D4nds_v6 G5 DS14 M128ms NV36ads_A10_v5 E4-2ds_v5 B2ats_v2 D2pds_v6".split(
    " ",
  ),
)("%s is a size", (name) => {
  expect(isVmSize(`Standard_${name}`)).toBe(true);
});

test("a zone of the hub is right", () => {
  expect(found({ ...SMALL, privateDns: HUB_ZONE })).toEqual([
    ...found(SMALL),
    "HAKS-PRE-002 privateDns.zone.id",
  ]);
  const subscriptionId = "22222222-2222-4222-8222-222222222222";
  expect(found({ ...SMALL, subscriptionId, privateDns: HUB_ZONE })).toEqual(found(SMALL));
});
