// The locks of a cluster and of its resource group, which come after it.
import { Construct } from "constructs";
import { Grant } from "../grants/grant";
import { ClusterPlan } from "../plan/cluster-plan";
import { clusterLocks } from "../spec/defaults";
import { ResourceReference } from "../spec/resource-reference";
import { resourceGroupIdOf, resourceIdOf } from "../terraform/existing-resource";
import { LibraryConstruct } from "../terraform/one-copy";
import { subscriptionElsewhere } from "../terraform/providers";
import { makeLock } from "./lock";

/** Properties of the locks of a cluster. */
export interface ClusterLocksProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
  /** Id of the cluster, if the same stack creates it; by default made of its name: a lookup would copy its kubeconfig. */
  readonly clusterId?: string;
  /** Id of its resource group, if the same stack creates it; by default made of its name. */
  readonly resourceGroupId?: string;
  /** Role assignments of the same stack, which a lock would keep from being deleted. */
  readonly grants: readonly Grant[];
  /** Whether Terraform refuses to lift the locks while the description has them; by default it does. */
  readonly preventDestroy?: boolean;
}

/** The locks of a cluster: each comes after the role assignments of its stack, and goes before them. */
export class ClusterLocks extends LibraryConstruct {
  public constructor(scope: Construct, id: string, props: ClusterLocksProps) {
    super(scope, id);
    const { grants, preventDestroy } = props;
    const { name, resourceGroup, subscriptionId: own, locks } = props.plan._specFor(this);
    const subscriptionId = subscriptionElsewhere(this, own);
    const group = resourceGroup.name;
    const scopes = {
      cluster: () =>
        props.clusterId ??
        resourceIdOf(
          this,
          "Microsoft.ContainerService/managedClusters",
          ResourceReference.byName({ name, resourceGroup: group, subscriptionId }),
        ),
      resourceGroup: () => props.resourceGroupId ?? resourceGroupIdOf(this, group, subscriptionId),
    };
    for (const key of ["cluster", "resourceGroup"] as const) {
      if (locks?.[key] === true) {
        const address = key === "cluster" ? "cluster" : "resource_group";
        const made = makeLock(this, address, {
          lock: clusterLocks(name)[key],
          scopeId: scopes[key](),
          preventDestroy,
        });
        grants.forEach((grant) => grant.applyBefore(made));
      }
    }
  }
}
