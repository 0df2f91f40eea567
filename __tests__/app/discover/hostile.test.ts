// Files that are no exports, and exports that somebody made up to get at scripts and pages.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { exportScript } from "../../../app/discover/commands";
import { discover } from "../../../app/discover/discover";
import { readExports } from "../../../app/discover/read-folder";
import { discoverFiles } from "../../../app/discover/write";
import { FindingsError } from "../../../app/finding";
import { inScratch, textOf } from "../../scenarios";

interface Fields {
  [name: string]: unknown;
}

const BROUGHT = join("__tests__", "app", "discover", "brought", "exports");
const read = (name: string) => JSON.parse(textOf(BROUGHT, `${name}.json`)) as unknown;
const cluster = () => read("cluster") as Fields;
const pools = () => read("node-pools") as Fields[];
const text = (value: unknown) => JSON.stringify(value);

/** The files of a folder of exports. */
interface Files {
  readonly [name: string]: string;
}

/** What comes out of these files in place of those of a good cluster: the findings, or nothing. */
function findingsOf(files: Files): string[] {
  return inScratch((folder) => {
    write(folder, files);
    try {
      discover(readExports(folder), folder);
      return [];
    } catch (error) {
      if (error instanceof FindingsError) {
        return error.findings.map(
          ({ code, file, message }) => `${code} ${file.replace(`${folder}/`, "")}: ${message}`,
        );
      }
      throw error;
    }
  });
}

function write(folder: string, files: Files): void {
  const all = { "cluster.json": text(cluster()), "pools.json": text(pools()), ...files };
  for (const [name, content] of Object.entries(all)) {
    writeFileSync(join(folder, name), content);
  }
}

