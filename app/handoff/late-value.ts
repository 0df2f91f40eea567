// What a pipeline sets late: one variable, what it is, where its value stands, and what it must look like. Pure.

/** A condition on a variable, as Terraform wants it. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** Where the value of a variable stands in the synthesized JSON. */
export type Place =
  /** The subscription of the stack, `""`, or another one. */
  | { readonly kind: "subscription"; readonly subscription: string }
  | { readonly kind: "tenant" }
  | { readonly kind: "tags" }
  /** A resource group in a subscription, `""` for the stack's own. */
  | { readonly kind: "group"; readonly subscription: string; readonly group: string }
  /** A resource that is described by its name. */
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly subscription: string;
      readonly group: string;
      readonly name: string;
    }
  /** A resource that is described by its id. */
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "subnet"; readonly name: string }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "nodeResourceGroup"; readonly name: string }
  | { readonly kind: "key"; readonly id: string }
  /** It stands there as a variable already. */
  | { readonly kind: "variable" };

/** One variable. */
export interface LateValue {
  readonly name: string;
  readonly type: "string" | "map(string)";
  /** One sentence. */
  readonly description: string;
  /** What the description of the cluster says; undefined if the pipeline has to set it, null if it may. */
  readonly value: unknown;
  readonly place: Place;
  readonly validations: Validation[];
  /** What it is called in messages, such as `virtual network`. */
  readonly words?: string;
}

/** The reference to a variable within an expression. */
export function referenceTo({ name }: Pick<LateValue, "name">): string {
  return `var.${name}`;
}
