// The access of a Backup vault to a cluster: a right in Kubernetes, which the identity team gives.
import { KubernetesClusterTrustedAccessRoleBinding } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-trusted-access-role-binding";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { waitFor } from "../hcl/addresses";
import { keepAsMade } from "../hcl/kept";
import { ClusterPlan } from "../plan/cluster-plan";
import { BACKUP_ROLE, VAULT_BINDING } from "../spec/backup";
import { clusterIdOf, resourceIdOf } from "../terraform/existing-resource";
import { LibraryConstruct } from "../terraform/one-copy";
import { subscriptionElsewhere } from "../terraform/providers";

/** Properties of the access of a Backup vault. */
export interface BackupAccessProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
  /** Id of the cluster, if the same stack creates it; by default made of its name. */
  readonly clusterId?: string;
}

/** The binding by which a Backup vault reaches the extension, if the description has backups. */
export class BackupAccess extends LibraryConstruct {
  private readonly binding?: TerraformResource;

  public constructor(scope: Construct, id: string, { plan, clusterId }: BackupAccessProps) {
    super(scope, id);
    const spec = plan._specFor(this);
    if (spec.backup) {
      const elsewhere = subscriptionElsewhere(this, spec.subscriptionId);
      const vault = spec.backup.vault._in(elsewhere);
      this.binding = new KubernetesClusterTrustedAccessRoleBinding(this, VAULT_BINDING, {
        name: VAULT_BINDING,
        kubernetesClusterId: clusterId ?? clusterIdOf(this, spec, elsewhere),
        sourceResourceId: resourceIdOf(this, "Microsoft.DataProtection/backupVaults", vault),
        roles: [BACKUP_ROLE],
      });
      keepAsMade(this.binding, { sealed: true });
    }
  }

  /** Makes a resource depend on the binding, if there is one. */
  public applyBefore(resource: TerraformResource): void {
    if (this.binding) {
      waitFor(resource, this.binding);
    }
  }
}
