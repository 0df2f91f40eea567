// Descriptions that break the rules about the cluster itself, and ones close to them that do not.
import {
  AddOn,
  ApiServer,
  ClusterSpec,
  DataPlane,
  Egress,
  GrantPrincipal,
  GrantScope,
  ExceptionName,
  GrantingTeam,
  KubernetesRole,
  LogCategory,
  NodeOsChannel,
  PodAllocation,
  PodNetwork,
  PreflightMode,
  Principal,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  Role,
  UpgradeChannel,
} from "../../lib";
import { OTHER_SUBSCRIPTION, SMALL } from "../scenarios";

/** Code, what breaks it, where; and something close to it that is right. */
export type RuleCase = [string, ClusterSpec, string, ClusterSpec];

const network = (change: Partial<ClusterSpec["network"]>, more: Partial<ClusterSpec> = {}) => ({
  ...SMALL,
  network: { ...SMALL.network, ...change },
  ...more,
});
const moved = (nodeSubnet: string, before: Partial<ClusterSpec["network"]>): ClusterSpec => ({
  ...network({ nodeSubnet }),
  previous: network({ nodeSubnet, ...before }),
});
const pools = (apps: object, more: object[] = [], rest: object = {}): ClusterSpec => ({
  ...SMALL,
  nodePools: {
    system: SMALL.nodePools.system,
    user: [
      { name: "apps", vmSize: "Standard_D4ds_v5", ...apps },
      ...more.map((pool) => ({ name: "more", vmSize: "Standard_D4ds_v5", ...pool })),
    ],
    ...rest,
  },
});
const beside = (pool: object): ClusterSpec => pools({}, [pool]);
const because = (...names: string[]) => ({
  exceptions: names.map((name) => ({
    name: name as ExceptionName,
    reason: "It is part of this test.",
  })),
});
const publicFrom = (ranges: string[], change: Partial<ClusterSpec["network"]> = {}) => ({
  ...network(change),
  apiServer: ApiServer.publicFrom(ranges),
  ...because("publicApiServer"),
});
const OFFICE = "203.0.113.0/24";
const CACHE = ResourceReference.byName({ name: "cacheregistry", resourceGroup: "registry-rg" });
const isolated = (more: Partial<ClusterSpec> = {}) => network({ egress: Egress.none(CACHE) }, more);
const onAzure = (spec: ClusterSpec): ClusterSpec => ({
  ...spec,
  network: { ...spec.network, dataPlane: DataPlane.AZURE },
});
const WINDOWS = { name: "win", os: "Windows" };
const IPV6 = { podCidr: "fd12:3456:789a::/64", serviceCidr: "fd12:3456:789a:1::/108" };
const dual = (change: object) => network({ ipv6: { ...IPV6, ...change } });
const zone = (name: string) =>
  PrivateDns.existingZone(
    ResourceReference.byId(
      `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/dns-rg/providers/Microsoft.Network/privateDnsZones/${name}`,
    ),
  );
const ADMINS = Principal.group("admins", "55555555-5555-4555-8555-555555555551");
const admins = (...adminGroups: Principal[]) => ({ ...SMALL, access: { adminGroups } });
const disks = (...places: [group: string, name: string][]) =>
  places.map(([resourceGroup, name]) => ResourceReference.byName({ name, resourceGroup }));
const AUDITED = [
  "cluster-autoscaler",
  "guard",
  "karpenter-events",
  "kube-apiserver",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
];
const natGateway = network({ egress: Egress.natGateway() });
const DISK = "Standard_D4ds_v5";
const mesh = (kubernetesVersion: string, revision: string): ClusterSpec => ({
  ...SMALL,
  kubernetesVersion,
  serviceMesh: { revisions: [revision] },
});
const on = (kubernetesVersion: string, pool: object): ClusterSpec => ({
  ...onAzure(pools(pool, [{}])),
  kubernetesVersion,
});
const OWN = "22222222-2222-4222-8222-222222222222";
const publicIp = (subscriptionId: string) =>
  ResourceReference.byName({ name: "ip", resourceGroup: "ip-rg", subscriptionId });
const serviceIp = (subscriptionId: string) =>
  network({ servicePublicIps: [publicIp(subscriptionId)] }, { subscriptionId: OWN });
const egressIp = (subscriptionId: string) =>
  network(
    { egress: Egress.loadBalancer({ publicIps: [publicIp(subscriptionId)] }) },
    { subscriptionId: OWN },
  );
