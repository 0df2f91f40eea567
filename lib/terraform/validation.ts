// Makes the rules part of a synth: errors of a description stop it, whoever built the constructs.
import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { WRONG_APART } from "../rules/access-rules";
import { SpecRules, describeFinding } from "../rules/check";
import { ClusterSpec } from "../spec/cluster-spec";

// Several constructs of one stack can have one description.
const required = new WeakMap<TerraformStack, Set<ClusterSpec>>();

/** How the parts of a cluster are deployed. */
export enum Deployment {
  /** One after the other, each by its team. */
  APART = "apart",
  /** All in one run. */
  AT_ONCE = "at once",
}

/**
 * Fails the synth of a construct if its description breaks a rule. A stack says each finding once, and the first
 * construct that asks says how the cluster is deployed.
 */
export function requireValidSpec(
  construct: Construct,
  spec: ClusterSpec,
  deployment = Deployment.APART,
): void {
  const stack = TerraformStack.of(construct);
  const others = required.get(stack) ?? new Set<ClusterSpec>();
  if (others.has(spec)) {
    return;
  }
  required.set(stack, others.add(spec));
  construct.node.addValidation({
    validate: () =>
      SpecRules.check({ spec })
        .filter(({ severity }) => severity === "error")
        .filter(({ code }) => deployment === Deployment.APART || !WRONG_APART.includes(code))
        .map(describeFinding),
  });
}

/** Puts the warnings of a description where the command line shows them. */
export function annotateWarnings(construct: Construct, spec: ClusterSpec): void {
  for (const finding of SpecRules.check({ spec })) {
    if (finding.severity === "warning") {
      Annotations.of(construct).addWarning(describeFinding(finding));
    }
  }
}

/** Whether what a description says of grants breaks no rule. */
export function hasValidGrants(spec: ClusterSpec): boolean {
  return SpecRules.check({ spec }).every(
    ({ severity, path }) => severity !== "error" || !path.startsWith("permissions."),
  );
}
