// Compares two reviews of a fleet: each right in each cluster, folded again over the clusters. Pure.
import {
  FleetChangeKind,
  FleetChanges,
  FleetPrincipal,
  FleetReviewDocument,
  FleetRightChange,
} from "../../lib/review/fleet-review";
import { distinct, groupBy } from "../review/text";
import { riskRank } from "./build";
import { Held, State, differenceOf, stateOf } from "./differences";

/** The rights of a principal on resources of one kind in one cluster, by role. */
type Roles = ReadonlyMap<string, readonly Held[]>;

/** A review, prepared for a comparison. */
interface Side {
  /** By path of principals and kind of resources, then by cluster. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, Roles>>;
  /** Paths, kinds and roles that some cluster has. */
  readonly known: ReadonlySet<string>;
  /** The subscription of each cluster. */
  readonly clusters: ReadonlyMap<string, string>;
}

/** A change in one cluster. */
interface ClusterChange extends Omit<FleetRightChange, "clusters" | "alsoOf"> {
  readonly cluster: string;
}

/** Returns the changes from an earlier review of a fleet to a later one. */
export function fleetChanges(
  before: FleetReviewDocument,
  after: FleetReviewDocument,
): FleetChanges {
  const [old, now] = [sideOf(before), sideOf(after)];
  const all = distinct([...now.places.keys(), ...old.places.keys()]).flatMap((place) => {
    const [was, is] = [old.places.get(place), now.places.get(place)];
    return distinct([...(is?.keys() ?? []), ...(was?.keys() ?? [])]).flatMap((cluster) =>
      changesIn(
        cluster,
        place,
        { side: old, roles: was?.get(cluster) ?? new Map() },
        { side: now, roles: is?.get(cluster) ?? new Map() },
      ),
    );
  });
  const isFollowing = ({ change, cluster }: ClusterChange) =>
    (change === FleetChangeKind.MORE_CLUSTERS && !old.clusters.has(cluster)) ||
    (change === FleetChangeKind.FEWER_CLUSTERS && !now.clusters.has(cluster));
  const rightOf = ({ principal, via, role, kind }: ClusterChange) =>
    JSON.stringify([principal, via, role, kind]);
  return {
    clustersAdded: [...now.clusters.keys()].filter((name) => !old.clusters.has(name)),
    clustersRemoved: [...old.clusters.keys()].filter((name) => !now.clusters.has(name)),
    rights: folded(all.filter((change) => !isFollowing(change))),
    following: new Set(all.filter(isFollowing).map(rightOf)).size,
  };
}

function sideOf({ rights, roles, principals, clusters }: FleetReviewDocument): Side {
  const roleOf = new Map(roles.map((role) => [role.id, role]));
  const principalOf = new Map(principals.map((one) => [one.id, one]));
  const places = new Map<string, Map<string, Map<string, Held[]>>>();
  const known = new Set<string>();
  for (const right of rights) {
    const role = roleOf.get(right.role)!;
    const path = [right.principal, ...right.via].map((id) => principalKey(principalOf.get(id)));
    const place = JSON.stringify([path, right.kind]).toLowerCase();
    const roleKey = (role.guid ?? role.name).toLowerCase();
    known.add(knownKey(place, roleKey));
    const inClusters = places.get(place) ?? new Map<string, Map<string, Held[]>>();
    places.set(place, inClusters);
    for (const cluster of right.clusters) {
      const held = inClusters.get(cluster) ?? new Map<string, Held[]>();
      inClusters.set(cluster, held);
      held.set(roleKey, [...(held.get(roleKey) ?? []), { right, role }]);
    }
  }
  return {
    places,
    known,
    clusters: new Map(clusters.map(({ name, subscriptionId = "" }) => [name, subscriptionId])),
  };
}

function knownKey(place: string, role: string): string {
  return `${place} ${role}`;
}

