// The example pipelines of a fleet: their schema, their order, no secrets, least permissions.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { TEAMS, stagesOf } from "../../app/fleet/engines/rows";
import { FleetIndex } from "../../app/fleet/fleet-index";
import fleetSchema from "../../fleet.schema.json";
import { run as runCommand } from "../edited";
import {
  AZURE,
  CALLED,
  PIPELINES,
  PLACE,
  WORKFLOW,
  applied,
  apply,
  github,
  index,
  plan,
  scriptOf,
  stages,
} from "../fleet-pipelines";
import { textOf } from "../scenarios";
import { workflowProblems } from "../workflows";

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
    const order = TEAMS.map((team, index) => [index + 1, team]);
    const called = stages.map((call) => [call.with.stage, call.with.team]);
    // More stages are ready for stacks to come.
    expect(called.slice(0, order.length)).toEqual(order);
    expect(order.length).toBeGreaterThanOrEqual(7);
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
      [...stages, plan, apply].map(() => token),
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
    const order = TEAMS.map((team, index) => [index + 1, team]);
    expect(parts.map(({ number, team }) => [number, team]).slice(0, order.length)).toEqual(order);
    // A stage that the engine does not list has no rows.
    expect(AZURE).toContain("not(in(dependencies.index.outputs['index.rows.stage");
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
