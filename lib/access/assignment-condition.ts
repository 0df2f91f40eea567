// The condition that bounds which roles a principal may grant and revoke. Pure.

/** Bounds of the role assignments that a principal may create and delete. */
export interface AssignmentBounds {
  /** GUIDs of the roles. */
  readonly roles: readonly string[];
  /** Types of the principals that get them. */
  readonly principalTypes: readonly string[];
  /** Object ids of these principals; empty if not all of them are known. */
  readonly principalIds: readonly string[];
}

/** Maximum length of a condition in Azure. */
const MAX_LENGTH = 8192;

/**
 * Returns the condition of a role assignment that includes `roleAssignments/write` and `/delete`. It binds object ids
 * as long as they fit in.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
 */
export function assignmentCondition(bounds: AssignmentBounds): string {
  const all = conditionOf(bounds);
  return all.length > MAX_LENGTH ? conditionOf({ ...bounds, principalIds: [] }) : all;
}

function conditionOf({ roles, principalTypes, principalIds }: AssignmentBounds): string {
  const types = principalTypes.map((type) => `'${type}'`);
  const bounds = [
    `RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.join(", ")}}`,
    `PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {${types.join(", ")}}`,
    ...(principalIds.length === 0
      ? []
      : [`PrincipalId] ForAnyOfAnyValues:GuidEquals {${principalIds.join(", ")}}`]),
  ];
  const clause = (action: string, source: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (${bounds
      .map((bound) => `@${source}[Microsoft.Authorization/roleAssignments:${bound}`)
      .join(" AND ")}))`;
  // A new assignment is in the request, an existing one is the resource.
  return `${clause("write", "Request")} AND ${clause("delete", "Resource")}`;
}
