// Runs the rules of one's own, and says what is wrong with them. Pure, as far as they are.
import { ClusterSpec } from "../spec/cluster-spec";
import { ISpecRule, Violation } from "../spec/own-rule";
import { withDefaults } from "../spec/with-defaults";
import { Finding } from "./finding";
import { Rule } from "./rule";

const CODE = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;
const SEVERITIES = ["error", "warning"];

const forms: Rule = {
  code: "HAKS-OWN-006",
  severity: "error",
  title: "A rule of one's own has a code of its own, and is an error or a warning.",
  check: ({ ownRules }) =>
    ownRules.flatMap(({ code, severity }, index) => {
      const path = `ownRules.${index}`;
      return [
        ...(CODE.test(code) && !code.startsWith("HAKS-")
          ? []
          : [
              {
                path: `${path}.code`,
                message: `"${code}" is not a code for a rule of one's own.`,
                remedy: "Use capitals, digits and -, such as OWN-NET-001; HAKS- is the library's.",
              },
            ]),
        ...(ownRules.findIndex((other) => other.code === code) < index
          ? [
              {
                path: `${path}.code`,
                message: `There are two rules with the code ${code}.`,
                remedy: "Give each a code of its own, which stays the same for ever.",
              },
            ]
          : []),
        ...(SEVERITIES.includes(severity)
          ? []
          : [
              {
                path: `${path}.severity`,
                message: `"${severity}" is not possible here.`,
                remedy: `Use ${SEVERITIES.join(" or ")}.`,
              },
            ]),
      ];
    }),
};

/** A rule of one's own that fails; it is not run by itself. */
export const FAILURE = {
  code: "HAKS-OWN-007",
  severity: "error",
  title: "A rule of one's own gives violations, and does not throw.",
  check: () => [],
} as const satisfies Rule;

/** The rules about rules of one's own. */
export const OWN_RULE_RULES: Rule[] = [forms, FAILURE];

/** What the rules of one's own find. */
export function ownFindings(spec: ClusterSpec): Finding[] {
  const { ownRules = [] } = spec;
  if (ownRules.length === 0) {
    return [];
  }
  const filledIn = withDefaults(spec);
  return ownRules.flatMap((rule, index) => findingsOf(rule, index, filledIn));
}

function findingsOf(rule: ISpecRule, index: number, spec: ClusterSpec): Finding[] {
  const { code, severity, source } = rule;
  try {
    return rule.check(spec).map(({ path, message, remedy, related }: Violation) => ({
      code,
      severity,
      source,
      path,
      message,
      remedy,
      related,
    }));
  } catch (error) {
    return [
      {
        code: FAILURE.code,
        severity: FAILURE.severity,
        path: `ownRules.${index}`,
        message: `The rule ${code} failed: ${error instanceof Error ? error.message : String(error)}.`,
        remedy: "Correct the rule.",
      },
    ];
  }
}
