// What a role is granted on: one resource, as far as its id tells.
import { Precondition, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { referenceTo, resolved } from "../hcl/resolved";
import { isResourceGroupId, parseResourceId } from "../spec/resource-id";
import { KUBERNETES_ROLES, Role } from "../spec/roles";
import { entryOf } from "../spec/tables";

const ON_RESOURCES =
  "Roles are granted on single resources, never on a resource group, a subscription or a management group.";

/**
 * What Terraform has to look at before a role is granted on a scope.
 *
 * @throws if the scope is seen to be wider than a resource
 */
export function preconditionOn(construct: Construct, role: Role, scopeId: string): Precondition[] {
  const scope = resolved(construct, scopeId);
  const isKubernetes = Object.values(KUBERNETES_ROLES).some(({ guid }) => guid === role.guid);
  switch (kindOfId(scope)) {
    case "resource":
      return [];
    case "unknown":
      return isKubernetes ? [] : [isOnResource(construct, scopeId)];
    case "resourceGroup":
      if (isKubernetes) {
        return [];
      }
  }
  throw new Error(
    `[${construct.node.path}] "${scope}" is not the id of a resource. ${ON_RESOURCES} Give the id of a resource.`,
  );
}

const IDS_OF: { readonly [type: string]: string } = {
  azurerm_management_group: "wide",
  azurerm_resource_group: "resourceGroup",
  azurerm_subscription: "wide",
};

/** What an id is the id of, as far as it can be seen: the id of something in Terraform tells the type. */
function kindOfId(scope: string): string {
  const type = /^\$\{(?:data\.)?(azurerm_[a-z0-9_]+)\.[^.]+\.id\}$/.exec(scope)?.[1];
  if (type !== undefined) {
    return entryOf(IDS_OF, type) ?? "resource";
  }
  if (scope.includes("${")) {
    const whole = PART.exec(scope)?.[1];
    const isPart = whole !== undefined && entryOf(IDS_OF, whole) === undefined;
    return BUILT.test(scope) || isPart ? "resource" : "unknown";
  }
  return parseResourceId(scope) ? "resource" : isResourceGroupId(scope) ? "resourceGroup" : "wide";
}

/** The id of a part of something else in Terraform, such as a subnet. */
const PART = /^\$\{join\("\/", \[(?:data\.)?(azurerm_[a-z0-9_]+)\.[^.]+\.id, "/;

/** An id that is built from names, of a resource or of a part of one: that of a type in a resource group. */
const BUILT = new RegExp(
  [
    String.raw`^\$\{(join\("/", \[)+"/subscriptions", [\w.-]+, "resourceGroups", "[^"$]+"\]\), `,
    String.raw`"providers", "[\w.]+/[\w/]+", "`,
  ].join(""),
);

// By way of a local: an expression cannot be put into another one as text.
function isOnResource(construct: Construct, scopeId: string): Precondition {
  const local = referenceTo(new TerraformLocal(construct, "scope", scopeId));
  return {
    condition: `\${can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers(/[^/]+){3,}$", ${local}))}`,
    errorMessage: ON_RESOURCES,
  };
}
