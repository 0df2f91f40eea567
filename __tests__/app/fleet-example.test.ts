// The descriptions of the example of a fleet: each is valid with the defaults, and so are all of them together.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { parse, stringify } from "yaml";
import { loadConfiguration } from "../../app/config/load";
import { FleetPlan, FleetStacks } from "../../lib";
import { inScratch, textOf } from "../scenarios";

const PLACE = join("examples", "fleet");
const CLUSTERS = readdirSync(join(PLACE, "clusters")).sort();

interface Fields {
  readonly [name: string]: unknown;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a file over those of the defaults. */
function over(defaults: Fields, own: Fields): Fields {
  const fields = Object.entries(own).map(([name, value]) => {
    const before = defaults[name];
    return [name, isFields(before) && isFields(value) ? over(before, value) : value];
  });
  return { ...defaults, ...(Object.fromEntries(fields) as Fields) };
}

/** The configuration of a cluster. */
function load(name: string, defaults = textOf(PLACE, "defaults.yaml")) {
  const { extends: base, ...own } = parse(textOf(PLACE, "clusters", name)) as Fields;
  expect(base).toBe("../defaults.yaml");
  return inScratch((folder) => {
    const file = join(folder, "haks.yaml");
    writeFileSync(file, stringify(over(parse(defaults) as Fields, own)));
    return loadConfiguration(file);
  });
}

test("the descriptions become the stacks of a fleet", () => {
  const files = CLUSTERS.map((name) => load(name));
  const fleet = new FleetPlan(files.map(({ spec }) => spec));
  const { clusters } = new FleetStacks(Testing.app(), { fleet, ...files[0]!.terraform });
  expect(clusters.map(({ cluster }) => cluster.node.id)).toEqual(
    CLUSTERS.map((name) => name.replace(".yaml", "-cluster")),
  );
  expect(fleet.clusters).toHaveLength(3);
});

test("a wrong default is found", () => {
  const wrong = textOf(PLACE, "defaults.yaml").replace("westeurope", "west europe");
  expect(() => load(CLUSTERS[0]!, wrong)).toThrow();
});
