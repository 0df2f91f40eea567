// The files of the engines that deploy a fleet: each against the schema or the rules of its engine.
import Ajv, { ErrorObject } from "ajv";
import { parse, stringify } from "yaml";
import { engineFiles } from "../../app/fleet/engines/engines";
import { ENGINES, Engine } from "../../app/fleet/engines/names";
import { MAX_JOBS } from "../../app/fleet/engines/rows";
import { FleetIndex } from "../../app/fleet/fleet-index";
import fleetSchema from "../../fleet.schema.json";
import { indexOf } from "../fleet-indexes";
import { workflowProblems } from "../workflows";
import { ATLANTIS, AZURE_PIPELINES, GITHUB, HCP_TERRAFORM } from "../app/engine-schemas";

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `haks-${String(index).padStart(4, "0")}`);
}

// Names that Azure accepts for clusters, and a stack with a long prefix.
const ODD = ["a-b", "a_b", "A-b", "9lives", `${"x".repeat(110)}-`, `${"x".repeat(111)}-`];
const FLEETS: [string, FleetIndex][] = [
  ["of three", indexOf(["dev", "prod", "test"])],
  ["without clusters", indexOf([])],
  ["without a change", indexOf(many(3), () => false)],
  ["of 300 stacks", { ...indexOf(many(100)), stacks: indexOf(many(100)).stacks.slice(-300) }],
  ["of 3,002 stacks", indexOf(many(1000))],
  ["with odd names", indexOf(ODD)],
];

function fileOf(engine: Engine, index: FleetIndex, folder?: string): string {
  const [[, text] = ["", ""]] = engineFiles(index, [engine], folder);
  return text;
}

function errorsOf(schema: object, value: unknown): string[] {
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map((error: ErrorObject) => ajv.errorsText([error]));
}

interface GitHubFile {
  readonly stages: {
    readonly stage: number;
    readonly team: string;
    readonly changed: { include: { name: string; folders: string }[] };
    readonly all: { include: { name: string; folders: string }[] };
  }[];
}

interface Jobs {
  [name: string]: { ROW: string; FOLDERS: string };
}

interface AzureFile {
  readonly stages: { readonly changed: Jobs; readonly all: Jobs }[];
}

const githubOf = (index: FleetIndex) => JSON.parse(fileOf("github", index)) as GitHubFile;
const azureOf = (index: FleetIndex) => JSON.parse(fileOf("azure-pipelines", index)) as AzureFile;

test("each engine has its file", () => {
  expect(engineFiles(indexOf(["prod"]), ENGINES).map(([path]) => path)).toEqual([
    "engines/github.json",
    "engines/azure-pipelines.json",
    "atlantis.yaml",
    "engines/hcp-terraform.tf.json",
  ]);
  expect(engineFiles(indexOf(["prod"]), [])).toEqual([]);
});

describe.each(FLEETS)("a fleet %s", (_, index) => {
  test("has an index that the schema accepts", () => {
    expect(errorsOf(fleetSchema, index)).toEqual([]);
  });

  test.each<[Engine, object]>([
    ["github", GITHUB],
    ["azure-pipelines", AZURE_PIPELINES],
    ["atlantis", ATLANTIS],
    ["hcp-terraform", HCP_TERRAFORM],
  ])("has a file that the rules of %s accept", (engine, schema) => {
    const text = fileOf(engine, index);
    expect(errorsOf(schema, parse(text, { maxAliasCount: 0 }))).toEqual([]);
    // Expressions of Terraform are in one file alone.
    expect(text.includes("${")).toBe(engine === "hcp-terraform");
  });

  test("has all stacks, and those that changed, in at most 256 jobs", () => {
    const names = (stage: number, changed: boolean) =>
      index.stacks
        .filter((stack) => stack.stage === stage && (!changed || stack.changed))
        .map(({ folder }) => folder)
        .sort();
    const github = githubOf(index).stages;
    const azure = azureOf(index).stages;
    github.forEach(({ stage, all, changed }, place) => {
      const foldersIn = (rows: { folders: string }[]) =>
        rows.flatMap(({ folders }) => folders.split(" ")).sort();
      expect(foldersIn(all.include)).toEqual(names(stage, false));
      expect(foldersIn(changed.include)).toEqual(names(stage, true));
      const jobs = Object.values(azure[place]!.all);
      expect(jobs.map(({ ROW, FOLDERS }) => ({ name: ROW, folders: FOLDERS }))).toEqual(
        expect.arrayContaining(all.include),
      );
      expect(jobs).toHaveLength(all.include.length);
    });
    const jobs = github.flatMap(({ all }) => all.include.map(({ name }) => name));
    expect(jobs.length).toBeLessThanOrEqual(MAX_JOBS);
    expect(new Set(jobs).size).toBe(jobs.length);
  });
});

