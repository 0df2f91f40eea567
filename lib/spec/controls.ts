// The hardened defaults: one table that sets the attributes, names the exceptions and generates docs/hardening.md. Pure.
// The checks are those of Checkov (CKV), trivy (AZU), KICS (first eight digits), PSRule.Rules.Azure and Azure Policy (P).

import { ExceptionName } from "./exceptions";

/** An attribute with its hardened value. */
export interface Control {
  /** The resource: the cluster, its block about Entra ID, or every node pool. */
  readonly on: "cluster" | "entra" | "pool";
  /** Attribute of azurerm, in Terraform's spelling. */
  readonly attribute: string;
  /** The hardened value. */
  readonly value: unknown;
  /** The exception that turns it off; none if it is fixed. */
  readonly exception?: ExceptionName;
  /** The value that the exception sets; undefined leaves the attribute out. */
  readonly weakened?: unknown;
  /** Its purpose: one sentence. */
  readonly why: string;
  /** Checks that it satisfies. */
  readonly checks: readonly string[];
}

const on = (
  resource: Control["on"],
  attribute: string,
  value: unknown,
  why: string,
  checks: readonly string[],
  exception?: ExceptionName,
  weakened?: unknown,
): Control => ({ on: resource, attribute, value, why, checks, exception, weakened });

/** Every hardened default that is a fixed value. */
export const CONTROLS: readonly Control[] = [
  on("cluster", "role_based_access_control_enabled", true, "Kubernetes authenticates users.", [
    "CKV_AZURE_5",
    "AZU-0042",
    "86f92117",
    "UseRBAC",
    "P ac4a19c2",
  ]),
  on(
    "cluster",
    "local_account_disabled",
    true,
    "Access to the cluster requires Entra ID.",
    ["CKV_AZURE_141", "LocalAccounts", "P 993c2fcd"],
    ExceptionName.LOCAL_ACCOUNTS,
    false,
  ),
  on(
    "cluster",
    "run_command_enabled",
    false,
    "Azure's control plane is not a way around the private API server.",
    ["P 89f2d532"],
    ExceptionName.RUN_COMMAND,
    true,
  ),
  on(
    "cluster",
    "private_cluster_public_fqdn_enabled",
    false,
    "The private API server has no name in public DNS.",
    ["CIS 5.4.2"],
    ExceptionName.PUBLIC_FQDN,
    true,
  ),
  on(
    "cluster",
    "azure_policy_enabled",
    true,
    "Azure Policy can enforce rules for workloads.",
    ["CKV_AZURE_116", "AZU-0066", "43789711", "AzurePolicyAddOn", "P 0a15ec92"],
    ExceptionName.NO_AZURE_POLICY,
    false,
  ),
  on(
    "cluster",
    "sku_tier",
    "Standard",
    "The availability of the API server has a service level agreement.",
    ["CKV_AZURE_170", "UptimeSLA"],
    ExceptionName.FREE_TIER,
    "Free",
  ),
  on("cluster", "oidc_issuer_enabled", true, "Workloads can have identities.", [
    "P 2cc2e023",
    "CIS 5.2.1",
  ]),
  on(
    "cluster",
    "workload_identity_enabled",
    true,
    "Pods get tokens of Entra ID without a secret.",
    ["P 2cc2e023", "CIS 5.2.1"],
    ExceptionName.NO_WORKLOAD_IDENTITY,
    false,
  ),
  on(
    "cluster",
    "image_cleaner_enabled",
    true,
    "Unused images are deleted from the nodes, with their vulnerabilities.",
    ["P af3c26b2"],
    ExceptionName.NO_IMAGE_CLEANER,
    undefined,
  ),
  on(
    "cluster",
    "image_cleaner_interval_hours",
    168,
    "Once a week.",
    [],
    ExceptionName.NO_IMAGE_CLEANER,
    undefined,
  ),
  on(
    "cluster",
    "key_vault_secrets_provider",
    { secret_rotation_enabled: true, secret_rotation_interval: "2m" },
    "Secrets come from a key vault, and follow its rotation.",
    ["CKV_AZURE_172", "SecretStore", "SecretStoreRotation"],
    ExceptionName.NO_SECRETS_PROVIDER,
    undefined,
  ),
  on(
    "entra",
    "azure_rbac_enabled",
    true,
    "Role assignments, which reviewers see, decide who may do what in Kubernetes.",
    ["AzureRBAC", "CIS 5.5.2"],
    ExceptionName.NO_AZURE_RBAC,
    false,
  ),
  on(
    "pool",
    "host_encryption_enabled",
    true,
    "Disks are encrypted on the host that they are attached to; the subscription needs the feature EncryptionAtHost.",
    ["CKV_AZURE_227", "P 41425d9f"],
    ExceptionName.NO_HOST_ENCRYPTION,
    false,
  ),
  on("pool", "node_public_ip_enabled", false, "No node can be reached from the internet.", [
    "CKV_AZURE_143",
    "CIS 5.4.3",
  ]),
  on(
    "pool",
    "os_disk_type",
    "Ephemeral",
    "A node keeps nothing on a disk that outlives it.",
    ["CKV_AZURE_226", "EphemeralOSDisk", "b17d8bb8"],
    ExceptionName.MANAGED_OS_DISK,
    "Managed",
  ),
];

