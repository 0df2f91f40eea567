// Actions of Azure roles: patterns and what they match. Pure.
import { isSameName } from "../spec/naming";
import { CATALOGUE, PRIVILEGED_ROLES, Role } from "../spec/roles";

// The same few patterns are asked about again and again.
const compiled = new Map<string, RegExp>();

/** Whether a pattern of a role definition, such as `Microsoft.Network/*`, allows an operation. */
export function matchesAction(pattern: string, operation: string): boolean {
  return (compiled.get(pattern) ?? compile(pattern)).test(operation);
}

/** Whether one of the patterns allows an operation. */
export function allows(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => matchesAction(pattern, operation));
}

/** Whether a pattern of a role definition can be about resources of a type, or about what is in them. */
export function concerns(pattern: string, type: string): boolean {
  const resources = `${type.toLowerCase()}/`;
  const [start = "", ...more] = pattern.toLowerCase().split("*");
  return start.startsWith(resources) || (more.length > 0 && resources.startsWith(start));
}

/** Whether a role can hand out rights, or do everything: never granted here. */
export function handsOutRights({ guid, name, actions }: Role): boolean {
  return (
    PRIVILEGED_ROLES.some(
      (one) => isSameName(one.name, name) || isSameName(one.guid ?? "", guid ?? "-"),
    ) ||
    actions.some(
      (action) => concerns(action, "Microsoft.Authorization") && !/\/read$/i.test(action),
    )
  );
}

/**
 * The role of the library that a role pretends to be: of its name or GUID, and not the same. Nobody could tell
 * then which one is granted.
 */
export function contradicted(role: Role): Role | undefined {
  return CATALOGUE.find(
    (one) =>
      (isSameName(one.name, role.name) || isSameName(one.guid ?? "", role.guid ?? "-")) &&
      !isSameDefinition(one, role),
  );
}

/** Whether two roles are one, and allow the same. */
export function isSameDefinition(a: Role, b: Role): boolean {
  return definitionOf(a) === definitionOf(b);
}

function definitionOf({ key, name, guid, actions, dataActions }: Role): string {
  return JSON.stringify([
    key,
    name,
    guid,
    [...actions].sort(),
    [...dataActions].sort(),
  ]).toLowerCase();
}

function compile(pattern: string): RegExp {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const made = new RegExp(`^${source}$`, "i");
  compiled.set(pattern, made);
  return made;
}
