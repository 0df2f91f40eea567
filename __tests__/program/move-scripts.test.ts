// The scripts of a move, run by bash with an `az` that works on exports, to the end of each way.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import { moveFiles } from "../../app/move/write";
import { Fields } from "../../app/config/file-schema";
import { readExports } from "../../app/discover/read-folder";
import { readRecords } from "../../app/move/memory";
import { MoveDocument, documentOf } from "../../app/move/document";
import { checkedByBash } from "../app/review.scripts";
import { Azure, planLog, save, saved } from "../app/move.azure";
import { Move, act as actDirectly } from "../app/move.worlds";
import { inScratch, once, textOf } from "../scenarios";

const program = once(() => {
  const { outputFiles } = buildSync({
    ...{ entryPoints: ["__tests__/app/move.azure.ts"], bundle: true, write: false },
    ...{ platform: "node", format: "cjs" },
  });
  return `#!${process.execPath}\n${outputFiles[0]!.text}\nmodule.exports.main(require("node:path").dirname(__dirname), process.argv.slice(2));\n`;
});

const python = once(() =>
  spawnSync("python3", ["-c", "import sys; print(sys.executable)"]).stdout.toString().trim(),
);

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Calls that change something. */
  readonly changes: string[];
}

/** Scripts of a move in a folder, beside an `az`. */
class Folder {
  public constructor(
    public readonly path: string,
    public readonly move: Move,
  ) {
    const bin = join(path, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "az"), program());
    chmodSync(join(bin, "az"), 0o755);
    symlinkSync(python(), join(bin, "python3"));
    save(path, move.azure);
  }

  /** Runs the command with fresh exports, and writes the scripts. */
  public next(): MoveDocument {
    this.move.azure = saved(this.path);
    const document = this.move.run();
    for (const [name, text] of moveFiles(document, this.move.plan, this.move.world)) {
      writeFileSync(join(this.path, name), text);
    }
    return document;
  }

  /** Exports with the script, and returns what the files of it say. */
  public exported(name: string): MoveDocument {
    expect(this.run("export", name)).toMatchObject({ status: 0, changes: [] });
    const from = join(this.path, name);
    const world = { exports: readExports(from), records: readRecords(from) };
    return documentOf({ ...this.move.world, ...world }, this.move.plan);
  }

  /** Runs the script of a team. */
  public run(team: string, ...options: string[]): Run {
    const calls = join(this.path, "calls.json");
    rmSync(calls, { force: true });
    const path = `${join(this.path, "bin")}${delimiter}${process.env.PATH}`;
    const { status, stdout, stderr } = spawnSync(
      "bash",
      [join(this.path, `${team}.sh`), ...options],
      { cwd: this.path, encoding: "utf8", env: { ...process.env, PATH: path } },
    );
    const made = existsSync(calls) ? (JSON.parse(textOf(calls)) as string[][]) : [];
    const changes = made
      .filter((call) => !call.includes("get"))
      .map((call) =>
        call.slice(
          0,
          call.findIndex((one) => one.startsWith("-")),
        ),
      );
    return {
      ...{ status, stdout, stderr },
      changes: changes
        .map((call) => call.join(" "))
        .filter((call) => /(create|update|upgrade|delete|^rest)$/.test(call)),
    };
  }

  public change(work: (azure: Azure) => void): void {
    const azure = saved(this.path);
    work(azure);
    save(this.path, azure);
  }

  /** What bash and shellcheck say of the scripts. */
  public linted(): string[] {
    return moveFiles(documentOf(this.move.world, this.move.plan), this.move.plan, this.move.world)
      .filter(([name]) => /^(identity|network|platform)\.sh$/.test(name))
      .map(([, text]) => checkedByBash(text))
      .filter((text) => text !== "");
  }

  public has(name: string): boolean {
    return existsSync(join(this.path, name));
  }
}

const inFolder = (move: Move, work: (folder: Folder) => void) => {
  inScratch((folder) => {
    work(new Folder(folder, move));
  });
};

const MINIMAL = { permissions: { roleSet: { type: "minimal" } } };

