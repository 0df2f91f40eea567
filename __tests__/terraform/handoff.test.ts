// Folders that are handed over, in the real terraform: valid, the same plan as the stacks, late values, modules.
import { copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { loadConfiguration } from "../../app/config/load";
import { FindingsError } from "../../app/finding";
import { synthesize } from "../../app/synthesize";
import { PREFLIGHT_GROUPS } from "../../lib/spec/preflight";
import { INPUTS, textOf } from "../scenarios";
import { defaultsOf, handOver, jsonOf, ready, vars } from "./handed-over";
import { describeOffline } from "./offline";
import { run, twoAtATime } from "./processes";
import { newScratch } from "./scratch";
import { assignmentsIn, finding, fittingNetwork, worldOf } from "./world";
import { PlannedChange, State, TerraformRoot, Validation } from "./terraform";

const WRITES_RIGHTS =
  /role_assignment|role_definition|federated_identity_credential|management_lock/;
const NAMES = ["lab", "enterprise"];
const KINDS = ["identities", "network-permissions", "cluster"];

describe.each(NAMES)("%s, without a plan", (name) => {
  let roots: { init: string; validation: Validation }[];
  let modules: Validation;

  beforeAll(async () => {
    const placed = handOver(INPUTS[name]!, newScratch(), { kind: "root" });
    roots = await twoAtATime(placed, async ({ folder }) => {
      const { stdout } = await run("terraform", ["init", "-backend=false", "-input=false"], {
        cwd: folder,
      });
      return { init: stdout, validation: await new TerraformRoot(folder).validate() };
    });
    modules = await (await calledTwice(name)).validate();
  });

  test.each(KINDS)("the root module %s is valid", (kind) => {
    const { init, validation } = roots[KINDS.indexOf(kind)]!;
    expect(init).toContain("successfully initialized");
    expect(validation).toMatchObject({ valid: true, diagnostics: [] });
  });

  test("the modules are valid, each called twice with for_each from HCL", () => {
    expect(modules).toMatchObject({ valid: true, diagnostics: [] });
  });
});

// The preflight would ask for what is not granted yet.
describeOffline.each(["enterprise", "every-feature"])("the plans of %s", (name) => {
  const file = withoutPreflight(INPUTS[name]!);
  const plans: { [of: string]: PlannedChange[][] } = {};
  let late: { [variable: string]: string };

  beforeAll(async () => {
    const folders = handOver(file, newScratch(), { kind: "root" }).map(({ folder }) => folder);
    const { changed, values } = otherwise(file, folders);
    late = values;
    plans.stacks = await plansOfStacks(file);
    plans.roots = await twoAtATime(folders, (folder) => planned(folder, {}));
    plans.changedStacks = await plansOfStacks(changed);
    plans.lateRoots = await twoAtATime(folders, (folder) => planned(folder, late));
  });

  test("are those of the stacks, as long as no variable is set", () => {
    expect(plans.roots!.map(withAddresses)).toEqual(plans.stacks!.map(withAddresses));
    expect(plans.stacks!.map((plan) => plan.length)).not.toContain(0);
  });

  test("are with variables those of a description that says the same", () => {
    expect(Object.keys(late).length).toBeGreaterThan(6);
    expect(plans.lateRoots!.map(withoutAddresses)).toEqual(
      plans.changedStacks!.map(withoutAddresses),
    );
    for (const [at, plan] of plans.lateRoots!.entries()) {
      expect(withoutAddresses(plan)).not.toEqual(withoutAddresses(plans.roots![at]!));
    }
  });
});

describeOffline.each(NAMES)("%s", (name) => {
  const file = INPUTS[name]!;

  test("refuses a wrong variable with the sentence of the rule", async () => {
    const [, , cluster] = handOver(file, newScratch(), { kind: "root" });
    const root = await ready(cluster!.folder);
    const wrong = [
      { variable: "resource_group_name", value: "ends.", path: ["resourceGroup", "name"] },
      { variable: "node_subnet_name", value: "-nodes", path: ["network", "nodeSubnet"] },
      { variable: "subscription_id", value: "mine", path: ["subscriptionId"] },
    ];
    const values = wrong.map(({ variable, value }) => [variable, value] as const);
    const refused = await root.refusals(...vars(Object.fromEntries(values)));
    for (const { path, value } of wrong) {
      const [sentence] = sentencesAbout(file, path, value);
      expect(sentence).toBeDefined();
      expect(refused.map(({ detail }) => detail.split("\n\nThis was checked")[0])).toContain(
        sentence,
      );
    }
    expect(refused).toHaveLength(wrong.length);
  });

  test("applies one root module after the other, each with its own state and its own inputs", async () => {
    const placed = handOver(file, newScratch(), { kind: "root", identities: "variable" });
    const { changed, values } = otherwise(
      file,
      placed.map(({ folder }) => folder),
    );
    const { spec } = loadConfiguration(changed);
    const states: State[] = [];
    let inputs: { [name: string]: string } = values;
    for (const { folder } of placed) {
      const granted = finding(assignmentsIn(...states));
      const root = await ready(folder, worldOf(newScratch(), [granted, ...fittingNetwork(spec)]));
      await root.plan(...ownVars(folder, inputs));
      const state = await root.apply();
      states.push(state);
      inputs = { ...inputs, ...(state.outputs as { [name: string]: string }) };
    }
    const [identities, network, cluster] = states.map((state) =>
      state.resources.map(({ address }) => address),
    );
    expect(identities!.join()).toContain("azurerm_user_assigned_identity");
    expect(network!.join()).toMatch(WRITES_RIGHTS);
    expect(cluster!.join()).toContain("azurerm_kubernetes_cluster");
    // Nothing of another team is read, and the platform team writes no rights.
    expect([...network!, ...cluster!].join()).not.toContain("data.azurerm_user_assigned_identity");
    expect(
      Object.keys(jsonOf(placed[2]!.folder, "main.tf.json").resource as object).join(),
    ).not.toMatch(WRITES_RIGHTS);
  });
});

describe("files that are no JSON", () => {
  test.each(Object.keys(INPUTS))("of %s are as terraform fmt has them", async (name) => {
    const [{ folder, files } = { folder: "", files: {} }] = handOver(INPUTS[name]!, newScratch(), {
      kind: "root",
    });
    const backend = join(folder, "example.tfvars");
    copyFileSync(join(folder, "example.tfbackend"), backend);
    const [, hcl = ""] =
      /```hcl\n([^]*?)```/.exec(
        handOver(INPUTS[name]!, newScratch(), { kind: "module", identities: "variable" })[2]!.files[
          "README.md"
        ] ?? "",
      ) ?? [];
    writeFileSync(join(folder, "example.tf"), hcl);
    const { exitCode, stdout } = await run("terraform", ["fmt", "-check", "-diff"], {
      cwd: folder,
    });
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(Object.keys(files)).toContain("example.tfbackend");
    expect(hcl).toContain("source");
  });
});

/** A root module in HCL that calls each of the three modules twice. */
async function calledTwice(name: string): Promise<TerraformRoot> {
  const folder = newScratch();
  const modules = handOver(INPUTS[name]!, join(folder, "modules"), {
    kind: "module",
    identities: "variable",
  });
  const calls = modules.map(({ stack }, at) => {
    const inputs = ["cluster_name = each.key"];
    if (at === 0) {
      inputs.push(
        'control_plane_identity_name = "${each.key}-cp"',
        'kubelet_identity_name = "${each.key}-kubelet"',
      );
    }
    const ids = ["id", "principal_id", "client_id"];
    for (const output of ["control_plane", "kubelet"].flatMap((which) =>
      ids.map((id) => `${which}_identity_${id}`),
    )) {
      inputs.push(`${output} = module.identities[each.key].${output}`);
    }
    const asked = Object.keys(jsonOf(modules[at]!.folder, "variables.tf.json").variable as object);
    const known = inputs.filter((input) => asked.includes(input.split(" ")[0]!));
    return `module "${KINDS[at]}" {\n  source = "./modules/${stack}"\n  for_each = toset(["one", "two"])\n  ${known.join("\n  ")}\n}\n`;
  });
  writeFileSync(
    join(folder, "main.tf"),
    `provider "azurerm" {\n  features {}\n}\n${calls.join("\n")}`,
  );
  const root = new TerraformRoot(folder);
  await root.init("-backend=false");
  return root;
}

async function plansOfStacks(file: string): Promise<PlannedChange[][]> {
  const outdir = join(newScratch(), "out");
  const { stacks } = synthesize({ file, outdir });
  return twoAtATime(stacks, async (stack) => {
    const folder = dirname(join(outdir, stack.file));
    return planned(folder, {});
  });
}

async function planned(
  folder: string,
  values: { [name: string]: string },
): Promise<PlannedChange[]> {
  const root = await ready(folder);
  await root.plan(...ownVars(folder, values));
  return root.planned();
}

/** Options for those of the values that are variables of a folder. */
function ownVars(folder: string, values: { [name: string]: string }): string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) {
    return [];
  }
  const own = Object.keys(jsonOf(folder, "variables.tf.json").variable as object);
  return vars(Object.fromEntries(entries.filter(([name]) => own.includes(name))));
}