/** Weakenings that are a choice in the description and not one value. */
export const CHOICE_EXCEPTIONS: { readonly [name in ExceptionName]?: string } = {
  publicApiServer: "The API server can be reached from the internet: `apiServer.type: public`.",
  openApiServer:
    "Every address of the internet reaches the API server: `apiServer.authorizedRanges: []`.",
  noUpgrades: "AKS does not upgrade the cluster: `upgrades.channel: none`.",
  noNodeOsUpgrades: "AKS does not patch the nodes: `upgrades.nodeOsChannel: None` or `Unmanaged`.",
  forcedUpgrades: "Upgrades are forced until `upgrades.forcedUntil`, even if they break workloads.",
  noDefender: "Microsoft Defender for Containers is off: `monitoring.defender.type: off`.",
  noMonitoring:
    "No Log Analytics workspace: no Container Insights, no audit logs, and no Defender unless it has another workspace.",
  noFluxMultiTenancy:
    "Flux configurations apply with the rights of Flux, and use sources of other namespaces: `flux.multiTenancy: false`.",
  fewLogs:
    "Fewer log categories than the default, which auditors expect. Without any, the stack creates no diagnostic setting: a policy has to create it.",
  fewNodes: "A pool with fewer than three nodes.",
  fewZones: "A pool in fewer than three zones.",
  fewPods: "A pool with fewer than 50 pods on a node.",
};

/** Exceptions that take away what keeps a cluster from being lost. */
export const SAFEGUARD_EXCEPTIONS = {
  replaceableCluster:
    "Terraform may destroy the cluster and its resource group, or replace them: `prevent_destroy` is off.",
} as const;

/** The names of all exceptions, sorted. */
export const EXCEPTION_NAMES: readonly ExceptionName[] = Object.values(ExceptionName).sort();

/** An attribute whose value follows from the description, and cannot be weakened but by it. */
export interface DerivedControl {
  readonly resource: string;
  readonly attribute: string;
  /** The value, in words. */
  readonly value: string;
  readonly checks: readonly string[];
}

const derived = (
  resource: string,
  attribute: string,
  value: string,
  checks: readonly string[] = [],
): DerivedControl => ({ resource, attribute, value, checks });

/** Hardened attributes that are computed. */
export const DERIVED: readonly DerivedControl[] = [
  derived("cluster", "identity", "the bring-your-own control plane identity", [
    "9b0140d1",
    "ManagedIdentity",
    "P da6e2401",
  ]),
  derived("cluster", "kubelet_identity", "the bring-your-own kubelet identity"),
  derived("cluster", "private_cluster_enabled", "true, or false with authorized ranges", [
    "CKV_AZURE_115",
    "CKV_AZURE_6",
    "AZU-0041",
    "AZU-0065",
    "599318f2",
    "P 040732e8",
    "P 0e246bcf",
    "CIS 5.4.1",
  ]),
  derived(
    "cluster",
    "azure_active_directory_role_based_access_control",
    "the tenant, and the administrator groups, if any",
    ["ManagedAAD", "P 450d2877", "CIS 5.5.1"],
  ),
  derived("cluster", "network_profile.network_plugin", "azure", ["CKV2_AZURE_29", "P 46238e2f"]),
  derived(
    "cluster",
    "network_profile.network_policy",
    "cilium, or calico with the data plane azure",
    ["CKV_AZURE_7", "AZU-0043", "CIS 5.4.4"],
  ),
  derived("cluster", "default_node_pool.type", "scale sets, the default of azurerm", [
    "CKV_AZURE_169",
  ]),
  derived("cluster", "http_application_routing_enabled", "not set, which is false", [
    "CKV_AZURE_246",
  ]),
  derived("role definitions", "permissions.actions", "single operations, and never all", [
    "CKV_AZURE_39",
  ]),
  derived("cluster", "network_profile.load_balancer_sku", "standard", ["StandardLB"]),
  derived("cluster", "automatic_upgrade_channel", "stable, or patch with a Kubernetes version", [
    "CKV_AZURE_171",
    "AutoUpgrade",
    "Version",
    "P 5c345cdf",
  ]),
  derived("cluster", "node_os_upgrade_channel", "NodeImage", ["NodeAutoUpgrade", "P 04408ca5"]),
  derived("cluster", "maintenance_window_auto_upgrade, maintenance_window_node_os", "both", [
    "MaintenanceWindow",
  ]),
  derived("cluster", "disk_encryption_set_id", "the disk encryption set, if any", [
    "CKV_AZURE_117",
    "AZU-0067",
    "P 7d7be79c",
  ]),
  derived(
    "cluster",
    "oms_agent, microsoft_defender",
    "the Log Analytics workspace, or the one of Defender",
    ["CKV_AZURE_4", "AZU-0040", "ContainerInsights", "beb57138", "DefenderProfile", "P a1840de2"],
  ),
  derived(
    "diagnostic setting",
    "enabled_log, enabled_metric",
    "six categories by name or those that are chosen, and all metrics",
    ["0493b840", "50f32d3c", "AuditLogs", "AuditAdmin", "PlatformLogs", "P 245fc9df"],
  ),
  derived("pool", "auto_scaling_enabled, min_count", "true, 3 or more", [
    "AutoScaling",
    "MinNodeCount",
    "MinUserPoolNodes",
  ]),
  derived("pool", "zones", "1, 2 and 3", ["AvailabilityZone", "P 2dec5f47"]),
  derived("pool", "max_pods", "50 or more", ["CKV_AZURE_168", "NodeMinPods"]),
  derived("system pool", "only_critical_addons_enabled", "true", ["CKV_AZURE_232"]),
];
