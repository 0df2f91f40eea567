// The exports that a cluster of this project would have, from the attributes in its stacks.
import { createHash } from "node:crypto";
import { ClusterSpec } from "../../../lib";
import { SUBSCRIPTION, TENANT, azure } from "../../hcl/azure";
import { Attributes, scopeOf } from "../../hcl/stack";
import { ROLES } from "../../roles";
import { block, clusterOf, isThere, poolOf, settingOf, windowOf } from "./az";
import { extensionOf, fleetMemberOf, fluxConfigurationOf } from "./az-extensions";
import { StackJson, stackJson } from "../../scenarios";

interface Values {
  readonly [name: string]: unknown;
}

/** Exports by the names of their files. */
export interface ExportFiles {
  readonly [file: string]: unknown;
}

/** The object id of what has a name. */
export function objectIdOf(name: string): string {
  const hash = createHash("sha256").update(name).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const ROLE_NAMES = new Map(Object.entries(ROLES).map(([name, { guid }]) => [guid, name]));

/** The resources of a stack, with the values of their attributes. */
class Evaluated {
  private readonly scope: Values;

  public constructor(
    private readonly json: StackJson,
    spec: ClusterSpec,
  ) {
    const { subscriptionId, tenantId } = spec;
    // A lookup in another subscription is one by another provider.
    const subscriptions = new Map(
      (json.provider.azurerm ?? []).map((one) => [one.alias, one.subscription_id]),
    );
    // Without one, that of the environment, which is that of the cluster.
    const own = (subscriptions.get(undefined) ?? subscriptionId) as string | undefined;
    const home = own === undefined ? SUBSCRIPTION : `/subscriptions/${own}`;
    const placed = withPlaces(json, (alias) =>
      typeof alias === "string"
        ? `/subscriptions/${String(subscriptions.get(alias.replace("azurerm.", "")))}`
        : home,
    );
    const world = azure((type, args) => moreOf(type, args, home, tenantId ?? TENANT));
    const moved = (type: string, args: Attributes) =>
      inSubscription(world(type, args), (args.place ?? home) as string);
    this.scope = scopeOf(placed, moved);
  }

  /** Every resource of a type. */
  public all(type: string): Attributes[] {
    const names = Object.keys(this.json.resource?.[type] ?? {});
    const found = (this.scope[type] ?? {}) as { readonly [name: string]: Attributes };
    return names.map((name) => found[name]!);
  }

  /** Every lookup of a type. */
  public found(type: string): Attributes[] {
    const names = Object.keys(this.json.data?.[type] ?? {});
    const found = (this.scope.data as Values)[type] as { readonly [name: string]: Attributes };
    return names.map((name) => found[name]!);
  }
}

function withPlaces(json: StackJson, placeOf: (alias: unknown) => string): StackJson {
  return JSON.parse(
    JSON.stringify(json, (key, value: unknown) => {
      const block = value as { readonly provider?: unknown; readonly name?: unknown };
      return typeof value === "object" && value !== null && "name" in value && key !== "terraform"
        ? { ...value, place: placeOf(block.provider) }
        : value;
    }),
  ) as StackJson;
}

function inSubscription(attributes: Attributes, place: string): Attributes {
  return JSON.parse(JSON.stringify(attributes).replaceAll(SUBSCRIPTION, place)) as Attributes;
}

function moreOf(type: string, args: Attributes, home: string, tenant: string): Attributes {
  const name = String(args.name ?? args.display_name);
  switch (type) {
    case "azurerm_client_config":
      return { subscription_id: home.split("/").at(-1), tenant_id: tenant };
    case "azurerm_user_assigned_identity":
      return { principal_id: objectIdOf(name), client_id: objectIdOf(`client of ${name}`) };
    case "azuread_group":
    case "azuread_service_principal":
      return { object_id: objectIdOf(name) };
    case "azurerm_kubernetes_cluster":
      return {
        id: `${home}/resourceGroups/${String(args.resource_group_name)}/providers/Microsoft.ContainerService/managedClusters/${name}`,
      };
    case "azurerm_monitor_data_collection_endpoint":
    case "azurerm_monitor_data_collection_rule":
      return { id: `${home}/${type}/${name}` };
    default:
      return {};
  }
}

/** The exports of the cluster that the stacks of a description make. */
export function exportsOf(spec: ClusterSpec): ExportFiles {
  const [identities, network, cluster] = (
    ["identities", "network-permissions", "cluster"] as const
  ).map((role) => new Evaluated(stackJson(spec, role), spec)) as [Evaluated, Evaluated, Evaluated];
  const [made] = cluster.all("azurerm_kubernetes_cluster");
  const principals = principalsOf(spec);
  const assignments = [identities, network].flatMap((stack) => assignmentsOf(stack, principals));
  const settings = cluster.all("azurerm_monitor_diagnostic_setting");
  return {
    "cluster.json": clusterOf(made!, objectIdOf),
    "pools.json": [
      { ...poolOf(made!.default_node_pool as Values, made!), mode: "System" },
      ...cluster.all("azurerm_kubernetes_cluster_node_pool").map((one) => poolOf(one, made!)),
    ],
    "assignments.json": assignments,
    "windows.json": ["auto_upgrade", "node_os"].map((one) => windowOf(one, made!)),
    "subnets.json": cluster
      .found("azurerm_subnet")
      .map(({ name, id }) => subnetOf(String(name), String(id), spec)),
    ...(settings.length > 0 && { "settings.json": settings.map((one) => settingOf(one, made!)) }),
    ...workspacesOf(cluster),
    ...Object.fromEntries(
      PARTS.map(([file, type, resource, partOf]) => [
        file,
        { type, value: cluster.all(resource).map((one) => ({ type, ...partOf(one) })) },
      ]),
    ),
  };
}

/** What a cluster may have beside its own attributes: files, types in Azure and in azurerm, and what az prints. */
const PARTS = [
  [
    "extensions.json",
    "Microsoft.KubernetesConfiguration/extensions",
    "azurerm_kubernetes_cluster_extension",
    extensionOf,
  ],
  [
    "flux.json",
    "Microsoft.KubernetesConfiguration/fluxConfigurations",
    "azurerm_kubernetes_flux_configuration",
    fluxConfigurationOf,
  ],
  [
    "members.json",
    "Microsoft.ContainerService/fleets/members",
    "azurerm_kubernetes_fleet_member",
    fleetMemberOf,
  ],
] as const;

/** The names of principals by their object ids: that of an identity is its client id. */
function principalsOf({ access, name, identities }: ClusterSpec): ReadonlyMap<string, string> {
  const { deployers = [], kubernetes = [], adminGroups = [] } = access ?? {};
  const people = [...deployers, ...adminGroups, ...kubernetes.map(({ principal }) => principal)];
  const own = [
    identities?.controlPlane?.name ?? `${name}-cp-mi`,
    identities?.kubelet?.name ?? `${name}-kubelet-mi`,
  ];
  return new Map([
    ...people.map((one) => [one.objectId ?? objectIdOf(one.name), one.name] as const),
    ...own.map((one) => [objectIdOf(one), objectIdOf(`client of ${one}`)] as const),
  ]);
}

function assignmentsOf(stack: Evaluated, principals: ReadonlyMap<string, string>): Values[] {
  const custom = new Map(
    stack
      .all("azurerm_role_definition")
      .map((one) => [String(one.role_definition_id), String(one.name)]),
  );
  return stack.all("azurerm_role_assignment").map((one) => {
    const named = ROLES[String(one.role_definition_name)]?.guid;
    const guid = named ?? String(one.role_definition_id).split("/").at(-1)!;
    return {
      id: `${String(one.scope)}/providers/Microsoft.Authorization/roleAssignments/${String(one.name)}`,
      type: "Microsoft.Authorization/roleAssignments",
      scope: one.scope,
      principalId: one.principal_id,
      principalName: principals.get(String(one.principal_id)),
      principalType: one.principal_type,
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      roleDefinitionName: custom.get(guid) ?? ROLE_NAMES.get(guid),
      condition: one.condition,
    };
  });
}

// The NOC knows the ranges, and turns policies off for Private Link services.
function subnetOf(name: string, id: string, { network }: ClusterSpec): Values {
  const range = network.subnets?.find((one) => one.name === name);
  const frontends = network.loadBalancerSubnets ?? [];
  const isOff = network.privateLinkServices === true && frontends.includes(name);
  return {
    id,
    type: "Microsoft.Network/virtualNetworks/subnets",
    name,
    addressPrefix: range?.cidr,
    privateLinkServiceNetworkPolicies: isOff ? "Disabled" : "Enabled",
  };
}

/** The workspaces that the rules of data collection send to; each rule is where its workspace is. */
function workspacesOf(stack: Evaluated): ExportFiles {
  const rules = stack.all("azurerm_monitor_data_collection_rule");
  const found = rules.flatMap((rule) => {
    const destinations = block(rule, "destinations");
    const logs = block(destinations, "log_analytics").workspace_resource_id;
    const metrics = block(destinations, "monitor_account").monitor_account_id;
    return [
      ...(isThere(logs)
        ? [{ id: logs, type: "Microsoft.OperationalInsights/workspaces", location: rule.location }]
        : []),
      ...(isThere(metrics)
        ? [{ id: metrics, type: "Microsoft.Monitor/accounts", location: rule.location }]
        : []),
    ];
  });
  return Object.fromEntries(found.map((one, index) => [`workspace-${index}.json`, one]));
}