function withoutPreflight(file: string): string {
  const document = parseDocument(textOf(file));
  const groups = PREFLIGHT_GROUPS.map((group) => [group, "off"]);
  document.setIn(["preflight"], Object.fromEntries(groups));
  const copy = join(newScratch(), "haks.yaml");
  writeFileSync(copy, document.toString());
  return copy;
}

function withAddresses(plan: PlannedChange[]): unknown[] {
  return plan.map(({ address, change: { after, after_unknown } }) => ({
    address,
    after,
    after_unknown,
  }));
}

/** Without addresses, which are those of the description, and in an order that does not depend on them. */
function withoutAddresses(plan: PlannedChange[]): string[] {
  return plan.map(({ type, change: { after } }) => JSON.stringify([type, after])).sort();
}

/** The same description with every value that can be set late changed, and the variables that say so. */
function otherwise(
  file: string,
  folders: string[],
): { changed: string; values: { [variable: string]: string } } {
  const defaults = folders.flatMap((folder) => Object.entries(defaultsOf(folder)));
  const texts = defaults.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const cluster = texts.find(([name]) => name === "cluster_name")?.[1] ?? "";
  const text = textOf(file);
  const changes = new Map(texts.map(([name, value]) => [value, changedValue(name, value)]));
  // As long as the rules allow, so that what is made from it is cut off.
  const length = text.includes("nodeResourceGroup") ? 56 : 32;
  changes.set(cluster, `${cluster}_is-the-name-of-a_`.padEnd(length, "x"));
  // A key is in the vault that is named beside it.
  const [key = "", vault = ""] = ["key_id", "key_vault_name"].map(
    (name) => texts.find(([other]) => other === name)?.[1],
  );
  changes.set(key, key.replace(vault, changes.get(vault) ?? ""));
  const pattern = [...changes.keys()]
    .filter((value) => value !== "")
    .sort((a, b) => b.length - a.length)
    .map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  const inYaml = new RegExp(`(?<![\\w.-])(${pattern})(?![\\w.-])`, "g");
  const changed = join(newScratch(), "haks.yaml");
  writeFileSync(
    changed,
    text.replace(inYaml, (value) => changes.get(value)!),
  );
  // A name that is not in the file follows that of the cluster.
  const values = texts.map(([name, value]) => [
    name,
    text.includes(value) ? changes.get(value)! : value.replace(cluster, changes.get(cluster)!),
  ]);
  return { changed, values: Object.fromEntries(values) as { [variable: string]: string } };
}

function changedValue(name: string, value: string): string {
  if (name.endsWith("_id")) {
    return value.includes("/resourceGroups/")
      ? value.replace(/resourceGroups\/([^/]+)/, "resourceGroups/$1-2")
      : value.replace(/.$/, "9");
  }
  return value.includes(".") ? `x1.${value}` : `${value}2`;
}

/** What the rules say of one wrong value in a description. */
function sentencesAbout(file: string, path: string[], value: string): string[] {
  const document = parseDocument(textOf(file));
  document.setIn(path, value);
  const copy = join(newScratch(), "haks.yaml");
  writeFileSync(copy, document.toString());
  try {
    loadConfiguration(copy);
    return [];
  } catch (error) {
    const findings = error instanceof FindingsError ? error.findings : [];
    return findings
      .filter(({ code }) => /^HAKS-NAME-00[13]$/.test(code))
      .map(({ message, remedy }) => `${message} ${remedy}`);
  }
}
