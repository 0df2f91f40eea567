// Parses the Terraform expressions in stacks, as far as comparing two of them needs it. Pure.

/** An expression: a string, a list, a function call, or the path of a reference. */
export type Expression =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly args: Expression[] }
  | { readonly kind: "reference"; readonly path: string[] };

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[A-Za-z_][\w-]*|\d+|[[\](),.])/y;

/** Returns an expression; undefined if its syntax is not supported. */
export function parseExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  const reader = new Reader(tokens ?? []);
  try {
    const expression = reader.expression();
    return tokens && reader.isAtEnd() ? expression : undefined;
  } catch (error) {
    if (error instanceof UnsupportedSyntax) {
      return undefined;
    }
    throw error;
  }
}

/** Returns the parts of a string: literals, and expressions in `${…}`. */
export function templateParts(
  text: string,
): { readonly text: string; readonly isExpression: boolean }[] {
  const parts = [];
  let rest = text;
  while (rest !== "") {
    const start = rest.indexOf("${");
    const literal = start < 0 ? rest : rest.slice(0, start);
    if (literal !== "") {
      parts.push({ text: literal, isExpression: false });
    }
    if (start < 0) {
      break;
    }
    const end = endOf(rest, start + 2);
    parts.push({ text: rest.slice(start + 2, end), isExpression: true });
    rest = rest.slice(end + 1);
  }
  return parts;
}

class UnsupportedSyntax extends Error {}

class Reader {
  private at = 0;

  public constructor(private readonly tokens: string[]) {}

  public isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  public expression(): Expression {
    const token = this.next();
    if (token.startsWith('"')) {
      return { kind: "text", text: JSON.parse(token) as string };
    }
    if (token === "[") {
      return { kind: "list", items: this.until("]") };
    }
    if (/^\d/.test(token)) {
      return { kind: "text", text: token };
    }
    if (!/^[A-Za-z_]/.test(token)) {
      throw new UnsupportedSyntax();
    }
    return this.takes("(")
      ? { kind: "call", name: token, args: this.until(")") }
      : { kind: "reference", path: this.path(token) };
  }

  private path(first: string): string[] {
    const path = [first];
    for (;;) {
      if (this.takes(".")) {
        path.push(this.next());
      } else if (this.takes("[")) {
        path.push(this.next().replace(/^"|"$/g, ""));
        this.expect("]");
      } else {
        return path;
      }
    }
  }

  private until(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.takes(end)) {
      items.push(this.expression());
      if (!this.takes(",")) {
        this.expect(end);
        break;
      }
    }
    return items;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) {
      throw new UnsupportedSyntax();
    }
    return token;
  }

  private takes(token: string): boolean {
    const isNext = this.tokens[this.at] === token;
    this.at += isNext ? 1 : 0;
    return isNext;
  }

  private expect(token: string): void {
    if (!this.takes(token)) {
      throw new UnsupportedSyntax();
    }
  }
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) {
      return undefined;
    }
    tokens.push(token);
  }
  return tokens;
}

// Returns the index of the brace that ends an expression; skips those in strings and in nested braces.
function endOf(text: string, start: number): number {
  let depth = 1;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isQuoted && character === "\\") {
      at++;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && character === "{") {
      depth++;
    } else if (!isQuoted && character === "}" && --depth === 0) {
      return at;
    }
  }
  return text.length;
}
