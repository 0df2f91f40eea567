// A fleet of twelve clusters that share a registry, a kubelet identity and a subnet: each is changed, removed and added
// again, and no role assignment that another one needs is missing or replaced at any time.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  FleetPlan,
  FleetStacks,
  GrantingTeam,
  Principal,
  ResourceReference,
  RoleSet,
} from "../../lib";
import { SMALL } from "../scenarios";
import { describeOffline } from "./offline";
import { roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";

const NAMES = Array.from({ length: 12 }, (_, index) => `cluster-${"abcdefghijkl"[index]}`);

const registry = (name: string) => ({
  registry: ResourceReference.byName({ name, resourceGroup: "registry-rg" }),
});

function cluster(name: string, more: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    ...SMALL,
    name,
    subscriptionId: "00000000-0000-0000-0000-0000000000aa",
    identities: { ...SMALL.identities, kubelet: { name: "fleet-kubelet-mi", existing: true } },
    registries: [registry("shared")],
    access: { deployers: [Principal.group("platform", "55555555-5555-4555-8555-555555555551")] },
    permissions: { roleSet: RoleSet.minimal() },
    ...more,
  };
}

/** Another subnet, another registry beside the shared one, and no deployer. */
const CHANGED: Partial<ClusterSpec> = {
  network: { ...SMALL.network, nodeSubnet: "other" },
  registries: [registry("shared"), registry("other")],
  access: {},
};

/** The stacks that grant, in the order in which they are deployed. */
function stacksOf(specs: ClusterSpec[], joining: string[] = []): Map<string, string> {
  const { identities, networkPermissions, clusters } = new FleetStacks(Testing.app(), {
    fleet: new FleetPlan(specs, joining),
  });
  const all = [
    identities,
    networkPermissions,
    ...clusters.flatMap((one) => [one.identities, one.networkPermissions]),
  ];
  return new Map(all.map((stack) => [stack.node.id, Testing.synth(stack)]));
}

/** The stacks that grant for a cluster that is deployed by itself. */
function stacksAlone(spec: ClusterSpec): Map<string, string> {
  const stacks = new ClusterStacks(Testing.app(), { plan: new ClusterPlan(spec) });
  return new Map(
    [stacks.identities, stacks.networkPermissions].map((stack) => [
      stack.node.id,
      Testing.synth(stack),
    ]),
  );
}

/** Role assignments by address, with their ids. */
type Assignments = ReadonlyMap<string, string>;

class DeployedFleet {
  private readonly folder = newScratch();
  private readonly texts = new Map<string, string>();
  public readonly assignments = new Map<string, Assignments>();

  /** Returns the ids of all role assignments in the states. */
  public ids(): Set<string> {
    return new Set([...this.assignments.values()].flatMap((one) => [...one.values()]));
  }

  /**
   * Deploys what changed, and empties the stacks that went.
   *
   * @param after called after each stack, with the ids that were deleted or replaced in it
   */
  public async deploy(
    stacks: ReadonlyMap<string, string>,
    after: (deleted: string[]) => void,
  ): Promise<void> {
    for (const [name, text] of stacks) {
      if (this.texts.get(name) !== text) {
        after(await this.apply(name, text));
      }
    }
    for (const name of [...this.texts.keys()].filter((one) => !stacks.has(one))) {
      after(await this.apply(name, emptied(this.texts.get(name)!)));
      this.texts.delete(name);
    }
  }

  private async apply(name: string, text: string): Promise<string[]> {
    const folder = join(this.folder, name);
    const root = new TerraformRoot(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), text);
    const override = { terraform: { backend: { local: {} } } };
    writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(override));
    if (!this.assignments.has(name)) {
      await root.init();
    }
    const before = this.assignments.get(name) ?? new Map<string, string>();
    const actions = await root.applied();
    const found = roleAssignmentsIn(await root.state());
    this.assignments.set(
      name,
      new Map(found.map(({ address, values }) => [address, String(values.id)])),
    );
    this.texts.set(name, text);
    return [...before].flatMap(([address, id]) =>
      actions.includes(`delete ${address}`) ? id : [],
    );
  }
}

/** A stack without anything, which destroys all that is in its state. */
function emptied(text: string): string {
  const { terraform, provider } = JSON.parse(text) as { [block: string]: unknown };
  return JSON.stringify({ terraform, provider });
}

