// Words for changes between two reviews of a fleet. Pure.
import { FleetChangeKind, FleetChanges, FleetRightChange } from "../../lib/review/fleet-review";
import { count } from "../review/text";

/** The class of the row of a change, and its words. */
const NAMES: { readonly [kind in FleetChangeKind]: readonly [row: string, words: string] } = {
  [FleetChangeKind.ADDED]: ["added", "+ added"],
  [FleetChangeKind.REMOVED]: ["removed", "− removed"],
  [FleetChangeKind.MORE_CLUSTERS]: ["added", "+ more clusters"],
  [FleetChangeKind.FEWER_CLUSTERS]: ["removed", "− fewer clusters"],
  [FleetChangeKind.WIDER]: ["changed", "~ wider"],
  [FleetChangeKind.NARROWER]: ["changed", "~ narrower"],
  [FleetChangeKind.CHANGED]: ["changed", "~ changed"],
};

/** Returns the class of the row of a change, and its words. */
export function changeName({ change }: FleetRightChange): readonly [row: string, words: string] {
  return NAMES[change];
}

/** Returns a sentence with the numbers of changes: `Rights: +3 −1, 2 wider.` */
export function changesInWords(changes: FleetChanges): string {
  const { clustersAdded, clustersRemoved, rights, following } = changes;
  const numberOf = (kind: FleetChangeKind) => rights.filter(({ change }) => change === kind).length;
  const some = (number: number, words: string) => (number === 0 ? [] : [`${number} ${words}`]);
  const counts = [
    `+${numberOf(FleetChangeKind.ADDED)} −${numberOf(FleetChangeKind.REMOVED)}`,
    ...some(numberOf(FleetChangeKind.MORE_CLUSTERS), "in more clusters"),
    ...some(numberOf(FleetChangeKind.FEWER_CLUSTERS), "in fewer clusters"),
    ...some(numberOf(FleetChangeKind.WIDER), "wider"),
    ...some(numberOf(FleetChangeKind.NARROWER), "narrower"),
    ...some(numberOf(FleetChangeKind.CHANGED), "changed otherwise"),
  ];
  const moved = [
    ...named("New clusters", clustersAdded),
    ...named("Clusters that left", clustersRemoved),
  ];
  const follow =
    following === 0
      ? []
      : [`${count(following, "right")} otherwise as before, for these clusters.`];
  return [
    rights.length === 0 ? "No right is new, gone or different." : `Rights: ${counts.join(", ")}.`,
    ...moved,
    ...follow,
  ].join(" ");
}

/** Most clusters that a sentence names. */
const MAX_NAMED = 10;

function named(words: string, clusters: readonly string[]): string[] {
  const more = clusters.length > MAX_NAMED ? [`${clusters.length - MAX_NAMED} more`] : [];
  const all = [...clusters.slice(0, MAX_NAMED), ...more].join(", ");
  return clusters.length === 0 ? [] : [`${words}: ${all}.`];
}
