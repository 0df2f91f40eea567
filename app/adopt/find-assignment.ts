// Finds the role assignment of a stack in the exports: the same role, on the same scope, to the same principal. Pure.
import { isSameName } from "../../lib/spec/naming";
import { isGuid } from "../../lib/spec/resource-id";
import { addOnIdentities } from "../discover/add-on-fields";
import { Assignment, Exports, RoleDefinition } from "../discover/exports";
import { Json, objectAt } from "../handoff/stack-json";
import type { Found, Known, Wanted } from "./finders";

/**
 * Returns the role assignment that Azure has already: a second one fails. A new custom role has no assignments yet, so
 * that its assignments stand beside the old ones of another role.
 */
export function findAssignment(wanted: Wanted, { exports, identities }: Known): Found | undefined {
  const isBuiltIn = wanted.block.role_definition_name !== undefined;
  const found = assignmentOf(wanted, exports, [
    identities.controlPlane,
    identities.kubelet,
    ...addOnIdentities(exports),
  ]);
  return (
    found && {
      id: assignmentId(found),
      values: [
        ["scope", found.scope],
        ["principal_id", found.principalId],
        ["principal_type", found.principalType],
        isBuiltIn
          ? ["role_definition_name", found.role.name]
          : ["role_definition_id", definitionId(found)],
        ["condition", found.condition],
        ["condition_version", found.condition === undefined ? undefined : "2.0"],
      ],
    }
  );
}

/** Returns the id of a role assignment, as azurerm wants it. */
export function assignmentId({ id, scope }: Assignment): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${id.split("/").pop() ?? ""}`;
}

function definitionId({ scope, role }: Assignment): string {
  const subscription = scope.split("/").slice(0, 3).join("/");
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`;
}

interface Principal {
  readonly id?: string;
  readonly principalId?: string;
}

function assignmentOf(
  { block, text, stack }: Wanted,
  exports: Exports,
  inUse: readonly Principal[],
): Assignment | undefined {
  const scope = text(block.scope);
  const isSameScope = (one: Assignment) => isSameName(one.scope, scope);
  const candidates = (exports.assignments ?? []).filter(isSameScope);
  const reference = /^\$\{(data\.)?(\w+)\.([\w-]+)\.(?:principal_id|object_id)\}$/;
  const [, data, type = "", name = ""] = reference.exec(raw(block.principal_id)) ?? [];
  const described = objectAt(stack, data === undefined ? "resource" : "data", type, name);
  const literal = [text(block.principal_id), text(described.object_id)].find(isGuid);
  const ofIdentity = type === "azurerm_user_assigned_identity" && identityId(data, type, name);
  const known = [...exports.identities, ...inUse].find(
    ({ id, principalId }) =>
      ofIdentity && principalId !== undefined && isSameName(id ?? "", text(ofIdentity)),
  );
  const principalId = literal ?? known?.principalId;
  const displayName = text(described.display_name);
  const isPrincipal = (one: Assignment) =>
    principalId === undefined
      ? displayName !== "" && isSameName(one.principalName ?? "", displayName)
      : isSameName(one.principalId, principalId);
  return candidates.find((one) => isPrincipal(one) && isRole(one, { block, text, stack }, exports));
}

function raw(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function identityId(data: string | undefined, type: string, name: string): string {
  return `\${${data ?? ""}${type}.${name}.id}`;
}

function isRole(
  { role }: Assignment,
  { block, text, stack }: Pick<Wanted, "block" | "text" | "stack">,
  exports: Exports,
): boolean {
  const name = text(block.role_definition_name);
  if (name !== "") {
    return isSameName(role.name, name);
  }
  const id = raw(block.role_definition_id);
  const [, data, type = "", label = ""] = /^\$\{(data\.)?(\w+)\.([\w-]+)\.\w+\}$/.exec(id) ?? [];
  const definition = objectAt(stack, data === undefined ? "resource" : "data", type, label);
  const custom = customRoleOf(exports, text(definition.name), text(definition.scope));
  return custom !== undefined && isSameName(role.guid, custom.guid);
}

/** Returns the custom role of a name that can be assigned in a scope. */
export function customRoleOf(
  { roles }: Exports,
  name: string,
  scope: string,
): RoleDefinition | undefined {
  return roles.find(
    (one) =>
      isSameName(one.name, name) && one.assignableScopes?.some((each) => isSameName(each, scope)),
  );
}
