// The description with its defaults filled in, under the same paths: what rules, grant plan and constructs read. Pure.
import { addOnIdentityName, gatewayController } from "./add-ons";
import type { ClusterSpec } from "./cluster-spec";
import {
  accessDefaults,
  advancedNetworkingDefaults,
  applicationRoutingDefaults,
  certificateAuthorityDefaults,
  clusterDefaults,
  fleetManagerDefaults,
  gatewayForContainersDefaults,
  ignoredChangesDefaults,
  keyVaultProviderDefaults,
  kmsDefaults,
  locksDefaults,
  monitoringDefaults,
  networkDefaults,
  nodePoolsDefaults,
  overridesDefaults,
  permissionsDefaults,
  poolDefaults,
  poolUpgradeDefaults,
  preflightDefaults,
  privateLinkPoliciesDefaults,
  registryDefaults,
  resourceGroupDefaults,
  serviceMeshDefaults,
  spotDefaults,
  storageDefaults,
  upgradesDefaults,
  userPoolDefaults,
  windowDefaults,
} from "./defaults";
import type { SAFEGUARD_EXCEPTIONS } from "./controls";
import { filled } from "./filled";
import { filledBackup, filledFlux } from "./filled-flux";
import { filledIdentities, filledWorkloads } from "./filled-identities";
import { IDENTITY_KINDS, type IdentityKind } from "./identities";
import { isSameName } from "./naming";
import type { NetworkSpec } from "./network";
import type { NodePoolsSpec, PoolUpgrade } from "./nodes";
import { withoutSubscription } from "./own-subscription";
import type { PermissionsSpec } from "./permissions";
import { requireParts } from "./required";
import type { ServiceMeshSpec } from "./operation";
import { canonicalGuid } from "./resource-id";
import type { MaintenanceWindow, UpgradesSpec } from "./upgrades";
import type { WorkloadSpec } from "./workloads";

/** A description with its defaults. */
export interface ResolvedSpec extends ReturnType<typeof resolveSpec> {}

/** A resource group with its defaults. */
export type ResolvedResourceGroup = ResolvedSpec["resourceGroup"];

/** An identity with its defaults. */
export type ResolvedIdentity = ResolvedSpec["identities"]["kubelet"];

/** A workload with its defaults. */
export type ResolvedWorkload = ResolvedSpec["workloads"][number];

/** A pool for applications, with its defaults. */
export type ResolvedUserPool = ResolvedSpec["nodePools"]["user"][number];

/** A configuration of Flux, with its defaults. */
export type ResolvedFluxConfiguration = NonNullable<ResolvedSpec["flux"]>["configurations"][number];

/** AKS Backup with its defaults. */
export type ResolvedBackup = NonNullable<ResolvedSpec["backup"]>;

/** A maintenance window with its defaults. */
export type ResolvedWindow = ResolvedSpec["upgrades"]["clusterWindow"];

/** Whether the API server has only a private address. */
export function isPrivate({ apiServer }: ResolvedSpec): boolean {
  return apiServer.isPrivate;
}

/** Whether Terraform may destroy the cluster, or replace it. */
export function isReplaceable({ exceptions }: ResolvedSpec): boolean {
  const exception: keyof typeof SAFEGUARD_EXCEPTIONS = "replaceableCluster";
  return exceptions.some(({ name }) => name === exception);
}

/** A principal that is an identity, as far as the description tells it apart. */
export interface IdentityPrincipal {
  /** `controlPlane` or `kubelet`; ignored for others. */
  readonly kind: string;
  /** Name of the workload, which is in the description. */
  readonly workload?: string;
  /** Name of the add-on. */
  readonly addOn?: string;
}

