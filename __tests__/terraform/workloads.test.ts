// Three teams deploy the five stacks of a cluster with workloads; then the cluster is made again, with another issuer.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { synthesize } from "../../app/synthesize";
import { handoffsOf } from "../../app/handoff/handoff";
import { loadConfiguration } from "../../app/config/load";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { clusterIn, identitiesIn, managedIn, roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { PlannedChange, State, TerraformRoot } from "./terraform";
import { assignmentsIn, finding, fittingNetwork, worldOf } from "./world";

const CREDENTIAL = "azurerm_federated_identity_credential";
const TENANT = "66666666-6666-4666-8666-666666666666";
const issuerOf = (cluster: string) =>
  `https://westeurope.oic.prod-aks.azure.com/${TENANT}/0000000${cluster}-0000-4000-8000-000000000000/`;
const [FIRST, SECOND] = [issuerOf("1"), issuerOf("2")];

/** What a lookup of the cluster would leave in a state. */
const SECRET = "a-client-key-of-the-cluster";

/** What Azure gives of a cluster with Entra ID and without local accounts: no key, and no password. */
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
} as const;

type StackName = keyof typeof STACKS;

/** A stack in a folder of its team. */
interface Deployed {
  readonly root: TerraformRoot;
  readonly folder: string;
}

