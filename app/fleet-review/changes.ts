// Compares two reviews of a fleet: each right in each cluster, folded again over the clusters. Pure.
import {
  FleetChangeKind,
  FleetChanges,
  FleetPrincipal,
  FleetReviewDocument,
  FleetRight,
  FleetRightChange,
  FleetRole,
} from "../../lib/review/fleet-review";
import { allows } from "../../lib/spec/action-patterns";
import { distinct, groupBy, listed } from "../review/text";
import { teamName } from "../review/words";
import { riskRank } from "./build";
import { nameIn } from "./scopes";

/** A right of a review, with its role. */
interface Held {
  readonly right: FleetRight;
  readonly role: FleetRole;
}

/** The rights of a review by what makes them the same, and by cluster. */
type Index = ReadonlyMap<string, ReadonlyMap<string, readonly Held[]>>;

/** A change in one cluster. */
interface ClusterChange extends Omit<FleetRightChange, "clusters"> {
  readonly cluster: string;
}

/** Returns the changes from an earlier review of a fleet to a later one. */
export function fleetChanges(
  before: FleetReviewDocument,
  after: FleetReviewDocument,
): FleetChanges {
  const [clustersBefore, clustersAfter] = [before, after].map(
    ({ clusters }) => new Set(clusters.map(({ name }) => name)),
  ) as [Set<string>, Set<string>];
  const [old, now] = [indexOf(before), indexOf(after)];
  const own = [before, after].map(subscriptionsOf) as [Subscriptions, Subscriptions];
  const all = distinct([...now.keys(), ...old.keys()]).flatMap((key) =>
    changesOf(old.get(key) ?? new Map(), now.get(key) ?? new Map(), own),
  );
  const isFollowing = ({ change, cluster }: ClusterChange) =>
    (change === FleetChangeKind.MORE_CLUSTERS && !clustersBefore.has(cluster)) ||
    (change === FleetChangeKind.FEWER_CLUSTERS && !clustersAfter.has(cluster));
  return {
    clustersAdded: [...clustersAfter].filter((name) => !clustersBefore.has(name)),
    clustersRemoved: [...clustersBefore].filter((name) => !clustersAfter.has(name)),
    rights: folded(all.filter((change) => !isFollowing(change))).sort(byWeight),
    following: new Set(all.filter(isFollowing).map(rightOf)).size,
  };
}

function rightOf({ principal, via, role, kind }: ClusterChange | FleetRightChange): string {
  return JSON.stringify([principal, via, role, kind]);
}

function indexOf({ rights, roles, principals }: FleetReviewDocument): Index {
  const roleOf = new Map(roles.map((role) => [role.id, role]));
  const principalOf = new Map(principals.map((one) => [one.id, one]));
  const index = new Map<string, Map<string, Held[]>>();
  for (const right of rights) {
    const role = roleOf.get(right.role)!;
    const path = [right.principal, ...right.via].map((id) => principalKey(principalOf.get(id)));
    const key = JSON.stringify([path, role.guid ?? role.name, right.kind]).toLowerCase();
    const clusters = index.get(key) ?? new Map<string, Held[]>();
    index.set(key, clusters);
    for (const cluster of right.clusters) {
      clusters.set(cluster, [...(clusters.get(cluster) ?? []), { right, role }]);
    }
  }
  return index;
}

// An id has the object id only where several principals are called so.
function principalKey(principal: FleetPrincipal | undefined): unknown[] {
  const { objectId, name, kinds = [], resourceGroup, subscriptionId } = principal ?? {};
  return objectId === undefined ? [name ?? kinds[0], resourceGroup, subscriptionId] : [objectId];
}

type Subscriptions = ReadonlyMap<string, string>;

function subscriptionsOf({ clusters }: FleetReviewDocument): Subscriptions {
  return new Map(clusters.map(({ name, subscriptionId = "" }) => [name, subscriptionId]));
}

