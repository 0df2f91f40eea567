// The two identities of a cluster.
import { ResourceGroupSpec } from "./resource-group";

/** The ids of an identity that exists, as the identity team's stack puts them out. */
export interface IdentityIds {
  /** Resource id. */
  readonly id: string;
  /** Object id of its service principal (GUID). */
  readonly principalId: string;
  /** Client id (GUID). */
  readonly clientId: string;
}

/** One user-assigned identity. */
export interface IdentitySpec {
  /**
   * Name.
   *
   * @default - `<cluster>-cp-mi` and `<cluster>-kubelet-mi`
   */
  readonly name?: string;
  /**
   * Whether it exists already, so that the identity stack looks it up and does not create it.
   *
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Its ids, for stacks whose runner may not read it.
   *
   * @default - looked up by name
   */
  readonly ids?: IdentityIds;
}

/** The identities of a cluster, and where they are. */
export interface IdentitiesSpec {
  /**
   * Resource group of the identities. Whoever is Contributor there can take them over, so it should
   * not be one of the platform team.
   *
   * @default - the cluster's resource group
   */
  readonly resourceGroup?: ResourceGroupSpec;
  /**
   * The control plane identity.
   *
   * @default - created, with a name after the cluster
   */
  readonly controlPlane?: IdentitySpec;
  /**
   * The kubelet identity.
   *
   * @default - created, with a name after the cluster
   */
  readonly kubelet?: IdentitySpec;
  /**
   * Whether the identities that the identity stack makes are locked against deletion. Whoever deploys
   * that stack needs `Microsoft.Authorization/locks/write`, which Owner and User Access Administrator
   * have. Role assignments on a locked identity cannot be removed either until the lock is.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
   */
  readonly locked?: boolean;
}
