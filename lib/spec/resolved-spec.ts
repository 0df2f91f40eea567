// The description with its defaults filled in: what rules, grant plan and constructs read. Pure.
import { KubernetesAccess } from "./access";
import { ClusterSpec } from "./cluster-spec";
import { DiskEncryption, KmsSpec } from "./data";
import { IdentityIds, IdentitySpec } from "./identities";
import { Egress, NetworkSpec, PodNetwork, PrivateDns, SubnetRange } from "./network";
import { NodePoolOptions } from "./nodes";
import { HardeningException } from "./exceptions";
import { RoleSet } from "./permissions";
import { ResolvedPreflight, resolvePreflight } from "./preflight";
import { Principal } from "./principal";
import { RegistrySpec } from "./registry";
import { ResourceGroupSpec } from "./resource-group";
import { ResourceReference } from "./resource-reference";
import { tenthAddress } from "./ip-range";
import { MaintenanceWindow } from "./upgrades";

/** A resource group with its defaults. */
export type ResolvedResourceGroup = Required<ResourceGroupSpec>;

/** An identity with its defaults. */
export interface ResolvedIdentity {
  readonly name: string;
  readonly existing: boolean;
  readonly ids?: IdentityIds;
}

/** A node pool with its defaults, and where it stands in the description. */
export interface ResolvedPool extends NodePoolOptions {
  readonly name: string;
  readonly path: string;
  readonly minCount: number;
  readonly maxCount: number;
  readonly zones: string[];
  readonly maxPods: number;
  readonly subnet: string;
}

/** A registry with its defaults. */
export type ResolvedRegistry = Required<RegistrySpec>;

/** A description with its defaults. */
export interface ResolvedSpec {
  readonly name: string;
  readonly location: string;
  readonly tenantId?: string;
  readonly resourceGroup: ResolvedResourceGroup;
  readonly identities: {
    readonly resourceGroup: ResolvedResourceGroup;
    readonly controlPlane: ResolvedIdentity;
    readonly kubelet: ResolvedIdentity;
  };
  readonly network: {
    readonly virtualNetwork: ResourceReference;
    readonly nodeSubnet: string;
    readonly podNetwork: PodNetwork;
    readonly dataPlane: string;
    readonly serviceCidr: string;
    /** Undefined only if `serviceCidr` is not a range: then there is a finding. */
    readonly dnsServiceIp?: string;
    readonly egress: Egress;
    readonly apiServerSubnet?: string;
    readonly loadBalancerSubnets: string[];
    readonly privateLinkServices: boolean;
    readonly servicePublicIps: ResourceReference[];
    readonly subnets: SubnetRange[];
    readonly internalLoadBalancers: number;
    readonly peeredRanges: string[];
  };
  readonly privateDns: PrivateDns;
  readonly systemPool: ResolvedPool;
  readonly userPools: ResolvedPool[];
  readonly autoProvisioning: boolean;
  readonly registries: ResolvedRegistry[];
  readonly deployers: Principal[];
  readonly kubernetesAccess: KubernetesAccess[];
  readonly roleSet: RoleSet;
  readonly grantedBy: { readonly [kind: string]: string };
  readonly diskEncryption: DiskEncryption;
  readonly kms?: Required<KmsSpec>;
  readonly disks: ResourceReference[];
  readonly storageAccounts: ResourceReference[];
  readonly logAnalyticsWorkspace?: ResourceReference;
  readonly addOns: string[];
  readonly exceptions: HardeningException[];
  readonly kubernetesVersion?: string;
  readonly upgrades: {
    readonly channel: string;
    readonly nodeOsChannel: string;
    readonly clusterWindow: Required<MaintenanceWindow>;
    readonly nodeOsWindow: Required<MaintenanceWindow>;
  };
  readonly preflight: ResolvedPreflight;
  readonly tags?: { [key: string]: string };
}

/** Fills in the defaults. Never throws: what is wrong is for the rules to say. */
export function resolveSpec(spec: ClusterSpec): ResolvedSpec {
  const { nodeSubnet } = spec.network;
  const { system, user } = spec.nodePools;
  return {
    name: spec.name,
    location: spec.location,
    tenantId: spec.tenantId,
    resourceGroup: resolveResourceGroup(spec.resourceGroup),
    identities: resolveIdentities(spec),
    network: resolveNetwork(spec.network),
    privateDns: spec.privateDns ?? PrivateDns.system(),
    systemPool: resolvePool(system, system.name ?? "system", nodeSubnet, "nodePools.system"),
    userPools: user.map((pool, index) =>
      resolvePool(pool, pool.name, nodeSubnet, `nodePools.user.${index}`),
    ),
    autoProvisioning: spec.nodePools.autoProvisioning ?? false,
    registries: (spec.registries ?? []).map(({ registry, mode, repositories }) => ({
      registry,
      mode: mode ?? "classic",
      repositories: repositories ?? [],
    })),
    ...resolveAccess(spec),
    ...resolveData(spec),
    addOns: spec.addOns ?? [],
    exceptions: spec.exceptions ?? [],
    kubernetesVersion: spec.kubernetesVersion,
    upgrades: resolveUpgrades(spec),
    preflight: resolvePreflight(spec.preflight),
    tags: spec.tags,
  };
}

