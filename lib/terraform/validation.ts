// Makes the rules part of a synth: errors of a description stop it, whoever built the constructs.
import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { SpecRules, describeFinding } from "../rules/check";
import { ClusterSpec } from "../spec/cluster-spec";

// Several constructs of one stack can have one description.
const required = new WeakMap<TerraformStack, Set<ClusterSpec>>();

/** Fails the synth of a construct if its description breaks a rule. A stack says each finding once. */
export function requireValidSpec(construct: Construct, spec: ClusterSpec): void {
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
