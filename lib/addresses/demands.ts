// The addresses that a cluster takes in each subnet, computed from the description. Pure.
import { Pool, surgeOf } from "../spec/pools";
import { allPools } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import {
  API_SERVER_ADDRESSES,
  GATEWAY_ADDRESSES,
  dynamicAddressesPerNode,
  flatAddressesPerNode,
  nodesWithSurge,
  staticAddressesPerNode,
  surgeNodes,
} from "./formulas";

/** Something that takes addresses of a subnet. */
export interface Demand {
  readonly subnet: string;
  /** `nodes`, `nodesAndPods`, `pods`, `loadBalancers`, `privateEndpoint`, `apiServer` or `gateway`. */
  readonly kind: string;
  readonly what: string;
  readonly addresses: number;
  /** The pool it is for, and what one node more takes; absent if it does not grow with nodes. */
  readonly growth?: PoolGrowth;
}

/** How something grows with the nodes of a pool. */
export interface PoolGrowth {
  readonly nodes: number;
  readonly perNode: number;
  /** Nodes that an upgrade adds: a number, or a share such as `33%`. */
  readonly maxSurge: string;
}

/** Everything that a cluster takes of subnets, without what Azure keeps. */
export function demandsOf(spec: ResolvedSpec): Demand[] {
  return [
    ...allPools(spec).flatMap((pool) => poolDemands(pool, spec)),
    ...loadBalancers(spec),
    ...apiServer(spec),
    ...gateway(spec),
  ];
}

/** The nodes that a pool is planned for: its most, since the autoscaler may want them. */
export function plannedNodes({ minCount, maxCount }: Pool): number {
  return Math.max(minCount, maxCount);
}

/** How many nodes an upgrade adds: a number, or a share of the pool. */
export const SURGE = /^(\d{1,4}|\d{1,3}%)$/;

/** Whether the numbers in a description are such that a plan can be made. */
export function isCountable(spec: ResolvedSpec): boolean {
  if (!allPools(spec).every((pool) => SURGE.test(surgeOf(pool)))) {
    return false;
  }
  const counts = allPools(spec).flatMap((pool) => [
    { value: pool.minCount, least: 0, most: 1000 },
    { value: pool.maxCount, least: 0, most: 1000 },
    { value: pool.maxPods, least: 1, most: 250 },
  ]);
  return [...counts, { value: spec.network.internalLoadBalancers, least: 0, most: 600 }].every(
    ({ value, least, most }) => Number.isInteger(value) && value >= least && value <= most,
  );
}

function poolDemands(pool: Pool, { network: { podNetwork } }: ResolvedSpec): Demand[] {
  const nodes = plannedNodes(pool);
  const maxSurge = surgeOf(pool);
  const words = `${pool.name}: ${count(nodes, "node")} and ${surgeNodes(nodes, maxSurge)} for upgrades`;
  const demand = (subnet: string, kind: string, what: string, perNode: number): Demand => ({
    subnet,
    kind,
    what,
    addresses: nodesWithSurge(nodes, maxSurge) * perNode,
    growth: { nodes, perNode, maxSurge },
  });
  const each = `${pool.maxPods} pods each`;
  if (podNetwork._kind === "flat") {
    const perNode = flatAddressesPerNode(pool.maxPods);
    return [demand(pool.subnet, "nodesAndPods", `${words}, ${each}`, perNode)];
  }
  const { podSubnet } = pool;
  if (podSubnet === undefined) {
    return [demand(pool.subnet, "nodes", words, 1)];
  }
  const perNode =
    podNetwork.allocation === "staticBlock"
      ? staticAddressesPerNode(pool.maxPods)
      : dynamicAddressesPerNode(pool.maxPods);
  return podSubnet.toLowerCase() === pool.subnet.toLowerCase()
    ? [demand(pool.subnet, "nodesAndPods", `${words}, ${each}`, perNode + 1)]
    : [
        demand(pool.subnet, "nodes", words, 1),
        demand(podSubnet, "pods", `pods of ${words}, ${each}`, perNode),
      ];
}

// AKS puts frontends without a separate subnet into the subnet of the system pool.
function loadBalancers({ network, nodePools: { system: systemPool } }: ResolvedSpec): Demand[] {
  const kind = "loadBalancers";
  const { internalLoadBalancers: frontends } = network;
  return [
    ...(frontends > 0
      ? [
          {
            subnet: systemPool.subnet,
            kind,
            what: `${count(frontends, "frontend")} of internal load balancers`,
            addresses: frontends,
          },
        ]
      : []),
    // How many are there is not described.
    ...network.loadBalancerSubnets.map((subnet) => ({
      subnet,
      kind,
      what: "1 frontend or more of internal load balancers",
      addresses: 1,
    })),
  ];
}

// A private API server has an address by VNet integration, or by a private endpoint.
function apiServer(spec: ResolvedSpec): Demand[] {
  const { apiServerSubnet } = spec.network;
  const {
    nodePools: { system: systemPool },
  } = spec;
  if (apiServerSubnet === undefined && !isPrivate(spec)) {
    return [];
  }
  return apiServerSubnet === undefined
    ? [
        {
          subnet: systemPool.subnet,
          kind: "privateEndpoint",
          what: "private endpoint of the API server",
          addresses: 1,
        },
      ]
    : [
        {
          subnet: apiServerSubnet,
          kind: "apiServer",
          what: "API server",
          addresses: API_SERVER_ADDRESSES,
        },
      ];
}

function gateway({ gatewayForContainers }: ResolvedSpec): Demand[] {
  return gatewayForContainers
    ? [
        {
          subnet: gatewayForContainers.subnet,
          kind: "gateway",
          what: "Application Gateway for Containers",
          addresses: GATEWAY_ADDRESSES,
        },
      ]
    : [];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
