// Random descriptions: mostly plausible ones, so that many are valid, with anything in between.
import * as fc from "fast-check";
import {
  NginxController,
  AddOn,
  GrantingTeam,
  ApiServer,
  AutoscalerExpander,
  ClusterSpec,
  DataPlane,
  DayOfWeek,
  Defender,
  DiskEncryption,
  Egress,
  EvictionPolicy,
  ExceptionName,
  GpuDriver,
  GpuInstance,
  KeyVaultNetwork,
  KubernetesRole,
  LogCategory,
  NodeOsChannel,
  OperatingSystem,
  OsSku,
  PodAllocation,
  PodNetwork,
  Principal,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  RoleSet,
  FluxScope,
  UpgradeChannel,
  WeekIndex,
  WindowFrequency,
} from "../../lib";
import { EXCEPTION_NAMES } from "../../lib/spec/controls";

/** One of the plausible values, and now and then another one. */
const mostly = <T>(plausible: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 150, arbitrary: plausible },
    ...others.map((arbitrary) => ({ weight: 1, arbitrary })),
  );

const words = (...plausible: string[]) =>
  mostly(
    fc.constantFrom(...plausible),
    fc.string({ maxLength: 90 }),
    fc.constantFrom("", "Ünïcode", "a/b", "Default", "${x}"),
  );
/** A choice that is plausible, and now and then a text that is none. */
const choices = <T extends string>(...plausible: `${T}`[]) =>
  words(...plausible) as fc.Arbitrary<T>;
const numbers = (...plausible: number[]) =>
  mostly(
    fc.constantFrom(...plausible),
    fc.integer(),
    fc.double(),
    fc.constantFrom(NaN, Infinity, -1, 0),
  );
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 10, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const some = <T>(value: fc.Arbitrary<T>, maxLength = 3) => fc.array(value, { maxLength });

const GUIDS = [1, 2, 3, 4].map((digit) => `55555555-5555-4555-8555-55555555555${digit}`);
const guid = words(...GUIDS);
const name = words("first", "second", "third-one");

const reference = (type: string, names: fc.Arbitrary<string> = name) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({
          name: names,
          resourceGroup: words("other-rg", "cluster-rg"),
          subscriptionId: rarely(guid),
        })
        .map((parts) => ResourceReference.byName(parts)),
    },
    {
      weight: 1,
      arbitrary: names.map((one) =>
        ResourceReference.byId(
          `/subscriptions/${GUIDS[0]}/resourceGroups/hub-rg/providers/${type}/${one}`,
          one,
        ),
      ),
    },
  );
const NETWORK = "Microsoft.Network";

const principal = fc
  .tuple(fc.boolean(), name, perhaps(guid))
  .map(([isGroup, called, objectId]) =>
    isGroup ? Principal.group(called, objectId) : Principal.servicePrincipal(called, objectId),
  );

const cidr = words(
  "10.0.0.0/16",
  "10.244.0.0/16",
  "10.240.0.0/22",
  "192.168.0.0/20",
  "172.20.0.0/14",
  "100.64.0.0/10",
  "172.30.0.0/16",
  "10.1.2.3/8",
  "::/0",
);
const cidr6 = words("fd12:3456:789a::/64", "fd12:3456:789a:1::/108", "10.0.0.0/8");
const subnet = words("nodes", "pods", "api", "more");

const podNetwork = fc.oneof(
  cidr.map((podCidr) => PodNetwork.overlay(podCidr)),
  fc.constant(PodNetwork.overlay()),
  fc.constant(PodNetwork.flat()),
  fc
    .tuple(subnet, rarely(choices<PodAllocation>("dynamic", "staticBlock")))
    .map(([one, allocation]) => PodNetwork.podSubnet(one, allocation)),
  fc.constant(PodNetwork.kubenet()),
);

const egress = fc.oneof(
  rarely(reference(`${NETWORK}/routeTables`)).map((routeTable) =>
    Egress.userDefinedRouting(routeTable),
  ),
  fc.constant(Egress.natGateway()),
  fc
    .record({
      publicIps: rarely(some(reference(`${NETWORK}/publicIPAddresses`))),
      publicIpPrefixes: rarely(some(reference(`${NETWORK}/publicIPPrefixes`))),
      managedOutboundIpCount: rarely(numbers(1, 3)),
      managedOutboundIpv6Count: rarely(numbers(1)),
      outboundPortsAllocated: rarely(numbers(0, 512, 1024)),
      idleTimeoutInMinutes: rarely(numbers(4, 30)),
    })
    .map((options) => Egress.loadBalancer(options)),
  reference("Microsoft.ContainerRegistry/registries", words("cacheregistry")).map((cache) =>
    Egress.none(cache),
  ),
);

