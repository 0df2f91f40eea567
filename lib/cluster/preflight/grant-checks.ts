// Whether a row of the grant plan is granted, as expressions of Terraform. Pure.
import { Needed } from "../../access/sufficient-roles";
import { all, contains, literals } from "../../hcl/expressions";

/** A row, as far as an expression needs it. */
export interface CheckedGrant {
  /** Expression for the object id of the principal. */
  readonly principal: string;
  /** Names of the roles that give all that is needed. */
  readonly roles: string[];
  readonly needed: Needed;
  readonly condition?: string;
  /** Whether the role exists already, so that its GUID has to be looked up. */
  readonly existing: boolean;
}

/** Expressions about the roles that are not in the catalogue: the role, and the operations it allows. */
export interface OtherRoles {
  readonly actions: string;
  readonly dataActions: string;
}

/**
 * The assignments that reach a scope, as a list: `principal` (object id), `role` (its name if it is
 * known, else its GUID), `condition`, and `on`, the scope that was looked at.
 *
 * The lookup also gives assignments below the scope, which do not reach it. Those at the scope or above
 * it do: their scope is the same, or ends where a segment of it ends, or is a management group.
 */
export function assignmentsReaching(lookup: string, roleNames: string): string {
  const guid = "lower(basename(found.role_definition_id))";
  const above = 'trimsuffix(lower(found.role_assignment_scope), "/")';
  const attributes = [
    "principal = lower(found.principal_id)",
    `role = lookup(${roleNames}, ${guid}, ${guid})`,
    'condition = found.condition == null ? "" : found.condition',
    `on = ${lookup}.scope`,
  ];
  const reaches = [
    `startswith("\${lower(${lookup}.scope)}/", "\${${above}}/")`,
    `startswith(${above}, "/providers/microsoft.management/managementgroups/")`,
  ];
  return `[for found in ${lookup}.role_assignments : { ${attributes.join(", ")} } if ${reaches.join(" || ")}]`;
}

/**
 * Whether one of the assignments in a list gives a row all that it needs. Several that do so only
 * together do not count.
 *
 * @param others what roles allow that are not in the catalogue; without it they are not known
 */
export function isGranted(grant: CheckedGrant, assignments: string, others?: OtherRoles): string {
  const { principal, roles, condition } = grant;
  const known = contains(literals(roles), "found.role");
  const role = [known, ...otherRole(grant, others)];
  return `anytrue([for found in ${assignments} : ${all(
    `found.principal == lower(${principal})`,
    role.length === 1 ? known : `(${role.join(" || ")})`,
    condition === undefined
      ? 'found.condition == ""'
      : contains(literals(["", condition]), "found.condition"),
  )}])`;
}

function otherRole({ needed, existing }: CheckedGrant, others?: OtherRoles): string[] {
  if (others) {
    const missing = (needs: readonly string[], given: string) =>
      needs.length === 0
        ? []
        : [`length(setsubtract(${literals(needs)}, lookup(${given}, found.role, []))) == 0`];
    return [
      all(
        ...missing(needed.actions, others.actions),
        ...missing(needed.dataActions, others.dataActions),
      ),
    ];
  }
  // Its GUID is not known, and it cannot be read: any role that is not known may be it.
  return existing ? ['can(regex("^[0-9a-f-]{36}$", found.role))'] : [];
}

/**
 * The roles that principals have by some assignments and that are not in the catalogue: GUID, and the
 * scopes where it was found.
 */
export function unknownRoles(assignments: string[], principals: string[], guids: string): string {
  const who = `[for id in [${principals.join(", ")}] : lower(id)]`;
  return `{ for found in concat(${assignments.join(", ")}) : found.role => found.on... if ${all(
    contains(who, "found.principal"),
    `!${contains(`keys(${guids})`, "found.role")}`,
  )} }`;
}

/**
 * Which operations each role allows: GUID, and a list. A definition can have several permissions; each
 * takes its own exceptions away. One with a condition allows nothing for sure.
 */
export function allowedBy(
  roles: string,
  kind: "actions" | "data_actions",
  operations: string[],
): string {
  const given = all(
    matches(`permission.${kind}`),
    `!${matches(`permission.not_${kind}`)}`,
    `!(strcontains(operation, "*") && ${takesAway(`permission.not_${kind}`)})`,
    "try(length(permission.condition), 0) == 0",
  );
  return `{ for guid, role in ${roles} : guid => [for operation in ${literals(operations)} : operation if anytrue([for permission in role.permissions : ${given}])] }`;
}

// Of many operations at once, an exception of the same provider may take some away: then it is not sure.
function takesAway(patterns: string): string {
  const provider = (text: string) => `lower(split("/", ${text})[0])`;
  return `anytrue([for pattern in ${patterns} : startswith(pattern, "*") || ${provider("pattern")} == ${provider("operation")}])`;
}

// A pattern of a role, such as Microsoft.Network/*/read, as a regular expression.
function matches(patterns: string): string {
  // Between two slashes, a wildcard may also stand for nothing. Terraform takes a text in slashes as an expression.
  const expression =
    'replace(replace(replace(lower(pattern), ".", "[.]"), "/[/][*][/]/", "/(.{0,}/)?"), "*", ".*")';
  return `anytrue([for pattern in ${patterns} : can(regex("^\${${expression}}$", lower(operation)))])`;
}
