// Any backend that Terraform has, as declared.
import { TerraformBackend, TerraformRemoteState, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { entryOf } from "../spec/tables";
import { saysPlace } from "./settings-rules";
import { BackendSpec } from "./terraform-settings";

/** A backend as it is declared; without one, a state file in the folder that holds the output folder. */
export class DeclaredBackend extends TerraformBackend {
  private readonly config: { [key: string]: unknown };
  private readonly isComplete: boolean;

  public constructor(scope: Construct, backend: BackendSpec | undefined) {
    super(scope, "backend", backend?.backendType ?? "local");
    const stack = TerraformStack.of(this).node.id;
    this.isComplete = backend !== undefined && isComplete(backend);
    this.config = settingsOf(backend ?? { backendType: "local" }, stack);
  }

  public getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error(
      `[${this.node.path}] A stack does not read the state of another one. Look the resource up by name, or pass its id as input.`,
    );
  }

  /**
   * What is wrong if another stack of the program keeps its state in the same place.
   *
   * @internal
   */
  public _shared(): string[] {
    const place = (one: DeclaredBackend) => JSON.stringify([one.name, one.config]);
    const other = this.node.root.node
      .findAll()
      .find((one) => one instanceof DeclaredBackend && one !== this && place(one) === place(this));
    return other && this.isComplete
      ? [
          `The stack keeps its state in the same place as ${TerraformStack.of(other).node.path}. Write {stack} into the setting that tells states apart, such as key or path.`,
        ]
      : [];
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return this.config;
  }
}

// What is not said is given to terraform init: with azurerm, a key is in an account.
function isComplete(backend: BackendSpec): boolean {
  const { backendType, config = {} } = backend;
  return saysPlace(backend) && (backendType !== "azurerm" || "storage_account_name" in config);
}

// A local path is relative to the stack's folder, <output>/stacks/<stack>, where Terraform runs: cleaning the
// output folder must not clean away a state, and no path of a machine may get into the JSON.
const DEFAULTS: { readonly [type: string]: BackendSpec["config"] } = {
  azurerm: { key: "{stack}.tfstate" },
  local: { path: "../../../terraform.{stack}.tfstate" },
};

/** Returns the settings of a backend for a stack, with those that it gets by itself. */
export function settingsOf(
  { backendType, config }: BackendSpec,
  stack: string,
): { [key: string]: unknown } {
  const settings = { ...entryOf(DEFAULTS, backendType), ...config };
  return substitute(settings, stack) as { [key: string]: unknown };
}

function substitute(value: unknown, stack: string): unknown {
  if (typeof value === "string") {
    return value.replace(/\{stack\}/g, stack);
  }
  if (Array.isArray(value)) {
    return value.map((item) => substitute(item, stack));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, stack)]))
    : value;
}
