// The folders that are handed over, and the program that writes them. __tests__/terraform has what only
// terraform can tell.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coloured } from "../../app/cli/io";
import { main } from "../../app/cli/main";
import { Progress } from "../../app/cli/progress";
import { helpText } from "../../app/cli/program";
import { loadConfiguration } from "../../app/config/load";
import { helpWithCommands, pageWithCommands } from "../../build/docs/commands";
import { backendOf } from "../../app/handoff/backend";
import { Files, FolderProps, folderOf, stackFor } from "../../app/handoff/folder";
import { Handoff, HandoffOptions, handoffsOf } from "../../app/handoff/handoff";
import { Json, JsonObject, isObject } from "../../app/handoff/stack-json";
import { changeTexts } from "../../app/handoff/template";
import { forTerraform } from "../../app/handoff/validations";
import { renderJson } from "../../app/review/json";
import { BackendSpec, BackendType, ClusterPlan } from "../../lib";
import { NAME_RULES } from "../../lib/spec/naming";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { version } from "../../package.json";
import { rootsOf, textsOf } from "../examples";
import { INPUTS, StackJson, addressesOf, inScratch, specOf, textOf } from "../scenarios";

const CLUSTER = 2;

function handoffs(name: string, options: HandoffOptions): Handoff[] {
  return handoffsOf(loadConfiguration(INPUTS[name]!), options);
}

function jsonOf({ files }: Pick<Handoff, "files">, name: string): JsonObject {
  return JSON.parse(files[name] ?? "{}") as JsonObject;
}

function variablesOf(handoff: Handoff): { [name: string]: JsonObject } {
  return jsonOf(handoff, "variables.tf.json").variable as { [name: string]: JsonObject };
}

const ROOTS = Object.fromEntries(Object.keys(INPUTS).map((name) => [name, rootsOf(name)]));
const LATE = handoffs("enterprise", { kind: "root", identities: "variable" });
const MODULES = handoffs("every-feature", { kind: "module", identities: "variable" });
const ALL: [string, Handoff][] = [...Object.values(ROOTS).flat(), ...LATE, ...MODULES].map(
  (one) => [one.stack, one],
);

describe.each(Object.keys(INPUTS))("the root modules of %s", (name) => {
  const roots = ROOTS[name]!;

  test("have the addresses of the stacks", () => {
    const stacks = Object.values(textsOf(name)).map((text) =>
      addressesOf(JSON.parse(text) as StackJson),
    );
    expect(
      roots.map((root) => addressesOf(jsonOf(root, "main.tf.json") as unknown as StackJson)),
    ).toEqual(stacks);
  });

  test("have the constraints of the stacks, and a backend with nothing but its key", () => {
    for (const root of roots) {
      expect(root.files["terraform.tf"]).toMatch(
        /^terraform \{\n {2}required_version = ">= 1.7.0"\n\}\n/,
      );
      expect(jsonOf(root, "terraform.tf.json")).toMatchObject({
        terraform: {
          required_providers: { azurerm: { source: "hashicorp/azurerm", version: "~> 4.55" } },
        },
      });
      expect(jsonOf(root, "backend.tf.json")).toEqual({
        terraform: { backend: { azurerm: { key: `${root.stack}.tfstate` } } },
      });
      expect(root.files["example.tfbackend"]).not.toMatch(/^key\b/m);
    }
  });

  test("grant nothing in the platform team's folder", () => {
    const [identities = "", network = "", cluster = ""] = roots.map(
      (root) => root.files["main.tf.json"],
    );
    const writes =
      /"azurerm_(role_assignment|role_definition|federated_identity_credential|management_lock)"/;
    const writing = [identities, network].map((text) =>
      JSON.stringify((JSON.parse(text) as JsonObject).resource),
    );
    expect(writing.every((text) => writes.test(text))).toBe(true);
    expect(JSON.stringify((JSON.parse(cluster) as JsonObject).resource)).not.toMatch(writes);
  });
});

