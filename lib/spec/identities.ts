// The two identities of a cluster.
import { ResourceGroupSpec } from "./resource-group";

/** The identities of a cluster. */
export const IDENTITY_KINDS = ["controlPlane", "kubelet"] as const;

/** An identity of a cluster. */
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** Whether a kind of principals or of scopes is an identity of the cluster. */
export function isIdentityKind(kind: string): kind is IdentityKind {
  return IDENTITY_KINDS.some((one) => one === kind);
}

/** The ids of an existing identity, from the outputs of the identity team's stack. */
export interface IdentityIds {
  /**
   * Resource id.
   *
   * @resourceType Microsoft.ManagedIdentity/userAssignedIdentities
   */
  readonly id: string;
  /**
   * Object id of its service principal (GUID).
   *
   * @format guid
   */
  readonly principalId: string;
  /**
   * Client id (GUID).
   *
   * @format guid
   */
  readonly clientId: string;
}

/** One user-assigned identity. */
export interface IdentitySpec {
  /**
   * Name.
   *
   * @default - `<cluster>-cp-mi`, `<cluster>-kubelet-mi` or, of a workload, `<cluster>-<workload>-mi`
   * @format identity
   */
  readonly name?: string;
  /**
   * Whether it exists already. The identity stack then looks it up instead of creating it.
   *
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Name of its resource group, which exists.
   *
   * @default - that of `ids`, or `identities.resourceGroup`
   * @format resourceGroup
   */
  readonly resourceGroup?: string;
  /**
   * Subscription of its resource group.
   *
   * @default - that of `ids`, or `identities.subscriptionId`
   * @format guid
   */
  readonly subscriptionId?: string;
  /**
   * Its ids, for stacks whose runner is not allowed to read it.
   *
   * @default - looked up by name
   */
  readonly ids?: IdentityIds;
}

/** The two identities of the cluster. They outlive it. */
export interface IdentitiesSpec {
  /**
   * Resource group of the identities, unless one of them names another one. A Contributor there can act as them, so the
   * platform team should only be Reader in it.
   *
   * @default - the cluster's resource group
   */
  readonly resourceGroup?: ResourceGroupSpec;
  /**
   * Subscription of the identities, unless one of them names another one (GUID). The identity team's stack works in it.
   * Takes the subscription of the cluster, so that the two can be told apart.
   *
   * @default - the subscription of the cluster
   * @format guid
   */
  readonly subscriptionId?: string;
  /**
   * The control plane identity.
   *
   * @default - created, with a name derived from the cluster
   */
  readonly controlPlane?: IdentitySpec;
  /**
   * The kubelet identity.
   *
   * @default - created, with a name derived from the cluster
   */
  readonly kubelet?: IdentitySpec;
  /**
   * Whether the identities that the identity stack creates are locked against deletion. Deploying that stack then takes
   * Locks Contributor on their resource group. Role assignments on a locked identity can only be removed after the
   * lock.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
   */
  readonly locked?: boolean;
}
