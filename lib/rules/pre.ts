// HAKS-PRE: the modes of the preflight checks. Pure.
import { PREFLIGHT_GROUPS, PreflightMode } from "../spec/preflight";
import { isSameName } from "../spec/naming";
import { parseResourceId } from "../spec/resource-id";
import { Rule, reportUnlessOneOf } from "./rule";

/** The rules about the preflight checks. */
export const PRE_RULES: Rule[] = [
  {
    code: "HAKS-PRE-001",
    title: "The mode of a group of preflight checks must be enforce, warn or off.",
    check: ({ spec: { preflight } }, report) => {
      for (const group of PREFLIGHT_GROUPS) {
        reportUnlessOneOf(report, `preflight.${group}`, preflight[group], PreflightMode);
      }
    },
  },
  {
    code: "HAKS-PRE-002",
    severity: "warning",
    title: "The preflight should check all rights of the identities.",
    check: ({ spec: { preflight, subscriptionId }, references, grants }, report) => {
      const needed = grants
        .filter(({ principal, _isAfter }) => !principal.principal && !_isAfter)
        .map(({ scope }) => scope.reference?.key);
      const unread = references.filter(
        ({ reference: { id, key } }) =>
          id !== undefined && needed.includes(key) && !isInOther(subscriptionId, id),
      );
      for (const { path, reference } of preflight.identityGrants === "enforce" ? unread : []) {
        report(
          `${path}.id`,
          `The preflight does not check the rights on "${reference.name}": a resource that is given by its id might not be readable.`,
          "Set name, resourceGroup and subscriptionId in place of id if the deployer can read it; otherwise ask its owner for the role assignments.",
        );
      }
    },
  },
];

// There the id is given on purpose: the stacks cannot read there.
function isInOther(subscriptionId: string | undefined, id: string): boolean {
  const parts = parseResourceId(id);
  return (
    parts !== undefined &&
    subscriptionId !== undefined &&
    !isSameName(parts.subscriptionId, subscriptionId)
  );
}
