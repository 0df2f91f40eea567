// HAKS-OWN-006 and 007: the rules that a program adds, and their findings.
// Such a rule may come from another language: its properties can be anything, and reading them can fail.
import { ClusterSpec } from "../../spec/cluster-spec";
import { ISpecRule, Severity, RuleFinding } from "../../spec/custom-rule";
import { ResolvedSpec, listedWorkloads } from "../../spec/resolved-spec";
import { copied } from "../../spec/values";
import { Finding } from "../finding";
import { Rule, forEachDuplicate, reportUnlessOneOf } from "../rule";

const CODE = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;

/** A rule that fails is reported with its findings; it cannot be checked alone. */
const FAILURE = "HAKS-OWN-007";

/** The rules about the rules of a program. */
export const PROGRAM_RULES: Rule[] = [
  {
    code: "HAKS-OWN-006",
    title: "A custom rule must have a unique code, and the severity error or warning.",
    check: ({ spec: { customRules } }, report) => {
      customRules.forEach((rule, index) => {
        const path = `customRules.${index}`;
        const code = codeOf(rule);
        if (!CODE.test(code) || code.startsWith("HAKS-")) {
          report(
            `${path}.code`,
            `"${code}" is not a valid code for a rule in customRules.`,
            "Use capitals, digits and -, such as OWN-NET-001; HAKS- is reserved for the library.",
          );
        }
        reportUnlessOneOf(report, `${path}.severity`, severityOf(rule), ["error", "warning"]);
      });
      forEachDuplicate(customRules, codeOf, (rule, index) =>
        report(
          `customRules.${index}.code`,
          `Duplicate code "${codeOf(rule)}".`,
          "Give each rule a unique code, which never changes.",
        ),
      );
    },
  },
  {
    code: FAILURE,
    title: "A custom rule must return a list of findings, and must not throw.",
    check: () => undefined,
  },
];

/** Returns the findings of the rules that a program adds. */
export function ownFindings(resolved: ResolvedSpec): Finding[] {
  const { customRules, ...spec } = { ...resolved, workloads: listedWorkloads(resolved) };
  // The rules are left out: a rule that asks for the findings of the description would never end.
  return customRules.flatMap((rule, index) => findingsOf(rule, index, spec));
}

function findingsOf(rule: ISpecRule, index: number, spec: ClusterSpec): Finding[] {
  const [code, severity] = [codeOf(rule), severityOf(rule)];
  try {
    // A copy, so that no rule changes the description for others.
    const findings: unknown = rule.check({ spec: copied(spec) });
    if (!Array.isArray(findings)) {
      throw new Error("It returns no list of findings");
    }
    return findings.map((finding) => ({ code, severity, ...ownFinding(finding) }));
  } catch (error) {
    return [
      {
        code: FAILURE,
        severity: Severity.ERROR,
        path: `customRules.${index}`,
        message: `The rule "${code}" failed: ${reasonOf(error).replace(/\.$/, "")}.`,
        remedy: "Correct the rule.",
      },
    ];
  }
}

function ownFinding(finding: unknown): RuleFinding {
  const { path, message, remedy, related, source } = (finding ?? {}) as RuleFinding;
  if (![path, message, remedy].every(isText)) {
    throw new Error("A finding must have a path, a message and a remedy");
  }
  if (related !== undefined && !(Array.isArray(related) && related.every(isText))) {
    throw new Error("The related places of a finding must be a list of paths");
  }
  if (source !== undefined && !isText(source)) {
    throw new Error("The source of a finding must be a URL");
  }
  return { path, message, remedy, related, source };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

// Anything can be thrown, with or without a text.
function reasonOf(error: unknown): string {
  return textOf(() => (error instanceof Error ? error.message : error)) || "it threw no Error";
}

function codeOf(rule: ISpecRule): string {
  return textOf(() => rule.code);
}

function severityOf(rule: ISpecRule): Severity {
  return textOf(() => rule.severity) as Severity;
}

function textOf(ask: () => unknown): string {
  try {
    const text = ask();
    return isText(text) ? text : "";
  } catch {
    return "";
  }
}
