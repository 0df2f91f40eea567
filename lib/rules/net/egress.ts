// HAKS-NET-019 to 021: the load balancer of egress. Pure.
import { plannedNodes } from "../../addresses/demands";
import { nodesWithSurge } from "../../addresses/formulas";
import { Egress } from "../../spec/egress";
import { allPools, surgeOf } from "../../spec/pools";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Rule, isWholeNumber } from "../rule";

const LOAD_BALANCER = "https://learn.microsoft.com/azure/aks/configure-load-balancer-standard";

const PATH = "network.egress";

/** Outbound ports of one public IP. */
const PORTS_OF_IP = 64_000;

/** Options that are whole numbers, with their limits. */
const LIMITS = [
  ["managedOutboundIpCount", 1, 100],
  ["managedOutboundIpv6Count", 1, 100],
  ["outboundPortsAllocated", 0, PORTS_OF_IP],
  ["idleTimeoutInMinutes", 4, 100],
] as const;

/** The rules about the load balancer of egress. */
export const EGRESS_RULES: Rule[] = [
  {
    code: "HAKS-NET-019",
    title: "The options of the load balancer must be numbers that Azure accepts.",
    source: LOAD_BALANCER,
    check: ({ spec: { network } }, report) => {
      for (const [name, least, most] of LIMITS) {
        const value = network.egress[name];
        if (value !== undefined && !isWholeNumber(value, least, most)) {
          report(
            `${PATH}.${name}`,
            `The option ${name} is ${value}.`,
            `Use a whole number from ${least} to ${most}.`,
          );
        }
      }
      const { outboundPortsAllocated: ports = 0 } = network.egress;
      if (isWholeNumber(ports, 0, PORTS_OF_IP) && ports % 8 !== 0) {
        report(
          `${PATH}.outboundPortsAllocated`,
          `Azure allocates outbound ports in steps of 8, and ${ports} is not a multiple of 8.`,
          `Use ${ports - (ports % 8)} or ${Math.ceil(ports / 8) * 8}.`,
        );
      }
    },
  },
  {
    code: "HAKS-NET-020",
    title:
      "Public IPs of AKS must be of a family that the cluster has, and not beside existing ones.",
    source: LOAD_BALANCER,
    check: ({ spec: { network } }, report) => {
      const { publicIps, publicIpPrefixes } = network.egress;
      for (const name of ["managedOutboundIpCount", "managedOutboundIpv6Count"] as const) {
        if (network.egress[name] === undefined) {
          continue;
        }
        if (publicIps.length + publicIpPrefixes.length > 0) {
          report(
            `${PATH}.${name}`,
            "Egress has existing public IPs or prefixes, and AKS creates none beside them.",
            `Leave ${name} out, or the existing addresses.`,
            publicIps.length > 0 ? `${PATH}.publicIps` : `${PATH}.publicIpPrefixes`,
          );
        } else if (name === "managedOutboundIpv6Count" && !network.ipv6) {
          report(
            `${PATH}.${name}`,
            "The cluster has no IPv6 addresses.",
            `Leave ${name} out, or describe network.ipv6.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-NET-021",
    title: "The public IPs of egress must have outbound ports for all nodes.",
    source: LOAD_BALANCER,
    check: ({ spec, addresses }, report) => {
      const { outboundPortsAllocated: ports = 0, outboundType } = spec.network.egress;
      const ips = publicIpCount(spec.network.egress);
      const isCountable = addresses !== undefined && isWholeNumber(ports, 0, PORTS_OF_IP);
      if (outboundType !== "loadBalancer" || !isCountable || ips === undefined) {
        return;
      }
      const { nodes, surge } = mostNodes(spec);
      const needed = (nodes + surge) * ports;
      if (needed > ips * PORTS_OF_IP) {
        const enough = Math.ceil(needed / PORTS_OF_IP);
        const fit = Math.floor((ips * PORTS_OF_IP) / (nodes + surge) / 8) * 8;
        report(
          `${PATH}.outboundPortsAllocated`,
          `With ${ports} ports each, ${nodes} nodes and ${surge} for upgrades need ${needed} outbound ports, and ${ips} × ${PORTS_OF_IP} of public IPs are ${ips * PORTS_OF_IP}.`,
          `Use ${enough} public IPs, at most ${fit} ports, or fewer nodes.`,
          "nodePools",
        );
      }
    },
  },
];

/** Returns how many public IPs egress has; undefined if prefixes hold them. */
function publicIpCount(egress: Egress): number | undefined {
  const { publicIps, publicIpPrefixes, managedOutboundIpCount = 1 } = egress;
  if (publicIpPrefixes.length > 0) {
    return undefined;
  }
  return publicIps.length > 0 ? publicIps.length : managedOutboundIpCount;
}

/** Returns the most nodes of all pools, and those that upgrades add. Azure adds none to spot pools. */
function mostNodes(spec: ResolvedSpec): { nodes: number; surge: number } {
  const pools = allPools(spec).map((pool) => {
    const nodes = plannedNodes(pool);
    return { nodes, surge: pool.spot ? 0 : nodesWithSurge(nodes, surgeOf(pool)) - nodes };
  });
  const sum = (key: "nodes" | "surge") => pools.reduce((total, pool) => total + pool[key], 0);
  return { nodes: sum("nodes"), surge: sum("surge") };
}
