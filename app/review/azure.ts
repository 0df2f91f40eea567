// Builds resource ids and `az` commands for the grants of an access review. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import {
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedRole,
  ReviewedScope,
} from "../../lib/review/reviewed-grant";
import { CreatedBackupAccess } from "../../lib/review/created-resources";
import { UNKNOWN_GROUP } from "../../lib/review/unknown-group";
import { BACKUP_EXTENSION } from "../../lib/spec/backup";
import { PrincipalKind } from "../../lib/spec/principal";
import { Word, joined, variable } from "./shell";
import { Group, groupBy } from "./text";
import { isIdentity, isResourceGroup, principalKey } from "./words";

/** The shell variable with the subscription of the stacks. */
export const SUBSCRIPTION = variable("subscription");

/** Whether the id of the scope is known: only Terraform knows ids of resources that a stack creates. */
export function hasKnownId({ scope }: ReviewedGrant): boolean {
  return scope.resourceGroup !== UNKNOWN_GROUP;
}

/** A resource group. */
export type Place = Pick<ReviewedScope, "resourceGroup" | "subscriptionId">;

/** Returns the resource group of a scope. */
export function placeOf(scope: ReviewedScope): Place {
  const { name, resourceGroup, subscriptionId } = scope;
  return { resourceGroup: isResourceGroup(scope) ? name : resourceGroup, subscriptionId };
}

/** Returns the id of a resource group, without the subscription. */
export function groupPath({ resourceGroup }: Place): string {
  return `/resourceGroups/${resourceGroup}`;
}

/** Returns the id of a scope, without the subscription. */
export function scopePath(scope: ReviewedScope): string {
  const group = groupPath(placeOf(scope));
  if (isResourceGroup(scope)) {
    return group;
  }
  const [namespace = "", ...types] = scope.resourceType.split("/");
  const names = [...(scope.parent?.split("/") ?? []), scope.name];
  const segments = types.flatMap((type, index) => [type, names[index] ?? ""]);
  return [`${group}/providers/${namespace}`, ...segments].join("/");
}

/** Returns an id in a subscription, by default that of the stacks, as one word of a command. */
export function idWord({ subscriptionId }: Pick<Place, "subscriptionId">, path: string): Word {
  return subscriptionId === undefined
    ? joined("/subscriptions/", SUBSCRIPTION, path)
    : `/subscriptions/${subscriptionId}${path}`;
}

/** Returns the id of a resource group, as one word of a command. */
export function groupWord(place: Place): Word {
  return idWord(place, groupPath(place));
}

/** Returns the value of `--role`: the GUID of a built-in role, or the name of a custom one. */
export function roleId({ guid, name }: ReviewedRole): string {
  return guid ?? name;
}

/** A principal with the word for its object id in commands, and the lookup of that id. */
export interface Assignee {
  readonly principal: ReviewedPrincipal;
  readonly id: Word;
  /** Name of the shell variable, and the command that prints its value; undefined if the id is known. */
  readonly lookup?: { readonly variable: string; readonly command: Word[] };
}

/**
 * Returns the principals of grants, by their keys.
 *
 * @param created returns the object id of an identity, if the script creates it
 */
export function assigneesOf(
  review: AccessReviewDocument,
  grants: ReviewedGrant[],
  created: (principal: ReviewedPrincipal) => Word | undefined = () => undefined,
): Map<string, Assignee> {
  const assignees = new Map<string, Assignee>();
  for (const { principal } of grants) {
    const key = principalKey(principal);
    if (!assignees.has(key)) {
      const name = `principal_${assignees.size + 1}`;
      const { objectId = created(principal) } = principal;
      const command = objectId === undefined && lookup(review, principal);
      assignees.set(key, {
        principal,
        id: objectId ?? variable(name),
        ...(command && { lookup: { variable: name, command } }),
      });
    }
  }
  return assignees;
}

/** Returns the object id of a principal, as one word of a command. */
export function assigneeId(assignees: Map<string, Assignee>, principal: ReviewedPrincipal): Word {
  return assignees.get(principalKey(principal))?.id ?? "";
}

