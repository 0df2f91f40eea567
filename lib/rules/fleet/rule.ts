// The shape of a rule about the clusters of a fleet, and words for several clusters. Pure.
import { PlannedGrant } from "../../access/planned-grant";
import { AddressPlan } from "../../addresses/address-plan";
import { Severity } from "../../spec/custom-rule";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Finding } from "../finding";

/** A cluster of a fleet, with what is computed from its description. */
export interface FleetMember {
  readonly spec: ResolvedSpec;
  readonly grants: readonly PlannedGrant[];
  /** Undefined if numbers of nodes, pods or frontends are invalid. */
  readonly addresses?: AddressPlan;
}

/** A finding about one cluster of a fleet. */
export interface FleetFinding extends Finding {
  /** Name of the cluster. */
  readonly cluster: string;
}

/**
 * Reports a finding about one cluster.
 *
 * @param cluster the description of the cluster
 * @param path where in the description
 * @param message what is wrong, with the other clusters
 * @param remedy what to do: one sentence
 */
export type FleetReport = (
  cluster: ResolvedSpec,
  path: string,
  message: string,
  remedy: string,
) => void;

/** A rule about the clusters of a fleet. It reports a cause once, at the last of the clusters that it concerns. */
export interface FleetRule {
  readonly code: string;
  /** @default "error" */
  readonly severity?: `${Severity}`;
  /** The requirement: one sentence for docs/findings.md. */
  readonly title: string;
  /** Page (URL). */
  readonly source?: string;
  /** The members are sorted by name. */
  readonly check: (members: readonly FleetMember[], report: FleetReport) => void;
}

/** Clusters that a message names; it counts the others. */
const NAMED = 3;

/** Returns the clusters in words, sorted: `"a"`, `"a" and "b"`, or `"a", "b", "c" and 47 more`. */
export function clusterNames(clusters: Iterable<{ readonly name: string }>): string {
  const names = [...new Set([...clusters].map(({ name }) => `"${name}"`))].sort();
  const more = names.length > NAMED + 1 ? [`${names.length - NAMED} more`] : [];
  const named = [...names.slice(0, more.length > 0 ? NAMED : undefined), ...more];
  const last = named.pop() ?? "";
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}

/** Returns the items by a key, in their order, without those that have none. */
export function grouped<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) {
      group.push(item);
    } else if (key !== undefined) {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** Something of one cluster. */
interface OfCluster {
  readonly spec: ResolvedSpec;
}

/** Returns the clusters of several things. */
export function specsOf(items: readonly OfCluster[]): ResolvedSpec[] {
  return items.map(({ spec }) => spec);
}

/** Returns the one of the last cluster by name. There must be one. */
export function lastByName<T extends OfCluster>(items: readonly T[]): T {
  const isLater = ({ spec: a }: T, { spec: b }: T) => a.name >= b.name;
  return items.reduce((last, item) => (isLater(item, last) ? item : last));
}

/**
 * Visits what several clusters have by a key: that of the last one by name, and the others. A cluster counts once for
 * each key.
 */
export function forEachShared<T extends OfCluster>(
  items: Iterable<T>,
  keyOf: (item: T) => string | undefined,
  visit: (last: T, others: T[]) => void,
): void {
  for (const group of grouped(items, keyOf).values()) {
    const last = lastByName(group);
    const others = group.filter(({ spec }) => spec !== last.spec);
    if (others.length > 0) {
      visit(last, others);
    }
  }
}
