// What things of an access review are called in documents. Pure.
import {
  AccessReviewDocument,
  EffectiveRight,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedScope,
} from "../../lib/review/access-review";
import { kindWords, teamWords } from "../../lib/access/words";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { count, distinct, plain } from "./text";

/** The teams that grant, in the order in which they work. */
export const TEAMS: readonly string[] = Object.values(GrantingTeam);

/** What is said of a picture in which boxes stand for several. */
export const GROUPING = {
  sameGrants: "Those with the same grants share a box.",
  sameKind:
    "Resources of one kind and place share a box; an arrow can be about some of them and not about others.",
} as const;

/** The teams that have rows, in the order in which they work. */
export function teamsOf({ grants }: AccessReviewDocument): string[] {
  const rank = (team: string) => (TEAMS.includes(team) ? TEAMS.indexOf(team) : TEAMS.length);
  return distinct(grants.map(({ team }) => team)).sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
}

/** The grants that the stack of a team makes; not those that come with another cluster. */
export function grantsOf({ grants }: AccessReviewDocument, team: string): ReviewedGrant[] {
  return grants.filter((grant) => grant.team === team && grant.grantedFor === undefined);
}

/** A kind of principal or resource in words: `private DNS zone`. */
export function kindName(kind: string): string {
  return kindWords(plain(kind));
}

/** Kinds in the plural: `registries`. */
export function kindNames(kind: string): string {
  const one = kindName(kind);
  if (one.includes("/")) {
    return one;
  }
  return /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
}

/** A team in words. */
export function teamName(team: string): string {
  return plain(teamWords(team));
}

/** What a principal is: `group, deployer`. */
export function principalKind({ kind, principalType }: ReviewedPrincipal): string {
  if (isIdentity(kind)) {
    return kindName(kind);
  }
  return `${principalType === "Group" ? "group" : "service principal"}, ${kindName(kind)}`;
}

/** Where a scope is: `in hub-vnet, resource group network-rg`. */
export function scopePlace(scope: ReviewedScope): string {
  const { parent, resourceGroup, subscriptionId } = scope;
  return [
    ...(parent === undefined ? [] : [`in ${plain(parent)}`]),
    ...(isResourceGroup(scope) ? [] : [`resource group ${plain(resourceGroup)}`]),
    ...(subscriptionId === undefined ? [] : [`subscription ${plain(subscriptionId)}`]),
  ].join(", ");
}

/** Returns what a scope is, and where. */
export function scopeKind(scope: ReviewedScope, kind = kindName(scope.kind)): string {
  return [kind, scopePlace(scope)].filter((part) => part !== "").join(", ");
}

/** Whether a kind is one of the cluster's identities, which are principals and resources. */
export function isIdentity(kind: string): boolean {
  return kind === "controlPlane" || kind === "kubelet";
}

/** Whether a scope is a resource group and not a resource in one. */
export function isResourceGroup({ resourceType }: ReviewedScope): boolean {
  return /^Microsoft\.Resources\/(subscriptions\/)?resourceGroups$/i.test(resourceType);
}

/** Tells a scope from all others. */
export function scopeKey(scope: ReviewedScope): string {
  const { kind, resourceType, subscriptionId = "", resourceGroup, parent = "", name } = scope;
  return isIdentity(kind)
    ? identityKey(name)
    : JSON.stringify([resourceType, subscriptionId, resourceGroup, parent, name]);
}

/** Tells a principal from all others; an identity has the same key as a scope. */
export function principalKey(principal: ReviewedPrincipal): string {
  const { kind, principalType, name, objectId = "" } = principal;
  return isIdentity(kind) ? identityKey(name) : JSON.stringify([principalType, name, objectId]);
}

function identityKey(name: string): string {
  return JSON.stringify(["identity", name]);
}

/** Operations that change nothing but who uses what: reading and joining. */
export function isJoinOrRead(operation: string): boolean {
  return /\/read$/i.test(operation) || /\/join[a-z]*\/action$/i.test(operation);
}

/** Whether people and pipelines reach the network, and with what, in a sentence. */
export function pathsInWords(paths: EffectiveRight[]): string {
  const more = paths.map(({ actions }) => actions.filter((action) => !isJoinOrRead(action)));
  // Where no operation is known, nothing is known to be harmless.
  const wide = paths.filter(
    ({ actions }, index) => actions.length === 0 || more[index]!.length > 0,
  ).length;
  if (paths.length === 0) {
    return "Nobody who is named reaches anything that the NOC owns, but the identities of the cluster.";
  }
  return wide === 0
    ? `${count(paths.length, "path is", "paths are")} left, and by ${paths.length === 1 ? "it" : "them"} people and pipelines join and read only.`
    : `By ${wide} of ${count(paths.length, "path")} people and pipelines can do more than join and read: ${count(distinct(more.flat()).length, "operation")}.`;
}

/** Returns that a grant is kept for a while, and that another team granted it before. */
export function historyWords({ kept, takenOverFrom }: Partial<ReviewedGrant>): string[] {
  return [
    ...(kept ? ["kept until the cluster has moved"] : []),
    ...(takenOverFrom === undefined ? [] : [`taken over from the ${teamName(takenOverFrom)}`]),
  ];
}