const network = fc.record({
  virtualNetwork: reference(`${NETWORK}/virtualNetworks`),
  nodeSubnet: subnet,
  podNetwork: perhaps(podNetwork),
  dataPlane: perhaps(choices<DataPlane>("cilium", "cilium", "azure")),
  serviceCidr: rarely(cidr),
  dnsServiceIp: rarely(words("10.0.0.10", "10.0.0.1", "fd00::1")),
  ipv6: rarely(fc.record({ podCidr: cidr6, serviceCidr: cidr6 })),
  advancedNetworking: rarely(
    fc.record({ observability: perhaps(fc.boolean()), security: perhaps(fc.boolean()) }),
  ),
  egress,
  apiServerSubnet: rarely(words("api")),
  loadBalancerSubnets: rarely(some(subnet)),
  privateLinkServices: rarely(fc.boolean()),
  privateLinkPolicies: rarely(
    fc.record(
      {
        subnets: some(subnet),
        networkSecurityGroups: some(reference(`${NETWORK}/networkSecurityGroups`)),
        natGateways: some(reference(`${NETWORK}/natGateways`)),
        routeTables: some(reference(`${NETWORK}/routeTables`)),
      },
      { requiredKeys: [] },
    ),
  ),
  servicePublicIps: rarely(some(reference(`${NETWORK}/publicIPAddresses`))),
  servicePublicIpPrefixes: rarely(some(reference(`${NETWORK}/publicIPPrefixes`))),
  subnets: rarely(some(fc.record({ name: subnet, cidr }))),
  internalLoadBalancers: rarely(numbers(0, 2, 10)),
  peeredRanges: rarely(some(cidr)),
});

const pool = {
  vmSize: words("Standard_D4ds_v5", "Standard_D8ads_v5", "Standard_NC24ads_A100_v4"),
  minCount: rarely(numbers(3, 4, 10)),
  maxCount: rarely(numbers(3, 10, 50)),
  zones: rarely(fc.shuffledSubarray(["1", "2", "3", "4"])),
  maxPods: rarely(numbers(50, 110, 250)),
  subnet: rarely(subnet),
  podSubnet: rarely(subnet),
  capacityReservationGroup: rarely(reference("Microsoft.Compute/capacityReservationGroups")),
  hostGroup: rarely(reference("Microsoft.Compute/hostGroups")),
  osSku: rarely(choices<OsSku>("Ubuntu", "AzureLinux3", "Windows2022", "Ubuntu2204")),
  osDiskSizeGb: rarely(numbers(64, 128, 256)),
  fips: rarely(fc.boolean()),
  labels: rarely(fc.dictionary(words("team", "example.com/kind"), words("a", "b"), { maxKeys: 2 })),
  upgrade: rarely(
    fc.record({
      maxSurge: rarely(words("33%", "1", "10%")),
      drainTimeoutMinutes: rarely(numbers(30, 60)),
      nodeSoakMinutes: rarely(numbers(0, 5)),
    }),
  ),
};

const userPool = fc.record({
  name: words("apps", "batch", "win", "gpu"),
  ...pool,
  os: rarely(choices<OperatingSystem>("Linux", "Windows")),
  taints: rarely(some(words("sku=gpu:NoSchedule", "only:NoExecute"))),
  spot: rarely(
    fc.record({
      maxPrice: rarely(numbers(-1, 0.5)),
      evictionPolicy: rarely(choices<EvictionPolicy>("Delete", "Deallocate")),
    }),
  ),
  gpu: rarely(
    fc.record({
      driver: rarely(choices<GpuDriver>("Install", "None")),
      instance: rarely(choices<GpuInstance>("MIG1g")),
    }),
  ),
});
const userPools = (minLength: number) =>
  fc.uniqueArray(userPool, { minLength, maxLength: 3, selector: (one) => one.name });

