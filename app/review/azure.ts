// Builds resource ids and `az` commands for the grants of an access review. Pure.
import {
  AccessReviewDocument,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedRole,
  ReviewedScope,
} from "../../lib/review/access-review";
import { UNKNOWN_GROUP } from "../../lib/review/unknown-group";
import { Word, joined, variable } from "./shell";
import { Group, groupBy } from "./text";
import { isIdentity, isResourceGroup, principalKey } from "./words";

/** The shell variable with the subscription of the stacks. */
const SUBSCRIPTION = variable("subscription");

/** Whether the id of the scope is known: only Terraform knows ids of resources that a stack creates. */
export function hasKnownId({ scope }: ReviewedGrant): boolean {
  return scope.resourceGroup !== UNKNOWN_GROUP;
}

/** Returns the id of the resource group of a scope, without the subscription. */
export function resourceGroupPath(scope: ReviewedScope): string {
  return `/resourceGroups/${isResourceGroup(scope) ? scope.name : scope.resourceGroup}`;
}

/** Returns the id of a scope, without the subscription. */
export function scopePath(scope: ReviewedScope): string {
  if (isResourceGroup(scope)) {
    return resourceGroupPath(scope);
  }
  const [namespace = "", ...types] = scope.resourceType.split("/");
  const names = [...(scope.parent?.split("/") ?? []), scope.name];
  const segments = types.flatMap((type, index) => [type, names[index] ?? ""]);
  return [`${resourceGroupPath(scope)}/providers/${namespace}`, ...segments].join("/");
}

/** Returns an id in the subscription of a scope, as one word of a command. */
export function idWord({ subscriptionId }: ReviewedScope, path: string): Word {
  return subscriptionId === undefined
    ? joined("/subscriptions/", SUBSCRIPTION, path)
    : `/subscriptions/${subscriptionId}${path}`;
}

/** Returns the id of the resource group of a scope, as one word of a command. */
export function resourceGroupWord(scope: ReviewedScope): Word {
  return idWord(scope, resourceGroupPath(scope));
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

/** Returns the principals of grants, by their keys. */
export function assigneesOf(
  review: AccessReviewDocument,
  grants: ReviewedGrant[],
): Map<string, Assignee> {
  const assignees = new Map<string, Assignee>();
  for (const { principal } of grants) {
    const key = principalKey(principal);
    if (!assignees.has(key)) {
      const name = `principal_${assignees.size + 1}`;
      const { objectId: id = variable(name) } = principal;
      const command = principal.objectId === undefined && lookup(review, principal);
      assignees.set(key, {
        principal,
        id,
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
  const { kind, name, principalType } = principal;
  if (isIdentity(kind)) {
    return identityLookup(review, principal);
  }
  // Not `group show`, which also matches the beginning of a name.
  const list = ["az", "ad", principalType === "Group" ? "group" : "sp", "list"];
  const filter = `displayName eq '${name.replace(/'/g, "''")}'`;
  return [...list, "--filter", filter, "--query", "[].id", "--output", "tsv"];
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

/** Returns the definition of a custom role as one word of JSON; it is assignable in the resource groups of its scopes. */
export function roleDefinition(
  { name, actions, dataActions }: ReviewedRole,
  scopes: ReviewedScope[],
): Word {
  const head = JSON.stringify({
    Name: name,
    IsCustom: true,
    Description: "Created from an access review of hardened-aks.",
    Actions: actions,
    DataActions: dataActions,
  }).slice(0, -1);
  const groups = new Map(
    scopes.map((scope) => [
      JSON.stringify([scope.subscriptionId, resourceGroupPath(scope)]),
      scope,
    ]),
  );
  const ids = [...groups.values()].flatMap((scope, index) => {
    const start = `${index > 0 ? "," : ""}"/subscriptions/`;
    const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
    const subscription =
      scope.subscriptionId === undefined ? SUBSCRIPTION : inJson(scope.subscriptionId);
    return [start, subscription, `${inJson(resourceGroupPath(scope))}"`];
  });
  return joined(`${head},"AssignableScopes":[`, ...ids, "]}");
}

/** Returns the custom roles of grants, each with its scopes. */
export function customRoles(
  grants: ReviewedGrant[],
): { role: ReviewedRole; scopes: Group<ReviewedScope> }[] {
  const custom = grants.filter(({ role }) => role.custom);
  return [...groupBy(custom, ({ role }) => role.name).values()].map(([first, ...more]) => ({
    role: first.role,
    scopes: [first.scope, ...more.map(({ scope }) => scope)],
  }));
}
