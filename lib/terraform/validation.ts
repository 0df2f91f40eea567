// Checks that constructs make before they create resources for a plan.
import { Annotations } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { describeFinding } from "../rules/check";
import { Finding } from "../rules/finding";

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
      `[${path}] The resource group "${name}" is missing: ${field}.create says that it is created. Create it in this stack, and pass its name as resourceGroupName; or leave create out.`,
    );
  }
}

/** Puts warnings where the command line shows them. */
export function annotateWarnings(construct: Construct, findings: readonly Finding[]): void {
  for (const finding of findings) {
    if (finding.severity === "warning") {
      Annotations.of(construct).addWarning(describeFinding(finding));
    }
  }
}
