// The defaults of the description: one table for each part of it. Pure.
// The compiler asks for every optional field; one without a default is `undefined` here.
import { NginxController } from "./add-ons";
import { ApiServer, PrivateDns } from "./api-server";
import type { ClusterSpec } from "./cluster-spec";
import { tenthAddress } from "./ip-range";
import { KeyVaultNetwork, LogCategory } from "./data";
import { type FluxRepository, FluxScope } from "./flux";
import type { IdentitySpec } from "./identities";
import { DataPlane, PodNetwork } from "./network";
import { EvictionPolicy, OperatingSystem, type PoolUpgrade } from "./nodes";
import { PreflightMode } from "./preflight";
import { parseResourceId } from "./resource-id";
import { RegistryMode } from "./registry";
import {
  DayOfWeek,
  type MaintenanceWindow,
  NodeOsChannel,
  UpgradeChannel,
  WeekIndex,
  WindowFrequency,
} from "./upgrades";
import { RoleSet } from "./permissions";
import { CLUSTER_ISSUER, type WorkloadRight } from "./workloads";

/** Extra nodes during an upgrade. */
export const DEFAULT_SURGE = "33%";

/** Categories by name, because scanners do not accept category groups. kube-audit would log every read as well. */
export const LOG_CATEGORIES: LogCategory[] = [
  LogCategory.CLUSTER_AUTOSCALER,
  LogCategory.GUARD,
  LogCategory.KUBE_APISERVER,
  LogCategory.KUBE_AUDIT_ADMIN,
  LogCategory.KUBE_CONTROLLER_MANAGER,
  LogCategory.KUBE_SCHEDULER,
];

export const clusterDefaults = {
  tenantId: undefined,
  subscriptionId: undefined,
  dnsPrefix: undefined,
  identities: {},
  apiServer: ApiServer.privateOnly(),
  privateDns: PrivateDns.system(),
  registries: [],
  access: {},
  permissions: {},
  kms: undefined,
  storage: {},
  monitoring: {},
  addOns: [],
  applicationRouting: undefined,
  keyVaultProvider: undefined,
  gatewayForContainers: undefined,
  backup: undefined,
  locks: undefined,
  exceptions: [],
  kubernetesVersion: undefined,
  upgrades: {},
  serviceMesh: undefined,
  flux: undefined,
  fleetManager: undefined,
  longTermSupport: false,
  workloads: [],
  oidcIssuers: [{ name: CLUSTER_ISSUER }],
  nodeResourceGroup: undefined,
  timeouts: undefined,
  overrides: {},
  ignoreChanges: {},
  preflight: {},
  customRules: [],
  tags: undefined,
  previous: undefined,
};

/** Returns the prefix of the API server's name in DNS. */
export const dnsPrefixOf = ({ name, dnsPrefix }: Pick<ClusterSpec, "name" | "dnsPrefix">) =>
  dnsPrefix ?? name.replace(/_/g, "-").slice(0, 54).replace(/-+$/, "");

export const resourceGroupDefaults = { create: false };

export const identitiesDefaults = ({ resourceGroup }: ClusterSpec) => ({
  resourceGroup,
  subscriptionId: undefined,
  controlPlane: {},
  kubelet: {},
  locked: false,
});

/** Returns the name of a new identity, after the short name of its principal: `cp`, `kubelet` or a workload. */
export const identityName = (cluster: string, kind: string) => `${cluster}-${kind}-mi`;

/** The level of all locks: with ReadOnly, AKS could not change the cluster either. */
const LOCK_LEVEL = "CanNotDelete";

/** The lock of an identity. */
export const IDENTITY_LOCK = {
  name: "outlives-the-cluster",
  level: LOCK_LEVEL,
  notes: "A cluster works with this identity. Ask the identity team before it goes.",
};

/** The locks of a cluster and of its resource group, which those of other clusters may be on, too. */
export const clusterLocks = (cluster: string) => ({
  cluster: {
    name: "keeps-the-cluster",
    level: LOCK_LEVEL,
    notes: "Applications run in it. Ask the identity team before it goes.",
  },
  resourceGroup: {
    name: `keeps-the-group-of-${cluster}`,
    level: LOCK_LEVEL,
    notes: "A cluster is in it. Ask the identity team before it goes.",
  },
});

export const identityDefaults = (
  name: string,
  common: Pick<IdentitySpec, "subscriptionId"> & { readonly resourceGroup: string },
  { ids }: IdentitySpec,
) => {
  const { resourceGroup, subscriptionId } = parseResourceId(ids?.id ?? "") ?? common;
  return { name, existing: false, resourceGroup, subscriptionId, ids: undefined };
};

export const networkDefaults = (serviceCidr = "10.0.0.0/16") => ({
  podNetwork: PodNetwork.overlay(),
  dataPlane: DataPlane.CILIUM,
  serviceCidr,
  dnsServiceIp: tenthAddress(serviceCidr),
  ipv6: undefined,
  advancedNetworking: undefined,
  apiServerSubnet: undefined,
  loadBalancerSubnets: [],
  privateLinkServices: false,
  privateLinkPolicies: undefined,
  servicePublicIps: [],
  servicePublicIpPrefixes: [],
  subnets: [],
  internalLoadBalancers: 2,
  peeredRanges: [],
});

export const privateLinkPoliciesDefaults = {
  subnets: undefined,
  networkSecurityGroups: [],
  natGateways: [],
  routeTables: [],
};

export const advancedNetworkingDefaults = { observability: false, security: false };

export const nodePoolsDefaults = { autoProvisioning: false, autoscaler: undefined };

/** The subnets of a pool that names none. */
interface PoolSubnets {
  readonly nodes: string;
  /** None, unless pods have a separate subnet. */
  readonly pods?: string;
}

