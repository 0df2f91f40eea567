// The example pipelines: no secrets, pinned actions, least permissions, and commands and files that exist.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rootsOf } from "../examples";
import { textOf } from "../scenarios";

const TEAMS = ["identity", "network", "platform"];
const PLACE = join("examples", "pipelines");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly env?: { [name: string]: string };
}

interface GitHubJob {
  readonly if: string;
  readonly permissions: { [name: string]: string };
  readonly environment?: string;
  readonly needs?: unknown;
  readonly env: { [name: string]: string };
  readonly steps: Step[];
}

interface GitHub {
  readonly on: { pull_request: { paths: string[] }; push: { branches: string[]; paths: string[] } };
  readonly permissions: object;
  readonly env: { [name: string]: string };
  readonly jobs: { plan: GitHubJob; apply: GitHubJob };
}

interface AzureJob {
  readonly steps?: Step[];
  readonly environment?: string;
  readonly strategy?: { runOnce: { deploy: { steps: Step[] } } };
}

interface AzureDevOps {
  readonly resources?: unknown;
  readonly trigger: { branches: { include: string[] } };
  readonly variables: { [name: string]: string };
  readonly stages: { stage: string; condition: string; dependsOn?: string[]; jobs: AzureJob[] }[];
}

/** What a pipeline of either kind runs. */
interface Pipeline {
  readonly text: string;
  readonly folder: string;
  readonly plan: Step[];
  readonly apply: Step[];
}

const FILES = rootsOf("enterprise");

function github(team: string): GitHub {
  return parse(textOf(PLACE, "github", `${team}.yml`)) as GitHub;
}

function azureDevOps(team: string): AzureDevOps {
  return parse(textOf(PLACE, "azure-devops", `${team}.yml`)) as AzureDevOps;
}

function stepsOf({ steps, strategy }: AzureJob): Step[] {
  return steps ?? strategy?.runOnce.deploy.steps ?? [];
}

const PIPELINES: [string, Pipeline][] = TEAMS.flatMap((team): [string, Pipeline][] => {
  const { env, jobs } = github(team);
  const { variables, stages } = azureDevOps(team);
  const [plan = [], apply = []] = stages.map((stage) => stage.jobs.flatMap(stepsOf));
  return [
    [
      `github/${team}`,
      {
        text: textOf(PLACE, "github", `${team}.yml`),
        folder: env.FOLDER ?? "",
        plan: jobs.plan.steps,
        apply: jobs.apply.steps,
      },
    ],
    [
      `azure-devops/${team}`,
      {
        text: textOf(PLACE, "azure-devops", `${team}.yml`),
        folder: variables.folder ?? "",
        plan,
        apply,
      },
    ],
  ];
});

function scriptsOf(steps: Step[]): string {
  return steps.map(({ run = "", bash = "" }) => run + bash).join("\n");
}

/** The calls of terraform: subcommand and options. */
function terraformCalls(steps: Step[]): string[][] {
  return [...scriptsOf(steps).matchAll(/^\s*terraform (.*?)(?: \| .*)?$/gm)].map(([, call = ""]) =>
    call.split(" "),
  );
}

