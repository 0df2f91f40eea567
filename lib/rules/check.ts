// Runs every rule over a description. Pure.
import { GrantPlan } from "../access/grant-plan";
import { AddressPlan } from "../addresses/address-plan";
import { isCountable } from "../addresses/demands";
import { ClusterSpec } from "../spec/cluster-spec";
import { ResolvedSpec, resolveSpec } from "../spec/resolved-spec";
import { SpecProps } from "../spec/spec-props";
import { copied } from "../spec/values";
import { ALL_RULES } from "./all-rules";
import { Finding } from "./finding";
import { ownFindings } from "./own/rules";
import { OtherCluster, Rule, RuleContext } from "./rule";

// Every construct that takes a description asks for its findings. Descriptions do not change.
const known = new WeakMap<ClusterSpec, Finding[]>();

/** Checks descriptions. */
export class SpecRules {
  /**
   * Returns all findings about a description, errors and warnings.
   *
   * @throws if it is not a description: something is missing, or has another type
   */
  public static check(props: SpecProps): Finding[] {
    const { spec } = props;
    const findings = known.get(spec) ?? checkedFindings(spec);
    known.set(spec, findings);
    return copied(findings);
  }
}

// JavaScript lets everything in.
function checkedFindings(spec: ClusterSpec): Finding[] {
  try {
    return computeFindings(spec);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Error(
        `Something in the description of the cluster "${spec.name}" has another type than ClusterSpec says: ${error.message}.`,
      );
    }
    throw error;
  }
}

function computeFindings(written: ClusterSpec): Finding[] {
  const spec = resolveSpec(written);
  const context = contextOf(spec, written);
  return [...ALL_RULES.flatMap((rule) => findingsOf(rule, context)), ...ownFindings(spec)];
}

function findingsOf(
  { code, severity = "error", source, check }: Rule,
  context: RuleContext,
): Finding[] {
  const findings = new Map<string, Finding>();
  check(context, (path, message, remedy, ...places) => {
    const related = places.length > 0 ? places : undefined;
    // The same violation may show at several grants.
    const key = [path, message, ...places].join(" ");
    if (!findings.has(key)) {
      findings.set(key, { code, severity, source, path, message, remedy, related });
    }
  });
  return [...findings.values()];
}

function contextOf(spec: ResolvedSpec, written: ClusterSpec): RuleContext {
  return {
    spec,
    written,
    get grants(): GrantPlan {
      return GrantPlan._ofResolved(spec);
    },
    get addresses(): AddressPlan | undefined {
      return isCountable(spec) ? AddressPlan._ofResolved(spec) : undefined;
    },
    get others(): OtherCluster[] {
      return spec.permissions.sharedWith
        .map(resolveSpec)
        .map((other) => ({ spec: other, grants: GrantPlan._ofResolved(other) }));
    },
  };
}

/** A finding in one line, for people. */
export function describeFinding({ code, path, message, remedy }: Finding): string {
  return `${code} at ${path}: ${message} ${remedy}`;
}
