// Another version of Kubernetes in the file: what Terraform changes with each channel, and that nothing is replaced.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { handOver } from "./life";
import { Attributes, PlannedChange, TerraformRoot } from "./terraform";
import { worldOf } from "./world";

const NO_UPGRADES = `upgrades: { channel: none }
exceptions:
  - { name: noUpgrades, reason: "The pipeline upgrades minor by minor." }
`;

/** A cluster whose rights and network are not looked at. */
const textWith = (version: string, upgrades: string, pool = ""): string => `name: bump
location: westeurope
resourceGroup: { name: bump-rg }
identities: { resourceGroup: { name: identity-rg } }
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes
  egress: { type: userDefinedRouting }
nodePools:
  system: { vmSize: Standard_D4ds_v5 }
  user:
    - { name: apps, vmSize: Standard_D8ds_v5${pool} }
    - { name: spot, vmSize: Standard_D8ds_v5, spot: {} }
diskEncryption: { type: platformManaged }
monitoring: { logAnalyticsWorkspace: { name: logs, resourceGroup: logs-rg } }
preflight: { identityGrants: off, peopleGrants: off, network: off, cluster: off }
kubernetesVersion: "${version}"
${upgrades}`;

/** The stack of the cluster, deployed by one description after the other. */
class Deployed {
  private readonly folder = newScratch();
  private readonly root = new TerraformRoot(this.folder, worldOf(this.folder, []));
  private isReady = false;

  /** What a description would change, and whether anything would. */
  public async plan(
    version: string,
    upgrades: string,
    edit: (json: string) => string = (json) => json,
    pool?: string,
  ): Promise<PlannedChange[]> {
    const scratch = newScratch();
    const file = join(scratch, "haks.yaml");
    writeFileSync(file, textWith(version, upgrades, pool));
    const outdir = join(scratch, "out");
    const { stacks } = synthesize({ file, outdir });
    mkdirSync(this.folder, { recursive: true });
    handOver(join(outdir, stacks[2]!.file), this.folder);
    const stack = join(this.folder, "cdk.tf.json");
    writeFileSync(stack, edit(readFileSync(stack, "utf8")));
    if (!this.isReady) {
      await this.root.init();
      this.isReady = true;
    }
    await this.root.plan();
    return this.root.planned();
  }

  public async apply(): Promise<void> {
    await this.root.apply();
  }
}

/** What is done with what there is, without what is left alone. */
function actionsIn(planned: PlannedChange[]): { [address: string]: string[] } {
  return Object.fromEntries(
    planned
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, change }) => [address, change.actions]),
  );
}

const CLUSTER = "azurerm_kubernetes_cluster.cluster";
const POOLS = ["apps", "spot"].map(
  (name) => `azurerm_kubernetes_cluster_node_pool.cluster_${name}`,
);
const ALL_IN_PLACE = Object.fromEntries(
  [CLUSTER, ...POOLS].map((address) => [address, ["update"]]),
);

/** The versions of the control plane and of all pools after a plan. */
function versionsIn(planned: PlannedChange[]): unknown[] {
  const after = (address: string): Attributes =>
    planned.find((one) => one.address === address)!.change.after;
  const [system] = after(CLUSTER).default_node_pool as Attributes[];
  return [
    after(CLUSTER).kubernetes_version,
    system!.orchestrator_version,
    ...POOLS.map((pool) => after(pool).orchestrator_version),
  ];
}

