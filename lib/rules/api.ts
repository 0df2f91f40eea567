// HAKS-API: from where the API server can be reached, and its name. Pure.
import { Address4 } from "ip-address";
import { overlaps, parseAddress, parseRange, whyNoRange } from "../spec/ip-range";
import { isPrivate } from "../spec/resolved-spec";
import { Report, Rule, hasException } from "./rule";

const RANGES = "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges";
const PRIVATE = "https://learn.microsoft.com/azure/aks/private-clusters";

/** Most authorized ranges of one cluster. */
const MOST_RANGES = 200;

/** Shortest prefix of a range that one organisation can vouch for. */
const SHORTEST_PREFIX = 16;

/** Stands for the public address of the cluster's own load balancer, and for no other address. */
const OWN_EGRESS = "0.0.0.0/32";

/** Addresses that never come in from the internet. */
const INTERNAL = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
];

/** The rules about the API server. */
export const API_RULES: Rule[] = [
  {
    code: "HAKS-API-001",
    title: `A public API server must have at most ${MOST_RANGES} authorized ranges, each public and not larger than a /${SHORTEST_PREFIX}.`,
    source: RANGES,
    check: ({ spec }, report) => {
      const { authorizedRanges } = spec.apiServer;
      const path = "apiServer.authorizedRanges";
      if (isPrivate(spec)) {
        return;
      }
      if (authorizedRanges.length > MOST_RANGES) {
        report(
          path,
          `A public API server cannot be open to ${authorizedRanges.length} ranges.`,
          `Name at most ${MOST_RANGES} ranges, or make the API server private.`,
        );
        return;
      }
      authorizedRanges.forEach((text, index) => checkRange(`${path}.${index}`, text, report));
    },
  },
  {
    code: "HAKS-API-002",
    title: "A public API server must not have a private DNS zone.",
    source: PRIVATE,
    check: ({ spec, written }, report) => {
      if (!isPrivate(spec) && written.privateDns !== undefined) {
        report(
          "privateDns",
          "The API server is public, so it has no private DNS zone.",
          "Leave privateDns out.",
          "apiServer",
        );
      }
    },
  },
  {
    code: "HAKS-API-003",
    title: "An API server without a private DNS zone must have a public FQDN.",
    source: PRIVATE,
    check: ({ spec }, report) => {
      if (spec.privateDns._kind === "none" && !hasException(spec, "publicFqdn")) {
        report(
          "privateDns",
          "Without a private DNS zone the API server has no name.",
          'Use a zone of AKS or an existing one, or add the exception "publicFqdn", with a reason.',
        );
      }
    },
  },
  {
    code: "HAKS-API-004",
    severity: "warning",
    title:
      "The authorized ranges of a public API server should include the egress addresses of the nodes.",
    source: RANGES,
    check: ({ spec }, report) => {
      const { egress, apiServerSubnet } = spec.network;
      if (
        !isPrivate(spec) &&
        apiServerSubnet === undefined &&
        ["userDefinedRouting", "natGateway"].includes(egress.outboundType)
      ) {
        report(
          "apiServer.authorizedRanges",
          "The nodes reach the public API server from the address of their egress, which AKS does not know.",
          "Make sure that the ranges include the public addresses of the firewall or NAT gateway.",
          "network.egress",
        );
      }
    },
  },
  {
    code: "HAKS-API-005",
    title: "A network isolated cluster must reach its API server at a private address.",
    source: "https://learn.microsoft.com/azure/aks/network-isolated",
    check: ({ spec }, report) => {
      const { egress, apiServerSubnet } = spec.network;
      if (!isPrivate(spec) && egress.outboundType === "none" && apiServerSubnet === undefined) {
        report(
          "apiServer",
          "The cluster has no egress, so its nodes cannot reach a public API server.",
          "Make the API server private, or give network.apiServerSubnet.",
          "network.egress",
        );
      }
    },
  },
  {
    code: "HAKS-API-006",
    title: "The API server must not have both a DNS prefix and a subdomain of its private zone.",
    source: PRIVATE,
    check: ({ spec: { dnsPrefix, privateDns } }, report) => {
      if (dnsPrefix !== undefined && privateDns.fqdnSubdomain !== undefined) {
        report(
          "dnsPrefix",
          `The API server is called "${privateDns.fqdnSubdomain}" in the private zone, and has no use for the DNS prefix "${dnsPrefix}".`,
          "Leave dnsPrefix out, or privateDns.fqdnSubdomain.",
          "privateDns.fqdnSubdomain",
        );
      }
    },
  },
];

function checkRange(path: string, text: string, report: Report): void {
  if (text === OWN_EGRESS) {
    return;
  }
  const range = parseRange(text) ?? parseAddress(text);
  if (!range) {
    const { what, remedy } = whyNoRange(text);
    report(path, `"${text}" ${what}.`, remedy);
  } else if (range.subnetMask < SHORTEST_PREFIX) {
    report(
      path,
      `The range ${text} covers a large part of the internet.`,
      "Name the addresses that administrators come from.",
    );
  } else if (INTERNAL.some((cidr) => overlaps(range, new Address4(cidr)))) {
    report(
      path,
      `The range ${text} is not public, so nothing reaches a public API server from it.`,
      "Name the public addresses of these networks.",
    );
  }
}
