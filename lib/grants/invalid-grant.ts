// Checks of a role assignment that a program asks for. Pure, but for tokens.
import { isKnown } from "../spec/known";
import { Role } from "../spec/roles";
import { contradicted, handsOutRights, isSameDefinition } from "../access/actions";
import { ICustomRole } from "./custom-role";
import type { GrantProps } from "./grant";

const REASON = /^(?=[^]*\S)[^]{1,1000}$/;

/** Returns why a role assignment is invalid: what is wrong, and what to do. */
export function invalidGrant({ role, customRole, reason, _onGroup }: GrantProps): string[] {
  return [
    ...invalidRole(role, _onGroup),
    ...invalidDefinition(role, customRole),
    ...(!isKnown(reason) || REASON.test(reason)
      ? []
      : [
          `The reason is ${reason.length} characters long. Say why the role is granted, in 1 to 1,000 characters.`,
        ]),
  ];
}

function invalidRole(role: Role, onGroup = false): string[] {
  const { name, guid = "" } = role;
  // It grants no rights, and is documented for a resource group that holds nothing else.
  const isDocumented = onGroup && isSameDefinition(role, Role.CONTRIBUTOR);
  if (handsOutRights(role) && !isDocumented) {
    return [
      `The role "${name}" is never granted here: it is as good as owning the scope. Grant a role for the one thing that is needed.`,
    ];
  }
  const known = contradicted(role);
  return known
    ? [
        `The role "${name}" with the GUID ${guid} is not "${known.name}" of the library, with ${known.guid ?? ""} and what that allows. Use the role of the library.`,
      ]
    : [];
}

function invalidDefinition(role: Role, definition: ICustomRole | undefined): string[] {
  if (!definition) {
    return role.guid === undefined
      ? [`"${role.name}" is a custom role. Pass its definition as customRole.`]
      : [];
  }
  if (role.guid !== undefined) {
    return [`"${role.name}" is a built-in role. Leave customRole out.`];
  }
  return isSameDefinition(definition.role, role)
    ? []
    : [
        `The definition of "${definition.role.name}" is not that of the role "${role.name}". Pass that of the role.`,
      ];
}
