// Each name of a stack is used once in an app.
import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { isAttached } from "../terraform/attached";

// The stacks of each app that look for names which are used twice: one of them looks for all.
const lookouts = new WeakMap<IConstruct, TerraformStack[]>();

/**
 * Fails the synth if two stacks of the app have one name, also if only the case of letters differs, as in file
 * systems that pass over it. cdktf writes both to one folder, and the first is lost.
 */
export function refuseSameNames(stack: TerraformStack): void {
  const { root } = stack.node;
  const known = lookouts.get(root) ?? [];
  lookouts.set(root, [...known, stack]);
  stack.node.addValidation({
    validate: () => (lookouts.get(root)?.find(isAttached) === stack ? sameNamesIn(root) : []),
  });
}

function sameNamesIn(root: IConstruct): string[] {
  const paths = new Map<string, string[]>();
  for (const { node } of root.node.findAll().filter((one) => TerraformStack.isStack(one))) {
    const name = node.id.toLowerCase();
    paths.set(name, [...(paths.get(name) ?? []), node.path]);
  }
  return [...paths.values()]
    .filter(({ length }) => length > 1)
    .map(
      (same) =>
        `The stacks ${same.join(" and ")} have the same name, so that each overwrites the one before it, and all have one state. Give each cluster a unique name, set terraform.stackPrefix, or use another id for your stack.`,
    );
}
