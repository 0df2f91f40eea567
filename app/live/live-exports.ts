// The rights in Azure, from the exports: role assignments by their principals, roles, groups and deny assignments. Pure.
import { canonicalGuid, canonicalId } from "../../lib/spec/resource-id";
import { Role } from "../../lib/spec/roles";
import { isGroup } from "../config/file-schema";
import {
  Assignment,
  ExistingIdentity,
  ExportFile,
  RoleDefinition,
  assignment,
  identity,
  roleDefinition,
  subscriptionIn,
} from "../discover/exports";
import { Reading } from "../discover/reading";
import { ExportKind } from "../discover/recognize";
import { isWithin } from "../discover/rights";
import { groupBy } from "../review/text";

/** A role assignment, or an eligible one. */
export interface Holding extends Assignment {
  /** Whether the principal must activate it. */
  readonly isEligible: boolean;
  /** The subscriptions of the files that have it. */
  readonly subscriptions: ReadonlySet<string>;
}

/** A deny assignment. */
export interface Denial {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly permissions: readonly Pick<
    Role,
    "actions" | "notActions" | "dataActions" | "notDataActions"
  >[];
  readonly principals: readonly string[];
  readonly excluded: readonly string[];
  readonly reachesInside: boolean;
  /** Whether Azure keeps it, so that no command deletes it. */
  readonly isProtected: boolean;
}

/** The rights in Azure, as far as the exports go. */
export interface LiveExports {
  readonly holdings: readonly Holding[];
  /** By the object id of the principal. */
  readonly byPrincipal: ReadonlyMap<string, readonly Holding[]>;
  readonly roles: RoleDefinition[];
  readonly identities: readonly ExistingIdentity[];
  /** The object ids of the members of groups, by that of the group. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly denials: readonly Denial[];
  /** The subscriptions whose role assignments were exported. */
  readonly subscriptions: ReadonlySet<string>;
  readonly kinds: ReadonlySet<ExportKind>;
  /** The resource group of the nodes and the id of the cluster, if the cluster was exported. */
  readonly nodeResourceGroup?: string;
  readonly clusterId?: string;
  readonly files: readonly { readonly file: string; readonly kind: ExportKind }[];
}

/** Object id of all principals, in deny assignments. */
const EVERYONE = "00000000-0000-0000-0000-000000000000";

/** Returns what Azure holds. */
export function parseLive(files: readonly ExportFile[]): LiveExports {
  const readings = (kind: ExportKind) =>
    files
      .filter((one) => one.kind === kind)
      .flatMap(({ items }) => items.map((item) => new Reading(item)));
  const holdings = holdingsOf(files);
  const assigned = files.filter(({ kind }) => kind === "assignments");
  const [cluster] = readings("cluster");
  return {
    holdings,
    byPrincipal: groupBy(holdings, ({ principalId }) => principalId),
    roles: readings("roles").map(roleDefinition),
    identities: [...readings("identities").map(identity), ...identitiesIn(cluster)],
    members: new Map(
      files
        .filter(({ kind }) => kind === "members")
        .map(({ file, items }) => [
          groupIn(file)!,
          items.map(({ id }) => canonicalGuid(String(id))),
        ]),
    ),
    denials: readings("denied").map(denial),
    subscriptions: new Set(assigned.flatMap((file) => [...subscriptionsIn(file)])),
    kinds: new Set(files.map(({ kind }) => kind)),
    nodeResourceGroup: cluster?.text("nodeResourceGroup"),
    clusterId: cluster?.text("id"),
    files: files.map(({ file, kind }) => ({ file: file.replace(/^.*[\\/]/, ""), kind })),
  };
}

/** Returns the object id of the group whose members a file has, from its name. */
export function groupIn(file: string): string | undefined {
  const [, id] =
    /^members.*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^\\/]*$/i.exec(
      file.replace(/^.*[\\/]/, ""),
    ) ?? [];
  return id?.toLowerCase();
}

/** Whether a role assignment reaches a scope. */
export function reaches({ scope: outer, subscriptions }: Holding, scope: string): boolean {
  const isInSubscription = /^\/subscriptions\//i.test(outer);
  return (
    isWithin(scope, outer) &&
    // A list has the assignments above its own subscription, which may be above no other one.
    (isInSubscription || subscriptions.size === 0 || subscriptions.has(subscriptionIn(scope)))
  );
}