describe("the backend of a root module", () => {
  const STACK = "haks-cluster";
  const CONTAINER = { container_name: "tfstate" };
  const ACCOUNT = {
    resource_group_name: "tfstate-rg",
    storage_account_name: "examplestates",
    use_azuread_auth: true,
  };
  /** A declared backend, what stays in the folder, and what terraform init is given. */
  const CASES: [BackendSpec | undefined, object, object][] = [
    [undefined, { azurerm: { key: `${STACK}.tfstate` } }, { ...ACCOUNT, ...CONTAINER }],
    [
      { backendType: BackendType.AZURERM, config: { key: "aks/{stack}", container_name: "aks" } },
      { azurerm: { key: `aks/${STACK}` } },
      { ...ACCOUNT, container_name: "aks" },
    ],
    [
      { backendType: BackendType.AZURERM, config: { key: "state", container_name: "{stack}" } },
      { azurerm: { key: "state", container_name: STACK } },
      ACCOUNT,
    ],
    [
      {
        backendType: BackendType.S3,
        config: { key: "{stack}.tfstate", bucket: "states", region: "r" },
      },
      { s3: { key: `${STACK}.tfstate` } },
      { bucket: "states", region: "r" },
    ],
    [
      { backendType: BackendType.GCS, config: { prefix: "aks/{stack}", bucket: "states" } },
      { gcs: { prefix: `aks/${STACK}` } },
      { bucket: "states" },
    ],
    [
      {
        backendType: BackendType.REMOTE,
        config: { organization: "o", workspaces: { name: "{stack}" } },
      },
      { remote: { workspaces: { name: STACK } } },
      { organization: "o" },
    ],
    [{ backendType: BackendType.LOCAL }, { local: {} }, {}],
    [
      { backendType: BackendType.LOCAL, config: { path: "/states/{stack}" } },
      { local: { path: `/states/${STACK}` } },
      {},
    ],
  ];

  const lab = loadConfiguration(INPUTS.lab!);
  const plain = JSON.parse(textsOf("lab")[STACK]!) as FolderProps["json"];
  const rootWith = (declared: BackendSpec | undefined): { files: Files } => ({
    files: folderOf({
      kind: "root",
      tests: "{}",
      json: plain,
      variables: [],
      backend: backendOf(declared, STACK),
      review: "",
      readme: {
        role: "cluster",
        name: STACK,
        order: [STACK],
        identities: "lookup",
        plan: lab.plan,
      },
    }),
  });

  test("is the one that the description declares", () => {
    const backend = { backendType: BackendType.S3, config: { key: "{stack}", bucket: "states" } };
    const configuration = { ...lab, terraform: { ...lab.terraform, backend } };
    const [root] = handoffsOf(configuration, { kind: "root", stacks: [STACK] });
    for (const file of ["backend.tf.json", "example.tfbackend"]) {
      expect(root!.files[file]).toBe(rootWith(backend).files[file]);
    }
  });

  test.each<[BackendType, object]>([
    [
      BackendType.CLOUD,
      { terraform: { cloud: { organization: "o", workspaces: { name: STACK } } } },
    ],
    [BackendType.NONE, {}],
  ])("of the type %s takes nothing at init", (backendType, block) => {
    const config = backendType === "cloud" ? { organization: "o" } : undefined;
    const handoff = rootWith({ backendType, config });
    expect(jsonOf(handoff, "backend.tf.json")).toEqual(block);
    expect(Object.keys(jsonOf(handoff, "terraform.tf.json").terraform as object)).toEqual([
      "required_providers",
    ]);
    expect(handoff.files).not.toHaveProperty(["example.tfbackend"]);
    expect(handoff.files["README.md"]).toContain("\nterraform init -input=false\n");
    const says = expect(handoff.files["README.md"]);
    (backendType === "none" ? says : says.not).toContain("It contains no backend");
  });

  test.each(CASES)(
    "that is declared as %j holds what tells states apart",
    (backend, own, given) => {
      const handoff = rootWith(backend);
      expect(jsonOf(handoff, "backend.tf.json")).toEqual({ terraform: { backend: own } });
      const example = handoff.files["example.tfbackend"]!.matchAll(/^(\w+) *= (.+)$/gm);
      const settings = [...example].map(([, key, value]) => [key, JSON.parse(value!) as Json]);
      expect(Object.fromEntries(settings)).toEqual(given);
    },
  );
});

