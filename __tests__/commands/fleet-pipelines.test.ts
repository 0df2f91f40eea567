// The example pipelines of a fleet: their schema, their order, no secrets, least permissions, and their scripts, run on
// the files of the engines.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { engineFiles } from "../../app/fleet/engines/engines";
import { stagesOf } from "../../app/fleet/engines/rows";
import { writeFiles } from "../../app/files";
import { FleetIndex } from "../../app/fleet/fleet-index";
import fleetSchema from "../../fleet.schema.json";
import { run as runCommand } from "../edited";
import { indexOf } from "../fleet-indexes";
import { inScratch, textOf } from "../scenarios";
import { workflowProblems } from "../workflows";

const PLACE = join("examples", "fleet");
const WORKFLOW = textOf(PLACE, "github-workflow.yml");
const CALLED = textOf(PLACE, "github-stage.yml");
const AZURE = textOf(PLACE, "azure-pipelines.yml");

interface Step {
  readonly name?: string;
  readonly displayName?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly env?: { [name: string]: string };
}

interface Call {
  readonly needs: string | string[];
  readonly if: string;
  readonly permissions: object;
  readonly with: { [name: string]: string | number };
}

interface Job {
  readonly if: string;
  readonly environment?: string;
  readonly permissions: object;
  readonly env?: { ARM_CLIENT_ID: string };
  readonly steps: Step[];
}

const { index, applied, ...calls } = (
  parse(WORKFLOW) as { jobs: { index: Job; applied: Job } & { [name: string]: Call } }
).jobs;
const stages = Object.values(calls);
const { plan, apply } = (parse(CALLED) as { jobs: { plan: Job; apply: Job } }).jobs;
const github = [index, plan, apply, applied].flatMap(({ steps }) => steps);

/** All steps of a tree of stages, conditions and jobs. */
function stepsIn(tree: unknown): Step[] {
  if (Array.isArray(tree)) {
    return tree.flatMap(stepsIn);
  }
  if (typeof tree !== "object" || tree === null) {
    return [];
  }
  return "bash" in tree ? [tree as Step] : Object.values(tree).flatMap(stepsIn);
}

const azure = stepsIn(parse(AZURE));
// With the options that each gives to bash.
const PIPELINES = [
  ["GitHub Actions", github, WORKFLOW + CALLED, "-e"],
  ["Azure Pipelines", azure, AZURE, "--noprofile"],
] as const;

function scriptOf(steps: readonly Step[], title: string): string {
  const found = steps.filter(({ name, displayName }) => [displayName, name].includes(title));
  expect(found).toHaveLength(1);
  return found[0]!.run ?? found[0]!.bash ?? "";
}

