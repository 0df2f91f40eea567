// Three teams deploy the stacks of a cluster with workloads, add-ons, backups and locks; then the cluster is made again, with
// another issuer and other identities of add-ons.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { synthesize } from "../../app/synthesize";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { clusterIn, managedIn, roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { PlannedChange, State, TerraformRoot } from "./terraform";
import { Finds, assignmentsIn, finding, fittingNetwork, worldOf } from "./world";

const TENANT = "66666666-6666-4666-8666-666666666666";
const NODES = "MC_hardenedaks_haks_westeurope";
const [FIRST, SECOND] = ["1", "2"].map(
  (cluster) =>
    `https://westeurope.oic.prod-aks.azure.com/${TENANT}/0000000${cluster}-0000-4000-8000-000000000000/`,
) as [string, string];

/** The object ids of the identities that AKS makes with each of the clusters. */
const identityIds = (issuer: string) => ({
  "webapprouting-haks": `aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaa${issuer === FIRST ? "11" : "12"}`,
  "azurekeyvaultsecretsprovider-haks": `aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaa${issuer === FIRST ? "21" : "22"}`,
});

/** The object id of the identity of the backup extension of each of the clusters, and that of the Backup vault. */
const extensionId = (issuer: string) =>
  `aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaa${issuer === FIRST ? "31" : "32"}`;
const VAULT = "55555555-5555-4555-8555-5555555555b1";

/** A key that a lookup of the cluster would leave in a state. */
const SECRET = "a-client-key-of-the-cluster";
const KUBECONFIG = {
  kube_config: [{ client_certificate: "", client_key: "", password: "", username: "" }],
  kube_config_raw: "",
};

/** The stacks by their ends, in order, each with its team. */
const STACKS = {
  identities: "identity team",
  "network-permissions": "NOC",
  cluster: "platform team",
  workloads: "identity team",
  "workloads-network": "NOC",
  "add-ons": "identity team",
  "add-ons-network": "NOC",
} as const;

type StackName = keyof typeof STACKS;
const NAMES = Object.keys(STACKS) as StackName[];

