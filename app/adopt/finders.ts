// Finds the resources of a stack in the exports: one row for each type. Pure.
import { isSameName } from "../../lib/spec/naming";
import { StackValues } from "../changes/stack-values";
import { Exports, PlacedResource } from "../discover/exports";
import { Identities } from "../discover/identities";
import { ExportKind } from "../discover/recognize";
import { Reading } from "../discover/reading";
import { Json, JsonObject, objectAt } from "../handoff/stack-json";
import { ExistingAttribute, idOf } from "../discover/attribute";
import { AUTOSCALER_ATTRIBUTES, BLOCKS, CLUSTER_ATTRIBUTES } from "./cluster-attributes";
import { ExistingValue, valuesOf } from "./existing-stack";
import { EXTENSION_FINDERS } from "./extension-finders";
import { customRoleOf, findAssignment } from "./find-assignment";
import { windowValues } from "./maintenance";
import { SYSTEM_POOL_ATTRIBUTES, USER_POOL_ATTRIBUTES, poolId } from "./pool-attributes";

/** A resource of a stack, with its stack to evaluate values. */
export interface Wanted {
  readonly type: string;
  /** Its name in the address. */
  readonly name: string;
  readonly block: JsonObject;
  readonly stack: JsonObject;
  /** Returns the text of an attribute or an expression, with ids as the stack spells them. */
  readonly text: (value: Json | undefined) => string;
}

/** The exports, with what follows from them. */
export interface Known {
  readonly exports: Exports;
  readonly identities: Identities;
}

/** A resource that exists: its id for the import, and what is known of it. */
export interface Found {
  readonly id: string;
  readonly values: readonly ExistingValue[];
}

/** Finds a resource of a stack; undefined if the exports do not have it. */
export type Finder = (wanted: Wanted, known: Known) => Found | undefined;

/** The export that has the resources of a type, if it is not that of the cluster. */
export const EXPORT_OF: { readonly [type: string]: ExportKind } = {
  azurerm_kubernetes_cluster_extension: "extensions",
  azurerm_kubernetes_fleet_member: "fleetMembers",
  azurerm_kubernetes_flux_configuration: "fluxConfigurations",
  azurerm_management_lock: "locks",
  azurerm_monitor_data_collection_rule: "associations",
  azurerm_monitor_data_collection_rule_association: "associations",
  azurerm_monitor_diagnostic_setting: "diagnostics",
  azurerm_role_assignment: "assignments",
  azurerm_role_definition: "roles",
};