describe("the workflows of GitHub Actions", () => {
  test("are valid to GitHub, calls included", async () => {
    const called = { "fleet-stage.yml": CALLED };
    expect(await workflowProblems(WORKFLOW, called)).toEqual([]);
    expect(await workflowProblems(CALLED)).toEqual([]);
    const wrong = WORKFLOW.replace("      team: identity\n", "");
    expect((await workflowProblems(wrong, called)).join()).toContain("team");
  });

  test.each(["identity", "network", "platform"])("of the team %s alone are, too", async (team) => {
    const text = textOf("examples", "pipelines", "github", `${team}.yml`);
    expect(await workflowProblems(text)).toEqual([]);
    expect(await workflowProblems(text.replace("vars.", "var."))).not.toEqual([]);
  });

  test("have a call for each stage, with the identities of its team alone", () => {
    const order = stagesOf(indexOf([])).map(({ stage, team }) => [stage, team]);
    expect(stages.map((call) => [call.with.stage, call.with.team])).toEqual(order);
    for (const { with: inputs } of stages) {
      const team = String(inputs.team).toUpperCase();
      expect([inputs["plan-client-id"], inputs["apply-client-id"]]).toEqual([
        `\${{ vars.${team}_PLAN_CLIENT_ID }}`,
        `\${{ vars.${team}_APPLY_CLIENT_ID }}`,
      ]);
    }
    expect([plan.env?.ARM_CLIENT_ID, apply.env?.ARM_CLIENT_ID]).toEqual([
      "${{ inputs.plan-client-id }}",
      "${{ inputs.apply-client-id }}",
    ]);
  });

  test("call a stage after the one before it, and skip it without rows", () => {
    stages.forEach(({ needs, if: condition }, place) => {
      expect(needs).toEqual(place === 0 ? "index" : ["index", `stage-${place}`]);
      expect(condition).toContain(
        `fromJSON(needs.index.outputs.stages)[${place}].include[0] != null`,
      );
      expect(condition).toContain("!failure() || needs.index.outputs.mode != 'apply'");
    });
  });

  test("have no more permissions than they need, and wait for reviewers before an apply", () => {
    expect(/^permissions: \{\}$/m.exec(WORKFLOW)).not.toBeNull();
    expect(/^permissions: \{\}$/m.exec(CALLED)).not.toBeNull();
    const token = { contents: "read", "id-token": "write" };
    expect([...stages, plan, apply].map(({ permissions }) => permissions)).toEqual(
      Array(7).fill(token),
    );
    expect(index.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(applied.permissions).toEqual({ contents: "write" });
    expect([plan.environment, apply.environment]).toEqual([undefined, "fleet-${{ inputs.team }}"]);
    expect([plan.if, apply.if]).toEqual(["inputs.mode != 'apply'", "inputs.mode == 'apply'"]);
    expect(index.if).toContain("head.repo.full_name == github.repository");
  });

  test("have pinned actions", () => {
    const used = github.flatMap(({ uses }) => uses ?? []);
    expect(used).toHaveLength(6);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });
});

describe("the pipeline of Azure Pipelines", () => {
  test("has the stages in order, with the identities of its team alone", () => {
    const { parameters } = parse(AZURE) as {
      parameters: { name: string; default: { number: number; team: string }[] }[];
    };
    const parts = parameters.find(({ name }) => name === "stages")!.default;
    expect(parts.map(({ number, team }) => [number, team])).toEqual(
      stagesOf(indexOf([])).map(({ stage, team }) => [stage, team]),
    );
    const ids = [...AZURE.matchAll(/_ID: \$\((.*(?:ClientId|ConnectionId))\)/g)].map(
      ([, id]) => id,
    );
    expect(ids).toEqual(
      ["PlanClientId", "PlanConnectionId", "ApplyClientId", "ApplyConnectionId"].map(
        (id) => `\${{ part.team }}${id}`,
      ),
    );
  });

  test("waits for the checks of an environment of the team before an apply", () => {
    expect([...AZURE.matchAll(/environment: (.*)/g)].map(([, name]) => name)).toEqual([
      "fleet-${{ part.team }}",
    ]);
    expect(AZURE.match(/dependsOn: \[rows, approved\]/g)).toHaveLength(1);
    expect(AZURE.match(/persistCredentials: true/g)).toHaveLength(1);
  });
});

describe.each(PIPELINES)("%s", (_, steps, text) => {
  const scripts = steps.map(({ run = "", bash = "" }) => run + bash).join("\n");
  const terraform = [...scripts.matchAll(/\bterraform -chdir="fleet\/\$folder" (\S+) (.*)$/gm)];

  test("signs in with OIDC, without a secret", () => {
    expect(text).toContain('ARM_USE_OIDC: "true"');
    expect(text).not.toMatch(
      /secrets\.|client_secret|password|access_key|sas_token|ARM_OIDC_TOKEN/i,
    );
    const tokens = steps.flatMap(({ env = {} }) =>
      Object.entries(env).flatMap(([name, value]) => (name.includes("TOKEN") ? [value] : [])),
    );
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      expect(["$(System.AccessToken)", "${{ github.token }}"]).toContain(token);
    }
  });

  test("plans in a pull request, applies a plan, and asks no question", () => {
    expect(terraform.map(([, command]) => command)).toEqual([
      "init",
      "plan",
      "init",
      "plan",
      "apply",
    ]);
    const options = terraform.map(([, , rest = ""]) => rest);
    expect(options.filter((one) => !one.startsWith("-input=false"))).toEqual([]);
    expect(options[0]).toContain("-lockfile=readonly");
    expect(options[1]).toContain("-lock=false -no-color -detailed-exitcode");
    expect(options[3]).toContain("-out=plan");
    expect(options[4]).toMatch(/ plan \|\|$/);
  });

  test("looks for drift once a day", () => {
    expect(text).toContain('- cron: "0 4 * * *"');
  });

  test("puts no value of a matrix or an event into a script", () => {
    expect(scripts).not.toContain("${{");
    expect(scripts).not.toMatch(/\$\((FOLDERS|ROW|Build|System)/);
  });

  test("has scripts that bash reads", () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: scripts, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(scripts.length).toBeGreaterThan(1000);
  });

  test("says the same as the other", () => {
    const of = (title: string) => PIPELINES.map(([, all]) => scriptOf(all, title));
    const [one = "", other = ""] = of("Apply");
    expect(one).toBe(other);
    const [here = "", there = ""] = of("Write the fleet").map((script) =>
      script.replace("set -euo pipefail\n", "").replace(/--engine .*/, ""),
    );
    expect(here).toBe(there);
  });
});

