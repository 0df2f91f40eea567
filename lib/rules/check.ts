// Runs every rule over a description. Pure.
import { ClusterSpec } from "../spec/cluster-spec";
import { resolveSpec } from "../spec/resolved-spec";
import { SpecProps } from "../spec/spec-props";
import { copied } from "../spec/values";
import { ACCESS_RULES } from "./access-rules";
import { ADDRESS_RULES } from "./address-rules";
import { API_SERVER_RULES } from "./api-server-rules";
import { Finding } from "./finding";
import { HARDENING_RULES } from "./hardening-rules";
import { IDENTITY_RULES } from "./identity-rules";
import { MACHINE_RULES } from "./machine-rules";
import { NAMING_RULES } from "./naming-rules";
import { NETWORK_RULES } from "./network-rules";
import { OPERATION_RULES } from "./operation-rules";
import { OWN_GRANT_RULES } from "./own-grant-rules";
import { OWN_ROLE_RULES } from "./own-role-rules";
import { OWN_RULE_RULES, ownFindings } from "./own-rules";
import { OVERRIDE_RULES } from "./override-rules";
import { PEOPLE_RULES } from "./people-rules";
import { POD_NETWORK_RULES } from "./pod-network-rules";
import { PREFLIGHT_RULES } from "./preflight-rules";
import { RETIREMENT_RULES } from "./retirement-rules";
import { Rule } from "./rule";
import { SERVICE_RULES } from "./service-rules";
import { SHARED_RULES } from "./shared-rules";

/** Every rule, in the order in which findings are reported. */
export const ALL_RULES: Rule[] = [
  ...NAMING_RULES,
  ...PEOPLE_RULES,
  ...IDENTITY_RULES,
  ...NETWORK_RULES,
  ...POD_NETWORK_RULES,
  ...API_SERVER_RULES,
  ...ADDRESS_RULES,
  ...OPERATION_RULES,
  ...MACHINE_RULES,
  ...SERVICE_RULES,
  ...RETIREMENT_RULES,
  ...OVERRIDE_RULES,
  ...ACCESS_RULES,
  ...HARDENING_RULES,
  ...PREFLIGHT_RULES,
  ...OWN_GRANT_RULES,
  ...OWN_ROLE_RULES,
  ...SHARED_RULES,
  ...OWN_RULE_RULES,
];

// Every construct that takes a description asks for its findings. Descriptions do not change.
const known = new WeakMap<ClusterSpec, Finding[]>();

/** Checks descriptions. */
export class SpecRules {
  /**
   * Everything that is wrong with a description, errors and warnings; empty if nothing is.
   *
   * @throws if it is not a description: something is missing, or has another type
   */
  public static check(props: SpecProps): Finding[] {
    const { spec } = props;
    const findings = known.get(spec) ?? findingsOf(spec);
    known.set(spec, findings);
    return copied(findings);
  }
}

// JavaScript lets everything in.
function findingsOf(spec: ClusterSpec): Finding[] {
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

function computeFindings(spec: ClusterSpec): Finding[] {
  const resolved = resolveSpec(spec);
  return [
    ...ALL_RULES.flatMap(({ code, severity, source, check }) =>
      check(resolved, spec).map((violation) => ({ code, severity, source, ...violation })),
    ),
    ...ownFindings(spec),
  ];
}

/** A finding in one line, for people. */
export function describeFinding({ code, path, message, remedy }: Finding): string {
  return `${code} at ${path}: ${message} ${remedy}`;
}
