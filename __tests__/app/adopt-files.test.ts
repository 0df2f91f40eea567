// Files and output of hardened-aks adopt.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeFiles, writePlaced } from "../../app/adopt/place";
import { main } from "../../app/cli/main";
import { FindingsError } from "../../app/finding";
import { inScratch } from "../scenarios";
import { Edits, Fields, adoptionWith, descriptionOf, writeExports } from "./adopt.fixtures";

describe("files", () => {
  const imports = adoptionWith("brought").adoption.imports;
  const stacks = ["billing-identities", "billing-network-permissions", "billing-cluster"];

  function refusal(work: () => unknown): string[] {
    try {
      work();
      return [];
    } catch (error) {
      if (error instanceof FindingsError) {
        return error.findings.map(({ code }) => code);
      }
      throw error;
    }
  }

  /** Writes stacks with these resources, as synth does, or one folder for each, as handoff does. */
  function writeStacks(out: string, { under = "", provider = true, only = stacks } = {}): void {
    for (const stack of only) {
      const own = imports.filter((one) => one.stack === stack).map(({ to }) => to.split("."));
      const resource: { [type: string]: Fields } = {};
      own.forEach(([type = "", name = ""]) => {
        (resource[type] ??= {})[name] = {};
      });
      mkdirSync(join(out, under, stack), { recursive: true });
      const json = {
        terraform: {},
        resource,
        ...(provider ? { provider: { azurerm: [{}] } } : {}),
      };
      writeFileSync(join(out, under, stack, "main.tf.json"), JSON.stringify(json));
    }
  }

  test.each([
    ["stacks", "synth"],
    ["", "handoff"],
  ])("go beside the stacks in %p, as %s writes them", (under) => {
    inScratch((out) => {
      writeStacks(out, { under });
      const placed = placeFiles(out, stacks, imports, [
        ["adopt-cleanup-x.sh", "# hardened-aks adopt wrote this file"],
      ]);
      writePlaced(out, placed);
      expect(placed.files.map(([path]) => path)).toEqual([
        ...stacks.map((stack) => join(under, stack, "adopt.tf.json")),
        "adopt-cleanup-x.sh",
      ]);
      expect(readFileSync(join(out, under, stacks[2]!, "adopt.tf.json"), "utf8")).toContain(
        '"to": "azurerm_kubernetes_cluster.cluster"',
      );
      // Again, and without imports: the files of the first run go.
      const again = placeFiles(out, stacks, [], []);
      writePlaced(out, again);
      expect(existsSync(join(out, under, stacks[2]!, "adopt.tf.json"))).toBe(false);
    });
  });

  test("of a stack without a folder are left out", () => {
    inScratch((out) => {
      writeStacks(out, { only: stacks.slice(2) });
      expect(placeFiles(out, stacks, imports, []).without).toEqual(stacks.slice(0, 2));
    });
  });

  test.each([
    ["a folder without stacks", () => undefined, "HAKS-ADOPT-007"],
    [
      "modules",
      (out: string) => {
        writeStacks(out, { provider: false });
      },
      "HAKS-ADOPT-008",
    ],
    [
      "a stack that is outdated",
      (out: string) => {
        writeStacks(out);
        writeFileSync(
          join(out, stacks[2]!, "main.tf.json"),
          JSON.stringify({ terraform: {}, provider: {}, resource: {} }),
        );
      },
      "HAKS-ADOPT-007",
    ],
    [
      "a file that something else wrote",
      (out: string) => {
        writeStacks(out);
        writeFileSync(join(out, stacks[2]!, "adopt.tf.json"), "{}");
      },
      "HAKS-FILE-009",
    ],
  ])("are refused for %s", (_, prepare, code) => {
    inScratch((out) => {
      prepare(out);
      expect(refusal(() => placeFiles(out, stacks, imports, []))).toEqual([code]);
    });
  });
});

describe("the command", () => {
  const folders: string[] = [];

  afterAll(() => {
    folders.forEach((folder) => {
      rmSync(folder, { recursive: true, force: true });
    });
  });

  async function run(name: string, edits: Edits, ...options: string[]) {
    const folder = mkdtempSync(join(tmpdir(), "haks-"));
    folders.push(folder);
    mkdirSync(join(folder, "exports"), { recursive: true });
    writeExports(name, join(folder, "exports"), edits);
    const config = join(folder, "haks.yaml");
    writeFileSync(config, descriptionOf(name, edits));
    let [stdout, stderr] = ["", ""];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      colours: false,
    };
    const out = join(folder, "out");
    await main(["synth", "--config", config, "--out", out], {
      ...io,
      stdout: () => undefined,
      stderr: () => undefined,
    });
    const from = join(folder, "exports");
    const status = await main(
      ["adopt", "--from", from, "--config", config, "--out", out, ...options],
      io,
    );
    return { status, stdout, stderr, out };
  }

  test("writes the files, and prints the list", async () => {
    const { status, stdout, out } = await run("kubelet-made", {});
    expect(status).toBe(0);
    expect(stdout).toContain(
      "  rotate nodes     default_node_pool.only_critical_addons_enabled: false → true",
    );
    expect(stdout).toContain(
      "Terraform imports 4 resources and creates 12; 1 attribute rotates nodes;",
    );
    const file = join(out, "stacks", "shop-cluster", "adopt.tf.json");
    expect(stdout).toContain(`  ${file}`);
    expect(existsSync(file)).toBe(true);
    expect(existsSync(join(out, "adopt-cleanup-identity.sh"))).toBe(true);
  });

  test("writes nothing, and says which field to set, where Terraform would replace the cluster", async () => {
    const edits: Edits = {
      cluster: (cluster) => {
        cluster.dnsPrefix = "$(touch pwned)";
      },
    };
    const { status, stdout, stderr, out } = await run("brought", edits);
    expect(status).toBe(1);
    expect(stdout).toContain("  REPLACE  dns_prefix:");
    expect(stderr).toMatch(
      /haks\.yaml:\d+:\d+: error HAKS-ADOPT-002: .* Set dnsPrefix to what Azure has: "\$\(touch pwned\)"\.\n/,
    );
    expect(stderr).toContain("1 error; nothing was written.");
    expect(existsSync(join(out, "stacks", "billing-cluster", "adopt.tf.json"))).toBe(false);
  });

  test("prints data and Markdown", async () => {
    const json = await run("service-principal", {}, "--json");
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      cluster: "legacy",
      identities: { controlPlane: "servicePrincipal" },
      files: [],
      findings: expect.arrayContaining([
        expect.objectContaining({ code: "HAKS-ADOPT-002", severity: "error" }),
      ]) as unknown,
    });
    const markdown = await run("system-assigned", {}, "--markdown");
    expect(markdown.status).toBe(0);
    expect(markdown.stdout).toContain(
      "| change in place | `azurerm_kubernetes_cluster.cluster` | `identity.type` |",
    );
  });

  test.each([[[]], [["--from", "x", "--json", "--markdown"]]])(
    "is used wrongly: %j",
    async (options) => {
      const stderr: string[] = [];
      const io = {
        stdout: () => undefined,
        stderr: (text: string) => void stderr.push(text),
        colours: false,
      };
      expect(await main(["adopt", ...options], io)).toBe(2);
    },
  );
});