const nodePools = fc.record({
  system: fc.record({ name: rarely(words("system", "apps")), ...pool }),
  user: mostly(userPools(1), userPools(0)),
  autoProvisioning: rarely(fc.boolean()),
  autoscaler: rarely(
    fc.record({
      expander: rarely(choices<AutoscalerExpander>("random", "priority")),
      scaleDownUnneeded: rarely(words("10m", "60m")),
      scaleDownUtilizationThreshold: rarely(numbers(0.5, 1)),
      maxGracefulTerminationSeconds: rarely(numbers(60, 600)),
    }),
  ),
});

const ids = (called: string) =>
  fc.record({
    id: words(
      `/subscriptions/${GUIDS[0]}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${called}`,
    ),
    principalId: guid,
    clientId: guid,
  });
const identity = fc.record({
  name: rarely(name),
  existing: rarely(fc.boolean()),
  resourceGroup: rarely(words("identity-rg", "other-rg")),
  subscriptionId: rarely(guid),
  ids: rarely(ids("first")),
});
const resourceGroup = fc.record({
  name: words("cluster-rg", "identity-rg"),
  create: rarely(fc.boolean()),
});
const window = fc.record({
  frequency: choices<WindowFrequency>("Weekly", "Daily", "RelativeMonthly", "AbsoluteMonthly"),
  interval: rarely(numbers(1, 5)),
  dayOfWeek: perhaps(choices<DayOfWeek>("Sunday", "Monday")),
  dayOfMonth: rarely(numbers(1, 31)),
  weekIndex: rarely(choices<WeekIndex>("First", "Last")),
  notAllowed: rarely(
    some(
      fc.record({
        start: words("2026-12-18T00:00:00Z", "tomorrow"),
        end: words("2027-01-06T00:00:00Z", "2026-12-01T00:00:00Z"),
      }),
    ),
  ),
  startTime: words("02:00", "23:30"),
  durationHours: rarely(numbers(4, 8)),
  utcOffset: rarely(words("+01:00", "-05:30")),
});

const workload = fc.record({
  name: words("shop", "mail", "worker"),
  serviceAccounts: some(
    fc.record({
      namespaceName: words("web", "jobs", "kube-system"),
      name: words("shop", "worker", "default", "*"),
    }),
  ),
  identity: rarely(identity),
  sharesIdentityOf: rarely(words("shop", "mail")),
  rights: rarely(
    some(
      fc.record({
        role: rarely(words("Reader", "Key Vault Secrets User", "Owner")),
        roleGuid: rarely(guid),
        actions: rarely(some(words("Microsoft.KeyVault/vaults/read", "*"))),
        dataActions: rarely(some(words("Microsoft.KeyVault/vaults/secrets/getSecret/action"))),
        scope: reference("Microsoft.KeyVault/vaults"),
        resourceType: rarely(words("Microsoft.KeyVault/vaults", `${NETWORK}/dnsZones`)),
        why: words("It reads its password.", "No."),
        grantedBy: rarely(choices<GrantingTeam>("identity", "network")),
      }),
    ),
  ),
});

const dnsZones = some(reference(`${NETWORK}/dnsZones`, words("example.com", "a.example.com")));
const vaults = some(reference("Microsoft.KeyVault/vaults"));
const addOns = {
  applicationRouting: rarely(
    fc.record({
      controller: rarely(choices<NginxController>("None", "External", "Internal")),
      dnsZones: rarely(dnsZones),
      privateDnsZones: rarely(
        some(reference(`${NETWORK}/privateDnsZones`, words("internal.example.com"))),
      ),
      keyVaults: rarely(vaults),
    }),
  ),
  keyVaultProvider: rarely(
    fc.record({ secretVaults: rarely(vaults), certificateVaults: rarely(vaults) }),
  ),
  gatewayForContainers: rarely(
    fc.record({
      subnet: words("gateway", "nodes", "GatewaySubnet"),
      gateway: reference("Microsoft.ServiceNetworking/trafficControllers"),
      identity: rarely(identity),
    }),
  ),
  backup: rarely(
    fc.record({
      vault: reference("Microsoft.DataProtection/backupVaults"),
      vaultPrincipalId: rarely(guid),
      snapshotResourceGroup: words("snapshots-rg", "cluster-rg"),
      storageAccount: reference("Microsoft.Storage/storageAccounts", words("backups", "back-ups")),
      blobContainer: words("haks", "a--b"),
      extensionPrincipalId: rarely(guid),
    }),
  ),
  locks: rarely(fc.record({ cluster: rarely(fc.boolean()), resourceGroup: rarely(fc.boolean()) })),
};