/** What a script says on stderr, but for role assignments that exist under another name than that of Terraform. */
const said = ({ stderr }: Run) => stderr.replace(/^Unless Terraform manages .*\n/gm, "");

/** Does the next step by its script, after a dry run. */
function act(folder: Folder, { next, steps }: MoveDocument, isTried = false): void {
  const { id, team } = steps.find((one) => one.id === next[0])!;
  if (id === "terraform-plan") {
    folder.move.log = planLog(folder.move.azure, folder.move.plan.kubelet.id);
    return;
  }
  if (id.endsWith("-tokens")) {
    folder.move.wait();
    return;
  }
  if (isTried) {
    const dry = folder.run(team, "--dry-run", "--yes");
    expect([id, said(dry), dry.status, dry.changes]).toEqual([id, "", 0, []]);
    expect(dry.stdout).toContain("would run:");
  }
  const done = folder.run(team, "--yes");
  expect([id, said(done), done.status]).toEqual([id, "", 0]);
  expect(done.changes).not.toEqual([]);
}

describe.each<[string, string, Fields]>([
  ["a service principal, with minimal roles", "service-principal", MINIMAL],
  ["a kubelet identity of AKS", "kubelet-made", {}],
])("from %s", (_, name, change) => {
  test("the scripts lead to the end, and then do nothing", () => {
    inFolder(new Move(name, change), (folder) => {
      let document = folder.next();
      expect(folder.exported("exports-1")).toEqual(document);
      for (let round = 0; !document.complete && round < document.steps.length; round++) {
        const before = document.next[0];
        act(folder, document, true);
        document = folder.next();
        expect(document.steps.find(({ id }) => id === before)?.state).toBe("done");
        if (change === MINIMAL) {
          expect(folder.linted()).toEqual([]);
        }
      }
      expect(document.complete).toBe(true);
      expect(folder.exported("exports-2")).toEqual(document);
      expect(folder.run("export", "exports-2").status).toBe(2);
      for (const team of ["identity", "network", "platform"]) {
        const run = folder.run(team, "--yes");
        expect([said(run), run.status, run.changes]).toEqual(["", 0, []]);
      }
    });
  });
});

