// Computes the effect of a stack on the state of its earlier version, with `moved`, `removed` and `import`. Pure.
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";

/** A resource of a stack. */
export interface StackResource {
  /** Address, such as `azurerm_subnet.nodes`. */
  readonly address: string;
  readonly type: string;
  readonly block: JsonObject;
}

/** Changes of the resources in a state. */
export interface StateChanges {
  /** Resources before and after, with the current address. */
  readonly continued: { readonly before: StackResource; readonly after: StackResource }[];
  /** Resources that Terraform creates. */
  readonly created: StackResource[];
  /** Existing resources that Terraform imports. */
  readonly imported: StackResource[];
  /** Resources that Terraform removes from the state, and leaves as they are. */
  readonly letGo: StackResource[];
  /** Resources that Terraform destroys, because they are no longer part of the stack. */
  readonly destroyed: StackResource[];
}

/** Returns the changes of the resources of a stack. */
export function stateChanges(before: JsonObject, after: JsonObject): StateChanges {
  const state = new Map(resourcesOf(before).map((resource) => [resource.address, resource]));
  move(state, after);
  const now = resourcesOf(after);
  const added = now.filter(({ address }) => !state.has(address));
  const imports = new Set(blocks(after, "import").map(({ to }) => text(to)));
  const forgotten = new Set(blocks(after, "removed").map(({ from }) => text(from)));
  const addresses = new Set(now.map(({ address }) => address));
  const gone = [...state].filter(([address]) => !addresses.has(address));
  return {
    continued: now.flatMap((resource) => {
      const old = state.get(resource.address);
      return old ? [{ before: old, after: resource }] : [];
    }),
    created: added.filter(({ address }) => !imports.has(address)),
    imported: added.filter(({ address }) => imports.has(address)),
    letGo: gone.filter(([address]) => forgotten.has(address)).map(([, resource]) => resource),
    destroyed: gone.filter(([address]) => !forgotten.has(address)).map(([, resource]) => resource),
  };
}

function resourcesOf(stack: JsonObject): StackResource[] {
  return Object.entries(objectAt(stack, "resource")).flatMap(([type, named]) =>
    Object.entries(isObject(named) ? named : {}).flatMap(([name, block]) =>
      isObject(block) ? [{ address: `${type}.${name}`, type, block }] : [],
    ),
  );
}

// Terraform follows chains of moves, and moves nothing to an address that is in use.
function move(state: Map<string, StackResource>, stack: JsonObject): void {
  const moves = blocks(stack, "moved");
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const one of moves) {
      const [from, to] = [text(one.from), text(one.to)];
      const resource = state.get(from);
      if (resource && !state.has(to)) {
        state.delete(from);
        state.set(to, resource);
        isMoving = true;
      }
    }
  }
}

function blocks(stack: JsonObject, name: string): JsonObject[] {
  const value = stack[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
