// Actions of Azure roles: patterns and what they match. Pure.
import { PRIVILEGED_ROLES, Role } from "../spec/roles";

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

/** Operations with which somebody gets, or gives, any right. */
const HANDING_OUT = [
  "Microsoft.Authorization/roleAssignments/write",
  "Microsoft.Authorization/roleDefinitions/write",
  "Microsoft.Authorization/elevateAccess/action",
];

/** Whether a role can hand out rights, or do everything: never granted here. */
export function handsOutRights({ guid, actions }: Role): boolean {
  return (
    (guid !== undefined && PRIVILEGED_ROLES.includes(guid.toLowerCase())) ||
    HANDING_OUT.some((operation) => allows(actions, operation)) ||
    actions.some((action) => /^Microsoft\.Authorization\/(?!.*\/read$)/i.test(action))
  );
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