// An id has the object id only where several principals are called so.
function principalKey(principal: FleetPrincipal | undefined): unknown[] {
  const { objectId, name, kinds = [], resourceGroup, subscriptionId } = principal ?? {};
  return objectId === undefined ? [name ?? kinds[0], resourceGroup, subscriptionId] : [objectId];
}

/** The rights of one side in a cluster. */
interface InCluster {
  readonly side: Side;
  readonly roles: Roles;
}

function changesIn(
  cluster: string,
  place: string,
  old: InCluster,
  now: InCluster,
): ClusterChange[] {
  const stateIn = ({ side, roles }: InCluster, role: string): State =>
    stateOf(roles.get(role) ?? [], cluster, side.clusters.get(cluster) ?? "");
  const change = (
    { roles }: InCluster,
    roleKey: string,
    kind: FleetChangeKind,
    details: string[] = [],
  ): ClusterChange[] =>
    (roles.get(roleKey) ?? []).slice(0, 1).map(({ right, role }) => {
      const { principal, via, team, risk } = right;
      const what = { role: role.name, kind: right.kind, team, risk };
      return { change: kind, cluster, principal, via, ...what, details };
    });
  const added = [...now.roles.keys()].filter((role) => !old.roles.has(role)).sort();
  const gone = new Set([...old.roles.keys()].filter((role) => !now.roles.has(role)).sort());
  return [
    ...[...now.roles.keys()]
      .filter((role) => old.roles.has(role))
      .flatMap((role) => {
        const found = differenceOf(stateIn(old, role), stateIn(now, role));
        return found ? change(now, role, found.kind, found.details) : [];
      }),
    // Another role on the same resources, in place of one that is gone, is one change.
    ...added.flatMap((role) => {
      const state = stateIn(now, role);
      const former = [...gone].find((one) =>
        [...stateIn(old, one).resources.keys()].some((key) => state.resources.has(key)),
      );
      if (former === undefined) {
        const isKnown = old.side.known.has(knownKey(place, role));
        return change(now, role, isKnown ? FleetChangeKind.MORE_CLUSTERS : FleetChangeKind.ADDED);
      }
      gone.delete(former);
      const [{ role: was } = { role: undefined }] = old.roles.get(former) ?? [];
      const { kind = FleetChangeKind.CHANGED, details = [] } =
        differenceOf(stateIn(old, former), state) ?? {};
      return change(now, role, kind, [`In place of ${was?.name ?? ""}.`, ...details]);
    }),
    ...[...gone].flatMap((role) => {
      const isKnown = now.side.known.has(knownKey(place, role));
      return change(old, role, isKnown ? FleetChangeKind.FEWER_CLUSTERS : FleetChangeKind.REMOVED);
    }),
  ];
}

/**
 * Returns the changes that are the same in several clusters once. Those by way of an identity whose own right changed in
 * this way are with it.
 */
function folded(changes: readonly ClusterChange[]): FleetRightChange[] {
  const groups = groupBy([...changes], (one) => JSON.stringify({ ...one, cluster: undefined }));
  const all = [...groups.values()].map(([{ cluster, ...change }, ...more]) => ({
    ...change,
    clusters: [cluster, ...more.map((one) => one.cluster)].sort(),
  }));
  const keyOf = (change: (typeof all)[number], principal: string) =>
    JSON.stringify({ ...change, principal, via: undefined });
  const direct = new Set(
    all.filter(({ via }) => via.length === 0).map((one) => keyOf(one, one.principal)),
  );
  const leads = (one: (typeof all)[number]) => keyOf(one, one.via.at(-1) ?? "");
  const following = groupBy(
    all.filter((one) => direct.has(leads(one))),
    leads,
  );
  return all
    .filter((one) => !direct.has(leads(one)))
    .map((one) => {
      const others = one.via.length > 0 ? [] : (following.get(keyOf(one, one.principal)) ?? []);
      return { ...one, alsoOf: distinct(others.map(({ principal }) => principal)).sort() };
    })
    .sort(byWeight);
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
