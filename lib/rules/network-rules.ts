// Ranges, data plane and subnets. Pure.
import { Address4 } from "ip-address";
import { overlaps, parseAddress, parseRange, whyNoRange } from "../spec/ip-range";
import { isSameName } from "../spec/naming";
import { nodeSubnets } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";

/** Ranges that AKS keeps for itself. */
const RESERVED = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

interface NamedRange {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly range?: Address4;
}

const notARange: Rule = {
  code: "HAKS-NET-001",
  severity: "error",
  title: "Ranges are in CIDR notation, without bits beyond their prefix.",
  source: PLANNING,
  check: (spec) =>
    ranges(spec)
      .filter(({ range }) => range === undefined)
      .map(({ path, name, text }) => {
        const { what, remedy } = whyNoRange(text);
        return { path, message: `The ${name} "${text}" ${what}.`, remedy };
      }),
};

const overlap: Rule = {
  code: "HAKS-NET-002",
  severity: "error",
  title: "Pod and service ranges do not overlap.",
  source: PLANNING,
  check: (spec) => {
    const [service, pods] = ranges(spec);
    return service?.range && pods?.range && overlaps(service.range, pods.range)
      ? [
          {
            path: pods.path,
            message: `The pod range ${pods.text} overlaps the service range ${service.text}.`,
            remedy: "Choose ranges that share no address.",
            related: [service.path],
          },
        ]
      : [];
  },
};

const reserved: Rule = {
  code: "HAKS-NET-003",
  severity: "error",
  title: "Ranges keep off those that AKS reserves.",
  source: PLANNING,
  check: (spec) =>
    [...ranges(spec), ...subnetRanges(spec)].flatMap(({ path, name, text, range }) => {
      const hit = RESERVED.filter((cidr) => range && overlaps(range, new Address4(cidr)));
      return hit.length === 0
        ? []
        : [
            {
              path,
              message: `The ${name} ${text} overlaps ${hit.join(" and ")}, which AKS reserves.`,
              remedy: `Choose a range that keeps off ${RESERVED.join(", ")}.`,
            },
          ];
    }),
};

const serviceTooLarge: Rule = {
  code: "HAKS-NET-004",
  severity: "error",
  title: "The service range has a prefix from /13 to /28.",
  source: PLANNING,
  check: ({ network: { serviceCidr } }) => {
    const range = parseRange(serviceCidr);
    return range && (range.subnetMask <= 12 || range.subnetMask > 28)
      ? [
          {
            path: "network.serviceCidr",
            message: `The service range ${serviceCidr} has a prefix of /${range.subnetMask}.`,
            remedy: "Use a prefix from /13 to /28; /16 is common.",
          },
        ]
      : [];
  },
};

const dnsServiceIp: Rule = {
  code: "HAKS-NET-005",
  severity: "error",
  title: "The address of the DNS service is in the service range, and not one of its edges.",
  source: PLANNING,
  check: ({ network }) => {
    const range = parseRange(network.serviceCidr);
    if (!range || network.dnsServiceIp === undefined) {
      return [];
    }
    const path = "network.dnsServiceIp";
    const address = parseAddress(network.dnsServiceIp);
    const remedy = `Use an address of ${network.serviceCidr} from the third on, or leave it out.`;
    const related = ["network.serviceCidr"];
    if (!address) {
      const message = `"${network.dnsServiceIp}" is not an IPv4 address.`;
      return [{ path, message, remedy, related }];
    }
    if (!address.isInSubnet(range)) {
      const message = `The DNS service address ${network.dnsServiceIp} is outside the service range ${network.serviceCidr}.`;
      return [{ path, message, remedy, related }];
    }
    const edges = [range.startAddress(), range.startAddress().offset(1), range.endAddress()];
    return edges.some((edge) => edge.bigInt() === address.bigInt())
      ? [
          {
            path,
            message: `The DNS service address ${network.dnsServiceIp} is the network, the first or the broadcast address of ${network.serviceCidr}.`,
            remedy,
            related,
          },
        ]
      : [];
  },
};

