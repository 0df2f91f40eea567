// Compares what a principal can do with a role in one cluster, before and after. Pure.
import { FleetChangeKind, FleetRight, FleetRole } from "../../lib/review/fleet-review";
import { allows } from "../../lib/spec/action-patterns";
import { distinct, listed } from "../review/text";
import { teamName } from "../review/words";
import { nameIn } from "./scopes";

/** A right of a review, with its role. */
export interface Held {
  readonly right: FleetRight;
  readonly role: FleetRole;
}

/** A difference, and the sentences about it. */
export interface Difference {
  readonly kind: FleetChangeKind;
  readonly details: string[];
}

/** The rights of a principal with a role on resources of one kind in a cluster. */
export interface State {
  readonly operations: readonly string[];
  readonly conditions: readonly string[];
  readonly teams: readonly string[];
  /** The resources as they are called in the review, by their names and places in the cluster. */
  readonly resources: ReadonlyMap<string, string>;
}

/**
 * Returns the state of rights in a cluster.
 *
 * @param subscription the subscription of the cluster
 */
export function stateOf(held: readonly Held[], cluster: string, subscription: string): State {
  const scopes = held.flatMap(({ right }) =>
    right.scopes.filter(({ clusters = [cluster] }) => clusters.includes(cluster)),
  );
  return {
    operations: held.flatMap(({ role }) => role.effectiveActions),
    conditions: distinct(held.map(({ right }) => right.condition ?? "")).sort(),
    teams: distinct(held.map(({ right }) => right.team)).sort(),
    resources: new Map(
      scopes.map(({ name, resourceGroup, parent = "", subscriptionId = subscription }) => [
        [subscriptionId, resourceGroup, parent, name]
          .map((part = "") => nameIn(part, cluster))
          .join("/")
          .toLowerCase(),
        name,
      ]),
    ),
  };
}

/** Returns the difference between two states; undefined if there is none. */
export function differenceOf(before: State, after: State): Difference | undefined {
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
