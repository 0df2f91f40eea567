// The description with its defaults filled in: what rules, grant plan and constructs read. Pure.
import { KubernetesAccess } from "./access";
import { ApiServer, PrivateDns } from "./api-server";
import { ClusterSpec } from "./cluster-spec";
import { DiskEncryption, KmsSpec } from "./data";
import { IdentityIds, IdentitySpec } from "./identities";
import {
  AdvancedNetworking,
  Egress,
  Ipv6Ranges,
  NetworkSpec,
  PodNetwork,
  SubnetRange,
} from "./network";
import { AutoscalerProfile } from "./nodes";
import { ClusterTimeouts, ServiceMeshSpec } from "./operation";
import { HardeningException } from "./exceptions";
import { ISpecRule } from "./own-rule";
import { OwnGrant } from "./own-grant";
import { RoleSet } from "./permissions";
import { ResolvedPreflight, resolvePreflight } from "./preflight";
import { Principal } from "./principal";
import { RegistrySpec } from "./registry";
import { requireParts } from "./required";
import { ResolvedPool, resolvePool } from "./resolved-pool";
import { ResourceGroupSpec } from "./resource-group";
import { ResourceReference } from "./resource-reference";
import { tenthAddress } from "./ip-range";
import { isSameName } from "./naming";
import { MaintenanceWindow } from "./upgrades";

/** A resource group with its defaults. */
export type ResolvedResourceGroup = Required<ResourceGroupSpec>;

/** An identity with its defaults. */
export interface ResolvedIdentity {
  readonly name: string;
  readonly existing: boolean;
  readonly ids?: IdentityIds;
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
    readonly locked: boolean;
  };
  readonly network: {
    readonly virtualNetwork: ResourceReference;
    readonly nodeSubnet: string;
    readonly podNetwork: PodNetwork;
    readonly dataPlane: string;
    readonly serviceCidr: string;
    /** Undefined only if `serviceCidr` is not a range: then there is a finding. */
    readonly dnsServiceIp?: string;
    readonly ipv6?: Ipv6Ranges;
    readonly advancedNetworking?: Required<AdvancedNetworking>;
    readonly egress: Egress;
    readonly apiServerSubnet?: string;
    readonly loadBalancerSubnets: string[];
    readonly privateLinkServices: boolean;
    readonly servicePublicIps: ResourceReference[];
    readonly subnets: SubnetRange[];
    readonly internalLoadBalancers: number;
    readonly peeredRanges: string[];
  };
  readonly apiServer: ApiServer;
  readonly privateDns: PrivateDns;
  /** Whether the description names a private DNS choice, though the API server may be public. */
  readonly privateDnsIsChosen: boolean;
  readonly systemPool: ResolvedPool;
  readonly userPools: ResolvedPool[];
  readonly autoProvisioning: boolean;
  readonly autoscaler?: AutoscalerProfile;
  readonly registries: ResolvedRegistry[];
  readonly deployers: Principal[];
  readonly adminGroups: Principal[];
  readonly kubernetesAccess: KubernetesAccess[];
  readonly roleSet: RoleSet;
  readonly grantedBy: { readonly [kind: string]: string };
  readonly ownGrants: OwnGrant[];
  readonly sharedWith: ClusterSpec[];
  readonly diskEncryption: DiskEncryption;
  readonly kms?: Required<KmsSpec>;
  readonly disks: ResourceReference[];
  readonly storageAccounts: ResourceReference[];
  readonly logAnalyticsWorkspace?: ResourceReference;
  readonly logCategories: string[];
  readonly logsAreChosen: boolean;
  readonly prometheusWorkspace?: ResourceReference;
  readonly monitoringLocation: string;
  readonly addOns: string[];
  readonly exceptions: HardeningException[];
  readonly kubernetesVersion?: string;
  readonly upgrades: {
    readonly channel: string;
    readonly nodeOsChannel: string;
    readonly clusterWindow: Required<MaintenanceWindow>;
    readonly nodeOsWindow: Required<MaintenanceWindow>;
  };
  readonly serviceMesh?: Required<ServiceMeshSpec>;
  readonly longTermSupport: boolean;
  readonly nodeResourceGroup?: string;
  readonly timeouts?: ClusterTimeouts;
  readonly overrides: {
    readonly cluster: { readonly [attribute: string]: unknown };
    readonly nodePools: { readonly [pool: string]: unknown };
  };
  readonly preflight: ResolvedPreflight;
  readonly ownRules: ISpecRule[];
  readonly tags?: { [key: string]: string };
}

/** Logs by category and name, since a group of categories does not satisfy the checks. kube-audit would log every read, too. */
export const LOG_CATEGORIES = [
  "cluster-autoscaler",
  "guard",
  "kube-apiserver",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
];

/**
 * Fills in the defaults. What is wrong is for the rules to say.
 *
 * @throws if something is missing without which there is no description
 */
export function resolveSpec(spec: ClusterSpec): ResolvedSpec {
  const resolved = known.get(spec) ?? fillIn(spec);
  known.set(spec, resolved);
  return resolved;
}

// Every construct resolves the description that it is given. Descriptions do not change.
const known = new WeakMap<ClusterSpec, ResolvedSpec>();

