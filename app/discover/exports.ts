// The exports of a cluster, parsed: what az prints about the cluster and the resources around it. Pure.
import {
  ResourceIdParts,
  canonicalGuid,
  canonicalId,
  parseResourceId,
} from "../../lib/spec/resource-id";
import { Fields } from "../config/file-schema";
import { isSameName } from "../../lib/spec/naming";
import { Reading } from "./reading";
import { ExportKind } from "./recognize";

/** An export that was recognized. */
export interface ExportFile {
  readonly file: string;
  readonly kind: ExportKind;
  readonly items: Fields[];
  /** Id of the subscription whose role assignments are all in the file. */
  readonly subscription?: string;
}

/** A role assignment. */
export interface Assignment {
  readonly id: string;
  /** In the spelling of azurerm. */
  readonly scope: string;
  readonly principalId: string;
  /**
   * Display name of a group, client id of a service principal; empty if the principal no longer exists, and undefined
   * if az was not allowed to look.
   */
  readonly principalName?: string;
  readonly principalType: string;
  readonly role: { readonly name: string; readonly guid: string };
  readonly condition?: string;
  /** Ids of the subscriptions that it was exported from: one on a management group is in the lists of several. */
  readonly subscriptions?: ReadonlySet<string>;
}

/** A role definition. */
export interface RoleDefinition {
  readonly name: string;
  readonly guid: string;
  readonly actions: string[];
  readonly notActions: string[];
  readonly dataActions: string[];
  readonly notDataActions: string[];
  /** Scopes on which the role can be assigned. */
  readonly assignableScopes?: string[];
}

/** A user-assigned identity. */
export interface ExistingIdentity {
  readonly id: string;
  readonly location?: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly tags?: { readonly [name: string]: string };
}

/** A subnet. */
export interface ExistingSubnet {
  readonly id: string;
  readonly cidrs: string[];
  readonly routeTableId?: string;
  /** Whether its policies for Private Link services are on, as they are by default. */
  readonly hasPrivateLinkServicePolicies: boolean;
}

/** An application or a service principal of Entra ID. */
export interface Application {
  readonly appId: string;
  /** Object id of the service principal; absent for the application itself. */
  readonly principalId?: string;
  readonly name: string;
  /** The ends of its secrets and certificates, the last one first. */
  readonly ends: string[];
  /** Whether it is deleted, and can be restored for 30 days. */
  readonly deleted: boolean;
}

/** A resource with a region. */
export interface PlacedResource {
  readonly id: string;
  readonly location?: string;
  readonly tags?: { readonly [name: string]: string };
}

/** A lock, or an association of a data collection rule: something that is attached to a resource. */
export interface AttachedResource {
  readonly name: string;
  /** Id of the resource that it is attached to. */
  readonly scope: string;
  readonly content: Reading;
}

/** A container registry. */
export interface ExistingRegistry {
  readonly id: string;
  readonly isAbac: boolean;
}

/** Everything that the exports of a cluster have. */
export interface Exports {
  readonly cluster: Reading;
  readonly id: string;
  readonly place: ResourceIdParts;
  /** The pools, with the one that is made with the cluster first. */
  readonly pools: Reading[];
  /** Undefined if no role assignments were exported. */
  readonly assignments?: Assignment[];
  /** Ids of the subscriptions whose role assignments were exported without a filter. */
  readonly completeSubscriptions: readonly string[];
  readonly roles: RoleDefinition[];
  readonly identities: ExistingIdentity[];
  readonly subnets: ExistingSubnet[];
  /** Ranges of the networks that are peered with that of the cluster. */
  readonly peeredRanges: string[];
  readonly registries: ExistingRegistry[];
  /** Undefined if no diagnostic settings were exported. */
  readonly diagnostics?: Reading[];
  /** Undefined if no maintenance configurations were exported. */
  readonly maintenance?: Reading[];
  readonly workspaces: PlacedResource[];
  readonly monitorWorkspaces: PlacedResource[];
  /** Resource groups. */
  readonly groups: PlacedResource[];
  /** Undefined if no locks were exported. */
  readonly locks?: AttachedResource[];
  /** Associations of data collection rules; undefined if none were exported. */
  readonly associations?: AttachedResource[];
  /** Extensions of the cluster; undefined if they were not exported. */
  readonly extensions?: Reading[];
  /** Flux configurations of the cluster; undefined if they were not exported. */
  readonly fluxConfigurations?: Reading[];
  /** Memberships of the cluster in fleets of Azure Kubernetes Fleet Manager; undefined if no members were exported. */
  readonly fleetMembers?: Reading[];
  readonly applications: Application[];
  readonly files: readonly { readonly file: string; readonly kind: ExportKind }[];
}