/** Returns the identity of a principal or of a scope: one of the cluster, that of a workload, or that of an add-on. */
export function identityOf(
  { kind, workload, addOn }: IdentityPrincipal,
  spec: ResolvedSpec,
): ResolvedIdentity {
  if (addOn !== undefined) {
    return {
      name: addOnIdentityName(addOn, spec.name),
      existing: true,
      resourceGroup: nodeResourceGroupOf(spec),
      subscriptionId: undefined,
      ids: undefined,
    };
  }
  const found = spec.workloads.find(({ name }) => name === workload);
  return found?.identity ?? spec.identities[kind === "controlPlane" ? "controlPlane" : "kubelet"];
}

/** An identity, and where the description has it. */
export interface PlacedIdentity {
  readonly path: string;
  readonly kind: IdentityKind | "workload";
  /** Name of the workload that owns it. */
  readonly workload?: string;
  readonly identity: ResolvedIdentity;
}

/**
 * Returns where the description has a workload, or a field of it. The controller of a gateway is the last workload, and has
 * no fields but its identity.
 */
export function workloadPath(
  index: number,
  { workloads, gatewayForContainers }: ResolvedSpec,
  field?: string,
): string {
  return gatewayForContainers && index === workloads.length - 1
    ? "gatewayForContainers"
    : ["workloads", index, field ?? []].flat().join(".");
}

/** Returns the workloads that the description lists. */
export function listedWorkloads({ workloads, gatewayForContainers }: ResolvedSpec) {
  return gatewayForContainers ? workloads.slice(0, -1) : workloads;
}

/** Returns the identities of the cluster, and those of its workloads, each once. */
export function placedIdentities(spec: ResolvedSpec): PlacedIdentity[] {
  const { identities, workloads } = spec;
  return [
    ...IDENTITY_KINDS.map((kind) => ({
      path: `identities.${kind}`,
      kind,
      identity: identities[kind],
    })),
    ...workloads.flatMap(({ name, owner, identity }, index) =>
      name === owner
        ? [
            {
              path: `${workloadPath(index, spec)}.identity`,
              kind: "workload" as const,
              workload: name,
              identity,
            },
          ]
        : [],
    ),
  ];
}

/** Whether the cluster and the identities have one resource group by default. */
export function sharesResourceGroup({ resourceGroup, identities }: ResolvedSpec): boolean {
  return (
    identities.subscriptionId === undefined &&
    isSameName(identities.resourceGroup.name, resourceGroup.name)
  );
}

/** Returns the name of the resource group that AKS creates for the nodes. */
export function nodeResourceGroupOf({ name, location, ...spec }: ResolvedSpec): string {
  return spec.nodeResourceGroup ?? `MC_${spec.resourceGroup.name}_${name}_${location}`;
}

/** Returns the identities in the cluster's resource group, in which a deployer is Contributor. */
export function identitiesBesideCluster(spec: ResolvedSpec): PlacedIdentity[] {
  const { resourceGroup, subscriptionId: own } = spec;
  return placedIdentities(spec).filter(({ identity }) => {
    const { resourceGroup: group, subscriptionId = own } = identity;
    return isSameName(group, resourceGroup.name) && (own === undefined || subscriptionId === own);
  });
}

/**
 * Fills in the defaults. Rules report what is wrong.
 *
 * @throws if a required part is missing
 */
