// The virtual networks of a fleet, with the ranges that its clusters use and state. Pure.
import { placeKey } from "../../access/fleet-rows";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { PlacedRange, clusterRanges, peeredRanges, subnetRanges } from "../ranges";
import { RangeIndex, Span, spanOf } from "./range-index";
import { FleetMember, grouped } from "./rule";

/** A range that clusters of one virtual network state in the same way. */
export interface FleetRange extends PlacedRange {
  readonly span: Span;
  /** The same for all ranges of one subnet. */
  readonly label: string;
  readonly network: string;
  /** The clusters that state it, and the path in each. */
  readonly statedIn: ReadonlyMap<ResolvedSpec, string>;
}

/** A virtual network with clusters of the fleet. */
export interface FleetNetwork {
  readonly key: string;
  readonly subnets: FleetRange[];
  readonly peered: FleetRange[];
  /** The ranges of pods and services, which are not in the virtual network. */
  readonly used: FleetRange[];
}

/** The virtual networks of a fleet. */
export interface FleetNetworks {
  readonly all: ReadonlyMap<string, FleetNetwork>;
  /** The known subnets of all of them. */
  readonly subnets: RangeIndex<FleetRange>;
}

/** Returns one text for the virtual network of a cluster. */
export function networkKey(spec: ResolvedSpec): string {
  return placeKey(spec.network.virtualNetwork, spec);
}

const known = new WeakMap<readonly FleetMember[], FleetNetworks>();

/** Returns the virtual networks of a fleet: computed once for all rules. */
export function networksOf(members: readonly FleetMember[]): FleetNetworks {
  const networks = known.get(members) ?? computed(members);
  known.set(members, networks);
  return networks;
}

function computed(members: readonly FleetMember[]): FleetNetworks {
  const specs = members.map(({ spec }) => spec);
  const all = new Map<string, FleetNetwork>();
  for (const [key, inNetwork] of grouped(specs, networkKey)) {
    all.set(key, {
      key,
      subnets: stated(key, inNetwork, subnetRanges),
      peered: stated(key, inNetwork, peeredRanges),
      used: stated(key, inNetwork, (spec) => clusterRanges(spec).all),
    });
  }
  return { all, subnets: new RangeIndex([...all.values()].flatMap(({ subnets }) => subnets)) };
}

/** Returns the ranges of a kind, each once. */
function stated(
  network: string,
  specs: readonly ResolvedSpec[],
  rangesOf: (spec: ResolvedSpec) => PlacedRange[],
): FleetRange[] {
  const ranges = new Map<string, FleetRange & { readonly statedIn: Map<ResolvedSpec, string> }>();
  for (const spec of specs) {
    for (const placed of rangesOf(spec)) {
      const { path, text, range, named } = placed;
      const label = named("").toLowerCase();
      const key = `${label} ${text}`;
      const before = ranges.get(key);
      if (before) {
        before.statedIn.set(spec, path);
      } else if (range) {
        const statedIn = new Map([[spec, path]]);
        ranges.set(key, { ...placed, span: spanOf(range), label, network, statedIn });
      }
    }
  }
  return [...ranges.values()];
}
