// Compares role definitions with operations and with each other. Pure.
import { allows, matchesAction } from "../spec/action-patterns";
import { isSameName } from "../spec/naming";
import { CATALOGUE, Role } from "../spec/roles";

/** Whether a pattern of a role definition can be about resources of a type, or about what is in them. */
export function concerns(pattern: string, type: string): boolean {
  const resources = `${type.toLowerCase()}/`;
  const [start = "", ...more] = pattern.toLowerCase().split("*");
  return start.startsWith(resources) || (more.length > 0 && resources.startsWith(start));
}

/** Whether a role allows an operation on resources, or all operations of a pattern. */
export function allowsAction({ actions, notActions }: Role, operation: string): boolean {
  return allows(actions, operation) && !takesAway(notActions, operation);
}

/** Whether a role allows an operation on data, or all operations of a pattern. */
export function allowsDataAction(
  { dataActions, notDataActions }: Role,
  operation: string,
): boolean {
  return allows(dataActions, operation) && !takesAway(notDataActions, operation);
}

/** Whether exceptions take away an operation, or one of the operations of a pattern. */
function takesAway(exceptions: readonly string[], operation: string): boolean {
  return exceptions.some(
    (exception) => matchesAction(exception, operation) || matchesAction(operation, exception),
  );
}

/** Whether a role can grant rights, or allows everything: never granted here. */
export function handsOutRights(role: Role): boolean {
  return canHandOut(role) || CATALOGUE.some((one) => isNamedAlike(one, role) && canHandOut(one));
}

function canHandOut({ actions }: Role): boolean {
  return actions.some(
    (action) => concerns(action, "Microsoft.Authorization") && !/\/read$/i.test(action),
  );
}

/** Returns the built-in role whose name or GUID a role has without being that role, if there is one. */
export function contradicted(role: Role): Role | undefined {
  return CATALOGUE.find((one) => isNamedAlike(one, role) && !isSameDefinition(one, role));
}

function isNamedAlike(one: Role, role: Role): boolean {
  return isSameName(one.name, role.name) || isSameName(one.guid ?? "", role.guid ?? "-");
}

/** Whether two roles are one, and allow the same. */
export function isSameDefinition(a: Role, b: Role): boolean {
  return definitionOf(a) === definitionOf(b);
}

function definitionOf(role: Role): string {
  const { key, name, guid, actions, notActions, dataActions, notDataActions } = role;
  return JSON.stringify([
    key,
    name,
    guid,
    ...[actions, notActions, dataActions, notDataActions].map((list) => [...list].sort()),
  ]).toLowerCase();
}