const FOLDERS = ["stacks/one", "stacks/two"];

/** Runs a script in a checkout, with a terraform whose plans of stacks/two end with a status. */
function run(option: string, script: string, env: { [name: string]: string }, status = 0) {
  return inScratch((folder) => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const one of FOLDERS) {
      mkdirSync(join(folder, "fleet", one), { recursive: true });
    }
    mkdirSync(join(folder, "teams", "identity"), { recursive: true });
    writeFileSync(join(folder, "teams", "identity", ".terraform.lock.hcl"), "# lock\n");
    const program = [
      "#!/bin/bash",
      `echo "$*" >> "${join(folder, "calls")}"`,
      `test -f "\${1#-chdir=}/.terraform.lock.hcl" || exit 9`,
      `case "$1 $2" in *two" plan") exit ${status} ;; esac`,
    ].join("\n");
    writeFileSync(join(bin, "terraform"), program);
    chmodSync(join(bin, "terraform"), 0o755);
    const result = spawnSync("bash", ["--norc", option, "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        FOLDERS: FOLDERS.join(" "),
        TEAM: "identity",
        ...env,
      },
    });
    return {
      exit: result.status,
      printed: result.stdout,
      stderr: result.stderr,
      calls: textOf(folder, "calls").split("\n").filter(Boolean),
      summary: env.MODE === undefined ? "" : textOf(folder, "summary.md"),
    };
  });
}