test("a prefix of the stacks is in folders, keys and names", () => {
  const lab = loadConfiguration(INPUTS.lab!);
  const terraform = { ...lab.terraform, stackPrefix: "prod" };
  const made = (stacks?: string[]) => handoffsOf({ ...lab, terraform }, { kind: "root", stacks });
  const names = ["identities", "network-permissions", "cluster"].map((name) => `prod-haks-${name}`);
  expect(made().map(({ stack }) => stack)).toEqual(names);
  const [cluster] = made(["cluster"]);
  expect(made([names[CLUSTER]!])).toEqual([cluster]);
  expect(() => made(["haks-cluster"])).toThrow(`Unknown stack: haks-cluster. Use ${names[0]!}`);
  expect(jsonOf(cluster!, "backend.tf.json")).toEqual({
    terraform: { backend: { azurerm: { key: "prod-haks-cluster.tfstate" } } },
  });
  expect(cluster!.files["README.md"]).toContain("# prod-haks-cluster\n");
  expect(cluster!.files["README.md"]).toContain("1. prod-haks-identities\n");
  expect(cluster!.files["main.tf.json"]).toBe(ROOTS.lab![CLUSTER]!.files["main.tf.json"]);
});

describe.each(ALL)("%s", (_, handoff) => {
  test("holds nothing of cdktf, no path of this machine, and every key in order", () => {
    for (const [file, text] of Object.entries(handoff.files)) {
      expect(text).not.toContain(process.cwd());
      expect(text).not.toMatch(/uniqueId|"\/\/"/);
      if (file.endsWith(".json")) {
        expect(text).toBe(`${JSON.stringify(ordered(JSON.parse(text) as Json), undefined, 2)}\n`);
      }
    }
  });

  test("says what each variable is", () => {
    const text = JSON.stringify(
      ["main.tf.json", "outputs.tf.json", "terraform.tf.json"].map((file) => jsonOf(handoff, file)),
    );
    for (const [name, variable] of Object.entries(variablesOf(handoff))) {
      expect(variable.type).toMatch(/^(string|map\(string\))$/);
      expect(variable.description).toMatch(/^[A-Z].*\.$/);
      expect(variable.nullable).toBe(variable.default === null);
      expect(name === "tags" || Array.isArray(variable.validation)).toBe(true);
      expect(text).toMatch(new RegExp(`\\bvar\\.${name}\\b`));
    }
    const used = [...text.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(variablesOf(handoff))).toEqual([...new Set(used)].sort());
  });

  test("has no value of a variable as a literal", () => {
    const late = Object.values(variablesOf(handoff)).flatMap(({ default: value }) =>
      typeof value === "string" ? [value.toLowerCase()] : [],
    );
    const left = textsIn(jsonOf(handoff, "main.tf.json")).filter((text) =>
      late.some(
        (value) =>
          text === value ||
          text.includes(`/${value}/`) ||
          text.endsWith(`/${value}`) ||
          text.includes(`(${value},`),
      ),
    );
    expect(left).toEqual([]);
    expect(late.length).toBeGreaterThan(2);
  });

  test("has a README with tables that match the JSON", () => {
    const readme = handoff.files["README.md"] ?? "";
    const inputs = Object.entries(variablesOf(handoff)).map(([name, variable]) => [
      name,
      variable.description,
      variable.type,
      variable.default === undefined ? "" : asText(variable.default),
      variable.default === undefined ? "yes" : "no",
    ]);
    expect(tableUnder(readme, "Inputs")).toEqual(inputs);
    const { output = {} } = jsonOf(handoff, "outputs.tf.json");
    expect(tableUnder(readme, "Outputs")).toEqual(
      Object.entries(output as { [name: string]: JsonObject }).map(([name, { description }]) => [
        name,
        description,
      ]),
    );
    const { resource = {} } = jsonOf(handoff, "main.tf.json") as unknown as StackJson;
    expect(tableUnder(readme, "Resources").map(([address]) => address)).toEqual(
      expect.arrayContaining(addressesOf({ resource } as unknown as StackJson)),
    );
    expect(readme).toContain(`**${handoff.stack}**`);
  });

  test("has checksums of everything but the manifest", () => {
    const { "MANIFEST.sha256": manifest, ...files } = handoff.files;
    const sums = Object.entries(files)
      .map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}\n`)
      .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
    expect(manifest).toBe(sums.join(""));
  });

  // Checkov turns every block into a list of objects, and ends for all files if one is none.
  test("can be read by scanners", () => {
    const json = Object.keys(handoff.files).filter((name) => name.endsWith(".tf.json"));
    for (const name of json) {
      for (const [block, value] of Object.entries(jsonOf(handoff, name))) {
        expect(isObject(value)).toBe(true);
        for (const inner of block === "locals" ? [] : Object.values(value as JsonObject)) {
          expect(block === "provider" ? Array.isArray(inner) : isObject(inner)).toBe(true);
        }
      }
    }
    expect(json).toContain("main.tf.json");
  });
});

test("the subscription of each team is a variable of its root module", () => {
  const own = ROOTS["landing-zone"]!.map((root) => {
    const { provider } = jsonOf(root, "main.tf.json") as unknown as StackJson;
    const { subscription_id: id } = provider.azurerm!.find(({ alias }) => alias === undefined)!;
    const [, name = ""] = /^\$\{var\.(\w+)\}$/.exec(String(id)) ?? [];
    return [name, variablesOf(root)[name]!.default];
  });
  expect(own).toEqual([
    ["identities_subscription_id", "33333333-3333-4333-8333-333333333333"],
    ["virtual_network_subscription_id", "44444444-4444-4444-8444-444444444444"],
    ["subscription_id", "22222222-2222-4222-8222-222222222222"],
  ]);
});

test("the subscription of backups is never that of a variable without a value", () => {
  const subscriptionIn = (file: string) => {
    const [root] = handoffsOf(loadConfiguration(file), { kind: "root", stacks: ["cluster"] });
    const { resource } = jsonOf(root!, "main.tf.json") as unknown as StackJson;
    const settings = resource?.azurerm_kubernetes_cluster_extension?.cluster_backup
      ?.configuration_settings as JsonObject;
    return settings["configuration.backupStorageLocation.config.subscriptionId"];
  };
  expect(subscriptionIn(INPUTS["add-ons"]!)).toBe("${var.subscription_id}");
  inScratch((folder) => {
    const file = join(folder, "haks.yaml");
    writeFileSync(file, textOf(INPUTS["add-ons"]!).replace(/^( *)subscriptionId: .*\n/gm, ""));
    // Terraform takes it from the environment.
    expect(subscriptionIn(file)).toBe("${data.azurerm_client_config.current.subscription_id}");
  });
});

describe("a module", () => {
  test("has neither provider nor backend nor what belongs to them, and asks for the aliases that it uses", () => {
    for (const handoff of MODULES) {
      expect(Object.keys(handoff.files).sort()).toEqual(
        [
          "MANIFEST.sha256",
          "README.md",
          "main.tf.json",
          ...(handoff.files["outputs.tf.json"] === undefined ? [] : ["outputs.tf.json"]),
          "terraform.tf",
          "terraform.tf.json",
          "tests/handoff.tftest.json",
          "variables.tf.json",
        ].sort(),
      );
      expect(Object.keys(jsonOf(handoff, "main.tf.json"))).toEqual(["data", "resource"]);
    }
    const { terraform } = jsonOf(MODULES[CLUSTER]!, "terraform.tf.json");
    expect(terraform).toMatchObject({
      required_providers: {
        azurerm: {
          configuration_aliases: ["azurerm.subscription-44444444-4444-4444-8444-444444444444"],
        },
      },
    });
  });
});

describe("the ids of the identities", () => {
  const IDS = /^(control_plane|kubelet)_identity_(id|principal_id|client_id)$/;
  const idVariables = (handoff: Handoff) =>
    Object.keys(variablesOf(handoff)).filter((name) => IDS.test(name));

  test("come by lookup, if the description has none", () => {
    const [, network, cluster] = ROOTS.enterprise!;
    for (const root of [network!, cluster!]) {
      expect(root.files["main.tf.json"]).toContain("azurerm_user_assigned_identity");
      expect(idVariables(root)).toEqual([]);
    }
  });

  test("come by variables without a default, named like the outputs of the identity team's stack", () => {
    const [identities, network, cluster] = LATE;
    const outputs = Object.keys(jsonOf(identities!, "outputs.tf.json").output as JsonObject);
    expect(idVariables(network!)).toEqual(["control_plane_identity_principal_id"]);
    for (const root of [network!, cluster!]) {
      expect(root.files["main.tf.json"]).not.toContain("data.azurerm_user_assigned_identity");
      expect(outputs).toEqual(expect.arrayContaining(idVariables(root)));
      expect(
        idVariables(root).every((name) => variablesOf(root)[name]?.default === undefined),
      ).toBe(true);
    }
  });

  test("come as literals from a description that has them, or as the defaults of variables", () => {
    inScratch((folder) => {
      const ids = (name: string, digit: string) =>
        `{name: ${name}, ids: {id: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}", principalId: 66666666-6666-4666-8666-66666666666${digit}, clientId: 77777777-7777-4777-8777-77777777777${digit}}}`;
      const file = join(folder, "haks.yaml");
      writeFileSync(
        file,
        textOf(INPUTS.enterprise!)
          .replace(
            /controlPlane:\n {4}name: (.*)/,
            (_, name: string) => `controlPlane: ${ids(name, "1")}`,
          )
          .replace(/kubelet:\n {4}name: (.*)/, (_, name: string) => `kubelet: ${ids(name, "2")}`),
      );
      const configuration = loadConfiguration(file);
      const literal = handoffsOf(configuration, { kind: "root", stacks: ["cluster"] })[0]!;
      expect(literal.files["main.tf.json"]).toContain("66666666-6666-4666-8666-666666666662");
      expect(idVariables(literal)).toEqual([]);
      const variable = handoffsOf(configuration, {
        kind: "root",
        stacks: ["cluster"],
        identities: "variable",
      })[0]!;
      expect(variablesOf(variable).kubelet_identity_principal_id?.default).toBe(
        "66666666-6666-4666-8666-666666666662",
      );
    });
  });
});

