// The common base of the stacks of all teams.
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  Aspects,
  TerraformDataSource,
  TerraformElement,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import { Construct, IConstruct, Node } from "constructs";
import { isKept } from "../hcl/kept";
import { refuseOtherCopies } from "../terraform/one-copy";
import { useAzurermLine } from "../terraform/azurerm-versions";
import { constrainProvider } from "../terraform/providers";
import { DeclaredBackend } from "./declared-backend";
import { RenderedStack, problemsWith } from "./rendered-stack";
import { refuseErrors } from "../rules/refuse-errors";
import { REQUIRED_VERSION, checkSettings } from "./settings-rules";
import { refuseSameNames } from "./stack-names";
import { stackName } from "./stack-prefix";
import { TeamStackProps } from "./terraform-settings";

/**
 * Constructs that only structure the tree have ids such as `the grants`, which are left out of
 * Terraform addresses. No name of Azure has a space, so that they meet no construct named after one.
 */
const STRUCTURE = "the ";

/**
 * A Terraform root module that one team owns: its provider, its backend, version constraints, and
 * addresses that people can read. Two elements with one address fail the synth, and so do two stacks of one
 * name in an app.
 */
export class TeamStack extends TerraformStack {
  /**
   * @param scope the app
   * @param id name of the stack, without blanks; `stackPrefix` precedes it
   * @param props the settings of Terraform; by default local state, and no aspects
   * @throws if the settings have a secret, or an invalid subscription, prefix or backend, or if another copy of the
   * framework made the app
   */
  public constructor(scope: Construct, id: string, props: TeamStackProps = {}) {
    super(scope, stackName(id, props));
    refuseOtherCopies(this);
    refuseErrors(this, checkSettings(props));
    refuseSameNames(this);
    useAzurermLine(this, props.azurermVersion);
    new AzurermProvider(this, "azurerm", {
      features: [{}],
      subscriptionId: props.subscriptionId,
      tenantId: props.tenantId,
      resourceProviderRegistrations: props.resourceProviderRegistrations ?? "none",
      storageUseAzuread: true,
    });
    constrainProvider(this, "azurerm");
    this.addOverride("terraform.required_version", props.requiredVersion ?? REQUIRED_VERSION);
    if ("terraform" in props) {
      // JavaScript lets it in, and the backend would be lost.
      throw new Error(
        `[${id}] The settings of Terraform stand in the properties of the stack: write backend, and not terraform.backend.`,
      );
    }
    const backend = new DeclaredBackend(this, props.backend);
    this.node.addValidation({ validate: () => backend._shared() });
    this.node.addValidation({ validate: () => duplicateAddresses(this) });
    for (const aspect of props.aspects ?? []) {
      Aspects.of(this).add(aspect);
    }
  }

  /**
   * Adds to the Terraform JSON of the stack.
   *
   * @throws if it changes a cluster, an identity or a role assignment, past the checks of changes to them
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in cdktf
  public override addOverride(path: string, value: any): void {
    const [block, type, name] = path.split(".");
    const reached = (element: IConstruct) =>
      TerraformResource.isTerraformResource(element) &&
      isKept(element) &&
      [undefined, element.terraformResourceType].includes(type) &&
      [undefined, element.friendlyUniqueId].includes(name);
    if (block === "resource" && this.node.findAll().some(reached)) {
      throw new Error(
        `An override of the stack ${this.node.path} at ${path} changes a cluster, an identity or a role assignment, past the checks of changes to them. Override the resource itself, which is node.defaultChild of its construct.`,
      );
    }
    super.addOverride(path, value);
  }

  /**
   * Returns the stack as Terraform JSON.
   *
   * @throws if it grants rights that it must not grant, also by overrides
   */
  public override toTerraform(): ReturnType<TerraformStack["toTerraform"]> {
    const json = super.toTerraform() as RenderedStack;
    const problems = this._problems(json);
    if (problems.length > 0) {
      throw new Error(problems.join("\n"));
    }
    return json;
  }

  /** @internal */
  protected _problems(json: RenderedStack): string[] {
    return problemsWith(this, json, () => undefined);
  }

  /**
   * The path of the construct within the stack, without the ids that only structure the tree.
   *
   * Other languages have the method of TerraformStack: the order in which the compiler lists the types of the
   * parameter depends on what it read first, and jsii compares it.
   *
   * @jsii ignore
   */
  protected override allocateLogicalId(tfElement: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(tfElement) ? tfElement.node : tfElement;
    const ids = node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map((construct) => construct.node.id)
      .filter(
        (id, index, all) => !id.startsWith(STRUCTURE) && !(isLast(index, all) && id === "Default"),
      );
    const name = ids.join("_").replace(/[^A-Za-z0-9_-]/g, "-");
    return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
  }
}

function isLast(index: number, all: unknown[]): boolean {
  return index === all.length - 1;
}

// cdktf merges two elements of one address without a word.
function duplicateAddresses(stack: TerraformStack): string[] {
  const owners = new Map<string, string[]>();
  for (const node of stack.node.findAll()) {
    for (const address of addressesOf(node)) {
      owners.set(address, [...(owners.get(address) ?? []), node.node.path]);
    }
  }
  return [...owners]
    .filter(([, paths]) => paths.length > 1)
    .map(
      ([address, paths]) =>
        `The address ${address} is used by ${paths.join(" and by ")}. Give one of them another id.`,
    );
}

function addressesOf(node: IConstruct): string[] {
  if (TerraformResource.isTerraformResource(node)) {
    return [`resource ${node.terraformResourceType}.${node.friendlyUniqueId}`];
  }
  return TerraformDataSource.isTerraformDataSource(node)
    ? [`data ${node.terraformResourceType}.${node.friendlyUniqueId}`]
    : [];
}
