// Encryption, and disks and files that are outside the cluster.
import { ResourceReference } from "./resource-reference";

/** How the disks of the nodes and of persistent volumes are encrypted. */
export class DiskEncryption {
  /** With keys of the platform. */
  public static platformManaged(): DiskEncryption {
    return new DiskEncryption("platformManaged");
  }

  /**
   * With a key of one's own.
   *
   * @param diskEncryptionSet a disk encryption set in the cluster's region; it cannot be changed later
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
 * Encryption of secrets in etcd with a key of one's own.
 *
 * @see https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
 */
export interface KmsSpec {
  /** The key vault. */
  readonly keyVault: ResourceReference;
  /** The key, with its version: `https://<vault>.vault.azure.net/keys/<name>/<version>`. */
  readonly keyId: string;
  /**
   * How AKS reaches the vault. `Private` needs an API server subnet.
   *
   * @default KeyVaultNetwork.PUBLIC
   */
  readonly network?: KeyVaultNetwork;
}

/** Disks and files outside the cluster that its volumes use. */
export interface StorageSpec {
  /**
   * Managed disks in other resource groups.
   *
   * @default - none
   */
  readonly disks?: ResourceReference[];
  /**
   * Storage accounts in other resource groups.
   *
   * @default - none
   */
  readonly storageAccounts?: ResourceReference[];
}

/** Where logs and metrics go. */
export interface MonitoringSpec {
  /**
   * Log Analytics workspace for audit logs, Container Insights and Defender.
   *
   * @default - none, which takes the exception `noMonitoring`
   */
  readonly logAnalyticsWorkspace?: ResourceReference;
  /**
   * Categories of the control plane's logs that go to the Log Analytics workspace. Fewer than the default take the
   * exception `fewLogs`.
   *
   * @default - cluster-autoscaler, guard, kube-apiserver, kube-audit-admin, kube-controller-manager, kube-scheduler
   * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference
   */
  readonly logCategories?: string[];
  /**
   * Azure Monitor workspace for metrics: turns managed Prometheus on.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
   */
  readonly prometheusWorkspace?: ResourceReference;
  /**
   * Region of the workspaces: what sends to them is made there.
   *
   * @default - the cluster's region
   */
  readonly location?: string;
}