function fillIn(spec: ClusterSpec): ResolvedSpec {
  requireParts(spec);
  const { nodeSubnet } = spec.network;
  const { system, user } = spec.nodePools;
  return {
    name: spec.name,
    location: spec.location,
    tenantId: spec.tenantId,
    resourceGroup: resolveResourceGroup(spec.resourceGroup),
    identities: resolveIdentities(spec),
    network: resolveNetwork(spec.network),
    apiServer: spec.apiServer ?? ApiServer.privateOnly(),
    privateDns: spec.privateDns ?? PrivateDns.system(),
    privateDnsIsChosen: spec.privateDns !== undefined,
    systemPool: resolvePool(system, system.name ?? "system", nodeSubnet, "nodePools.system"),
    userPools: user.map((pool, index) =>
      resolvePool(pool, pool.name, nodeSubnet, `nodePools.user.${index}`, pool),
    ),
    autoProvisioning: spec.nodePools.autoProvisioning ?? false,
    autoscaler: spec.nodePools.autoscaler,
    registries: (spec.registries ?? []).map(({ registry, mode, repositories }) => ({
      registry,
      mode: mode ?? "classic",
      repositories: repositories ?? [],
    })),
    ...resolveAccess(spec),
    ...resolvePermissions(spec),
    ...resolveData(spec),
    addOns: spec.addOns ?? [],
    exceptions: spec.exceptions ?? [],
    kubernetesVersion: spec.kubernetesVersion,
    upgrades: resolveUpgrades(spec),
    ...resolveOperation(spec),
    preflight: resolvePreflight(spec.preflight),
    ownRules: spec.ownRules ?? [],
    tags: spec.tags,
  };
}

/** All pools, the system pool first. */
export function allPools(spec: ResolvedSpec): ResolvedPool[] {
  return [spec.systemPool, ...spec.userPools];
}

/** Whether the API server has a private address alone. */
export function isPrivate({ apiServer }: ResolvedSpec): boolean {
  return apiServer.kind === "private";
}

/** The names of all subnets that nodes are in, each once, in a fixed order. */
export function nodeSubnets(spec: ResolvedSpec): string[] {
  const names = allPools(spec).map((pool) => pool.subnet);
  return names
    .filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index)
    .sort();
}

function resolveIdentities(spec: ClusterSpec): ResolvedSpec["identities"] {
  return {
    resourceGroup: resolveResourceGroup(spec.identities?.resourceGroup ?? spec.resourceGroup),
    controlPlane: resolveIdentity(spec.identities?.controlPlane, `${spec.name}-cp-mi`),
    kubelet: resolveIdentity(spec.identities?.kubelet, `${spec.name}-kubelet-mi`),
    locked: spec.identities?.locked ?? false,
  };
}

function resolveAccess({ access }: ClusterSpec) {
  return {
    deployers: access?.deployers ?? [],
    adminGroups: access?.adminGroups ?? [],
    kubernetesAccess: access?.kubernetes ?? [],
  };
}

function resolvePermissions({ permissions }: ClusterSpec) {
  return {
    roleSet: permissions?.roleSet ?? RoleSet.builtIn(),
    grantedBy: permissions?.grantedBy ?? {},
    ownGrants: permissions?.ownGrants ?? [],
    sharedWith: permissions?.sharedWith ?? [],
  };
}

function resolveData({ location, diskEncryption, kms, storage, monitoring }: ClusterSpec) {
  return {
    diskEncryption,
    kms: kms && { ...kms, network: kms.network ?? "Public" },
    disks: storage?.disks ?? [],
    storageAccounts: storage?.storageAccounts ?? [],
    logAnalyticsWorkspace: monitoring?.logAnalyticsWorkspace,
    logCategories: monitoring?.logCategories ?? LOG_CATEGORIES,
    logsAreChosen: monitoring?.logCategories !== undefined,
    prometheusWorkspace: monitoring?.prometheusWorkspace,
    monitoringLocation: monitoring?.location ?? location,
  };
}

function resolveOperation(spec: ClusterSpec) {
  const { serviceMesh, longTermSupport, nodeResourceGroup, timeouts, overrides } = spec;
  return {
    serviceMesh: serviceMesh && {
      revisions: serviceMesh.revisions,
      internalIngress: serviceMesh.internalIngress ?? false,
      externalIngress: serviceMesh.externalIngress ?? false,
    },
    longTermSupport: longTermSupport ?? false,
    nodeResourceGroup,
    timeouts,
    overrides: { cluster: overrides?.cluster ?? {}, nodePools: overrides?.nodePools ?? {} },
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
    ipv6: network.ipv6,
    advancedNetworking: network.advancedNetworking && {
      observability: network.advancedNetworking.observability ?? false,
      security: network.advancedNetworking.security ?? false,
    },
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

function resolveUpgrades({
  upgrades,
  kubernetesVersion,
  longTermSupport,
}: ClusterSpec): ResolvedSpec["upgrades"] {
  return {
    channel:
      upgrades?.channel ??
      (kubernetesVersion === undefined && longTermSupport !== true ? "stable" : "patch"),
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

function resolveWindow(window: MaintenanceWindow): Required<MaintenanceWindow> {
  return {
    frequency: window.frequency,
    dayOfWeek: window.dayOfWeek ?? "",
    startTime: window.startTime,
    durationHours: window.durationHours ?? 4,
    utcOffset: window.utcOffset ?? "+00:00",
  };
}
