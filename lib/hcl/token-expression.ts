// Expressions with tokens in them, as one token: each function of `Fn` would be a separate token, which
// takes longer to make and to resolve than all the rest of a role assignment.
import { IResolvable, IResolveContext, Token, Tokenization } from "cdktf";
import { literal, template, templated } from "./expressions";

class TokenExpression implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly text: string) {}

  // As the functions of cdktf do: without braces if it is a part of another expression.
  public resolve(context: IResolveContext): string {
    const isPart = context.suppressBraces === true;
    context.suppressBraces = true;
    context.ignoreEscapes = true;
    const text = String(context.resolve(this.text));
    return isPart ? text : template(text);
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** A token for an expression of Terraform, the parts of which are made by `argument`. */
export function tokenFor(expression: string): string {
  return Token.asString(new TokenExpression(expression));
}

/** A text as it stands in an expression for `tokenFor`: a token as it is, the rest in quotes. */
export function argument(text: string): string {
  const { tokens, length } = Tokenization.reverseString(text);
  return tokens.length === 1 && length === 1
    ? text
    : tokens
        .map(String)
        .reduce(
          (quoted, token) => quoted.replace(templated(token), () => template(token)),
          literal(text),
        );
}
