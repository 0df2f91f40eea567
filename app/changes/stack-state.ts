// What a stack makes of the state that an earlier version of it left: by `moved`, `removed` and `import`. Pure.
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";

/** A resource of a stack. */
export interface StackResource {
  /** `azurerm_subnet.nodes`, say. */
  readonly address: string;
  readonly type: string;
  readonly block: JsonObject;
}

/** What becomes of the resources of a stack. */
export interface Succession {
  /** What is there before and after, by the address of today. */
  readonly continued: { readonly before: StackResource; readonly after: StackResource }[];
  /** What Terraform creates. */
  readonly created: StackResource[];
  /** What Terraform takes into the state, since it exists, with its id. */
  readonly takenOver: { readonly resource: StackResource; readonly id: string }[];
  /** What Terraform forgets, and leaves as it is. */
  readonly letGo: StackResource[];
  /** What Terraform destroys: it is no longer part of the stack. */
  readonly destroyed: StackResource[];
}

/** Returns what becomes of the resources of a stack. */
export function successionOf(before: JsonObject, after: JsonObject): Succession {
  const state = new Map(resourcesOf(before).map((resource) => [resource.address, resource]));
  move(state, after);
  const now = resourcesOf(after);
  const added = now.filter(({ address }) => !state.has(address));
  const imports = new Map(blocks(after, "import").map(({ to, id }) => [text(to), text(id)]));
  const forgotten = new Set(blocks(after, "removed").map(({ from }) => text(from)));
  const addresses = new Set(now.map(({ address }) => address));
  const gone = [...state].filter(([address]) => !addresses.has(address));
  return {
    continued: now.flatMap((resource) => {
      const old = state.get(resource.address);
      return old ? [{ before: old, after: resource }] : [];
    }),
    created: added.filter(({ address }) => !imports.has(address)),
    takenOver: added.flatMap((resource) => {
      const id = imports.get(resource.address);
      return id === undefined ? [] : [{ resource, id }];
    }),
    letGo: gone.filter(([address]) => forgotten.has(address)).map(([, resource]) => resource),
    destroyed: gone.filter(([address]) => !forgotten.has(address)).map(([, resource]) => resource),
  };
}

/** Returns the resources of a stack. */
export function resourcesOf(stack: JsonObject): StackResource[] {
  return Object.entries(objectAt(stack, "resource")).flatMap(([type, named]) =>
    Object.entries(isObject(named) ? named : {}).flatMap(([name, block]) =>
      isObject(block) ? [{ address: `${type}.${name}`, type, block }] : [],
    ),
  );
}

// Terraform follows chains, and moves nothing to an address that is taken.
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
