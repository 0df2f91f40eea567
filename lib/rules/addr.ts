// HAKS-ADDR: ranges of subnets and peers, and whether the planned cluster fits into them. Pure.
import { hasToken } from "../spec/known";
import { RangePlan } from "../addresses/address-plan";
import { demandsOf } from "../addresses/demands";
import { API_SERVER_PREFIX, VIRTUAL_NETWORK_ADDRESSES } from "../addresses/formulas";
import { parseRange } from "../spec/ip-range";
import { isSameName } from "../spec/naming";
import { nearest } from "../spec/nearest";
import { allPools, nodeSubnets, podSubnets } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import {
  clusterRanges,
  peeredRanges,
  reportOverlap,
  reportUnlessRange,
  subnetRanges,
} from "./ranges";
import { Rule, forEachDuplicate, isWholeNumber } from "./rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";
const OVERLAY = "https://learn.microsoft.com/azure/aks/azure-cni-overlay";

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

/** The rules about addresses. */
export const ADDR_RULES: Rule[] = [
  {
    code: "HAKS-ADDR-001",
    title: "Ranges of subnets and peers must be in CIDR notation, without bits beyond the prefix.",
    source: PLANNING,
    check: ({ spec }, report) => {
      for (const range of [...subnetRanges(spec), ...peeredRanges(spec)]) {
        if (!hasToken(range.text)) {
          reportUnlessRange(report, range);
        }
      }
    },
  },
  {
    code: "HAKS-ADDR-002",
    title: "Each subnet must have enough addresses for its nodes, pods and frontends.",
    source: PLANNING,
    check: ({ spec, addresses }, report) => {
      for (const subnet of addresses?.subnets ?? []) {
        const { name, _demands, spare = 0, needed, cidr, available, neededPrefix } = subnet;
        if (_demands.length > 0 && spare < 0 && !isApiServerSubnet(spec, subnet)) {
          report(
            pathOfRange(spec, subnet),
            `The subnet "${name}" needs ${needed} addresses, and its range ${cidr} has ${available}.`,
            `Use a range with a prefix of /${neededPrefix} or shorter, or fewer nodes.`,
            "nodePools",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADDR-003",
    title: "The pod range of an overlay must have a /24 for each node.",
    source: OVERLAY,
    check: ({ addresses }, report) => {
      const { podRange } = addresses ?? {};
      if (podRange?.spare !== undefined && podRange.spare < 0) {
        const { cidr, available, needed, neededPrefix } = podRange;
        report(
          "network.podNetwork.podCidr",
          `The pod range ${cidr} has room for ${available} nodes, and ${needed} are planned with those that upgrades add.`,
          `Use a range with a prefix of /${neededPrefix} or shorter, or fewer nodes.`,
          "nodePools",
        );
      }
    },
  },
  {
    code: "HAKS-ADDR-004",
    title: "The subnet of the API server must be a /28 or larger.",
    source: "https://learn.microsoft.com/azure/aks/api-server-vnet-integration",
    check: ({ spec, addresses }, report) => {
      for (const subnet of addresses?.subnets ?? []) {
        const { name, cidr = "", needed, available = needed } = subnet;
        const range = isApiServerSubnet(spec, subnet) ? parseRange(cidr) : undefined;
        if (range && (range.subnetMask > API_SERVER_PREFIX || available < needed)) {
          report(
            pathOfRange(spec, subnet),
            `The subnet "${name}" of the API server needs ${needed} addresses and a prefix of /${API_SERVER_PREFIX} or shorter, and its range ${cidr} has ${available}.`,
            `Use a /${API_SERVER_PREFIX}, or a larger range if clusters share it: 9 addresses for each.`,
            "network.apiServerSubnet",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADDR-005",
    title: "Ranges of subnets must not overlap.",
    source: PLANNING,
    check: ({ spec }, report) =>
      subnetRanges(spec).forEach((subnet, index, all) => {
        for (const earlier of all.slice(0, index)) {
          reportOverlap(report, subnet, earlier, "Ask the NOC for the ranges.");
        }
      }),
  },
  {
    code: "HAKS-ADDR-006",
    title: "Pod and service ranges must not overlap subnets or peered networks.",
    source: PLANNING,
    check: ({ spec }, report) => {
      for (const own of clusterRanges(spec).all) {
        for (const other of [...subnetRanges(spec), ...peeredRanges(spec)]) {
          reportOverlap(report, own, other, "Choose a range that nothing else uses.");
        }
      }
    },
  },
  {
    code: "HAKS-ADDR-007",
    title: "The cluster must not use subnets of other Azure services.",
    source: "https://learn.microsoft.com/azure/virtual-network/virtual-network-for-azure-services",
    check: ({ spec }, report) => {
      for (const { path, name } of usedSubnets(spec)) {
        if (RESERVED_NAMES.some((reserved) => isSameName(reserved, name))) {
          report(
            path,
            `The subnet "${name}" belongs to another service of Azure.`,
            `Use a subnet for the cluster, not ${RESERVED_NAMES.join(", ")}.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADDR-008",
    title: `With an overlay, names that become node labels must have at most ${LABEL_LENGTH} characters.`,
    source: OVERLAY,
    check: ({ spec }, report) => {
      const { podNetwork, virtualNetwork } = spec.network;
      if (podNetwork._kind !== "overlay") {
        return;
      }
      const expectShort = (what: string, path: string, name: string): void => {
        if (name.length > LABEL_LENGTH && !hasToken(name) && !name.includes("/")) {
          report(
            path,
            `The name of the ${what} "${name}" has ${name.length} characters, and becomes a label of the nodes.`,
            `Use a ${what} whose name has at most ${LABEL_LENGTH} characters, or another pod network.`,
            "network.podNetwork",
          );
        }
      };
      for (const { path, name } of usedNodeSubnets(spec)) {
        expectShort("subnet", path, name);
      }
      const { name, resourceGroup = "", needsLookup } = virtualNetwork;
      const path = (field: string) => `network.virtualNetwork.${needsLookup ? field : "id"}`;
      expectShort("virtual network", path("name"), name);
      expectShort("resource group", path("resourceGroup"), resourceGroup);
    },
  },
  {
    code: "HAKS-ADDR-009",
    title: `Nodes and pods must use at most ${VIRTUAL_NETWORK_ADDRESSES} addresses of the virtual network.`,
    source: PLANNING,
    check: ({ spec, addresses }, report) => {
      const used = addresses
        ? demandsOf(spec).reduce((total, demand) => total + demand.addresses, 0)
        : 0;
      if (spec.network.podNetwork._kind !== "overlay" && used > VIRTUAL_NETWORK_ADDRESSES) {
        report(
          "network.podNetwork",
          `Nodes and pods need ${used} addresses, and a virtual network has at most ${VIRTUAL_NETWORK_ADDRESSES} in use.`,
          "Use an overlay, fewer nodes or fewer pods on each.",
          "nodePools",
        );
      }
    },
  },
  {
    code: "HAKS-ADDR-010",
    title: "Subnets must be unique.",
    source: PLANNING,
    check: ({ spec: { network } }, report) =>
      forEachDuplicate(
        network.subnets,
        ({ name }) => name,
        ({ name }, index, earlier) =>
          report(
            `network.subnets.${index}.name`,
            `Duplicate subnet "${name}".`,
            "List each subnet once, with its range.",
            `network.subnets.${network.subnets.indexOf(earlier)}.name`,
          ),
      ),
  },
  {
    code: "HAKS-ADDR-012",
    severity: "warning",
    title: "Subnets with a range should be those that the cluster uses.",
    source: PLANNING,
    check: ({ spec, addresses }, report) => {
      const { subnets } = spec.network;
      const used = addresses?.subnets.filter(({ _demands }) => _demands.length > 0) ?? [];
      const bare = used.filter(({ cidr }) => cidr === undefined).map(({ name }) => name);
      subnets.forEach(({ name }, index) => {
        const meant = nearest(name, bare);
        if (meant !== undefined && !used.some((one) => isSameName(one.name, name))) {
          report(
            `network.subnets.${index}.name`,
            `The cluster does not use the subnet "${name}", and uses "${meant}", whose range is not given.`,
            `Use ${meant}, if that is meant: its size is checked only with a range.`,
          );
        }
      });
    },
  },
  {
    code: "HAKS-ADDR-011",
    title: "The number of frontends of internal load balancers must be a whole number up to 600.",
    source: "https://learn.microsoft.com/azure/aks/internal-lb",
    check: ({ spec: { network } }, report) => {
      if (!isWholeNumber(network.internalLoadBalancers, 0, 600)) {
        report(
          "network.internalLoadBalancers",
          `There cannot be ${network.internalLoadBalancers} frontends of internal load balancers.`,
          "Use a whole number from 0 to 600, or leave it out for 2.",
        );
      }
    },
  },
];

function pathOfRange({ network: { subnets } }: ResolvedSpec, { name }: RangePlan): string {
  return `network.subnets.${subnets.findIndex((known) => isSameName(known.name, name))}.cidr`;
}

function isApiServerSubnet({ network }: ResolvedSpec, { name }: RangePlan): boolean {
  return network.apiServerSubnet !== undefined && isSameName(network.apiServerSubnet, name);
}

/** A subnet that a cluster uses, and the path in its description. */
export interface UsedSubnet {
  readonly path: string;
  readonly name: string;
}

/** The subnets of nodes, each once, where it was written. */
function usedNodeSubnets(spec: ResolvedSpec): UsedSubnet[] {
  return nodeSubnets(spec).map((name) => {
    const pool = allPools(spec).find(({ subnet }) => subnet === name);
    const isDefault = name === spec.network.nodeSubnet;
    return { path: isDefault ? "network.nodeSubnet" : `${pool?.path}.subnet`, name };
  });
}

/** The subnets of pods, each once, where it was written. */
function usedPodSubnets(spec: ResolvedSpec): UsedSubnet[] {
  return podSubnets(spec).map((name) => {
    const pool = allPools(spec).find(({ podSubnet }) => podSubnet === name);
    const isDefault = name === spec.network.podNetwork.subnet;
    return { path: isDefault ? "network.podNetwork.subnet" : `${pool?.path}.podSubnet`, name };
  });
}

/** The subnets that a cluster uses: those of nodes and of pods once each. */
export function usedSubnets(spec: ResolvedSpec): UsedSubnet[] {
  const { apiServerSubnet = "", loadBalancerSubnets } = spec.network;
  return [
    ...usedNodeSubnets(spec),
    ...usedPodSubnets(spec),
    { path: "network.apiServerSubnet", name: apiServerSubnet },
    ...loadBalancerSubnets.map((name, index) => ({
      path: `network.loadBalancerSubnets.${index}`,
      name,
    })),
    ...(spec.gatewayForContainers
      ? [{ path: "gatewayForContainers.subnet", name: spec.gatewayForContainers.subnet }]
      : []),
  ];
}
