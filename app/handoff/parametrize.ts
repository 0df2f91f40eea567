// Replaces literals in the synthesized JSON with variables. Addresses stay as they are. Pure.
import { createHash } from "node:crypto";
import { ClusterPlan, ClusterSpec } from "../../lib";
import { dnsPrefixOf, fleetManagerDefaults } from "../../lib/spec/defaults";
import { addOnIdentity, nodeResourceGroup } from "./add-ons";
import { backupSetting } from "./backup";
import { VariableIndex, inner } from "./variable-index";
import { Variable } from "./variable";
import { Json, JsonObject, StackJson, isObject, mapObject } from "./stack-json";
import { changeTexts } from "./template";
import {
  RoleNames,
  changeId,
  changeIdPart,
  changeMessage,
  changeRoleNames,
  customRoleNames,
} from "./texts";

/** Context of a value, as far as it determines the variable. */
interface Context {
  /** Type of the resource or lookup, such as `azurerm_subnet`. */
  readonly type: string;
  /** Subscription of its provider; `""` if the description does not give it. */
  readonly subscription: string;
  /** Resource group of the same block. */
  readonly group?: string;
  readonly index: VariableIndex;
  readonly roleNames: RoleNames;
  readonly spec: ClusterSpec;
}

// Attributes with references to other objects in Terraform.
const REFERENCES = [
  "depends_on",
  "ignore_changes",
  "provider",
  "replace_triggered_by",
  "to",
  "from",
];

/** Types in Azure of what lookups by name read. */
export const LOOKUP_TYPES: { readonly [type: string]: string } = {
  azurerm_container_registry: "Microsoft.ContainerRegistry/registries",
  azurerm_key_vault: "Microsoft.KeyVault/vaults",
  azurerm_private_dns_zone: "Microsoft.Network/privateDnsZones",
  azurerm_user_assigned_identity: "Microsoft.ManagedIdentity/userAssignedIdentities",
  azurerm_virtual_network: "Microsoft.Network/virtualNetworks",
};

/** Replaces literals in a stack with variables. */
export function parametrize(stack: StackJson, values: Variable[], plan: ClusterPlan): StackJson {
  const index = new VariableIndex(values, plan._resolved.subscriptionId);
  const roleNames = customRoleNames(plan, index);
  const subscription = ownSubscription(stack);
  const context: Context = { type: "", subscription, index, roleNames, spec: plan.spec };
  return Object.fromEntries(
    Object.entries(stack).map(([block, value]) => [block, changeBlock(block, value, context)]),
  ) as StackJson;
}

function ownSubscription({ provider }: StackJson): string {
  const own = provider.azurerm?.find(({ alias }) => alias === undefined)?.subscription_id;
  return typeof own === "string" ? own : "";
}

/** Returns the variables that a stack uses, sorted by name. */
export function variablesIn(stack: JsonObject, values: Variable[]): Variable[] {
  const names = new Set(
    [...JSON.stringify(stack).matchAll(/\bvar\.(\w+)/g)].map(([, name = ""]) => name),
  );
  return values.filter(({ name }) => names.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changeBlock(block: string, value: Json, context: Context): Json {
  switch (block) {
    case "terraform":
    case "moved":
    case "import":
    case "removed":
      return value;
    case "provider":
      return changeProviders(value as StackJson["provider"], context);
    case "resource":
    case "data":
      return changeTyped(value as JsonObject, context);
    case "check":
      return mapObject(value as JsonObject, (_, check) =>
        changeCheck(check as JsonObject, context),
      );
    case "locals":
      return mapObject(value as JsonObject, (_, local) => changeLocal(local, context));
    default:
      return change("", value, context);
  }
}

function changeTyped(blocks: JsonObject, context: Context): JsonObject {
  return mapObject(blocks, (type, names) =>
    mapObject(names as JsonObject, (_, body) => change("", body, { ...context, type })),
  );
}

function changeCheck({ data, ...rest }: JsonObject, context: Context): JsonObject {
  return {
    ...(data === undefined ? {} : { data: changeTyped(data as JsonObject, context) }),
    ...(change("", rest, context) as JsonObject),
  };
}

// Keys of objects in expressions are templates, too.
function changeLocal(value: Json, context: Context): Json {
  if (!isObject(value)) {
    return change("", value, context);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      changeRoleNames(key, context.roleNames),
      isObject(item) ? changeLocal(item, context) : change(key, item, context),
    ]),
  );
}

function changeProviders(providers: StackJson["provider"], context: Context): Json {
  const subscription = (provider: JsonObject): JsonObject => {
    const { subscription_id: id } = provider;
    const variable = context.index.subscription(typeof id === "string" ? id : "");
    return variable === undefined ? {} : { subscription_id: variable };
  };
  return mapObject(providers, (name, list) =>
    (list as JsonObject[]).map((provider) => ({
      ...(change("", provider, context) as JsonObject),
      ...(name === "azurerm" ? subscription(provider) : {}),
    })),
  );
}

