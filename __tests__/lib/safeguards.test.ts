// What aspects may add to the safeguards of a resource, and that they take none of them away.
import { IAspect, TerraformResource, TerraformResourceLifecycle, Testing } from "cdktf";
import { IConstruct } from "constructs";
import { ClusterPlan } from "../../lib";
import { ClusterStack, IdentitiesStack } from "../../lib/stacks/stacks-by-team";
import { DEPLOYERS, SMALL } from "../scenarios";

type Lifecycle = TerraformResourceLifecycle;
interface Condition {
  readonly condition: unknown;
  readonly errorMessage: string;
}

/** Changes the lifecycle of all resources of a type. */
class Change implements IAspect {
  public constructor(
    private readonly type: string,
    private readonly change: (lifecycle: Lifecycle) => Lifecycle,
  ) {}

  public visit(node: IConstruct): void {
    if (
      TerraformResource.isTerraformResource(node) &&
      node.terraformResourceType === this.type &&
      node.lifecycle
    ) {
      node.lifecycle = this.change(node.lifecycle);
    }
  }
}

const PLAN = new ClusterPlan({ ...SMALL, access: { deployers: [DEPLOYERS] } });
const MORE: Condition = { condition: "${true}", errorMessage: "Never." };

/** What a stack says of a change. */
function said(
  key: "identities" | "cluster",
  type: string,
  change: (lifecycle: Lifecycle) => Lifecycle,
): string {
  const aspects = [new Change(`azurerm_${type}`, change)];
  const Stack = key === "cluster" ? ClusterStack : IdentitiesStack;
  const stack = new Stack(Testing.app(), "it", { plan: PLAN, aspects });
  try {
    Testing.synth(stack, true);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const conditions = (lifecycle: Lifecycle, kind: "precondition" | "postcondition") =>
  (lifecycle[kind] ?? []) as Condition[];

describe.each(["precondition", "postcondition"] as const)("the %ss of a cluster", (kind) => {
  const change = (how: (all: Condition[]) => Condition[]) =>
    said("cluster", "kubernetes_cluster", (lifecycle) => ({
      ...lifecycle,
      [kind]: how(conditions(lifecycle, kind)),
    }));

  test.each<[string, (all: Condition[]) => Condition[]]>([
    ["the first", (all) => all.slice(1)],
    ["the last", (all) => all.slice(0, -1)],
    ["all but one", (all) => all.slice(0, 1)],
    ["all", () => []],
  ])("cannot be taken away: %s", (_, how) => {
    expect(change(how)).toContain(`changes lifecycle.${kind},`);
  });

  test("cannot be changed, neither what holds nor what is said", () => {
    const changed = (field: keyof Condition) =>
      change(([first, ...others]) => [{ ...first!, [field]: "${true}" }, ...others]);
    expect(changed("condition")).toContain(`changes lifecycle.${kind},`);
    expect(changed("errorMessage")).toContain(`changes lifecycle.${kind},`);
  });

  test("can become more, in any order", () => {
    expect(change((all) => [MORE, ...[...all].reverse()])).toBe("");
  });
});

describe("the lifecycle", () => {
  test("of a cluster goes on ignoring what others change, and may ignore more", () => {
    const ignoring = (how: (all: string[]) => string[]) =>
      said("cluster", "kubernetes_cluster", (lifecycle) => ({
        ...lifecycle,
        ignoreChanges: how(lifecycle.ignoreChanges as string[]),
      }));
    expect(ignoring((all) => all.slice(1))).toContain("changes lifecycle.ignore_changes,");
    expect(ignoring((all) => all.slice(0, 1))).toContain("changes lifecycle.ignore_changes,");
    expect(ignoring((all) => [...all, "tags"])).toBe("");
  });

  test("of an identity goes on refusing to destroy it, and may have more", () => {
    const changed = (change: Lifecycle) =>
      said("identities", "user_assigned_identity", (lifecycle) => ({ ...lifecycle, ...change }));
    expect(changed({ preventDestroy: false })).toContain(
      "Something changed lifecycle.prevent_destroy of azurerm_user_assigned_identity.control_plane",
    );
    expect(changed({ createBeforeDestroy: true })).toBe("");
  });
});