describe("the schema of the index", () => {
  const index = indexOf(["prod"]);

  test.each<[string, object]>([
    ["/stage", { stage: 8 }],
    ["/stage", { stage: 1.5 }],
    ["/checksum", { checksum: "0".repeat(64) }],
    ["/team", { team: "noc" }],
    ["additional properties", { owner: "me" }],
  ])("refuses a wrong %s", (place, change) => {
    const [first, ...others] = index.stacks;
    const stacks = [{ ...first, ...change }, ...others];
    expect(errorsOf(fleetSchema, { ...index, stacks }).join()).toContain(place);
  });
});

describe("GitHub Actions", () => {
  const workflow = (matrix: object) =>
    stringify({
      on: "push",
      jobs: {
        stage: {
          "runs-on": "ubuntu-24.04",
          strategy: { matrix },
          steps: [{ run: "echo ${{ matrix.folders }}" }],
        },
      },
    });

  test("accepts the matrix of 300 stacks in a workflow", async () => {
    const { stages } = githubOf(FLEETS[3]![1]);
    for (const { all, changed } of stages.filter((one) => one.all.include.length > 0)) {
      expect(await workflowProblems(workflow(all))).toEqual([]);
      expect(changed).toEqual(all);
    }
    expect((await workflowProblems(workflow({ include: ["prod"] }))).join()).toContain("prod");
  });

  test("gets a job for each stack as long as there are no more than 256", () => {
    const jobsOf = (clusters: number) =>
      githubOf(indexOf(many(clusters))).stages.flatMap(({ all }) => all.include);
    // 2 + 3 × 84 stacks fit, 2 + 3 × 85 do not.
    expect(jobsOf(84).map(({ name, folders }) => folders === `stacks/${name}`)).toEqual(
      Array(254).fill(true),
    );
    const shared = jobsOf(85).filter(({ folders }) => folders.includes(" "));
    expect(shared.length).toBeGreaterThan(0);
    expect(shared[0]!.name).toMatch(/^stage-3-identity-\d\d$/);
  });

  test("gets shards of one team, and those of a cluster have the same number", () => {
    const shards = githubOf(indexOf(many(200))).stages.slice(2);
    const numbers = shards.map(({ all, team, stage }) =>
      all.include.flatMap(({ name, folders }) => {
        const [, number = ""] = new RegExp(`^stage-${stage}-${team}-(\\d+)$`).exec(name) ?? [];
        return folders.split(" ").map((folder) => `${folder.slice(0, 16)} ${number}`);
      }),
    );
    expect(numbers.map((one) => one.length)).toEqual([200, 200, 200]);
    expect([numbers[1]!.sort(), numbers[2]!.sort()]).toEqual([
      numbers[0]!.sort(),
      numbers[0]!.sort(),
    ]);
  });

  test("gets as many shards as there is room for, of about the same size", () => {
    const [, , stage] = githubOf(indexOf(many(1000))).stages;
    const sizes = stage!.all.include.map(({ folders }) => folders.split(" ").length);
    // 256 jobs without those of the shared stacks, for three stages.
    expect(sizes).toHaveLength(84);
    expect(Math.max(...sizes)).toBeLessThan(3 * (1000 / 84));
  });

  test("keeps the other rows when a cluster is added", () => {
    const rowsOf = (index: FleetIndex) =>
      githubOf(index).stages.flatMap(({ all }) => all.include.map((row) => JSON.stringify(row)));
    const before = rowsOf(indexOf(many(200)));
    const after = new Set(rowsOf(indexOf([...many(200), "haks-0099b"])));
    // One row of each stage with stacks of clusters has one stack more.
    expect(before.filter((row) => !after.has(row)).length).toBeLessThanOrEqual(3);
    expect(after.size).toBeGreaterThanOrEqual(before.length);
  });

  test("has only the changed stacks of a shard in the matrix of what changed", () => {
    const [, , stage] = githubOf(
      indexOf(many(200), (name) => name === "haks-0007-identities"),
    ).stages;
    expect(stage!.changed.include.map(({ folders }) => folders)).toEqual([
      "stacks/haks-0007-identities",
    ]);
    const [row] = stage!.changed.include;
    expect(stage!.all.include.map(({ name }) => name)).toContain(row!.name);
  });

  test("has room for the matrices in the outputs of a job", () => {
    expect(fileOf("github", indexOf(many(1000))).length).toBeLessThan(1_000_000);
  });
});

describe("Azure Pipelines", () => {
  const nameOf = (cluster: string, others: string[] = []) =>
    Object.entries(azureOf(indexOf([cluster, ...others])).stages[2]!.all).find(
      ([, { ROW }]) => ROW === `${cluster}-identities`,
    )![0];

  test("has underscores for hyphens, and a mark for names that could become the same", () => {
    expect(nameOf("a-b")).toBe("a_b_identities");
    expect(nameOf("a_b")).toMatch(/^a_b_identities_[0-9a-f]{8}$/);
    expect(nameOf("A-b")).toMatch(/^A_b_identities_[0-9a-f]{8}$/);
    expect(nameOf("9lives")).toMatch(/^s_9lives_identities_[0-9a-f]{8}$/);
  });

  test("keeps its names apart also where case does not matter", () => {
    const { all } = azureOf(indexOf(ODD)).stages[2]!;
    const names = Object.keys(all).map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(ODD.length);
    expect(names.filter((name) => name.length === 100)).toHaveLength(2);
  });

  test("keeps a name when a cluster is added", () => {
    expect(nameOf("a-b", ["a_b", "A-b"])).toBe(nameOf("a-b"));
    expect(nameOf("a_b", ["a-b"])).toBe(nameOf("a_b"));
  });
});

