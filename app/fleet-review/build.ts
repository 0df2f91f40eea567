// Makes the review of a fleet from the access reviews of its clusters. Pure.
import { version } from "../../package.json";
import { resourceTypeOf } from "../../lib/access/resource-types";
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import {
  FleetCluster,
  FleetException,
  FleetPrincipal,
  FleetReviewDocument,
  FleetRight,
  FleetRole,
} from "../../lib/review/fleet-review";
import { Risk, riskOf } from "../../lib/review/risk";
import { Group, distinct, groupBy } from "../review/text";
import { isIdentity } from "../review/words";
import { principalsOf } from "./principals";
import { rolesOf } from "./roles";
import { IsShared, foldScopes, sharedPlaces } from "./scopes";
import { Source, identitiesOf, placeKey, rightsOf, sourcesOf } from "./sources";

/** Version of the form of reviews of a fleet. */
export const FLEET_REVIEW_VERSION = 1;

/** A right in one cluster. */
export interface ClusterRight {
  readonly source: Source;
  readonly right: EffectiveRight;
  readonly grant: ReviewedGrant;
  readonly principal: FleetPrincipal;
  readonly via: FleetPrincipal[];
  readonly role: FleetRole;
}

/** Returns the review of a fleet. It does not depend on the order of the access reviews. */
export function fleetReviewOf(reviews: readonly AccessReviewDocument[]): FleetReviewDocument {
  const sources = sourcesOf(reviews);
  const held = clusterRights(sources);
  const rights = fleetRights(held, sharedPlaces(sources));
  const principals = ranked(held, rights);
  const rank = new Map(principals.map(({ id }, index) => [id, index]));
  const rankOf = ({ principal }: FleetRight) => rank.get(principal) ?? 0;
  return {
    formatVersion: FLEET_REVIEW_VERSION,
    producedBy: `hardened-aks ${version}`,
    clusters: sources.map(fleetCluster),
    roleAssignments: new Set(held.filter(isDirect).map(assignmentKey)).size,
    principals,
    roles: [...new Map(held.map(({ role }) => [role.id, role])).values()].sort(byId),
    rights: rights.sort((a, b) => rankOf(a) - rankOf(b) || byPower(a, b)),
    exceptions: exceptionsOf(sources),
  };
}

function clusterRights(sources: readonly Source[]): ClusterRight[] {
  const principalOf = principalsOf(sources);
  const roleOf = rolesOf(sources);
  return sources.flatMap((source) =>
    rightsOf(source).map(([right, grant]) => ({
      source,
      right,
      grant,
      principal: principalOf(right.principal, source),
      via: right.via.map((name) => principalOf(name, source)),
      role: roleOf(grant),
    })),
  );
}

/**
 * Returns the rights. Those by way of an identity that several clusters use are all the rights of this identity, also
 * those that it has for another cluster.
 */
function fleetRights(held: readonly ClusterRight[], isShared: IsShared): FleetRight[] {
  const asShared = held.filter(({ via }) => isSharedIdentity(via.at(-1)));
  const own = held.filter(({ via }) => !isSharedIdentity(via.at(-1)));
  const groups = [...groupBy(own, rightKey).values()];
  const ofShared = groupBy(
    groups.filter(([one]) => isDirect(one) && isSharedIdentity(one.principal)),
    ([{ principal }]) => principal.id,
  );
  const ways = groupBy(asShared, ({ principal, via }) =>
    JSON.stringify([principal.id, idsOf(via)]),
  );
  return [
    ...groups.map((group) => fleetRight(group, isShared)),
    ...[...ways.values()].flatMap((way) => {
      const [{ principal, via }] = way;
      const rights = ofShared.get(via.at(-1)?.id ?? "") ?? [];
      return rights.map(([first, ...more]) => {
        const right = fleetRight([{ ...first, principal, via }, ...more], () => true);
        return {
          ...right,
          clusters: clustersOf(way),
          scopes: right.scopes.map((scope) => ({ ...scope, clusters: undefined })),
          reasons: [],
          excessActions: [],
          keptIn: undefined,
        };
      });
    }),
  ];
}

function isSharedIdentity(principal: FleetPrincipal | undefined): boolean {
  return principal?.name !== undefined && principal.kinds.some(isIdentity);
}

function idsOf(principals: readonly FleetPrincipal[]): string[] {
  return principals.map(({ id }) => id);
}

function rightKey({
  principal,
  via,
  role,
  grant: { scope, team, condition },
}: ClusterRight): string {
  const path = idsOf([principal, ...via]);
  return JSON.stringify([path, role.id, scope.kind, team, condition]);
}

