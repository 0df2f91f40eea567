// HAKS-NET-008 to 023: what the network of a cluster can be combined with. Pure.
import { DataPlane, PodAllocation } from "../../spec/network";
import { Address6 } from "ip-address";
import { isSameName } from "../../spec/naming";
import { allPools, nodeSubnets, podSubnets } from "../../spec/pools";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Report, Rule, forEachPool, reportUnlessOneOf } from "../rule";

const CILIUM = "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium";

/** The rules about subnets, egress and features of the network. */
export const NETWORK_FEATURE_RULES: Rule[] = [
  {
    code: "HAKS-NET-008",
    title: "The data plane must be cilium or azure.",
    source: CILIUM,
    check: ({ spec: { network } }, report) =>
      reportUnlessOneOf(report, "network.dataPlane", network.dataPlane, DataPlane),
  },
  {
    code: "HAKS-NET-009",
    title: "The API server must not share its subnet with nodes, pods or load balancers.",
    source: "https://learn.microsoft.com/azure/aks/api-server-vnet-integration",
    check: ({ spec }, report) => {
      const { apiServerSubnet, loadBalancerSubnets } = spec.network;
      const others = [...nodeSubnets(spec), ...podSubnets(spec), ...loadBalancerSubnets];
      if (
        apiServerSubnet !== undefined &&
        others.some((other) => isSameName(other, apiServerSubnet))
      ) {
        report(
          "network.apiServerSubnet",
          `The subnet "${apiServerSubnet}" is delegated to the API server and cannot hold anything else.`,
          "Give nodes, pods and load balancers another subnet.",
          "network.nodeSubnet",
        );
      }
    },
  },
  {
    code: "HAKS-NET-010",
    title: "Egress must not have both public IPs and public IP prefixes.",
    source: "https://learn.microsoft.com/azure/aks/load-balancer-standard",
    check: ({ spec: { network } }, report) => {
      const { publicIps, publicIpPrefixes } = network.egress;
      if (publicIps.length > 0 && publicIpPrefixes.length > 0) {
        report(
          "network.egress.publicIpPrefixes",
          "Egress has both public IPs and public IP prefixes.",
          "Leave one of them out.",
          "network.egress.publicIps",
        );
      }
    },
  },
  {
    code: "HAKS-NET-011",
    title: "The pod network must not be kubenet, which Azure retires on 2028-03-31.",
    source: "https://learn.microsoft.com/azure/aks/configure-kubenet",
    check: ({ spec: { network } }, report) => {
      if (network.podNetwork._kind === "kubenet") {
        report(
          "network.podNetwork",
          "Kubenet is retired on 2028-03-31, and its control plane writes into the NOC's route table.",
          "Use an overlay: it takes as few addresses of the subnet, and no routes.",
        );
      }
    },
  },
  {
    code: "HAKS-NET-012",
    title: "A pod subnet must use dynamic allocation.",
    source: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet",
    check: ({ spec: { network } }, report) => {
      const { allocation = "dynamic" } = network.podNetwork;
      const path = "network.podNetwork.allocation";
      if (allocation === "staticBlock") {
        report(
          path,
          "The provider azurerm 4 has no attribute for the allocation of static blocks.",
          "Use dynamic, or an overlay. AddressPlan computes what static blocks would need.",
        );
      } else {
        reportUnlessOneOf(report, path, allocation, [PodAllocation.DYNAMIC]);
      }
    },
  },
  {
    code: "HAKS-NET-013",
    title: "Dual stack must use an overlay with Cilium, and IPv6 ranges that AKS accepts.",
    source: "https://learn.microsoft.com/azure/aks/azure-cni-overlay",
    check: ({ spec }, report) => {
      const { podNetwork, dataPlane } = spec.network;
      const path = "network.ipv6";
      if (!spec.network.ipv6) {
        return;
      }
      if (podNetwork._kind !== "overlay") {
        report(path, "Dual stack needs an overlay.", "Use an overlay, or leave ipv6 out.");
      }
      if (dataPlane !== "cilium") {
        report(path, "Dual stack does not work with Calico.", "Use cilium, or leave ipv6 out.");
      }
      checkRanges6(spec.network.ipv6, report);
    },
  },
  {
    code: "HAKS-NET-014",
    title:
      "A network isolated cluster must have Linux nodes, node images and a cache with AcrPull.",
    source: "https://learn.microsoft.com/azure/aks/network-isolated",
    check: ({ spec }, report) => {
      const { artifactCache, outboundType: kind } = spec.network.egress;
      const { nodeOsChannel } = spec.upgrades;
      if (kind !== "none") {
        return;
      }
      if (!["NodeImage", "None"].includes(nodeOsChannel)) {
        report(
          "upgrades.nodeOsChannel",
          `The channel ${nodeOsChannel} gets its packages from the internet, which the cluster cannot reach.`,
          "Use NodeImage.",
          "network.egress",
        );
      }
      reportWindowsPools(report, spec, "A network isolated cluster cannot have Windows nodes.");
      // The name of a registry is unique in all of Azure.
      const cache = spec.registries.findIndex(
        ({ registry, mode }) =>
          mode === "abac" && isSameName(registry.name, artifactCache?.name ?? ""),
      );
      if (cache >= 0) {
        report(
          `registries.${cache}.mode`,
          "AKS needs AcrPull on the artifact cache, which a registry with the mode abac ignores.",
          "Use another registry as the cache.",
          "network.egress",
        );
      }
    },
  },
  {
    code: "HAKS-NET-015",
    title: "Advanced networking must use the data plane cilium, and enable at least one feature.",
    source: "https://learn.microsoft.com/azure/aks/advanced-container-networking-services-overview",
    check: ({ spec: { network } }, report) => {
      const { advancedNetworking, dataPlane } = network;
      const path = "network.advancedNetworking";
      if (!advancedNetworking) {
        return;
      }
      if (dataPlane !== "cilium") {
        report(
          path,
          `Advanced networking does not work with the data plane "${dataPlane}".`,
          "Use the data plane cilium, or leave advancedNetworking out.",
          "network.dataPlane",
        );
      }
      if (!advancedNetworking.observability && !advancedNetworking.security) {
        report(
          path,
          "Advanced networking has no feature that is on.",
          "Set observability or security to true, or leave advancedNetworking out.",
        );
      }
    },
  },
  {
    code: "HAKS-NET-016",
    title:
      "Node auto-provisioning must not be combined with a pod subnet, Calico, IPv6, Windows nodes or autoscaled pools.",
    source: "https://learn.microsoft.com/azure/aks/node-auto-provisioning-networking",
    check: ({ spec }, report) => {
      const { network, nodePools } = spec;
      if (!nodePools.autoProvisioning) {
        return;
      }
      const conflict = (path: string, what: string, remedy: string): void =>
        report(
          path,
          `Node auto-provisioning does not work with ${what}.`,
          remedy,
          "nodePools.autoProvisioning",
        );
      if (network.podNetwork._kind === "podSubnet") {
        conflict("network.podNetwork", "a pod subnet", "Use an overlay.");
      }
      if (network.dataPlane !== "cilium") {
        conflict("network.dataPlane", "Calico", "Use the data plane cilium.");
      }
      reportWindowsPools(report, spec, "Node auto-provisioning does not work with Windows nodes.");
      if (network.ipv6) {
        conflict("network.ipv6", "IPv6", "Leave ipv6 out.");
      }
      if (nodePools.autoscaler) {
        conflict("nodePools.autoscaler", "the autoscaler", "Leave the autoscaler out.");
      }
      for (const { path, name, minCount, maxCount } of allPools(spec)) {
        if (maxCount > minCount) {
          conflict(
            `${path}.maxCount`,
            `the pool "${name}", which scales automatically`,
            "Leave maxCount out: further nodes are created as workloads need them.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-NET-017",
    title: "Windows nodes must use the data plane azure.",
    source: CILIUM,
    check: ({ spec }, report) => {
      if (spec.network.dataPlane === "cilium") {
        reportWindowsPools(report, spec, "The data plane cilium does not run on Windows nodes.");
      }
    },
  },
  {
    code: "HAKS-NET-022",
    title: "A pool must not have a pod subnet if the network has none.",
    source: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet",
    check: forEachPool(({ path, name, podSubnet }, report, { network: { podNetwork } }) => {
      if (podSubnet !== undefined && podNetwork._kind !== "podSubnet") {
        report(
          `${path}.podSubnet`,
          `The pods of the pool "${name}" cannot have a subnet: the pod network is ${podNetwork._kind}.`,
          "Leave podSubnet out, or use podSubnet as the pod network.",
          "network.podNetwork",
        );
      }
    }),
  },
  {
    code: "HAKS-NET-018",
    severity: "warning",
    title: "A NAT gateway should have the SKU StandardV2 if the cluster has dual stack.",
    source: "https://learn.microsoft.com/azure/aks/azure-cni-overlay",
    check: ({ spec: { network } }, report) => {
      if (network.ipv6 && network.egress.outboundType === "natGateway") {
        report(
          "network.egress",
          "A NAT gateway of the SKU Standard has no IPv6 addresses, and the description does not contain the SKU.",
          "Make sure that the NOC's gateway and its public IPs have the SKU StandardV2.",
          "network.ipv6",
        );
      }
    },
  },
  {
    code: "HAKS-NET-023",
    title: "privateLinkPolicies must not be set without privateLinkServices.",
    source: "https://learn.microsoft.com/azure/aks/internal-lb",
    check: ({ spec: { network } }, report) => {
      if (network.privateLinkPolicies && !network.privateLinkServices) {
        report(
          "network.privateLinkPolicies",
          "AKS would get the right to change subnets, and no services are published by Private Link.",
          "Set network.privateLinkServices to true, or remove network.privateLinkPolicies.",
          "network.privateLinkServices",
        );
      }
    },
  },
];

function checkRanges6(
  { podCidr, serviceCidr }: { readonly podCidr: string; readonly serviceCidr: string },
  report: Report,
): void {
  const pods = parseRange6(podCidr);
  const services = parseRange6(serviceCidr);
  if (!pods || pods.subnetMask > 64) {
    report(
      "network.ipv6.podCidr",
      `"${podCidr}" is not an IPv6 range for pods.`,
      "Use CIDR notation with a prefix of /64 or shorter, such as fd12:3456:789a::/64.",
    );
  }
  if (!services || services.subnetMask < 108 || services.subnetMask > 124) {
    report(
      "network.ipv6.serviceCidr",
      `"${serviceCidr}" is not an IPv6 range for services.`,
      "Use CIDR notation with a prefix from /108 to /124, such as fd12:3456:789a:1::/108.",
    );
  }
  if (pods && services && (pods.isInSubnet(services) || services.isInSubnet(pods))) {
    report(
      "network.ipv6.serviceCidr",
      `The IPv6 ranges of pods and services, ${podCidr} and ${serviceCidr}, overlap.`,
      "Choose ranges that share no address.",
    );
  }
}

function parseRange6(cidr: string): Address6 | undefined {
  // A zone, or an IPv4 address within, belongs to an interface and not to a network.
  if (!/^[0-9a-fA-F:]+\/\d+$/.test(cidr) || !Address6.isValid(cidr)) {
    return undefined;
  }
  const range = new Address6(cidr);
  return range.startAddress().correctForm() === range.correctForm() ? range : undefined;
}

function reportWindowsPools(report: Report, spec: ResolvedSpec, message: string): void {
  for (const { path, os } of allPools(spec)) {
    if (os === "Windows") {
      report(`${path}.os`, message, "Use Linux nodes, or another cluster for Windows.", "network");
    }
  }
}
