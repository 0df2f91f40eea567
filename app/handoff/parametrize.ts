// Puts variables in the place of what the synthesized JSON has as literals. Addresses stay as they are. Pure.
import { createHash } from "node:crypto";
import { ClusterPlan, ClusterSpec } from "../../lib";
import { LateIndex, inner } from "./late-index";
import { LateValue } from "./late-value";
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

/** Where a value stands, as far as it decides about a variable. */
interface Around {
  /** Type of the resource or lookup, such as `azurerm_subnet`. */
  readonly type: string;
  /** Subscription of its provider, `""` for the stack's own. */
  readonly subscription: string;
  /** Resource group that stands beside it. */
  readonly group?: string;
  readonly index: LateIndex;
  readonly roleNames: RoleNames;
  readonly spec: ClusterSpec;
}

// References to something else in Terraform, and not texts.
const REFERENCES = [
  "depends_on",
  "ignore_changes",
  "provider",
  "replace_triggered_by",
  "to",
  "from",
];

const LOOKUP_TYPES: { readonly [type: string]: string } = {
  azurerm_container_registry: "Microsoft.ContainerRegistry/registries",
  azurerm_private_dns_zone: "Microsoft.Network/privateDnsZones",
  azurerm_user_assigned_identity: "Microsoft.ManagedIdentity/userAssignedIdentities",
  azurerm_virtual_network: "Microsoft.Network/virtualNetworks",
};

/** Puts variables into a stack. */
export function parametrize(
  stack: StackJson,
  values: LateValue[],
  plan: ClusterPlan,
  subscriptionId: string | undefined,
): StackJson {
  const index = new LateIndex(values, subscriptionId);
  const roleNames = customRoleNames(plan, index);
  const around: Around = { type: "", subscription: "", index, roleNames, spec: plan.spec };
  return Object.fromEntries(
    Object.entries(stack).map(([block, value]) => [block, changeBlock(block, value, around)]),
  ) as StackJson;
}

/** The variables that stand in a stack, by name. */
export function variablesIn(stack: JsonObject, values: LateValue[]): LateValue[] {
  const names = new Set(
    [...JSON.stringify(stack).matchAll(/\bvar\.(\w+)/g)].map(([, name = ""]) => name),
  );
  return values.filter(({ name }) => names.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changeBlock(block: string, value: Json, around: Around): Json {
  switch (block) {
    case "terraform":
    case "moved":
    case "import":
    case "removed":
      return value;
    case "provider":
      return changeProviders(value as StackJson["provider"], around);
    case "resource":
    case "data":
      return changeTyped(value as JsonObject, around);
    case "check":
      return mapObject(value as JsonObject, (_, check) => changeCheck(check as JsonObject, around));
    case "locals":
      return mapObject(value as JsonObject, (_, local) => changeLocal(local, around));
    default:
      return change("", value, around);
  }
}

function changeTyped(blocks: JsonObject, around: Around): JsonObject {
  return mapObject(blocks, (type, names) =>
    mapObject(names as JsonObject, (_, body) => change("", body, { ...around, type })),
  );
}

function changeCheck({ data, ...rest }: JsonObject, around: Around): JsonObject {
  return {
    ...(data === undefined ? {} : { data: changeTyped(data as JsonObject, around) }),
    ...(change("", rest, around) as JsonObject),
  };
}

// The keys of an object in an expression are templates, too.
function changeLocal(value: Json, around: Around): Json {
  if (!isObject(value)) {
    return change("", value, around);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      changeRoleNames(key, around.roleNames),
      isObject(item) ? changeLocal(item, around) : change(key, item, around),
    ]),
  );
}

function changeProviders(providers: StackJson["provider"], around: Around): Json {
  const subscription = (provider: JsonObject): JsonObject => {
    const { alias, subscription_id: id } = provider;
    const variable = around.index.subscription(
      alias !== undefined && typeof id === "string" ? id : "",
    );
    return variable === undefined ? {} : { subscription_id: variable };
  };
  return mapObject(providers, (name, list) =>
    (list as JsonObject[]).map((provider) => ({
      ...(change("", provider, around) as JsonObject),
      ...(name === "azurerm" ? subscription(provider) : {}),
    })),
  );
}