/** Returns the exports, parsed. Call it only with the exports of one cluster. */
export function parseExports(files: readonly ExportFile[], cluster: Fields): Exports {
  const readings = (kind: ExportKind) =>
    files
      .filter((one) => one.kind === kind)
      .flatMap(({ items }) => items.map((item) => new Reading(item)));
  const known = (kind: ExportKind) =>
    files.some((one) => one.kind === kind) ? readings(kind) : undefined;
  const reading = new Reading(cluster);
  const id = canonicalId(reading.text("id") ?? "");
  // Clusters elsewhere have extensions, too, such as those of Azure Arc.
  const isPart = (one: Reading) =>
    isSameName(canonicalId(clusterOf({ id: one.text("id") }) ?? ""), id);
  const profiles = reading.list("agentPoolProfiles");
  const networks = readings("network");
  return {
    cluster: reading,
    id,
    place: parseResourceId(id)!,
    pools: known("pools") ?? profiles,
    assignments: files.some(({ kind }) => kind === "assignments")
      ? assignmentsOf(files)
      : undefined,
    completeSubscriptions: files.flatMap(({ subscription }) => subscription ?? []),
    roles: readings("roles").map(roleDefinition),
    identities: readings("identities").map(identity),
    subnets: distinctById(
      [...readings("subnets"), ...networks.flatMap((one) => one.list("subnets"))].map(subnet),
    ),
    peeredRanges: networks.flatMap((one) =>
      one.list("virtualNetworkPeerings").flatMap(rangesOfPeering),
    ),
    registries: distinctById(readings("registries").map(registry)),
    diagnostics: known("diagnostics"),
    maintenance: known("maintenance"),
    workspaces: readings("workspaces").map(placed),
    monitorWorkspaces: readings("monitorWorkspaces").map(placed),
    groups: readings("groups").map(placed),
    locks: known("locks")?.map(attached),
    associations: known("associations")?.map(attached),
    extensions: known("extensions")?.filter(isPart),
    fluxConfigurations: known("fluxConfigurations")?.filter(isPart),
    fleetMembers: known("fleetMembers")?.filter((one) =>
      isSameName(canonicalId(one.text("clusterResourceId") ?? ""), id),
    ),
    applications: readings("applications").map(application),
    files: files.map(({ file, kind }) => ({ file, kind })),
  };
}

/** Returns the id of the cluster that an object is a part of, or is attached to; undefined if it is none. */
export function clusterOf(item: Fields): string | undefined {
  const id = typeof item.id === "string" ? item.id : "";
  return /^.*?\/providers\/microsoft\.containerservice\/managedclusters\/[^/]+/i.exec(id)?.[0];
}

/** Returns the role assignments of all files, each once. */
function assignmentsOf(files: readonly ExportFile[]): Assignment[] {
  const found = new Map<string, Assignment>();
  for (const { items, subscription } of files.filter(({ kind }) => kind === "assignments")) {
    const list = items.map((item) => assignment(new Reading(item)));
    const places = list.map(({ scope }) => subscriptionIn(scope)).filter((place) => place !== "");
    // A list is of one subscription, and of the management groups around it.
    const of = subscription === undefined ? places : [subscription];
    for (const one of list) {
      const key = one.id.toLowerCase();
      const subscriptions = new Set([...(found.get(key)?.subscriptions ?? []), ...of]);
      found.set(key, { ...one, subscriptions });
    }
  }
  return [...found.values()];
}

