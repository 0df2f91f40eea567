// The rules for the files of engines that publish no schema, as JSON Schemas.
import { MAX_JOBS } from "../../app/fleet/engines/rows";

const TEAM = { enum: ["identity", "network", "platform"] };
const TEXT = { type: "string", minLength: 1 };

function object(required: object, optional: object = {}): object {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

function stages(matrix: object): object {
  const stage = { type: "integer", minimum: 1, maximum: 5 };
  const items = object({ stage, team: TEAM, changed: matrix, all: matrix });
  return object({ stages: { type: "array", minItems: 5, maxItems: 5, items } });
}

/** The matrices of GitHub Actions: the schema that GitHub publishes knows no names of variables. */
export const GITHUB = stages(
  object({
    include: {
      type: "array",
      maxItems: MAX_JOBS,
      items: object({ name: TEXT, folders: TEXT }),
    },
  }),
);

/** @see https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy */
export const AZURE_PIPELINES = stages({
  type: "object",
  propertyNames: { pattern: "^[A-Za-z][A-Za-z0-9_]*$", maxLength: 100 },
  maxProperties: MAX_JOBS,
  additionalProperties: object({ ROW: TEXT, FOLDERS: TEXT }),
});

/** @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml */
export const ATLANTIS = object(
  {
    version: { const: 3 },
    projects: {
      type: "array",
      items: object(
        {
          // Folders do not lead out of the repository.
          dir: { type: "string", minLength: 1, not: { pattern: "\\.\\." } },
        },
        {
          // Only what needs no escape in a URL.
          name: { type: "string", pattern: "^[A-Za-z0-9._~/-]+$" },
          autoplan: object(
            {},
            { enabled: { type: "boolean" }, when_modified: { type: "array", items: TEXT } },
          ),
          execution_order_group: { type: "integer" },
          depends_on: { type: "array", items: TEXT },
        },
      ),
    },
  },
  {
    abort_on_execution_order_fail: { type: "boolean" },
    parallel_plan: { type: "boolean" },
    parallel_apply: { type: "boolean" },
  },
);

// A text, or an expression that ends in one.
const REFERENCE = { type: "string", pattern: "^\\$\\{(var|tfe_workspace)\\.[A-Za-z0-9_.-]+\\}$" };
const ADDRESS = { pattern: "^[A-Za-z_][A-Za-z0-9_-]*$" };

/** @see https://registry.terraform.io/providers/hashicorp/tfe/latest/docs/resources/workspace */
export const HCP_TERRAFORM = object({
  terraform: object({
    required_providers: object({
      tfe: object({ source: { const: "hashicorp/tfe" }, version: TEXT }),
    }),
  }),
  variable: {
    type: "object",
    additionalProperties: object(
      { type: TEXT, description: TEXT },
      { default: { type: ["string", "boolean", "null"] } },
    ),
  },
  resource: object(
    {
      tfe_workspace: {
        type: "object",
        propertyNames: ADDRESS,
        additionalProperties: object(
          { name: { type: "string", pattern: "^[A-Za-z0-9_-]+$" } },
          {
            organization: REFERENCE,
            project_id: REFERENCE,
            working_directory: TEXT,
            file_triggers_enabled: { type: "boolean" },
            auto_apply: { type: "boolean" },
            auto_apply_run_trigger: { type: "boolean" },
            assessments_enabled: REFERENCE,
            tags: { type: "object", additionalProperties: TEXT },
            vcs_repo: object(
              { identifier: REFERENCE },
              {
                branch: REFERENCE,
                github_app_installation_id: REFERENCE,
                oauth_token_id: REFERENCE,
              },
            ),
          },
        ),
      },
    },
    {
      tfe_run_trigger: {
        type: "object",
        propertyNames: ADDRESS,
        additionalProperties: object({ workspace_id: REFERENCE, sourceable_id: REFERENCE }),
      },
    },
  ),
});
