// The locks of a cluster and of its resource group, which come after it.
import { Construct } from "constructs";
import { Grant } from "../grants/grant";
import { ClusterPlan } from "../plan/cluster-plan";
import { clusterLocks } from "../spec/defaults";
import { clusterIdOf, resourceGroupIdOf } from "../terraform/existing-resource";
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
  /** Rights of the same stack, which a lock would keep from being deleted. */
  readonly rights: readonly Pick<Grant, "applyBefore">[];
  /** Whether Terraform refuses to lift the locks while the description has them; by default it does. */
  readonly preventDestroy?: boolean;
}

/** The locks of a cluster: each comes after the rights of its stack, and goes before them. */
export class ClusterLocks extends LibraryConstruct {
  public constructor(scope: Construct, id: string, props: ClusterLocksProps) {
    super(scope, id);
    const { rights, preventDestroy } = props;
    const spec = props.plan._specFor(this);
    const { resourceGroup, locks } = spec;
    const subscriptionId = subscriptionElsewhere(this, spec.subscriptionId);
    const scopes = {
      cluster: () => props.clusterId ?? clusterIdOf(this, spec, subscriptionId),
      resourceGroup: () =>
        props.resourceGroupId ?? resourceGroupIdOf(this, resourceGroup.name, subscriptionId),
    };
    for (const key of ["cluster", "resourceGroup"] as const) {
      if (locks?.[key] === true) {
        const address = key === "cluster" ? "cluster" : "resource_group";
        const made = makeLock(this, address, {
          lock: clusterLocks(spec.name)[key],
          scopeId: scopes[key](),
          preventDestroy,
        });
        rights.forEach((right) => right.applyBefore(made));
      }
    }
  }
}
