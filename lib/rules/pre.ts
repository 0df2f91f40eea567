// HAKS-PRE: the modes of the preflight checks. Pure.
import { PREFLIGHT_GROUPS, PreflightMode } from "../spec/preflight";
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
    check: ({ spec: { preflight }, grants }, report) => {
      const names = grants
        .filter(({ principal, scope }) => !principal.principal && scope.reference?.id !== undefined)
        .map(({ scope }) => scope.name);
      if (preflight.identityGrants === "enforce" && names.length > 0) {
        report(
          "preflight.identityGrants",
          `The preflight does not check the rights on ${[...new Set(names)].join(", ")}: resources that are given by id might not be readable.`,
          "Give the name, resource group and subscription if the deployer can read the resource, or set preflight.identityGrants to warn; otherwise ask its owner for the role assignments.",
        );
      }
    },
  },
];
