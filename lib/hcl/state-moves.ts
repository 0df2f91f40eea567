// Changes of addresses in the state of a stack: resources move, are let go of, or are taken over.
import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct, Node } from "constructs";
import { addressOf } from "./addresses";

const ELEMENT = "the state moves";
const FORMER_ID = "hardened-aks:former-id";

interface LetGo {
  readonly type: string;
  readonly scope: IConstruct;
  readonly ids: readonly string[];
}

interface TakenOver {
  readonly resource: TerraformResource;
  readonly id: string;
}

/**
 * The blocks `moved`, `removed` and `import` of a stack.
 *
 * @see https://developer.hashicorp.com/terraform/language/moved
 */
class StateMoves extends TerraformElement {
  public static of(construct: IConstruct): StateMoves {
    const stack = TerraformStack.of(construct);
    const known = stack.node.tryFindChild(ELEMENT);
    return known instanceof StateMoves ? known : new StateMoves(stack, ELEMENT);
  }

  public readonly letGo: LetGo[] = [];
  public readonly takenOver: TakenOver[] = [];

  public override toTerraform(): object {
    const resources = this.cdktfStack.node
      .findAll()
      .filter((node) => TerraformResource.isTerraformResource(node));
    const today = new Set(resources.map(addressOf));
    const blocks = {
      moved: resources.flatMap((resource) => this.movesOf(resource, today)),
      removed: this.letGo.flatMap(({ type, scope, ids }) =>
        this.logicalIds([...scope.node.scopes.map(idsOf), ids])
          .map((id) => `${type}.${id}`)
          .filter((from) => !today.has(from))
          .map((from) => ({ from, lifecycle: { destroy: false } })),
      ),
      import: this.takenOver.map(({ resource, id }) => ({ to: addressOf(resource), id })),
    };
    return Object.fromEntries(Object.entries(blocks).filter(([, list]) => list.length > 0));
  }

  // Terraform refuses two moves to one address, and follows a chain of them. It refuses one from an address that a
  // resource has today, too.
  private movesOf(
    resource: TerraformResource,
    today: ReadonlySet<string>,
  ): { from: string; to: string }[] {
    const former = this.logicalIds(resource.node.scopes.map(idsOf))
      .slice(0, -1)
      .map((id) => `${resource.terraformResourceType}.${id}`)
      .filter((address) => !today.has(address));
    const addresses = [...former, addressOf(resource)];
    return addresses.slice(1).map((to, index) => ({ from: addresses[index]!, to }));
  }

  /** The logical ids of a path, from the oldest to that of today; `path` has the ids of each construct in it. */
  private logicalIds(path: readonly (readonly string[])[]): string[] {
    const stack = this.cdktfStack;
    const inStack = path.slice(stack.node.scopes.length);
    const count = Math.max(1, ...inStack.map((ids) => ids.length));
    const all = Array.from({ length: count }, (_, index) => {
      const scopes = inStack.map((ids) => ({
        node: { id: ids[Math.max(0, ids.length - count + index)] },
      }));
      return stack.getLogicalId({ scopes: [stack, ...scopes] } as unknown as Node);
    });
    return [...new Set(all)];
  }
}

function idsOf({ node }: IConstruct): string[] {
  const former = node.metadata.filter(({ type }) => type === FORMER_ID);
  return [...former.map(({ data }) => data as string), node.id];
}

/**
 * Says which ids a construct had in earlier versions, the oldest first: what a state holds of it moves to the
 * addresses of today.
 */
export function formerly(construct: IConstruct, ...ids: string[]): void {
  ids.forEach((id) => construct.node.addMetadata(FORMER_ID, id));
  StateMoves.of(construct);
}

/**
 * Lets Terraform forget a resource that is no longer a part of the stack, if the state holds it, without
 * destroying it.
 *
 * @param type type of the resource
 * @param scope the construct that it was a part of
 * @param ids its ids there, the oldest first
 */
export function letGo(type: string, scope: IConstruct, ...ids: string[]): void {
  StateMoves.of(scope).letGo.push({ type, scope, ids });
}

/** Lets Terraform take a resource that exists into the state, instead of creating it. Said twice, it counts once. */
export function takeOver(resource: TerraformResource, id: string): void {
  const { takenOver } = StateMoves.of(resource);
  if (!takenOver.some((one) => one.resource === resource)) {
    takenOver.push({ resource, id });
  }
}
