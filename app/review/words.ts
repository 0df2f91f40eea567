// Words for the content of an access review. Pure.
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import {
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedRole,
  ReviewedScope,
} from "../../lib/review/reviewed-grant";
import { FLEET } from "../../lib/access/fleet-rows";
import { GRANTING_STACKS, LATE_PHASES, Phase, isIdentity, phaseOf } from "../../lib/access/phases";
import { kindWords, teamWords } from "../../lib/access/words";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { entryOf } from "../../lib/spec/tables";
import { count, distinct, plain } from "./text";

export { isIdentity };

/** The teams that grant rights, in the order in which they deploy. */
export const TEAMS: readonly string[] = Object.values(GrantingTeam);

/** Requests for what comes after the cluster, with phase and team. They are called like their stacks. */
const AFTER: { readonly [request: string]: { readonly phase: Phase; readonly team: string } } =
  Object.fromEntries(
    LATE_PHASES.flatMap((phase) =>
      Object.entries(GRANTING_STACKS[phase]).map(([team, stack]) => [stack, { phase, team }]),
    ),
  );

/** The requests, in the order of the stacks. Those for what comes before the cluster are called like their teams. */
export const REQUESTS: readonly string[] = [...TEAMS, ...Object.keys(AFTER)];

/** Owners of the identities that get rights in each phase. */
export const PHASE_WORDS: { readonly [phase in Phase]: string } = {
  cluster: "cluster",
  workloads: "workloads",
  addOns: "add-ons",
};

/** Notes on pictures with shared boxes. */
export const GROUPING = {
  sameGrants: "Principals or resources with the same grants share a box.",
  sameKind:
    "Resources of the same kind and place share a box, so an arrow may apply to only some of them.",
} as const;

/** Explains effective rights. */
export const ACT_AS =
  "A principal that may assign an identity, owns it, or may create pods on nodes that have it, can act as this identity and has its rights.";

/** The workloads, as which a principal that creates pods can act. */
export const WORKLOADS_WORDS = "any workload in Kubernetes";

/** Says with which cluster a right is granted, or that the fleet grants it. */
export function grantedWith(name: string, wrap: (text: string) => string = String): string {
  return name === FLEET ? "with the fleet" : `with the cluster ${wrap(name)}`;
}

/** Returns the teams with grants, in the order in which they deploy. */
export function teamsOf({ grants }: AccessReviewDocument): string[] {
  const rank = (team: string) => (TEAMS.includes(team) ? TEAMS.indexOf(team) : TEAMS.length);
  return distinct(grants.map(({ team }) => team)).sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
}

/** Returns the grants of a request: those in one stack, without those that another cluster creates. */
export function grantsOf({ grants }: AccessReviewDocument, request: string): ReviewedGrant[] {
  return grants.filter(
    (grant) =>
      grant.team === teamOf(request) &&
      grant.grantedFor === undefined &&
      phaseOfGrant(grant) === requestPhase(request),
  );
}

/** Whether a request is for what comes after the cluster: workloads, or add-ons. */
export function isAfter(request: string): boolean {
  return requestPhase(request) !== "cluster";
}

/** Returns when a request is to be fulfilled. */
export function requestPhase(request: string): Phase {
  return entryOf(AFTER, request)?.phase ?? "cluster";
}

// The stacks that a fleet shares all come before.
function phaseOfGrant({ principal, scope, stack }: ReviewedGrant): Phase {
  const isLate = Object.keys(AFTER).some((one) => stack.endsWith(`-${one}`));
  return isLate ? phaseOf(principal.kind, scope.kind) : "cluster";
}

function teamOf(request: string): string {
  return entryOf(AFTER, request)?.team ?? request;
}

/** Returns the noun for a kind of principal or resource: `private DNS zone`. */
export function kindName(kind: string): string {
  return kindWords(plain(kind));
}

/** Returns the plural of a kind: `registries`. */
export function kindNames(kind: string): string {
  const one = kindName(kind);
  if (one.includes("/")) {
    return one;
  }
  return /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
}