describeOffline("workloads", () => {
  const scratch = newScratch();
  const file = join(scratch, "haks.yaml");
  const stacks = new Map<StackName, Deployed>();
  const states = new Map<StackName, State>();
  /** Every state that there ever was, as text. */
  const texts: string[] = [];
  const json: string[] = [];
  const changesAfter: { [stack: string]: boolean } = {};
  let refusedIssuer: string[] = [];
  let before: State;
  let changes: PlannedChange[];
  let lost: string[] = [];

  /** Writes what Azure holds: what was granted, the network, and the cluster with its issuer. */
  function azure(folder: string, issuer: string): NodeJS.ProcessEnv {
    const { spec } = loadConfiguration(file);
    const granted = assignmentsIn(...states.values());
    const secret = [{ client_key: SECRET, password: SECRET }];
    return worldOf(
      folder,
      [
        { type: "azurerm_kubernetes_cluster", values: { kube_config: secret } },
        finding(granted),
        ...fittingNetwork(spec),
      ],
      [{ type: "azurerm_kubernetes_cluster", values: { oidc_issuer_url: issuer, ...KUBECONFIG } }],
    );
  }

  async function deploy(name: StackName, issuer: string): Promise<void> {
    const { folder } = stacks.get(name)!;
    const team = { ...azure(folder, issuer), TF_VAR_oidc_issuer_url: issuer };
    const root = new TerraformRoot(folder, name === "workloads" ? team : azure(folder, issuer));
    if (!states.has(name)) {
      await root.init();
    }
    await root.plan();
    states.set(name, await root.apply());
    texts.push(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
    changesAfter[`${name} with ${issuer}`] = await root.plan();
    stacks.set(name, { root, folder });
  }

  beforeAll(async () => {
    writeFileSync(
      file,
      JSON.stringify({
        extends: relative(scratch, resolve("__tests__/workloads.yaml")),
        subscriptionId: "00000000-0000-0000-0000-0000000000aa",
        exceptions: [
          { name: "noMonitoring", reason: "The lab has no log workspace." },
          { name: "replaceableCluster", reason: "The cluster is made again." },
        ],
      }),
    );
    const outdir = join(scratch, "out");
    const made = synthesize({ file, outdir });
    for (const [index, name] of (Object.keys(STACKS) as StackName[]).entries()) {
      const stack = join(outdir, made.stacks[index]!.file);
      json.push(readFileSync(stack, "utf8"));
      const folder = handOver(stack, join(scratch, STACKS[name].replace(" ", "-"), name));
      stacks.set(name, { folder, root: new TerraformRoot(folder) });
    }
    for (const name of stacks.keys()) {
      await deploy(name, FIRST);
    }
    before = states.get("workloads")!;
    // The cluster goes, and comes again. Nothing else is touched in between.
    const { root } = stacks.get("cluster")!;
    await root.plan("-destroy");
    const gone = await root.apply();
    lost = managedIn(gone).map(({ address }) => address);
    states.delete("cluster");
    await deploy("cluster", SECOND);
    const { folder } = stacks.get("workloads")!;
    const env = { ...azure(folder, SECOND), TF_VAR_oidc_issuer_url: SECOND };
    const workloads = new TerraformRoot(folder, env);
    await workloads.plan();
    changes = (await workloads.planned()).filter(({ change }) => !change.actions.includes("no-op"));
    await deploy("workloads", SECOND);
    await deploy("workloads-network", SECOND);
    const wrong = new TerraformRoot(folder, {
      ...env,
      TF_VAR_oidc_issuer_url: "https://example.com",
    });
    refusedIssuer = (await wrong.refusals()).map(({ detail }) => detail);
  });

  test("the five stacks are applied in order, and each second plan is empty", () => {
    expect([...stacks.keys()]).toEqual(Object.keys(STACKS));
    expect(Object.keys(changesAfter)).toHaveLength(8);
    expect(Object.values(changesAfter)).toEqual(Object.values(changesAfter).map(() => false));
  });

  test("the issuer of the first cluster is in all credentials, and then that of the second", () => {
    const issuersIn = (state: State) =>
      managedIn(state)
        .filter(({ type }) => type === CREDENTIAL)
        .map(({ values }) => values.issuer);
    expect(issuersIn(before)).toEqual([FIRST, FIRST, FIRST]);
    expect(issuersIn(states.get("workloads")!)).toEqual([SECOND, SECOND, SECOND]);
    expect(clusterIn(states.get("cluster")!).values.oidc_issuer_url).toBe(SECOND);
    expect(states.get("cluster")!.outputs.oidc_issuer_url).toBe(SECOND);
  });

  test("with another cluster, only the credentials change, in place", () => {
    expect(lost).toEqual([]);
    expect(changes.map(({ type, change }) => [type, ...change.actions])).toEqual(
      Array.from({ length: 3 }, () => [CREDENTIAL, "update"]),
    );
  });

  test("the identities of workloads keep their ids, and their rights", () => {
    const kept = (state: State) =>
      [...identitiesIn(state), ...roleAssignmentsIn(state)].map(({ address, values }) => [
        address,
        values.id,
        values.principal_id,
        values.client_id,
      ]);
    expect(kept(before)).toHaveLength(4);
    expect(kept(states.get("workloads")!)).toEqual(kept(before));
    expect(states.get("workloads")!.outputs).toEqual(before.outputs);
  });

  test("the NOC grants to the identity that the identity team made", () => {
    const [identity] = identitiesIn(before);
    const granted = roleAssignmentsIn(states.get("workloads-network")!);
    expect(granted.map(({ values }) => values.principal_id)).toEqual([
      identity!.values.principal_id,
    ]);
  });

  test("an issuer that is none of AKS is refused before anything changes", () => {
    expect(refusedIssuer.join()).toContain('"https://example.com" is not the OIDC issuer');
  });

  test.each(["root", "module"] as const)(
    "the folders that are handed over as %s are valid",
    async (kind) => {
      const late = handoffsOf(loadConfiguration(file), { kind }).slice(3);
      expect(late.map(({ stack }) => stack)).toEqual(["haks-workloads", "haks-workloads-network"]);
      for (const { stack, files } of late) {
        const folder = join(newScratch(), stack);
        mkdirSync(join(folder, "tests"), { recursive: true });
        for (const [name, text] of Object.entries(files)) {
          writeFileSync(join(folder, name), text);
        }
        const root = new TerraformRoot(folder);
        await root.init("-backend=false");
        expect(await root.validate()).toMatchObject({ valid: true, diagnostics: [] });
      }
    },
  );

  test("no state and no JSON holds a kubeconfig or a key", () => {
    expect(texts).toHaveLength(8);
    expect([...texts, ...json].filter(hasSecret)).toEqual([]);
    const { kube_admin_config: admin } = clusterIn(states.get("cluster")!).values;
    expect(admin).toEqual([]);
  });

  test("a stack that looks the cluster up would hold one", async () => {
    const folder = join(newScratch(), "lookup");
    mkdirSync(folder);
    const data = { cluster: { name: "haks", resource_group_name: "hardenedaks" } };
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { azurerm: { source: "hashicorp/azurerm" } } },
        provider: { azurerm: [{ features: [{}] }] },
        data: { azurerm_kubernetes_cluster: data },
      }),
    );
    const root = new TerraformRoot(folder, azure(folder, FIRST));
    await root.init();
    await root.plan();
    await root.apply();
    expect(hasSecret(readFileSync(join(folder, "terraform.tfstate"), "utf8"))).toBe(true);
  });
});

function hasSecret(text: string): boolean {
  const filled = /"(client_key|password|kube_config_raw|kube_admin_config_raw)": "[^"]+"/;
  return text.includes(SECRET) || filled.test(text) || /PRIVATE KEY|client-key-data/.test(text);
}
