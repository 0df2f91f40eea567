// The package for cdktn: the tests of a package, its output beside that of hardened-aks, the command line of cdktn, and
// both frameworks in one app.
import { copyFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import lane from "../../compat/cdktn/package.json";
import { devDependencies } from "../../package.json";
import { Package, testPackage } from "../package/of-package";
import { ROOT, allOf, newScratch, run } from "../package/tools";
import { INPUTS, textOf } from "../scenarios";
import { contentOf, jsonOnCdktn } from "./output";

const BUILT = join(ROOT, "dist", "cdktn");
const manifest = JSON.parse(textOf(BUILT, "package.json")) as Package;

/** The newest version that both frameworks take; the package is compiled with the oldest one. */
const constructs = "10.7.2";

const project = testPackage({
  ...manifest,
  devDependencies: { ...manifest.devDependencies, constructs },
  root: BUILT,
  stackText: jsonOnCdktn,
});

test("the build refuses an API with other members", () => {
  const compare = (change: string) => {
    const program = `import { readFileSync } from "node:fs";
      import { compareReferences } from "./build/cdktn.mjs";
      const [one, other] = process.argv.slice(1).map((file) => readFileSync(file, "utf8"));
      compareReferences(one, other${change});`;
    const files = [join(ROOT, "API.md"), join(BUILT, "API.md")];
    return allOf(process.execPath, ["--input-type=module", "-e", program, ...files]);
  };
  expect(compare("")).toBe("");
  expect(compare('.replace(/^##### `toTerraform`.*$/m, "")')).toContain(
    "The API of hardened-aks-cdktn differs:\n- ##### `toTerraform`",
  );
});

/** Object ids for the names alone in examples: npm has no azuread provider for cdktn. */
const ID = "objectId: 55555555-5555-4555-8555-55555555555";
const withIds = (text: string): string =>
  text.replace(
    /^( +)name: (Platform Engineers|deployment-pipeline|developers)$/gm,
    (line, indent: string, name: string) => `${line}\n${indent}${ID}${name.length % 10}`,
  );

/** Both packages write for one line of azurerm, if the description names it. */
const withLine = (text: string, line: string): string => {
  const terraform = `\nterraform:\n  azurermVersion: "${line}"\n`;
  return text.includes("\nterraform:\n")
    ? text.replace("\nterraform:\n", terraform)
    : text + terraform;
};

describe("the output", () => {
  const outputs = newScratch();
  const programs = {
    cdktf: join(ROOT, "dist", "app", "cli.js"),
    cdktn: join(project, "node_modules", manifest.name, "dist", "app", "cli.js"),
  };

  test.each([
    ...Object.entries(INPUTS).map(([name, file]) => [name, "~> 4.73", file] as const),
    ["the lab", "~> 4.55", INPUTS.lab!] as const,
  ])("of %s for azurerm %s is that of cdktf", (name, line, file) => {
    const input = join(outputs, `${name}.yaml`);
    writeFileSync(input, withLine(withIds(textOf(ROOT, file)), line));
    const [before, after] = Object.entries(programs).map(([framework, program]) => {
      const out = join(outputs, name, framework);
      const env = { CDKTF_CONTEXT_JSON: '{"@cdktf/disable_stack_trace_in_metadata":true}' };
      run(process.execPath, [program, "synth", "--config", input, "--out", out], outputs, env);
      const handoff = ["handoff", "--config", input, "--out", join(out, "handoff"), "--no-lock"];
      run(process.execPath, [program, ...handoff], outputs, env);
      return out;
    });
    const content = contentOf(after!);
    expect(content).toEqual(contentOf(before!, true));
    expect(Object.keys(content).filter((path) => path.endsWith("/cdk.tf.json"))).not.toEqual([]);
    // The comparison sees what differs: the stamps.
    expect(content).not.toEqual(contentOf(before!));
    expect(JSON.stringify(content)).toContain(`"version":"${line}"`);
    expect(content["manifest.json"]).toMatchObject({ version: lane.devDependencies.cdktn });
  });

  test("is a finding for names alone", () => {
    const file = join(ROOT, INPUTS["every-feature"]!);
    const text = allOf(process.execPath, [programs.cdktn, "check", "--config", file], outputs);
    expect(text.match(/HAKS-TF-008/g)).toHaveLength(3);
    expect(text).toContain(
      "the package that looks it up, @cdktn/provider-azuread, is not installed. Set objectId",
    );
  });
});

test("the command line of cdktn reads cdktf.json, and runs the app", () => {
  const folder = newScratch();
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(ROOT, "compat", "cdktn", "cli", file), join(folder, file));
  }
  run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], folder);
  const modules = join(folder, "node_modules");
  const node = join(modules, `node-22-${process.platform}-${process.arch}`, "bin");
  const env = { PATH: [node, process.env.PATH].join(delimiter), CHECKPOINT_DISABLE: "1" };
  const out = join(folder, "out");
  const cli = join(modules, "cdktn-cli", "bin", "cdktn");
  const shown = run(join(node, "node"), [cli, "synth", "--output", out], BUILT, env);
  expect(shown).toContain("Generated Terraform code for the stacks: haks-cluster");
  const content = contentOf(join(out, "stacks"));
  run("npm", ["run", "--silent", "synth", "--", "--out", join(folder, "direct")], BUILT);
  expect(contentOf(join(folder, "direct", "stacks"))).toEqual(content);
  expect(Object.keys(content)).toHaveLength(6);
});