// Undefined fields are what a caller writes who leaves them out.
/** Any description. */
export const SPECS: fc.Arbitrary<ClusterSpec> = fc.record({
  name: words("haks", "cluster-1", "c_2"),
  location: words("westeurope", "northeurope"),
  tenantId: rarely(guid),
  dnsPrefix: rarely(words("haks-dns", "-")),
  resourceGroup,
  identities: perhaps(
    fc.record({
      resourceGroup: perhaps(resourceGroup),
      subscriptionId: rarely(guid),
      controlPlane: rarely(identity),
      kubelet: rarely(identity),
      locked: rarely(fc.boolean()),
    }),
  ),
  network,
  apiServer: rarely(
    fc.oneof(
      fc.constant(ApiServer.privateOnly()),
      some(words("203.0.113.0/24", "198.51.100.7", "0.0.0.0/0")).map((ranges) =>
        ApiServer.publicFrom(ranges),
      ),
    ),
  ),
  privateDns: rarely(
    fc.oneof(
      fc.constant(PrivateDns.system()),
      fc.constant(PrivateDns.none()),
      fc
        .tuple(
          reference(`${NETWORK}/privateDnsZones`, words("privatelink.westeurope.azmk8s.io")),
          rarely(words("haks")),
        )
        .map(([zone, fqdnSubdomain]) => PrivateDns.existingZone(zone, fqdnSubdomain)),
    ),
  ),
  nodePools,
  registries: rarely(
    some(
      fc.record({
        registry: reference(
          "Microsoft.ContainerRegistry/registries",
          words("firstregistry", "secondregistry"),
        ),
        mode: rarely(choices<RegistryMode>("classic", "abac")),
        repositories: rarely(some(words("apps/", "tools/debug"))),
      }),
    ),
  ),
  access: rarely(
    fc.record({
      adminGroups: rarely(some(principal)),
      deployers: perhaps(some(principal)),
      kubernetes: perhaps(
        some(
          fc.record({
            principal,
            role: choices<KubernetesRole>("clusterAdmin", "reader", "clusterUser"),
          }),
        ),
      ),
    }),
  ),
  permissions: rarely(
    fc.record({
      roleSet: perhaps(
        fc.oneof(
          fc.constant(RoleSet.builtIn()),
          fc
            .dictionary(words("subnetJoin", "networkLink"), words("Subnet joiner"), { maxKeys: 2 })
            .map((existing) => RoleSet.minimal(existing)),
        ),
      ),
      grantedBy: rarely(
        fc.dictionary(
          words("subnet", "registry"),
          words("identity", "network") as fc.Arbitrary<GrantingTeam>,
          { maxKeys: 2 },
        ),
      ),
    }),
  ),
  diskEncryption: fc.oneof(
    fc.constant(DiskEncryption.platformManaged()),
    reference("Microsoft.Compute/diskEncryptionSets").map((set) =>
      DiskEncryption.customerManaged(set),
    ),
  ),
  kms: rarely(
    fc.record({
      keyVault: reference("Microsoft.KeyVault/vaults"),
      keyId: words("https://vault.vault.azure.net/keys/etcd/1"),
      network: rarely(choices<KeyVaultNetwork>("Public", "Private")),
    }),
  ),
  storage: rarely(
    fc.record({
      disks: rarely(some(reference("Microsoft.Compute/disks"))),
      storageAccounts: rarely(some(reference("Microsoft.Storage/storageAccounts"))),
    }),
  ),
  monitoring: mostly(
    fc.record({
      logAnalyticsWorkspace: reference("Microsoft.OperationalInsights/workspaces"),
      defender: rarely(
        fc.oneof(
          fc.constant(Defender.off()),
          fc.constant(Defender.byPolicy()),
          reference("Microsoft.OperationalInsights/workspaces").map((workspace) =>
            Defender.inWorkspace(workspace),
          ),
        ),
      ),
      logCategories: rarely(
        some(words("guard", "kube-audit-admin", "kube-audit") as fc.Arbitrary<LogCategory>),
      ),
      prometheusWorkspace: rarely(reference("Microsoft.Monitor/accounts")),
      location: rarely(words("westeurope")),
    }),
    fc.constant({}),
  ),
  addOns: rarely(some(words("keda", "costAnalysis", "nginxIngress") as fc.Arbitrary<AddOn>)),
  exceptions: rarely(
    some(
      fc.record({
        name: fc.constantFrom(...EXCEPTION_NAMES, "other" as ExceptionName),
        reason: words("It is part of a test.", "No."),
      }),
    ),
  ),
  ignoreChanges: rarely(
    fc.record({
      cluster: rarely(some(words("http_proxy_config[0].no_proxy", "identity", "all of it"))),
      nodePools: rarely(fc.constant({ apps: ["ultra_ssd_enabled"], other: ["tags"] })),
      tags: rarely(some(words("createdOn", "cost center"))),
    }),
  ),
  kubernetesVersion: rarely(words("1.35", "1.36", "1.34", "1.99")),
  upgrades: rarely(
    fc.record({
      channel: rarely(choices<UpgradeChannel>("stable", "patch", "none")),
      nodeOsChannel: rarely(choices<NodeOsChannel>("NodeImage", "SecurityPatch", "Unmanaged")),
      forcedUntil: rarely(words("2026-12-01T00:00:00Z", "later")),
      clusterWindow: rarely(window),
      nodeOsWindow: rarely(window),
    }),
  ),
  serviceMesh: rarely(
    fc.record({
      revisions: some(words("asm-1-29", "asm-1-30")),
      internalIngress: rarely(fc.boolean()),
      externalIngress: rarely(fc.boolean()),
      certificateAuthority: rarely(
        fc.record({
          keyVault: reference("Microsoft.KeyVault/vaults"),
          certificate: rarely(words("ca-cert")),
        }),
      ),
    }),
  ),
  flux: rarely(
    fc.record({
      version: rarely(words("1.17.3", "latest")),
      multiTenancy: rarely(fc.boolean()),
      clientId: rarely(fc.constant("55555555-5555-4555-8555-555555555559")),
      configurations: rarely(
        some(
          fc.record({
            name: words("apps", "platform", "Apps"),
            namespaceName: words("apps", "kube-system"),
            scope: rarely(choices<FluxScope>("namespace", "cluster")),
            repository: fc.record({
              url: words(
                "https://github.com/example/apps",
                "https://user:secret@github.com/example/apps",
                "https://dev.azure.com/example/platform/_git/apps",
              ),
              branch: rarely(words("main")),
              tag: rarely(words("v1")),
              secretName: rarely(words("apps")),
              entraId: rarely(fc.boolean()),
              syncIntervalSeconds: rarely(fc.constantFrom(0, 60)),
            }),
            kustomizations: some(
              fc.record({
                name: words("one", "two"),
                path: rarely(words("./one")),
                dependsOn: rarely(some(words("one", "two"))),
                prune: rarely(fc.boolean()),
              }),
            ),
          }),
        ),
      ),
    }),
  ),
  fleetManager: rarely(
    fc.record({
      fleet: reference("Microsoft.ContainerService/fleets"),
      memberName: rarely(words("haks", "Haks")),
      updateGroup: rarely(words("canary")),
    }),
  ),
  ...addOns,
  longTermSupport: rarely(fc.boolean()),
  workloads: rarely(some(workload)),
  oidcIssuers: rarely(
    some(
      fc.record({
        name: words("cluster", "blue", "Green"),
        url: rarely(
          words(
            "https://westeurope.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222/",
            "https://example.com",
          ),
        ),
      }),
    ),
  ),
  nodeResourceGroup: rarely(words("nodes-rg", "cluster-rg")),
  timeouts: rarely(
    fc.record({
      create: rarely(words("90m")),
      update: rarely(words("1h30m")),
      delete: rarely(words("2h")),
    }),
  ),
  overrides: rarely(
    fc.record({
      cluster: rarely(
        fc.dictionary(words("edge_zone", "name", "web_app_routing"), fc.anything({ maxDepth: 1 }), {
          maxKeys: 2,
        }),
      ),
      nodePools: rarely(
        fc.dictionary(
          words("apps", "system"),
          fc.oneof(
            fc.dictionary(words("ultra_ssd_enabled"), fc.boolean()),
            fc.anything({ maxDepth: 1 }),
          ) as fc.Arbitrary<{ [attribute: string]: unknown }>,
          { maxKeys: 2 },
        ),
      ),
    }),
  ),
  tags: rarely(fc.dictionary(words("team", "cost-center"), words("platform"), { maxKeys: 2 })),
});
