// Whether a construct is still in its tree.
import { IConstruct } from "constructs";

/** Whether a construct and all around it are in the tree: a construct can be taken out again. */
export function isAttached({ node }: IConstruct): boolean {
  return node.scopes.every(
    (one) => !one.node.scope || one.node.scope.node.tryFindChild(one.node.id) === one,
  );
}