describe("the sentences of variables", () => {
  test("are those of the rules", () => {
    const spec = { ...resolveSpec(specOf("lab")), name: "-", tenantId: "-" };
    const said = new ClusterPlan(spec).findings
      .filter(({ code }) => /^HAKS-NAME-00[13]$/.test(code))
      .map(({ message, remedy }) => `${message} ${remedy}`);
    const sentence = (name: string) => {
      const [{ error_message: message }] = variablesOf(LATE[CLUSTER]!)[name]!.validation as [
        JsonObject,
      ];
      return (message as string).replace(`\${var.${name}}`, "-");
    };
    expect(said).toEqual([sentence("cluster_name"), sentence("tenant_id")]);
  });

  test("stand behind patterns that Terraform takes, and that mean the same", () => {
    const label = "x".repeat(63);
    const names = [1, 2, 33, 34, 35].map((count) => Array(count).fill(label).join("."));
    for (const { pattern } of Object.values(NAME_RULES)) {
      const taken = new RegExp(forTerraform(pattern.source), pattern.flags);
      // Terraform knows no lookahead. No variable is the name of a service account.
      expect(/\(\?<?[=!]/.test(pattern.source)).toBe(pattern === NAME_RULES.serviceAccount.pattern);
      expect([...names, "a", "aks-nodes", "a."].map((name) => taken.test(name))).toEqual(
        [...names, "a", "aks-nodes", "a."].map((name) => pattern.test(name)),
      );
    }
    expect(forTerraform(NAME_RULES.privateDnsZone.pattern.source)).toContain("{1,15}");
  });
});

describe("texts in templates", () => {
  test("are found outside of expressions and in quotes, and nowhere else", () => {
    const seen: [string, boolean][] = [];
    const template = 'a ${f("b", { c = "d ${g("e")} \\" }" })} $${h} ${data.x["i"].j}';
    const same = changeTexts(template, (text, { quoted }) => {
      seen.push([text, quoted]);
      return text;
    });
    expect(same).toBe(template);
    expect(seen).toEqual([
      ["a ", false],
      ["b", true],
      ["d ", true],
      ["e", true],
      [' \\" }', true],
      [" $${h} ", false],
      ["i", true],
    ]);
  });

  test("become variables without quotes, where nothing else is in them", () => {
    const change = (template: string) =>
      changeTexts(template, (text) => text.replace("x", "${var.x}"));
    expect(change('${join("/", ["x", "x/y"])} x')).toBe(
      '${join("/", [var.x, "${var.x}/y"])} ${var.x}',
    );
  });
});

/** A run of the program: exit status and what it wrote. */
async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const status = await main(args, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    colours: false,
  });
  return { status, out, err };
}