describeOffline("a fleet", () => {
  const fleet = new DeployedFleet();
  const specs = NAMES.map((name) => cluster(name));
  const needed = new Map<string, Set<string>>();

  beforeAll(async () => {
    await fleet.deploy(stacksOf(specs), (deleted) => expect(deleted).toEqual([]));
    // What the others need is what they would have without it.
    for (const name of NAMES) {
      const apart = stacksOf(specs.filter((one) => one.name !== name));
      const ids = [...fleet.assignments].flatMap(([stack, assignments]) =>
        [...assignments].flatMap(([address, id]) => {
          const isNeeded = apart.get(stack)?.includes(`"${address.split(".")[1]!}": {`);
          return isNeeded ? id : [];
        }),
      );
      needed.set(name, new Set(ids));
    }
  });

  test("grants once what all of its clusters need", () => {
    const all = [...fleet.assignments.values()].flatMap((one) => [...one.values()]);
    expect(new Set(all).size).toBe(all.length);
    const shared = [...fleet.assignments.get("fleet-identities")!.keys()];
    expect(shared.filter((address) => address.includes("acrpull"))).toHaveLength(1);
  });

  test.each(NAMES)(
    "keeps the rights of the others when %s changes, goes and comes",
    async (name) => {
      const others = needed.get(name)!;
      expect(others.size).toBeGreaterThan(NAMES.length);
      const own = [...fleet.ids()].filter((id) => !others.has(id));
      expect(own).not.toHaveLength(0);
      const deletedAtAll: string[] = [];
      const check = (deleted: string[]): void => {
        deletedAtAll.push(...deleted);
        expect(deleted.filter((id) => others.has(id))).toEqual([]);
        const live = fleet.ids();
        expect([...others].filter((id) => !live.has(id))).toEqual([]);
      };
      const rest = specs.filter((one) => one.name !== name);
      await fleet.deploy(stacksOf([...rest, cluster(name, CHANGED)]), check);
      await fleet.deploy(stacksOf(rest), check);
      expect(new Set(fleet.ids())).toEqual(others);
      await fleet.deploy(stacksOf(specs), check);
      expect(own.every((id) => fleet.ids().has(id))).toBe(true);
      // Its own ones do go: the check can fail.
      expect(deletedAtAll.sort()).toEqual(expect.arrayContaining([...own].sort()));
    },
  );
});

describeOffline("a fleet that hands kinds of scopes to the other team", () => {
  test("revokes and replaces no right", async () => {
    const fleet = new DeployedFleet();
    // With built-in roles: the stand-ins make up another id of a custom role that is imported.
    const roleSet = RoleSet.builtIn();
    const specs = NAMES.slice(0, 2).map((name) => cluster(name, { permissions: { roleSet } }));
    await fleet.deploy(stacksOf(specs), (deleted) => expect(deleted).toEqual([]));
    const before = fleet.ids();
    const grantedBy = { registry: GrantingTeam.NETWORK, subnet: GrantingTeam.IDENTITY };
    const permissions = { roleSet, grantedBy };
    const handed = specs.map((spec) => ({ ...spec, permissions, previous: spec }));
    const of = (stack: string) => [...fleet.assignments.get(stack)!.keys()].join(" ");
    expect(of("fleet-identities")).toContain("acrpull");
    await fleet.deploy(stacksOf(handed), (deleted) => expect(deleted).toEqual([]));
    expect(fleet.ids()).toEqual(before);
    expect(of("fleet-identities")).not.toContain("acrpull");
    expect(of("fleet-identities")).toMatch(/_subnet-/);
    expect(of("fleet-network-permissions")).toContain("acrpull");
  });
});

describeOffline("a cluster that was deployed by itself", () => {
  const roleSet = { permissions: { roleSet: RoleSet.builtIn() } };
  const [alone, other] = NAMES.slice(0, 2).map((name) => cluster(name, roleSet));

  test("joins a fleet with the role assignments that it has", async () => {
    const fleet = new DeployedFleet();
    await fleet.deploy(stacksAlone(alone!), () => undefined);
    const before = fleet.ids();
    expect(before.size).toBeGreaterThan(4);
    const stacks = stacksOf([alone!, other!], [alone!.name]);
    const imports = [...stacks.values()].flatMap((text) => text.match(/"import": \[/g) ?? []);
    expect(imports).toHaveLength(2);
    await fleet.deploy(stacks, (deleted) => {
      expect(deleted).toEqual([]);
      // None is missing while the stacks are deployed.
      const live = fleet.ids();
      expect([...before].filter((id) => !live.has(id))).toEqual([]);
    });
    const shared = fleet.assignments.get("fleet-identities")!;
    expect([...shared.values()].filter((id) => before.has(id)).length).toBeGreaterThan(1);
    // Without the edit of the states they would be made again.
    const [first] = stacksOf([alone!, other!]).values();
    expect(first).not.toContain('"import"');
  });
});