function changesOf(
  old: ReadonlyMap<string, readonly Held[]>,
  now: ReadonlyMap<string, readonly Held[]>,
  own: readonly [Subscriptions, Subscriptions],
): ClusterChange[] {
  return distinct([...now.keys(), ...old.keys()]).flatMap((cluster) => {
    const [before = [], after = []] = [old.get(cluster), now.get(cluster)];
    const change = (kind: FleetChangeKind, details: string[] = []): ClusterChange[] => {
      const [{ right, role }] = (after.length > 0 ? after : before) as [Held];
      const { principal, via, kind: resources, team, risk } = right;
      return [
        {
          change: kind,
          cluster,
          principal,
          via,
          role: role.name,
          kind: resources,
          team,
          risk,
          details,
        },
      ];
    };
    if (before.length === 0) {
      return change(old.size === 0 ? FleetChangeKind.ADDED : FleetChangeKind.MORE_CLUSTERS);
    }
    if (after.length === 0) {
      return change(now.size === 0 ? FleetChangeKind.REMOVED : FleetChangeKind.FEWER_CLUSTERS);
    }
    const found = differences(stateOf(before, cluster, own[0]), stateOf(after, cluster, own[1]));
    return found === undefined ? [] : change(found.kind, found.details);
  });
}

/** What principals can do with a role on resources of one kind in a cluster. */
interface State {
  readonly operations: readonly string[];
  readonly conditions: readonly string[];
  readonly teams: readonly string[];
  /** The resources as they are called in the review, by their names and places in the cluster. */
  readonly resources: ReadonlyMap<string, string>;
}

function stateOf(held: readonly Held[], cluster: string, own: Subscriptions): State {
  const scopes = held.flatMap(({ right }) =>
    right.scopes.filter(({ clusters = [cluster] }) => clusters.includes(cluster)),
  );
  return {
    operations: held.flatMap(({ role }) => role.effectiveActions),
    conditions: distinct(held.map(({ right }) => right.condition ?? "")).sort(),
    teams: distinct(held.map(({ right }) => right.team)).sort(),
    resources: new Map(
      scopes.map(({ name, resourceGroup, parent = "", subscriptionId = own.get(cluster) }) => [
        [subscriptionId, resourceGroup, parent, name]
          .map((part = "") => nameIn(part, cluster))
          .join("/")
          .toLowerCase(),
        name,
      ]),
    ),
  };
}

function differences(
  before: State,
  after: State,
): { readonly kind: FleetChangeKind; readonly details: string[] } | undefined {
  const beyond = (one: State, other: State) => ({
    operations: distinct(one.operations.filter((action) => !allows(other.operations, action))),
    resources: [...one.resources]
      .filter(([key]) => !other.resources.has(key))
      .map(([, name]) => name),
  });
  const [more, less] = [beyond(after, before), beyond(before, after)];
  const [wasFree, isFree] = [before, after].map(({ conditions }) => conditions.includes("")) as [
    boolean,
    boolean,
  ];
  const isSame = (list: (state: State) => readonly string[]) =>
    list(before).join() === list(after).join();
  const details = [
    ...named("Allows in addition", more.operations),
    ...named("No longer allows", less.operations),
    ...named("In addition on", more.resources),
    ...named("No longer on", less.resources),
    ...(isSame(({ conditions }) => conditions) ? [] : ["The condition is another one."]),
    ...(isSame(({ teams }) => teams)
      ? []
      : [`Granted by the ${listed(after.teams.map(teamName))}.`]),
  ];
  const isWider = more.operations.length + more.resources.length > 0 || (isFree && !wasFree);
  const isNarrower = less.operations.length + less.resources.length > 0 || (wasFree && !isFree);
  const kind =
    isWider === isNarrower
      ? FleetChangeKind.CHANGED
      : isWider
        ? FleetChangeKind.WIDER
        : FleetChangeKind.NARROWER;
  return details.length === 0 ? undefined : { kind, details };
}

function named(words: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${words}: ${distinct([...names]).join(", ")}.`];
}

/** Returns the changes that are the same in several clusters once. */
function folded(changes: readonly ClusterChange[]): FleetRightChange[] {
  const groups = groupBy([...changes], ({ cluster: _, ...change }) => JSON.stringify(change));
  return [...groups.values()].map((group) => {
    const { cluster: _, ...change } = group[0];
    return { ...change, clusters: group.map(({ cluster }) => cluster).sort() };
  });
}

const KINDS = Object.values(FleetChangeKind);

function byWeight(a: FleetRightChange, b: FleetRightChange): number {
  return (
    KINDS.indexOf(a.change) - KINDS.indexOf(b.change) ||
    riskRank(a) - riskRank(b) ||
    b.clusters.length - a.clusters.length ||
    (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  );
}