describe("hardened-aks handoff", () => {
  const scratch = join("node_modules", ".cache", `haks-handoff-${process.pid}`);
  const folder = join(scratch, "haks-cluster");
  const write = (...more: string[]) =>
    run(
      "handoff",
      "--config",
      "haks.yaml",
      "--out",
      scratch,
      "--stack",
      "cluster",
      "--no-lock",
      ...more,
    );

  beforeEach(() => mkdirSync(scratch, { recursive: true }));
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  test("writes a folder, changes nothing the second time, and leaves other files alone", async () => {
    expect(await write("--check")).toMatchObject({ status: 1 });
    expect(existsSync(folder)).toBe(false);
    expect(await write()).toMatchObject({
      status: 0,
      out: expect.stringContaining("files changed") as string,
    });
    writeFileSync(join(folder, "team.tfvars"), "mine");
    expect(readdirSync(folder).sort()).toEqual([
      "MANIFEST.sha256",
      "README.md",
      "access-review.md",
      "backend.tf.json",
      "example.tfbackend",
      "main.tf.json",
      "outputs.tf.json",
      "team.tfvars",
      "terraform.tf",
      "terraform.tf.json",
      "tests",
      "variables.tf.json",
    ]);
    expect(await write()).toMatchObject({
      status: 0,
      out: expect.stringContaining("unchanged") as string,
    });
    expect(await write("--check")).toMatchObject({
      status: 0,
      out: expect.stringContaining("up to date") as string,
    });
    expect(textOf(folder, "team.tfvars")).toBe("mine");
  });

  test("does not overwrite what was edited, unless with --force", async () => {
    await write("--force");
    const good = textOf(folder, "main.tf.json");
    writeFileSync(join(folder, "main.tf.json"), good.replace("Standard", "Free"));
    const refused = await write();
    expect(refused).toMatchObject({ status: 1, out: "" });
    expect(refused.err).toContain(`${join(folder, "main.tf.json")} was edited by hand`);
    const checked = await write("--check");
    expect(checked).toMatchObject({ status: 1 });
    expect(checked.err).toContain(`${join(folder, "main.tf.json")} is outdated.`);
    expect(textOf(folder, "main.tf.json")).not.toBe(good);
    expect(await write("--force")).toMatchObject({ status: 0 });
    expect(textOf(folder, "main.tf.json")).toBe(good);
  });

  test("replaces what it wrote from another description, and removes what is no more", async () => {
    await write("--force");
    expect(await write("--as", "module", "--json")).toMatchObject({ status: 0 });
    expect(readdirSync(folder)).not.toContain("backend.tf.json");
    expect(textOf(folder, "main.tf.json")).not.toContain('"provider"');
    await write();
    expect(readdirSync(folder)).toContain("backend.tf.json");
  });

  test("writes all folders or none", async () => {
    const out = join(scratch, "all");
    const all = () => run("handoff", "--config", "haks.yaml", "--out", out, "--no-lock");
    mkdirSync(out);
    writeFileSync(join(out, "haks-cluster"), "Ours.");
    const refused = await all();
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.err).toContain(
      `${join(out, "haks-cluster")}: error HAKS-FILE-008: This path cannot be used: there is a file in its place.`,
    );
    expect(readdirSync(out)).toEqual(["haks-cluster"]);
    rmSync(join(out, "haks-cluster"));
    expect(await all()).toMatchObject({ status: 0 });
    expect(readdirSync(out)).toHaveLength(3);
  });

  test("takes over no file that it did not write", async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(folder, "README.md"), "Ours.");
    const refused = await write("--json");
    expect(refused).toMatchObject({ status: 1 });
    expect(JSON.parse(refused.out)).toMatchObject({ edited: [join(folder, "README.md")] });
    expect(readdirSync(folder)).toEqual(["README.md"]);
  });

  test.each([
    [
      "an unknown stack",
      ["--stack", "haks-cluster2"],
      "haks-identities, haks-network-permissions, haks-cluster",
    ],
    ["ids that are not there", ["--identities", "literal"], "identities.controlPlane.ids"],
    ["an unknown kind", ["--as", "thing"], "root, module"],
  ])("ends with exit status 2 for %s", async (_, options, words) => {
    const result = await run("handoff", "--config", "haks.yaml", "--out", scratch, ...options);
    expect(result).toMatchObject({ status: 2, out: "" });
    expect(result.err).toContain(words);
  });
});

