// The modes of the preflight checks. Pure.
import { GrantPlan } from "../access/grant-plan";
import { PREFLIGHT_GROUPS, PREFLIGHT_MODES } from "../spec/preflight";
import { Rule, oneOf } from "./rule";

const modes: Rule = {
  code: "HAKS-PRE-001",
  severity: "error",
  title: "The mode of a group of preflight checks is enforce, warn or off.",
  check: ({ preflight }) =>
    PREFLIGHT_GROUPS.flatMap((group) =>
      oneOf(`preflight.${group}`, preflight[group], PREFLIGHT_MODES),
    ),
};

const unread: Rule = {
  code: "HAKS-PRE-002",
  severity: "warning",
  title: "Every resource that the cluster needs rights on is one that the plan can look at.",
  check: (spec) => {
    const { identityGrants } = spec.preflight;
    const { grants } = GrantPlan._ofResolved(spec);
    const names = grants
      .filter(({ principal, scope }) => !principal.principal && scope.reference?.id !== undefined)
      .map(({ scope }) => scope.name);
    return identityGrants === "enforce" && names.length > 0
      ? [
          {
            path: "preflight.identityGrants",
            message: `The plan does not check the rights on ${[...new Set(names)].join(", ")}, which is given by id and may not be readable.`,
            remedy:
              "Give its name, resource group and subscription if whoever deploys can read it, or use the mode warn; else ask its owner.",
          },
        ]
      : [];
  },
};

/** The rules about the preflight checks. */
export const PREFLIGHT_RULES: Rule[] = [modes, unread];
