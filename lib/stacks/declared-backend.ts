// Any backend that Terraform has, as declared.
import { TerraformBackend, TerraformRemoteState, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isAttached } from "../terraform/attached";
import { saysPlace, settingsOf } from "./backend-types";
import { BackendSpec, BackendType } from "./terraform-settings";

// The backends of each app by the place of the state, so that no stack searches the app for them.
const places = new WeakMap<IConstruct, Map<string, DeclaredBackend[]>>();

/**
 * A backend as it is declared; without one, a state file in the folder that holds the output folder. There is
 * always one, also if it writes nothing: cdktf adds a backend to a stack that has none.
 */
export class DeclaredBackend extends TerraformBackend {
  private readonly config: { [key: string]: unknown };
  private readonly isComplete: boolean;
  // All backends of the app that keep a state in this place, with this one.
  private readonly neighbours: DeclaredBackend[];

  public constructor(scope: Construct, backend: BackendSpec | undefined) {
    const type = backend?.backendType ?? BackendType.LOCAL;
    // Backends of cdktf have the id "backend".
    super(scope, type === BackendType.NONE ? "no backend" : "backend", type);
    const stack = nameOf(this);
    this.isComplete = backend !== undefined && isComplete(backend);
    this.config = settingsOf(backend ?? { backendType: BackendType.LOCAL }, stack);
    this.neighbours = neighboursIn(this.node.root, JSON.stringify([this.name, this.config]));
    this.neighbours.push(this);
  }

  public getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error(
      `[${this.node.path}] A stack does not read the state of another one. Look the resource up by name, or pass its id as input.`,
    );
  }

  /**
   * Returns an error if another stack of the program keeps its state in the same place. Stacks of one name are
   * refused for that.
   *
   * @internal
   */
  public _shared(): string[] {
    const other = this.isComplete
      ? this.neighbours.find((one) => nameOf(one) !== nameOf(this) && isAttached(one))
      : undefined;
    return other
      ? [
          `The stack keeps its state in the same place as ${TerraformStack.of(other).node.path}. Write {stack} into the setting that tells states apart, such as key or path.`,
        ]
      : [];
  }

  public override toTerraform(): object {
    const json = super.toTerraform() as {
      readonly terraform: { readonly backend: { readonly [type: string]: object } };
    };
    switch (this.name) {
      case BackendType.NONE:
        return {};
      case BackendType.CLOUD:
        return { terraform: { cloud: json.terraform.backend[BackendType.CLOUD] } };
      default:
        return json;
    }
  }

  public override toMetadata(): object {
    return this.name === BackendType.NONE ? {} : (super.toMetadata() as object);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return this.config;
  }
}

function nameOf(backend: DeclaredBackend): string {
  return TerraformStack.of(backend).node.id;
}

function neighboursIn(root: IConstruct, place: string): DeclaredBackend[] {
  const known = places.get(root) ?? new Map<string, DeclaredBackend[]>();
  places.set(root, known);
  const found = known.get(place) ?? [];
  known.set(place, found);
  return found;
}

// Settings that are left out are passed to terraform init: with azurerm, a key is in an account.
function isComplete(backend: BackendSpec): boolean {
  const { backendType, config = {} } = backend;
  return saysPlace(backend) && (backendType !== "azurerm" || "storage_account_name" in config);
}
