// HAKS-FLEET-034 to 036: subnets and virtual networks that several clusters fill. Pure.
import { RangePlan } from "../../addresses/address-plan";
import {
  RESERVED_BY_AZURE,
  VIRTUAL_NETWORK_ADDRESSES,
  subnetPrefix,
} from "../../addresses/formulas";
import { addressCount, parseRange } from "../../spec/ip-range";
import { isSameName } from "../../spec/naming";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { UsedSubnet, usedSubnets } from "../addr";
import { networkKey } from "./networks";
import { FleetMember, FleetRule, clusterNames, grouped, lastByName, specsOf } from "./rule";

const PLANNING = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";

const API_SERVER = "network.apiServerSubnet";

/** The rules about subnets and virtual networks that several clusters fill. */
export const FLEET_SUBNET_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-034",
    title: "A subnet must have enough addresses for all clusters in it.",
    source: PLANNING,
    check: (members, report) => {
      const stated = grouped(
        members.flatMap(({ spec }) => spec.network.subnets.map((one) => ({ spec, ...one }))),
        ({ spec, name }) => subnetKey(spec, name),
      );
      for (const [key, demands] of grouped(demandsOf(members), keyOfDemand)) {
        const { spec, plan } = lastByName(demands);
        const [{ spec: stating, cidr } = { spec, cidr: "" }] = stated.get(key) ?? [];
        const range = parseRange(cidr);
        const used = sumOf(demands);
        const isOwn = demands.length === 1 && plan.cidr !== undefined;
        if (range && !isOwn && used + RESERVED_BY_AZURE > addressCount(range)) {
          const clusters = clusterNames(specsOf(demands));
          report(
            spec,
            pathOf(spec, plan.name),
            `The subnet "${plan.name}" needs ${used + RESERVED_BY_AZURE} addresses for ${clusters}, and its range ${cidr}, stated by "${stating.name}", has ${addressCount(range)}.`,
            `Use a range with a prefix of /${subnetPrefix(used)} or shorter, several subnets, or fewer nodes.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-035",
    title: `Clusters of one virtual network must use at most ${VIRTUAL_NETWORK_ADDRESSES} addresses of it.`,
    source: PLANNING,
    check: (members, report) => {
      for (const demands of grouped(demandsOf(members), ({ spec }) => networkKey(spec)).values()) {
        const { spec } = lastByName(demands);
        const used = sumOf(demands);
        if (used > VIRTUAL_NETWORK_ADDRESSES && demands.some((one) => one.spec !== spec)) {
          report(
            spec,
            "network.virtualNetwork",
            `Nodes and pods of ${clusterNames(specsOf(demands))} need ${used} addresses, and a virtual network has at most ${VIRTUAL_NETWORK_ADDRESSES} in use.`,
            "Use overlays, or several virtual networks.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-036",
    title: "The subnet of an API server must hold only API servers, also those of other clusters.",
    source: "https://learn.microsoft.com/azure/aks/api-server-vnet-integration",
    check: (members, report) => {
      const used = members.flatMap(({ spec }) =>
        usedSubnets(spec)
          .filter(({ name }) => name !== "")
          .map((one) => ({ spec, ...one })),
      );
      for (const group of grouped(used, ({ spec, name }) => subnetKey(spec, name)).values()) {
        const [servers, rest] = [true, false].map((isServer) =>
          group.filter(({ path }) => (path === API_SERVER) === isServer),
        ) as [Placed[], Placed[]];
        const ofOthers = rest.filter(({ spec }) => !servers.some((server) => server.spec === spec));
        if (servers.length > 0 && ofOthers.length > 0) {
          const { spec, path, name } = lastByName(group);
          report(
            spec,
            path,
            `The subnet "${name}" is delegated to the API server of ${clusterNames(specsOf(servers))} and cannot hold nodes, pods or load balancers of ${clusterNames(specsOf(ofOthers))}.`,
            "Give nodes, pods and load balancers another subnet.",
          );
        }
      }
    },
  },
];

type Placed = UsedSubnet & { readonly spec: ResolvedSpec };

interface Demand {
  readonly spec: ResolvedSpec;
  readonly plan: RangePlan;
}

/** The subnets that need addresses, of all clusters. */
function demandsOf(members: readonly FleetMember[]): Demand[] {
  return members.flatMap(({ spec, addresses }) =>
    (addresses?.subnets ?? []).filter(({ needed }) => needed > 0).map((plan) => ({ spec, plan })),
  );
}

function keyOfDemand({ spec, plan }: Demand): string {
  return subnetKey(spec, plan.name);
}

function subnetKey(spec: ResolvedSpec, subnet: string): string {
  return `${networkKey(spec)} ${subnet}`.toLowerCase();
}

/** Returns how many addresses are needed, without those that Azure reserves. */
function sumOf(demands: readonly Demand[]): number {
  return demands.reduce((total, { plan }) => total + plan.needed - RESERVED_BY_AZURE, 0);
}

function pathOf(spec: ResolvedSpec, subnet: string): string {
  const used = usedSubnets(spec).find(({ name }) => isSameName(name, subnet));
  return used?.path ?? "network.nodeSubnet";
}