describe("both frameworks in one app", () => {
  const SENTENCE =
    /is from another copy of the framework than the "cdktn" that hardened-aks-cdktn uses/;
  const SPEC = `
      const existing = (name) => ResourceReference.byName({ name, resourceGroup: "rg" });
      const spec = {
        name: "example",
        location: "westeurope",
        resourceGroup: { name: "example-rg" },
        identities: { resourceGroup: { name: "identity-rg" } },
        network: {
          virtualNetwork: existing("vnet"), nodeSubnet: "nodes", egress: Egress.loadBalancer(),
        },
        nodePools: {
          system: { vmSize: "Standard_D4ds_v5" },
          user: [{ name: "apps", vmSize: "Standard_D4ds_v5" }],
        },
        diskEncryption: DiskEncryption.platformManaged(),
        monitoring: { logAnalyticsWorkspace: existing("logs") },
      };`;
  const MIXES = [
    ["none", "const app = cdktn();", "", undefined],
    ["the app", "const app = cdktf();", "", "[example-identities] The app"],
    ["a stack", "const app = cdktn();", 'new other.TerraformStack(app, "theirs");', "theirs"],
    [
      "an aspect",
      "const app = cdktn();",
      "other.Aspects.of(stacks.cluster).add({ visit() {} });",
      "An aspect of example-cluster",
    ],
  ] as const;

  beforeAll(() => {
    const options = ["--prefer-offline", "--no-audit", "--no-fund", "--no-save"];
    run("npm", ["install", ...options, `cdktf@${devDependencies.cdktf}`], project);
  });

  test.each(MIXES)("with %s of the other one", (_, app, more, place) => {
    const program = `
      const { App } = require("cdktn");
      const other = require("cdktf");
      const { ClusterPlan, ClusterStacks, DiskEncryption, Egress, ResourceReference } = require("${manifest.name}");
      ${SPEC}
      const at = { outdir: "mixed.out" };
      const [cdktn, cdktf] = [App, other.App].map((type) => () => new type(at));
      ${app}
      const stacks = new ClusterStacks(app, { plan: new ClusterPlan(spec) });
      ${more}
      app.synth();
      console.log("synthesized");`;
    const output = allOf(process.execPath, ["-e", program], project);
    if (place === undefined) {
      expect(output).toBe("synthesized\n");
    } else {
      expect(output).not.toContain("synthesized\n");
      expect(output).toMatch(SENTENCE);
      expect(output).toContain(`${place} is from`);
    }
  });
});
