// Parses expressions of Terraform, as far as the library writes any: a text becomes a function of its scope.
import { FUNCTIONS, LAZY, isEqual } from "./functions";

/** What names stand for. */
export interface Scope {
  readonly [name: string]: unknown;
}

/** An expression, ready to be evaluated. */
export type Expression = (scope: Scope) => unknown;

/** A template as it stands in Terraform JSON: one expression alone keeps its type. */
export function parseTemplate(text: string): Expression {
  return new Parser(text).template();
}

const NAME = /[A-Za-z_][\w-]*/y;
const NUMBER = /\d+(\.\d+)?/y;
const BLANK = /\s*/y;

/** The binary operators, the weakest first. Both sides are evaluated, as Terraform 1.11 does. */
const OPERATORS: [RegExp, (a: unknown, b: unknown, operator: string) => unknown][] = [
  [/\|\|/y, (a, b) => [flag(a), flag(b)].some(Boolean)],
  [/&&/y, (a, b) => [flag(a), flag(b)].every(Boolean)],
  [/[=!]=/y, (a, b, operator) => isEqual(a, b) === (operator === "==")],
  [/[<>]=?/y, (a, b, operator) => compare(number(a), number(b), operator)],
  [/[+-]/y, (a, b, operator) => number(a) + (operator === "-" ? -number(b) : number(b))],
];

class Parser {
  private position = 0;

  public constructor(private readonly text: string) {}

