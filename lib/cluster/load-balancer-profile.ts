// The load balancer of egress, as an attribute of the cluster. Pure.
import { KubernetesClusterNetworkProfileLoadBalancerProfile } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Egress } from "../spec/egress";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { ClusterSurroundings, nonEmpty } from "./surroundings";

/**
 * Returns the profile of the load balancer, or nothing where AKS decides: Azure keeps the options that it has unless it is
 * told other ones, so a profile has all of them.
 */
export function loadBalancerProfile(
  { network: { egress, ipv6 }, previous }: ResolvedSpec,
  { resourceId }: ClusterSurroundings,
): KubernetesClusterNetworkProfileLoadBalancerProfile | undefined {
  const before = previous?.network.egress;
  const leavesOptions = egress.outboundType === before?.outboundType && hasOptions(before);
  if (!hasOptions(egress) && !leavesOptions) {
    return undefined;
  }
  const ids = (type: string, references: ResourceReference[]) =>
    nonEmpty(references.map((one) => resourceId(type, one)));
  const addresses = {
    outboundIpAddressIds: ids("Microsoft.Network/publicIPAddresses", egress.publicIps),
    outboundIpPrefixIds: ids("Microsoft.Network/publicIPPrefixes", egress.publicIpPrefixes),
  };
  const { outboundPortsAllocated = 0, idleTimeoutInMinutes = 30 } = egress;
  return {
    ...(hasAddresses(egress)
      ? addresses
      : {
          managedOutboundIpCount: egress.managedOutboundIpCount ?? 1,
          managedOutboundIpv6Count: ipv6 && (egress.managedOutboundIpv6Count ?? 1),
        }),
    outboundPortsAllocated,
    idleTimeoutInMinutes,
  };
}

function hasAddresses({ publicIps, publicIpPrefixes }: Egress): boolean {
  return publicIps.length + publicIpPrefixes.length > 0;
}

function hasOptions(egress: Egress): boolean {
  const { managedOutboundIpCount, managedOutboundIpv6Count } = egress;
  const { outboundPortsAllocated, idleTimeoutInMinutes } = egress;
  return (
    hasAddresses(egress) ||
    [
      managedOutboundIpCount,
      managedOutboundIpv6Count,
      outboundPortsAllocated,
      idleTimeoutInMinutes,
    ].some((option) => option !== undefined)
  );
}