/** Returns the name of a team, also from a request to it. */
export function teamName(request: string): string {
  return plain(teamWords(teamOf(request)));
}

/** Returns the kind of a principal: `group, deployer`. */
export function principalKind({ kind, principalType }: ReviewedPrincipal): string {
  if (isIdentity(kind)) {
    return kindName(kind);
  }
  return `${principalType === "Group" ? "group" : "service principal"}, ${kindName(kind)}`;
}

/** Returns the place of a scope: `in hub-vnet, resource group network-rg`. */
export function scopePlace(scope: ReviewedScope): string {
  const { parent, resourceGroup, subscriptionId } = scope;
  return [
    ...(parent === undefined ? [] : [`in ${plain(parent)}`]),
    ...(isResourceGroup(scope) ? [] : [`resource group ${plain(resourceGroup)}`]),
    ...(subscriptionId === undefined ? [] : [`subscription ${plain(subscriptionId)}`]),
  ].join(", ");
}

/** Returns the kind and place of a scope. */
export function scopeKind(scope: ReviewedScope, kind = kindName(scope.kind)): string {
  return [kind, scopePlace(scope)].filter((part) => part !== "").join(", ");
}

/** Returns the name of a role; that of a custom role without the cluster and its place, which it ends with. */
export function roleBaseName({ custom, name }: ReviewedRole): string {
  return custom ? name.replace(/ \([^()]*\)$/, "") : name;
}

/** Whether a scope is a resource group rather than a resource in one. */
export function isResourceGroup({ resourceType }: ReviewedScope): boolean {
  return /^Microsoft\.Resources\/(subscriptions\/)?resourceGroups$/i.test(resourceType);
}

/** Returns a unique key of a scope. */
export function scopeKey(scope: ReviewedScope): string {
  const { kind, resourceType, subscriptionId = "", resourceGroup, parent = "", name } = scope;
  return isIdentity(kind)
    ? identityKey(name)
    : JSON.stringify([resourceType, subscriptionId, resourceGroup, parent, name]);
}

/** Returns a unique key of a principal; an identity has the same key as a scope. */
export function principalKey(principal: ReviewedPrincipal): string {
  const { kind, principalType, name, objectId = "" } = principal;
  return isIdentity(kind) ? identityKey(name) : JSON.stringify([principalType, name, objectId]);
}

/** Returns the key of an identity of the cluster. */
export function identityKey(name: string): string {
  return JSON.stringify(["identity", name]);
}

/** Whether an operation only reads or joins. */
export function isJoinOrRead(operation: string): boolean {
  return /\/read$/i.test(operation) || /\/join[a-z]*\/action$/i.test(operation);
}

/** Returns how many paths do more than join and read. Unknown operations count as more. */
export function widePaths(paths: EffectiveRight[]): number {
  return paths.filter(({ actions }) => actions.length === 0 || !actions.every(isJoinOrRead)).length;
}

/** Returns a sentence on the paths by which people and pipelines reach the network. */
export function pathsInWords(paths: EffectiveRight[]): string {
  const more = paths.map(({ actions }) => actions.filter((action) => !isJoinOrRead(action)));
  const wide = widePaths(paths);
  if (paths.length === 0) {
    return "Only the identities of the cluster reach resources of the NOC; no other principal in this review does.";
  }
  return wide === 0
    ? `People and pipelines reach the network by ${count(paths.length, "path")}, only to join and read.`
    : `${wide} of ${count(paths.length, "path")} of people and pipelines can change the network, by ${count(distinct(more.flat()).length, "operation")}.`;
}

/** Returns notes on a grant that comes after the cluster, is kept for a while, or was taken over from another team. */
export function timeWords({ afterCluster, kept, takenOverFrom }: Partial<ReviewedGrant>): string[] {
  return [
    ...(afterCluster ? ["after the cluster"] : []),
    ...(kept ? ["kept until the cluster has moved"] : []),
    ...(takenOverFrom === undefined ? [] : [`taken over from the ${teamName(takenOverFrom)}`]),
  ];
}
