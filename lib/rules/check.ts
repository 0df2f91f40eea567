// Runs every rule over a description. Pure.
import { Severity } from "../spec/custom-rule";
import { ALL_RULES } from "./all-rules";
import { Finding } from "./finding";
import { ownFindings } from "./own/rules";
import { Rule, RuleContext } from "./rule";

/**
 * Returns the findings of all rules.
 *
 * @throws if a value has another type than ClusterSpec says
 */
export function findingsOf(context: RuleContext): Finding[] {
  // JavaScript lets everything in.
  try {
    return [...findingsOfRules(context), ...ownFindings(context.spec)];
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Error(
        `Something in the description of the cluster "${context.spec.name}" has another type than ClusterSpec says: ${error.message}.`,
      );
    }
    throw error;
  }
}

function findingsOfRules(context: RuleContext): Iterable<Finding> {
  const findings = new Map<string, Finding>();
  for (const { code, severity: level = Severity.ERROR, source, check } of ALL_RULES) {
    const severity = level as Severity;
    check(context, (path, message, remedy, ...places) => {
      const related = places.length > 0 ? places : undefined;
      // The same finding may show at several grants.
      const key = [code, path, message, ...places].join(" ");
      if (!findings.has(key)) {
        const where = sourceAt(path, source);
        findings.set(key, { code, severity, source: where, path, message, remedy, related });
      }
    });
  }
  return findings.values();
}

function sourceAt(path: string, source: Rule["source"]): string | undefined {
  return typeof source === "object" ? source[path.replace(/\.\d+(?=\.|$)/g, ".*")] : source;
}

/** A finding in one line, for people. */
export function describeFinding({ code, path, message, remedy }: Finding): string {
  return `${code} at ${path}: ${message} ${remedy}`;
}
