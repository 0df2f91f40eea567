// Commands for several descriptions: the findings of check, and the files of fleet.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { FleetIndex } from "../../app/fleet/fleet-index";
import { run } from "../edited";
import { textOf } from "../scenarios";

const DEFAULTS = textOf("examples/enterprise/haks.yaml")
  .replace(/^name: .*\n/m, "")
  // Forty clusters are in it.
  .replace("10.240.0.0/22", "10.240.0.0/18")
  .replace("10.240.8.0/28", "10.241.0.0/28")
  .replace(/^ {2}controlPlane:\n.*\n {2}kubelet:\n.*\n/m, "");

/** The names of so many clusters. */
const named = (count: number) => Array.from({ length: count }, (_, index) => `aks-${index + 1}`);

/** A folder with a fleet, in which commands run. */
class Fleet {
  public readonly out: string;

  public constructor(
    public readonly folder: string,
    names: string[],
  ) {
    this.out = join(folder, "out");
    mkdirSync(join(folder, "clusters"));
    this.write("defaults.yaml", DEFAULTS);
    names.forEach((name) => {
      this.describe(name);
    });
  }

  public write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  public describe(name: string, more = ""): void {
    this.write(`clusters/${name}.yaml`, `extends: ../defaults.yaml\nname: ${name}\n${more}`);
  }

  public run(command: string, ...args: string[]) {
    return run(command, "--config", join(this.folder, "clusters/*.yaml"), ...args);
  }

  public async synth(...args: string[]) {
    const result = await this.run("fleet", "--out", this.out, ...args);
    return {
      ...result,
      index: () => JSON.parse(readFileSync(join(this.out, "fleet.json"), "utf8")) as FleetIndex,
    };
  }
}

async function withFleet(names: string[], work: (fleet: Fleet) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "haks-"));
  try {
    await work(new Fleet(folder, names));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a mistake in a file that forty clusters extend", () => {
  const EDITS: [string, [string, string], RegExp][] = [
    [
      "a misspelled field",
      ["nodeSubnet:", "nodeSubnt:"],
      /defaults\.yaml:20:3: error HAKS-FILE-002: The field "nodeSubnt" is unknown here\. Use nodeSubnet, if that is meant\. \(40 descriptions\)$/,
    ],
    [
      "a rule",
      ["10.245.0.0/16", "10.244.0.0/16"],
      /defaults\.yaml:28:14: error HAKS-NET-002: .* \(40 descriptions\)$/,
    ],
    [
      "no YAML",
      ["location: westeurope", "location: [westeurope"],
      /defaults\.yaml:\d+:\d+: error HAKS-FILE-001: .* \(40 descriptions\)$/,
    ],
  ];

  test.each(EDITS)("is one finding: %s", async (_, [before, after], finding) => {
    await withFleet(named(40), async (fleet) => {
      expect((await fleet.run("check")).status).toBe(0);
      fleet.write("defaults.yaml", DEFAULTS.replace(before, after));
      const { status, err } = await fleet.run("check");
      expect(status).toBe(1);
      expect(err.trim().split("\n")).toEqual([
        expect.stringMatching(finding),
        "1 error; nothing was written.",
      ]);
    });
  });

  test("is one for each description that has the mistake itself", async () => {
    await withFleet(named(3), async (fleet) => {
      fleet.describe("aks-1", "locaton: x\n");
      fleet.describe("aks-2", "locaton: x\n");
      const { err } = await fleet.run("check");
      expect(err.match(/aks-[12]\.yaml:3:1: error HAKS-FILE-002/g)).toHaveLength(2);
    });
  });

  test("names the descriptions in JSON", async () => {
    await withFleet(named(2), async (fleet) => {
      fleet.write("defaults.yaml", DEFAULTS.replace("nodeSubnet:", "nodeSubnt:"));
      const { findings } = JSON.parse((await fleet.run("check", "--json")).out) as {
        findings: { descriptions: string[] }[];
      };
      expect(findings.map(({ descriptions }) => descriptions)).toEqual([
        ["aks-1", "aks-2"].map((name) => join(fleet.folder, `clusters/${name}.yaml`)),
      ]);
    });
  });
});