describe("the program", () => {
  test("tells the same in --help, in the file help and in docs/cli.md", async () => {
    expect((await run("--help")).out.trimEnd()).toBe(helpText());
    expect((await run("handoff", "--help")).out.trimEnd()).toBe(helpText("handoff"));
    expect(textOf("help")).toBe(helpWithCommands(textOf("help")));
    expect(textOf("docs/cli.md")).toBe(pageWithCommands(textOf("docs/cli.md")));
    expect(textOf("help").replace(/^ {4}/gm, "")).toContain(helpText());
    expect(textOf("docs/cli.md")).toContain(helpText("handoff"));
  });

  test("has a version, and a command for help", async () => {
    const { version } = JSON.parse(textOf("package.json")) as { version: string };
    expect(await run("--version")).toEqual({ status: 0, out: `${version}\n`, err: "" });
    expect((await run("help", "handoff")).out.trimEnd()).toBe(helpText("handoff"));
  });

  test.each([
    [["check", "--nope"], "Unknown option '--nope'."],
    [["chekc"], "Unknown command 'chekc' (Did you mean check?)."],
    [["complete", "tcsh"], "Name a shell: bash, zsh, fish, powershell."],
    [["check", "--markdown"], "Use --markdown with --previous, and without --json."],
  ])("tells wrong usage in %j as JSON, too", async (args, message) => {
    const { status, out, err } = await run(...args, "--json");
    expect([status, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ code: "HAKS-CLI-001", message }] });
    expect(await run(...args)).toMatchObject({ status: 2, out: "" });
  });

  test("ends with exit status 0 for warnings, and writes nothing for check", async () => {
    const { status, out, err } = await run("check", "--config", "haks.yaml");
    expect([status, out]).toEqual([0, "haks.yaml: no errors, 4 warnings.\n"]);
    expect(err.match(/ warning HAKS-/g)).toHaveLength(4);
  });

  test("gives findings as JSON, and exit status 1 for errors", async () => {
    const findings = await inScratchAsync(async (folder) => {
      const file = join(folder, "haks.yaml");
      writeFileSync(file, textOf("haks.yaml").replace("name: haks\n", "name: -haks\n"));
      expect(await run("check", "--config", file)).toMatchObject({ status: 1, out: "" });
      return run("check", "--config", file, "--json");
    });
    expect(findings).toMatchObject({ status: 1, err: "" });
    const { findings: list } = JSON.parse(findings.out) as {
      findings: { code: string; line: number }[];
    };
    expect(list).toContainEqual(expect.objectContaining({ code: "HAKS-NAME-001", line: 5 }));
  });

  test("gives addresses, stacks and review as JSON", async () => {
    const { out } = await run("addresses", "--config", "haks.yaml", "--json");
    expect(JSON.parse(out)).toMatchObject({ subnets: [{ name: "aks-nodes" }] });
    await inScratchAsync(async (folder) => {
      const synth = await run("synth", "--config", "haks.yaml", "--out", folder, "--json");
      expect(JSON.parse(synth.out)).toMatchObject({
        stacks: [
          { name: "haks-identities", file: join(folder, "stacks/haks-identities/cdk.tf.json") },
          { name: "haks-network-permissions" },
          { name: "haks-cluster" },
        ],
        findings: [{}, {}, {}, {}],
      });
      const previous = join(folder, "access-review.json");
      const review = await run(
        "review",
        "--config",
        "haks.yaml",
        "--out",
        folder,
        "--previous",
        previous,
        "--json",
      );
      expect(JSON.parse(review.out)).toMatchObject({ excess: [{ principal: "haks-cp-mi" }] });
      const args = ["review", "--config", "haks.yaml", "--out", folder];
      expect((await run(...args, "--previous", previous)).out).toMatch(
        /^No grant was added, removed or changed\.\nAn earlier decision of the identity team, the NOC and the platform team stands\.\nAccess review:\n/,
      );
      expect((await run(...args)).out).toMatch(/^Access review:\n/);
    });
  });

  test("writes the documents of a review that a program made", async () => {
    await inScratchAsync(async (folder) => {
      const review = new ClusterPlan(specOf("enterprise")).review();
      const from = join(folder, "made.json");
      writeFileSync(from, JSON.stringify(review));
      const { status, out } = await run("review", "--from", from, "--out", folder);
      expect([status, out]).toEqual([0, expect.stringContaining("access-review.html")]);
      expect(textOf(folder, "access-review.json")).toBe(
        renderJson({ ...review, producedBy: version }),
      );
      expect(textOf(folder, "access-review.html")).toContain("platform-engineers");
      expect(textOf(folder, "access-requests", "network.sh")).toContain("aks-nodes");
      const isExecutable = (name: string) =>
        (statSync(join(folder, "access-requests", name)).mode & 0o100) > 0;
      expect(["network.sh", "network.md"].map(isExecutable)).toEqual([true, false]);
    });
  });

  test.each([
    ["no JSON", "haks.yaml", /^(.+): error HAKS-FILE-007: The file is not JSON: /],
    ["another JSON", "package.json", /does not match the schema/],
    ["a review of another format", "", /The access review has format 1, but format 2 is required/],
  ])("refuses %s as a review", async (_, file, message) => {
    await inScratchAsync(async (folder) => {
      const old = join(folder, "old.json");
      writeFileSync(
        old,
        JSON.stringify({ ...new ClusterPlan(specOf("lab")).review(), version: 1 }),
      );
      for (const option of ["--from", "--previous"]) {
        const { status, err } = await run("review", option, file || old, "--out", folder);
        expect(status).toBe(1);
        expect(err).toMatch(message);
      }
    });
  });

  test.each([
    ["a file and a review at once", ["review", "--from", "x.json", "--config", "haks.yaml"]],
    ["an unknown command", ["deploy"]],
    ["an unknown option", ["check", "--fast"]],
    ["no command", []],
    ["an unknown shell", ["complete", "tcsh"]],
  ])("ends with exit status 2 for %s", async (_, args) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).not.toBe("");
    expect(err).not.toMatch(/^\s+at /m);
  });

  test("has colours on a terminal only", () => {
    const io = { stdout: () => undefined, stderr: () => undefined };
    expect(coloured({ ...io, colours: false }, "red", "x")).toBe("x");
    expect(coloured({ ...io, colours: true }, "red", "x")).toBe("\u001b[31mx\u001b[39m");
  });

  test("tells of what takes over a second, and of nothing else", async () => {
    jest.useFakeTimers();
    try {
      const said: string[] = [];
      const progress = new Progress({
        stdout: () => undefined,
        stderr: (text) => void said.push(text),
        colours: false,
      });
      await progress.during("Quick", Promise.resolve());
      const slow = progress.during("Slow", new Promise((resolve) => setTimeout(resolve, 3000)));
      await jest.advanceTimersByTimeAsync(3000);
      await slow;
      progress.step("Next");
      expect(said).toEqual(["Slow …\n", "Next …\n"]);
    } finally {
      jest.useRealTimers();
    }
  });
});

