// Texts with tokens, as they are in Terraform JSON.
import { DefaultTokenResolver, StringConcat, TerraformLocal, Token, Tokenization } from "cdktf";
import { IConstruct } from "constructs";

/** A text in which tokens have become expressions of Terraform. */
export function resolved(scope: IConstruct, text: string): string {
  return Token.isUnresolved(text)
    ? String(Tokenization.resolve(text, { scope, resolver: RESOLVER }))
    : text;
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** Expression for a local. */
export function referenceTo(local: TerraformLocal): string {
  return `local.${local.friendlyUniqueId}`;
}
