// Facts about resources, in one local of Terraform: expressions that are plain text refer to tokens through it.
import { TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { literal } from "../../hcl/expressions";
import { referenceTo } from "../../hcl/resolved";

/** Facts about things, by the name of the thing. */
export class Facts {
  private readonly known: { [thing: string]: { readonly [fact: string]: unknown } } = {};
  private local?: TerraformLocal;

  public constructor(private readonly scope: Construct) {}

  /** Expression for the facts about a thing, an object. */
  public about(thing: string, facts: { readonly [fact: string]: unknown }): string {
    this.known[thing] = facts;
    this.local ??= new TerraformLocal(this.scope, "facts", this.known);
    return `${referenceTo(this.local)}[${literal(thing)}]`;
  }

  /** Expression for a value of the description: the value itself, unless only Terraform knows it. */
  public value(thing: string, fact: string, value: string): string {
    return Token.isUnresolved(value)
      ? `${this.about(thing, { [fact]: value })}.${fact}`
      : literal(value);
  }
}
