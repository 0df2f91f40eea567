// How many addresses AKS takes in each kind of network, as formulas over plain numbers. Pure.
// @see https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
import { DEFAULT_SURGE } from "../spec/defaults";

/** Addresses that Azure keeps of each subnet: the first four and the last. */
export const RESERVED_BY_AZURE = 5;

/** Addresses that API Server VNet Integration takes for one cluster. */
export const API_SERVER_ADDRESSES = 9;

/** Addresses that the subnet of Application Gateway for Containers must have. */
export const GATEWAY_ADDRESSES = 250;

/** Longest prefix of a subnet for the API server. */
export const API_SERVER_PREFIX = 28;

/** Prefix of the range that each node takes of the pod range of an overlay. */
export const OVERLAY_NODE_PREFIX = 24;

/** Most addresses that can be in use in one virtual network. */
export const VIRTUAL_NETWORK_ADDRESSES = 65_536;

/** Longest prefix of a subnet. */
const SUBNET_PREFIX = 29;

/** Pods get addresses by 16, and a node asks for the next 16 when fewer than 8 are free. */
const DYNAMIC_BATCH = 16;
const DYNAMIC_FREE = 8;

/** Addresses in a static block, a /28. */
const STATIC_BLOCK = 16;

/** Nodes that an upgrade adds to a pool of so many nodes; `maxSurge` is a number or a share such as `33%`. */
export function surgeNodes(nodes: number, maxSurge: string = DEFAULT_SURGE): number {
  const number = parseInt(maxSurge, 10);
  // Whole numbers only: 0.33 has no exact representation.
  return maxSurge.endsWith("%") ? Math.ceil((nodes * number) / 100) : number;
}

/** Nodes of a pool during an upgrade. */
export function nodesWithSurge(nodes: number, maxSurge: string = DEFAULT_SURGE): number {
  return nodes + surgeNodes(nodes, maxSurge);
}

/** Flat: addresses that a node takes for itself and its most pods. */
export function flatAddressesPerNode(maxPods: number): number {
  return maxPods + 1;
}

/** Pod subnet, dynamic allocation: addresses that a node takes for so many pods. */
export function dynamicAddressesPerNode(pods: number): number {
  return DYNAMIC_BATCH * Math.ceil((pods + DYNAMIC_FREE) / DYNAMIC_BATCH);
}

/** Pod subnet, static block allocation: blocks that a node takes for its most pods. */
export function staticBlocksPerNode(maxPods: number): number {
  return Math.ceil((maxPods + 1) / STATIC_BLOCK);
}

/** Pod subnet, static block allocation: addresses that a node takes for its most pods. */
export function staticAddressesPerNode(maxPods: number): number {
  return STATIC_BLOCK * staticBlocksPerNode(maxPods);
}

/** Overlay: longest prefix of a pod range for so many nodes, 0 if no range is large enough. */
export function overlayPrefix(nodes: number): number {
  return Math.max(0, OVERLAY_NODE_PREFIX - doublings(nodes));
}

/** Overlay: nodes that a pod range with this prefix has room for. */
export function overlayCapacity(prefix: number): number {
  return Math.floor(2 ** (OVERLAY_NODE_PREFIX - prefix));
}

/** Clusters whose API servers a subnet with this prefix has room for. */
export function apiServerCapacity(prefix: number): number {
  return prefix > API_SERVER_PREFIX
    ? 0
    : Math.floor((2 ** (32 - prefix) - RESERVED_BY_AZURE) / API_SERVER_ADDRESSES);
}

/** Longest prefix of a range that holds so many addresses, 0 if none is large enough. */
export function rangePrefix(addresses: number): number {
  return Math.max(0, 32 - doublings(addresses));
}

/** Longest prefix of a subnet that holds so many addresses beside those that Azure keeps. */
export function subnetPrefix(addresses: number): number {
  return Math.min(SUBNET_PREFIX, rangePrefix(addresses + RESERVED_BY_AZURE));
}

/** How often 1 is to be doubled until it is as much as the number. */
function doublings(number: number): number {
  let times = 0;
  while (2 ** times < number) {
    times += 1;
  }
  return times;
}
