// The cluster.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import {
  ITerraformDependable,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct, IConstruct } from "constructs";
import { Grant } from "../grants/grant";
import { IClusterIdentities } from "../identity/cluster-identities";
import { requireSameNetwork } from "../existing/same-network";
import { VirtualNetwork } from "../existing/virtual-network";
import { ignoreTags } from "../terraform/ignored-tags";
import { resourceIdOf, subnetIdOf } from "../terraform/existing-resource";
import { PrivateDnsZone } from "../existing/private-dns-zone";
import { ClusterPlan } from "../plan/cluster-plan";
import { ResolvedSpec, isPrivate, isReplaceable, sharesResourceGroup } from "../spec/resolved-spec";
import { entryOf } from "../spec/tables";
import { provisionNodes } from "../terraform/azurerm-versions";
import { currentClient } from "../terraform/providers";
import { annotateWarnings, requireMade } from "../terraform/validation";
import { clusterConfig, ignoredAttributes } from "./cluster-config";
import type * as Extensions from "./extensions";
import { keptIds } from "./kept-ids";
import type * as Monitoring from "./monitoring";
import { userPoolConfig } from "./pool-config";
import { Preflight } from "./preflight/preflight";
import { ClusterSurroundings } from "./surroundings";
import { UnderlyingGuard, addAttributes } from "./underlying";
import { allPools } from "../spec/pools";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of a hardened cluster. */
export interface HardenedClusterProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
  /** The identities of the cluster, which have their rights already. */
  readonly identities: IClusterIdentities;
  /** The virtual network that the nodes are in: that of the description. */
  readonly virtualNetwork: VirtualNetwork;
  /**
   * Name of the resource group, if the same stack creates it.
   *
   * @default - the name in the description
   */
  readonly resourceGroupName?: string;
  /**
   * The role assignments of the cluster, if the same stack creates them: the cluster waits for
   * them. They cannot be looked up before, so rights are not checked.
   *
   * @default - none: other stacks create them, and the preflight checks them
   */
  readonly grants?: Grant[];
  /**
   * Other resources of the same stack that must exist before the cluster, such as the association of a
   * NAT gateway.
   *
   * @default - the resources that its attributes refer to
   */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Whether Terraform refuses to destroy and to replace the cluster. The exception `replaceableCluster` in the
   * description also turns that off.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/**
 * A hardened AKS cluster with bring-your-own identities: private, Entra ID with Azure RBAC, no local
 * accounts, no service principal, no secret.
 *
 * `node.defaultChild` is the azurerm resource, and `underlyingPool` returns those of user pools. Set attributes there
 * that the description has no field for. Changing an attribute that follows from the description fails the synth.
 *
 * @see https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security
 */
export class HardenedCluster extends LibraryConstruct {
  /** Resource id of the cluster. */
  public readonly clusterId: string;
  /** URL of the cluster's OIDC issuer, for workload identities. */
  public readonly oidcIssuerUrl: string;
  /** Name of the resource group that AKS creates for the nodes. */
  public readonly nodeResourceGroup: string;
  /**
   * Object id of the identity of the backup extension (GUID).
   *
   * @default - the description has no `backup`
   */
  public readonly backupExtensionPrincipalId?: string;
  private readonly pools: { readonly [name: string]: TerraformResource };

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props the plan, and the resources around the cluster
   * @throws with all findings, if the description breaks a rule; if the network is not that of the description,
   * or if the resource group is missing
   */
  public constructor(scope: Construct, id: string, props: HardenedClusterProps) {
    super(scope, id);
    const { plan } = props;
    const spec = plan._specFor(this);
    annotateWarnings(this, plan.findings);
    const { controlPlane, kubelet } = props.identities;
    requireSameNetwork(this, spec, props.virtualNetwork);
    const { name: group, create } = spec.resourceGroup;
    if (create && !sharesResourceGroup(spec)) {
      requireMade(this, "resourceGroup", group, props.resourceGroupName);
    }
    const zone = isPrivate(spec) ? spec.privateDns.zone : undefined;
    const around: ClusterSurroundings = {
      resourceGroupName: props.resourceGroupName ?? spec.resourceGroup.name,
      tenantId: spec.tenantId ?? currentClient(this).tenantId,
      controlPlaneIdentityId: controlPlane.identityId,
      kubelet,
      privateDnsZoneId: zone && PrivateDnsZone._fromReference(this, "zone", zone).zoneId,
      // Where a lookup may fail, none must be needed: the id follows from the names.
      subnetId: (name) =>
        spec.preflight.network === "enforce" || !needsLookup(props.virtualNetwork)
          ? props.virtualNetwork.subnet(name).subnetId
          : subnetIdOf(this, spec.network.virtualNetwork, name),
      resourceId: (type, reference) => resourceIdOf(this, type, reference),
    };
    const preflight = new Preflight(this, "the preflight", {
      spec,
      grants: plan._grants.filter(({ kept, _isAfter }) => !kept && !_isAfter),
      callerRights: plan._callerRights,
      addresses: plan.addresses,
      identities: props.identities,
      virtualNetwork: props.virtualNetwork,
      tenantId: around.tenantId,
      grantsArePending:
        props.grants !== undefined || [controlPlane, kubelet].some(({ isNew }) => isNew),
      makesResourceGroup: Token.isUnresolved(around.resourceGroupName),
    });
    const config = clusterConfig(spec, around);
    const guard = destroyGuard(spec, props);
    const kept = keptIds(spec, config, guard.preventDestroy);
    const cluster = new KubernetesCluster(this, "Default", {
      ...config,
      dependsOn: props.dependsOn,
      lifecycle: {
        ...guard,
        ignoreChanges: [
          ...new Set([...ignoredAttributes(spec), ...kept.map(({ attribute }) => attribute)]),
        ],
      },
    });
    preflight.guard(
      cluster,
      kept.map(({ condition }) => condition),
    );
    for (const grant of props.grants ?? []) {
      grant.applyBefore(cluster);
    }
    provisionNodes(cluster, spec.nodePools.autoProvisioning);
    addAttributes(cluster, spec.overrides.cluster);
    addAttributes(
      cluster,
      spec.overrides.nodePools[spec.nodePools.system.name],
      "default_node_pool.",
    );
    const place = new Construct(this, "the pools");
    const guards = [UnderlyingGuard.ofCluster(cluster)];
    const pools: { [name: string]: TerraformResource } = {};
    for (const pool of allPools(spec).slice(1)) {
      const config = userPoolConfig(pool, spec, cluster.id, around);
      const made = new KubernetesClusterNodePool(place, pool.name, config);
      addAttributes(made, spec.overrides.nodePools[pool.name]);
      guards.push(UnderlyingGuard.ofPool(made));
      pools[pool.name] = made;
    }
    this.pools = pools;
    this.node.addValidation({ validate: () => guards.flatMap((guard) => guard.changes()) });
    this.backupExtensionPrincipalId = addRest(this, around, {
      clusterId: cluster.id,
      spec,
      // Flux does not tolerate the taint of the system pool.
      ready: [cluster, ...Object.values(pools)],
      lifecycle: guard.preventDestroy ? guard : undefined,
    });
    ignoreTags(this, spec.ignoreChanges.tags);
    this.outputExceptions(spec);
    this.clusterId = cluster.id;
    this.oidcIssuerUrl = cluster.oidcIssuerUrl;
    this.nodeResourceGroup = cluster.nodeResourceGroup;
  }

