// Evaluates what a synthesized stack has for Terraform to find out, in a world that a test makes up.
import { Expression, Scope, parseTemplate } from "./parse";

/** Attributes of something in Terraform. */
export interface Attributes {
  readonly [attribute: string]: unknown;
}

/** A condition in Terraform JSON. */
export interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

interface Blocks {
  readonly [type: string]: { readonly [name: string]: Attributes };
}

/** The parts of a stack's JSON that are evaluated. */
export interface EvaluatedJson {
  readonly data?: Blocks;
  readonly resource?: Blocks;
  readonly locals?: Attributes;
  readonly check?: {
    readonly [name: string]: { readonly data?: Blocks; readonly assert: readonly Condition[] };
  };
}

/** What a data source finds, or what a resource has: its type, and its arguments as they are in the end. */
export type World = (type: string, args: Attributes) => Attributes;

/** The value of a text of Terraform JSON, such as `${lower(self.name)}`. */
export function evaluate(text: string, scope: Scope = {}): unknown {
  return parsed(text)(scope);
}

/** The sentences of those conditions that do not hold. */
export function failing(conditions: readonly Condition[], scope: Scope): string[] {
  return conditions
    .filter(({ condition }) => evaluate(condition, scope) !== true)
    .map(({ error_message: message }) => String(evaluate(message, scope)));
}

/**
 * What a stack can refer to in a world: locals, data sources and resources, each computed when it is asked for.
 *
 * @param more what else there is, such as `var`
 */
export function scopeOf(json: EvaluatedJson, world: World, more: Scope = {}): Scope {
  const nested = Object.values(json.check ?? {}).map(({ data = {} }) => data);
  const read = (blocks: Blocks) =>
    lazily(blocks, (found, type) =>
      lazily(found, (config) => attributesOf(type, config, scope, world)),
    );
  const scope: Scope = {
    ...more,
    ...read(json.resource ?? {}),
    local: lazily(json.locals ?? {}, (value) => deep(value, scope)),
    data: read(mergedTypes([json.data ?? {}, ...nested])),
  };
  return scope;
}

/** What Terraform itself looks at. */
const UNREAD = { for_each: undefined, lifecycle: undefined, provider: undefined };

function attributesOf(type: string, config: Attributes, scope: Scope, world: World): unknown {
  const read = (inner: Scope) => {
    const given = deep({ ...config, ...UNREAD }, inner) as Attributes;
    return { ...given, ...world(type, given) };
  };
  const each = config.for_each;
  return each === undefined
    ? read(scope)
    : lazily(deep(each, scope) as Attributes, (value, key) =>
        read({ ...scope, each: { key, value } }),
      );
}

function mergedTypes(all: Blocks[]): Blocks {
  const types = all.flatMap((blocks) => Object.keys(blocks));
  return Object.fromEntries(
    types.map((type) => [
      type,
      Object.assign({}, ...all.map((blocks) => blocks[type])) as Blocks[string],
    ]),
  );
}

/** Everything in a value, with its texts evaluated. */
function deep(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    return evaluate(value, scope);
  }
  if (Array.isArray(value)) {
    return value.map((item) => deep(item, scope));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          String(evaluate(key, scope)),
          deep(item, scope),
        ]),
      )
    : value;
}

function lazily<T>(
  of: { readonly [name: string]: T },
  compute: (value: T, name: string) => unknown,
): Scope {
  const made = {};
  for (const [name, value] of Object.entries(of)) {
    let known: { readonly value: unknown } | undefined;
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => (known ??= { value: compute(value, name) }).value,
    });
  }
  return made;
}

// The same texts are evaluated in many worlds.
const known = new Map<string, Expression>();

function parsed(text: string): Expression {
  const expression = known.get(text) ?? parseTemplate(text);
  known.set(text, expression);
  return expression;
}
