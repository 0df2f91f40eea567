// HAKS-ACC: limits of role assignments and custom roles. Pure.
import { isNewRole } from "../../access/names";
import { references } from "../../access/placed-references";
import { PlannedGrant } from "../../access/planned-grant";
import { scopeAddress } from "../../access/scope-address";
import { mayBeOne, scopeKey } from "../../access/same-assignment";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Rule } from "../rule";
import { FindingText } from "../texts";

const LIMITS = "https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits";

/** Longest condition of a role assignment, in characters. */
const CONDITION_SIZE = 8192;

/** A tenth of the 4,000 role assignments of a subscription, a hundredth of the 5,000 custom roles of a tenant. */
const [MANY_ASSIGNMENTS, MANY_ROLES] = [400, 50];

/** The rules about limits of Azure and of Terraform addresses. */
export const LIMIT_RULES: Rule[] = [
  {
    code: "HAKS-ACC-006",
    severity: "warning",
    title: `A cluster should have at most ${MANY_ASSIGNMENTS} of the 4,000 role assignments of a subscription.`,
    source: LIMITS,
    check: ({ grants }, report) => {
      if (grants.length > MANY_ASSIGNMENTS) {
        report(
          "access",
          `The cluster needs ${grants.length} role assignments, and a subscription can have 4,000.`,
          "Name groups instead of single principals.",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-007",
    severity: "warning",
    title: `A cluster should have at most ${MANY_ROLES} of the 5,000 custom roles of a tenant.`,
    source: LIMITS,
    check: ({ spec, grants }, report) => {
      const roles = new Set<string>();
      for (const { role, scope } of grants) {
        if (isNewRole(role, spec)) {
          roles.add(`${role.key} ${scope.reference?.resourceGroup ?? ""}`);
        }
      }
      if (roles.size > MANY_ROLES) {
        report(
          "permissions.roleSet",
          `The stacks create ${roles.size} custom roles, and a tenant can have 5,000.`,
          "Create the roles once for all clusters, and name them in permissions.roleSet.existing.",
        );
      }
    },
  },
  {
    code: "HAKS-ACC-013",
    title: "Resources that rights are granted on must have distinct Terraform addresses.",
    source: "https://developer.hashicorp.com/terraform/language/resources/syntax",
    check: ({ spec, grants }, report) => {
      const byAddress = new Map<string, PlannedGrant["scope"]>();
      const reported = new Set<string>();
      for (const { scope } of grants) {
        const address = scopeAddress(scope);
        const earlier = byAddress.get(address) ?? scope;
        byAddress.set(address, earlier);
        if (scopeKey(scope, spec) === scopeKey(earlier, spec)) {
          continue;
        }
        // One pair of names can mix up many rows.
        const path = pathOf(spec, scope);
        if (!reported.has(path)) {
          reported.add(path);
          const first = pathOf(spec, earlier);
          const text: FindingText = isGivenTwice(earlier, scope, spec)
            ? [
                `The resource "${scope.name}" seems to be given twice: by its name, and by its id or with its subscription.`,
                `Give it as at ${first}, or remove one of them.`,
              ]
            : [
                `The names "${earlier.name}" and "${scope.name}" of two resources give the same Terraform address.`,
                "Leave one of them out, and grant on it in another stack: Terraform addresses are made of these names.",
              ];
          report(path, ...text, first);
        }
      }
    },
  },
  {
    code: "HAKS-ACC-014",
    title: "The condition of a role assignment must have at most 8 KB.",
    source: LIMITS,
    check: ({ spec, grants }, report) => {
      for (const { condition = "", scope } of grants) {
        if (condition.length > CONDITION_SIZE) {
          report(
            pathOf(spec, scope),
            `The condition on "${scope.name}" has ${condition.length} characters.`,
            `Name fewer repositories, or prefixes that end in /: a condition has at most ${CONDITION_SIZE} characters.`,
          );
        }
      }
    },
  },
];

function isGivenTwice(
  { reference: one }: PlannedGrant["scope"],
  { reference: other }: PlannedGrant["scope"],
  { subscriptionId: own }: ResolvedSpec,
): boolean {
  return one !== undefined && other !== undefined && mayBeOne(one._in(own), other._in(own));
}

function pathOf(spec: ResolvedSpec, scope: PlannedGrant["scope"]): string {
  const found = references(spec).find(({ reference }) => reference === scope.reference);
  return found?.path ?? "permissions.additionalGrants";
}
