// The cluster stack while a cluster moves to its brought identities: it replaces nothing, and warns until the nodes have moved.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAbout, parsePlanLog } from "../../app/move/plan-log";
import { synthesize } from "../../app/synthesize";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { Attributes, TerraformRoot } from "./terraform";
import { SUBSCRIPTION, worldOf } from "./world";

const TEXT = `name: moved
location: westeurope
resourceGroup: { name: moved-rg }
identities: { resourceGroup: { name: identity-rg } }
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes
  egress: { type: loadBalancer }
nodePools:
  system: { vmSize: Standard_D4ds_v5 }
  user:
    - { name: apps, vmSize: Standard_D8ds_v5 }
diskEncryption: { type: platformManaged }
monitoring: { logAnalyticsWorkspace: { name: logs, resourceGroup: logs-rg } }
preflight: { identityGrants: off, peopleGrants: off, network: off }
`;

const CLUSTER = `${SUBSCRIPTION}/resourceGroups/moved-rg/providers/Microsoft.ContainerService/managedClusters/moved`;
const MADE = "99999999-0000-4000-8000-000000000001";
const OTHER = `${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/old`;

const made = [
  {
    client_id: "99999999-0000-4000-8000-000000000002",
    object_id: MADE,
    user_assigned_identity_id: OTHER.replace("identity-rg", "MC_moved").replace(
      "/old",
      "/moved-agentpool",
    ),
  },
];

const identity = (type: string, ids: string[]) => [
  { type, identity_ids: ids, principal_id: "", tenant_id: "" },
];

interface State {
  readonly resources: {
    readonly type: string;
    readonly mode: string;
    readonly instances: { attributes: Attributes }[];
  }[];
}

describeOffline("the cluster stack during a move", () => {
  const folder = newScratch();
  const root = new TerraformRoot(folder, worldOf(folder, []));
  const file = join(folder, "terraform.tfstate");
  let deployed: string;

  beforeAll(async () => {
    const scratch = newScratch();
    const description = join(scratch, "haks.yaml");
    writeFileSync(description, TEXT);
    const outdir = join(scratch, "out");
    const { stacks } = synthesize({ file: description, outdir });
    handOver(join(outdir, stacks[2]!.file), folder);
    await root.init();
    await root.plan();
    await root.apply();
    deployed = readFileSync(file, "utf8");
  });

  /** Puts the cluster into the state with other attributes. */
  function asExists(attributes: Attributes): void {
    const state = JSON.parse(deployed) as State;
    const cluster = state.resources.find(
      ({ type, mode }) => type === "azurerm_kubernetes_cluster" && mode === "managed",
    )!;
    const [instance] = cluster.instances;
    instance!.attributes = { ...instance!.attributes, ...attributes };
    writeFileSync(file, JSON.stringify(state));
  }

  async function actions(): Promise<string[]> {
    await root.plan();
    return (await root.planned())
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, change }) => `${change.actions.join()} ${address}`);
  }

  const UPDATE = "update azurerm_kubernetes_cluster.cluster";

  test.each<[string, Attributes, string[], string | undefined]>([
    [
      "has a service principal",
      {
        identity: [],
        kubelet_identity: [],
        service_principal: [
          { client_id: "88888888-0000-4000-8000-000000000001", client_secret: "" },
        ],
      },
      [UPDATE],
      "act as a service principal, and not as",
    ],
    [
      "has a system-assigned identity",
      { identity: identity("SystemAssigned", []), kubelet_identity: made },
      [UPDATE],
      `act as ${MADE}, and not as`,
    ],
    [
      "has another user-assigned identity",
      { identity: identity("UserAssigned", [OTHER]), kubelet_identity: made },
      [UPDATE],
      `act as ${MADE}, and not as`,
    ],
    [
      "has the kubelet identity of AKS",
      { kubelet_identity: made },
      [],
      `act as ${MADE}, and not as`,
    ],
    ["has moved", {}, [], undefined],
  ])("of a cluster that %s", async (_, attributes, changes, warning) => {
    asExists(attributes);
    expect(await actions()).toEqual(changes);
    const log = parsePlanLog(await root.planLog())!;
    expect(isAbout(log, CLUSTER)).toBe(true);
    expect(log.changes).toBe(changes.length);
    expect(log.diagnostics).toEqual(
      warning === undefined
        ? []
        : [
            expect.stringMatching(
              new RegExp(
                `^Check block assertion failed: .*${warning} the kubelet identity "moved-kubelet-mi".*Run az aks update --assign-kubelet-identity`,
              ),
            ),
          ],
    );
    // Each can be applied, and then changes nothing.
    await root.plan();
    await root.apply();
    expect(await root.plan()).toBe(false);
  });
});
