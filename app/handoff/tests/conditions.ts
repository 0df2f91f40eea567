// The conditions of a stack that a plan evaluates before Azure is asked for anything, and how each is broken. Pure.
import { Json, JsonObject, isObject, objectAt, textOf } from "../stack-json";
import { Source, sourcesOf } from "./sources";

/** A condition: an assertion of a check, a precondition, or a postcondition of a lookup. */
export interface TestedCondition {
  /** Name in the stack, as far as it has one. */
  readonly name: string;
  /** Address of the object that Terraform reports. */
  readonly address: string;
  /** Its lookups and variables. */
  readonly sources: Source[];
  readonly expression: string;
}

/** Returns the conditions of a stack. */
export function conditionsIn(stack: JsonObject): TestedCondition[] {
  const checks = Object.entries(objectAt(stack, "check")).flatMap(([name, check]) =>
    listOf((check as JsonObject).assert).map((assert) =>
      conditionOf(assert, { name, address: `check.${name}`, stack }),
    ),
  );
  const preconditions = blocksIn(objectAt(stack, "resource")).flatMap(({ address, block }) =>
    listOf(objectAt(block, "lifecycle").precondition).map((one) =>
      conditionOf(one, { name: address, address, stack }),
    ),
  );
  const lookups = lookupsIn(stack).flatMap(({ address, block }) =>
    listOf(objectAt(block, "lifecycle").postcondition).map((one) =>
      conditionOf(one, { name: address, address, stack, self: address }),
    ),
  );
  return [...preconditions, ...lookups, ...checks];
}

// An attribute of a resource of the stack.
const ATTRIBUTE = /(?<!data\.)\b(azurerm_\w+)\.([\w-]+)\.(\w+)/g;

/** Whether an expression is about a resource of the stack: its attributes are what its block says, until it exists. */
export function isAboutResource(expression: string): boolean {
  return expression.search(ATTRIBUTE) >= 0;
}

/** Returns the attributes of resources in an expression that their blocks do not set. */
export function computedIn(
  expression: string,
  stack: JsonObject,
): { readonly address: string; readonly attribute: string }[] {
  return [...expression.matchAll(ATTRIBUTE)].flatMap(([, type = "", name = "", attribute = ""]) =>
    attribute in objectAt(stack, "resource", type, name)
      ? []
      : [{ address: `${type}.${name}`, attribute }],
  );
}

/** A lookup of a stack. */
export interface Lookup {
  readonly type: string;
  readonly address: string;
  readonly block: JsonObject;
}

/** Returns the lookups of a stack, those of its checks included. */
export function lookupsIn(stack: JsonObject): Lookup[] {
  const inChecks = Object.values(objectAt(stack, "check")).map((check) =>
    objectAt(check as JsonObject, "data"),
  );
  return [objectAt(stack, "data"), ...inChecks]
    .flatMap(blocksIn)
    .map(({ address, ...rest }) => ({ ...rest, address: `data.${address}` }));
}

function blocksIn(types: JsonObject): Lookup[] {
  return Object.entries(types).flatMap(([type, names]) =>
    Object.entries(names as JsonObject).map(([name, block]) => ({
      type,
      address: `${type}.${name}`,
      block: block as JsonObject,
    })),
  );
}

interface Place {
  readonly name: string;
  readonly address: string;
  readonly stack: JsonObject;
  readonly self?: string;
}

function conditionOf(block: JsonObject, { name, address, stack, self }: Place): TestedCondition {
  const condition = textOf(block.condition);
  // Named conditions are entries of locals.
  const key = /^\$\{(?:length\()?local\.[\w-]+\["((?:[^"\\]|\\.)*)"\]/.exec(condition)?.[1];
  const expression = expressionOf(condition, stack);
  return {
    name: key ?? name,
    address,
    expression,
    sources: sourcesOf(condition, stack, self),
  };
}

function expressionOf(condition: string, stack: JsonObject): string {
  const [, local = "", key = ""] = /^\$\{local\.([\w-]+)\["(.*)"\]\}$/.exec(condition) ?? [];
  const entry = objectAt(stack, "locals", local)[key];
  return typeof entry === "string" ? entry : condition;
}

function listOf(value: Json | undefined): JsonObject[] {
  return [value ?? []].flat().filter(isObject);
}
