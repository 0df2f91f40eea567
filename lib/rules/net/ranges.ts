// HAKS-NET-001 to 006: the ranges of pods and services. Pure.
import { Address4 } from "ip-address";
import { addressCount, overlaps, parseAddress, parseRange } from "../../spec/ip-range";
import { clusterRanges, reportOverlap, reportUnlessRange, subnetRanges } from "../ranges";
import { Rule } from "../rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";

/** Ranges that AKS keeps for itself. */
const RESERVED = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

/** Ranges that are not routed on the internet. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** The rules about the ranges of pods and services. */
export const RANGE_RULES: Rule[] = [
  {
    code: "HAKS-NET-001",
    title: "Ranges of pods and services must be in CIDR notation, without bits beyond the prefix.",
    source: PLANNING,
    check: ({ spec }, report) => {
      clusterRanges(spec).all.forEach((range) => reportUnlessRange(report, range));
    },
  },
  {
    code: "HAKS-NET-002",
    title: "Pod and service ranges must not overlap.",
    source: PLANNING,
    check: ({ spec }, report) => {
      const { services, pods } = clusterRanges(spec);
      if (pods) {
        reportOverlap(report, pods, services, "Choose ranges that share no address.");
      }
    },
  },
  {
    code: "HAKS-NET-003",
    title: "Ranges must not overlap ranges that AKS reserves.",
    source: PLANNING,
    check: ({ spec }, report) => {
      for (const { path, text, range, named } of [
        ...clusterRanges(spec).all,
        ...subnetRanges(spec),
      ]) {
        const hit = RESERVED.filter((cidr) => range && overlaps(range, new Address4(cidr)));
        if (hit.length > 0) {
          report(
            path,
            `The ${named(text)} overlaps ${hit.join(" and ")}, which AKS reserves.`,
            `Choose a range outside ${RESERVED.join(", ")}.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-NET-004",
    title: "The service range must have a prefix from /13 to /28.",
    source: PLANNING,
    check: ({ spec: { network } }, report) => {
      const range = parseRange(network.serviceCidr);
      if (range && (range.subnetMask <= 12 || range.subnetMask > 28)) {
        report(
          "network.serviceCidr",
          `The service range ${network.serviceCidr} has a prefix of /${range.subnetMask}.`,
          "Use a prefix from /13 to /28; /16 is common.",
        );
      }
    },
  },
  {
    code: "HAKS-NET-005",
    title:
      "The DNS service address must be in the service range, from the third address to the last but one.",
    source: PLANNING,
    check: ({ spec: { network } }, report) => {
      const { serviceCidr, dnsServiceIp } = network;
      const range = parseRange(serviceCidr);
      if (!range || dnsServiceIp === undefined) {
        return;
      }
      const invalid = (message: string): void =>
        report(
          "network.dnsServiceIp",
          message,
          `Use an address of ${serviceCidr} from the third on, or leave it out.`,
          "network.serviceCidr",
        );
      const address = parseAddress(dnsServiceIp);
      const first = range.startAddress().bigInt();
      const named = `The DNS service address ${dnsServiceIp} is`;
      if (!address) {
        invalid(`"${dnsServiceIp}" is not an IPv4 address.`);
      } else if (!address.isInSubnet(range)) {
        invalid(`${named} outside the service range ${serviceCidr}.`);
      } else if ([0, 1, addressCount(range) - 1].includes(Number(address.bigInt() - first))) {
        invalid(`${named} the network, the first or the broadcast address of ${serviceCidr}.`);
      }
    },
  },
  {
    code: "HAKS-NET-006",
    title: "The pod range of an overlay must be private.",
    source: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay",
    check: ({ spec: { network } }, report) => {
      const { podCidr = "" } = network.podNetwork;
      const range = parseRange(podCidr);
      if (range && !PRIVATE.some((cidr) => range.isInSubnet(new Address4(cidr)))) {
        report(
          "network.podNetwork.podCidr",
          `The pod range ${podCidr} is not private.`,
          `Use a range in ${PRIVATE.join(", ")}.`,
        );
      }
    },
  },
];
