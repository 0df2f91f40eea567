// Deviations from the hardened defaults, each with its reason.

/** Name of an exception from the hardened defaults. */
export enum ExceptionName {
  /** Leaves out log categories that auditors look for. */
  FEW_LOGS = "fewLogs",
  /** Allows a pool with fewer than three nodes. */
  FEW_NODES = "fewNodes",
  /** Allows fewer than 50 pods on a node. */
  FEW_PODS = "fewPods",
  /** Allows a pool in fewer than three zones. */
  FEW_ZONES = "fewZones",
  /** Forces upgrades until a time, although they can break workloads. */
  FORCED_UPGRADES = "forcedUpgrades",
  /** Uses the tier Free, without a service level agreement. */
  FREE_TIER = "freeTier",
  /** Leaves local accounts on, which do not need Entra ID. */
  LOCAL_ACCOUNTS = "localAccounts",
  /** Uses a managed disk, which outlives its node. */
  MANAGED_OS_DISK = "managedOsDisk",
  /** Turns Azure Policy off. */
  NO_AZURE_POLICY = "noAzurePolicy",
  /** Turns Azure RBAC for Kubernetes off. */
  NO_AZURE_RBAC = "noAzureRbac",
  /** Turns Microsoft Defender for Containers off. */
  NO_DEFENDER = "noDefender",
  /** Lets Flux configurations apply with the rights of Flux, and use sources of other namespaces. */
  NO_FLUX_MULTI_TENANCY = "noFluxMultiTenancy",
  /** Turns encryption on the host off. */
  NO_HOST_ENCRYPTION = "noHostEncryption",
  /** Keeps unused images on the nodes. */
  NO_IMAGE_CLEANER = "noImageCleaner",
  /** Does without a Log Analytics workspace. */
  NO_MONITORING = "noMonitoring",
  /** Turns automatic upgrades of the nodes' operating system off. */
  NO_NODE_OS_UPGRADES = "noNodeOsUpgrades",
  /** Does without the Key Vault provider for secrets. */
  NO_SECRETS_PROVIDER = "noSecretsProvider",
  /** Turns automatic upgrades of Kubernetes off. */
  NO_UPGRADES = "noUpgrades",
  /** Turns workload identity off. */
  NO_WORKLOAD_IDENTITY = "noWorkloadIdentity",
  /** Lets every address of the internet reach the API server. */
  OPEN_API_SERVER = "openApiServer",
  /** Lets ranges of the internet reach the API server. */
  PUBLIC_API_SERVER = "publicApiServer",
  /** Gives the private API server a name in public DNS. */
  PUBLIC_FQDN = "publicFqdn",
  /** Lets Terraform destroy or replace the cluster. */
  REPLACEABLE_CLUSTER = "replaceableCluster",
  /** Leaves run command on, which reaches a private cluster through Azure's control plane. */
  RUN_COMMAND = "runCommand",
}

/** A deviation from the hardened defaults. It shows in a warning, in an output of the stack and in the access review. */
export interface HardeningException {
  /**
   * Name of the exception; docs/hardening.md lists the effect of each.
   *
   * @yamlOpen
   */
  readonly name: ExceptionName;
  /**
   * Why the exception is needed: one sentence for reviewers, of at least 10 characters.
   *
   * @examples A reason to give.
   */
  readonly reason: string;
}
