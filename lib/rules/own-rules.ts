// Runs the rules of one's own, and says what is wrong with them. A rule may come from another language: what it
// says of itself can be anything, and asking for it can fail.
import { ClusterSpec } from "../spec/cluster-spec";
import { ISpecRule } from "../spec/own-rule";
import { copied } from "../spec/values";
import { resolveSpec } from "../spec/resolved-spec";
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
  // Without the rules: one that asks for the findings of what it is given would never end.
  const filledIn: ClusterSpec = { ...resolveSpec(spec), ownRules: [] };
  return ownRules.flatMap((rule, index) => findingsOf(rule, index, filledIn));
}

function findingsOf(rule: ISpecRule, index: number, spec: ClusterSpec): Finding[] {
  const [code, severity] = [codeOf(rule), severityOf(rule)];
  try {
    // Of its own, so that no rule changes what others read.
    const violations: unknown = rule.check({ spec: copied(spec) });
    if (!Array.isArray(violations)) {
      throw new Error("It gives no list of violations");
    }
    return violations.map((violation) => ({ code, severity, ...violationOf(violation) }));
  } catch (error) {
    return [
      {
        code: failure.code,
        severity: failure.severity,
        path: `ownRules.${index}`,
        message: `The rule "${code}" failed: ${reasonOf(error).replace(/\.$/, "")}.`,
        remedy: "Correct the rule.",
      },
    ];
  }
}

function violationOf(violation: unknown): Violation {
  const { path, message, remedy, related, source } = (violation ?? {}) as Violation;
  if (![path, message, remedy].every(isText)) {
    throw new Error("A violation needs a path, a message and a remedy");
  }
  if (related !== undefined && !(Array.isArray(related) && related.every(isText))) {
    throw new Error("What a violation is related to is a list of paths");
  }
  if (source !== undefined && !isText(source)) {
    throw new Error("The source of a violation is a URL");
  }
  return { path, message, remedy, related, source };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

// What is thrown can be anything, and need not have a text.
function reasonOf(error: unknown): string {
  return textOf(() => (error instanceof Error ? error.message : error)) || "it threw no Error";
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
    return isText(text) ? text : "";
  } catch {
    return "";
  }
}