describe("a script", () => {
  /** Goes up to a step, without the scripts. */
  const upTo = (folder: Folder, id: string) => {
    let document = folder.next();
    for (let round = 0; round < 12 && document.next[0] !== id; round++) {
      actDirectly(folder.move, document, document.next[0]!);
      save(folder.path, folder.move.azure);
      document = folder.next();
    }
    expect(document.next[0]).toBe(id);
  };

  test("of the platform team stops without the rights, and without --yes", () => {
    inFolder(new Move("service-principal"), (folder) => {
      folder.next();
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("Stopped: The identity") as string,
      });
      upTo(folder, "control-plane");
      expect(folder.run("platform")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("Run this again with --yes.") as string,
      });
      folder.change(({ assignments }) => {
        for (const one of assignments.filter(({ scope }) => scope.includes("subnets"))) {
          one.createdOn = new Date().toISOString();
        }
      });
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringMatching(/Stopped: The role .* but not for an hour yet/) as string,
      });
      folder.change((azure) => {
        azure.assignments = azure.assignments.filter(({ scope }) => !scope.includes("subnets"));
      });
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringMatching(/Stopped: The role .* is not granted/) as string,
      });
    });
  });

  test("lets no node of a service principal pull without a right", () => {
    inFolder(new Move("service-principal"), (folder) => {
      upTo(folder, "control-plane");
      // An upgrade after the last export would look like one after the switch.
      const [, { nodeImageVersion: image } = { nodeImageVersion: "" }] = folder.move.azure.pools;
      folder.change(({ pools }) => {
        pools[1]!.nodeImageVersion = "newer";
      });
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("are not those of the last exports") as string,
      });
      act(folder, folder.next());
      expect(folder.run("identity", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("No export has the kubelet identity") as string,
      });
      folder.next();
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringMatching(/Stopped: The role .*registries.* is not granted/) as string,
      });
      folder.change(({ cluster }) => {
        cluster.identityProfile!.kubeletidentity!.objectId = "99999999-0000-4000-8000-000000007777";
      });
      expect(folder.run("identity", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("is not the one of the exports") as string,
      });
      folder.change((azure) => {
        azure.cluster = folder.move.azure.cluster;
      });
      upTo(folder, "kubelet");
      act(folder, folder.next());
      // A pool that had the newest image already.
      folder.change(({ pools }) => {
        pools[1]!.nodeImageVersion = "newer";
      });
      upTo(folder, "node-images");
      expect(folder.run("identity", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("No export has shown the last switch") as string,
      });
      expect(folder.run("platform", "--yes").changes).toEqual(["aks nodepool upgrade"]);
      expect(folder.next().next).toEqual(["terraform-plan"]);
      expect(image).not.toBe("newer");
    });
  });

  test("waits until tokens have ended", () => {
    inFolder(new Move("system-assigned"), (folder) => {
      upTo(folder, "control-plane");
      folder.move.now = new Date();
      act(folder, folder.next());
      expect(folder.run("platform", "--yes").stderr).toContain("No export has shown");
      folder.next();
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 0, changes: [] },
        stdout: expect.stringContaining("By hand: Wait 24 hours") as string,
      });
      folder.move.wait();
      expect(folder.next().next).toEqual(["kubelet"]);
      // The clock of the script counts, and not that of the exports.
      expect(folder.run("platform", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("Stopped: Tokens of the old identity last until") as string,
      });
    });
  });

  test("deletes the application only where no cluster and no role of any subscription needs it", () => {
    inFolder(new Move("service-principal"), (folder) => {
      upTo(folder, "application");
      const other = "55555555-5555-4555-8555-555555555555";
      const { cluster } = folder.move.azure;
      const { clientId = "", principalId = "" } = folder.move.plan.start.controlPlane;
      const id = cluster.id.replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${other}`);
      const scope = `/subscriptions/${other}/resourceGroups/data-rg`;
      const [assignment] = folder.move.azure.assignments;
      const stops = (text: string, work: (azure: Azure) => void) => {
        folder.change((azure) => {
          Object.assign(azure, { others: [], subscriptions: [other], closed: [] });
          azure.assignments = azure.assignments.filter((one) => one.scope !== scope);
          work(azure);
        });
        expect(folder.run("identity", "--yes")).toMatchObject({
          ...{ status: 1, changes: [] },
          stderr: expect.stringContaining(text) as string,
        });
      };
      stops(`Another cluster uses ${clientId}: ${id.toLowerCase()}`, ({ others }) => {
        others.push({ ...cluster, id, servicePrincipalProfile: { clientId } });
      });
      stops("Cannot list the clusters of the subscription", ({ closed }) => {
        closed.push(other);
      });
      stops("The service principal still has roles", ({ assignments }) => {
        assignments.push({ ...assignment!, id: `${scope}/roles/1`, scope, principalId });
      });
      folder.change((azure) => {
        azure.assignments = azure.assignments.filter((one) => one.scope !== scope);
      });
      expect(folder.run("identity").stderr).toContain("az sees 2 subscriptions");
      expect(folder.run("identity", "--yes").changes).toEqual(["ad app delete"]);
    });
  });

  test("stops while Azure is at work, and where the cluster cannot be read", () => {
    inFolder(new Move("kubelet-made"), (folder) => {
      upTo(folder, "kubelet");
      folder.change(({ cluster }) => {
        cluster.provisioningState = "Updating";
      });
      expect(folder.run("platform", "--yes")).toMatchObject({ status: 1, changes: [] });
      folder.change((azure) => {
        azure.cluster = {} as never;
      });
      expect(folder.run("platform", "--yes")).toMatchObject({ status: 1, changes: [] });
    });
  });

  test("deletes nothing before the cluster has moved, or that another cluster uses, or without --yes", () => {
    inFolder(new Move("kubelet-made"), (folder) => {
      upTo(folder, "kubelet");
      for (const team of ["identity", "network"]) {
        expect(folder.run(team, "--yes")).toMatchObject({
          ...{ status: 1, changes: [] },
          stderr: expect.stringContaining("does not work with its new identities yet") as string,
        });
      }
      const { identityProfile } = folder.move.azure.cluster;
      upTo(folder, "identity-old-grants");
      expect(folder.run("identity")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining(
          "Stopped: Role assignments to delete: 1. Run this again with --yes.",
        ) as string,
      });
      folder.change((azure) => {
        const id = azure.cluster.id.replace(/shop$/, "other");
        azure.others.push({ ...azure.cluster, id, identityProfile });
      });
      expect(folder.run("identity", "--yes")).toMatchObject({
        ...{ status: 1, changes: [] },
        stderr: expect.stringContaining("Another cluster uses") as string,
      });
      folder.change((azure) => {
        azure.others = [];
      });
      expect(folder.run("identity", "--yes")).toMatchObject({
        ...{ status: 0, changes: ["role assignment delete"] },
      });
    });
  });

  test("keeps a cluster that was created again", () => {
    inFolder(new Move("kubelet-made", {}, "recreate"), (folder) => {
      upTo(folder, "backup");
      expect(folder.run("platform", "--yes").changes).toEqual([]);
      expect(folder.linted()).toEqual([]);
      folder.move.run(["backup"]);
      folder.next();
      expect(folder.linted()).toEqual([]);
      expect(folder.run("platform", "--dry-run", "--yes").stdout).toContain("az aks delete");
      folder.change(({ cluster }) => {
        cluster.resourceUid = "another";
      });
      expect(folder.run("platform", "--yes").changes).toEqual([]);
    });
  });

  test.each(["$(touch injected)`touch injected`'; touch injected; '\ntouch injected"])(
    "runs nothing of the name %j",
    (name) => {
      inFolder(new Move("service-principal"), (folder) => {
        folder.change((azure) => {
          azure.pools = azure.pools.map((pool) => ({ ...pool, name, nodeImageVersion: name }));
          azure.cluster.nodeResourceGroup = name;
          azure.assignments = azure.assignments.map((one) => ({
            ...one,
            principalName: one.principalName && name,
          }));
          azure.applications = azure.applications.map((one) => ({ ...one, displayName: name }));
        });
        const document = folder.next();
        for (const [file, text] of moveFiles(document, folder.move.plan, folder.move.world)) {
          expect([file, file.endsWith(".sh") ? checkedByBash(text, false) : ""]).toEqual([
            file,
            "",
          ]);
        }
        for (const team of ["identity", "network", "platform"]) {
          folder.run(team, "--yes");
        }
        expect(folder.has("injected")).toBe(false);
        expect(folder.run("identity", "--sideways").status).toBe(2);
      });
    },
  );
});

test("the old cluster of blue-green is in later exports, and only once it is gone", () => {
  inFolder(new Move("brought", { name: "billing-2" }, "blue-green"), (folder) => {
    const before = folder.next();
    const kept = (name: string) => {
      const { status, stderr } = folder.run("export", name);
      expect(status).toBe(0);
      return [folder.has(join(name, "cluster.json")), stderr];
    };
    expect(kept("exports-1")).toEqual([true, ""]);
    const GONE = ["cluster.json", "node-pools.json"].map(
      (file) => `ResourceNotFound\nNot exported: exports-2/${file}\n`,
    );
    folder.change((azure) => (azure.gone = true));
    expect(kept("exports-2")).toEqual([true, GONE.join("")]);
    const { plan, world } = folder.move;
    const exports = readExports(join(folder.path, "exports-2"));
    const after = documentOf({ ...world, exports }, plan);
    expect([after.way, after.cluster, after.next]).toEqual([
      before.way,
      before.cluster,
      before.next,
    ]);
    // A cluster that az may not show is not gone.
    folder.change((azure) => azure.closed.push(String(azure.cluster.id.split("/")[2])));
    expect(kept("exports-3")[0]).toBe(false);
  });
});
