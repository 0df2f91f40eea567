// Who works with the cluster.
import { Principal } from "./principal";

/** Somebody who works in Kubernetes, by Azure RBAC. */
export interface KubernetesAccess {
  /** Who. */
  readonly principal: Principal;
  /** `clusterAdmin`, `admin`, `writer`, `reader`, or `clusterUser` for the kubeconfig alone. */
  readonly role: string;
}

/** Who works with the cluster. */
export interface AccessSpec {
  /**
   * Groups of Entra ID, with their object ids, whose members administer Kubernetes: cluster-admin in
   * every cluster that names them, whatever Azure RBAC says. Roles in `kubernetes` are the finer way.
   *
   * @default - none
   */
  readonly adminGroups?: Principal[];
  /**
   * Groups and service principals that deploy the cluster.
   *
   * They need Contributor on the cluster's resource group from elsewhere; what they need beyond
   * it is in the grant plan.
   *
   * @default - nobody is granted anything
   */
  readonly deployers?: Principal[];
  /**
   * Who works in Kubernetes. The roles are granted on the cluster's resource group, before the
   * cluster exists, and reach every cluster in it.
   *
   * @default - nobody is granted anything
   * @see https://learn.microsoft.com/azure/aks/manage-azure-rbac
   */
  readonly kubernetes?: KubernetesAccess[];
}