describeOffline("a new minor version", () => {
  test("with the channel none comes to the cluster and to all pools, in place", async () => {
    const deployed = new Deployed();
    await deployed.plan("1.35", NO_UPGRADES);
    await deployed.apply();
    const planned = await deployed.plan("1.36", NO_UPGRADES);
    expect(actionsIn(planned)).toEqual(ALL_IN_PLACE);
    expect(versionsIn(planned)).toEqual(["1.36", "1.36", "1.36", "1.36"]);
    await deployed.apply();
    expect(actionsIn(await deployed.plan("1.36", NO_UPGRADES))).toEqual({});
    const patched = await deployed.plan("1.36", "upgrades: { channel: patch }");
    expect(actionsIn(patched)).toEqual({ [CLUSTER]: ["update"] });
    expect(versionsIn(patched)).toEqual(["1.36", "1.36", "1.36", "1.36"]);
  });

  test("finds pools that were made without a version, and changes them in place once", async () => {
    const deployed = new Deployed();
    const without = (json: string) => json.replace(/\n *"orchestrator_version": "1.35",/g, "");
    const before = await deployed.plan("1.35", NO_UPGRADES, without);
    expect(JSON.stringify(before)).not.toContain('"orchestrator_version":"1.35"');
    await deployed.apply();
    // Whether the system pool is in it depends on what the state has of it.
    const { [CLUSTER]: ofCluster = ["update"], ...ofPools } = actionsIn(
      await deployed.plan("1.35", NO_UPGRADES),
    );
    expect({ [CLUSTER]: ofCluster, ...ofPools }).toEqual(ALL_IN_PLACE);
    await deployed.apply();
    expect(actionsIn(await deployed.plan("1.35", NO_UPGRADES))).toEqual({});
  });

  test("with the channel patch is asked for on the cluster alone", async () => {
    const deployed = new Deployed();
    const patch = "upgrades: { channel: patch }";
    await deployed.plan("1.35", patch);
    await deployed.apply();
    const planned = await deployed.plan("1.36", patch);
    expect(actionsIn(planned)).toEqual({ [CLUSTER]: ["update"] });
    expect(versionsIn(planned)[0]).toBe("1.36");
    expect(versionsIn(planned).slice(1)).not.toContain("1.36");
  });
});

const WINDOWS = `upgrades:
  channel: patch
  clusterWindow:
    frequency: RelativeMonthly
    weekIndex: Last
    dayOfWeek: Sunday
    interval: 2
    startTime: "02:00"
    notAllowed: [{ start: 2026-12-18T00:00:00Z, end: 2027-01-06T00:00:00Z }]
  nodeOsWindow: { frequency: AbsoluteMonthly, dayOfMonth: 3, startTime: "03:00" }
  forcedUntil: 2026-12-01T00:00:00Z
ignoreChanges: { cluster: [http_proxy_config], nodePools: { apps: [linux_os_config] }, tags: [createdOn] }
exceptions:
  - { name: forcedUpgrades, reason: "An API that nothing uses any more is removed." }
`;

describeOffline("fields about upgrades", () => {
  const PATCH = "upgrades: { channel: patch }";
  const POOL = ', upgrade: { maxUnavailable: "1", undrainableNodeBehavior: Cordon }';

  test("come and go in place", async () => {
    const deployed = new Deployed();
    await deployed.plan("1.35", PATCH);
    await deployed.apply();
    const [apps = ""] = POOLS;
    const inPlace = { [CLUSTER]: ["update"], [apps]: ["update"] };
    expect(actionsIn(await deployed.plan("1.35", WINDOWS, undefined, POOL))).toEqual(inPlace);
    await deployed.apply();
    expect(actionsIn(await deployed.plan("1.35", WINDOWS, undefined, POOL))).toEqual({});
    const planned = await deployed.plan("1.35", PATCH);
    expect(actionsIn(planned)).toEqual(inPlace);
    // Neither can be unset: azurerm would replace the pool, and fail for the cluster.
    const after = (address: string) => planned.find((one) => one.address === address)!.change.after;
    expect(after(apps).upgrade_settings).toMatchObject([{ undrainable_node_behavior: "Cordon" }]);
    expect(after(CLUSTER).upgrade_override).toMatchObject([{ force_upgrade_enabled: true }]);
    await deployed.apply();
    expect(actionsIn(await deployed.plan("1.35", PATCH))).toEqual({});
  });
});
