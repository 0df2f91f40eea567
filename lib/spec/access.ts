// Who works with the cluster.
import { Principal } from "./principal";

/** What a principal may do in Kubernetes. */
export enum KubernetesRole {
  /** Everything, cluster-wide resources included. */
  CLUSTER_ADMIN = "clusterAdmin",
  /** Everything in namespaces, roles and role bindings included. */
  ADMIN = "admin",
  /** Reads and writes most objects in namespaces. */
  WRITER = "writer",
  /** Reads most objects in namespaces, without secrets. */
  READER = "reader",
  /** Gets the kubeconfig, and nothing else. */
  CLUSTER_USER = "clusterUser",
}

/** Somebody who works in Kubernetes, by Azure RBAC. */
export interface KubernetesAccess {
  /** Who. */
  readonly principal: Principal;
  /** What the principal may do in Kubernetes. */
  readonly role: KubernetesRole;
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