describe.each(PIPELINES)("the scripts of %s", (_, steps, _text, option) => {
  const planned = (mode: string, status: number, first = "3") =>
    run(option, scriptOf(steps, "Plan"), { MODE: mode, STAGE: "3", FIRST: first }, status);

  test.each([
    ["plan", 0, 0],
    ["plan", 2, 0],
    ["plan", 1, 1],
    ["plan", 127, 1],
    ["drift", 0, 0],
    ["drift", 2, 1],
    ["drift", 1, 1],
  ])("end for a %s whose terraform ends with %i with %i", (mode, status, exit) => {
    const result = planned(mode, status);
    expect([result.exit, result.stderr]).toEqual([exit, ""]);
    expect(result.printed.includes("differ from the stack")).toBe(mode === "drift" && status === 2);
    expect(result.summary.match(/^### stacks\/(one|two)$/gm)).toHaveLength(2);
    // The row goes on after a failure.
    expect(result.calls.map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual(
      FOLDERS.flatMap((folder) => ["init", "plan"].map((one) => `-chdir=fleet/${folder} ${one}`)),
    );
  });

  test("only warn of a plan that may wait for an earlier stage, and never of drift", () => {
    expect(planned("plan", 1, "1")).toMatchObject({ exit: 0 });
    expect(planned("plan", 1, "1").printed).toContain("an earlier stage of this pull request");
    expect(planned("drift", 1, "1").exit).toBe(1);
  });

  test("apply the other stacks of a row after a failure, and end with an error", () => {
    const applying = (status: number) => run(option, scriptOf(steps, "Apply"), {}, status);
    expect(applying(0)).toMatchObject({ exit: 0, calls: { length: 6 } });
    const [one, two] = [FOLDERS, [...FOLDERS].reverse()].map((folders) =>
      run(option, scriptOf(steps, "Apply"), { FOLDERS: folders.join(" ") }, 1),
    );
    expect([one!.exit, one!.calls.length, two!.exit, two!.calls.length]).toEqual([1, 5, 1, 5]);
    expect(two!.calls.at(-1)).toBe(
      "-chdir=fleet/stacks/one apply -input=false -lock-timeout=10m plan",
    );
  });
});

describe.each(PIPELINES)("%s writes the fleet", (_, steps, _text, option) => {
  /** The call of the program in a repository with some references. */
  const callOf = (previous: string, references: string) =>
    inScratch((folder) => {
      const git = "git -c user.name=test -c user.email=test@example.com";
      const program = 'npx() { printf "%s\\n" "$*"; }';
      const script = [
        `git init -q && ${git} commit -q --allow-empty -m first && ${references}`,
        ...[program, scriptOf(steps, "Write the fleet")],
      ].join("\n");
      const { status, stdout } = spawnSync("bash", ["--norc", option, "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env.PATH!, PREVIOUS: previous },
      });
      expect(status).toBe(0);
      return stdout.trim().replace(/ --engine .*/, "");
    });

  test.each([
    ["fleet-applied", "true", ""],
    ["fleet-applied", "git tag fleet-applied", " --previous fleet-applied"],
    ["origin/main", "git update-ref refs/remotes/origin/main HEAD", " --previous origin/main"],
  ])("compared with %s, after: %s", (previous, references, options) => {
    expect(callOf(previous, references)).toBe(
      `hardened-aks fleet --config clusters/*.yaml --force${options}`,
    );
  });
});

// On all runners of GitHub and Azure Pipelines.
const withJq = spawnSync("jq", ["--version"]).status === 0 ? describe : describe.skip;

withJq("the rows of a run", () => {
  /** Runs a script of the job index beside the files of a fleet in which one stack has changed. */
  const rowsOf = (script: string, env: { [name: string]: string }, changed: string) =>
    inScratch((folder) => {
      const fleet = indexOf(["dev", "prod"], (name) => name === changed);
      writeFiles(join(folder, "fleet"), [
        ["fleet.json", JSON.stringify(fleet)],
        ...engineFiles(fleet, ["github", "azure-pipelines"]),
      ]);
      cpSync(join(folder, "fleet", "engines"), join(folder, "engines"), { recursive: true });
      const output = join(folder, "output");
      const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-e", "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: {
          PATH: process.env.PATH!,
          PIPELINE_WORKSPACE: folder,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: output,
          MODE: "apply",
          ...env,
        },
      });
      expect([status, stderr]).toEqual([0, ""]);
      return stdout === "" ? textOf(output) : stdout;
    });
  const outputsOf = (text: string) =>
    Object.fromEntries(
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => /(?:variable=)?(\w+)(?:=|;isOutput=true\])(.*)$/.exec(line)!.slice(1)),
    ) as { [name: string]: string };
  const row = { name: "prod-identities", folders: "stacks/prod-identities" };

  test.each([
    ["pull_request", "plan", "3", [0, 0, 1, 0, 0]],
    ["push", "apply", "3", [0, 0, 1, 0, 0]],
    ["schedule", "drift", "1", [1, 1, 2, 2, 2]],
    ["workflow_dispatch", "apply", "1", [1, 1, 2, 2, 2]],
  ])("of GitHub Actions for %s", (event, mode, first, counts) => {
    const script = scriptOf(index.steps, "Rows of the stages");
    const outputs = outputsOf(rowsOf(script, { EVENT: event }, "prod-identities"));
    const matrices = JSON.parse(outputs.stages!) as { include: object[] }[];
    expect([outputs.mode, outputs.first]).toEqual([mode, first]);
    expect(matrices.map(({ include }) => include.length)).toEqual(counts);
    expect(matrices[2]!.include).toContainEqual(row);
  });

  test("of GitHub Actions are none if nothing has changed", () => {
    const script = scriptOf(index.steps, "Rows of the stages");
    expect(outputsOf(rowsOf(script, { EVENT: "push" }, "none")).first).toBe("0");
  });

  test.each([
    ["changed", "3", ["0", "0", "1", "0", "0"]],
    ["all", "1", ["1", "1", "2", "2", "2"]],
  ])("of Azure Pipelines, %s", (rows, first, counts) => {
    const outputs = outputsOf(
      rowsOf(scriptOf(azure, "Rows of the stages"), { ROWS: rows }, "prod-identities"),
    );
    expect(outputs.first).toBe(first);
    expect([1, 2, 3, 4, 5].map((stage) => outputs[`stage${stage}`])).toEqual(counts);
    const env = { ROWS: rows, STAGE: "3" };
    const { matrix } = outputsOf(
      rowsOf(scriptOf(azure, "Rows of the stage"), env, "prod-identities"),
    );
    expect(JSON.parse(matrix!)).toHaveProperty("prod_identities", {
      ROW: row.name,
      FOLDERS: row.folders,
    });
  });

  test.each([
    ["GitHub Actions", index.steps, "Changed stacks as summary"],
    ["Azure Pipelines", azure, "Changed stacks as summary and comment"],
  ] as const)("are in the summary of %s", (_, steps, title) => {
    const script = `${scriptOf(steps, title)}\ncat comment.md`;
    expect(rowsOf(script, {}, "prod-identities")).toContain("| 3 | identity | prod-identities |");
  });
});

