// The IPv4 ranges of a description, and where they stand. Pure.
import { Address4 } from "ip-address";
import { overlaps, parseRange, whyNoRange } from "../spec/ip-range";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Report } from "./rule";

/** A range in a description, and where it stands. */
export interface PlacedRange {
  readonly path: string;
  readonly text: string;
  /** Undefined if the text is not a range. */
  readonly range?: Address4;
  /** Returns its name in messages, around the text. */
  readonly named: (text: string) => string;
}

/** The range of services, and that of pods if they have one. */
export function clusterRanges({ network: { serviceCidr, podNetwork } }: ResolvedSpec) {
  const services = placed("network.serviceCidr", serviceCidr, (text) => `service range ${text}`);
  const pods =
    podNetwork.podCidr === undefined
      ? undefined
      : placed("network.podNetwork.podCidr", podNetwork.podCidr, (text) => `pod range ${text}`);
  return { services, pods, all: pods ? [services, pods] : [services] };
}

/** The ranges of subnets, as far as they are known. */
export function subnetRanges({ network: { subnets } }: ResolvedSpec): PlacedRange[] {
  return subnets.map(({ name, cidr }, index) =>
    placed(
      `network.subnets.${index}.cidr`,
      cidr,
      (text) => `range ${text} of the subnet "${name}"`,
    ),
  );
}

/** The ranges of peered networks. */
export function peeredRanges({ network }: ResolvedSpec): PlacedRange[] {
  return network.peeredRanges.map((cidr, index) =>
    placed(`network.peeredRanges.${index}`, cidr, (text) => `peered range ${text}`),
  );
}

function placed(path: string, text: string, named: PlacedRange["named"]): PlacedRange {
  return { path, text, range: parseRange(text), named };
}

/** Reports a text that is not a range. */
export function reportUnlessRange(report: Report, { path, text, range, named }: PlacedRange): void {
  if (range === undefined) {
    const { what, remedy } = whyNoRange(text);
    report(path, `The ${named(`"${text}"`)} ${what}.`, remedy);
  }
}

/** Reports two ranges that share an address. */
export function reportOverlap(
  report: Report,
  one: PlacedRange,
  other: PlacedRange,
  remedy: string,
): void {
  if (one.range && other.range && overlaps(one.range, other.range)) {
    const [name, otherName] = [one, other].map(({ named, text }) => named(text));
    report(one.path, `The ${name} overlaps the ${otherName}.`, remedy, other.path);
  }
}
