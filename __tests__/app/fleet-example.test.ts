// The descriptions of the example of a fleet: each is valid with the defaults, and so are all of them together.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { loadFleet } from "../../app/fleet/load-fleet";
import { FleetStacks } from "../../lib";
import { textOf } from "../scenarios";

const PLACE = join("examples", "fleet", "clusters");
const CLUSTERS = readdirSync(PLACE).sort();

test("the descriptions become the stacks of a fleet", () => {
  const { plan, terraform, warnings } = loadFleet(CLUSTERS.map((name) => join(PLACE, name)));
  const { clusters } = new FleetStacks(Testing.app(), { fleet: plan, ...terraform });
  expect(clusters.map(({ cluster }) => cluster.node.id)).toEqual(
    CLUSTERS.map((name) => name.replace(".yaml", "-cluster")),
  );
  // They are about the defaults.
  expect(new Set(warnings.map(({ file }) => file))).toEqual(
    new Set([join("examples", "fleet", "defaults.yaml")]),
  );
});

test("the defaults have what the clusters share, and nothing of one of them", () => {
  const defaults = textOf("examples", "fleet", "defaults.yaml");
  for (const name of CLUSTERS) {
    expect(textOf(PLACE, name)).toMatch(/^extends: \.\.\/defaults\.yaml$/m);
    expect(defaults).not.toContain(name.replace(".yaml", ""));
  }
});