const SNAPSHOT = `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/snap-rg/providers/Microsoft.ContainerService/snapshots/s1`;
const pointing = (more: object): ClusterSpec => ({
  ...SMALL,
  overrides: { nodePools: { apps: { snapshot_id: SNAPSHOT } } },
  ...more,
});
const SNAPSHOT_GRANT = {
  principal: GrantPrincipal.entra(Principal.group("platform")),
  role: Role.builtIn("Snapshot Reader", "55555555-5555-4555-8555-555555555550", [
    "Microsoft.ContainerService/snapshots/read",
  ]),
  scope: GrantScope.resource(
    "Microsoft.ContainerService/snapshots",
    ResourceReference.byId(SNAPSHOT.toLowerCase()),
  ),
  team: GrantingTeam.IDENTITY,
  feature: "snapshot",
  why: "The pool starts from the snapshot.",
  source: "https://learn.microsoft.com/azure/aks/node-pool-snapshot",
};
const repositories = (count: number): ClusterSpec => ({
  ...SMALL,
  registries: [
    {
      registry: CACHE,
      mode: RegistryMode.ABAC,
      repositories: Array.from(
        { length: count },
        (_, index) => `team${index}/application-with-a-name/`,
      ),
    },
  ],
});
const GPU = "Standard_NC24ads_A100_v4";
const LONG = "x".repeat(70);