test("the example becomes an index that the schema accepts, and engines take it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "haks-"));
  try {
    const config = join(PLACE, "clusters", "*.yaml");
    const { status } = await runCommand("fleet", "--config", config, "--out", join(folder, "out"));
    expect(status).toBe(0);
    const fleet = JSON.parse(textOf(folder, "out", "fleet.json")) as FleetIndex;
    const validate = new Ajv().compile(fleetSchema);
    expect([validate(fleet), validate.errors]).toEqual([true, null]);
    expect(validate({ ...fleet, clusters: undefined })).toBe(false);
    const rows = stagesOf(fleet).map(({ team, all }) => [team, ...all.map(({ name }) => name)]);
    expect(rows).toEqual([
      ["identity", "fleet-identities"],
      ["network", "fleet-network-permissions"],
      ["identity", "haks-dev-identities", "haks-prod-identities", "haks-test-identities"],
      ["network", ...["dev", "prod", "test"].map((name) => `haks-${name}-network-permissions`)],
      ["platform", "haks-dev-cluster", "haks-prod-cluster", "haks-test-cluster"],
    ]);
    for (const { folder: stack } of fleet.stacks) {
      expect(textOf(folder, "out", stack, "cdk.tf.json")).toContain("azurerm");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the pipelines are explained", () => {
  const page = textOf("docs", "fleets.md");
  for (const file of ["github-workflow.yml", "github-stage.yml", "azure-pipelines.yml"]) {
    expect(page).toContain(`(../examples/fleet/${file})`);
  }
  expect(textOf("README.md")).toContain("docs/fleets.md");
});
