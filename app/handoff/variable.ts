// A variable that a pipeline sets: its type, the place of its value, and its validations. Pure.

/** A validation block of a Terraform variable. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** Place of the value of a variable in the synthesized JSON. */
export type Place =
  /** A subscription; `""` for that of the stack. */
  | { readonly kind: "subscription"; readonly subscription: string }
  | { readonly kind: "tenant" }
  | { readonly kind: "tags" }
  /** A resource group in a subscription; `""` for that of the stack. */
  | { readonly kind: "group"; readonly subscription: string; readonly group: string }
  /** A resource that the description names by name. */
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly subscription: string;
      readonly group: string;
      readonly name: string;
    }
  /** A resource that the description names by id. */
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "subnet"; readonly name: string }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "nodeResourceGroup"; readonly name: string }
  | { readonly kind: "blobContainer" }
  | { readonly kind: "key"; readonly id: string }
  /** The JSON already contains the variable. */
  | { readonly kind: "variable" };

/** A variable. */
export interface Variable {
  readonly name: string;
  readonly type: "string" | "map(string)";
  /** One sentence. */
  readonly description: string;
  /** Value in the description of the cluster; undefined if the variable is required, null if it is optional. */
  readonly value: unknown;
  readonly place: Place;
  readonly validations: Validation[];
  /** Noun in messages, such as `virtual network`. */
  readonly words?: string;
}

/** Returns the reference to a variable in an expression. */
export function referenceTo({ name }: Pick<Variable, "name">): string {
  return `var.${name}`;
}