function change(key: string, value: Json, context: Context): Json {
  if (REFERENCES.includes(key)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => change(key, item, context));
  }
  if (isObject(value)) {
    return key === "tags" ? (context.index.find("tags") ?? value) : changeObject(value, context);
  }
  return typeof value === "string"
    ? (changeAttribute(key, value, context) ?? changeText(key, value, context))
    : value;
}

function changeObject(value: JsonObject, context: Context): JsonObject {
  const { resource_group_name: group, provider } = value;
  const inside: Context = {
    ...context,
    group: typeof group === "string" && !group.includes("${") ? group : context.group,
    subscription:
      typeof provider === "string"
        ? provider.replace(/^azurerm\.subscription-/, "")
        : context.subscription,
  };
  return mapObject(value, (key, item) => change(key, item, inside));
}

/** Returns the variable for an attribute that consists of a value of the description; undefined for others. */
function changeAttribute(key: string, value: string, context: Context): string | undefined {
  const { index, type, subscription, group, spec } = context;
  switch (key) {
    case "name":
      return changeName(value, context);
    case "resource_group_name":
      return index.group(subscription, value) ?? nodeResourceGroup(value, spec, index);
    case "virtual_network_name":
      return index.resource(LOOKUP_TYPES.azurerm_virtual_network!, value, subscription, group);
    case "tenant_id":
      return value.includes("${") ? undefined : index.find("tenant");
    case "key_vault_key_id":
      return index.find("key", ({ id }) => id === value);
    case "node_resource_group":
      return index.find("nodeResourceGroup", ({ name }) => name === value);
    case "dns_prefix":
      return type === "azurerm_kubernetes_cluster" ? dnsPrefix(value, context) : undefined;
    default:
      return backupSetting(key, spec, index);
  }
}

function changeName(
  value: string,
  { index, type, subscription, group, spec }: Context,
): string | undefined {
  const lookup = LOOKUP_TYPES[type];
  if (lookup !== undefined) {
    return index.resource(lookup, value, subscription, group) ?? addOnIdentity(value, spec, index);
  }
  switch (type) {
    case "azurerm_subnet":
      return index.subnet(value);
    case "azurerm_resource_group":
      return index.group(subscription, value);
    case "azurerm_kubernetes_cluster":
      return index.find("cluster", ({ name }) => name === value);
    case "azurerm_kubernetes_fleet_member":
      return memberName(value, spec, index);
    default:
      return type.startsWith("azurerm_monitor_") ? ruleName(value, spec.name, index) : undefined;
  }
}

// The name of the member follows from that of the cluster, unless it is described.
function memberName(
  value: string,
  spec: Context["spec"],
  index: VariableIndex,
): string | undefined {
  const isComputed = value === fleetManagerDefaults(spec).memberName;
  const cluster = isComputed ? index.find("cluster") : undefined;
  return (
    cluster &&
    `\${replace(substr(replace(lower(${inner(cluster)}), "_", "-"), 0, 50), "/-+$/", "")}`
  );
}

// The library computes the DNS prefix from the name of the cluster, unless it is described.
function dnsPrefix(value: string, { index, spec }: Context): string | undefined {
  const isComputed = spec.dnsPrefix === undefined && value === dnsPrefixOf(spec);
  const cluster = isComputed ? index.find("cluster") : undefined;
  return cluster && `\${replace(substr(replace(${inner(cluster)}, "_", "-"), 0, 54), "/-+$/", "")}`;
}

// Names of data collection rules and endpoints consist of kind, region and cluster, in at most 44 characters. Longer
// names are cut and get a hash of the whole name.
function ruleName(value: string, clusterName: string, index: VariableIndex): string | undefined {
  const start = /^[A-Za-z]+-[a-z0-9]+-/.exec(value)?.[0] ?? "";
  const name = `${start}${clusterName}`;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 6);
  const computed = name.length > 44 ? `${name.slice(0, 37)}-${hash}` : name;
  const cluster = start !== "" && value === computed ? index.find("cluster") : undefined;
  const whole = `"${start}${cluster}"`;
  return (
    cluster &&
    `\${length(${whole}) > 44 ? "\${substr(${whole}, 0, 37)}-\${substr(sha256(${whole}), 0, 6)}" : ${whole}}`
  );
}

function changeText(key: string, value: string, { index, roleNames }: Context): string {
  return changeTexts(value, (text, place) => {
    const whole = place.quoted || text === value;
    const changed =
      (whole ? changeId(text, index) : undefined) ??
      (place.quoted ? changeIdPart(text, place, index) : undefined);
    if (changed !== undefined) {
      return changed;
    }
    const named = changeRoleNames(text, roleNames);
    // Quoted strings can be keys.
    return key === "error_message" && !place.quoted ? changeMessage(named, index) : named;
  });
}