function change(key: string, value: Json, around: Around): Json {
  if (REFERENCES.includes(key)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => change(key, item, around));
  }
  if (isObject(value)) {
    return key === "tags" ? (around.index.find("tags") ?? value) : changeObject(value, around);
  }
  return typeof value === "string"
    ? (changeAttribute(key, value, around) ?? changeText(key, value, around))
    : value;
}

function changeObject(value: JsonObject, around: Around): JsonObject {
  const { resource_group_name: group, provider } = value;
  const inside: Around = {
    ...around,
    group: typeof group === "string" && !group.includes("${") ? group : around.group,
    subscription:
      typeof provider === "string"
        ? provider.replace(/^azurerm\.subscription-/, "")
        : around.subscription,
  };
  return mapObject(value, (key, item) => change(key, item, inside));
}

/** What an attribute becomes that is nothing but a value of the description. */
function changeAttribute(key: string, value: string, around: Around): string | undefined {
  const { index, type, subscription, group } = around;
  switch (key) {
    case "name":
      return changeName(value, around);
    case "resource_group_name":
      return index.group(subscription, value);
    case "virtual_network_name":
      return index.resource(LOOKUP_TYPES.azurerm_virtual_network!, value, subscription, group);
    case "tenant_id":
      return value.includes("${") ? undefined : index.find("tenant");
    case "key_vault_key_id":
      return index.find("key", ({ id }) => id === value);
    case "node_resource_group":
      return index.find("nodeResourceGroup", ({ name }) => name === value);
    case "dns_prefix":
      return type === "azurerm_kubernetes_cluster" ? dnsPrefix(value, around) : undefined;
    default:
      return undefined;
  }
}

function changeName(
  value: string,
  { index, type, subscription, group, spec }: Around,
): string | undefined {
  const lookup = LOOKUP_TYPES[type];
  if (lookup !== undefined) {
    return index.resource(lookup, value, subscription, group);
  }
  switch (type) {
    case "azurerm_subnet":
      return index.subnet(value);
    case "azurerm_resource_group":
      return index.group("", value);
    case "azurerm_kubernetes_cluster":
      return index.find("cluster", ({ name }) => name === value);
    default:
      return type.startsWith("azurerm_monitor_") ? ruleName(value, spec.name, index) : undefined;
  }
}

// As the cluster computes it from its name.
function dnsPrefix(value: string, { index, spec }: Around): string | undefined {
  const computed = spec.name.replace(/_/g, "-").slice(0, 54).replace(/-+$/, "");
  const cluster = value === computed ? index.find("cluster") : undefined;
  return cluster && `\${replace(substr(replace(${inner(cluster)}, "_", "-"), 0, 54), "/-+$/", "")}`;
}

// As the rules and endpoints for logs and metrics are called: kind, region, cluster, in 44 characters. What
// is longer gets a mark of the whole.
function ruleName(value: string, clusterName: string, index: LateIndex): string | undefined {
  const start = /^[A-Za-z]+-[a-z0-9]+-/.exec(value)?.[0] ?? "";
  const name = `${start}${clusterName}`;
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 6);
  const computed = name.length > 44 ? `${name.slice(0, 37)}-${mark}` : name;
  const cluster = start !== "" && value === computed ? index.find("cluster") : undefined;
  const whole = `"${start}${cluster}"`;
  return (
    cluster &&
    `\${length(${whole}) > 44 ? "\${substr(${whole}, 0, 37)}-\${substr(sha256(${whole}), 0, 6)}" : ${whole}}`
  );
}

function changeText(key: string, value: string, { index, roleNames }: Around): string {
  return changeTexts(value, (text, place) => {
    const whole = place.quoted || text === value;
    const changed =
      (whole ? changeId(text, index) : undefined) ??
      (place.quoted ? changeIdPart(text, place, index) : undefined);
    if (changed !== undefined) {
      return changed;
    }
    const named = changeRoleNames(text, roleNames);
    // In quotes may be keys of something.
    return key === "error_message" && !place.quoted ? changeMessage(named, index) : named;
  });
}
