// AKS Backup: the extension in the cluster, and what it and the Backup vault work with.
import { ResourceReference } from "./resource-reference";

/**
 * AKS Backup. The cluster gets the extension and trusts the vault; the policy and the backup instance belong to the vault, and
 * are created by its owners once the rights are granted.
 *
 * @see https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept
 */
export interface BackupSpec {
  /**
   * The Backup vault, in the region of the cluster. It has a system-assigned identity.
   *
   * @resourceType Microsoft.DataProtection/backupVaults
   */
  readonly vault: ResourceReference;
  /**
   * Object id of the identity of the vault (GUID).
   *
   * @default - looked up in Entra ID by the name of the vault
   * @format guid
   */
  readonly vaultPrincipalId?: string;
  /**
   * Name of the resource group of the snapshots of volumes, in the subscription of the cluster. It exists, and holds nothing
   * else: the control plane identity is Contributor on it.
   *
   * @format resourceGroup
   * @examples haks-snapshots
   */
  readonly snapshotResourceGroup: string;
  /**
   * The storage account of the backups of Kubernetes objects, in the subscription and region of the cluster.
   *
   * @resourceType Microsoft.Storage/storageAccounts
   */
  readonly storageAccount: ResourceReference;
  /**
   * Name of the blob container in the storage account: an empty one, for this cluster alone.
   *
   * @examples haks
   */
  readonly blobContainer: string;
  /**
   * Object id of the identity of the extension (GUID), which AKS creates with the extension: the output
   * `backup_extension_principal_id` of the cluster stack.
   *
   * @default - the Terraform variable `backup_extension_principal_id`
   * @format guid
   */
  readonly extensionPrincipalId?: string;
}

/** The name of the extension, as in Microsoft's documentation. */
export const BACKUP_EXTENSION = "azure-aks-backup";

/** The name of the binding by which the vault reaches the extension. */
export const VAULT_BINDING = "backup-vault";

/** The role in Kubernetes that the binding gives the vault. */
export const BACKUP_ROLE = "Microsoft.DataProtection/backupVaults/backup-operator";

/** The start of the names of the settings of the extension about the storage account. */
export const LOCATION = "configuration.backupStorageLocation";

/** The output of the cluster stack with the identity of the extension, and the variable of the stacks that grant it rights. */
export const EXTENSION_PRINCIPAL = "backup_extension_principal_id";

/** The description of this variable. */
export const EXTENSION_PRINCIPAL_DESCRIPTION =
  "Object id of the identity of the backup extension: the output backup_extension_principal_id of the cluster stack.";