test("ids in capital letters are the same ids", () => {
  const shouted = text(cluster()).replace(/\/subscriptions\/[^"]*/gi, (id) => id.toUpperCase());
  expect(findingsOf({ "cluster.json": shouted })).toEqual([]);
});

test("good files have no findings, whatever their names are", () => {
  expect(findingsOf({})).toEqual([]);
  expect(findingsOf({ "$(touch pwned).json": text([read("identities")].flat()) })).toEqual([]);
});

const VM = {
  id: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/a/providers/Microsoft.Compute/virtualMachines/vm",
  type: "Microsoft.Compute/virtualMachines",
};

const other = (value: unknown) =>
  JSON.parse(text(value).replace(/managedClusters\/billing/g, "managedClusters/other")) as unknown;

describe("a file that is something else is an error with its name and the reason", () => {
  test.each<[string, Files, string]>([
    ["empty", { "x.json": "" }, "The file is empty"],
    ["white space", { "x.json": " \n" }, "The file is empty"],
    ["cut off", { "x.json": text(pools()).slice(0, 500) }, "The JSON is cut off at its end."],
    ["broken", { "x.json": '{"a": 1,, "b": 2}' }, "The file is not valid JSON"],
    ["a table", { "x.json": "Name    Location\n------  ----\n" }, 'begins with "Name    Location"'],
    ["an error", { "x.json": "ERROR: (AuthorizationFailed) The client" }, 'begins with "ERROR:'],
    ["an error of Azure", { "x.json": '{"error":{"code":"Forbidden"}}' }, '"Forbidden"'],
    ["an empty list", { "x.json": "[]" }, "The file has an empty list"],
    ["an empty list of REST", { "x.json": '{"value": []}' }, "The file has an empty list"],
    ["a number", { "x.json": "7" }, "The file has a number"],
    ["null", { "x.json": "null" }, "The file has null"],
    ["a list of texts", { "x.json": '["a"]' }, "a list with a string in it"],
    [
      "az aks list",
      { "x.json": text([cluster(), cluster()]) },
      "a list of 2 objects of the type Microsoft.ContainerService/ManagedClusters, as az aks list",
    ],
    [
      "az vm show",
      { "x.json": text(VM) },
      "one object of the type Microsoft.Compute/virtualMachines",
    ],
    [
      "az vm list",
      { "x.json": text([VM]) },
      "a list of objects of the type Microsoft.Compute/virt",
    ],
    [
      "az aks nodepool show",
      { "x.json": text(pools()[0]) },
      "one object of the type Microsoft.Con",
    ],
    ["several types", { "x.json": text([VM, cluster()]) }, "a list of several types"],
    ["no Azure at all", { "x.json": '{"a":1,"b":2}' }, 'the fields "a", "b", which is not known'],
    ["10 MB", { "x.json": `[${" ".repeat(10 * 1024 * 1024)}]` }, "The file has 11 MiB"],
    ["many levels", { "x.json": "[".repeat(5000) + "]".repeat(5000) }, "a list with a list in it"],
    [
      "many levels in a cluster",
      { "cluster.json": text(cluster()).replace("{", `{"x":${"[".repeat(99)}${"]".repeat(99)},`) },
      "more than 50 levels",
    ],
  ])("%s", (_, files, reason) => {
    const name = Object.keys(files)[0]!;
    const findings = findingsOf(files);
    expect(findings[0]).toContain(`HAKS-DISC-001 ${name}: `);
    expect(findings[0]).toContain(reason);
  });

  test("bytes that are no text", () => {
    inScratch((folder) => {
      write(folder, {});
      writeFileSync(join(folder, "x.json"), Buffer.from([0x7b, 0xff, 0xfe, 0x80]));
      expect(() => readExports(folder)).toThrow(/neither in UTF-8 nor in UTF-16/);
    });
  });

  test("but the output of Windows PowerShell is none", () => {
    inScratch((folder) => {
      write(folder, {});
      const little = (start: string) => Buffer.from(`${start}${text(pools())}`, "utf16le");
      for (const bytes of [little("\uFEFF"), little(""), little("\uFEFF").swap16()]) {
        writeFileSync(join(folder, "pools.json"), bytes);
        expect(readExports(folder).pools).toHaveLength(2);
      }
      writeFileSync(join(folder, "pools.json"), `\uFEFF${text(pools())}`);
      expect(readExports(folder).pools).toHaveLength(2);
    });
  });
});

describe("exports that are not of one cluster are an error", () => {
  test("the pools of another one", () => {
    expect(findingsOf({ "pools.json": text(other(pools())) })).toEqual([
      expect.stringMatching(/^HAKS-DISC-003 pools.json: .*"other".*"billing"/),
    ]);
  });

  test("a second cluster, or the same one", () => {
    expect(findingsOf({ "other.json": text(other(cluster())) })).toEqual([
      expect.stringMatching(/^HAKS-DISC-003 other.json: .*"other".*"billing"/),
    ]);
    expect(findingsOf({ "same.json": text(cluster()) })).toEqual([
      expect.stringMatching(/^HAKS-DISC-003 same.json: .*the same cluster/),
    ]);
  });

  test("none at all", () => {
    inScratch((folder) => {
      writeFileSync(join(folder, "pools.json"), text(pools()));
      expect(() => readExports(folder)).toThrow(/HAKS-DISC-002/);
    });
  });

  test("or a cluster in a network of AKS, or with pools that lack what they need", () => {
    const managed = pools().map((pool) => ({ ...pool, vnetSubnetId: null }));
    expect(findingsOf({ "pools.json": text(managed) })).toEqual([
      expect.stringContaining("HAKS-DISC-004"),
    ]);
    const unsized = pools().map((pool) => ({ ...pool, vmSize: null }));
    expect(findingsOf({ "pools.json": text(unsized) })).toEqual([
      expect.stringMatching(/^HAKS-DISC-002 .*vmSize/),
    ]);
  });
});

const EVIL = "$(touch pwned)`touch pwned`\n'\"<script>alert(1)</script>|#{}";

describe("an id with something to run in it is an error", () => {
  test.each([
    ["the cluster", { "cluster.json": text({ ...cluster(), id: `${String(cluster().id)}$(id)` }) }],
    [
      "a subnet",
      {
        "pools.json": text(pools())
          .replace(/billing-nodes/g, "`id`")
          .replace(/\n/g, ""),
      },
    ],
    [
      "an identity, which is the name of a field",
      { "cluster.json": text(cluster()).replace(/billing-cp/g, "$(id)") },
    ],
    ["a new line", { "cluster.json": text(cluster()).replace(/billing-kubelet/g, "a\\nb") }],
  ])("%s", (_, files: Files) => {
    expect(findingsOf(files)).toEqual([
      expect.stringMatching(/^HAKS-DISC-001 \w+\.json: The (file|cluster) has (an|the) id/),
    ]);
  });
});

/** Replaces every text that is no id, no type and no choice of AKS. */
function poisoned(value: unknown, evil: string): unknown {
  const free = /^(dnsPrefix|nodeResourceGroup|clientId|principalName|osSku|kubernetesVersion)$/;
  return JSON.parse(
    JSON.stringify(value, (key, one: unknown) =>
      free.test(key) && typeof one === "string" ? evil : key === "tags" ? { [evil]: evil } : one,
    ),
  ) as unknown;
}

describe("a value with something to run in it", () => {
  const made = (evil: string) =>
    inScratch((folder) => {
      const all = ["cluster", "node-pools", "role-assignments", "identities"];
      for (const name of all) {
        writeFileSync(join(folder, `${name}.json`), text(poisoned(read(name), evil)));
      }
      const exports = readExports(folder);
      return { files: discoverFiles(discover(exports, folder)), exports };
    });

  test("is a value in the description, and text in the report", () => {
    const { files } = made(EVIL);
    const [[, description], [, markdown], [, page]] = files as [
      [string, string],
      [string, string],
      [string, string],
    ];
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>");
    expect(markdown).toMatch(/touch pwned/);
    expect(markdown).not.toMatch(/^touch|<script>/m);
    const { access, ...rest } = parse(description) as { access: { deployers: Fields[] } };
    expect(access.deployers.map(({ name }) => name)).toEqual([EVIL]);
    // Names that Azure does not accept are left out.
    expect(text(rest)).not.toContain("pwned");
  });

  test("is no member that every object has", () => {
    const names = '{"__proto__": "a", "constructor": "b", "toString": "c"}';
    const strange = text({ ...cluster(), tags: JSON.parse(names) as Fields });
    inScratch((folder) => {
      write(folder, { "cluster.json": strange });
      const { text: description } = discover(readExports(folder), folder);
      expect(description).toContain("tags:\n  __proto__: a\n  constructor: b\n  toString: c\n");
    });
  });

  test("never reaches Terraform as an expression", () => {
    const { files } = made('${file("/etc/passwd")}');
    // A comment may quote it.
    expect(text(parse(files[0]![1]))).not.toContain("${");
  });

  test("never runs in a script", () => {
    const { exports } = made(EVIL);
    inScratch((folder) => {
      const script = exportScript(["platform", "network", "identity"], exports);
      writeFileSync(join(folder, "export.sh"), script);
      writeFileSync(join(folder, "az"), '#!/bin/sh\necho "[]"\n', { mode: 0o755 });
      const { status, stdout } = spawnSync("bash", ["export.sh"], {
        cwd: folder,
        env: { ...process.env, PATH: `${folder}:${process.env.PATH ?? ""}` },
        encoding: "utf8",
      });
      expect(status).toBe(0);
      expect(stdout).toContain("Nothing exists: exports/cluster.json");
      expect(spawnSync("ls", [folder], { encoding: "utf8" }).stdout).not.toContain("pwned");
    });
  });
});
