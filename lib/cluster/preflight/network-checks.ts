// Whether subnets and virtual network are as the cluster needs them, as expressions of Terraform. Pure.
// The lookup of a subnet says nothing of delegations and NAT gateways, so nothing here asks for them.
import { AddressPlan } from "../../addresses/address-plan";
import { isSameName } from "../../spec/naming";
import { nodeSubnets } from "../../spec/pools";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Assertion } from "./checks";
import { addressesIn, apart, present, same, shown, templated } from "../../hcl/expressions";

/** A subnet that the cluster uses. */
export interface UsedSubnet {
  readonly name: string;
  /** The number of addresses that the address plan asks for. */
  readonly needed: number;
  readonly ofNodes: boolean;
  /** Whether services are published from it by Private Link, without its policies. */
  readonly publishes: boolean;
}

/** The subnets that the cluster uses, each once. */
export function usedSubnets(spec: ResolvedSpec, { subnets }: AddressPlan): UsedSubnet[] {
  const { privateLinkServices, privateLinkPolicies, loadBalancerSubnets } = spec.network;
  const nodes = nodeSubnets(spec);
  const publishing = loadBalancerSubnets.length > 0 ? loadBalancerSubnets : nodes;
  const isOneOf = (names: string[], name: string) => names.some((one) => isSameName(one, name));
  return (
    subnets
      .filter(({ needed }) => needed > 0)
      // The cluster is deployed without the gateway, which may come later.
      .filter(({ name }) => !isSameName(name, spec.gatewayForContainers?.subnet ?? ""))
      .map(({ name, needed }) => ({
        name,
        needed,
        ofNodes: isOneOf(nodes, name),
        publishes: privateLinkServices && !privateLinkPolicies && isOneOf(publishing, name),
      }))
  );
}

/**
 * Returns what must hold of a subnet.
 *
 * @param found expression for its lookup, or for an object with the same attributes
 */
export function subnetChecks(
  { name, needed, ofNodes, publishes }: UsedSubnet,
  found: string,
  { network: { podNetwork, serviceCidr, egress } }: ResolvedSpec,
): Assertion[] {
  const prefixes = `${found}.address_prefixes`;
  const words = `The subnet "${templated(name)}" (\${join(", ", ${prefixes})})`;
  const ranges = { pods: podNetwork.podCidr, services: serviceCidr };
  return [
    {
      check: "subnetSize",
      of: name,
      holds: `${addressesIn(prefixes)} >= ${needed}`,
      message: `${words} has \${${addressesIn(prefixes)}} addresses, and the cluster needs ${needed}: the NOC has to give it a larger subnet, or the cluster has to be planned smaller (npm run addresses).`,
    },
    ...Object.entries(ranges).flatMap(([what, cidr]): Assertion[] =>
      cidr === undefined
        ? []
        : [
            {
              check: "subnetRanges",
              of: `${name}, ${what}`,
              holds: apart(prefixes, cidr),
              message: `${words} overlaps the range of the ${what}, ${cidr}: take another range for the ${what}, or, if the cluster is there already, the NOC has to take the overlap away.`,
            },
          ],
    ),
    ...(ofNodes && egress.outboundType === "userDefinedRouting"
      ? [
          {
            check: "routeTable",
            of: name,
            holds: present(`${found}.route_table_id`),
            message: `The subnet "${templated(name)}" has no route table, and the traffic of the cluster is to leave by one: the NOC has to attach a route table with a route for 0.0.0.0/0.`,
          } as const,
        ]
      : []),
    ...(publishes
      ? [
          {
            check: "privateLinkPolicies",
            of: name,
            holds: `!${found}.private_link_service_network_policies_enabled`,
            message: `The subnet "${templated(name)}" has Private Link policies, and services are to be published from it: the NOC has to set private_link_service_network_policies_enabled = false on it, or the description has to let AKS do so (network.privateLinkPolicies).`,
          } as const,
        ]
      : []),
  ];
}

/**
 * Returns what must hold of the virtual network.
 *
 * @param found expression for its lookup, or for an object with the same attributes
 * @param region expression for the region of the cluster
 */
export function networkChecks(found: string, region: string, spec: ResolvedSpec): Assertion[] {
  const { virtualNetwork, serviceCidr } = spec.network;
  const location = `${found}.location`;
  const addressSpace = `${found}.address_space`;
  const words = `The virtual network "${templated(virtualNetwork.name)}"`;
  return [
    {
      check: "networkRegion",
      of: virtualNetwork.name,
      holds: same(`replace(${location}, " ", "")`, region),
      message: `${words} is in \${${location}}, and the cluster is to be in ${shown(region)}: nodes can only join networks in the same region. Use another network or another region.`,
    },
    {
      check: "networkRanges",
      of: virtualNetwork.name,
      holds: apart(addressSpace, serviceCidr),
      message: `${words} (\${join(", ", ${addressSpace})}) overlaps the range of the services, ${serviceCidr}: take another range for the services, or, if the cluster is there already, the NOC has to take the overlap away.`,
    },
  ];
}
