// Ids of a live cluster in another spelling, which an earlier version or Azure wrote into the state.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";
import { worldOf } from "./world";

const HUB = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/hub-rg/providers";
const ZONE = `${HUB}/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io`;
const SET = `${HUB}/Microsoft.Compute/diskEncryptionSets/aks-des`;

/** A cluster whose rights and network are not looked at. */
const textWith = (zone: string, set: string, more = ""): string => `name: kept
location: westeurope
resourceGroup: { name: kept-rg }
identities: { resourceGroup: { name: identity-rg } }
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes
  egress: { type: userDefinedRouting }
privateDns: { type: zone, zone: { id: ${zone} } }
nodePools:
  system: { vmSize: Standard_D4ds_v5 }
  user:
    - { name: apps, vmSize: Standard_D8ds_v5 }
diskEncryption: { type: customerManaged, diskEncryptionSet: { id: ${set} } }
monitoring: { logAnalyticsWorkspace: { name: logs, resourceGroup: logs-rg } }
preflight: { identityGrants: off, peopleGrants: off, network: off, cluster: off }
${more}`;

const REPLACEABLE = `exceptions:
  - { name: replaceableCluster, reason: "The cluster moves to another zone." }
`;

describeOffline("a cluster with ids in the state", () => {
  const folder = newScratch();
  const root = new TerraformRoot(folder, worldOf(folder, []));
  const state = join(folder, "terraform.tfstate");
  let deployed: string;

  /** Puts the stack of a description in place. */
  function describeAs(text: string): void {
    const scratch = newScratch();
    const file = join(scratch, "haks.yaml");
    writeFileSync(file, text);
    const outdir = join(scratch, "out");
    const { stacks } = synthesize({ file, outdir });
    mkdirSync(folder, { recursive: true });
    handOver(join(outdir, stacks[2]!.file), folder);
  }

  async function actions(): Promise<string[]> {
    await root.plan();
    return (await root.planned())
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, change }) => `${change.actions.join()} ${address}`);
  }

  beforeAll(async () => {
    describeAs(textWith(ZONE, SET));
    await root.init();
    await root.plan();
    await root.apply();
    deployed = readFileSync(state, "utf8");
  });

  beforeEach(() => {
    writeFileSync(state, deployed);
  });

  test("stays as it is if they are spelled differently", async () => {
    describeAs(textWith(ZONE, SET));
    const spelled = [ZONE, SET].reduce(
      (text, id) =>
        text.replaceAll(id, id.replace("resourceGroups", "resourcegroups").toUpperCase()),
      deployed,
    );
    expect(spelled).not.toBe(deployed);
    writeFileSync(state, spelled);
    expect(await actions()).toEqual([]);
  });

  test.each([
    ["private DNS zone", "privateDns.zone", textWith(ZONE.replace("hub-rg", "other-rg"), SET)],
    ["disk encryption set", "diskEncryption.diskEncryptionSet", textWith(ZONE, `${SET}-2`)],
  ])("is not replaced for another %s, and the plan says what to do", async (words, field, text) => {
    describeAs(text);
    const refusals = await root.refusals();
    expect(refusals.map(({ summary }) => summary)).toEqual(["Resource postcondition failed"]);
    expect(refusals[0]!.detail.replace(/\s+/g, " ")).toMatch(
      new RegExp(
        `The ${words} of the cluster "kept" is /subscriptions/.*/hub-rg/.*, and the description has another one in ${field}.*describe the one that the cluster has`,
      ),
    );
  });

  test("is replaced where that is allowed", async () => {
    describeAs(textWith(ZONE, `${SET}-2`, REPLACEABLE));
    expect(await actions()).toContain("delete,create azurerm_kubernetes_cluster.cluster");
    describeAs(textWith(ZONE, SET, REPLACEABLE));
    expect(await actions()).toEqual([]);
  });
});
