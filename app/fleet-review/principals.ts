// The principals of a fleet: each person and pipeline once, and each kind of identity that the clusters have once. Pure.
import { FleetPrincipal } from "../../lib/review/fleet-review";
import { ReviewedPrincipal } from "../../lib/review/reviewed-grant";
import { PrincipalKind } from "../../lib/spec/principal";
import { distinct } from "../review/text";
import { isIdentity, kindName } from "../review/words";
import { withoutCluster } from "./scopes";
import { Source, identitiesOf, identityKey, sharedKeys } from "./sources";

/** Returns the principal of the fleet for the name of one in an access review. */
export type PrincipalOf = (name: string, source: Source) => FleetPrincipal;

type Draft = Omit<FleetPrincipal, "id">;

const UNLISTED = "Contributor on ";

/**
 * Returns the principals of a fleet. People are the same if their object id is the same or, without one, their name; one
 * whose object id a cluster does not know is taken for the only one of this name.
 */
export function principalsOf(sources: readonly Source[]): PrincipalOf {
  const keyOf = keysOf(sources);
  const drafts = new Map<string, Draft>();
  for (const source of sources) {
    for (const name of namesIn(source)) {
      const key = keyOf(name, source);
      drafts.set(key, merged(drafts.get(key), draftOf(name, source, key)));
    }
  }
  const all = withIds(drafts);
  return (name, source) => all.get(keyOf(name, source))!;
}

function namesIn({ review }: Source): string[] {
  return distinct(review.effectiveRights.flatMap(({ principal, via }) => [principal, ...via]));
}

/** Returns a function that returns the key of a principal: of a shared identity it is a place, of people an id or name. */
function keysOf(sources: readonly Source[]): (name: string, source: Source) => string {
  const shared = sharedKeys(sources, (source) =>
    identitiesOf(source).map((one) => identityKey(one, source)),
  );
  const objectIds = new Map<string, Set<string>>();
  for (const { review } of sources) {
    for (const { principal } of review.grants) {
      const name = principal.name.toLowerCase();
      const id = principal.objectId?.toLowerCase();
      if (id !== undefined && !isIdentity(principal.kind)) {
        objectIds.set(name, (objectIds.get(name) ?? new Set()).add(id));
      }
    }
  }
  const compute = (name: string, source: Source): string => {
    const identity = identityIn(source, name);
    if (identity) {
      const key = identityKey(identity, source);
      return shared.has(key) ? `shared ${key}` : identity.kind;
    }
    const own = principalsIn(source, name)[0]?.objectId?.toLowerCase();
    const [only, ...others] = objectIds.get(name.toLowerCase()) ?? [];
    const id = own ?? (others.length === 0 ? only : undefined);
    return id === undefined ? `name ${nameIn(name, source).toLowerCase()}` : `id ${id}`;
  };
  const known = new Map<Source, Map<string, string>>(sources.map((source) => [source, new Map()]));
  return (name, source) => {
    const keys = known.get(source)!;
    const key = keys.get(name) ?? compute(name, source);
    keys.set(name, key);
    return key;
  };
}

function principalsIn({ review }: Source, name: string): ReviewedPrincipal[] {
  return review.grants.map(({ principal }) => principal).filter((one) => one.name === name);
}

function identityIn(source: Source, name: string) {
  return identitiesOf(source).find((one) => one.name === name);
}

// A deployer whom no description names is called after the resource group of the cluster.
function nameIn(name: string, { review }: Source): string {
  return name.startsWith(UNLISTED) ? withoutCluster(name, review.cluster) : name;
}

function draftOf(name: string, source: Source, key: string): Draft {
  const identity = identityIn(source, name);
  const principals = principalsIn(source, name);
  const kinds = distinct(principals.map(({ kind }) => kind));
  if (identity) {
    const { kind, resourceGroup, subscriptionId = source.review.subscriptionId } = identity;
    const place = key.startsWith("shared") ? { name, resourceGroup, subscriptionId } : {};
    return { kinds: distinct([...kinds, kind]), ...place };
  }
  const [one] = principals;
  return {
    kinds,
    name: nameIn(name, source),
    principalType: one?.principalType,
    objectId: one?.objectId,
  };
}

function merged(before: Draft | undefined, draft: Draft): Draft {
  const order = Object.values(PrincipalKind);
  const kinds = distinct([...(before?.kinds ?? []), ...draft.kinds]);
  return {
    ...draft,
    ...before,
    kinds: kinds.sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    principalType: before?.principalType ?? draft.principalType,
    objectId: before?.objectId ?? draft.objectId,
  };
}

/** Gives each principal a unique id: its name or kind, with its object id or place where several are called so. */
function withIds(drafts: ReadonlyMap<string, Draft>): Map<string, FleetPrincipal> {
  const labels = [...drafts.values()].map(labelOf);
  const isUnique = (label: string) => labels.indexOf(label) === labels.lastIndexOf(label);
  return new Map(
    [...drafts].map(([key, draft]) => {
      const { objectId, resourceGroup, subscriptionId } = draft;
      const place = [objectId, resourceGroup, subscriptionId].filter((part) => part !== undefined);
      const label = labelOf(draft);
      const id = isUnique(label) ? label : `${label} (${place.join(", ") || key})`;
      return [key, { id, ...draft }];
    }),
  );
}

function labelOf({ name, kinds }: Draft): string {
  return name ?? `${kindName(kinds[0] ?? "")} of each cluster`;
}
