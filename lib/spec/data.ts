// Encryption, and disks and files that are outside the cluster.
import { ResourceReference } from "./resource-reference";

/** How the disks of the nodes and of persistent volumes are encrypted. */
export class DiskEncryption {
  /** With platform-managed keys. */
  public static platformManaged(): DiskEncryption {
    return new DiskEncryption("platformManaged");
  }

  /**
   * With a customer-managed key. The identity of the disk encryption set must be able to use the key: the owner of the
   * vault grants it Key Vault Crypto Service Encryption User there.
   *
   * @param diskEncryptionSet the disk encryption set, in the cluster's region and subscription; it cannot be changed later
   * @see https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
   */
  public static customerManaged(diskEncryptionSet: ResourceReference): DiskEncryption {
    return new DiskEncryption("customerManaged", diskEncryptionSet);
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "platformManaged" | "customerManaged",
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
   * The key vault. It must use Azure RBAC, since roles have no effect in a vault with access policies. A private vault
   * must be in the subscription of the cluster.
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

/** Category of the control plane's logs. The category kube-audit, which also logs every read, is not supported. */
export enum LogCategory {
  /** The cloud controller manager. */
  CLOUD_CONTROLLER_MANAGER = "cloud-controller-manager",
  /** The cluster autoscaler. */
  CLUSTER_AUTOSCALER = "cluster-autoscaler",
  /** The CSI driver of Azure Disks. */
  CSI_AZUREDISK_CONTROLLER = "csi-azuredisk-controller",
  /** The CSI driver of Azure Files. */
  CSI_AZUREFILE_CONTROLLER = "csi-azurefile-controller",
  /** The CSI driver of snapshots. */
  CSI_SNAPSHOT_CONTROLLER = "csi-snapshot-controller",
  /** The agent of a member of a fleet. */
  FLEET_MEMBER_AGENT = "fleet-member-agent",
  /** Microsoft Entra ID and Azure RBAC. */
  GUARD = "guard",
  /** Node auto-provisioning. */
  KARPENTER_EVENTS = "karpenter-events",
  /** The API server. */
  KUBE_APISERVER = "kube-apiserver",
  /** Audit log without reads. */
  KUBE_AUDIT_ADMIN = "kube-audit-admin",
  /** The controller manager. */
  KUBE_CONTROLLER_MANAGER = "kube-controller-manager",
  /** The scheduler. */
  KUBE_SCHEDULER = "kube-scheduler",
}

/**
 * Microsoft Defender for Containers on the nodes.
 *
 * @see https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction
 */
export class Defender {
  /**
   * On, with a Log Analytics workspace for its alerts.
   *
   * @param workspace the workspace
   * @yamlName workspace
   */
  public static inWorkspace(workspace: ResourceReference): Defender {
    return new Defender("workspace", workspace);
  }

  /** Off. Takes the exception `noDefender`. */
  public static off(): Defender {
    return new Defender("off");
  }

  /**
   * As an Azure Policy sets it: Terraform leaves it as it is in Azure.
   *
   * @yamlName policy
   */
  public static byPolicy(): Defender {
    return new Defender("policy");
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "workspace" | "off" | "policy",
    /**
     * The Log Analytics workspace; `workspace` only.
     *
     * @default - none
     * @resourceType Microsoft.OperationalInsights/workspaces
     */
    public readonly workspace?: ResourceReference,
  ) {}
}

/** Where logs and metrics go. */
export interface MonitoringSpec {
  /**
   * Log Analytics workspace for Container Insights, audit logs, and Defender unless `defender` says otherwise.
   *
   * @default - none, which needs the exception `noMonitoring`
   * @resourceType Microsoft.OperationalInsights/workspaces
   */
  readonly logAnalyticsWorkspace?: ResourceReference;
  /**
   * Microsoft Defender for Containers: in another workspace, off, or managed by a policy.
   *
   * @default - on with `logAnalyticsWorkspace`, and off without one
   */
  readonly defender?: Defender;
  /**
   * Categories of the control plane's logs that go to the Log Analytics workspace. Leaving out one of the
   * default needs the exception `fewLogs`. With an empty list there is no diagnostic setting, for clusters that get
   * one from a policy: Azure allows only one for the same logs and the same workspace. Container Insights stays.
   *
   * @default - cluster-autoscaler, guard, kube-apiserver, kube-audit-admin, kube-controller-manager, kube-scheduler
   * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference
   * @yamlOpen
   */
  readonly logCategories?: LogCategory[];
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
