// Recognizes an export by its content: which command of az printed it. Pure.
import { Fields, isGroup } from "../config/file-schema";
import { isGuid as isGuidText } from "../../lib/spec/resource-id";
import { plain } from "../review/text";

/** Kinds of exports. */
export type ExportKind =
  | "cluster"
  | "pools"
  | "assignments"
  | "roles"
  | "identities"
  | "network"
  | "subnets"
  | "registries"
  | "diagnostics"
  | "maintenance"
  | "workspaces"
  | "monitorWorkspaces"
  | "groups"
  | "locks"
  | "associations"
  | "extensions"
  | "fluxConfigurations"
  | "fleetMembers"
  | "members"
  | "eligible"
  | "denied"
  | "applications";

/** An export: its kind, and the objects in it. */
export interface Recognized {
  readonly kind: ExportKind;
  readonly items: Fields[];
  /** Id of the subscription whose role assignments are all in the file, as the script of discover writes it. */
  readonly subscription?: string;
}

/** A file that is something else: a sentence about its content, and a remedy. */
export interface Refused {
  readonly message: string;
  readonly remedy: string;
}

interface Shape {
  readonly type: string;
  readonly kind: ExportKind;
  /** Command that prints it. */
  readonly command: string;
  /** Whether the command prints one object, a list, or either. */
  readonly form: "object" | "list" | "any";
}

const shape = (
  kind: ExportKind,
  type: string,
  command: string,
  form: Shape["form"] = "any",
): Shape => ({ kind, type, command: `az ${command}`, form });

/** The supported exports, by the resource type of their objects. */
export const SHAPES: readonly Shape[] = [
  shape("cluster", "Microsoft.ContainerService/managedClusters", "aks show", "object"),
  shape(
    "pools",
    "Microsoft.ContainerService/managedClusters/agentPools",
    "aks nodepool list",
    "list",
  ),
  shape(
    "maintenance",
    "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    "aks maintenanceconfiguration list",
  ),
  shape("assignments", "Microsoft.Authorization/roleAssignments", "role assignment list", "list"),
  shape("roles", "Microsoft.Authorization/roleDefinitions", "role definition list", "list"),
  shape(
    "eligible",
    "Microsoft.Authorization/roleEligibilityScheduleInstances",
    "rest … roleEligibilityScheduleInstances",
    "list",
  ),
  shape("denied", "Microsoft.Authorization/denyAssignments", "rest … denyAssignments", "list"),
  shape("identities", "Microsoft.ManagedIdentity/userAssignedIdentities", "identity show"),
  shape("network", "Microsoft.Network/virtualNetworks", "network vnet show", "object"),
  shape("subnets", "Microsoft.Network/virtualNetworks/subnets", "network vnet subnet list"),
  shape("registries", "Microsoft.ContainerRegistry/registries", "acr show"),
  shape("diagnostics", "Microsoft.Insights/diagnosticSettings", "monitor diagnostic-settings list"),
  shape(
    "workspaces",
    "Microsoft.OperationalInsights/workspaces",
    "monitor log-analytics workspace show",
  ),
  shape("monitorWorkspaces", "Microsoft.Monitor/accounts", "monitor account show"),
  shape("groups", "Microsoft.Resources/resourceGroups", "group show"),
  shape("locks", "Microsoft.Authorization/locks", "lock list"),
  shape(
    "associations",
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "rest … dataCollectionRuleAssociations",
  ),
  shape("extensions", "Microsoft.KubernetesConfiguration/extensions", "k8s-extension list", "list"),
  shape(
    "fluxConfigurations",
    "Microsoft.KubernetesConfiguration/fluxConfigurations",
    "k8s-configuration flux list",
    "list",
  ),
  shape("fleetMembers", "Microsoft.ContainerService/fleets/members", "fleet member list"),
];

const ASSIGNMENTS: Recognized = { kind: "assignments", items: [] };

const EXPORTS = "Use the commands that discover --commands prints.";