export function resolveSpec(given: ClusterSpec) {
  requireParts(given);
  const spec = filled(given, clusterDefaults);
  const subscriptionId = spec.subscriptionId && canonicalGuid(spec.subscriptionId);
  const here = <T>(part: T): T => withoutSubscription(part, subscriptionId);
  return {
    ...spec,
    /** Whether the cluster is one of a fleet, whose clusters share custom roles. */
    isOfFleet: false,
    subscriptionId,
    resourceGroup: filled(spec.resourceGroup, resourceGroupDefaults),
    identities: filledIdentities(spec.identities, spec),
    network: network(here(spec.network)),
    privateDns: here(spec.privateDns),
    nodePools: nodePools(here(spec.nodePools), spec.network),
    registries: here(spec.registries).map((one) => filled(one, registryDefaults)),
    access: filled(spec.access, accessDefaults),
    permissions: permissions(spec.permissions, here),
    diskEncryption: here(spec.diskEncryption),
    kms: spec.kms && filled(here(spec.kms), kmsDefaults),
    storage: filled(here(spec.storage), storageDefaults),
    monitoring: filled(here(spec.monitoring), monitoringDefaults(spec)),
    upgrades: upgrades(spec.upgrades, spec),
    serviceMesh: spec.serviceMesh && serviceMesh(here(spec.serviceMesh)),
    applicationRouting:
      spec.applicationRouting && filled(here(spec.applicationRouting), applicationRoutingDefaults),
    keyVaultProvider:
      spec.keyVaultProvider && filled(here(spec.keyVaultProvider), keyVaultProviderDefaults),
    locks: spec.locks && filled(spec.locks, locksDefaults),
    flux: spec.flux && filledFlux(spec.flux),
    fleetManager: spec.fleetManager && filled(here(spec.fleetManager), fleetManagerDefaults(spec)),
    gatewayForContainers:
      spec.gatewayForContainers &&
      filled(here(spec.gatewayForContainers), gatewayForContainersDefaults),
    backup: spec.backup && filledBackup(here(spec.backup)),
    workloads: filledWorkloads(here([...spec.workloads, ...controllersOf(spec)]), spec),
    overrides: filled(spec.overrides, overridesDefaults),
    ignoreChanges: filled(spec.ignoreChanges, ignoredChangesDefaults),
    preflight: filled(spec.preflight, preflightDefaults),
  };
}

function controllersOf({ gatewayForContainers }: ClusterSpec): WorkloadSpec[] {
  return gatewayForContainers ? [gatewayController(gatewayForContainers)] : [];
}

function permissions(given: PermissionsSpec, here: <T>(part: T) => T) {
  const filledIn = filled(given, permissionsDefaults);
  return { ...filledIn, additionalGrants: here(filledIn.additionalGrants) };
}

function network(given: NetworkSpec) {
  const { advancedNetworking, privateLinkPolicies } = given;
  return {
    ...filled(given, networkDefaults(given.serviceCidr)),
    advancedNetworking:
      advancedNetworking && filled(advancedNetworking, advancedNetworkingDefaults),
    privateLinkPolicies:
      privateLinkPolicies && filled(privateLinkPolicies, privateLinkPoliciesDefaults),
  };
}

function nodePools(given: NodePoolsSpec, { nodeSubnet, podNetwork }: NetworkSpec) {
  const { system, user } = given;
  const subnets = { nodes: nodeSubnet, pods: podNetwork?.subnet };
  return {
    ...filled(given, nodePoolsDefaults),
    system: upgradable(
      filled(system, { name: "system", ...poolDefaults(subnets, system.minCount) }),
    ),
    user: user.map((pool) => {
      const filledIn = filled(pool, userPoolDefaults(subnets, pool.minCount));
      const spot = pool.spot && filled(pool.spot, spotDefaults);
      // Azure adds no nodes to a spot pool for an upgrade.
      return { ...(spot ? filledIn : upgradable(filledIn)), spot };
    }),
  };
}

function upgradable<T extends { readonly upgrade: PoolUpgrade }>(pool: T) {
  return { ...pool, upgrade: filled(pool.upgrade, poolUpgradeDefaults(pool.upgrade)) };
}

function serviceMesh(given: ServiceMeshSpec) {
  const { certificateAuthority, ...filledIn } = filled(given, serviceMeshDefaults);
  return {
    ...filledIn,
    certificateAuthority:
      certificateAuthority && filled(certificateAuthority, certificateAuthorityDefaults),
  };
}

function upgrades(given: UpgradesSpec, spec: ClusterSpec) {
  const filledIn = filled(given, upgradesDefaults(spec));
  return {
    ...filledIn,
    clusterWindow: window(filledIn.clusterWindow),
    nodeOsWindow: window(filledIn.nodeOsWindow),
  };
}

function window(given: MaintenanceWindow) {
  return filled(given, windowDefaults(given));
}
