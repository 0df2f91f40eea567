// The check block of Terraform, for which cdktf has no class.
import { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { template } from "./expressions";

/** The requirement. */
export interface Condition {
  /** Expression of Terraform, without `${}`. */
  readonly holds: string;
  /** Error message: a template of Terraform. */
  readonly message: string;
}

/** A lookup of a check block: if it cannot be read, that is a warning. */
export interface CheckLookup {
  /** Type, such as `azurerm_subnet`. */
  readonly type: string;
  /** Its arguments, as Terraform spells them. */
  readonly config: { readonly [argument: string]: unknown };
}

/**
 * A check block: what does not hold in it is printed as a warning, and the run goes on.
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export class TerraformCheck extends TerraformElement {
  private readonly assertions: Condition[] = [];

  public constructor(
    scope: Construct,
    id: string,
    private readonly lookup?: CheckLookup,
  ) {
    super(scope, id);
  }

  /** Address of its lookup. */
  public get lookupAddress(): string {
    return `data.${this.lookup?.type ?? ""}.${this.friendlyUniqueId}`;
  }

  /** Adds what is to hold. A block without anything does not appear. */
  public add(assertions: Condition[]): void {
    this.assertions.push(...assertions);
  }

  public override toTerraform(): unknown {
    if (this.assertions.length === 0) {
      return {};
    }
    const id = this.friendlyUniqueId;
    const { type = "", config } = this.lookup ?? {};
    return {
      check: {
        [id]: {
          ...(config ? { data: { [type]: { [id]: config } } } : {}),
          assert: this.assertions.map(({ holds, message }) => ({
            condition: template(holds),
            error_message: message,
          })),
        },
      },
    };
  }
}
