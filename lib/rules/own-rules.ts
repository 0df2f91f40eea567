// Runs the rules of one's own, and says what is wrong with them. A rule may come from another language: what it
// says of itself can be anything, and asking for it can fail.
import { ClusterSpec } from "../spec/cluster-spec";
import { ISpecRule } from "../spec/own-rule";
import { withDefaults } from "../spec/with-defaults";
import { Finding } from "./finding";
import { Rule, Violation } from "./rule";

const CODE = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;
const SEVERITIES = ["error", "warning"];

const forms: Rule = {
  code: "HAKS-OWN-006",
  severity: "error",
  title: "A rule of one's own has a code of its own, and is an error or a warning.",
  check: ({ ownRules }) => {
    const codes = ownRules.map(codeOf);
    return ownRules.flatMap((rule, index) => {
      const [code = "", severity] = [codes[index], severityOf(rule)];
      const problem = (field: string, message: string, remedy: string): Violation[] => [
        { path: `ownRules.${index}.${field}`, message, remedy },
      ];
      return [
        ...(CODE.test(code) && !code.startsWith("HAKS-")
          ? []
          : problem(
              "code",
              `"${code}" is not a code for a rule of one's own.`,
              "Use capitals, digits and -, such as OWN-NET-001; HAKS- is the library's.",
            )),
        ...(codes.indexOf(code) < index
          ? problem(
              "code",
              `There are two rules with the code ${code}.`,
              "Give each a code of its own, which stays the same for ever.",
            )
          : []),
        ...(SEVERITIES.includes(severity)
          ? []
          : problem(
              "severity",
              `"${severity}" is not possible here.`,
              `Use ${SEVERITIES.join(" or ")}.`,
            )),
      ];
    });
  },
};

/** A rule of one's own that fails; it is not run by itself. */
const failure: Rule = {
  code: "HAKS-OWN-007",
  severity: "error",
  title: "A rule of one's own gives violations, each with texts, and does not throw.",
  check: () => [],
};

/** The rules about rules of one's own. */
export const OWN_RULE_RULES: Rule[] = [forms, failure];

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
  const [code, severity] = [codeOf(rule), severityOf(rule)];
  try {
    return rule.check({ spec }).map((violation) => {
      const { path, message, remedy, related, source } = violation;
      if ([path, message, remedy].some((text: unknown) => typeof text !== "string")) {
        throw new Error("A violation needs a path, a message and a remedy");
      }
      return { code, severity, source, path, message, remedy, related };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      {
        code: failure.code,
        severity: failure.severity,
        path: `ownRules.${index}`,
        message: `The rule "${code}" failed: ${reason.replace(/\.$/, "")}.`,
        remedy: "Correct the rule.",
      },
    ];
  }
}

function codeOf(rule: ISpecRule): string {
  return textOf(() => rule.code);
}

function severityOf(rule: ISpecRule): string {
  return textOf(() => rule.severity);
}

function textOf(ask: () => unknown): string {
  try {
    const text = ask();
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}
