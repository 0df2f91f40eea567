// Makes the rules part of a synth: errors of a description stop it, whoever built the constructs.
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { SpecRules, describeFinding } from "../rules/check";
import { ClusterSpec } from "../spec/cluster-spec";

/** Fails the synth of a construct if its description breaks a rule. */
export function requireValidSpec(construct: Construct, spec: ClusterSpec): void {
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
