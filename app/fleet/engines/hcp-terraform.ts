// The workspaces of a fleet for HCP Terraform and Terraform Enterprise, as Terraform JSON. Pure.
import { posix } from "node:path";
import { TextFile } from "../../files";
import { renderJson } from "../../review/json";
import { FleetIndex, FleetStackEntry } from "../fleet-index";

/** The most workspaces whose applies may start a run of another one. */
const MAX_SOURCES = 20;
// The first version whose workspaces have tags with keys and values.
const PROVIDER = { source: "hashicorp/tfe", version: ">= 0.65.0, < 1.0.0" };

const VARIABLES = {
  organization: { type: "string", description: "Name of the organization." },
  project_ids: {
    type: "object({ identity = string, network = string, platform = string })",
    description:
      "Id of the project of each team, whose variable set has the credentials of its runner.",
  },
  repository: {
    type: "string",
    description: "Repository with the folder of the fleet, such as example/fleet.",
  },
  branch: {
    type: "string",
    description: "Branch that the workspaces follow.",
    default: "main",
  },
  github_app_installation_id: {
    type: "string",
    description: "Id of the GitHub App that reads the repository; or set oauth_token_id.",
    default: null,
  },
  oauth_token_id: {
    type: "string",
    description: "Id of the OAuth token that reads the repository.",
    default: null,
  },
  drift_detection: {
    type: "bool",
    description: "Whether HCP Terraform regularly looks for drift.",
    default: true,
  },
};

/**
 * Returns a root module with a workspace for each stack and run triggers from the stacks before it. The addresses follow
 * from the names of the stacks.
 *
 * @see https://registry.terraform.io/providers/hashicorp/tfe/latest/docs/resources/workspace
 */
export function hcpTerraformFile({ stacks }: FleetIndex, folder: string): TextFile {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const triggers = stacks.flatMap((stack) =>
    sourcesOf(stack, byName).map((source): [string, object] => [
      `${addressOf(stack.name)}_after_${addressOf(source)}`,
      { workspace_id: idOf(stack.name), sourceable_id: idOf(source) },
    ]),
  );
  const module = {
    terraform: { required_providers: { tfe: PROVIDER } },
    variable: VARIABLES,
    resource: {
      tfe_workspace: Object.fromEntries(
        stacks.map((stack) => [addressOf(stack.name), workspaceOf(stack, folder)]),
      ),
      ...(triggers.length > 0 ? { tfe_run_trigger: Object.fromEntries(triggers) } : {}),
    },
  };
  return ["engines/hcp-terraform.tf.json", renderJson(module)];
}

function workspaceOf({ name, team, cluster, folder: own }: FleetStackEntry, folder: string) {
  return {
    name,
    organization: "${var.organization}",
    project_id: `\${var.project_ids.${team}}`,
    working_directory: posix.join(folder, own),
    // A run starts if a file in the working directory changes; its plan waits for approval.
    file_triggers_enabled: true,
    auto_apply: false,
    auto_apply_run_trigger: false,
    assessments_enabled: "${var.drift_detection}",
    tags: { team, ...(cluster === undefined ? {} : { cluster }) },
    vcs_repo: {
      identifier: "${var.repository}",
      branch: "${var.branch}",
      github_app_installation_id: "${var.github_app_installation_id}",
      oauth_token_id: "${var.oauth_token_id}",
    },
  };
}

/**
 * Returns the stacks whose applies start a run of this one: those that it depends on, without those that one of these
 * depends on itself. If there are too many, the last ones start it.
 */
function sourcesOf(
  { dependsOn }: FleetStackEntry,
  byName: ReadonlyMap<string, FleetStackEntry>,
): string[] {
  const earlier = new Set(dependsOn.flatMap((name) => byName.get(name)?.dependsOn ?? []));
  return dependsOn.filter((name) => byName.has(name) && !earlier.has(name)).slice(-MAX_SOURCES);
}

function idOf(name: string): string {
  return `\${tfe_workspace.${addressOf(name)}.id}`;
}

// An address begins with a letter or an underscore; that of a name that does not is marked.
function addressOf(name: string): string {
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}
