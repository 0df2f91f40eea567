// The one place that knows versions of azurerm: which ones the stacks accept, what each line has, and what version 5
// changes.
import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { AzurermLine } from "../spec/azurerm-line";

/** The line of stacks that name none: that of the classes. */
export const DEFAULT_AZURERM_LINE = AzurermLine.V4_55;

/** Versions that the stacks accept. The lowest of each is the one that its classes were made from. */
export const PROVIDER_VERSIONS = {
  azurerm: { source: "hashicorp/azurerm", version: DEFAULT_AZURERM_LINE as string },
  azuread: { source: "hashicorp/azuread", version: "~> 3.7" },
};

/** The traits of a line. */
export interface AzurermTraits {
  /** Versions that know the block `node_provisioning_profile`. */
  readonly provisioning: string;
  /** Whether every cluster has this block, with the mode Manual if AKS makes no further nodes. */
  readonly alwaysProvisions: boolean;
  /**
   * Versions that change the description of a role assignment in place.
   *
   * @default - none: another description replaces it
   */
  readonly updatesDescriptions?: string;
  /** Attributes of a federated credential that are not written, since another one names the identity. */
  readonly formerCredential: readonly string[];
}

const FORMER_CREDENTIAL = ["parent_id", "resource_group_name"];

/** The lines. */
export const AZURERM_LINES: { readonly [line in AzurermLine]: AzurermTraits } = {
  // The block came with 4.57.
  [AzurermLine.V4_55]: {
    provisioning: "~> 4.57",
    alwaysProvisions: false,
    formerCredential: [],
  },
  [AzurermLine.V4_73]: {
    provisioning: AzurermLine.V4_73,
    alwaysProvisions: true,
    formerCredential: FORMER_CREDENTIAL,
  },
  [AzurermLine.V5_0]: {
    provisioning: AzurermLine.V5_0,
    alwaysProvisions: true,
    updatesDescriptions: "~> 5.2",
    formerCredential: FORMER_CREDENTIAL,
  },
};

const lines = new WeakMap<TerraformStack, AzurermLine>();

/**
 * Sets the line of a stack, before anything is added to it.
 *
 * @throws if there is no such line
 */
export function useAzurermLine(
  stack: TerraformStack,
  line: AzurermLine = DEFAULT_AZURERM_LINE,
): void {
  if (!(line in AZURERM_LINES)) {
    throw new Error(
      `[${stack.node.path}] azurermVersion "${String(line)}" is not one of ${Object.keys(AZURERM_LINES).join(", ")}.`,
    );
  }
  lines.set(stack, line);
}

/** Returns the line that a construct is written for. */
export function azurermLineOf(scope: IConstruct): AzurermLine {
  return lines.get(TerraformStack.of(scope)) ?? DEFAULT_AZURERM_LINE;
}

function traitsOf(scope: IConstruct): AzurermTraits {
  return AZURERM_LINES[azurermLineOf(scope)];
}

// A part of a line.
function accept(scope: IConstruct, versions: string): void {
  TerraformStack.of(scope).addOverride("terraform.required_providers.azurerm.version", versions);
}

/** Says whether AKS makes further nodes, as far as the line of the stack knows it. */
export function provisionNodes(cluster: TerraformResource, isAuto: boolean): void {
  const { provisioning, alwaysProvisions } = traitsOf(cluster);
  if (isAuto || alwaysProvisions) {
    const mode = isAuto ? "Auto" : "Manual";
    cluster.addOverride("node_provisioning_profile", { mode });
    if (provisioning !== azurermLineOf(cluster)) {
      accept(cluster, provisioning);
    }
  }
}

/** Returns the attributes of role assignments whose changes are ignored, since they would replace them. */
export function ignoredOfAssignments(scope: IConstruct): string[] {
  const { updatesDescriptions } = traitsOf(scope);
  if (updatesDescriptions === undefined) {
    return ["name", "description"];
  }
  accept(scope, updatesDescriptions);
  return ["name"];
}

/** Names the identity of a federated credential as the line of the stack does. */
export function placeCredential(credential: FederatedIdentityCredential, identityId: string): void {
  const { formerCredential } = traitsOf(credential);
  if (formerCredential.length > 0) {
    formerCredential.forEach((attribute) => {
      credential.addOverride(attribute, undefined);
    });
    credential.addOverride("user_assigned_identity_id", identityId);
  }
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
    here: "It is written for the lines 4.73 and 5.0, with the mode Manual where auto-provisioning is off. azurerm 4.55 does not know the block.",
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
    here: "For the lines 4.73 and 5.0, the credentials of workloads have user_assigned_identity_id instead.",
    kind: "other",
  },
  {
    type: "azurerm_role_assignment",
    attributes: ["description"],
    change: "From 5.2 on it changes in place, and no longer replaces the role assignment.",
    here: "For the line 5.0, a change is not ignored, and stacks with role assignments accept 5.2 and later.",
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
