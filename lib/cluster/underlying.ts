// The resources of azurerm below a cluster: attributes that the description has no words for, and whether
// anything took the hardening away after the description had set it.
import { TerraformResource } from "cdktf";
import { CONTROLS, Control } from "../spec/controls";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";

/** Sets attributes in Terraform's spelling. */
export function addAttributes(resource: TerraformResource, attributes: unknown, prefix = ""): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    resource.addOverride(`${prefix}${name}`, value);
  }
}

/** Every attribute that is weaker than the description says, in words. */
export function weakenings(
  spec: ResolvedSpec,
  cluster: TerraformResource,
  pools: TerraformResource[],
): string[] {
  const rendered = attributesOf(cluster);
  return [
    ...lost(spec, "cluster", rendered, cluster),
    ...lost(spec, "entra", rendered.azure_active_directory_role_based_access_control, cluster),
    ...lost(spec, "pool", rendered.default_node_pool, cluster),
    ...pools.flatMap((pool) => lost(spec, "pool", attributesOf(pool), pool)),
    ...fixed(spec)
      .filter(([path, value]) => at(rendered, path) !== value)
      .map(([path, value]) => message(cluster, path, value)),
  ];
}

/** What no exception takes away. */
function fixed(spec: ResolvedSpec): [string, unknown][] {
  return [
    ["private_cluster_enabled", isPrivate(spec)],
    ["identity.type", "UserAssigned"],
    ["service_principal", undefined],
    ["windows_profile", undefined],
    ["http_application_routing_enabled", undefined],
    ["network_profile.network_policy", spec.network.dataPlane === "cilium" ? "cilium" : "calico"],
  ];
}

function lost(
  { exceptions, longTermSupport }: ResolvedSpec,
  on: Control["on"],
  attributes: unknown,
  resource: TerraformResource,
): string[] {
  const taken = exceptions.map(({ name }) => name);
  return CONTROLS.filter((control) => control.on === on)
    .filter(({ exception }) => !taken.includes(exception ?? ""))
    .filter(({ attribute }) => !(attribute === "sku_tier" && longTermSupport))
    .filter(({ attribute, value }) => !isSame(at(attributes, attribute), value))
    .map(({ attribute, value, exception }) => message(resource, attribute, value, exception));
}

function message(
  resource: TerraformResource,
  path: string,
  value: unknown,
  exception?: string,
): string {
  const wanted = value === undefined ? "absent" : JSON.stringify(value);
  const way = exception === undefined ? "" : `, or take the exception "${exception}"`;
  return `An override of ${resource.node.path} takes away that ${path} is ${wanted}. Remove it${way}.`;
}

function attributesOf(resource: TerraformResource): { [attribute: string]: unknown } {
  const { resource: types } = resource.toTerraform() as {
    resource: { [type: string]: { [id: string]: { [attribute: string]: unknown } } };
  };
  return types[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}

function at(attributes: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) => (value as { [key: string]: unknown } | undefined)?.[key],
      attributes,
    );
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) {
    return found === wanted;
  }
  return Object.entries(wanted).every(([key, value]) => isSame(at(found, key), value));
}
