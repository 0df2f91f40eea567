// The scope of a grant: one resource, as far as its id tells.
import { Precondition, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { referenceTo, resolved } from "../hcl/resolved";
import { isSameName } from "../spec/naming";
import { isResourceGroupId, parseResourceId } from "../spec/resource-id";
import { KUBERNETES_ROLES, Role } from "../spec/roles";
import { entryOf } from "../spec/tables";

const ON_RESOURCES =
  "Roles are granted on single resources, never on a resource group, a subscription or a management group.";

const IN_GROUPS =
  "This role is granted on a resource or on a resource group, never on a subscription or a management group.";

/**
 * Conditions that Terraform checks before a role is granted on a scope.
 *
 * @param onGroup whether Microsoft documents the role for the resource group
 * @throws if the scope is seen to be wider than a resource
 */
export function preconditionOn(
  construct: Construct,
  role: Role,
  scopeId: string,
  onGroup = false,
): Precondition[] {
  const scope = resolved(construct, scopeId);
  const mayBeGroup = onGroup || isForGroups(role);
  switch (kindOfId(scope)) {
    case "resource":
      return [];
    case "unknown":
      return [narrow(construct, scopeId, mayBeGroup)];
    case "resourceGroup":
      if (mayBeGroup) {
        return [];
      }
  }
  throw new Error(
    `[${construct.node.path}] "${scope}" is not the id of a resource. ${ON_RESOURCES} Give the id of a resource.`,
  );
}

/**
 * Whether a role may be granted on a resource group: one that acts in Kubernetes alone, or one that only reads public
 * IPs, which the cloud provider finds in a list of those of a group.
 */
function isForGroups({ guid, actions, dataActions }: Role): boolean {
  const isKubernetes = Object.values(KUBERNETES_ROLES).some((one) => one.guid === guid);
  const readsPublicIps = [...actions, ...dataActions].every((action) =>
    isSameName(action, "Microsoft.Network/publicIPAddresses/read"),
  );
  return (isKubernetes && guid !== undefined) || (actions.length > 0 && readsPublicIps);
}

const IDS_OF: { readonly [type: string]: string } = {
  azurerm_management_group: "wide",
  azurerm_resource_group: "resourceGroup",
  azurerm_subscription: "wide",
};

/** Returns the type of the resource of an id, as far as it is known: a token of a resource tells the type. */
function kindOfId(scope: string): string {
  const type = /^\$\{(?:data\.)?(azurerm_[a-z0-9_]+)\.[^.]+\.id\}$/.exec(scope)?.[1];
  if (type !== undefined) {
    return entryOf(IDS_OF, type) ?? "resource";
  }
  if (scope.includes("${")) {
    const whole = PART.exec(scope)?.[1];
    const isPart = whole !== undefined && entryOf(IDS_OF, whole) === undefined;
    const isGroup = BUILT_GROUP.test(scope);
    return BUILT.test(scope) || isPart ? "resource" : isGroup ? "resourceGroup" : "unknown";
  }
  return parseResourceId(scope) ? "resource" : isResourceGroupId(scope) ? "resourceGroup" : "wide";
}

/** The id of a part of something else in Terraform, such as a subnet. */
const PART = /^\$\{join\("\/", \[(?:data\.)?(azurerm_[a-z0-9_]+)\.[^.]+\.id, "/;

const GROUP = String.raw`(join\("/", \[)+"/subscriptions", [\w.-]+, "resourceGroups", "[^"$]+"\]\)`;

/** The id of a resource group that is built from its name. */
const BUILT_GROUP = new RegExp(`^\\$\\{${GROUP}\\}$`);

/** An id that is built from names, of a resource or of a part of one: that of a type in a resource group. */
const BUILT = new RegExp(String.raw`^\$\{${GROUP}, "providers", "[\w.]+/[\w/]+", "`);

// By way of a local: an expression cannot be put into another one as text.
function narrow(construct: Construct, scopeId: string, mayBeGroup: boolean): Precondition {
  const local = referenceTo(new TerraformLocal(construct, "scope", scopeId));
  const resource = `(/providers(/[^/]+){3,})${mayBeGroup ? "?" : ""}`;
  return {
    condition: `\${can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+${resource}$", ${local}))}`,
    errorMessage: mayBeGroup ? IN_GROUPS : ON_RESOURCES,
  };
}