export const poolDefaults = ({ nodes, pods }: PoolSubnets, minCount = 3) => ({
  minCount,
  maxCount: minCount,
  zones: ["1", "2", "3"],
  maxPods: 110,
  subnet: nodes,
  podSubnet: pods,
  capacityReservationGroup: undefined,
  hostGroup: undefined,
  osSku: undefined,
  osDiskSizeGb: undefined,
  fips: undefined,
  labels: {},
  upgrade: {},
});

export const userPoolDefaults = (subnets: PoolSubnets, minCount?: number) => ({
  ...poolDefaults(subnets, minCount),
  os: OperatingSystem.LINUX,
  taints: [],
  spot: undefined,
  gpu: undefined,
});

export const poolUpgradeDefaults = ({ maxUnavailable }: PoolUpgrade) => ({
  maxSurge: maxUnavailable === undefined ? DEFAULT_SURGE : "0",
  maxUnavailable: undefined,
  undrainableNodeBehavior: undefined,
  drainTimeoutMinutes: undefined,
  nodeSoakMinutes: undefined,
});

export const spotDefaults = { maxPrice: -1, evictionPolicy: EvictionPolicy.DELETE };

export const registryDefaults = { mode: RegistryMode.CLASSIC, repositories: [] };

export const accessDefaults = { adminGroups: [], deployers: [], kubernetes: [] };

export const permissionsDefaults = {
  roleSet: RoleSet.builtIn(),
  grantedBy: {},
  additionalGrants: [],
  sharedWith: [],
};

export const workloadDefaults = { identity: {}, sharesIdentityOf: undefined, rights: [] };

export const workloadRightDefaults = ({ scope }: WorkloadRight) => ({
  role: undefined,
  roleGuid: undefined,
  actions: [],
  dataActions: [],
  resourceType: parseResourceId(scope.id ?? "")?.type ?? "",
  grantedBy: undefined,
});

export const kmsDefaults = { network: KeyVaultNetwork.PUBLIC };

export const storageDefaults = { disks: [], storageAccounts: [] };

export const monitoringDefaults = ({ location }: ClusterSpec) => ({
  logAnalyticsWorkspace: undefined,
  defender: undefined,
  logCategories: LOG_CATEGORIES,
  prometheusWorkspace: undefined,
  location,
});

export const upgradesDefaults = ({ kubernetesVersion, longTermSupport }: ClusterSpec) => ({
  channel:
    kubernetesVersion === undefined && longTermSupport !== true
      ? UpgradeChannel.STABLE
      : UpgradeChannel.PATCH,
  nodeOsChannel: NodeOsChannel.NODE_IMAGE,
  clusterWindow: {
    frequency: WindowFrequency.WEEKLY,
    dayOfWeek: DayOfWeek.SUNDAY,
    startTime: "02:00",
  },
  nodeOsWindow: { frequency: WindowFrequency.DAILY, startTime: "03:00" },
  forcedUntil: undefined,
});

export const windowDefaults = ({ frequency }: MaintenanceWindow) => ({
  interval: 1,
  dayOfWeek: undefined,
  dayOfMonth: undefined,
  weekIndex: frequency === WindowFrequency.RELATIVE_MONTHLY ? WeekIndex.FIRST : undefined,
  durationHours: 4,
  utcOffset: "+00:00",
  notAllowed: [],
});

export const serviceMeshDefaults = {
  internalIngress: false,
  externalIngress: false,
  certificateAuthority: undefined,
};

/** The names that the documentation of Istio gives them. */
export const certificateAuthorityDefaults = {
  rootCertificate: "root-cert",
  certificate: "ca-cert",
  key: "ca-key",
  certificateChain: "cert-chain",
};

export const applicationRoutingDefaults = {
  controller: NginxController.INTERNAL,
  dnsZones: [],
  privateDnsZones: [],
  keyVaults: [],
};

export const keyVaultProviderDefaults = { secretVaults: [], certificateVaults: [] };

export const gatewayForContainersDefaults = { identity: {} };

export const backupDefaults = { vaultPrincipalId: undefined, extensionPrincipalId: undefined };

export const locksDefaults = { cluster: false, resourceGroup: false };

export const fluxDefaults = {
  version: undefined,
  multiTenancy: true,
  clientId: undefined,
  configurations: [],
};

export const fluxConfigurationDefaults = { scope: FluxScope.NAMESPACE };

export const fluxRepositoryDefaults = ({ tag, semver, commit }: FluxRepository) => ({
  branch: [tag, semver, commit].every((one) => one === undefined) ? "main" : undefined,
  tag: undefined,
  semver: undefined,
  commit: undefined,
  secretName: undefined,
  entraId: false,
  syncIntervalSeconds: 600,
});

export const fluxKustomizationDefaults = {
  path: undefined,
  dependsOn: [],
  prune: false,
  wait: true,
  syncIntervalSeconds: 600,
  retryIntervalSeconds: 600,
  timeoutSeconds: 600,
};

/** Longest name of a member of a fleet. */
const MEMBER_LENGTH = 50;

export const fleetManagerDefaults = ({ name }: Pick<ClusterSpec, "name">) => ({
  memberName: name.toLowerCase().replace(/_/g, "-").slice(0, MEMBER_LENGTH).replace(/-+$/, ""),
  updateGroup: undefined,
});

export const overridesDefaults = { cluster: {}, nodePools: {} };

export const ignoredChangesDefaults = { cluster: [], nodePools: {}, tags: [] };

export const preflightDefaults = {
  identityGrants: PreflightMode.ENFORCE,
  peopleGrants: PreflightMode.ENFORCE,
  network: PreflightMode.ENFORCE,
  cluster: PreflightMode.ENFORCE,
};