describeOffline("add-ons", () => {
  const scratch = newScratch();
  const file = join(scratch, "haks.yaml");
  const folders = new Map<StackName, string>();
  const states = new Map<StackName, State>();
  /** Every state that there ever was, and every stack, as text. */
  const texts: string[] = [];
  const seconds: { [stack: string]: boolean } = {};
  let before = new Map<StackName, State>();
  let clusterExists = false;
  let tooEarly: string[] = [];
  let locked: PlannedChange[] = [];
  let refusals: string[] = [];
  let lifted: PlannedChange[] = [];
  let changes: PlannedChange[] = [];
  let gone: string[] = [];

  /** Writes what Azure holds: what was granted, the network and, with a cluster, the identities of its add-ons. */
  function azure(folder: string, issuer: string): NodeJS.ProcessEnv {
    const { spec } = loadConfiguration(file);
    const ofAddOns = Object.entries(identityIds(issuer)).map(([name, principalId]): Finds => {
      const match = { name, resource_group_name: NODES };
      const type = "azurerm_user_assigned_identity";
      return clusterExists
        ? { type, match, values: { principal_id: principalId } }
        : { type, match, error: `User Assigned Identity "${name}" was not found` };
    });
    return {
      ...worldOf(
        folder,
        [
          {
            type: "azurerm_kubernetes_cluster",
            values: { kube_config: [{ client_key: SECRET, password: SECRET }] },
          },
          finding(assignmentsIn(...states.values())),
          ...fittingNetwork(spec),
          ...ofAddOns,
        ],
        [
          {
            type: "azurerm_kubernetes_cluster",
            values: { oidc_issuer_url: issuer, ...KUBECONFIG },
          },
          {
            type: "azurerm_kubernetes_cluster_extension",
            values: {
              aks_assigned_identity: [
                { principal_id: extensionId(issuer), tenant_id: "", type: "" },
              ],
            },
          },
        ],
      ),
      TF_VAR_oidc_issuer_url: issuer,
      TF_VAR_backup_extension_principal_id: extensionId(issuer),
    };
  }

  /** Writes the description, and hands each team its stacks. */
  function describeCluster(locks: object): void {
    writeFileSync(
      file,
      JSON.stringify({
        extends: relative(scratch, resolve("__tests__/add-ons.yaml")),
        subscriptionId: "00000000-0000-0000-0000-0000000000aa",
        locks,
        exceptions: [
          { name: "noMonitoring", reason: "The lab has no log workspace." },
          { name: "replaceableCluster", reason: "The cluster is made again." },
        ],
      }),
    );
    const outdir = join(newScratch(), "out");
    const made = synthesize({ file, outdir });
    for (const [index, name] of NAMES.entries()) {
      const stack = join(outdir, made.stacks[index]!.file);
      texts.push(readFileSync(stack, "utf8"));
      const folder = folders.get(name) ?? join(scratch, STACKS[name].replace(" ", "-"), name);
      folders.set(name, handOver(stack, folder));
    }
  }

  function rootOf(name: StackName, issuer: string): TerraformRoot {
    const folder = folders.get(name)!;
    return new TerraformRoot(folder, azure(folder, issuer));
  }

  async function deploy(name: StackName, issuer: string): Promise<PlannedChange[]> {
    const root = rootOf(name, issuer);
    if (!states.has(name)) {
      await root.init();
    }
    await root.plan();
    const planned = (await root.planned()).filter(
      ({ change }) => !change.actions.every((one) => ["no-op", "read"].includes(one)),
    );
    states.set(name, await root.apply());
    clusterExists ||= name === "cluster";
    texts.push(readFileSync(join(folders.get(name)!, "terraform.tfstate"), "utf8"));
    seconds[`${name} with ${issuer}, ${Object.keys(seconds).length}`] = await root.plan();
    return planned;
  }

  beforeAll(async () => {
    describeCluster({ cluster: true, resourceGroup: true });
    for (const name of NAMES.slice(0, 2)) {
      await deploy(name, FIRST);
    }
    // Before the cluster, there are no identities of add-ons.
    const early = rootOf("add-ons", FIRST);
    await early.init();
    tooEarly = (await early.refusals()).map(({ detail, summary }) => `${summary} ${detail}`);
    for (const name of NAMES.slice(2, 5)) {
      await deploy(name, FIRST);
    }
    locked = await deploy("add-ons", FIRST);
    await deploy("add-ons-network", FIRST);
    before = new Map(states);
    // A lock that the description has does not go by an accident.
    refusals = (await rootOf("add-ons", FIRST).refusals("-destroy")).map(
      ({ detail, summary }) => `${summary} ${detail}`,
    );
    // The cluster goes, after its locks, and comes again. Nothing else is touched in between.
    describeCluster({ cluster: false });
    lifted = await deploy("add-ons", FIRST);
    const cluster = rootOf("cluster", FIRST);
    await cluster.plan("-destroy");
    gone = managedIn(await cluster.apply()).map(({ address }) => address);
    states.delete("cluster");
    clusterExists = false;
    await deploy("cluster", SECOND);
    await deploy("workloads", SECOND);
    changes = await deploy("add-ons", SECOND);
    await deploy("add-ons-network", SECOND);
    describeCluster({ cluster: true, resourceGroup: true });
    await deploy("add-ons", SECOND);
  });

  const grantedIn = (name: StackName, all = states) =>
    roleAssignmentsIn(all.get(name)!)
      .map(({ values }) => `${String(values.role_definition_name)} ${String(values.principal_id)}`)
      .sort();

  test("the stacks are applied in order, and each second plan is empty", () => {
    expect(Object.values(seconds)).toHaveLength(13);
    expect(Object.values(seconds).filter((changed) => changed)).toEqual([]);
  });

  test("before the cluster, there is nothing to grant rights to", () => {
    expect(tooEarly.join()).toMatch(/webapprouting-haks.* was not found/);
  });

  test.each([
    [FIRST, () => before],
    [SECOND, () => states],
  ])("the identities of the cluster with the issuer %s have their rights", (issuer, all) => {
    const { "webapprouting-haks": routing, ...more } = identityIds(issuer);
    const [provider] = Object.values(more);
    expect(grantedIn("add-ons", all())).toEqual([
      `Key Vault Certificate User ${routing}`,
      `Key Vault Secrets User ${provider}`,
      `Reader ${VAULT}`,
      `Storage Blob Data Contributor ${extensionId(issuer)}`,
    ]);
    expect(all().get("cluster")!.outputs.backup_extension_principal_id).toBe(extensionId(issuer));
    expect(grantedIn("add-ons-network", all())).toEqual([`DNS Zone Contributor ${routing}`]);
  });

  test("the cluster stack holds no role assignment", () => {
    expect(roleAssignmentsIn(states.get("cluster")!)).toEqual([]);
    expect(roleAssignmentsIn(states.get("add-ons")!)).not.toEqual([]);
  });

  test("the Backup vault reaches the cluster, and the control plane writes snapshots into their group", () => {
    const binding = "azurerm_kubernetes_cluster_trusted_access_role_binding";
    const found = managedIn(before.get("add-ons")!).filter(({ type }) => type === binding);
    expect(found.map(({ values }) => values.kubernetes_cluster_id)).toEqual([
      clusterIn(before.get("cluster")!).values.id,
    ]);
    const onGroups = roleAssignmentsIn(before.get("identities")!)
      .filter(({ values }) => String(values.scope).endsWith("/resourceGroups/haks-snapshots"))
      .map(({ values }) => values.role_definition_name);
    expect(onGroups.sort()).toEqual(["Contributor", "Reader"]);
  });

  test("the locks are on the cluster and on its group, and only the description lifts them", () => {
    const locks = locked.filter(({ type }) => type === "azurerm_management_lock");
    const group = "/subscriptions/00000000-0000-0000-0000-0000000000aa/resourceGroups/hardenedaks";
    expect(locks.map(({ change }) => (change.after as { scope: string }).scope)).toEqual([
      clusterIn(before.get("cluster")!).values.id,
      group,
    ]);
    expect(refusals.join()).toContain("azurerm_management_lock");
    expect(lifted.map(({ type, change }) => [type, ...change.actions])).toEqual([
      ["azurerm_management_lock", "delete"],
      ["azurerm_management_lock", "delete"],
    ]);
  });

  test("with another cluster, the rights of its add-ons are made again, and nothing else", () => {
    expect(gone).toEqual([]);
    const again = ["azurerm_role_assignment", "delete", "create"];
    expect(changes.map(({ type, change }) => [type, ...change.actions])).toEqual([
      again,
      again,
      again,
    ]);
  });

  test("the workloads keep their identities and rights", () => {
    const kept = (all: Map<StackName, State>) =>
      (["workloads", "workloads-network"] as const).flatMap((name) =>
        managedIn(all.get(name)!)
          .filter(({ type }) => type !== "azurerm_federated_identity_credential")
          .map(({ address, values }) => [address, values.id, values.principal_id]),
      );
    expect(kept(before)).toHaveLength(10);
    expect(kept(states)).toEqual(kept(before));
    const issuers = managedIn(states.get("workloads")!).flatMap(
      ({ values }) => values.issuer ?? [],
    );
    expect(issuers).toEqual([SECOND, SECOND, SECOND, SECOND]);
  });

  test("no state and no JSON holds a kubeconfig or a key", () => {
    expect(texts).toHaveLength(3 * NAMES.length + 13);
    const filled = /"(client_key|password|kube_config_raw|kube_admin_config_raw)": "[^"]+"/;
    const hasSecret = (text: string) =>
      text.includes(SECRET) || filled.test(text) || /PRIVATE KEY|client-key-data/.test(text);
    expect(texts.filter(hasSecret)).toEqual([]);
    expect(hasSecret(`"client_key": "${SECRET}"`)).toBe(true);
  });
});
