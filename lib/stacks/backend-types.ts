// The types of backends, and the settings that tell states apart. Pure.
import { entryOf, hasEntry } from "../spec/tables";
import { BackendSpec, BackendType } from "./terraform-settings";

// Settings that tell states apart, by the type of the backend.
const PLACES: { readonly [type: string]: readonly string[] } = {
  azurerm: ["key"],
  [BackendType.CLOUD]: ["name", "tags"],
  consul: ["path"],
  cos: ["prefix", "key"],
  gcs: ["bucket", "prefix"],
  http: ["address"],
  kubernetes: ["secret_suffix"],
  local: ["path"],
  oci: ["key"],
  oss: ["prefix", "key"],
  pg: ["conn_str", "schema_name"],
  remote: ["workspaces"],
  s3: ["key"],
};

/** Whether the settings say where a state is. Settings that are left out are passed to `terraform init`, stack by stack. */
export function saysPlace(backend: BackendSpec): boolean {
  const { backendType, config = {} } = backend;
  const settings = backendType === BackendType.CLOUD ? config.workspaces : config;
  return (
    typeof settings === "object" &&
    settings !== null &&
    (entryOf(PLACES, backendType) ?? []).some((name) => hasEntry(settings, name))
  );
}

/** Whether a setting, or something in it, differs from stack to stack. */
export function namesStack(setting: unknown): boolean {
  return JSON.stringify(setting).includes("{stack}");
}

/**
 * Returns the settings of a backend for a stack, with those that it gets by itself.
 *
 * A local path is relative to the stack's folder, `<output>/stacks/<stack>`, where Terraform runs: cleaning the
 * output folder must not clean away a state, and no path of a machine may get into the JSON.
 */
export function settingsOf(backend: BackendSpec, stack: string): { [key: string]: unknown } {
  const settings = { ...defaultsOf(backend), ...backend.config, ...workspacesOf(backend) };
  return substitute(settings, stack) as { [key: string]: unknown };
}

function defaultsOf({ backendType }: BackendSpec): BackendSpec["config"] {
  switch (backendType) {
    case BackendType.AZURERM:
      return { key: "{stack}.tfstate" };
    case BackendType.LOCAL:
      return { path: "../../../terraform.{stack}.tfstate" };
    default:
      return {};
  }
}

// A workspace is chosen by its name or by tags, and may be in a project.
function workspacesOf(backend: BackendSpec): BackendSpec["config"] {
  const { backendType, config = {} } = backend;
  return backendType !== BackendType.CLOUD || saysPlace(backend)
    ? {}
    : { workspaces: { ...(config.workspaces as object | undefined), name: "{stack}" } };
}

function substitute(value: unknown, stack: string): unknown {
  if (typeof value === "string") {
    return value.replace(/\{stack\}/g, stack);
  }
  if (Array.isArray(value)) {
    return value.map((item) => substitute(item, stack));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, stack)]))
    : value;
}
