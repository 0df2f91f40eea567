// Fleets in one app: the work grows with the number of clusters, and not with its square.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { Node } from "constructs";
import { ClusterPlan, ClusterStacks } from "../../lib";
import { SMALL } from "../scenarios";

/** How many constructs are looked at while an app of so many clusters is made and synthesized. */
function visitsOf(clusters: number, search: (app: App) => void): number {
  const outdir = mkdtempSync(join(tmpdir(), "haks-fleet-"));
  const children = Object.getOwnPropertyDescriptor(Node.prototype, "children")!;
  let visits = 0;
  Object.defineProperty(Node.prototype, "children", {
    ...children,
    get(this: Node): unknown {
      visits += 1;
      return children.get?.call(this);
    },
  });
  try {
    const app = new App({ outdir, stackTraces: false });
    for (let index = 0; index < clusters; index++) {
      new ClusterStacks(app, { plan: new ClusterPlan({ ...SMALL, name: `fleet-${index}` }) });
      search(app);
    }
    app.synth();
    return visits;
  } finally {
    Object.defineProperty(Node.prototype, "children", children);
    rmSync(outdir, { recursive: true });
  }
}

describe("the work for a fleet", () => {
  const growth = (search: (app: App) => void) => {
    const [none, one, two] = [0, 1, 2].map((clusters) => visitsOf(clusters, search)) as [
      number,
      number,
      number,
    ];
    return (two - one) / (one - none);
  };

  test("is the same for each cluster, however many there are", () => {
    expect(growth(() => undefined)).toBeCloseTo(1, 2);
  });

  test("grows if something searches the whole app for each cluster", () => {
    expect(growth((app) => app.node.findAll())).toBeGreaterThan(1.05);
  });
});