describe("Atlantis", () => {
  interface Project {
    readonly name: string;
    readonly dir: string;
    readonly execution_order_group: number;
    readonly depends_on?: string[];
  }
  const projectsOf = (folder?: string) => {
    const file = parse(fileOf("atlantis", indexOf(["prod", "test"]), folder)) as {
      projects: Project[];
    };
    return file.projects;
  };

  test("has projects with names of their own, which come after those that they depend on", () => {
    const groups = new Map(projectsOf().map((one) => [one.name, one.execution_order_group]));
    expect(groups.size).toBe(8);
    const orders = projectsOf().flatMap(({ depends_on: before = [], execution_order_group: own }) =>
      before.map((name) => groups.get(name)! < own),
    );
    expect(new Set(orders)).toEqual(new Set([true]));
  });

  test.each([
    [undefined, "fleet/stacks/fleet-identities"],
    ["deploy/aks", "deploy/aks/stacks/fleet-identities"],
    ["", "stacks/fleet-identities"],
  ])("has folders relative to the repository: the fleet in %p", (folder, dir) => {
    expect(projectsOf(folder)[0]).toMatchObject({ dir });
  });
});

describe("HCP Terraform", () => {
  interface Workspace {
    readonly name: string;
    readonly project_id: string;
    readonly working_directory: string;
    readonly tags: object;
  }
  const moduleOf = (index: FleetIndex, folder?: string) =>
    JSON.parse(fileOf("hcp-terraform", index, folder)) as {
      variable: { [name: string]: object };
      resource: {
        tfe_workspace: { [name: string]: Workspace };
        tfe_run_trigger?: { [name: string]: { workspace_id: string; sourceable_id: string } };
      };
    };
  const sourcesOf = (index: FleetIndex, name: string) =>
    Object.values(moduleOf(index).resource.tfe_run_trigger ?? {})
      .filter(({ workspace_id: id }) => id === `\${tfe_workspace.${name}.id}`)
      .map(({ sourceable_id: id }) => id.replace(/^\$\{tfe_workspace\.(.+)\.id\}$/, "$1"));

  test("has a workspace for each stack, in the project of its team", () => {
    const { tfe_workspace: workspaces } = moduleOf(indexOf(["prod"]), "aks").resource;
    expect(workspaces["prod-cluster"]).toMatchObject({
      name: "prod-cluster",
      project_id: "${var.project_ids.platform}",
      working_directory: "aks/stacks/prod-cluster",
      tags: { team: "platform", cluster: "prod" },
    });
    expect(workspaces["fleet-identities"]!.tags).toEqual({ team: "identity" });
    expect(Object.keys(workspaces)).toHaveLength(5);
  });

  test("declares each variable that it uses, and uses each", () => {
    const index = indexOf(["prod"]);
    const used = fileOf("hcp-terraform", index).matchAll(/\$\{var\.(\w+)/g);
    expect(new Set([...used].map(([, name]) => name))).toEqual(
      new Set(Object.keys(moduleOf(index).variable)),
    );
  });

  test("refers only to workspaces that it has", () => {
    const { tfe_workspace: workspaces, tfe_run_trigger: triggers = {} } = moduleOf(
      indexOf(ODD),
    ).resource;
    const addresses = Object.keys(workspaces);
    expect(addresses).toContain("_9lives-identities");
    for (const { workspace_id: id, sourceable_id: source } of Object.values(triggers)) {
      expect(addresses).toContain(id.slice("${tfe_workspace.".length, -".id}".length));
      expect(addresses).toContain(source.slice("${tfe_workspace.".length, -".id}".length));
    }
    expect(Object.keys(triggers).length).toBe(1 + 3 * ODD.length);
  });

  test("starts a run after the last stacks that it depends on, and after at most 20", () => {
    const index = indexOf(["prod"]);
    expect(sourcesOf(index, "prod-cluster")).toEqual(["prod-network-permissions"]);
    expect(sourcesOf(index, "prod-identities")).toEqual(["fleet-network-permissions"]);
    expect(sourcesOf(index, "fleet-identities")).toEqual([]);
    const clusters = many(25);
    const { stacks } = indexOf(clusters);
    const dependsOn = clusters.map((name) => `${name}-identities`);
    const last = stacks.map((stack) =>
      stack.name === "haks-0000-cluster" ? { ...stack, dependsOn } : stack,
    );
    expect(sourcesOf({ ...index, stacks: last }, "haks-0000-cluster")).toEqual(
      dependsOn.slice(-20),
    );
  });
});
