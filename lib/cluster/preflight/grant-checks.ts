// Whether a row of the grant plan is granted, as expressions of Terraform. Pure.
import { Needed } from "../../access/sufficient-roles";
import { all, contains, literals } from "../../hcl/expressions";

/** A row, as far as an expression needs it. */
export interface CheckedGrant {
  /** Expression for the object id of the principal. */
  readonly principal: string;
  readonly needed: Needed;
  readonly condition?: string;
  /** Whether the role exists already, so that its GUID has to be looked up. */
  readonly existing: boolean;
}

/** Expressions for maps of roles to the operations that they allow: a role by its name, or by its GUID. */
export interface RoleOperations {
  readonly actions: string;
  readonly dataActions: string;
}

/**
 * The assignments that reach a scope, as a list: `principal` (object id), `role` (its name if it is
 * known, else its GUID), `condition`, `guards` (regular expressions of the operations that the condition is about),
 * and `on`, the scope that was looked at.
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
    `guards = ${guards('(found.condition == null ? "" : found.condition)')}`,
    `on = ${lookup}.scope`,
  ];
  const reaches = [
    `startswith("\${lower(${lookup}.scope)}/", "\${${above}}/")`,
    `startswith(${above}, "/providers/microsoft.management/managementgroups/")`,
  ];
  return `[for found in ${lookup}.role_assignments : { ${attributes.join(", ")} } if ${reaches.join(" || ")}]`;
}

/**
 * Whether the assignments in a list give a row all that it needs, also several of them together.
 *
 * @param roles what the roles allow
 * @param anyRole whether a role that is not known may be the one of the row
 */
export function isGranted(
  { principal, needed, condition }: CheckedGrant,
  assignments: string,
  roles: RoleOperations,
  anyRole = false,
): string {
  const given = (operations: readonly string[], allowed: string): string[] => {
    const role = `contains(lookup(${allowed}, found.role, []), operation)`;
    // Of many operations at once, a condition may be about some.
    const isExact = !operations.some((operation) => operation.includes("*"));
    const found = all(
      `found.principal == lower(${principal})`,
      anyRole ? `(${role} || can(regex("^[0-9a-f-]{36}$", found.role)))` : role,
      isExact
        ? `(${isMet(condition)} || !${matchesAny("found.guards", "guard")})`
        : isMet(condition),
    );
    return operations.length === 0
      ? []
      : [
          `alltrue([for operation in ${literals(operations)} : anytrue([for found in ${assignments} : ${found}])])`,
        ];
  };
  return all(
    ...given(needed.actions, roles.actions),
    ...given(needed.dataActions, roles.dataActions),
  );
}

function isMet(condition: string | undefined): string {
  return condition === undefined
    ? 'found.condition == ""'
    : contains(literals(["", condition]), "found.condition");
}

/**
 * Regular expressions of the operations that a condition is about. One of the usual form is made of clauses which
 * say first what they are about; one of another form is about everything.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
function guards(condition: string): string {
  const text = `replace(${condition}, "/[ \\t\\r\\n]/", "")`;
  const count = (expression: string) => `length(regexall("${expression}", ${text}))`;
  const isUsual = all(
    `startswith(${text}, "((!(ActionMatches{'")`,
    `${count("AND[(]{2}")} == ${count("AND[(]{2}!")}`,
    `${count("[)]{2}AND[(]?[^(]")} == 0`,
  );
  return `${condition} == "" ? [] : ${isUsual} ? [for match in regexall("ActionMatches[{]'([^']*)'[}]", ${condition}) : ${expressionOf("match[0]")}] : [".*"]`;
}

/** The assignments of a scope, and the principals that lack something there by the roles that are known. */
export interface Lacking {
  readonly assignments: string;
  /** For each row an expression for its principal, and one that says whether it has everything. */
  readonly rows: readonly { readonly principal: string; readonly isGranted: string }[];
}

/** The roles that are not known and may give what is lacking: GUID, and the scopes where it was found. */
export function unknownRoles(scopes: readonly Lacking[], guids: string): string {
  const found = scopes.map(({ assignments, rows }) => {
    const principals = rows.map((row) => `${row.isGranted} ? "" : lower(${row.principal})`);
    return `[for found in ${assignments} : found if ${contains(`[${principals.join(", ")}]`, "found.principal")}]`;
  });
  return `{ for found in concat(${found.join(", ")}) : found.role => found.on... if !${contains(`keys(${guids})`, "found.role")} }`;
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
  return `anytrue([for pattern in ${patterns} : can(regex(${expressionOf("pattern")}, lower(operation)))])`;
}

/** Whether the operation matches one of several regular expressions. */
function matchesAny(expressions: string, name: string): string {
  return `anytrue([for ${name} in ${expressions} : can(regex(${name}, lower(operation)))])`;
}

// Between two slashes, a wildcard may also stand for nothing. Terraform takes a text in slashes as an expression.
function expressionOf(pattern: string): string {
  const source = `replace(replace(replace(lower(${pattern}), ".", "[.]"), "/[/][*][/]/", "/(.{0,}/)?"), "*", ".*")`;
  return `"^\${${source}}$"`;
}
