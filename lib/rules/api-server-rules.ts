// From where the API server can be reached, and its name. Pure.
import { Address4 } from "ip-address";
import { overlaps, parseAddress, parseRange, whyNoRange } from "../spec/ip-range";
import { isPrivate } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const RANGES = "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges";
const PRIVATE = "https://learn.microsoft.com/azure/aks/private-clusters";

/** Most authorized ranges of one cluster. */
const MOST_RANGES = 200;

/** Shortest prefix of a range that somebody can answer for. */
const SHORTEST_PREFIX = 16;

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

const authorizedRanges: Rule = {
  code: "HAKS-API-001",
  severity: "error",
  title: "A public API server is open to 1 to 200 ranges of the internet, and not to all of it.",
  source: RANGES,
  check: (spec) => {
    const { authorizedRanges: ranges } = spec.apiServer;
    const path = "apiServer.authorizedRanges";
    if (isPrivate(spec)) {
      return [];
    }
    return ranges.length === 0 || ranges.length > MOST_RANGES
      ? [
          {
            path,
            message: `A public API server cannot be open to ${ranges.length} ranges.`,
            remedy: `Name 1 to ${MOST_RANGES} ranges, or make the API server private.`,
          },
        ]
      : ranges.flatMap((text, index) => badRange(`${path}.${index}`, text));
  },
};

function badRange(path: string, text: string): Violation[] {
  const range = parseRange(text) ?? parseAddress(text);
  if (!range) {
    const { what, remedy } = whyNoRange(text);
    return [{ path, message: `"${text}" ${what}.`, remedy }];
  }
  if (range.subnetMask < SHORTEST_PREFIX) {
    const message = `The range ${text} is open to much of the internet.`;
    return [{ path, message, remedy: "Name the addresses that administrators come from." }];
  }
  return INTERNAL.some((cidr) => overlaps(range, new Address4(cidr)))
    ? [
        {
          path,
          message: `The range ${text} is not one of the internet, so nobody comes from it to a public API server.`,
          remedy: "Name the public addresses behind which these networks are.",
        },
      ]
    : [];
}

const zoneOfPublic: Rule = {
  code: "HAKS-API-002",
  severity: "error",
  title: "A private DNS zone is chosen for a private API server only.",
  source: PRIVATE,
  check: (spec, written) =>
    !isPrivate(spec) && written.privateDns !== undefined
      ? [
          {
            path: "privateDns",
            message: "The API server is public, so it has no private DNS zone.",
            remedy: "Leave privateDns out.",
            related: ["apiServer"],
          },
        ]
      : [],
};

const noName: Rule = {
  code: "HAKS-API-003",
  severity: "error",
  title: "An API server without a private DNS zone has a name in public DNS.",
  source: PRIVATE,
  check: ({ privateDns, exceptions }) =>
    privateDns.kind === "none" && !exceptions.some(({ name }) => name === "publicFqdn")
      ? [
          {
            path: "privateDns",
            message: "Without a private DNS zone the API server has no name.",
            remedy:
              'Use a zone of AKS or your own, or take the exception "publicFqdn", with its reason.',
          },
        ]
      : [],
};

const ownEgress: Rule = {
  code: "HAKS-API-004",
  severity: "warning",
  title: "Nodes come to a public API server from authorized ranges.",
  source: RANGES,
  check: (spec) => {
    const { egress, apiServerSubnet } = spec.network;
    return !isPrivate(spec) &&
      apiServerSubnet === undefined &&
      ["userDefinedRouting", "natGateway"].includes(egress.kind)
      ? [
          {
            path: "apiServer.authorizedRanges",
            message:
              "The nodes come to the public API server from the address of their egress, which AKS does not know.",
            remedy:
              "See to it that the ranges hold the public addresses of the firewall or NAT gateway.",
            related: ["network.egress"],
          },
        ]
      : [];
  },
};

const isolatedFromApiServer: Rule = {
  code: "HAKS-API-005",
  severity: "error",
  title: "A network isolated cluster reaches its API server by a private address.",
  source: "https://learn.microsoft.com/azure/aks/network-isolated",
  check: (spec) =>
    !isPrivate(spec) &&
    spec.network.egress.kind === "none" &&
    spec.network.apiServerSubnet === undefined
      ? [
          {
            path: "apiServer",
            message: "Nothing leaves the cluster, so its nodes cannot reach a public API server.",
            remedy: "Make the API server private, or give network.apiServerSubnet.",
            related: ["network.egress"],
          },
        ]
      : [],
};

const zoneName: Rule = {
  code: "HAKS-NET-007",
  severity: "error",
  title: "The private DNS zone is one that AKS accepts in the cluster's region.",
  source: PRIVATE,
  check: ({ privateDns: { zone }, location, network }) => {
    const accepted = [
      `privatelink.${location}.azmk8s.io`,
      ...(network.apiServerSubnet === undefined ? [] : [`private.${location}.azmk8s.io`]),
    ];
    const name = zone?.name.toLowerCase();
    return name === undefined || accepted.some((one) => isZoneOrBelow(name, one))
      ? []
      : [
          {
            path: "privateDns.zone",
            message: `AKS does not accept the zone "${zone?.name}" for a cluster in ${location}.`,
            remedy: `Use ${accepted.join(" or ")}, or one subzone of it with at most 32 characters.`,
            related: ["location"],
          },
        ];
  },
};

/** Whether a name is a zone's, or has one more label of at most 32 characters before it. */
function isZoneOrBelow(name: string, zone: string): boolean {
  return (
    name === zone ||
    (name.endsWith(`.${zone}`) && /^[^.]{1,32}$/.test(name.slice(0, -zone.length - 1)))
  );
}

/** The rules about the API server. */
export const API_SERVER_RULES: Rule[] = [
  authorizedRanges,
  zoneOfPublic,
  noName,
  ownEgress,
  isolatedFromApiServer,
  zoneName,
];