const publicPodRange: Rule = {
  code: "HAKS-NET-006",
  severity: "error",
  title: "The pod range of an overlay is private.",
  source: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay",
  check: ({ network: { podNetwork } }) => {
    const range = parseRange(podNetwork.podCidr ?? "");
    const allowed = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
    return range && !allowed.some((cidr) => range.isInSubnet(new Address4(cidr)))
      ? [
          {
            path: "network.podNetwork.podCidr",
            message: `The pod range ${podNetwork.podCidr} is not private.`,
            remedy: `Use a range in ${allowed.join(", ")}.`,
          },
        ]
      : [];
  },
};

const unknownDataPlane: Rule = {
  code: "HAKS-NET-008",
  severity: "error",
  title: "The data plane is cilium or azure.",
  source: "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium",
  check: ({ network: { dataPlane } }): Violation[] =>
    ["cilium", "azure"].includes(dataPlane)
      ? []
      : [
          {
            path: "network.dataPlane",
            message: `There is no data plane "${dataPlane}".`,
            remedy: "Use cilium or azure.",
          },
        ],
};

const sharedApiServerSubnet: Rule = {
  code: "HAKS-NET-009",
  severity: "error",
  title: "The subnet of the API server is used for nothing else.",
  source: "https://learn.microsoft.com/azure/aks/api-server-vnet-integration",
  check: (spec) => {
    const { apiServerSubnet, podNetwork, loadBalancerSubnets } = spec.network;
    const others = [...nodeSubnets(spec), podNetwork.subnet, ...loadBalancerSubnets];
    return apiServerSubnet !== undefined &&
      others.some((other) => isSameName(other ?? "", apiServerSubnet))
      ? [
          {
            path: "network.apiServerSubnet",
            message: `The subnet "${apiServerSubnet}" is delegated to the API server and cannot hold anything else.`,
            remedy: "Give nodes, pods and load balancers another subnet.",
            related: ["network.nodeSubnet"],
          },
        ]
      : [];
  },
};

const publicIpsTwice: Rule = {
  code: "HAKS-NET-010",
  severity: "error",
  title: "Egress has public IPs or prefixes, not both.",
  source: "https://learn.microsoft.com/azure/aks/load-balancer-standard",
  check: ({ network: { egress } }) =>
    egress.publicIps.length > 0 && egress.publicIpPrefixes.length > 0
      ? [
          {
            path: "network.egress.publicIpPrefixes",
            message: "Egress has public IPs and public IP prefixes.",
            remedy: "Leave one of them out.",
            related: ["network.egress.publicIps"],
          },
        ]
      : [],
};

/** The rules about the network. */
export const NETWORK_RULES: Rule[] = [
  notARange,
  overlap,
  reserved,
  serviceTooLarge,
  dnsServiceIp,
  publicPodRange,
  unknownDataPlane,
  sharedApiServerSubnet,
  publicIpsTwice,
];

/** The ranges of a description: services first, then pods if they have one. */
function ranges({ network: { serviceCidr, podNetwork } }: ResolvedSpec): NamedRange[] {
  const all = [
    { path: "network.serviceCidr", name: "service range", text: serviceCidr },
    { path: "network.podNetwork.podCidr", name: "pod range", text: podNetwork.podCidr },
  ];
  return all.flatMap(({ text, ...rest }) =>
    text === undefined ? [] : [{ ...rest, text, range: parseRange(text) }],
  );
}

/** The ranges of subnets, as far as they are known. */
function subnetRanges({ network: { subnets } }: ResolvedSpec): NamedRange[] {
  return subnets.map(({ name, cidr }, index) => ({
    path: `network.subnets.${index}.cidr`,
    name: `range of the subnet "${name}"`,
    text: cidr,
    range: parseRange(cidr),
  }));
}
