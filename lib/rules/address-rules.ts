// Ranges of subnets and peers, and whether what is planned has room in them. Pure.
import { Address4 } from "ip-address";
import { AddressPlan, SubnetPlan } from "../addresses/address-plan";
import { demandsOf, isCountable } from "../addresses/demands";
import { API_SERVER_PREFIX, VIRTUAL_NETWORK_ADDRESSES } from "../addresses/formulas";
import { overlaps, parseRange, whyNoRange } from "../spec/ip-range";
import { hasToken } from "../spec/known";
import { allPools, nodeSubnets } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";
const OVERLAY = "https://learn.microsoft.com/azure/aks/azure-cni-overlay";
const API_SERVER = "https://learn.microsoft.com/azure/aks/api-server-vnet-integration";

/** Names of subnets that belong to other services of Azure. */
const RESERVED_NAMES = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "AzureBastionSubnet",
  "RouteServerSubnet",
];

/** Longest value of a label in Kubernetes. */
const LABEL_LENGTH = 63;

/** A range in a description, and where it stands. */
interface PlacedRange {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly range?: Address4;
}

const notARange: Rule = {
  code: "HAKS-ADDR-001",
  severity: "error",
  title: "Ranges of subnets and peers are in CIDR notation, without bits beyond their prefix.",
  source: PLANNING,
  check: (spec) =>
    [...subnetRanges(spec), ...peeredRanges(spec)]
      .filter(({ range, text }) => range === undefined && !hasToken(text))
      .map(({ path, name, text }) => {
        const { what, remedy } = whyNoRange(text);
        return { path, message: `The range of ${name}, "${text}", ${what}.`, remedy };
      }),
};

const tooSmall: Rule = {
  code: "HAKS-ADDR-002",
  severity: "error",
  title: "Each subnet holds all nodes, pods and frontends that are planned in it.",
  source: PLANNING,
  check: (spec) =>
    plannedSubnets(spec)
      .filter(({ name, demands }) => demands.length > 0 && !isApiServerSubnet(spec, name))
      .filter(({ spare = 0 }) => spare < 0)
      .map(({ name, cidr, needed, neededPrefix, available }) => ({
        path: pathOfRange(spec, name),
        message: `The subnet "${name}" needs ${needed} addresses, and its range ${cidr} has ${available}.`,
        remedy: `Use a range with a prefix of /${neededPrefix} or shorter, or fewer nodes.`,
        related: ["nodePools"],
      })),
};

const podRangeTooSmall: Rule = {
  code: "HAKS-ADDR-003",
  severity: "error",
  title: "The pod range of an overlay has a /24 for each node that is planned.",
  source: OVERLAY,
  check: (spec) => {
    const { podRange } = isCountable(spec) ? AddressPlan._ofResolved(spec) : {};
    return podRange && (podRange.spare ?? 0) < 0
      ? [
          {
            path: "network.podNetwork.podCidr",
            message: `The pod range ${podRange.cidr} has room for ${podRange.available} nodes, and ${podRange.needed} are planned with those that upgrades add.`,
            remedy: `Use a range with a prefix of /${podRange.neededPrefix} or shorter, or fewer nodes.`,
            related: ["nodePools"],
          },
        ]
      : [];
  },
};

const apiServerTooSmall: Rule = {
  code: "HAKS-ADDR-004",
  severity: "error",
  title: "The subnet of the API server is a /28 or larger.",
  source: API_SERVER,
  check: (spec) =>
    plannedSubnets(spec)
      .filter(({ name }) => isApiServerSubnet(spec, name))
      .flatMap(({ name, cidr, needed, available }) => {
        const range = parseRange(cidr ?? "");
        return range && (range.subnetMask > API_SERVER_PREFIX || (available ?? needed) < needed)
          ? [
              {
                path: pathOfRange(spec, name),
                message: `The subnet "${name}" of the API server needs ${needed} addresses and a prefix of /${API_SERVER_PREFIX} or shorter, and its range ${cidr} has ${available}.`,
                remedy: `Use a /${API_SERVER_PREFIX}, or a larger range if clusters share it: 9 addresses for each.`,
                related: ["network.apiServerSubnet"],
              },
            ]
          : [];
      }),
};