describe("--config", () => {
  test("takes several files, each once", async () => {
    await withFleet(named(3), async ({ folder }) => {
      const one = join(folder, "clusters/aks-1.yaml");
      const { out } = await run("check", "--config", one, join(folder, "clusters/aks-2.yaml"), one);
      expect(out).toBe("2 descriptions: no errors, 0 warnings.\n");
    });
  });

  test("takes a file whose name looks like a pattern", async () => {
    await withFleet(named(1), async ({ folder }) => {
      const file = join(folder, "clusters/[a].yaml");
      writeFileSync(file, readFileSync(join(folder, "clusters/aks-1.yaml")));
      expect((await run("check", "--config", file)).out).toBe(`${file}: no errors, 0 warnings.\n`);
    });
  });

  test("tells of a pattern that no file matches", async () => {
    const { status, err } = await run("fleet", "--config", "nowhere/*.yaml");
    expect(status).toBe(1);
    expect(err).toContain("nowhere/*.yaml: error HAKS-FILE-007: No file matches this pattern.");
  });

  test("takes one description with --previous", async () => {
    await withFleet(named(2), async (fleet) => {
      const { status, err } = await fleet.run("check", "--previous", fleet.folder);
      expect(status).toBe(2);
      expect(err).toContain("--previous compares one description with its output.");
    });
  });
});

test("other settings of Terraform in one description are an error", async () => {
  await withFleet(named(3), async (fleet) => {
    fleet.describe("aks-2", "terraform:\n  stackPrefix: other\n");
    const { err } = await fleet.run("check");
    expect(err).toMatch(/aks-2\.yaml:4:3: error HAKS-TF-005: .*aks-1\.yaml/);
  });
});

