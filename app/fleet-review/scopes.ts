// Folds the resources of a right in many clusters: those that are called after the cluster are one. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { FleetScope } from "../../lib/review/fleet-review";
import { isSameName } from "../../lib/spec/naming";
import { distinct, groupBy } from "../review/text";
import { Source, placeKey, sharedKeys } from "./sources";

/** Stands for the name of the cluster in the names of resources that it alone uses. */
export const CLUSTER = "<cluster>";

/** The resources of a right. */
export interface FoldedScopes {
  readonly scopes: FleetScope[];
  readonly subscriptions: string[];
}

/** A grant in one cluster. */
export interface ClusterGrant {
  readonly source: Source;
  readonly grant: ReviewedGrant;
}

/** Whether the resource of a grant is one for several clusters, rather than one of each cluster. */
export type IsShared = (one: ClusterGrant) => boolean;

/** Returns a function that tells whether several clusters use the resource of a grant. */
export function sharedPlaces(sources: readonly Source[]): IsShared {
  const shared = sharedKeys(sources, (source) =>
    source.review.grants.map(({ scope }) => placeKey(scope, source)),
  );
  return ({ source, grant }) => shared.has(placeKey(grant.scope, source));
}

/** Returns the resources of a right, those in most clusters first, and their subscriptions. */
export function foldScopes(rights: readonly ClusterGrant[], isShared: IsShared): FoldedScopes {
  const clusterOf = ({ source }: ClusterGrant) => source.review.cluster;
  const all = new Set(rights.map(clusterOf)).size;
  const groups = groupBy([...rights], (one) => JSON.stringify(scopeOf(one, isShared)));
  const scopes = [...groups.values()].map(
    (group): Required<Pick<FleetScope, "clusters">> & FleetScope => ({
      ...scopeOf(group[0], isShared),
      clusters: distinct(group.map(clusterOf)),
    }),
  );
  const textOf = (scope: FleetScope) => JSON.stringify({ ...scope, clusters: undefined });
  return {
    scopes: scopes
      .sort((a, b) => b.clusters.length - a.clusters.length || (textOf(a) < textOf(b) ? -1 : 1))
      .map(({ clusters, ...scope }) => ({
        ...scope,
        clusters: clusters.length < all ? clusters : undefined,
      })),
    subscriptions: distinct(
      rights.flatMap(
        ({ grant: { scope }, source: { review } }) =>
          (scope.subscriptionId ?? review.subscriptionId)?.toLowerCase() ?? [],
      ),
    ).sort(),
  };
}

function scopeOf(one: ClusterGrant, isShared: IsShared): Omit<FleetScope, "clusters"> {
  const {
    grant: { scope },
    source,
  } = one;
  const { name, resourceGroup, parent, subscriptionId } = scope;
  if (isShared(one)) {
    return {
      name,
      resourceGroup,
      parent,
      subscriptionId: subscriptionId ?? source.review.subscriptionId,
      shared: true,
    };
  }
  const { cluster, subscriptionId: own = "" } = source.review;
  return {
    name: withoutCluster(name, cluster),
    resourceGroup: withoutCluster(resourceGroup, cluster),
    parent: parent === undefined ? undefined : withoutCluster(parent, cluster),
    subscriptionId: isSameName(subscriptionId ?? own, own) ? undefined : subscriptionId,
    shared: false,
  };
}

/** Returns a name with `<cluster>` in the place of that of the cluster, where it is a whole part of it. */
export function withoutCluster(name: string, cluster: string): string {
  const [before = "", ...parts] = name.split(cluster);
  return parts.reduce((text, part) => {
    const isWhole = !/[a-z0-9]$/i.test(text) && !/^[a-z0-9]/i.test(part);
    return text + (isWhole ? CLUSTER : cluster) + part;
  }, before);
}

/** Returns the name of a resource in a cluster. */
export function nameIn(name: string, cluster: string): string {
  return name.replaceAll(CLUSTER, cluster);
}
