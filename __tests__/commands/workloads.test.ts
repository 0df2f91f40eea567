// The command workloads, and the folders that are handed over for the stacks of workloads.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { main } from "../../app/cli/main";
import { loadConfiguration } from "../../app/config/load";
import { Handoff, handoffsOf } from "../../app/handoff/handoff";
import { StackJson, addressesOf } from "../scenarios";
import { newScratch } from "../terraform/scratch";

const FILE = "__tests__/workloads.yaml";
const CLIENT_ID = "88888888-8888-4888-8888-888888888888";
const ANNOTATION = "azure.workload.identity/client-id";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly annotations: { readonly [name: string]: unknown };
  };
}

function run(...args: string[]) {
  return command("workloads", "--config", FILE, ...args);
}

async function command(...args: string[]) {
  let [out, err] = ["", ""];
  const status = await main(args, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    colours: false,
  });
  return { status, out, err };
}

function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text).map((one) => one.toJS() as Manifest);
}

/** Runs the command with a file of outputs. */
function runWith(outputs: unknown) {
  const file = join(newScratch(), "outputs.json");
  writeFileSync(file, typeof outputs === "string" ? outputs : JSON.stringify(outputs));
  return run("--client-ids", file);
}

describe("the service accounts", () => {
  const ids = {
    workload_shop_client_id: { value: CLIENT_ID, type: "string", sensitive: false },
    workload_mail_client_id: { value: CLIENT_ID.replace("8", "9"), type: "string" },
  };

  test("have the client id of their identity", async () => {
    const { status, out } = await runWith(ids);
    expect(status).toBe(0);
    expect(
      manifestsIn(out).map(({ apiVersion, kind, metadata }) => [
        apiVersion,
        kind,
        `${metadata.namespace}/${metadata.name}`,
        metadata.annotations[ANNOTATION],
      ]),
    ).toEqual([
      ["v1", "ServiceAccount", "web/shop", CLIENT_ID],
      ["v1", "ServiceAccount", "jobs/worker", CLIENT_ID],
      ["v1", "ServiceAccount", "mail/mail", CLIENT_ID.replace("8", "9")],
    ]);
    expect(out).toContain('azure.workload.identity/use: "true"');
  });

  test("take the outputs of the cdktf command line, too", async () => {
    const { out } = await runWith({ "haks-workloads": { workload_shop_client_id: CLIENT_ID } });
    expect(manifestsIn(out)[0]?.metadata.annotations[ANNOTATION]).toBe(CLIENT_ID);
  });

  test("without it have an annotation that is no text, which Kubernetes refuses", async () => {
    const { status, out, err } = await run();
    expect([status, manifestsIn(out).length]).toEqual([0, 3]);
    for (const { metadata } of manifestsIn(out)) {
      expect(metadata.annotations[ANNOTATION]).toEqual({
        unknown: expect.stringContaining("haks-workloads") as string,
      });
    }
    expect(err).not.toContain("error");
  });

  test("come as JSON, too", async () => {
    const { out } = await run("--json");
    expect(JSON.parse(out)).toMatchObject({
      serviceAccounts: [{ kind: "ServiceAccount" }, {}, {}],
    });
  });

  test.each([
    ["no JSON", "{", "cannot be read as JSON"],
    ["no GUID", { workload_shop_client_id: { value: "a b" } }, '"a b", which is not a client id'],
  ])("are refused with outputs that are %s", async (_, outputs, message) => {
    const { status, out, err } = await runWith(outputs);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain(message);
  });

  test("are refused with a file that is not there", async () => {
    const { status, err } = await run("--client-ids", "nowhere.json");
    expect(status).toBe(1);
    expect(err).toContain("no such file");
  });
});

test("the stacks of a fleet come in stages after the clusters", async () => {
  const out = join(newScratch(), "fleet");
  const { status, err } = await command(
    "fleet",
    "--config",
    FILE,
    "--out",
    out,
    "--engine",
    "github",
  );
  expect([status, / error .*/.exec(err)]).toEqual([0, null]);
  const read = (name: string) =>
    JSON.parse(readFileSync(join(out, name), "utf8")) as { readonly [list: string]: object[] };
  expect(read("fleet.json").stacks?.slice(4)).toMatchObject([
    { name: "haks-cluster", team: "platform", stage: 5 },
    { name: "haks-workloads", team: "identity", stage: 6, dependsOn: ["haks-cluster"] },
    { name: "haks-workloads-network", team: "network", stage: 7, dependsOn: ["haks-workloads"] },
  ]);
  expect(read(join("engines", "github.json")).stages?.slice(5)).toMatchObject([
    { stage: 6, team: "identity" },
    { stage: 7, team: "network" },
  ]);
});

describe("check --previous", () => {
  test("reports a workload that goes, with its identity and its rights", async () => {
    const [before, after] = [newScratch(), newScratch()];
    const file = join(after, "haks.yaml");
    await command("synth", "--config", FILE, "--out", before);
    const text = readFileSync(FILE, "utf8").replace(/ {2}- name: mail\n[^]*/, "");
    writeFileSync(file, text.replace("../haks.yaml", relative(after, "haks.yaml")));
    const gone = await command("check", "--config", file, "--previous", before);
    expect(gone.status).toBe(3);
    expect(gone.out).toContain('"mail-mi" (workload identity) loses Key Vault Secrets User');
    expect(gone.out).toContain("Identity team, haks-workloads");
    expect(gone.out).not.toContain("shop");
    const same = await command("check", "--config", FILE, "--previous", before);
    expect(same.status).toBe(0);
  });
});

describe("the folders that are handed over", () => {
  const handoffs = (kind: "root" | "module", stacks?: string[]): Handoff[] =>
    handoffsOf(loadConfiguration(FILE), { kind, stacks });
  const json = ({ files }: Handoff, name: string) =>
    JSON.parse(files[name] ?? "{}") as { [block: string]: { [name: string]: object } };

  test.each(["root", "module"] as const)("are five, each a %s", (kind) => {
    expect(handoffs(kind).map(({ stack }) => stack)).toEqual([
      "haks-identities",
      "haks-network-permissions",
      "haks-cluster",
      "haks-workloads",
      "haks-workloads-network",
    ]);
  });

  test("have the variable of the issuer once, and say where it comes from", () => {
    const [folder] = handoffs("root", ["workloads"]);
    const { variable } = json(folder!, "variables.tf.json");
    expect(variable?.oidc_issuer_url).toMatchObject({
      nullable: false,
      validation: [{ condition: expect.stringContaining("oic") as string }],
    });
    expect(variable?.oidc_issuer_url).not.toHaveProperty("default");
    expect(json(folder!, "terraform.tf.json")).not.toHaveProperty("variable");
    expect(folder!.files["README.md"]).toContain(
      "Set `oidc_issuer_url` from the output `oidc_issuer_url` of `haks-cluster`",
    );
    const others = handoffs("root").filter(({ stack }) => stack !== "haks-workloads");
    for (const other of others) {
      expect(json(other, "variables.tf.json").variable).not.toHaveProperty("oidc_issuer_url");
    }
  });

  test("have the addresses of the stack", () => {
    const [folder] = handoffs("root", ["haks-workloads"]);
    const main = json(folder!, "main.tf.json") as unknown as StackJson;
    expect(addressesOf(main)).toEqual(
      expect.arrayContaining([
        "azurerm_user_assigned_identity.shop",
        "azurerm_federated_identity_credential.cluster_web_shop",
      ]),
    );
  });
});
