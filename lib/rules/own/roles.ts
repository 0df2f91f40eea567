// HAKS-OWN-003, 012 and 014: the roles of grants that a program adds. Pure.
import {
  allowsAction,
  allowsDataAction,
  contradicted,
  handsOutRights,
  isSameDefinition,
} from "../../access/actions";
import { ASSIGNING_IDENTITIES } from "../../access/becoming";
import { operationsOf } from "../../access/effective-rights";
import { ownGrants, ownNeed } from "../../access/own-needs";
import { resourceTypeOf } from "../../access/resource-types";
import { CUSTOM_ROLES } from "../../access/rights";
import { isSameName } from "../../spec/naming";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { isGuid } from "../../spec/resource-id";
import { Role } from "../../spec/roles";
import { Rule } from "../rule";
import { FindingText } from "../texts";
import { forEachOwnGrant, isOfIdentities, isResourceType, isWideType } from "./grant";

/** The rules about the roles of grants that a program adds. */
export const ROLE_RULES: Rule[] = [
  {
    code: "HAKS-OWN-003",
    title:
      "The role of an additional grant must list its actions, and must not be able to grant rights.",
    source: "https://learn.microsoft.com/azure/role-based-access-control/best-practices",
    check: forEachOwnGrant(({ role, needs = [] }, path, report, { spec }) => {
      const text =
        wrongPower(role) ??
        (role.key === undefined ? wrongBuiltIn(role, spec) : wrongCustom(role, spec));
      if (text) {
        report(`${path}.role`, ...text);
        return;
      }
      for (const need of needs) {
        if (!allowsAction(role, need) && !allowsDataAction(role, need)) {
          report(
            `${path}.needs`,
            `The role "${role.name}" does not allow "${need}".`,
            "Leave it out, or grant another role.",
          );
        }
      }
    }),
  },
  {
    code: "HAKS-OWN-012",
    severity: "warning",
    title: "The role of an additional grant should allow actions on its resource.",
    check: forEachOwnGrant((own, path, report, { spec }) => {
      const { role } = own;
      const { _kind: kind, resourceType = "" } = own.scope;
      const { scope } = ownNeed(own, spec);
      const isOneResource =
        (kind !== "resource" || isResourceType(resourceType)) && !isWideType(resourceType);
      // Other providers have operations on resources of every type, such as tags and diagnostic settings.
      if (isOneResource && operationsOf({ role, scope }).length === 0 && !wrongPower(role)) {
        report(
          `${path}.role`,
          `The role "${role.name}" allows nothing on "${scope.name}", as far as its actions say.`,
          "Grant a role for resources of this type, or give all of its actions.",
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-014",
    severity: "warning",
    title: "An additional grant should not let its principal act as a managed identity.",
    source:
      "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
    check: forEachOwnGrant((own, path, report, { spec }) => {
      const { role } = own;
      const { scope } = ownNeed(own, spec);
      const operation = ASSIGNING_IDENTITIES.find((one) => allowsAction(role, one));
      if (operation !== undefined && isOfIdentities(resourceTypeOf(scope.kind).type)) {
        report(
          `${path}.role`,
          `The role "${role.name}" allows "${operation}", by which its principal gets all rights of the identity "${scope.name}".`,
          "Use a role without it, unless the principal may have these rights.",
        );
      }
    }),
  },
];

function wrongPower(role: Role): FindingText | undefined {
  if (handsOutRights(role)) {
    return [
      `The role "${role.name}" can grant rights, or allows everything.`,
      "Grant a role that allows only what is needed.",
    ];
  }
  return role.actions.length + role.dataActions.length === 0
    ? [
        `The role "${role.name}" lists no actions, so it cannot be reviewed.`,
        "Give its actions and data actions to Role.builtIn.",
      ]
    : undefined;
}

function wrongBuiltIn(role: Role, spec: ResolvedSpec): FindingText | undefined {
  const guid = role.guid ?? "";
  const known = contradicted(role);
  if (known) {
    return [
      `"${role.name}" with the GUID ${guid} is not the role "${known.name}" of the library, which has the GUID ${known.guid ?? ""} and its actions.`,
      "Use the role of the library, or the name and the GUID of another one.",
    ];
  }
  const other = ownGrants(spec)
    .map(({ grant }) => grant.role)
    .find(
      (one) =>
        one.key === undefined &&
        isSameName(one.name, role.name) !== isSameName(one.guid ?? "", guid),
    );
  if (other) {
    return [
      `"${role.name}" with the GUID ${guid} contradicts "${other.name}" with the GUID ${other.guid ?? ""}.`,
      "Use the name and the GUID of one role definition.",
    ];
  }
  return isGuid(guid)
    ? undefined
    : [
        `"${guid}" is not the GUID of the role "${role.name}".`,
        "Use the GUID of the role definition.",
      ];
}

function wrongCustom(role: Role, spec: ResolvedSpec): FindingText | undefined {
  const other = [...CUSTOM_ROLES, ...ownGrants(spec).map(({ grant }) => grant.role)].find(
    (one) =>
      one.key !== undefined &&
      // Terraform knows a definition by its key, Azure by its name.
      (one.key === role.key || isSameName(one.name, role.name)) &&
      !isSameDefinition(one, role),
  );
  return (
    other && [
      `There is another custom role "${other.name}" with the key "${other.key ?? ""}".`,
      "Give each role a key and a name that no other role has.",
    ]
  );
}