/** The rules about the cluster itself. */
export const CLUSTER_CASES: RuleCase[] = [
  [
    "HAKS-API-001",
    publicFrom(Array.from({ length: 201 }, (_, index) => `198.51.100.${index}`)),
    "apiServer.authorizedRanges",
    publicFrom(Array.from({ length: 200 }, (_, index) => `198.51.100.${index}`)),
  ],
  [
    "HAKS-HARD-003",
    publicFrom([]),
    "apiServer.authorizedRanges",
    { ...publicFrom([]), ...because("publicApiServer", "openApiServer") },
  ],
  [
    "HAKS-HARD-004",
    { ...publicFrom([OFFICE]), ...because("publicApiServer", "openApiServer") },
    "exceptions.1.name",
    publicFrom([OFFICE]),
  ],
  ["HAKS-API-001", publicFrom(["0.0.0.0/0"]), "apiServer.authorizedRanges.0", publicFrom([OFFICE])],
  [
    "HAKS-API-001",
    publicFrom([OFFICE, "10.1.0.0/16"]),
    "apiServer.authorizedRanges.1",
    publicFrom([OFFICE, "11.1.0.0/16"]),
  ],
  [
    "HAKS-API-001",
    publicFrom(["office"]),
    "apiServer.authorizedRanges.0",
    publicFrom(["203.0.113.1"]),
  ],
  [
    "HAKS-API-002",
    { ...publicFrom([OFFICE]), privateDns: PrivateDns.system() },
    "privateDns",
    publicFrom([OFFICE]),
  ],
  [
    "HAKS-API-003",
    { ...SMALL, privateDns: PrivateDns.none() },
    "privateDns",
    { ...SMALL, privateDns: PrivateDns.none(), ...because("publicFqdn") },
  ],
  [
    "HAKS-API-004",
    publicFrom([OFFICE], { egress: Egress.natGateway() }),
    "apiServer.authorizedRanges",
    publicFrom([OFFICE], { egress: Egress.natGateway(), apiServerSubnet: "api" }),
  ],
  [
    "HAKS-API-005",
    publicFrom([OFFICE], { egress: Egress.none(CACHE) }),
    "apiServer",
    publicFrom([OFFICE], { egress: Egress.none(CACHE), apiServerSubnet: "api" }),
  ],
  [
    "HAKS-NET-007",
    { ...SMALL, privateDns: zone("private.westeurope.azmk8s.io") },
    "privateDns.zone",
    network({ apiServerSubnet: "api" }, { privateDns: zone("private.westeurope.azmk8s.io") }),
  ],
  [
    "HAKS-NET-007",
    { ...SMALL, privateDns: zone(`${"a".repeat(33)}.privatelink.westeurope.azmk8s.io`) },
    "privateDns.zone",
    { ...SMALL, privateDns: zone(`${"a".repeat(32)}.privatelink.westeurope.azmk8s.io`) },
  ],
  [
    "HAKS-NET-011",
    network({ podNetwork: PodNetwork.kubenet() }),
    "network.podNetwork",
    network({ podNetwork: PodNetwork.flat() }),
  ],
  [
    "HAKS-NET-012",
    network({
      podNetwork: PodNetwork.podSubnet("pods", PodAllocation.STATIC_BLOCK),
    }),
    "network.podNetwork.allocation",
    network({ podNetwork: PodNetwork.podSubnet("pods", PodAllocation.DYNAMIC) }),
  ],
  [
    "HAKS-NET-013",
    network({ ipv6: IPV6, podNetwork: PodNetwork.flat() }),
    "network.ipv6",
    network({ ipv6: IPV6 }),
  ],
  ["HAKS-NET-013", dual({ podCidr: "10.1.0.0/16" }), "network.ipv6.podCidr", dual({})],
  ["HAKS-NET-013", dual({ serviceCidr: "fd00::/64" }), "network.ipv6.serviceCidr", dual({})],
  [
    "HAKS-NET-013",
    dual({ serviceCidr: "fd12:3456:789a::/108" }),
    "network.ipv6.serviceCidr",
    dual({ serviceCidr: "fd12:3456:789b::/108" }),
  ],
  ["HAKS-NET-013", onAzure(network({ ipv6: IPV6 })), "network.ipv6", onAzure(network({}))],
  [
    "HAKS-NET-018",
    network({ ipv6: IPV6, egress: Egress.natGateway() }),
    "network.egress",
    network({ ipv6: IPV6, egress: Egress.userDefinedRouting() }),
  ],
  [
    "HAKS-NET-018",
    network({ ipv6: IPV6, egress: Egress.natGateway() }),
    "network.egress",
    natGateway,
  ],
  [
    "HAKS-NET-014",
    isolated({
      registries: [
        {
          registry: ResourceReference.byId(
            `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/registry-rg/providers/Microsoft.ContainerRegistry/registries/CacheRegistry`,
          ),
          mode: RegistryMode.ABAC,
        },
      ],
    }),
    "registries.0.mode",
    isolated({ registries: [] }),
  ],
  [
    "HAKS-NET-014",
    isolated({ upgrades: { nodeOsChannel: NodeOsChannel.SECURITY_PATCH } }),
    "upgrades.nodeOsChannel",
    isolated(),
  ],
  [
    "HAKS-NET-014",
    onAzure({ ...beside(WINDOWS), network: isolated().network }),
    "nodePools.user.1.os",
    onAzure({ ...beside({}), network: isolated().network }),
  ],
  [
    "HAKS-NET-014",
    isolated({ registries: [{ registry: CACHE, mode: RegistryMode.ABAC }] }),
    "registries.0.mode",
    isolated({ registries: [{ registry: CACHE }] }),
  ],
  [
    "HAKS-NET-015",
    onAzure(network({ advancedNetworking: { security: true } })),
    "network.advancedNetworking",
    network({ advancedNetworking: { security: true } }),
  ],
  [
    "HAKS-NET-015",
    network({ advancedNetworking: {} }),
    "network.advancedNetworking",
    network({ advancedNetworking: { observability: true } }),
  ],
  [
    "HAKS-NET-016",
    onAzure(pools({}, [], { autoProvisioning: true })),
    "network.dataPlane",
    pools({}, [], { autoProvisioning: true }),
  ],
  [
    "HAKS-NET-016",
    {
      ...pools({}, [], { autoProvisioning: true }),
      network: { ...SMALL.network, podNetwork: PodNetwork.podSubnet("pods") },
    },
    "network.podNetwork",
    { ...SMALL, network: { ...SMALL.network, podNetwork: PodNetwork.podSubnet("pods") } },
  ],
  [
    "HAKS-NET-016",
    pools({ maxCount: 6 }, [], { autoProvisioning: true }),
    "nodePools.user.0.maxCount",
    pools({ minCount: 6 }, [], { autoProvisioning: true }),
  ],
  [
    "HAKS-NET-016",
    pools({}, [], { autoProvisioning: true, autoscaler: {} }),
    "nodePools.autoscaler",
    pools({ maxCount: 6 }, [], { autoscaler: {} }),
  ],
  [
    "HAKS-NET-009",
    network({ apiServerSubnet: "NODES" }),
    "network.apiServerSubnet",
    network({ apiServerSubnet: "api" }),
  ],
  ["HAKS-NET-017", beside(WINDOWS), "nodePools.user.1.os", onAzure(beside(WINDOWS))],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_D4s_v5" }),
    "nodePools.user.0.vmSize",
    { ...pools({ vmSize: "Standard_D4s_v5" }), ...because("managedOsDisk") },
  ],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_D2ads_v5" }),
    "nodePools.user.0.osDiskSizeGb",
    pools({ vmSize: "Standard_D4ads_v5", osDiskSizeGb: 128 }),
  ],
  [
    "HAKS-NODE-006",
    pools({ vmSize: "D4ds_v5" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_F8s_v2" }),
  ],
  [
    "HAKS-NODE-006",
    pools({ osDiskSizeGb: 20 }),
    "nodePools.user.0.osDiskSizeGb",
    pools({ osDiskSizeGb: 64 }),
  ],
  [
    "HAKS-NODE-007",
    pools({ osSku: "Flatcar" }),
    "nodePools.user.0.osSku",
    pools({ osSku: "AzureLinux3" }),
  ],
  [
    "HAKS-NODE-007",
    onAzure(beside({ ...WINDOWS, name: "windows" })),
    "nodePools.user.1.name",
    onAzure(beside({ ...WINDOWS, name: "window" })),
  ],
  ["HAKS-NODE-007", beside({ os: "BSD" }), "nodePools.user.1.os", beside({ os: "Linux" })],
  [
    "HAKS-NODE-008",
    beside({ spot: { evictionPolicy: "Stop" } }),
    "nodePools.user.1.spot.evictionPolicy",
    { ...beside({ spot: { evictionPolicy: "Deallocate" } }), ...because("managedOsDisk") },
  ],
  [
    "HAKS-NODE-008",
    beside({ spot: { maxPrice: 0 } }),
    "nodePools.user.1.spot.maxPrice",
    beside({ spot: { maxPrice: 0.05 } }),
  ],
  [
    "HAKS-NODE-008",
    beside({ spot: {}, hostGroup: CACHE, zones: ["1"] }),
    "nodePools.user.1.spot",
    beside({ hostGroup: CACHE, zones: ["1"] }),
  ],
  [
    "HAKS-NODE-008",
    beside({ spot: {}, upgrade: { maxSurge: "1" } }),
    "nodePools.user.1.upgrade",
    beside({ upgrade: { maxSurge: "1" } }),
  ],
  [
    "HAKS-NODE-017",
    beside({ spot: { evictionPolicy: "Deallocate" } }),
    "nodePools.user.1.spot.evictionPolicy",
    beside({ spot: { evictionPolicy: "Delete" } }),
  ],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_E8as_v5" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_E8as_v4" }),
  ],
  [
    "HAKS-NODE-009",
    pools({ gpu: { driver: "None" } }),
    "nodePools.user.0.gpu",
    pools({ vmSize: GPU, gpu: { driver: "None" } }),
  ],
  [
    "HAKS-NODE-009",
    pools({ vmSize: GPU, gpu: { instance: "MIG9g" } }),
    "nodePools.user.0.gpu.instance",
    pools({ vmSize: GPU, gpu: { instance: "MIG2g" } }),
  ],
  [
    "HAKS-NODE-010",
    {
      ...pools({ vmSize: GPU, osSku: "AzureLinux" }),
      upgrades: { nodeOsChannel: NodeOsChannel.SECURITY_PATCH },
    },
    "nodePools.user.0.osSku",
    {
      ...pools({ vmSize: GPU, osSku: "Ubuntu" }),
      upgrades: { nodeOsChannel: NodeOsChannel.SECURITY_PATCH },
    },
  ],
  [
    "HAKS-NODE-011",
    pools({ labels: { "kubernetes.azure.com/role": "agent" } }),
    "nodePools.user.0.labels.kubernetes.azure.com/role",
    pools({ labels: { "example.com/role": "agent" } }),
  ],
  [
    "HAKS-NODE-011",
    pools({ taints: ["sku=gpu"] }),
    "nodePools.user.0.taints.0",
    pools({ taints: ["sku=gpu:NoSchedule", "only:NoExecute"] }),
  ],
  [
    "HAKS-NODE-012",
    pools({ upgrade: { maxSurge: "0%" } }),
    "nodePools.user.0.upgrade.maxSurge",
    pools({ upgrade: { maxSurge: "1" } }),
  ],
  [
    "HAKS-NODE-012",
    pools({ upgrade: { drainTimeoutMinutes: 0 } }),
    "nodePools.user.0.upgrade.drainTimeoutMinutes",
    pools({ upgrade: { drainTimeoutMinutes: 60, nodeSoakMinutes: 5 } }),
  ],
  [
    "HAKS-NODE-012",
    pools({ upgrade: { nodeSoakMinutes: 31 } }),
    "nodePools.user.0.upgrade.nodeSoakMinutes",
    pools({ upgrade: { nodeSoakMinutes: 30 } }),
  ],
  [
    "HAKS-NODE-013",
    beside({ name: "appstmp" }),
    "nodePools.user.1.name",
    beside({ name: "appstemp" }),
  ],
  [
    "HAKS-NODE-013",
    pools({ name: "application1" }, [{ name: "application2" }]),
    "nodePools.user.1.name",
    pools({ name: "first" }, [{ name: "second" }]),
  ],
  [
    "HAKS-NODE-014",
    pools({ osSku: "Ubuntu2204" }),
    "nodePools.user.0.osSku",
    pools({ osSku: "Ubuntu" }),
  ],
  [
    "HAKS-NODE-015",
    pools({}, [], { autoscaler: { expander: "cheapest" } }),
    "nodePools.autoscaler.expander",
    pools({}, [], { autoscaler: { expander: "least-waste" } }),
  ],
  [
    "HAKS-NODE-015",
    pools({}, [], { autoscaler: { scaleDownUnneeded: "10" } }),
    "nodePools.autoscaler.scaleDownUnneeded",
    pools({}, [], { autoscaler: { scaleDownUnneeded: "90m" } }),
  ],
  [
    "HAKS-NODE-015",
    pools({}, [], { autoscaler: { scaleDownUtilizationThreshold: 50 } }),
    "nodePools.autoscaler.scaleDownUtilizationThreshold",
    pools({}, [], { autoscaler: { scaleDownUtilizationThreshold: 0.6 } }),
  ],
  [
    "HAKS-NODE-015",
    pools({}, [], { autoscaler: { maxGracefulTerminationSeconds: -1 } }),
    "nodePools.autoscaler.maxGracefulTerminationSeconds",
    pools({}, [], { autoscaler: { maxGracefulTerminationSeconds: 60 } }),
  ],
  ["HAKS-NODE-016", pools({ spot: {} }), "nodePools.user", pools({ spot: {} }, [{}])],
  [
    "HAKS-K8S-002",
    { ...SMALL, kubernetesVersion: "1.32" },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.32", longTermSupport: true },
  ],
  [
    "HAKS-K8S-002",
    { ...SMALL, kubernetesVersion: "1.30", longTermSupport: true },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.32", longTermSupport: true },
  ],
  [
    "HAKS-K8S-002",
    { ...SMALL, kubernetesVersion: "1.29", longTermSupport: true },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.37", longTermSupport: true },
  ],
  [
    "HAKS-K8S-003",
    { ...SMALL, kubernetesVersion: "1.31", longTermSupport: true },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.34", longTermSupport: true },
  ],
  ["HAKS-MESH-002", mesh("1.37", "asm-1-27"), "serviceMesh.revisions.0", mesh("1.35", "asm-1-27")],
  ["HAKS-MESH-002", mesh("1.37", "asm-1-30"), "serviceMesh.revisions.0", mesh("1.37", "asm-1-31")],
  ["HAKS-MESH-003", mesh("1.35", "asm-1-27"), "serviceMesh.revisions.0", mesh("1.35", "asm-1-28")],
  [
    "HAKS-NODE-001",
    pools({ minCount: 0, maxCount: 0 }),
    "nodePools.user.0.maxCount",
    pools({ minCount: 0, maxCount: 4 }),
  ],
  [
    "HAKS-NODE-001",
    {
      ...SMALL,
      nodePools: { ...SMALL.nodePools, system: { vmSize: DISK, minCount: 0, maxCount: 3 } },
    },
    "nodePools.system.minCount",
    {
      ...SMALL,
      nodePools: { ...SMALL.nodePools, system: { vmSize: DISK, minCount: 1, maxCount: 3 } },
    },
  ],
  [
    "HAKS-NODE-004",
    { ...SMALL, nodePools: { ...SMALL.nodePools, user: [] } },
    "nodePools.user",
    { ...SMALL, nodePools: { ...SMALL.nodePools, user: [], autoProvisioning: true } },
  ],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_B4ms" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_B16ms" }),
  ],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_B4s_v2" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_F8s_v2" }),
  ],
  [
    "HAKS-NODE-005",
    pools({ vmSize: "Standard_F8as_v6" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_F8ads_v6" }),
  ],
  [
    "HAKS-NODE-011",
    pools({ labels: { agentpool: "apps" } }),
    "nodePools.user.0.labels.agentpool",
    pools({ labels: { agentpools: "apps" } }),
  ],
  [
    "HAKS-NODE-018",
    on("1.37", { osSku: "AzureLinux3" }),
    "nodePools.user.0.osSku",
    on("1.37", { osSku: "AzureLinux" }),
  ],
  [
    "HAKS-NODE-018",
    on("1.37", { osSku: "Ubuntu2204" }),
    "nodePools.user.0.osSku",
    on("1.36", { osSku: "Ubuntu2204" }),
  ],
  [
    "HAKS-NODE-018",
    on("1.36", { os: "Windows" }),
    "nodePools.user.0.fips",
    on("1.36", { os: "Windows", fips: true }),
  ],
  [
    "HAKS-NODE-018",
    on("1.36", { os: "Windows" }),
    "nodePools.user.0.fips",
    on("1.35", { os: "Windows" }),
  ],
  [
    "HAKS-NODE-014",
    on("1.35", { os: "Windows" }),
    "nodePools.user.0.osSku",
    on("1.36", { os: "Windows", fips: true }),
  ],
  [
    "HAKS-NODE-019",
    pools({ hostGroup: CACHE }),
    "nodePools.user.0.zones",
    pools({ hostGroup: CACHE, zones: ["2"] }),
  ],
  [
    "HAKS-NODE-020",
    { ...pools({ zones: [] }), location: "westcentralus" },
    "nodePools.system.zones",
    { ...SMALL, location: "westus2" },
  ],
  [
    "HAKS-NET-007",
    {
      ...SMALL,
      location: "usgovvirginia",
      privateDns: zone("privatelink.usgovvirginia.azmk8s.io"),
    },
    "privateDns.zone",
    {
      ...SMALL,
      location: "usgovvirginia",
      privateDns: zone("privatelink.usgovvirginia.cx.aks.containerservice.azure.us"),
    },
  ],
  [
    "HAKS-NET-007",
    { ...SMALL, location: "chinanorth3", privateDns: zone("privatelink.chinanorth3.azmk8s.io") },
    "privateDns.zone",
    {
      ...SMALL,
      location: "chinanorth3",
      privateDns: zone("privatelink.chinanorth3.cx.prod.service.azk8s.cn"),
    },
  ],
  [
    "HAKS-API-001",
    publicFrom(["0.0.0.0/31"]),
    "apiServer.authorizedRanges.0",
    publicFrom(["0.0.0.0/32"]),
  ],
  [
    "HAKS-OVR-004",
    { ...SMALL, ignoreChanges: { cluster: ["tags", "local_account_disabled"] } },
    "ignoreChanges.cluster.1",
    {
      ...SMALL,
      ignoreChanges: { cluster: ["tags", 'tags["a b"]', "http_proxy_config[0].no_proxy"] },
    },
  ],
  [
    "HAKS-OVR-004",
    { ...SMALL, ignoreChanges: { cluster: ["${all}"] } },
    "ignoreChanges.cluster.0",
    { ...SMALL, ignoreChanges: { cluster: ["linux_profile"] } },
  ],
  [
    "HAKS-OVR-004",
    { ...SMALL, ignoreChanges: { nodePools: { apps: ["host_encryption_enabled"] } } },
    "ignoreChanges.nodePools.apps.0",
    { ...SMALL, ignoreChanges: { nodePools: { system: ["linux_os_config"] } } },
  ],
  [
    "HAKS-OVR-004",
    { ...SMALL, ignoreChanges: { nodePools: { gone: ["tags"] } } },
    "ignoreChanges.nodePools.gone",
    { ...SMALL, ignoreChanges: { nodePools: { apps: ["tags"] } } },
  ],
  [
    "HAKS-OVR-003",
    pointing({}),
    "overrides.nodePools.apps.snapshot_id",
    pointing({ permissions: { additionalGrants: [SNAPSHOT_GRANT] } }),
  ],
  ["HAKS-ACC-014", repositories(120), "registries.0", repositories(10)],
  [
    "HAKS-K8S-003",
    { ...SMALL, kubernetesVersion: "1.34" },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.35" },
  ],
  [
    "HAKS-K8S-003",
    { ...SMALL, kubernetesVersion: "1.38" },
    "kubernetesVersion",
    { ...SMALL, kubernetesVersion: "1.37" },
  ],
  [
    "HAKS-MESH-001",
    { ...SMALL, serviceMesh: { revisions: [] } },
    "serviceMesh.revisions",
    { ...SMALL, serviceMesh: { revisions: ["asm-1-26", "asm-1-27"] } },
  ],
  ...[
    ["asm-1-26", "asm-1-26"],
    ["asm-1-25", "asm-1-26", "asm-1-27"],
  ].map((revisions): RuleCase => [
    "HAKS-MESH-001",
    { ...SMALL, serviceMesh: { revisions } },
    "serviceMesh.revisions",
    { ...SMALL, serviceMesh: { revisions: revisions.slice(1, 2) } },
  ]),
  ...["1.27", "asm-1-270", "an-asm-1-27"].map((revision): RuleCase => [
    "HAKS-MESH-001",
    { ...SMALL, serviceMesh: { revisions: [revision] } },
    "serviceMesh.revisions.0",
    { ...SMALL, serviceMesh: { revisions: ["asm-1-27"] } },
  ]),
  [
    "HAKS-OPS-001",
    { ...SMALL, timeouts: { create: "two hours" } },
    "timeouts.create",
    { ...SMALL, timeouts: { create: "2h", update: "90m" } },
  ],
  [
    "HAKS-OPS-002",
    { ...SMALL, longTermSupport: true, ...because("freeTier") },
    "longTermSupport",
    { ...SMALL, longTermSupport: true },
  ],
  [
    "HAKS-OPS-002",
    { ...SMALL, addOns: [AddOn.COST_ANALYSIS], ...because("freeTier") },
    "addOns.0",
    { ...SMALL, addOns: [AddOn.COST_ANALYSIS] },
  ],
  [
    "HAKS-OPS-003",
    { ...SMALL, longTermSupport: true, upgrades: { channel: UpgradeChannel.STABLE } },
    "upgrades.channel",
    { ...SMALL, longTermSupport: true, upgrades: { channel: UpgradeChannel.PATCH } },
  ],
  [
    "HAKS-UPG-003",
    { ...SMALL, kubernetesVersion: "1.35.2" },
    "kubernetesVersion",
    {
      ...SMALL,
      kubernetesVersion: "1.35.2",
      upgrades: { channel: UpgradeChannel.NONE },
      ...because("noUpgrades"),
    },
  ],
  [
    "HAKS-UPG-003",
    { ...SMALL, kubernetesVersion: "1.35", upgrades: { channel: UpgradeChannel.RAPID } },
    "kubernetesVersion",
    { ...SMALL, upgrades: { channel: UpgradeChannel.RAPID } },
  ],
  [
    "HAKS-UPG-004",
    { ...SMALL, kubernetesVersion: "1.35" },
    "kubernetesVersion",
    {
      ...SMALL,
      kubernetesVersion: "1.35",
      upgrades: { channel: UpgradeChannel.NONE },
      ...because("noUpgrades"),
    },
  ],
  [
    "HAKS-UPG-004",
    { ...SMALL, kubernetesVersion: "1.35", upgrades: { channel: UpgradeChannel.PATCH } },
    "kubernetesVersion",
    { ...SMALL, upgrades: { channel: UpgradeChannel.PATCH } },
  ],
  [
    "HAKS-ACC-004",
    { ...SMALL, kms: { keyVault: CACHE, keyId: "https://other.vault.azure.net/keys/etcd/1" } },
    "kms.keyId",
    {
      ...SMALL,
      kms: { keyVault: CACHE, keyId: "https://cacheregistry.vault.azure.net/keys/etcd/1" },
    },
  ],
  [
    "HAKS-NAME-008",
    { ...SMALL, tags: { "cost/center": "1" } },
    "tags.cost/center",
    { ...SMALL, tags: { "cost-center": "1" } },
  ],
  [
    "HAKS-MON-001",
    {
      ...SMALL,
      monitoring: {
        ...SMALL.monitoring,
        logCategories: [LogCategory.GUARD, "kube-audit" as LogCategory],
      },
    },
    "monitoring.logCategories.1",
    { ...SMALL, monitoring: { ...SMALL.monitoring, logCategories: [...AUDITED] as LogCategory[] } },
  ],
  [
    "HAKS-MON-002",
    {
      ...SMALL,
      monitoring: { logCategories: [...AUDITED] as LogCategory[] },
      ...because("noMonitoring"),
    },
    "monitoring.logCategories",
    { ...SMALL, monitoring: {}, ...because("noMonitoring") },
  ],
  [
    "HAKS-NAME-006",
    { ...SMALL, nodeResourceGroup: "CLUSTER-RG" },
    "nodeResourceGroup",
    { ...SMALL, nodeResourceGroup: "cluster-nodes" },
  ],
  [
    "HAKS-NAME-006",
    { ...SMALL, resourceGroup: { name: LONG } },
    "nodeResourceGroup",
    { ...SMALL, resourceGroup: { name: LONG }, nodeResourceGroup: "cluster-nodes" },
  ],
  ["HAKS-NAME-007", admins(Principal.group("admins")), "access.adminGroups.0", admins(ADMINS)],
  ["HAKS-NAME-007", admins(ADMINS, ADMINS), "access.adminGroups.1", admins(ADMINS)],
  [
    "HAKS-ACC-010",
    { ...SMALL, ...because("noAzureRbac") },
    "access.adminGroups",
    { ...admins(ADMINS), ...because("noAzureRbac") },
  ],
  [
    "HAKS-ACC-010",
    {
      ...SMALL,
      access: {
        adminGroups: [ADMINS],
        kubernetes: [{ principal: ADMINS, role: KubernetesRole.READER }],
      },
      ...because("noAzureRbac"),
    },
    "access.kubernetes.0.role",
    {
      ...SMALL,
      access: {
        adminGroups: [ADMINS],
        kubernetes: [{ principal: ADMINS, role: KubernetesRole.CLUSTER_USER }],
      },
      ...because("noAzureRbac"),
    },
  ],
  [
    "HAKS-ACC-011",
    {
      ...SMALL,
      access: { kubernetes: [{ principal: ADMINS, role: KubernetesRole.CLUSTER_USER }] },
    },
    "access.kubernetes",
    { ...SMALL, access: { kubernetes: [{ principal: ADMINS, role: KubernetesRole.READER }] } },
  ],
  [
    "HAKS-ACC-012",
    admins(ADMINS),
    "access.adminGroups.0",
    {
      ...SMALL,
      access: { kubernetes: [{ principal: ADMINS, role: KubernetesRole.CLUSTER_ADMIN }] },
    },
  ],
  [
    "HAKS-ACC-013",
    { ...SMALL, storage: { disks: disks(["data-rg", "cache-1"], ["data-rg-cache", "1"]) } },
    "storage.disks.1",
    { ...SMALL, storage: { disks: disks(["data-rg", "cache-1"], ["other-rg", "cache-1"]) } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { local_account_disabled: false } } },
    "overrides.cluster.local_account_disabled",
    { ...SMALL, overrides: { cluster: { edge_zone: "example" } } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { web_app_routing: { dns_zone_ids: [] } } } },
    "overrides.cluster.web_app_routing",
    { ...SMALL, overrides: { cluster: { storage_profile: { blob_driver_enabled: true } } } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { "network_profile.network_policy": "azure" } } },
    "overrides.cluster.network_profile.network_policy",
    SMALL,
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { nodePools: { apps: { host_encryption_enabled: false } } } },
    "overrides.nodePools.apps.host_encryption_enabled",
    { ...SMALL, overrides: { nodePools: { apps: { ultra_ssd_enabled: true } } } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { nodePools: { apps: { orchestrator_version: "1.36" } } } },
    "overrides.nodePools.apps.orchestrator_version",
    { ...SMALL, kubernetesVersion: "1.36" },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { dynamic: { identity: {} } } } },
    "overrides.cluster.dynamic",
    { ...SMALL, overrides: { cluster: { custom_ca_trust_certificates_base64: ["YQ=="] } } },
  ],
  [
    "HAKS-OVR-001",
    {
      ...SMALL,
      overrides: {
        nodePools: { apps: { kubelet_config: [{ allowed_unsafe_sysctls: ["kernel.*"] }] } },
      },
    },
    "overrides.nodePools.apps.kubelet_config.allowed_unsafe_sysctls",
    { ...SMALL, overrides: { nodePools: { apps: { kubelet_config: [{ pod_max_pid: 4096 }] } } } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { http_proxy_config: { http_proxy: "http://u:p@x:1" } } } },
    "overrides.cluster.http_proxy_config",
    { ...SMALL, overrides: { cluster: { http_proxy_config: { http_proxy: "http://x:1" } } } },
  ],
  [
    "HAKS-OVR-001",
    { ...SMALL, overrides: { cluster: { linux_profile: () => 1 } } },
    "overrides.cluster.linux_profile",
    SMALL,
  ],
  [
    "HAKS-NAME-010",
    { ...SMALL, location: "westeuropa" },
    "location",
    { ...SMALL, location: "usgovvirginia" },
  ],
  [
    "HAKS-NODE-021",
    pools({ vmSize: "Standard_D4dsv5" }),
    "nodePools.user.0.vmSize",
    pools({ vmSize: "Standard_E4-2ds_v5" }),
  ],
  [
    "HAKS-ADDR-012",
    network({ subnets: [{ name: "node", cidr: "10.1.0.0/22" }] }),
    "network.subnets.0.name",
    network({ subnets: [{ name: "later", cidr: "10.1.0.0/22" }] }),
  ],
  [
    "HAKS-PRE-002",
    { ...SMALL, privateDns: zone("privatelink.westeurope.azmk8s.io") },
    "privateDns.zone.id",
    {
      ...SMALL,
      privateDns: zone("privatelink.westeurope.azmk8s.io"),
      preflight: { identityGrants: PreflightMode.WARN },
    },
  ],
  [
    "HAKS-ACC-015",
    SMALL,
    "access.deployers",
    { ...SMALL, access: { deployers: [Principal.group("platform")] } },
  ],
  [
    "HAKS-NET-023",
    network({ privateLinkPolicies: {} }),
    "network.privateLinkPolicies",
    network({ privateLinkPolicies: {}, privateLinkServices: true }),
  ],
  ["HAKS-SUB-001", serviceIp(OTHER_SUBSCRIPTION), "network.servicePublicIps.0", serviceIp(OWN)],
  ["HAKS-SUB-002", egressIp(OTHER_SUBSCRIPTION), "network.egress.publicIps.0", egressIp(OWN)],
  [
    "HAKS-SUB-003",
    { ...SMALL, identities: { subscriptionId: OTHER_SUBSCRIPTION } },
    "identities.subscriptionId",
    { ...SMALL, subscriptionId: OWN, identities: { subscriptionId: OTHER_SUBSCRIPTION } },
  ],
  ["HAKS-PREV-001", moved("nodes", { nodeSubnet: "old" }), "previous", moved("nodes", {})],
  ["HAKS-PREV-002", moved("nodes", {}), "previous", moved("nodes", { nodeSubnet: "old" })],
  [
    "HAKS-PREV-004",
    { ...SMALL, permissions: { grantedBy: { subnet: GrantingTeam.IDENTITY } }, previous: SMALL },
    "previous",
    { ...SMALL, permissions: { grantedBy: { subnet: GrantingTeam.IDENTITY } } },
  ],
  [
    "HAKS-PREV-003",
    {
      ...SMALL,
      previous: {
        ...SMALL,
        name: "other",
        identities: {
          ...SMALL.identities,
          controlPlane: { name: "small-cp-mi" },
          kubelet: { name: "small-kubelet-mi" },
        },
      },
    },
    "previous.name",
    { ...SMALL, previous: SMALL },
  ],
  [
    "HAKS-OVR-002",
    { ...SMALL, overrides: { nodePools: { other: {} } } },
    "overrides.nodePools.other",
    { ...SMALL, overrides: { nodePools: { system: {} } } },
  ],
];