describe("the example pipelines", () => {
  test("are one for each team and each place", () => {
    for (const place of ["github", "azure-devops"]) {
      expect(readdirSync(join(PLACE, place)).sort()).toEqual(TEAMS.map((team) => `${team}.yml`));
    }
    const folders = PIPELINES.map(([, { folder }]) => folder);
    expect([...new Set(folders)]).toEqual(FILES.map(({ stack }) => `handoff/${stack}`));
  });

  test.each(PIPELINES)("%s signs in with OIDC, without a secret", (_, { text, plan, apply }) => {
    expect(text).toContain('ARM_USE_OIDC: "true"');
    expect(text).not.toMatch(
      /secrets\.|client_secret|password|access_key|sas_token|ARM_OIDC_TOKEN/i,
    );
    // The job's own token is the only one.
    for (const { env = {} } of [...plan, ...apply]) {
      const tokens = Object.entries(env).filter(([name]) => name.includes("TOKEN"));
      for (const [, value] of tokens) {
        expect(["$(System.AccessToken)", "${{ github.token }}"]).toContain(value);
      }
    }
  });

  test.each(PIPELINES)(
    "%s runs commands that exist, on files that are handed over",
    (_, pipeline) => {
      const { folder, plan, apply } = pipeline;
      const { files } = FILES.find(({ stack }) => folder.endsWith(stack))!;
      for (const file of scriptsOf([...plan, ...apply]).match(
        /\b(MANIFEST\.sha256|access-review\.md)/g,
      ) ?? []) {
        expect(Object.keys(files)).toContain(file);
      }
      expect(terraformCalls(plan).map(([command]) => command)).toEqual(["init", "plan"]);
      expect(terraformCalls(apply).map(([command]) => command)).toEqual(["init", "plan", "apply"]);
      const [init, planned, applied] = terraformCalls(apply);
      // No call waits for an answer.
      for (const call of [...terraformCalls(plan), ...terraformCalls(apply)]) {
        expect(call).toContain("-input=false");
      }
      expect(init).toContain("-lockfile=readonly");
      expect(planned).toContain("-out=plan");
      expect(applied).toContain("plan");
      expect(scriptsOf(plan)).toContain("access-review.md");
    },
  );

  test.each(TEAMS)("github/%s has pinned actions and no more permissions than it needs", (team) => {
    const { on, permissions, env, jobs } = github(team);
    const { plan, apply } = jobs;
    expect(permissions).toEqual({});
    expect(plan.permissions).toEqual({
      contents: "read",
      "id-token": "write",
      "pull-requests": "write",
    });
    expect(apply.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect([on.push.branches, on.push.paths, on.pull_request.paths]).toEqual([
      ["main"],
      [`${env.FOLDER}/**`],
      [`${env.FOLDER}/**`],
    ]);
    expect([plan.if.startsWith("github.event_name == 'pull_request' &&"), apply.if]).toEqual([
      true,
      "github.event_name == 'push'",
    ]);
    expect([plan.environment, plan.needs, apply.needs]).toEqual([undefined, undefined, undefined]);
    expect(env.FOLDER).toBe(`handoff/${apply.environment}`);
    expect(plan.env.ARM_CLIENT_ID).not.toBe(apply.env.ARM_CLIENT_ID);
    const used = [...plan.steps, ...apply.steps].flatMap(({ uses }) => uses ?? []);
    expect(used).toHaveLength(4);
    expect(used.every((action) => /@[0-9a-f]{40}$/.test(action))).toBe(true);
  });

  test.each(TEAMS)(
    "azure-devops/%s plans pull requests, applies main, and waits for no other",
    (team) => {
      const { resources, trigger, variables, stages } = azureDevOps(team);
      const [plan, apply] = stages;
      expect([resources, trigger.branches.include]).toEqual([undefined, ["main"]]);
      expect(stages.map(({ stage }) => stage)).toEqual(["plan", "apply"]);
      expect(plan!.condition).toContain("'PullRequest'");
      expect(apply!.condition).toContain("'refs/heads/main'");
      expect(apply!.dependsOn).toEqual([]);
      expect(variables.folder).toBe(`handoff/${apply!.jobs[0]!.environment}`);
    },
  );

  test("have scripts that bash reads", () => {
    const scripts = PIPELINES.map(([, { plan, apply }]) => scriptsOf([...plan, ...apply])).join(
      "\n",
    );
    const { status, stderr } = spawnSync("bash", ["-n"], { input: scripts, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(scripts.length).toBeGreaterThan(1000);
  });

  test("are explained", () => {
    const page = textOf("docs/pipelines.md");
    for (const team of TEAMS) {
      expect(page).toContain(`github/${team}.yml`);
      expect(page).toContain(`azure-devops/${team}.yml`);
    }
    expect(textOf("README.md")).toContain("docs/pipelines.md");
  });
});