/** The finders, by resource type. Resources of other types are created. */
export const FINDERS: { readonly [type: string]: Finder } = {
  ...EXTENSION_FINDERS,
  azurerm_resource_group: (wanted, { exports, identities }) => {
    const id = ownId(wanted);
    const inside = [exports.id, identities.controlPlane.id, identities.kubelet.id]
      .concat(exports.identities.map((one) => one.id))
      .some((one) => isSameName((one ?? "").split("/providers/")[0]!, id));
    const group = exports.groups.find((one) => isSameName(one.id, id));
    return group || inside ? { id, values: located(group) } : undefined;
  },
  azurerm_user_assigned_identity: (wanted, { exports, identities }) => {
    const id = ownId(wanted);
    const exported = exports.identities.find((one) => isSameName(one.id, id));
    const inUse = [identities.controlPlane.id, identities.kubelet.id].some((one) =>
      isSameName(one ?? "", id),
    );
    return exported || inUse ? { id, values: located(exported) } : undefined;
  },
  azurerm_management_lock: ({ block, text }, { exports }) => {
    const [scope, name] = [text(block.scope), text(block.name)];
    const found = exports.locks?.find(
      (one) => isSameName(one.scope, scope) && isSameName(one.name, name),
    );
    return (
      found && {
        id: `${scope}/providers/Microsoft.Authorization/locks/${found.name}`,
        values: [
          ["scope", scope],
          ["lock_level", found.content.text("level")],
        ],
      }
    );
  },
  azurerm_role_definition: ({ block, text }, { exports }) => {
    const [scope, name] = [text(block.scope), text(block.name)];
    const found = customRoleOf(exports, name, scope);
    const subscription = scope.split("/").slice(0, 3).join("/");
    return (
      found && {
        id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${found.guid}|${scope}`,
        values: [
          ["scope", scope],
          ["permissions.actions", found.actions],
          ["permissions.data_actions", found.dataActions],
          ["permissions.not_actions", found.notActions],
          ["permissions.not_data_actions", found.notDataActions],
        ],
      }
    );
  },
  azurerm_kubernetes_cluster: (wanted, { exports }) => {
    const id = ownId(wanted);
    if (!isSameName(id, exports.id)) {
      return undefined;
    }
    const pool = importedPool(exports);
    return {
      id,
      values: [
        ...valuesOf(clusterAttributes(wanted.block), exports.cluster),
        ...(pool ? valuesOf(SYSTEM_POOL_ATTRIBUTES, pool, "default_node_pool") : []),
        ...windowValues(exports),
      ],
    };
  },
  azurerm_kubernetes_cluster_node_pool: ({ block, text }, { exports }) => {
    const name = text(block.name);
    const pool = exports.pools.find((one) => one.text("name") === name);
    const cluster = text(block.kubernetes_cluster_id);
    return (
      pool && {
        id: poolId(cluster, name),
        values: [["kubernetes_cluster_id", cluster], ...valuesOf(USER_POOL_ATTRIBUTES, pool)],
      }
    );
  },
  azurerm_role_assignment: findAssignment,
  azurerm_monitor_diagnostic_setting: ({ block, text }, { exports }) => {
    const [name, target] = [text(block.name), text(block.target_resource_id)];
    const found = exports.diagnostics?.find((one) => isSameName(one.text("name") ?? "", name));
    return (
      found && {
        id: `${target}|${name}`,
        values: [
          ["target_resource_id", target],
          ["log_analytics_workspace_id", idOf(found.text("workspaceId"))],
          ["enabled_log", enabled(found, "logs")],
        ],
      }
    );
  },
  azurerm_monitor_data_collection_rule: (wanted, { exports }) => {
    const id = ownId(wanted);
    return exports.associations?.some(({ content }) =>
      isSameName(content.text("dataCollectionRuleId") ?? "", id),
    )
      ? { id, values: [] }
      : undefined;
  },
  azurerm_monitor_data_collection_rule_association: ({ block, text }, { exports }) => {
    const name = text(block.name);
    const target = text(block.target_resource_id);
    const found = exports.associations?.find(
      (one) => isSameName(one.name, name) && isSameName(one.scope, target),
    );
    return (
      found && {
        id: `${target}/providers/Microsoft.Insights/dataCollectionRuleAssociations/${name}`,
        values: [
          ["target_resource_id", target],
          ["data_collection_rule_id", idOf(found.content.text("dataCollectionRuleId"))],
        ],
      }
    );
  },
};

/**
 * Returns the pool that an import takes for the default one: the first system pool in the export of the cluster,
 * since azurerm does not know the configuration then.
 */
export function importedPool({ cluster, pools }: Exports): Reading | undefined {
  const names = cluster.list("agentPoolProfiles");
  const isSystem = (one: Reading) => one.text("mode") === "System";
  const first = names.find(isSystem)?.text("name") ?? pools.find(isSystem)?.text("name");
  return pools.find((one) => one.text("name") === first) ?? pools[0];
}

/** Returns a resource as the finders read it. */
export function wantedOf(stack: JsonObject, type: string, name: string): Wanted {
  const values = new StackValues(stack, { keepsCase: true });
  const text = (value: Json | undefined) => {
    const found = value === undefined ? "" : values.known(value);
    return typeof found === "string" ? found : "";
  };
  return { type, name, block: objectAt(stack, "resource", type, name), stack, text };
}

/** Returns the attributes of a cluster that its stack sets or may take away. */
function clusterAttributes(block: JsonObject): ExistingAttribute[] {
  return [
    ...CLUSTER_ATTRIBUTES,
    // Azurerm keeps the block as it is if the stack has none.
    ...(block.auto_scaler_profile === undefined ? [] : AUTOSCALER_ATTRIBUTES),
    ...BLOCKS.filter(({ attribute }) => block[attribute] === undefined),
  ];
}

function ownId({ type, name, text }: Wanted): string {
  return text(`\${${type}.${name}.id}`);
}

/** Returns what an export tells of a resource with a region and tags. */
function located(of: PlacedResource | undefined): ExistingValue[] {
  return of === undefined
    ? []
    : [
        ...(of.location === undefined ? [] : [["location", of.location] as const]),
        ["tags", { ...of.tags }],
      ];
}

function enabled(setting: Reading, list: string): Json[] {
  return setting
    .list(list)
    .filter((one) => one.flag("enabled") === true)
    .map((one): JsonObject => {
      const [category, group] = [one.text("category"), one.text("categoryGroup")];
      return group === undefined ? { category: category ?? "" } : { category_group: group };
    });
}
