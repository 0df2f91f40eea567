// Where other lines of azurerm differ from the table of effects, which is that of 4.55. Pure.
import { JsonObject } from "../handoff/stack-json";
import { AttributeChange, Effect, effectOf } from "./attribute-effects";

const CREDENTIAL = "azurerm_federated_identity_credential";

/** Returns a block with the names of the table. */
export function withTableNames(type: string, block: JsonObject): JsonObject {
  const { user_assigned_identity_id: identity, ...rest } = block;
  return type === CREDENTIAL && identity !== undefined ? { ...rest, parent_id: identity } : block;
}

/** Returns the effect of a change on a resource of a type, unless Terraform ignores it. */
export function effectInLine(type: string, change: AttributeChange): Effect | "stays" {
  const { attribute, before, after } = change;
  // Lines without it take it from the id of the identity.
  if (type === CREDENTIAL && attribute === "resource_group_name") {
    return before === undefined || after === undefined ? "stays" : effectOf(type, change);
  }
  // Where a description would replace a role assignment, it is ignored.
  return type === "azurerm_role_assignment" && attribute === "description"
    ? "inPlace"
    : effectOf(type, change);
}