async function inScratchAsync<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join("node_modules", ".cache", `haks-cli-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(ordered);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, ordered(item)]),
      )
    : value;
}

/** The texts in an object, in lower case: outside of expressions, and in quotes within them. */
function textsIn(value: Json, key = ""): string[] {
  if (typeof value === "string") {
    const found: string[] = [];
    // Addresses and operations of roles may have any words in them.
    if (key !== "provider" && key !== "alias" && key !== "actions") {
      changeTexts(value, (text) => {
        found.push(text.toLowerCase());
        return text;
      });
    }
    return found;
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, item]) =>
        textsIn(item, Array.isArray(value) ? key : name),
      )
    : [];
}

/** The cells of the first table under a heading, without the marks of code. */
function tableUnder(markdown: string, heading: string): string[][] {
  const section = markdown.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.replace(/^`|`$/g, "")),
    );
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

test("a module has no imports, which Terraform takes in a root module alone", () => {
  const stack = {
    provider: {},
    terraform: { required_providers: {} },
    moved: [{ from: "a.b", to: "a.c" }],
    import: [{ to: "a.c", id: "c" }],
  } as unknown as Parameters<typeof stackFor>[1];
  expect(stackFor("root", stack)).toHaveProperty("import");
  expect(stackFor("module", stack)).not.toHaveProperty("import");
  expect(stackFor("module", stack)).toHaveProperty("moved");
});