  /**
   * Returns the azurerm resource of a user pool. Attributes that the description does not model can be set on it;
   * changing the others fails the synth.
   *
   * @param name name of the pool
   * @throws if there is no user pool of this name; the system pool is a part of the cluster's own resource
   */
  public underlyingPool(name: string): TerraformResource {
    const pool = entryOf(this.pools, name);
    if (!pool) {
      const names = Object.keys(this.pools).join(", ");
      throw new Error(
        `[${this.node.path}] There is no user pool "${name}". Use ${names}; the system pool is a part of the cluster, which is node.defaultChild.`,
      );
    }
    return pool;
  }

  // Readers of the stack must see the weaker settings, and the reasons.
  private outputExceptions({ exceptions }: ResolvedSpec): void {
    if (exceptions.length === 0) {
      return;
    }
    const output = new TerraformOutput(this, "hardening_exceptions", {
      // A token: cdktf asks a plain object with util.isArray, of which Node.js 22 and later warn (DEP0044).
      value: Token.asAny(Object.fromEntries(exceptions.map((one) => [one.name, one.reason]))),
      description: "Weakenings of the hardened defaults, with their reasons.",
    });
    const clusters = TerraformStack.of(this).node.findAll().filter(isCluster);
    if (clusters.length === 1) {
      output.overrideLogicalId("hardening_exceptions");
    }
  }
}

/**
 * Adds everything else to a cluster. The classes of azurerm for it take a while to load, and not every cluster needs them.
 *
 * @returns the object id of the identity of the backup extension, if there is one
 */
function addRest(
  scope: HardenedCluster,
  around: ClusterSurroundings,
  cluster: Extensions.ExtendedCluster,
): string | undefined {
  const { monitoring, flux, fleetManager, backup } = cluster.spec;
  if (monitoring.logAnalyticsWorkspace ?? monitoring.prometheusWorkspace) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { addMonitoring } = require("./monitoring") as typeof Monitoring;
    addMonitoring(scope, cluster.clusterId, cluster.spec, around);
  }
  if (flux ?? fleetManager ?? backup) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { addBackup, addFlux, joinFleet } = require("./extensions") as typeof Extensions;
    addFlux(scope, cluster);
    joinFleet(scope, cluster, around);
    return addBackup(scope, cluster, around);
  }
  return undefined;
}

function needsLookup(network: VirtualNetwork): boolean {
  return network instanceof VirtualNetwork && network._reference.needsLookup;
}

function isCluster(construct: IConstruct): boolean {
  return construct instanceof HardenedCluster;
}

/** Returns the settings that keep Terraform from destroying the cluster. */
function destroyGuard(
  spec: ResolvedSpec,
  { preventDestroy = true }: HardenedClusterProps,
): { readonly preventDestroy?: boolean } {
  return preventDestroy && !isReplaceable(spec) ? { preventDestroy } : {};
}