  /** The whole text, or what stands between quotes. */
  public template(isQuoted = false): Expression {
    const parts: (string | Expression)[] = [];
    const isEnd = () => (isQuoted ? this.take(/"/y) : this.position >= this.text.length);
    while (!isEnd()) {
      const escaped = this.take(/\$\$\{|%%\{/y) ?? (isQuoted ? this.take(/\\./y) : undefined);
      if (escaped !== undefined) {
        parts.push(
          escaped.startsWith("\\") ? (JSON.parse(`"${escaped}"`) as string) : escaped.slice(1),
        );
      } else if (this.take(/\$\{/y)) {
        parts.push(this.expression());
        this.expect(/\}/y);
      } else {
        parts.push(this.take(/[^$%"\\]+|[^]/y) ?? this.fail("the end of a template"));
      }
    }
    const [first, ...others] = parts;
    return typeof first === "function" && others.length === 0
      ? first
      : (scope) =>
          parts.map((part) => (typeof part === "string" ? part : shown(part(scope)))).join("");
  }

  private expression(): Expression {
    const condition = this.binary(0);
    if (!this.token(/\?/y)) {
      return condition;
    }
    const yes = this.expression();
    this.expect(/:/y);
    const no = this.expression();
    return (scope) => (flag(condition(scope)) ? yes(scope) : no(scope));
  }

  private binary(level: number): Expression {
    const operator = OPERATORS[level];
    if (!operator) {
      return this.unary();
    }
    const [pattern, apply] = operator;
    let left = this.binary(level + 1);
    for (let found = this.token(pattern); found !== undefined; found = this.token(pattern)) {
      const [before, sign, right] = [left, found, this.binary(level + 1)];
      left = (scope) => apply(before(scope), right(scope), sign);
    }
    return left;
  }

  private unary(): Expression {
    if (this.token(/!/y)) {
      const of = this.unary();
      return (scope) => !flag(of(scope));
    }
    return this.postfix(this.primary());
  }

  private postfix(start: Expression): Expression {
    let made = start;
    for (;;) {
      const before = made;
      if (this.token(/\[\*\]/y)) {
        const each = this.postfix(({ item }) => item);
        return (scope) => list(before(scope)).map((item) => each(within(scope, { item })));
      } else if (this.token(/\[/y)) {
        const key = this.expression();
        this.expect(/\]/y);
        made = (scope) => attribute(before(scope), key(scope));
      } else if (this.token(/\.(?!\.)/y)) {
        const name = this.expect(NAME);
        made = (scope) => attribute(before(scope), name);
      } else {
        return made;
      }
    }
  }

  private primary(): Expression {
    if (this.token(/"/y)) {
      return this.template(true);
    }
    if (this.token(/\(/y)) {
      const inner = this.expression();
      this.expect(/\)/y);
      return inner;
    }
    if (this.token(/\[/y)) {
      return this.forExpression(/\]/y) ?? this.tuple(/\]/y);
    }
    if (this.token(/\{/y)) {
      return this.forExpression(/\}/y) ?? this.object();
    }
    const digits = this.token(NUMBER);
    return digits === undefined ? this.named() : () => Number(digits);
  }

  private named(): Expression {
    const name = this.expect(NAME);
    if (["true", "false", "null"].includes(name)) {
      return () => JSON.parse(name) as unknown;
    }
    if (!this.token(/\(/y)) {
      return (scope) => attribute(scope, name);
    }
    const parameters = this.expressions(/\)/y);
    const lazy = LAZY[name];
    if (lazy) {
      return (scope) => lazy(parameters.map((parameter) => () => parameter(scope)));
    }
    const apply = FUNCTIONS[name] ?? this.fail(`a function, and not ${name},`);
    return (scope) => {
      const values = parameters.map((parameter) => parameter(scope));
      if (values.includes(null)) {
        throw new Error(`${name} of null`);
      }
      return apply(...(values as never[]));
    };
  }

  private expressions(end: RegExp): Expression[] {
    const found: Expression[] = [];
    while (!this.token(end)) {
      found.push(this.expression());
      this.token(/,/y);
    }
    return found;
  }

  private tuple(end: RegExp): Expression {
    const items = this.expressions(end);
    return (scope) => items.map((item) => item(scope));
  }

  private object(): Expression {
    const items: [string, Expression][] = [];
    while (!this.token(/\}/y)) {
      const name = this.expect(NAME);
      this.expect(/=/y);
      items.push([name, this.expression()]);
      this.token(/,/y);
    }
    return (scope) => Object.fromEntries(items.map(([name, item]) => [name, item(scope)]));
  }

  private forExpression(end: RegExp): Expression | undefined {
    if (!this.token(/for\b/y)) {
      return undefined;
    }
    const names = [this.expect(NAME), ...(this.token(/,/y) ? [this.expect(NAME)] : [])];
    this.expect(/in\b/y);
    const collection = this.expression();
    this.expect(/:/y);
    const first = this.expression();
    const second = this.token(/=>/y) ? this.expression() : undefined;
    const isGrouped = this.token(/\.\.\./y) !== undefined;
    const condition = this.token(/if\b/y) ? this.expression() : () => true;
    this.expect(end);
    const scopes = (scope: Scope) =>
      entries(collection(scope))
        .map((entry): Scope => {
          const values = names.length === 2 ? entry : [entry[1]];
          return within(
            scope,
            Object.fromEntries(names.map((name, index) => [name, values[index]])),
          );
        })
        .filter((inner) => flag(condition(inner)));
    return (scope) =>
      second
        ? grouped(
            scopes(scope).map((one) => [String(first(one)), second(one)]),
            isGrouped,
          )
        : scopes(scope).map(first);
  }

  private token(pattern: RegExp): string | undefined {
    this.take(BLANK);
    return this.take(pattern);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const [found] = pattern.exec(this.text) ?? [];
    this.position += found?.length ?? 0;
    return found;
  }

  private expect(pattern: RegExp): string {
    return this.token(pattern) ?? this.fail(String(pattern));
  }

  private fail(wanted: string): never {
    throw new Error(
      `Expected ${wanted} at ${this.text.slice(this.position, this.position + 40)} in ${this.text}`,
    );
  }
}

/** A scope with more names, which is not copied: there is one for each item. */
function within(scope: Scope, names: Scope): Scope {
  return Object.assign(Object.create(scope) as Scope, names);
}

function grouped(pairs: [string, unknown][], isGrouped: boolean): unknown {
  if (!isGrouped) {
    return Object.fromEntries(pairs);
  }
  const groups: { [key: string]: unknown[] } = {};
  for (const [key, value] of pairs) {
    groups[key] = [...(groups[key] ?? []), value];
  }
  return groups;
}

function entries(collection: unknown): [unknown, unknown][] {
  return Array.isArray(collection)
    ? [...collection.entries()]
    : Object.entries(collection as object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function attribute(of: unknown, key: unknown): unknown {
  if (typeof of !== "object" || of === null || !(String(key) in of)) {
    throw new Error(`There is no ${String(key)} in ${JSON.stringify(of)}`);
  }
  return (of as { [key: string]: unknown })[String(key)];
}

function flag(value: unknown): boolean {
  if (typeof value !== "boolean") {
    throw new Error(`${JSON.stringify(value)} is neither true nor false`);
  }
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number") {
    throw new Error(`${JSON.stringify(value)} is no number`);
  }
  return value;
}

function compare(a: number, b: number, operator: string): boolean {
  const isBeyond = operator.startsWith(">") ? a > b : a < b;
  return isBeyond || (operator.endsWith("=") && a === b);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function shown(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") {
    return String(value);
  }
  throw new Error(`${JSON.stringify(value)} cannot be part of a text`);
}
