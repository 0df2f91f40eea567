// Makes the rules part of a synth: nothing is made of a description that breaks one, whoever asks for it.
import { Annotations } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { WRONG_APART } from "../rules/acc";
import { SpecRules, describeFinding } from "../rules/check";
import { Finding } from "../rules/finding";
import { ClusterSpec } from "../spec/cluster-spec";

const together = new WeakSet<IConstruct>();

/** Says that all that is in a construct is deployed in one run, and not by one team after the other. */
export function deployTogether(construct: Construct): void {
  together.add(construct);
}

/**
 * Makes sure that a description breaks no rule, before anything is made of it.
 *
 * @throws with all findings, if it does
 */
export function requireValidSpec(construct: IConstruct, spec: ClusterSpec): void {
  const isTogether = construct.node.scopes.some((one) => together.has(one));
  const findings = SpecRules.check({ spec });
  refuseErrors(
    construct,
    isTogether ? findings.filter(({ code }) => !WRONG_APART.includes(code)) : findings,
  );
}

/**
 * Stops at findings that are errors.
 *
 * @throws with all of them, if there are any
 */
export function refuseErrors({ node: { path } }: IConstruct, findings: Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const place = path === "" ? "" : `[${path}] `;
    throw new Error(errors.map((finding) => `${place}${describeFinding(finding)}`).join("\n"));
  }
}

/**
 * Makes sure that a resource group is made if the description says so: stacks make it, and not what is in it.
 *
 * @throws if it is not
 */
export function requireMade(
  { node: { path } }: IConstruct,
  field: string,
  name: string,
  made: string | undefined,
): void {
  if (made === undefined) {
    throw new Error(
      `[${path}] Nobody makes the resource group "${name}", as ${field}.create says. Make it in this stack, and pass its name as resourceGroupName; or leave create out.`,
    );
  }
}

/** Puts the warnings of a description where the command line shows them. */
export function annotateWarnings(construct: Construct, spec: ClusterSpec): void {
  for (const finding of SpecRules.check({ spec })) {
    if (finding.severity === "warning") {
      Annotations.of(construct).addWarning(describeFinding(finding));
    }
  }
}