/** Returns the subscription in an id; empty without one. */
export function subscriptionIn(id: string): string {
  return (/^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? "").toLowerCase();
}

/** Returns a role assignment. */
export function assignment(one: Reading): Assignment {
  const definition = one.text("roleDefinitionId") ?? "";
  const name = one.value("principalName");
  return {
    id: one.text("id") ?? "",
    scope: canonicalId(one.text("scope") ?? ""),
    principalId: canonicalGuid(one.text("principalId") ?? ""),
    principalName: typeof name === "string" ? name : undefined,
    principalType: one.text("principalType") ?? "",
    role: {
      name: one.text("roleDefinitionName") ?? "",
      guid: canonicalGuid(definition.split("/").pop() ?? ""),
    },
    condition: one.text("condition"),
  };
}

/** Returns a role definition. */
export function roleDefinition(one: Reading): RoleDefinition {
  const permissions = one.list("permissions");
  const all = (list: string) => permissions.flatMap((each) => each.texts(list));
  return {
    name: one.text("roleName") ?? "",
    guid: canonicalGuid(one.text("name") ?? ""),
    actions: all("actions"),
    notActions: all("notActions"),
    dataActions: all("dataActions"),
    notDataActions: all("notDataActions"),
    assignableScopes: one.texts("assignableScopes"),
  };
}

/** Returns a user-assigned identity. */
export function identity(one: Reading): ExistingIdentity {
  return {
    id: canonicalId(one.text("id") ?? ""),
    location: regionOf(one.text("location")),
    principalId: canonicalGuid(one.text("principalId") ?? ""),
    clientId: canonicalGuid(one.text("clientId") ?? ""),
    tags: one.map("tags"),
  };
}

function subnet(one: Reading): ExistingSubnet {
  const prefix = one.text("addressPrefix");
  const prefixes = one.texts("addressPrefixes");
  return {
    id: canonicalId(one.text("id") ?? ""),
    cidrs: prefix === undefined ? prefixes : [prefix],
    routeTableId: one.text("routeTable.id"),
    hasPrivateLinkServicePolicies: one.text("privateLinkServiceNetworkPolicies") !== "Disabled",
  };
}

function rangesOfPeering(one: Reading): string[] {
  const space = one.group("remoteVirtualNetworkAddressSpace") ?? one.group("remoteAddressSpace");
  return space?.texts("addressPrefixes") ?? [];
}

function registry(one: Reading): ExistingRegistry {
  return {
    id: canonicalId(one.text("id") ?? ""),
    isAbac: /^abac/i.test(one.text("roleAssignmentMode") ?? ""),
  };
}

function placed(one: Reading): PlacedResource {
  return {
    id: canonicalId(one.text("id") ?? ""),
    location: regionOf(one.text("location")),
    tags: one.map("tags"),
  };
}

function attached(one: Reading): AttachedResource {
  const [scope = ""] = (one.text("id") ?? "").split(
    /\/providers\/microsoft\.(?:authorization|insights)\//i,
  );
  return { name: one.text("name") ?? "", scope: canonicalId(scope), content: one };
}

function application(one: Reading): Application {
  const isPrincipal = one.text("servicePrincipalType") !== undefined;
  const credentials = [...one.list("passwordCredentials"), ...one.list("keyCredentials")];
  return {
    appId: canonicalGuid(one.text("appId") ?? ""),
    principalId: isPrincipal ? one.text("id") : undefined,
    name: one.text("displayName") ?? "",
    ends: credentials
      .flatMap((credential) => credential.text("endDateTime") ?? [])
      .sort()
      .reverse(),
    deleted: one.text("deletedDateTime") !== undefined,
  };
}

/** Returns the short name of a region, such as `westeurope` for `West Europe`. */
export function regionOf(location: string | undefined): string | undefined {
  return location?.toLowerCase().replace(/\s/g, "");
}

function distinctById<T extends { readonly id: string }>(list: T[]): T[] {
  return list.filter(
    ({ id }, index) => list.findIndex((other) => isSameName(other.id, id)) === index,
  );
}
