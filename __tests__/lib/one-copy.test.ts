// Two copies of the framework in one app.
import * as framework from "cdktf";
import { App, Aspects, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { ClusterStacks, HardenedCluster, ManagedIdentity, TeamStack } from "../../lib";
import { secondCopy } from "../node-modules";
import { SMALL, inScratch, planOf, render, stacksOf } from "../scenarios";

const other = secondCopy<typeof framework>("cdktf");
const ASPECT: framework.IAspect = { visit: () => undefined };

const sentence = (what: string): string =>
  `${what} is from another copy of the framework than the "cdktf" that hardened-aks uses`;

/** Synthesizes an app as programs do. */
function synthesize(add: (app: App) => void): void {
  inScratch((outdir) => {
    const app = new App({ outdir, stackTraces: false });
    new ClusterStacks(app, { plan: planOf(SMALL) });
    add(app);
    app.synth();
  });
}

test("the copies are two, and know the constructs of each other", () => {
  expect(other.App).not.toBe(App);
  expect(App.isApp(other.Testing.app())).toBe(true);
});

test("one copy is synthesized, with aspects and stacks", () => {
  expect(() => {
    synthesize((app) => {
      Aspects.of(new TerraformStack(app, "mine")).add(ASPECT);
      Aspects.of(app).add(ASPECT);
    });
  }).not.toThrow();
});

test("an app of the other copy fails", () => {
  const app = other.Testing.app();
  expect(() => new ClusterStacks(app, { plan: planOf(SMALL) })).toThrow(
    `[small-identities] ${sentence("The app")}, and no copy runs the aspects of another: import only "cdktf"`,
  );
});

test("a stack of the other copy fails, beside the stacks and around a construct", () => {
  expect(() => {
    synthesize((app) => new other.TerraformStack(app, "theirs"));
  }).toThrow(sentence("theirs"));
  const stack = new other.TerraformStack(Testing.app(), "theirs");
  const props = { name: "mi", resourceGroupName: "rg", location: "westeurope" };
  expect(() => new ManagedIdentity(stack, "mine", props)).toThrow(
    `[theirs/mine] ${sentence("theirs")}`,
  );
});

test.each<[string, string, (app: App) => framework.TerraformStack | App | HardenedCluster]>([
  ["the app", "The app", (app) => app],
  ["a stack", "small-cluster", (app) => app.node.findChild("small-cluster") as TerraformStack],
  [
    "a construct",
    "small-cluster/cluster",
    (app) => app.node.findChild("small-cluster").node.findChild("cluster") as HardenedCluster,
  ],
])("an aspect of the other copy on %s fails", (_, name, of) => {
  expect(() => {
    synthesize((app) => {
      other.Aspects.of(of(app)).add(ASPECT);
    });
  }).toThrow(sentence(name === "The app" ? "An aspect of The app" : `An aspect of ${name}`));
  expect(() => {
    synthesize((app) => {
      other.Aspects.of(of(app));
    });
  }).not.toThrow();
});

test("an element of the other copy fails", () => {
  expect(() => {
    synthesize((app) => {
      const stack = new TeamStack(app, "mine");
      new other.TerraformOutput(stack, "theirs", { value: "x" });
    });
  }).toThrow(sentence("mine/theirs"));
  expect(() => {
    synthesize((app) => new TerraformOutput(new TeamStack(app, "mine"), "ours", { value: "x" }));
  }).not.toThrow();
});

test("a stack that is taken out leaves the search to the next one", () => {
  const { identities, networkPermissions, cluster } = stacksOf(SMALL);
  other.Aspects.of(cluster).add(ASPECT);
  expect(() => render(networkPermissions)).not.toThrow();
  identities.node.scope!.node.tryRemoveChild(identities.node.id);
  expect(() => render(networkPermissions)).toThrow(sentence("An aspect of small-cluster"));
});
