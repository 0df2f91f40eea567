// The roles of grants of one's own: what they allow, and what they are called. Pure.
import { allows, contradicted, handsOutRights, isSameDefinition } from "../access/actions";
import { operationsOf } from "../access/effective-rights";
import { ownNeed } from "../access/own-needs";
import { CUSTOM_ROLES } from "../access/rights";
import { isSameName } from "../spec/naming";
import { OwnGrant } from "../spec/own-grant";
import { isGuid } from "../spec/resource-id";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Role } from "../spec/roles";
import { eachGrant, isResourceType, isWideType } from "./own-grant-check";
import { Rule, Violation } from "./rule";

const BEST_PRACTICES = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";

interface Problem {
  readonly message: string;
  readonly remedy: string;
}

const roles: Rule = {
  code: "HAKS-OWN-003",
  severity: "error",
  title: "The role of a grant of one's own says what it allows, and cannot hand out rights.",
  source: BEST_PRACTICES,
  check: eachGrant((own, path, spec): Violation[] => {
    const problem =
      powerOf(own.role) ??
      (own.role.key === undefined ? builtInMix(own.role, spec) : customMix(own.role, spec));
    return problem
      ? [{ path: `${path}.role`, ...problem }]
      : notAllowed(own).map((need) => ({
          path: `${path}.needs`,
          message: `The role "${own.role.name}" does not allow "${need}".`,
          remedy: "Leave it out, or grant another role.",
        }));
  }),
};

function powerOf(role: Role): Problem | undefined {
  if (handsOutRights(role)) {
    return {
      message: `The role "${role.name}" can hand out rights, or do everything.`,
      remedy: "Grant a role for the one thing that is needed.",
    };
  }
  return role.actions.length + role.dataActions.length === 0
    ? {
        message: `The role "${role.name}" does not say what it allows, so that nobody can review it.`,
        remedy: "Give its actions and data actions to Role.builtIn.",
      }
    : undefined;
}

function builtInMix(role: Role, spec: ResolvedSpec): Problem | undefined {
  const guid = role.guid ?? "";
  const known = contradicted(role);
  if (known) {
    return {
      message: `"${role.name}" with the GUID ${guid} is not the role "${known.name}" of the library, with ${known.guid ?? ""} and what that allows.`,
      remedy: "Use the role of the library, or the name and the GUID of another one.",
    };
  }
  const other = spec.permissions.ownGrants
    .map((own) => own.role)
    .find(
      (one) =>
        one.key === undefined &&
        isSameName(one.name, role.name) !== isSameName(one.guid ?? "", guid),
    );
  if (other) {
    return {
      message: `"${role.name}" with the GUID ${guid} is another role than "${other.name}" with ${other.guid ?? ""}.`,
      remedy: "Use the name and the GUID of one role definition.",
    };
  }
  return isGuid(guid)
    ? undefined
    : {
        message: `"${guid}" is not the GUID of the role "${role.name}".`,
        remedy: "Use the GUID of the role definition.",
      };
}

function customMix(role: Role, spec: ResolvedSpec): Problem | undefined {
  const other = customRoles(spec).find(
    (one) => isOneRole(one, role) && !isSameDefinition(one, role),
  );
  return (
    other && {
      message: `There is another custom role "${other.name}" with the key "${other.key ?? ""}".`,
      remedy: "Give each role a key and a name of its own.",
    }
  );
}

// Either makes the definition: the name in Azure, the key in Terraform.
function isOneRole(a: Role, b: Role): boolean {
  return a.key === b.key || isSameName(a.name, b.name);
}

function customRoles({ permissions: { ownGrants } }: ResolvedSpec): Role[] {
  return [
    ...CUSTOM_ROLES,
    ...ownGrants.map(({ role }) => role).filter(({ key }) => key !== undefined),
  ];
}

// Other providers have operations on resources of every type, such as tags and diagnostic settings.
const useless: Rule = {
  code: "HAKS-OWN-012",
  severity: "warning",
  title: "The role of a grant of one's own is about such resources.",
  check: eachGrant((own, path, spec) => {
    const problem = uselessness(own, spec);
    return problem && !powerOf(own.role) ? [{ path: `${path}.role`, ...problem }] : [];
  }),
};

function uselessness(own: OwnGrant, spec: ResolvedSpec): Problem | undefined {
  const { scope } = ownNeed(own, spec);
  const { resourceType = "" } = own.scope;
  const isSound = own.scope.kind !== "resource" || isResourceType(resourceType);
  return isSound &&
    !isWideType(resourceType) &&
    operationsOf({ role: own.role, scope }).length === 0
    ? {
        message: `The role "${own.role.name}" allows nothing on "${scope.name}", as far as its actions say.`,
        remedy: "Grant a role that is about such resources, or give all of its actions.",
      }
    : undefined;
}

function notAllowed({ needs = [], role }: OwnGrant): string[] {
  return needs.filter((need) => !allows([...role.actions, ...role.dataActions], need));
}

/** The rules about the roles of grants of one's own. */
export const OWN_ROLE_RULES: Rule[] = [roles, useless];
