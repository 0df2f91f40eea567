// HAKS-FLEET-030 to 033: ranges of several clusters that share addresses. Pure.
import { ResolvedSpec } from "../../spec/resolved-spec";
import { FleetNetworks, FleetRange, networksOf } from "./networks";
import { RangeIndex, SameRange } from "./range-index";
import { FleetReport, FleetRule, clusterNames, grouped, lastByName } from "./rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";
const SUBNETS = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet";
const PEERING =
  "https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview";

const IN_SAME = "for the same virtual network";
const IN_PEERED = "for a virtual network that is peered according to network.peeredRanges";
const FREE_RANGE = "Choose a range that nothing else uses";

/** The rules about ranges. Overlays and services of different clusters may have the same range. */
export const FLEET_RANGE_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-030",
    title: "A subnet must have one range in all descriptions.",
    source: SUBNETS,
    check: (members, report) => {
      for (const { subnets } of networksOf(members).all.values()) {
        for (const ranges of grouped(subnets, ({ label }) => label).values()) {
          const last = lastByName(ranges.flatMap(usesOf));
          const others = ranges.filter((one) => one !== last.range);
          if (others.length > 0) {
            const texts = others.map(({ text }) => text).join(" or ");
            report(
              last.spec,
              last.path,
              `The ${inWords(last.range)} is ${texts} in ${clusterNames(others.flatMap(clustersOf))}.`,
              "Ask the NOC for the range, and write it in all descriptions.",
            );
          }
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-031",
    title: "Subnets of one virtual network must not overlap.",
    source: SUBNETS,
    check: (members, report) => {
      for (const { subnets } of networksOf(members).all.values()) {
        const index = new RangeIndex(subnets);
        const meetings = subnets.flatMap((range) => {
          const isOther = (one: FleetRange) =>
            one.label !== range.label && !isStatedTogether(one, range);
          return meetingsOf(usesOf(range), firstMeeting(index, range, isOther));
        });
        reportOnce(meetings, index, IN_SAME, "Ask the NOC for the ranges.", report);
      }
    },
  },
  {
    code: "HAKS-FLEET-032",
    title:
      "Pod and service ranges must not overlap subnets and peered ranges that other clusters of the virtual network state.",
    source: PLANNING,
    check: (members, report) => {
      for (const { subnets, peered, used } of networksOf(members).all.values()) {
        const index = new RangeIndex([...subnets, ...peered]);
        const meetings = used.flatMap(usesOf).flatMap((use) => {
          const isOther = ({ statedIn }: FleetRange) => !statedIn.has(use.spec);
          return meetingsOf([use], firstMeeting(index, use.range, isOther));
        });
        reportOnce(meetings, index, IN_SAME, `${FREE_RANGE}.`, report);
      }
    },
  },
  {
    code: "HAKS-FLEET-033",
    severity: "warning",
    title:
      "Ranges should not overlap subnets of another virtual network that the peered ranges of one of the two contain.",
    source: PEERING,
    check: (members, report) => {
      const networks = networksOf(members);
      const inPeered = peerings(networks);
      const meetings = [...networks.all.values()].flatMap((network) =>
        [...network.subnets, ...network.used].flatMap((range) => {
          const other = inPeered(range);
          return meetingsOf(other ? usesOf(range) : [], other);
        }),
      );
      const isNew = ({ spec, range }: Meeting) => !meetsOwnPeer(networks, spec, range);
      const remedy = `${FREE_RANGE}, or correct network.peeredRanges.`;
      reportOnce(meetings.filter(isNew), networks.subnets, IN_PEERED, remedy, report);
    },
  },
];

/** A range, in one of the descriptions that state it. */
interface Use {
  readonly spec: ResolvedSpec;
  readonly path: string;
  readonly range: FleetRange;
}

/** A range of a cluster, and one of another cluster that shares addresses with it. */
interface Meeting extends Use {
  readonly other: FleetRange;
}

function usesOf(range: FleetRange): Use[] {
  return [...range.statedIn].map(([spec, path]) => ({ spec, path, range }));
}

function clustersOf({ statedIn }: FleetRange): ResolvedSpec[] {
  return [...statedIn.keys()];
}

function inWords({ named, text }: FleetRange): string {
  return named(text);
}

function meetingsOf(uses: Use[], other: FleetRange | undefined): Meeting[] {
  return other ? uses.map((use) => ({ ...use, other })) : [];
}

/** Reports everything that meets in one outermost range once. */
function reportOnce(
  meetings: Meeting[],
  index: RangeIndex<FleetRange>,
  where: string,
  remedy: string,
  report: FleetReport,
): void {
  for (const group of grouped(meetings, ({ range }) => index.outermost(range.span)).values()) {
    const { spec, path, range, other } = lastByName(group);
    const named = new Set([spec, ...clustersOf(other)]);
    const further = group.map((one) => one.spec).filter((one) => !named.has(one));
    const more = further.length > 0 ? `; so do ranges of ${clusterNames(further)}` : "";
    report(
      spec,
      path,
      `The ${inWords(range)} overlaps the ${inWords(other)}, stated by ${clusterNames(clustersOf(other))} ${where}${more}.`,
      remedy,
    );
  }
}

/** Whether one description states both: then there is a finding about that cluster. */
function isStatedTogether(a: FleetRange, b: FleetRange): boolean {
  return clustersOf(a).some((spec) => b.statedIn.has(spec));
}

/** Returns a function that finds a subnet of a peered network that shares addresses with a range. */
function peerings({ all, subnets }: FleetNetworks): (range: FleetRange) => FleetRange | undefined {
  // By virtual network, its peers: sets that many networks have in common, since many state the same ranges.
  const peers = new Map<string, Set<string>[]>();
  const addPeers = (network: string, others: Set<string>) =>
    peers.set(network, [...(peers.get(network) ?? []), others]);
  const peered = [...all.values()].flatMap((network) => network.peered);
  for (const [range, ...rest] of grouped(peered, ({ text }) => text).values()) {
    const from = new Set([range, ...rest].flatMap((one) => one?.network ?? []));
    const met = range ? [...subnets.meeting(range.span)] : [];
    const to = new Set(met.flatMap(({ items }) => items.map(({ network }) => network)));
    from.forEach((network) => addPeers(network, to));
    to.forEach((network) => addPeers(network, from));
  }
  const byNetwork = new Map<SameRange<FleetRange>, Map<string, FleetRange>>();
  const networksIn = (same: SameRange<FleetRange>) => {
    const found = byNetwork.get(same) ?? new Map(same.items.map((one) => [one.network, one]));
    byNetwork.set(same, found);
    return found;
  };
  return ({ network, span }) => {
    const others = peers.get(network);
    for (const same of others ? subnets.meeting(span) : []) {
      const known = networksIn(same);
      for (const set of others ?? []) {
        const [few, many] = set.size < known.size ? [set, known] : [known, set];
        for (const one of few.keys()) {
          if (one !== network && many.has(one)) {
            return known.get(one);
          }
        }
      }
    }
    return undefined;
  };
}

/** Whether a pod or service range overlaps a peered range of its description: then there is a finding about that cluster. */
function meetsOwnPeer({ all }: FleetNetworks, spec: ResolvedSpec, range: FleetRange): boolean {
  const { used = [], peered = [] } = all.get(range.network) ?? {};
  return (
    used.includes(range) &&
    peered.some(
      ({ span: { first, last }, statedIn }) =>
        first <= range.span.last && last >= range.span.first && statedIn.has(spec),
    )
  );
}

/** Returns the first wanted one of the ranges that share an address with a range. */
function firstMeeting(
  index: RangeIndex<FleetRange>,
  { span }: FleetRange,
  isWanted: (range: FleetRange) => boolean,
): FleetRange | undefined {
  for (const { items } of index.meeting(span)) {
    const found = items.find(isWanted);
    if (found) {
      return found;
    }
  }
  return undefined;
}
