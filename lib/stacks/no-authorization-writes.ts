// Keeps everything that grants rights out of the cluster stack.
import { IAspect, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { entryOf, hasEntry } from "../spec/tables";

/** Resources that grant rights, or that only a principal with the right to do so can write. */
const AUTHORIZATION_WRITES = [
  // Role assignments and definitions of every kind, and the locks and policies of Microsoft.Authorization.
  /^azurerm_(.+_)?role_(assignment|definition|binding)$/,
  /^azurerm_role_management_policy$/,
  /^azurerm_management_lock$/,
  /^azurerm_(.+_)?policy_(assignment|definition|set_definition|exemption)$/,
  // Who administers or reads what is in a database, a cache or a vault.
  /^azurerm_.+_(principal_assignment|active_directory_administrator|aad_admin|access_policy_assignment)$/,
  /^azurerm_mongo_cluster_user$/,
  // Credentials by which another principal becomes an identity.
  /^azurerm_federated_identity_credential$/,
  /^azurerm_key_vault_access_policy$/,
  /^azurerm_lighthouse_(assignment|definition)$/,
  // Blueprints assign roles, which Contributor must not; the publisher of a managed application gets some.
  /^azurerm_blueprint_assignment$/,
  /^azurerm_managed_application(_definition)?$/,
  // Entra ID: memberships, roles, applications and their secrets.
  /^azuread_/,
  // Anything at all may be in a template, in a script or in a raw resource.
  /^azurerm_((resource_group|subscription|management_group|tenant)_)?template_deployment$/,
  /^azurerm_resource_deployment_script_/,
  /^azapi_/,
  /^module$/,
];

/** Stands for a module in place of a resource type. */
const MODULE = "module";

/** Attributes by which a resource grants rights that others do not. */
const INLINE: { readonly [type: string]: string } = {
  azurerm_key_vault: "access_policy",
  azurerm_mssql_managed_instance: "azure_active_directory_administrator",
  azurerm_mssql_server: "azuread_administrator",
};

/** Whether a resource grants rights: by its type, or by what it has. */
export function writesAuthorization(
  type: string,
  attributes: { readonly [name: string]: unknown } = {},
): boolean {
  const inline = entryOf(INLINE, type);
  return (
    AUTHORIZATION_WRITES.some((pattern) => pattern.test(type)) ||
    (inline !== undefined && hasEntry(attributes, inline) && !isEmpty(attributes[inline]))
  );
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Returns the reason why a resource must not be in the cluster stack, and the remedy. */
export function authorizationWriteMessage(type: string): string {
  if (type === MODULE) {
    return "The content of a module is unknown here, and the cluster stack must not grant rights. Put it into a separate stack.";
  }
  return `${type} grants rights, and the cluster stack must not: its deployer is Contributor at most. Put it into the stack of the team that owns the scope.`;
}

/** Fails the synth if any resource below grants rights. */
export class NoAuthorizationWrites implements IAspect {
  private readonly reported = new WeakSet<IConstruct>();

  /** Visits a construct; called by cdktf. */
  public visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || this.reported.has(node)) {
      return;
    }
    const type = node.terraformResourceType;
    if (writesAuthorization(type)) {
      this.reported.add(node);
      node.node.addValidation({ validate: () => [authorizationWriteMessage(type)] });
    }
  }
}