/** Returns the groups that a principal is a member of, also by way of other groups. */
export function groupsOf(principalId: string, { members }: LiveExports): string[] {
  const found: string[] = [];
  collect(principalId, members, found);
  return found;
}

function collect(member: string, members: LiveExports["members"], found: string[]): void {
  for (const [group, ids] of members) {
    if (ids.includes(member) && !found.includes(group)) {
      found.push(group);
      collect(group, members, found);
    }
  }
}

/** Whether a deny assignment is about one of these principals on a scope. */
export function isAbout(denial: Denial, principals: readonly string[], scope: string): boolean {
  const { principals: denied, excluded, reachesInside, scope: outer } = denial;
  const isSame = scope.toLowerCase() === outer.toLowerCase();
  return (
    (isSame || (reachesInside && isWithin(scope, outer))) &&
    denied.some((id) => id === EVERYONE || principals.includes(id)) &&
    !excluded.some((id) => principals.includes(id))
  );
}

function holdingsOf(files: readonly ExportFile[]): Holding[] {
  const found = new Map<string, Holding>();
  for (const file of files) {
    if (file.kind !== "assignments" && file.kind !== "eligible") {
      continue;
    }
    const subscriptions = subscriptionsIn(file);
    for (const item of file.items) {
      const one = holding(new Reading(item), file.kind === "eligible");
      const key = `${file.kind} ${one.id.toLowerCase()}`;
      const known = found.get(key)?.subscriptions ?? [];
      found.set(key, { ...one, subscriptions: new Set([...known, ...subscriptions]) });
    }
  }
  return [...found.values()];
}

function subscriptionsIn({ items }: ExportFile): ReadonlySet<string> {
  const scopes = items.map((item) => subscriptionIn(new Reading(item).text("scope") ?? ""));
  return new Set(scopes.filter((one) => one !== ""));
}

function holding(one: Reading, isEligible: boolean): Omit<Holding, "subscriptions"> {
  const parsed = assignment(one);
  const { role, principalName } = parsed;
  const shown = one.group("expandedProperties");
  return {
    ...parsed,
    role: { ...role, name: role.name || (shown?.text("roleDefinition.displayName") ?? "") },
    principalName: principalName ?? shown?.text("principal.displayName"),
    isEligible,
  };
}

function denial(one: Reading): Denial {
  const ids = (list: string) => one.list(list).map((each) => canonicalGuid(each.text("id") ?? ""));
  return {
    id: one.text("id") ?? "",
    name: one.text("denyAssignmentName") ?? "",
    scope: canonicalId(one.text("scope") ?? ""),
    permissions: one.list("permissions").map((each) => ({
      actions: each.texts("actions"),
      notActions: each.texts("notActions"),
      dataActions: each.texts("dataActions"),
      notDataActions: each.texts("notDataActions"),
    })),
    principals: ids("principals"),
    excluded: ids("excludePrincipals"),
    reachesInside: one.flag("doNotApplyToChildScopes") !== true,
    isProtected: one.flag("isSystemProtected") === true,
  };
}

/** Returns the identities that a cluster works with, as az aks show prints them. */
function identitiesIn(cluster: Reading | undefined): ExistingIdentity[] {
  const brought = cluster?.value("identity.userAssignedIdentities");
  const entries = Object.entries(isGroup(brought) ? brought : {});
  const kubelet = cluster?.group("identityProfile.kubeletidentity");
  const made = (id: string, from: Reading | undefined, principalId: string) => ({
    id: canonicalId(id),
    principalId: canonicalGuid(from?.text(principalId) ?? ""),
    clientId: canonicalGuid(from?.text("clientId") ?? ""),
  });
  return [
    ...entries.map(([id, one]) => made(id, new Reading(isGroup(one) ? one : {}), "principalId")),
    ...(kubelet ? [made(kubelet.text("resourceId") ?? "", kubelet, "objectId")] : []),
  ].filter(({ principalId }) => principalId !== "");
}
