// The examples in TypeScript in the real terraform: all are valid; the sandbox, the two clusters and the additional
// grant are applied.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES, runExample } from "../examples";
import { INPUTS } from "../scenarios";
import { ENVIRONMENT } from "./environment";
import { handOver, liveStack } from "./life";
import { describeOffline } from "./offline";
import { twoAtATime } from "./processes";
import { clusterIn, managedIn, roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { State, TerraformRoot, Validation } from "./terraform";
import { assignmentsIn, finding, worldOf } from "./world";

/** The file of each stack of an example, in the order of deployment. */
function stacksOf(example: string): { readonly name: string; readonly file: string }[] {
  const folder = newScratch();
  return Object.entries(runExample(example))
    .map(([name, text]) => {
      mkdirSync(join(folder, name));
      const file = join(folder, name, "cdk.tf.json");
      writeFileSync(file, text);
      return { name, file };
    })
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
}

// Blue before green, and in each of them the identity team first.
function rank(name: string): number {
  const order = ["identities", "network-permissions", "cluster"];
  return order.findIndex((end) => name.endsWith(end)) + (name.startsWith("green") ? 10 : 0);
}

// Those that are byte for byte what a file becomes are looked at with the file.
const OTHERS = Object.keys(EXAMPLES).filter((name) => !(name in INPUTS));

test.each(OTHERS)("every stack of the example %s is valid", async (example) => {
  const check = async ({ name, file }: { name: string; file: string }) => {
    const root = new TerraformRoot(join(file, ".."));
    await root.init("-backend=false");
    return [name, await root.validate()] as [string, Validation];
  };
  const stacks = stacksOf(example);
  const found: [string, Validation][] = [];
  // Terraform's plugin cache is not made for two at a time.
  if (ENVIRONMENT.TF_PLUGIN_CACHE_DIR === undefined) {
    found.push(...(await twoAtATime(stacks, check)));
  } else {
    for (const stack of stacks) {
      found.push(await check(stack));
    }
  }
  expect(found.map(([name, { valid, diagnostics }]) => [name, valid, diagnostics])).toEqual(
    stacks.map(({ name }) => [name, true, []]),
  );
});

/** Applies the stacks of an example one after the other; those of clusters find what was granted before. */
async function live(example: string): Promise<Map<string, Lived>> {
  const scratch = newScratch();
  const lives = new Map<string, Lived>();
  for (const { name, file } of stacksOf(example)) {
    const folder = handOver(file, join(scratch, name));
    const states = [...lives.values()].map(({ applied }) => applied);
    const env = worldOf(folder, [finding(assignmentsIn(...states)), ...NETWORK]);
    const root = new TerraformRoot(folder, env);
    await root.init();
    await root.plan();
    lives.set(name, { applied: await root.apply(), changesAfter: await root.plan() });
  }
  return lives;
}

interface Lived {
  readonly applied: State;
  readonly changesAfter: boolean;
}

const NETWORK = [
  {
    type: "azurerm_subnet",
    values: { address_prefixes: ["172.16.0.0/16"], route_table_id: "/a/route/table" },
  },
  {
    type: "azurerm_virtual_network",
    values: { address_space: ["172.16.0.0/12"], location: "westeurope" },
  },
];

function statesOf(lives: Map<string, Lived>): State[] {
  return [...lives.values()].map(({ applied }) => applied);
}

describeOffline("plan and apply", () => {
  test("the sandbox is made in one run, has nothing left to change, and can be destroyed", async () => {
    const folder = handOver(stacksOf("sandbox")[0]!.file, newScratch());
    const { changesBefore, changesAfter, applied, refusalsToDestroy } = await liveStack(folder, {});
    expect([changesBefore, changesAfter, refusalsToDestroy]).toEqual([true, false, []]);
    const types = managedIn(applied).map(({ type }) => type);
    for (const type of [
      "azurerm_container_registry",
      "azurerm_kubernetes_cluster",
      "azurerm_nat_gateway",
      "azurerm_subnet",
      "azurerm_virtual_network",
    ]) {
      expect(types.filter((one) => one === type)).toHaveLength(1);
    }
    expect(roleAssignmentsIn(applied)).toHaveLength(5);
    const subnet = managedIn(applied).find(({ type }) => type === "azurerm_subnet");
    expect(roleAssignmentsIn(applied).map(({ values }) => values.scope)).toContain(
      subnet?.values.id,
    );
  });

  test("the two clusters share their kubelet identity, and no role assignment is made twice", async () => {
    const lives = await live("shared-kubelet");
    expect([...lives.values()].map(({ changesAfter }) => changesAfter)).toEqual(
      [...lives].map(() => false),
    );
    const [blue, green] = ["blue", "green"].map((name) =>
      clusterIn(lives.get(`${name}-cluster`)!.applied),
    );
    expect(blue?.values.kubelet_identity).toEqual(green?.values.kubelet_identity);
    expect(blue?.values.identity).not.toEqual(green?.values.identity);
    const names = statesOf(lives)
      .flatMap(roleAssignmentsIn)
      .map(({ values }) => values.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(7);
  });

  test("the additional grant is made by the NOC, and the plan of the cluster asks for it", async () => {
    const lives = await live("additional-grant");
    expect([...lives.values()].map(({ changesAfter }) => changesAfter)).toEqual(
      [...lives].map(() => false),
    );
    const states = statesOf(lives);
    const [identities, network] = states;
    const made = roleAssignmentsIn(network!).filter(({ values }) =>
      String(values.scope).endsWith("/providers/Microsoft.Network/dnsZones/apps.example.org"),
    );
    expect(made).toHaveLength(1);
    const [cluster] = stacksOf("additional-grant").slice(-1);
    const folder = handOver(cluster!.file, newScratch());
    const granted = assignmentsIn(identities!, network!).filter(
      ({ role_assignment_scope: scope }) => !scope.includes("dnsZones"),
    );
    const root = new TerraformRoot(folder, worldOf(folder, [finding(granted), ...NETWORK]));
    await root.init();
    expect((await root.refusals()).map(({ detail }) => detail.replace(/\s+/g, " "))).toEqual([
      expect.stringContaining(
        'The service principal "external-dns" lacks the role "AKS DNS Records (haks, dns-rg)" on the DNS zone "apps.example.org"',
      ),
    ]);
  });
});
