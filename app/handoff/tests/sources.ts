// The lookups and variables that a condition of a stack depends on, through its locals. Pure.
import { Json, JsonObject, isObject, objectAt } from "../stack-json";

/** An attribute of a lookup, or a variable. */
export type Source =
  | { readonly kind: "data"; readonly address: string; readonly attribute: string }
  | { readonly kind: "variable"; readonly name: string };

const REFERENCE =
  /\bdata\.([\w-]+\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)|\bvar\.(\w+)|\bself\.(\w+)|\blocal\.([\w-]+)(?:\["((?:[^"\\]|\\.)*)"\])?(?:\.(\w+))?/g;

// Which definitions are read depends on all scopes: no condition is about them.
const READS_ROLES = "data.azurerm_role_definition.";

/**
 * Returns what an expression depends on, in the order in which it is read.
 *
 * @param self address of the lookup whose condition it is, if it is one
 */
export function sourcesOf(expression: string, stack: JsonObject, self?: string): Source[] {
  const known = new Set<string>();
  const found: Source[] = [];
  const read = (text: string): void => {
    for (const [reference, data, attribute, name, own, local, key, part] of text.matchAll(
      REFERENCE,
    )) {
      if (known.has(reference)) {
        continue;
      }
      known.add(reference);
      if (data !== undefined) {
        found.push({ kind: "data", address: `data.${data}`, attribute: attribute! });
      } else if (name !== undefined) {
        found.push({ kind: "variable", name });
      } else if (own !== undefined && self !== undefined) {
        found.push({ kind: "data", address: self, attribute: own });
      } else if (local !== undefined) {
        textsIn(valueOf(stack, local, key, part)).forEach(read);
      }
    }
  };
  read(expression);
  return found;
}

function valueOf(
  stack: JsonObject,
  local: string,
  key: string | undefined,
  part: string | undefined,
): Json | undefined {
  const whole = objectAt(stack, "locals")[local];
  const entry =
    key !== undefined && isObject(whole) ? whole[JSON.parse(`"${key}"`) as string] : whole;
  const value = part !== undefined && isObject(entry) ? entry[part] : entry;
  return typeof value === "string" && value.includes(READS_ROLES) ? undefined : value;
}

function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
