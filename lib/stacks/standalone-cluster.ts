// A cluster with its identities and their rights, in one stack.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Grant } from "../grants/grant";
import { HardenedCluster } from "../cluster/hardened-cluster";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { addOnIdentitiesOf } from "../identity/add-on-identities";
import { BackupAccess } from "../identity/backup-access";
import { ClusterLocks } from "../identity/cluster-locks";
import { WorkloadIdentities } from "../identity/workload-identities";
import { CreatedCluster } from "../permissions/grant-targets";
import { TeamPermissions } from "../permissions/team-permissions";
import { VirtualNetwork } from "../existing/virtual-network";
import { addressName } from "../spec/address";
import { GrantingTeam } from "../spec/granting-team";
import { isReplaceable, sharesResourceGroup } from "../spec/resolved-spec";
import { ClusterPlan } from "../plan/cluster-plan";
import { makeResourceGroup } from "./resource-groups";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of a standalone cluster. */
export interface StandaloneClusterProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
  /**
   * The virtual network, if the same stack creates it: `VirtualNetwork.fromAttributes`.
   *
   * @default - that of the description, which exists
   */
  readonly virtualNetwork?: VirtualNetwork;
  /**
   * Other resources of the same stack that must exist before the cluster, such as the association of a
   * NAT gateway.
   *
   * @default - what its attributes refer to
   */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Whether Terraform refuses to destroy the cluster, the identities, and the resource groups that are created
   * for them. With `false` everything can be destroyed at once, which suits experiments.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/**
 * A cluster with its identities and their rights in one stack, for one person with all rights: Contributor,
 * and Role Based Access Control Administrator on all scopes of the grants.
 *
 * It creates the resources of all stacks, and the cluster waits for its rights. The Terraform plan does not
 * check the rights, because the same apply creates them.
 */
export class StandaloneCluster extends LibraryConstruct {
  /** The identities. */
  public readonly identities: IClusterIdentities;
  /** The grants of both teams. */
  public readonly grants: Grant[];
  /** The cluster. */
  public readonly cluster: HardenedCluster;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props the plan, and the resources around the cluster
   * @throws with all findings, if the description breaks a rule
   */
  public constructor(scope: Construct, id: string, props: StandaloneClusterProps) {
    super(scope, id);
    const { dependsOn, preventDestroy = true } = props;
    const plan = props.plan._deployedTogether();
    const spec = plan._specFor(this);
    const { resourceGroup, identities, network } = spec;
    const ofIdentities = makeResourceGroup(
      this,
      "identities",
      { ...identities.resourceGroup, subscriptionId: identities.subscriptionId },
      spec,
      preventDestroy,
    );
    const ofCluster = sharesResourceGroup(spec)
      ? ofIdentities
      : makeResourceGroup(
          this,
          "cluster",
          resourceGroup,
          spec,
          preventDestroy && !isReplaceable(spec),
        );
    const virtualNetwork =
      props.virtualNetwork ??
      VirtualNetwork._fromReference(
        new Construct(this, "the network"),
        addressName(network.virtualNetwork.name),
        network.virtualNetwork,
      );
    this.identities = new ClusterIdentities(this, "the identities", {
      plan,
      resourceGroupName: ofIdentities?.name,
      preventDestroy,
    });
    this.grants = new TeamPermissions(this, "the grants", {
      plan,
      identities: this.identities,
      virtualNetwork,
      resourceGroupId: ofCluster?.id,
    }).grants;
    this.cluster = new HardenedCluster(this, "the cluster", {
      plan,
      identities: this.identities,
      virtualNetwork,
      resourceGroupName: ofCluster?.name,
      grants: this.grants,
      dependsOn,
      preventDestroy,
    });
    if (spec.workloads.length > 0) {
      const workloads = new WorkloadIdentities(this, "the workloads", {
        plan,
        issuerUrl: this.cluster.oidcIssuerUrl,
        preventDestroy,
      });
      new TeamPermissions(this, "the grants of workloads", {
        plan,
        virtualNetwork,
        _cluster: this.created(),
        _phase: "workloads",
        _identityOf: (key) => workloads.find(key),
      });
    }
    this.addAddOns(plan, virtualNetwork, ofCluster?.id, preventDestroy);
  }

  private created(): CreatedCluster {
    const { clusterId: id, backupExtensionPrincipalId: extensionPrincipalId, node } = this.cluster;
    const { nodeResourceGroupId } = node.defaultChild as KubernetesCluster;
    return { id, nodeResourceGroupId, extensionPrincipalId };
  }

  private addAddOns(
    plan: ClusterPlan,
    virtualNetwork: VirtualNetwork,
    resourceGroupId: string | undefined,
    preventDestroy: boolean,
  ): void {
    if (!Object.values(GrantingTeam).some((team) => plan._hasStack(team, "addOns"))) {
      return;
    }
    const cluster = this.cluster.node.defaultChild as KubernetesCluster;
    const addOns = new Construct(this, "the add-ons");
    const { grants } = new TeamPermissions(this, "the grants of add-ons", {
      plan,
      virtualNetwork,
      _cluster: this.created(),
      _phase: "addOns",
      _identityOf: addOnIdentitiesOf(addOns, cluster, plan._resolved),
    });
    const { clusterId } = this.cluster;
    const access = new BackupAccess(addOns, "the backup", { plan, clusterId });
    new ClusterLocks(this, "the locks", {
      plan,
      rights: [...grants, access],
      clusterId,
      resourceGroupId,
      preventDestroy,
    });
  }
}