const subnetsOverlap: Rule = {
  code: "HAKS-ADDR-005",
  severity: "error",
  title: "Ranges of subnets do not overlap.",
  source: PLANNING,
  check: (spec) =>
    subnetRanges(spec).flatMap((subnet, index, all) =>
      all
        .slice(0, index)
        .flatMap((earlier) => overlap(subnet, earlier, "Ask the NOC for the ranges.")),
    ),
};

const surroundingsOverlap: Rule = {
  code: "HAKS-ADDR-006",
  severity: "error",
  title: "Pod and service ranges overlap no subnet, and no range of a peered network.",
  source: PLANNING,
  check: (spec) => {
    const around = [...subnetRanges(spec), ...peeredRanges(spec)];
    return ownRanges(spec).flatMap((own) =>
      around.flatMap((other) => overlap(own, other, "Choose a range that nothing else uses.")),
    );
  },
};

const reservedNames: Rule = {
  code: "HAKS-ADDR-007",
  severity: "error",
  title: "Nodes, pods, load balancers and API server are in no subnet of another Azure service.",
  source: "https://learn.microsoft.com/azure/virtual-network/virtual-network-for-azure-services",
  check: (spec) =>
    usedSubnets(spec)
      .filter(({ name }) => RESERVED_NAMES.some((reserved) => sameName(reserved, name)))
      .map(({ path, name }) => ({
        path,
        message: `The subnet "${name}" is for another service of Azure.`,
        remedy: `Use a subnet of the cluster's own, not ${RESERVED_NAMES.join(", ")}.`,
      })),
};

const longNames: Rule = {
  code: "HAKS-ADDR-008",
  severity: "error",
  title: "With an overlay, names that become node labels have at most 63 characters.",
  source: OVERLAY,
  check: (spec) => {
    const { podNetwork, virtualNetwork } = spec.network;
    const path = (field: string): string =>
      `network.virtualNetwork.${virtualNetwork.needsLookup ? field : "id"}`;
    const names = [
      ...nodeSubnetNames(spec).map((used) => ({ ...used, what: "subnet" })),
      { path: path("name"), name: virtualNetwork.name, what: "virtual network" },
      {
        path: path("resourceGroup"),
        name: virtualNetwork.resourceGroup ?? "",
        what: "resource group",
      },
    ];
    return podNetwork.kind !== "overlay"
      ? []
      : names
          .filter(({ name }) => name.length > LABEL_LENGTH && !hasToken(name))
          .map(({ path: place, name, what }) => ({
            path: place,
            message: `The name of the ${what} "${name}" has ${name.length} characters, and becomes a label of the nodes.`,
            remedy: `Use a ${what} whose name has at most ${LABEL_LENGTH} characters, or another pod network.`,
            related: ["network.podNetwork"],
          }));
  },
};

const networkTooSmall: Rule = {
  code: "HAKS-ADDR-009",
  severity: "error",
  title: "A cluster whose pods have addresses of the virtual network uses at most 65,536 of them.",
  source: PLANNING,
  check: (spec) => {
    const { kind } = spec.network.podNetwork;
    const used = isCountable(spec)
      ? demandsOf(spec).reduce((total, { addresses }) => total + addresses, 0)
      : 0;
    return kind !== "overlay" && used > VIRTUAL_NETWORK_ADDRESSES
      ? [
          {
            path: "network.podNetwork",
            message: `Nodes and pods need ${used} addresses, and a virtual network has at most ${VIRTUAL_NETWORK_ADDRESSES} in use.`,
            remedy: "Use an overlay, fewer nodes or fewer pods on each.",
            related: ["nodePools"],
          },
        ]
      : [];
  },
};

