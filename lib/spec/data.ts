// Encryption, and disks and files that are outside the cluster.
import { ResourceReference } from "./resource-reference";

/** How the disks of the nodes and of persistent volumes are encrypted. */
export class DiskEncryption {
  /** With platform-managed keys. */
  public static platformManaged(): DiskEncryption {
    return new DiskEncryption("platformManaged");
  }

  /**
   * With a customer-managed key.
   *
   * @param diskEncryptionSet the disk encryption set, in the cluster's region; it cannot be changed later
   * @see https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
   */
  public static customerManaged(diskEncryptionSet: ResourceReference): DiskEncryption {
    return new DiskEncryption("customerManaged", diskEncryptionSet);
  }

  private constructor(
    /** `platformManaged` or `customerManaged`. */
    public readonly kind: string,
    /**
     * The disk encryption set; `customerManaged` only.
     *
     * @default - none
     * @resourceType Microsoft.Compute/diskEncryptionSets
     */
    public readonly diskEncryptionSet?: ResourceReference,
  ) {}
}

/** How AKS reaches a key vault. */
export enum KeyVaultNetwork {
  /** By the public endpoint of the vault. */
  PUBLIC = "Public",
  /** By a private endpoint. Needs an API server subnet. */
  PRIVATE = "Private",
}

/**
 * Encryption of secrets in etcd with a customer-managed key.
 *
 * @see https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
 */
export interface KmsSpec {
  /**
   * The key vault.
   *
   * @resourceType Microsoft.KeyVault/vaults
   */
  readonly keyVault: ResourceReference;
  /**
   * Id of the key, with its version.
   *
   * @examples https://example.vault.azure.net/keys/etcd/00000000000000000000000000000000
   */
  readonly keyId: string;
  /**
   * How AKS reaches the vault. `Private` needs an API server subnet.
   *
   * @default KeyVaultNetwork.PUBLIC
   */
  readonly network?: KeyVaultNetwork;
}

/** Disks and storage accounts outside the cluster that its volumes use. */
export interface StorageSpec {
  /**
   * Managed disks in other resource groups.
   *
   * @default - none
   * @resourceType Microsoft.Compute/disks
   */
  readonly disks?: ResourceReference[];
  /**
   * Storage accounts in other resource groups.
   *
   * @default - none
   * @resourceType Microsoft.Storage/storageAccounts
   */
  readonly storageAccounts?: ResourceReference[];
}

/** Where logs and metrics go. */
export interface MonitoringSpec {
  /**
   * Log Analytics workspace for Container Insights, Defender and audit logs.
   *
   * @default - none, which takes the exception `noMonitoring`
   * @resourceType Microsoft.OperationalInsights/workspaces
   */
  readonly logAnalyticsWorkspace?: ResourceReference;
  /**
   * Categories of the control plane's logs that go to the Log Analytics workspace. Leaving out one of the
   * default takes the exception `fewLogs`.
   *
   * @default - cluster-autoscaler, guard, kube-apiserver, kube-audit-admin, kube-controller-manager, kube-scheduler
   * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference
   * @examples guard
   */
  readonly logCategories?: string[];
  /**
   * Azure Monitor workspace for metrics: turns on managed Prometheus.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
   * @resourceType Microsoft.Monitor/accounts
   */
  readonly prometheusWorkspace?: ResourceReference;
  /**
   * Region of the workspaces.
   *
   * @default - the cluster's region
   * @format location
   */
  readonly location?: string;
}
