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
    return [
      ...ALL_RULES.flatMap((rule) => findingsOfRule(rule, context)),
      ...ownFindings(context.spec),
    ];
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Error(
        `Something in the description of the cluster "${context.spec.name}" has another type than ClusterSpec says: ${error.message}.`,
      );
    }
    throw error;
  }
}

function findingsOfRule(
  { code, severity = Severity.ERROR, source, check }: Rule,
  context: RuleContext,
): Finding[] {
  const findings = new Map<string, Finding>();
  check(context, (path, message, remedy, ...places) => {
    const related = places.length > 0 ? places : undefined;
    // The same finding may show at several grants.
    const key = [path, message, ...places].join(" ");
    if (!findings.has(key)) {
      findings.set(key, {
        code,
        severity: severity as Severity,
        source,
        path,
        message,
        remedy,
        related,
      });
    }
  });
  return [...findings.values()];
}

/** A finding in one line, for people. */
export function describeFinding({ code, path, message, remedy }: Finding): string {
  return `${code} at ${path}: ${message} ${remedy}`;
}
