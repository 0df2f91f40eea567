// The operations that roles allow, as maps of Terraform: those that are known, and others that are read.
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { customRoleGuid } from "../../grants/custom-role";
import { PlannedGrant } from "../../access/planned-grant";
import { KnownRole, Needed, operationsByRole } from "../../access/sufficient-roles";
import { template, templated } from "../../hcl/expressions";
import { referenceTo } from "../../hcl/resolved";
import { resourceGroupIdOf, resourceGroupIdOfResource } from "../../terraform/existing-resource";
import { RoleOperations, allowedBy } from "./grant-checks";
import { GrantPreflightProps, scopeIdOf } from "./grant-rows";

/** Returns the GUID of each known role, by its name. */
export function guidsOf(
  construct: Construct,
  known: KnownRole[],
  props: GrantPreflightProps,
): { [name: string]: string } {
  const guid = ({ role, made }: KnownRole): string => {
    if (!made) {
      return role.guid ?? "";
    }
    const { scope, seed } = made;
    const { resourceGroup, subscriptionId } = scope.reference ?? {};
    const group =
      resourceGroup === undefined
        ? resourceGroupIdOfResource(scopeIdOf(construct, scope, props))
        : resourceGroupIdOf(construct, resourceGroup, subscriptionId);
    return customRoleGuid(group, seed);
  };
  return Object.fromEntries(known.map((one) => [templated(one.name), guid(one)]));
}

/** Returns the operations of the roles that are known without reading them. */
export function knownOperations(
  scope: Construct,
  grants: PlannedGrant[],
  known: KnownRole[],
): RoleOperations {
  const local = (id: string, kind: keyof Needed) => {
    const entries = Object.entries(operationsByRole(kind, grants, known));
    const named = Object.fromEntries(entries.map(([name, list]) => [templated(name), list]));
    return entries.length === 0 ? "{}" : referenceTo(new TerraformLocal(scope, id, named));
  };
  return {
    actions: local("role-actions", "actions"),
    dataActions: local("role-data-actions", "dataActions"),
  };
}

/** Reads other roles, such as custom ones, and returns the operations of all. */
export function withOthers(
  scope: Construct,
  props: { readonly others: string; readonly known: RoleOperations; readonly needed: Needed[] },
): RoleOperations {
  const { others, known, needed } = props;
  const local = new TerraformLocal(scope, "other-roles", others);
  const data = new DataAzurermRoleDefinition(scope, "other-role", {
    roleDefinitionId: "${each.key}",
    scope: "${each.value[0]}",
  });
  data.addOverride("for_each", template(referenceTo(local)));
  const roles = `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;
  const allowed = (
    kind: "actions" | "data_actions",
    operations: (readonly string[])[],
    those: string,
  ): string => {
    const sorted = distinct(operations.flat()).sort();
    const id = `all-role-${kind.replace("_", "-")}`;
    return sorted.length === 0
      ? "{}"
      : referenceTo(
          new TerraformLocal(
            scope,
            id,
            template(`merge(${those}, ${allowedBy(roles, kind, sorted)})`),
          ),
        );
  };
  return {
    actions: allowed(
      "actions",
      needed.map(({ actions }) => actions),
      known.actions,
    ),
    dataActions: allowed(
      "data_actions",
      needed.map(({ dataActions }) => dataActions),
      known.dataActions,
    ),
  };
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}