function fleetRight(group: Group<ClusterRight>, isShared: IsShared): FleetRight {
  const [{ principal, via, role, grant }] = group;
  const direct = group.filter(isDirect).map((one) => one.grant);
  const kept = clustersOf(group.filter((one) => one.grant.kept));
  const { scopes, subscriptions } = foldScopes(group, isShared);
  return {
    principal: principal.id,
    via: idsOf(via),
    role: role.id,
    kind: grant.scope.kind,
    team: grant.team,
    condition: grant.condition,
    risk: role.risk,
    reachesNetwork: reachesNetwork(group[0]),
    clusters: clustersOf(group),
    scopes,
    subscriptions,
    reasons: [
      ...new Map(
        direct.flatMap(({ reasons }) => reasons).map((one) => [one.feature, one]),
      ).values(),
    ].sort((a, b) => (a.feature < b.feature ? -1 : 1)),
    excessActions: distinct(direct.flatMap(({ excessActions }) => excessActions)).sort(),
    keptIn: kept.length > 0 ? kept : undefined,
  };
}

function clustersOf(rights: readonly ClusterRight[]): string[] {
  return distinct(rights.map(({ source }) => source.review.cluster));
}

function isDirect({ via }: ClusterRight): boolean {
  return via.length === 0;
}

// As in an access review, the network does not depend on the team that grants on it.
function reachesNetwork({ principal, grant }: ClusterRight): boolean {
  return !principal.kinds.some(isIdentity) && resourceTypeOf(grant.scope.kind).team === "network";
}

/** Returns one text for a role assignment, in whichever cluster it is described. */
function assignmentKey({ principal, grant, source }: ClusterRight): string {
  const { name } = grant.principal;
  const own = principal.name === undefined ? [source.review.cluster, name] : [];
  return JSON.stringify([
    principal.id,
    own,
    grant.role.name,
    placeKey(grant.scope, source),
    grant.condition,
  ]);
}

/** Returns the principals: people and pipelines first, then identities; the most powerful first. */
function ranked(held: readonly ClusterRight[], rights: readonly FleetRight[]): FleetPrincipal[] {
  const all = [
    ...new Map(
      held.flatMap(({ principal, via }) => [principal, ...via]).map((one) => [one.id, one]),
    ).values(),
  ];
  const byPrincipal = groupBy([...rights], ({ principal }) => principal);
  const powerOf = ({ id, kinds }: FleetPrincipal) => {
    const own = byPrincipal.get(id) ?? [];
    const risk = Math.min(Infinity, ...own.map(riskRank));
    const greatest = own.filter((right) => riskRank(right) === risk);
    const clusters = new Set(greatest.flatMap((right) => right.clusters)).size;
    return [kinds.some(isIdentity) ? 1 : 0, risk, -clusters, -greatest.length];
  };
  const powers = new Map(all.map((one) => [one, powerOf(one)]));
  return all.sort((a, b) => {
    const [left, right] = [powers.get(a)!, powers.get(b)!];
    const different = left.findIndex((part, index) => part !== right[index]);
    return different < 0 ? byId(a, b) : left[different]! - right[different]!;
  });
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

const RISKS = Object.values(Risk);

/** Returns the rank of a risk; the greatest comes first. */
export function riskRank({ risk }: { readonly risk: Risk }): number {
  return RISKS.indexOf(risk);
}

function byPower(a: FleetRight, b: FleetRight): number {
  const textOf = ({ via, role, kind, team, condition }: FleetRight) =>
    JSON.stringify([role, kind, via, team, condition]);
  return (
    riskRank(a) - riskRank(b) ||
    a.via.length - b.via.length ||
    b.clusters.length - a.clusters.length ||
    (textOf(a) < textOf(b) ? -1 : 1)
  );
}

function fleetCluster(source: Source): FleetCluster {
  const { cluster, subscriptionId, location, roleSet, descriptionHash } = source.review;
  const { grants, effectiveRights, warnings } = source.review;
  const risks = effectiveRights.map(({ actions, risk = riskOf(actions) }) => ({ risk }));
  return {
    name: cluster,
    subscriptionId,
    location,
    roleSet,
    descriptionHash,
    identities: identitiesOf(source)
      .map(({ name }) => name)
      .sort(),
    grants: grants.length,
    risk: risks.sort((a, b) => riskRank(a) - riskRank(b))[0]?.risk ?? Risk.READ,
    warnings: warnings.length,
  };
}

function exceptionsOf(sources: readonly Source[]): FleetException[] {
  const all = sources.flatMap(({ review: { cluster, exceptions } }) =>
    exceptions.map(({ name, reason }) => ({ cluster, name, reason })),
  );
  const namesIn = (list: typeof all) => distinct(list.map(({ cluster }) => cluster));
  return [...groupBy(all, ({ name }) => name)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, list]) => ({
      name,
      clusters: namesIn(list),
      reasons: [...groupBy(list, ({ reason }) => reason)]
        .map(([reason, given]) => ({ reason, clusters: namesIn(given) }))
        .sort((a, b) => b.clusters.length - a.clusters.length || (a.reason < b.reason ? -1 : 1)),
    }));
}