/** All pools, the system pool first. */
export function allPools(spec: ResolvedSpec): ResolvedPool[] {
  return [spec.systemPool, ...spec.userPools];
}

/** The names of all subnets that nodes are in, each once, in a fixed order. */
export function nodeSubnets(spec: ResolvedSpec): string[] {
  return [...new Set(allPools(spec).map((pool) => pool.subnet))].sort();
}

function resolveIdentities(spec: ClusterSpec): ResolvedSpec["identities"] {
  return {
    resourceGroup: resolveResourceGroup(spec.identities?.resourceGroup ?? spec.resourceGroup),
    controlPlane: resolveIdentity(spec.identities?.controlPlane, `${spec.name}-cp-mi`),
    kubelet: resolveIdentity(spec.identities?.kubelet, `${spec.name}-kubelet-mi`),
  };
}

function resolveAccess({ access, permissions }: ClusterSpec) {
  return {
    deployers: access?.deployers ?? [],
    kubernetesAccess: access?.kubernetes ?? [],
    roleSet: permissions?.roleSet ?? RoleSet.builtIn(),
    grantedBy: permissions?.grantedBy ?? {},
  };
}

function resolveData({ diskEncryption, kms, storage, monitoring }: ClusterSpec) {
  return {
    diskEncryption: diskEncryption ?? DiskEncryption.platformManaged(),
    kms: kms && { ...kms, network: kms.network ?? "Public" },
    disks: storage?.disks ?? [],
    storageAccounts: storage?.storageAccounts ?? [],
    logAnalyticsWorkspace: monitoring?.logAnalyticsWorkspace,
  };
}

function resolveNetwork(network: NetworkSpec): ResolvedSpec["network"] {
  const serviceCidr = network.serviceCidr ?? "10.0.0.0/16";
  return {
    virtualNetwork: network.virtualNetwork,
    nodeSubnet: network.nodeSubnet,
    podNetwork: network.podNetwork ?? PodNetwork.overlay(),
    dataPlane: network.dataPlane ?? "cilium",
    serviceCidr,
    dnsServiceIp: network.dnsServiceIp ?? tenthAddress(serviceCidr),
    egress: network.egress,
    apiServerSubnet: network.apiServerSubnet,
    loadBalancerSubnets: network.loadBalancerSubnets ?? [],
    privateLinkServices: network.privateLinkServices ?? false,
    servicePublicIps: network.servicePublicIps ?? [],
    ...resolveAddresses(network),
  };
}

function resolveAddresses({ subnets, internalLoadBalancers, peeredRanges }: NetworkSpec) {
  return {
    subnets: subnets ?? [],
    internalLoadBalancers: internalLoadBalancers ?? 2,
    peeredRanges: peeredRanges ?? [],
  };
}

function resolveUpgrades({ upgrades, kubernetesVersion }: ClusterSpec): ResolvedSpec["upgrades"] {
  return {
    channel: upgrades?.channel ?? (kubernetesVersion === undefined ? "stable" : "patch"),
    nodeOsChannel: upgrades?.nodeOsChannel ?? "NodeImage",
    clusterWindow: resolveWindow(
      upgrades?.clusterWindow ?? {
        frequency: "Weekly",
        dayOfWeek: "Sunday",
        startTime: "02:00",
      },
    ),
    nodeOsWindow: resolveWindow(
      upgrades?.nodeOsWindow ?? { frequency: "Daily", startTime: "03:00" },
    ),
  };
}

function resolveResourceGroup(group: ResourceGroupSpec): ResolvedResourceGroup {
  return { name: group.name, create: group.create ?? false };
}

function resolveIdentity(identity: IdentitySpec | undefined, name: string): ResolvedIdentity {
  return {
    name: identity?.name ?? name,
    existing: identity?.existing ?? false,
    ids: identity?.ids,
  };
}

function resolvePool(
  pool: NodePoolOptions,
  name: string,
  nodeSubnet: string,
  path: string,
): ResolvedPool {
  const minCount = pool.minCount ?? 3;
  return {
    ...pool,
    name,
    path,
    minCount,
    maxCount: pool.maxCount ?? minCount,
    zones: pool.zones ?? ["1", "2", "3"],
    maxPods: pool.maxPods ?? 110,
    subnet: pool.subnet ?? nodeSubnet,
  };
}

function resolveWindow(window: MaintenanceWindow): Required<MaintenanceWindow> {
  return {
    frequency: window.frequency,
    dayOfWeek: window.dayOfWeek ?? "",
    startTime: window.startTime,
    durationHours: window.durationHours ?? 4,
    utcOffset: window.utcOffset ?? "+00:00",
  };
}
