// States of other stacks: the three stacks of a cluster read none, whatever asks for one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, AzurermBackend, DataTerraformRemoteStateLocal, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { ClusterPlan, ClusterStacks, TeamStack } from "../../lib";
import { SMALL, StackJson, inScratch, stacksOf } from "../scenarios";

describe("a state of another stack", () => {
  type Backend = (stack: TerraformStack) => unknown;
  const LOCAL: Backend = () => undefined;
  const REMOTE: Backend = (stack) =>
    new AzurermBackend(stack, {
      storageAccountName: "states",
      containerName: "states",
      key: "dns.tfstate",
    });

  /** Makes a plain stack with an account, and gives its name to `use`. */
  const synthWith = (backend: Backend, use: (name: string, app: App) => TerraformStack) =>
    inScratch((outdir) => {
      const app = new App({ outdir, stackTraces: false });
      const plain = new TerraformStack(app, "plain");
      backend(plain);
      new AzurermProvider(plain, "azurerm", { features: [{}] });
      const { name } = new ResourceGroup(plain, "group", { name: "dns-rg", location: "here" });
      const stack = use(name, app);
      app.synth();
      return JSON.parse(
        readFileSync(join(outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8"),
      ) as StackJson;
    });
  const lookUp = (stack: TerraformStack, name: string) => {
    new DataAzurermResourceGroup(stack, "mine", { name });
    return stack;
  };
  const READS = "reads the state of another stack";

  describe.each([
    ["beside the program", LOCAL],
    ["in an account", REMOTE],
  ])("%s", (_, backend) => {
    test.each(["identities", "networkPermissions", "cluster"] as const)(
      "is not read by the stack %s",
      (key) => {
        const synth = () =>
          synthWith(backend, (name, app) => {
            const stacks = new ClusterStacks(app, { plan: new ClusterPlan(SMALL) });
            return lookUp(stacks[key], name);
          });
        expect(synth).toThrow(
          /\[small-[a-z-]+\/cross-stack-reference-input-plain\] .*reads the state of another stack/,
        );
      },
    );

    test("can be read by an additional stack", () => {
      const { data } = synthWith(backend, (name, app) => lookUp(new TeamStack(app, "own"), name));
      expect(Object.keys(data?.terraform_remote_state ?? {})).toHaveLength(1);
    });
  });

  test.each<[string, string, (stack: TerraformStack) => unknown]>([
    [
      "as a lookup",
      "[small-cluster/mine/state] terraform_remote_state.mine_state",
      (stack) =>
        new DataTerraformRemoteStateLocal(new Construct(stack, "mine"), "state", { path: "x" }),
    ],
    [
      "as an override",
      "[small-cluster] terraform_remote_state.raw",
      (stack) => {
        stack.addOverride("data.terraform_remote_state.raw", { backend: "local" });
      },
    ],
    [
      "as outputs",
      "[small-cluster] tfe_outputs.raw",
      (stack) => {
        stack.addOverride("data.tfe_outputs.raw", { workspace: "w" });
      },
    ],
  ])("does not come in %s", (_, message, add) => {
    const { cluster } = stacksOf(SMALL);
    const rendered = () => Testing.synth(cluster);
    expect(rendered).not.toThrow();
    add(cluster);
    expect(rendered).toThrow(`${message} ${READS}`);
  });
});