/** Returns the kind of parsed JSON and its objects, or the reason why it is no export. */
export function recognize(content: unknown): Recognized | Refused {
  const list = isGroup(content) && Array.isArray(content.value) ? content.value : content;
  if (Array.isArray(list)) {
    const { subscription, type } = isGroup(content) ? content : {};
    return isGuid(subscription) ? recognizeComplete(list, subscription) : recognizeList(list, type);
  }
  if (!isGroup(list)) {
    return refused(`The file has ${describe(list)} instead of objects of Azure.`);
  }
  if (isGroup(list.error)) {
    return refused(`The file has an error of Azure: ${quoted(list.error.code)}.`, "Run it again.");
  }
  if (isApplication(list)) {
    return { kind: "applications", items: [list] };
  }
  const type = typeOf(list);
  const found = shapeOf(type);
  if (!found || found.form === "list") {
    return refused(
      type === undefined
        ? `The file has an object with the fields ${fieldsOf(list)}, which is not known here.`
        : `The file has one object of the type ${type}, as az … show prints it.`,
      found && `Export all of them: ${found.command}.`,
    );
  }
  return { kind: found.kind, items: [list] };
}

/** Recognizes all role assignments of a subscription; there may be none. */
function recognizeComplete(list: unknown[], subscription: string): Recognized | Refused {
  const found = list.length === 0 ? ASSIGNMENTS : recognizeList(list);
  return "kind" in found && found.kind === "assignments"
    ? { ...found, subscription: subscription.toLowerCase() }
    : refused("The file has a subscription, but its list is not one of role assignments.");
}

/** Recognizes a list; the script of discover writes the type beside one that may be empty. */
function recognizeList(list: unknown[], given?: unknown): Recognized | Refused {
  if (list.length === 0) {
    const empty = typeof given === "string" ? shapeOf(given) : undefined;
    return empty
      ? { kind: empty.kind, items: [] }
      : refused(
          "The file has an empty list: the command found nothing.",
          "Remove the file if nothing exists; otherwise check the name, the subscription and your rights.",
        );
  }
  const groups = list.filter(isGroup);
  if (groups.length < list.length) {
    return refused(
      `The file has a list with ${describe(list.find((one) => !isGroup(one)))} in it.`,
    );
  }
  if (groups.every(isApplication)) {
    return { kind: "applications", items: groups };
  }
  const types = [...new Set(groups.map(typeOf))];
  const [type] = types;
  if (types.length > 1) {
    return refused(`The file has a list of several types: ${types.map(quoted).join(", ")}.`);
  }
  const found = shapeOf(type);
  if (found?.form === "object") {
    const command = found.command.replace(/show$/, "list");
    return refused(
      `The file has a list of ${groups.length} objects of the type ${type ?? ""}, as ${command} prints it.`,
      `Export one of them: ${found.command}.`,
    );
  }
  return found
    ? { kind: found.kind, items: groups }
    : refused(
        type === undefined
          ? `The file has a list of objects with the fields ${fieldsOf(groups[0])}, which are not known here.`
          : `The file has a list of objects of the type ${type}.`,
      );
}

/** Returns the resource type of an object: that in the field `type`, or that in its id. */
export function typeOf({ type, id }: Fields): string | undefined {
  if (typeof type === "string" && /^microsoft\.[\w.]+\/[\w/]+$/i.test(type)) {
    return type;
  }
  // The last provider in the id: that of a setting of another resource, if it is one.
  const [, namespace, rest] =
    /^(?:.*)\/providers\/(microsoft\.[\w.]+)\/(.+)$/i.exec(typeof id === "string" ? id : "") ?? [];
  const types = rest?.split("/").filter((_, index) => index % 2 === 0);
  return types && [namespace, ...types].join("/");
}

function shapeOf(type = ""): Shape | undefined {
  return SHAPES.find((one) => one.type.toLowerCase() === type.toLowerCase());
}

/** Whether an object is an application or a service principal of Entra ID. */
function isApplication({ appId, passwordCredentials }: Fields): boolean {
  return typeof appId === "string" && Array.isArray(passwordCredentials);
}

function isGuid(value: unknown): value is string {
  return typeof value === "string" && isGuidText(value);
}

function refused(message: string, remedy: string = EXPORTS): Refused {
  return { message, remedy };
}

function describe(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function quoted(value: unknown): string {
  return `"${plain(String(value)).slice(0, 80)}"`;
}

function fieldsOf(item: Fields = {}): string {
  const names = Object.keys(item).slice(0, 3).map(quoted);
  return names.length === 0 ? "none" : names.join(", ");
}
