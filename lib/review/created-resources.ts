// Resources that the identity team's stack creates, as the access review lists them. Plain data.
import { PrincipalKind } from "../spec/principal";

/** An identity that the identity team's stack creates. */
export interface CreatedIdentity {
  /** Kind: that of the control plane, of the kubelet or of a workload. */
  readonly kind: PrincipalKind;
  /** Name. */
  readonly name: string;
  /** Its resource group. */
  readonly resourceGroup: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
  /**
   * Name of the workload.
   *
   * @default - an identity of the cluster
   */
  readonly workload?: string;
}

/** A lock against deletion, which comes after the cluster. */
export interface CreatedLock {
  /**
   * Name of the cluster that it is on.
   *
   * @default - it is on the resource group
   */
  readonly cluster?: string;
  /** The resource group: that of the cluster. */
  readonly resourceGroup: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
}

/** The binding by which a Backup vault reaches the backup extension of the cluster, which comes after the cluster. */
export interface CreatedBackupAccess {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Its resource group. */
  readonly resourceGroup: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
  /** Name of the vault. */
  readonly vault: string;
  /** Its resource group. */
  readonly vaultResourceGroup: string;
  /**
   * Its subscription (GUID).
   *
   * @default - that of the cluster
   */
  readonly vaultSubscriptionId?: string;
}

/** Resources that the identity team's stack creates, in addition to role assignments and custom roles. */
export interface CreatedResources {
  /** The identities. */
  readonly identities: CreatedIdentity[];
  /**
   * Name of the resource group that it creates for them.
   *
   * @default - their resource groups exist
   */
  readonly resourceGroup?: string;
  /** Azure region of the identities and of the resource group. */
  readonly location: string;
  /**
   * Tags of the identities and of the resource group.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
  /** Whether the identities are locked against deletion. */
  readonly locked: boolean;
  /**
   * Locks of the cluster and of its resource group, which the stack after the cluster creates.
   *
   * @default - none
   */
  readonly locks?: CreatedLock[];
  /**
   * The access of the Backup vault to the cluster, which the stack after the cluster gives.
   *
   * @default - none
   */
  readonly backupAccess?: CreatedBackupAccess;
}