describe("fleet", () => {
  test("writes each stack with its place in the order, and its review", async () => {
    await withFleet(named(2), async (fleet) => {
      const { status, out, err, index } = await fleet.synth();
      expect(status).toBe(0);
      expect(out).toContain("2 clusters, 8 stacks, 8 changed.");
      expect(err.split("\n")).toEqual(["aks-1: written", "aks-2: written", ""]);
      const brief = index().stacks.map(({ stage, team, name, dependsOn, cluster = "all" }) =>
        [stage, team, cluster, name, "after", ...dependsOn].join(" "),
      );
      expect(brief).toEqual([
        "1 identity all fleet-identities after",
        "2 network all fleet-network-permissions after fleet-identities",
        "3 identity aks-1 aks-1-identities after fleet-network-permissions",
        "3 identity aks-2 aks-2-identities after fleet-network-permissions",
        "4 network aks-1 aks-1-network-permissions after aks-1-identities",
        "4 network aks-2 aks-2-network-permissions after aks-2-identities",
        "5 platform aks-1 aks-1-cluster after aks-1-network-permissions",
        "5 platform aks-2 aks-2-cluster after aks-2-network-permissions",
      ]);
      for (const { folder } of index().stacks) {
        expect(existsSync(join(fleet.out, folder, "cdk.tf.json"))).toBe(true);
      }
      for (const file of ["identity.md", "identity.sh", "identity-runner.sh"]) {
        expect(existsSync(join(fleet.out, "reviews/fleet/access-requests", file))).toBe(true);
      }
      for (const { review, description } of index().clusters) {
        expect(existsSync(join(fleet.out, review, "access-review.html"))).toBe(true);
        expect(existsSync(join(fleet.out, description))).toBe(true);
      }
    });
  });

  test("leaves what did not change, and says what did", async () => {
    await withFleet(named(3), async (fleet) => {
      const first = await fleet.synth();
      const before = first.index();
      const same = await fleet.synth("--previous", fleet.out);
      expect(same.err).toBe("aks-1: unchanged\naks-2: unchanged\naks-3: unchanged\n");
      expect(same.index().stacks.filter(({ changed }) => changed)).toEqual([]);

      writeFileSync(join(fleet.folder, "before.json"), JSON.stringify(before));
      fleet.describe("aks-2", "tags:\n  cost: low\n");
      const edited = await fleet.synth("--previous", join(fleet.folder, "before.json"));
      expect(edited.err).toBe("aks-1: unchanged\naks-3: unchanged\naks-2: written\n");
      const changed = edited.index().stacks.filter((one) => one.changed);
      expect(changed.map(({ name }) => name)).toEqual(["aks-2-identities", "aks-2-cluster"]);
      expect((await fleet.synth("--force")).err.match(/written/g)).toHaveLength(3);
    });
  });

  test("writes again what was edited or removed in the folder", async () => {
    await withFleet(named(2), async (fleet) => {
      const { index } = await fleet.synth();
      const stack = join(fleet.out, "stacks/aks-1-cluster/cdk.tf.json");
      const text = readFileSync(stack, "utf8");
      writeFileSync(stack, "{}");
      const before = index();
      expect((await fleet.synth()).err).toBe("aks-2: unchanged\naks-1: written\n");
      expect(readFileSync(stack, "utf8")).toBe(text);
      expect(index()).toEqual(before);
      rmSync(join(fleet.out, "reviews/aks-2"), { recursive: true });
      expect((await fleet.synth()).err).toBe("aks-1: unchanged\naks-2: written\n");
    });
  });

  test("removes the folders of a cluster that is gone, unless a state is there", async () => {
    await withFleet(named(3), async (fleet) => {
      await fleet.synth();
      fleet.write("out/stacks/aks-2-cluster/terraform.tfstate", "{}");
      ["aks-2", "aks-3"].forEach((name) => {
        rmSync(join(fleet.folder, `clusters/${name}.yaml`));
      });
      const { out, index } = await fleet.synth("--previous", fleet.out);
      expect(out).toContain("The stack aks-3-cluster is gone; its resources are not.");
      expect(out).toContain(
        "The stack aks-3-identities is gone; its resources are not. Destroy them with its state, unless something else uses its identities.",
      );
      expect(index().removed.map(({ name }) => name)).toHaveLength(6);
      expect(existsSync(join(fleet.out, "stacks/aks-3-cluster"))).toBe(false);
      expect(existsSync(join(fleet.out, "reviews/aks-3"))).toBe(false);
      expect(existsSync(join(fleet.out, "stacks/aks-2-identities"))).toBe(false);
      expect(existsSync(join(fleet.out, "stacks/aks-2-cluster/cdk.tf.json"))).toBe(true);
    });
  });

  test("says which rights change for all clusters", async () => {
    await withFleet(named(2), async (fleet) => {
      expect((await fleet.synth()).out).not.toContain("ights");
      const same = await fleet.synth("--previous", fleet.out);
      expect(same.out).toContain("0 changed.\nNo right is new, gone or different.\n");
      fleet.write("defaults.yaml", DEFAULTS.replace(/^registries:\n( .*\n)+/m, ""));
      const { out } = await fleet.synth("--previous", fleet.out);
      expect(out).toMatch(/changed\.\nRights: \+0 −1\.\n/);
    });
  });

  test("reviews all clusters, with the changes since an earlier run", async () => {
    await withFleet(named(3), async (fleet) => {
      await fleet.synth();
      const review = () =>
        JSON.parse(readFileSync(join(fleet.out, "fleet-review.json"), "utf8")) as {
          clusters: object[];
          changes?: { clustersAdded: string[]; clustersRemoved: string[] };
        };
      expect(review().clusters).toHaveLength(3);
      expect(review().changes).toBeUndefined();
      fleet.describe("aks-4");
      rmSync(join(fleet.folder, "clusters/aks-1.yaml"));
      await fleet.synth("--previous", fleet.out);
      expect(review().changes).toMatchObject({
        clustersAdded: ["aks-4"],
        clustersRemoved: ["aks-1"],
      });
      expect(readFileSync(join(fleet.out, "fleet-review.html"), "utf8")).toContain(
        "./reviews/aks-4/access-review.html",
      );
    });
  });

  test("is not what check compares one description with, but the reviews are", async () => {
    await withFleet(named(2), async (fleet) => {
      await fleet.synth();
      const check = (previous: string) =>
        run(
          "check",
          ...["--config", join(fleet.folder, "clusters/aks-1.yaml")],
          ...["--previous", join(fleet.out, previous)],
        );
      for (const place of ["", "stacks", "stacks/aks-1-identities"]) {
        const { status, err } = await check(place);
        expect(status).toBe(1);
        expect(err).toContain("HAKS-FILE-007: The stacks are those of a fleet");
      }
      const { status, out } = await check("reviews/aks-1");
      expect([status, out.split("\n").at(-2)]).toEqual([0, "No right changes."]);
    });
  });

  test("says that a description with another name is that of another cluster", async () => {
    await withFleet(named(2), async (fleet) => {
      await fleet.synth();
      fleet.write("clusters/aks-2.yaml", "extends: ../defaults.yaml\nname: aks-two\n");
      const { out } = await fleet.synth("--previous", fleet.out);
      expect(out).toContain(
        "../clusters/aks-2.yaml described the cluster aks-2 and describes aks-two now",
      );
    });
  });

  test("compares with a commit", async () => {
    await withFleet(named(2), async (fleet) => {
      const git = (...args: string[]) =>
        execFileSync(
          "git",
          ["-C", fleet.folder, "-c", "user.name=x", "-c", "user.email=x@example.com", ...args],
          { stdio: "pipe" },
        );
      git("init", "--quiet", "--initial-branch=main");
      git("commit", "--quiet", "--allow-empty", "--message=nothing");
      const first = await fleet.synth("--previous", "main");
      expect(first.index().stacks.every(({ changed }) => changed)).toBe(true);
      git("add", ".");
      git("commit", "--quiet", "--message=fleet");
      fleet.describe("aks-1", "tags:\n  cost: low\n");
      const { index } = await fleet.synth("--previous", "main");
      const changed = index().stacks.filter((one) => one.changed);
      expect(changed.map(({ cluster }) => cluster)).toEqual(["aks-1", "aks-1"]);
      const { status, err } = await fleet.synth("--previous", "no-such-branch");
      expect(status).toBe(2);
      expect(err).toContain('"no-such-branch" is neither a file nor a commit');
    });
  });

  test("writes the files of engines, with folders relative to the repository", async () => {
    await withFleet(named(2), async (fleet) => {
      await fleet.synth("--engine", "github", "atlantis");
      const { stages } = JSON.parse(
        readFileSync(join(fleet.out, "engines/github.json"), "utf8"),
      ) as { stages: { all: { include: { folders: string }[] } }[] };
      const folders = stages.flatMap(({ all }) => all.include.map((row) => row.folders));
      expect(folders.every((folder) => existsSync(join(fleet.out, folder)))).toBe(true);
      expect(existsSync(join(fleet.out, "engines/azure-pipelines.json"))).toBe(false);
      execFileSync("git", ["-C", fleet.folder, "init", "--quiet"]);
      await fleet.synth("--engine", "atlantis");
      const { projects } = parse(readFileSync(join(fleet.out, "atlantis.yaml"), "utf8")) as {
        projects: { dir: string }[];
      };
      expect(projects[0]!.dir).toBe("out/stacks/fleet-identities");
      // The run before wrote it, and its rows are those of the past.
      expect(existsSync(join(fleet.out, "engines/github.json"))).toBe(false);
      fleet.write("out/engines/mine.json", "{}");
      await fleet.synth();
      expect(existsSync(join(fleet.out, "atlantis.yaml"))).toBe(false);
      expect(existsSync(join(fleet.out, "engines/mine.json"))).toBe(true);
      expect((await fleet.synth("--engine", "gitlab")).status).toBe(2);
    });
  });

  test("takes over the role assignments of a cluster that joins", async () => {
    await withFleet(named(2), async (fleet) => {
      await fleet.synth("--joining", "aks-2");
      const native = () =>
        readFileSync(join(fleet.out, "stacks/fleet-identities/terraform.tf"), "utf8");
      expect(native()).toContain("import {");
      await fleet.synth();
      expect(native()).not.toContain("import {");
      const { status, err } = await fleet.synth("--joining", "aks2");
      expect(status).toBe(2);
      expect(err).toContain('No description has the name "aks2". Use aks-2');
    });
  });

  test("does not write into a folder of others", async () => {
    await withFleet(named(1), async (fleet) => {
      mkdirSync(fleet.out);
      fleet.write("out/notes.txt", "mine");
      const { status, err } = await fleet.synth();
      expect(status).toBe(1);
      expect(err).toContain("HAKS-FILE-009");
      expect(existsSync(join(fleet.out, "stacks"))).toBe(false);
    });
  });

  test("writes nothing if one description has an error", async () => {
    await withFleet(named(2), async (fleet) => {
      fleet.describe("aks-2", "locaton: x\n");
      const { status, err } = await fleet.synth();
      expect(status).toBe(1);
      expect(err).toContain("1 error; nothing was written.");
      expect(existsSync(fleet.out)).toBe(false);
    });
  });
});
