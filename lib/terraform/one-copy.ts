// Refuses constructs and aspects of another copy of the framework: each copy runs its own aspects only, without a word
// about the others.
import { App, Aspects, TerraformElement, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { FRAMEWORK, LIBRARY } from "../spec/framework";
import { isAttached } from "./attached";

/**
 * A construct of this library.
 *
 * @internal
 */
export abstract class LibraryConstruct extends Construct {
  /**
   * @param scope the construct that it is a part of
   * @param id its id there
   * @throws if another copy of the framework made the app or the stack
   */
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    refuseOtherCopies(this);
  }
}

// The stacks of each app that look for other copies: one of them looks at the whole app.
const lookouts = new WeakMap<IConstruct, Set<IConstruct>>();

/**
 * Fails the synth if another copy of the framework made something in the app.
 *
 * @throws if it made the app or the stack of a construct
 */
export function refuseOtherCopies({ node: { path, root, scopes } }: IConstruct): void {
  const other = scopes.find(isOfOtherCopy);
  if (other) {
    throw new Error(`[${path}] ${sentence(nameOf(other))}`);
  }
  const stack = scopes.find((scope) => TerraformStack.isStack(scope));
  const known = lookouts.get(root) ?? new Set();
  if (stack && !known.has(stack)) {
    lookouts.set(root, known.add(stack));
    stack.node.addValidation({
      validate: () => ([...known].find(isAttached) === stack ? otherCopiesIn(root) : []),
    });
  }
}

function otherCopiesIn(root: IConstruct): string[] {
  const found = root.node.findAll().flatMap((node) => {
    const aspects = hasAspectsOfOtherCopy(node) ? [`An aspect of ${nameOf(node)}`] : [];
    return isOfOtherCopy(node) ? [nameOf(node), ...aspects] : aspects;
  });
  return found.map(sentence);
}

function nameOf({ node: { path } }: IConstruct): string {
  return path === "" ? "The app" : path;
}

function sentence(what: string): string {
  return `${what} is from another copy of the framework than the "${FRAMEWORK}" that ${LIBRARY} uses, and no copy runs the aspects of another: import only "${FRAMEWORK}", install it once (npm ls cdktf cdktn shows all copies), or use the package of hardened-aks for the other framework.`;
}

/** Whether a class of the other copy made a construct: the copies have the same symbols. */
function isOfOtherCopy(node: IConstruct): boolean {
  return (
    (App.isApp(node) && !(node instanceof App)) ||
    (TerraformStack.isStack(node) && !(node instanceof TerraformStack)) ||
    (TerraformElement.isTerraformElement(node) && !(node instanceof TerraformElement))
  );
}

// Each copy keeps aspects at a symbol that it does not share.
function hasAspectsOfOtherCopy(node: IConstruct): boolean {
  const values = node as unknown as { readonly [key: symbol]: unknown };
  return Object.getOwnPropertySymbols(node)
    .filter(({ description }) => description === "cdktf-aspects")
    .map((symbol) => values[symbol])
    .some((value) => !(value instanceof Aspects) && (value as Aspects).all.length > 0);
}