// The command may print no id, or several.
function lookup(review: AccessReviewDocument, principal: ReviewedPrincipal): Word[] {
  const { kind, name, principalType, resourceGroup } = principal;
  const { backupAccess } = review.created ?? {};
  if (kind === PrincipalKind.ADD_ON && resourceGroup === undefined && backupAccess) {
    return extensionLookup(backupAccess);
  }
  if (isIdentity(kind)) {
    return identityLookup(review, principal);
  }
  // Not `group show`, which also matches the beginning of a name.
  const list = ["az", "ad", principalType === "Group" ? "group" : "sp", "list"];
  const filter = `displayName eq '${name.replace(/'/g, "''")}'`;
  return [...list, "--filter", filter, "--query", "[].id", "--output", "tsv"];
}

/** Path of the parts of a cluster that commands of az would need an extension for, and the version of their API. */
export const CLUSTER_PARTS = {
  path: "/providers/Microsoft.KubernetesConfiguration",
  version: "?api-version=2024-11-01",
};

/** Returns the command that prints the object id of the identity of the backup extension, which has no documented name. */
export function extensionLookup(
  access: Pick<CreatedBackupAccess, "cluster" | "resourceGroup" | "subscriptionId">,
): Word[] {
  const { path, version } = CLUSTER_PARTS;
  const part = `${path}/extensions/${BACKUP_EXTENSION}${version}`;
  return [
    ...["az", "rest", "--method", "get", "--url", joined(clusterWord(access), part)],
    ...["--query", "properties.aksAssignedIdentity.principalId", "--output", "tsv"],
  ];
}

/** Returns the id of a cluster, as one word of a command. */
export function clusterWord({
  cluster,
  resourceGroup,
  subscriptionId,
}: Pick<CreatedBackupAccess, "cluster" | "resourceGroup" | "subscriptionId">): Word {
  return idWord(
    { subscriptionId },
    `/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster}`,
  );
}

function identityLookup({ grants }: AccessReviewDocument, principal: ReviewedPrincipal): Word[] {
  const { name } = principal;
  const scopes = grants.map(({ scope }) => scope).filter(({ kind }) => isIdentity(kind));
  // Earlier reviews have the resource group of scopes alone.
  const scope = scopes.find((candidate) => candidate.name === name) ?? scopes[0];
  const { resourceGroup, subscriptionId } =
    principal.resourceGroup === undefined ? { ...scope } : principal;
  return resourceGroup !== undefined
    ? [
        ...["az", "identity", "show", "--name", name, "--resource-group", resourceGroup],
        ...["--subscription", subscriptionId ?? SUBSCRIPTION],
        ...["--query", "principalId", "--output", "tsv"],
      ]
    : [
        ...["az", "identity", "list", "--query"],
        ...[`[?name=='${name.replace(/[\\']/g, "\\$&")}'].principalId`, "--output", "tsv"],
      ];
}

/** A custom role, with the resource groups that it can be assigned in. */
export interface CustomRole {
  readonly role: ReviewedRole;
  readonly places: Group<Place>;
}

/** Returns the custom roles of grants. */
export function customRoles(grants: ReviewedGrant[]): CustomRole[] {
  const custom = grants.filter(({ role }) => role.custom);
  return [...groupBy(custom, ({ role }) => role.name).values()].map(([first, ...more]) => {
    const places = [first, ...more].map(({ scope }) => placeOf(scope));
    const distinct = new Map(places.map((place) => [JSON.stringify(place), place]));
    return { role: first.role, places: [...distinct.values()] as Group<Place> };
  });
}

/** Returns the definition of a custom role as one word of JSON. */
export function roleDefinition({ role, places }: CustomRole): Word {
  const { name, description, actions, dataActions } = role;
  const head = JSON.stringify({
    roleName: name,
    type: "CustomRole",
    description: description ?? "Created from an access review of hardened-aks.",
    permissions: [{ actions, notActions: [], dataActions, notDataActions: [] }],
  }).slice(0, -1);
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  const ids = places.flatMap(({ subscriptionId, ...place }, index): Word[] => [
    `${index > 0 ? "," : ""}"/subscriptions/`,
    subscriptionId === undefined ? SUBSCRIPTION : inJson(subscriptionId),
    `${inJson(groupPath(place))}"`,
  ]);
  return joined(`{"properties":${head},"assignableScopes":[`, ...ids, "]}}");
}
