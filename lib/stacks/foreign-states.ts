// Keeps the states of other stacks out of the stacks of a cluster.
import { TerraformRemoteState, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { RenderedStack } from "./rendered-stack";

/** Lookups that read a whole state, or all outputs in it. */
const READERS = ["terraform_remote_state", "tfe_outputs"];

/** Returns a message about each state that a rendered stack reads, by any means. */
export function foreignStates(stack: TerraformStack, { data = {} }: RenderedStack): string[] {
  return READERS.flatMap((type) =>
    Object.keys(data[type] ?? {}).map(
      (name) =>
        `[${pathOf(stack, name)}] ${type}.${name} reads the state of another stack, with all that is in it. A reference to something in another stack does the same. Look the resource up by its name, or take its id as a field of the description or as a variable.`,
    ),
  );
}

// cdktf writes no path into it, and an override has none.
function pathOf(stack: TerraformStack, name: string): string {
  const isIt = (element: IConstruct) =>
    element instanceof TerraformRemoteState && element.friendlyUniqueId === name;
  return (stack.node.findAll().find(isIt) ?? stack).node.path;
}
