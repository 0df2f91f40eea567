// Who works with the cluster.
import { Principal } from "./principal";

/** Role of a principal in Kubernetes. */
export enum KubernetesRole {
  /** Everything, cluster-wide resources included. */
  CLUSTER_ADMIN = "clusterAdmin",
  /** Reads and writes most objects in namespaces, roles and role bindings included. */
  ADMIN = "admin",
  /** Reads and writes most objects in namespaces. */
  WRITER = "writer",
  /** Reads most objects in namespaces, without secrets. */
  READER = "reader",
  /** Gets the kubeconfig, and nothing else. */
  CLUSTER_USER = "clusterUser",
}

/** A principal of Entra ID, and its role in Kubernetes. */
export interface KubernetesAccess {
  /**
   * The principal.
   *
   * @yamlInline
   */
  readonly principal: Principal;
  /** Role of the principal in Kubernetes. */
  readonly role: KubernetesRole;
}

/** Who deploys the cluster, and who works in it. */
export interface AccessSpec {
  /**
   * Groups of Entra ID, with their object ids, whose members administer Kubernetes: they are cluster-admin
   * in every cluster that names them, regardless of Azure RBAC. Prefer roles in `kubernetes`.
   *
   * @default - none
   */
  readonly adminGroups?: Principal[];
  /**
   * Groups and service principals that deploy the cluster.
   *
   * They need Contributor on the cluster's resource group from elsewhere; other rights that they need are in the
   * grant plan.
   *
   * @default - none
   */
  readonly deployers?: Principal[];
  /**
   * Roles in Kubernetes. They are granted on the resource group of the cluster, before the cluster
   * exists, and apply to every cluster in it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/aks/manage-azure-rbac
   */
  readonly kubernetes?: KubernetesAccess[];
}
