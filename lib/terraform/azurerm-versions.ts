// The one place that knows versions of azurerm: which ones the stacks accept, what the classes do not know
// yet, and what version 5 changes.
import { TerraformResource, TerraformStack } from "cdktf";
import { DEFAULT_AZURERM } from "../spec/framework";

/** Versions that the stacks accept. The lowest of each is the one that its classes were made from. */
export const PROVIDER_VERSIONS = {
  azurerm: { source: "hashicorp/azurerm", version: DEFAULT_AZURERM },
  azuread: { source: "hashicorp/azuread", version: "~> 3.7" },
};

// The block came with azurerm 4.57, and the classes are made from 4.55.
const AUTO_PROVISIONING_VERSION = "~> 4.57";

/** Lets AKS make further nodes. With azurerm 5 every cluster has the block, with the mode Manual if it does not. */
export function provisionNodes(cluster: TerraformResource): void {
  cluster.addOverride("node_provisioning_profile", { mode: "Auto" });
  TerraformStack.of(cluster).addOverride(
    "terraform.required_providers.azurerm.version",
    AUTO_PROVISIONING_VERSION,
  );
}

/** Something that version 5 of azurerm changes, and what it means for what is made here. */
export interface Azurerm5Change {
  /** Type of the resource or lookup; `provider` for the provider itself. */
  readonly type: string;
  /** Attributes that it is about. */
  readonly attributes: readonly string[];
  /** The change: one sentence. */
  readonly change: string;
  /** How this library handles it: one sentence. */
  readonly here: string;
  /** Whether the attributes are in no stack (`gone`), or always written out (`set`). */
  readonly kind: "gone" | "set" | "required" | "other";
}

/**
 * Changes of azurerm 5 for resources that the stacks hold.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/5.0-upgrade-guide.html.markdown
 */
export const AZURERM_5: readonly Azurerm5Change[] = [
  {
    type: "azurerm_kubernetes_cluster",
    attributes: ["node_provisioning_profile"],
    change: "The block is required; its mode is Manual or Auto.",
    here: "To be set to Manual where auto-provisioning is off: provisionNodes in lib/terraform/azurerm-versions.ts. azurerm 4.55 does not know the block.",
    kind: "required",
  },
  {
    type: "azurerm_kubernetes_cluster",
    attributes: ["oidc_issuer_enabled"],
    change: "The default is true, and turning it off replaces the cluster.",
    here: "Nothing: it is always set, and always on.",
    kind: "set",
  },
  {
    type: "azurerm_kubernetes_cluster",
    attributes: ["key_management_service"],
    change: "The id must be that of a key.",
    here: "Nothing: HAKS-ACC-004 asks for a key with its version.",
    kind: "other",
  },
  {
    type: "azurerm_kubernetes_cluster",
    attributes: [
      "default_node_pool.kubelet_config.container_log_max_line",
      "default_node_pool.linux_os_config.transparent_huge_page_enabled",
    ],
    change: "They are called container_log_max_files and transparent_huge_page.",
    here: "Nothing: only your overrides can have them.",
    kind: "gone",
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    attributes: [
      "kubelet_config.container_log_max_line",
      "linux_os_config.transparent_huge_page_enabled",
    ],
    change: "They are called container_log_max_files and transparent_huge_page.",
    here: "Nothing: only your overrides can have them.",
    kind: "gone",
  },
  {
    type: "azurerm_monitor_diagnostic_setting",
    attributes: ["metric", "retention_policy"],
    change: "metric is called enabled_metric, and retention_policy is gone.",
    here: "Nothing: enabled_metric is used.",
    kind: "gone",
  },
  {
    type: "azurerm_container_registry",
    attributes: ["trust_policy_enabled", "georeplications.regional_endpoint_enabled"],
    change: "The first is gone, and the second is called global_endpoint_routing_enabled.",
    here: "Nothing: only the example that creates a registry has one, and it sets neither.",
    kind: "gone",
  },
  {
    type: "azurerm_federated_identity_credential",
    attributes: ["parent_id", "resource_group_name"],
    change: "The first is called user_assigned_identity_id, and the second is gone.",
    here: "Nothing: only federated credentials that you add have them.",
    kind: "other",
  },
  {
    type: "azurerm_role_definition",
    attributes: ["role_definition_id"],
    change: "The lookup by name gives the GUID in it, and no longer the id.",
    here: "Nothing: id is used, which stays.",
    kind: "other",
  },
  {
    type: "azurerm_subnet",
    attributes: ["service_endpoints"],
    change: "The list becomes blocks, in the lookup, too.",
    here: "Nothing: it is not read.",
    kind: "gone",
  },
  {
    type: "provider",
    attributes: ["resource_provider_registrations"],
    change: "The default is none.",
    here: "Nothing: it is always set.",
    kind: "set",
  },
  {
    type: "provider",
    attributes: ["skip_provider_registration", "enhanced_validation"],
    change: "They are gone, or have moved into features.",
    here: "Nothing: they are not used.",
    kind: "gone",
  },
];