const subnetTwice: Rule = {
  code: "HAKS-ADDR-010",
  severity: "error",
  title: "A subnet has one range.",
  source: PLANNING,
  check: (spec) =>
    spec.network.subnets.flatMap(({ name }, index, all) => {
      const first = all.findIndex((other) => sameName(other.name, name));
      return first === index
        ? []
        : [
            {
              path: `network.subnets.${index}.name`,
              message: `The subnet "${name}" is there twice.`,
              remedy: "Give each subnet once, with its one range.",
              related: [`network.subnets.${first}.name`],
            },
          ];
    }),
};

const frontends: Rule = {
  code: "HAKS-ADDR-011",
  severity: "error",
  title: "The number of frontends of internal load balancers is a whole number from 0 to 600.",
  source: "https://learn.microsoft.com/azure/aks/internal-lb",
  check: ({ network: { internalLoadBalancers: number } }) =>
    Number.isInteger(number) && number >= 0 && number <= 600
      ? []
      : [
          {
            path: "network.internalLoadBalancers",
            message: `There cannot be ${number} frontends of internal load balancers.`,
            remedy: "Use a whole number from 0 to 600, or leave it out for 2.",
          },
        ],
};

/** The rules about addresses. */
export const ADDRESS_RULES: Rule[] = [
  notARange,
  tooSmall,
  podRangeTooSmall,
  apiServerTooSmall,
  subnetsOverlap,
  surroundingsOverlap,
  reservedNames,
  longNames,
  networkTooSmall,
  subnetTwice,
  frontends,
];

function subnetRanges({ network }: ResolvedSpec): PlacedRange[] {
  return network.subnets.map(({ name, cidr }, index) =>
    placed(`network.subnets.${index}.cidr`, `the subnet "${name}"`, cidr),
  );
}

function peeredRanges({ network }: ResolvedSpec): PlacedRange[] {
  return network.peeredRanges.map((cidr, index) =>
    placed(`network.peeredRanges.${index}`, "a peered network", cidr),
  );
}

function ownRanges({ network: { serviceCidr, podNetwork } }: ResolvedSpec): PlacedRange[] {
  return [
    placed("network.serviceCidr", "services", serviceCidr),
    placed("network.podNetwork.podCidr", "pods", podNetwork.podCidr ?? ""),
  ];
}

function placed(path: string, name: string, text: string): PlacedRange {
  return { path, name, text, range: parseRange(text) };
}

function overlap(one: PlacedRange, other: PlacedRange, remedy: string): Violation[] {
  return one.range && other.range && overlaps(one.range, other.range)
    ? [
        {
          path: one.path,
          message: `The range of ${one.name}, ${one.text}, overlaps that of ${other.name}, ${other.text}.`,
          remedy,
          related: [other.path],
        },
      ]
    : [];
}

function plannedSubnets(spec: ResolvedSpec): SubnetPlan[] {
  return isCountable(spec) ? AddressPlan._ofResolved(spec).subnets : [];
}

function pathOfRange({ network: { subnets } }: ResolvedSpec, name: string): string {
  return `network.subnets.${subnets.findIndex((known) => sameName(known.name, name))}.cidr`;
}

function isApiServerSubnet({ network: { apiServerSubnet } }: ResolvedSpec, name: string): boolean {
  return apiServerSubnet !== undefined && sameName(apiServerSubnet, name);
}

/** The subnets of nodes, each once, where it was written. */
function nodeSubnetNames(spec: ResolvedSpec): { path: string; name: string }[] {
  const { nodeSubnet } = spec.network;
  return nodeSubnets(spec).map((name) => {
    const pool = allPools(spec).find(({ subnet }) => subnet === name);
    const path = name === nodeSubnet ? "network.nodeSubnet" : `${pool?.path}.subnet`;
    return { path, name };
  });
}

function usedSubnets(spec: ResolvedSpec): { path: string; name: string }[] {
  const { podNetwork, apiServerSubnet, loadBalancerSubnets } = spec.network;
  return [
    ...nodeSubnetNames(spec),
    { path: "network.podNetwork.subnet", name: podNetwork.subnet ?? "" },
    { path: "network.apiServerSubnet", name: apiServerSubnet ?? "" },
    ...loadBalancerSubnets.map((name, index) => ({
      path: `network.loadBalancerSubnets.${index}`,
      name,
    })),
  ];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
