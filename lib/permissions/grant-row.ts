// The role assignment of a row of a grant plan.
import { Construct } from "constructs";
import { PlacedGrant } from "../access/planned-grant";
import { resourceTypeOf } from "../access/resource-types";
import { Grant } from "../grants/grant";
import { CustomRoles } from "./custom-roles";
import { GrantTargets } from "./grant-targets";

/** Creates the role assignment of a row. */
export function grantRow(
  scope: Construct,
  row: PlacedGrant,
  targets: GrantTargets,
  roles: CustomRoles,
): Grant {
  const { grant, spec, address } = row;
  const scopeId = targets.scopeIdOf(grant.scope, spec);
  const { type: resourceType, isGroup } = resourceTypeOf(grant.scope.kind);
  const made = new Grant(scope, address, {
    grantee: targets.granteeOf(grant.principal, spec),
    role: grant.role,
    customRole: roles.of(row, () => scopeId),
    scopeId,
    resourceType,
    reason: grant.description,
    condition: grant.condition,
    _onGroup: isGroup,
  });
  if (row.exists) {
    made._takeOver();
  }
  return made;
}
