// Pod networks, dual stack, isolation, and what does not go with them. Pure.
import { Address6 } from "ip-address";
import { isSameName } from "../spec/naming";
import { allPools } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const OVERLAY = "https://learn.microsoft.com/azure/aks/azure-cni-overlay";
const ISOLATED = "https://learn.microsoft.com/azure/aks/network-isolated";

const kubenet: Rule = {
  code: "HAKS-NET-011",
  severity: "error",
  title: "The pod network is not kubenet, which is retired on 2028-03-31.",
  source: "https://learn.microsoft.com/azure/aks/configure-kubenet",
  check: ({ network: { podNetwork } }) =>
    podNetwork.kind === "kubenet"
      ? [
          {
            path: "network.podNetwork",
            message:
              "Kubenet is retired on 2028-03-31, and its control plane writes into the NOC's route table.",
            remedy: "Use an overlay: it takes as few addresses of the subnet, and no routes.",
          },
        ]
      : [],
};

const staticBlocks: Rule = {
  code: "HAKS-NET-012",
  severity: "error",
  title: "Pods of a pod subnet get their addresses by dynamic allocation.",
  source: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet",
  check: ({ network: { podNetwork } }): Violation[] => {
    const path = "network.podNetwork.allocation";
    switch (podNetwork.allocation) {
      case undefined:
      case "dynamic":
        return [];
      case "staticBlock":
        return [
          {
            path,
            message: "The provider azurerm 4 has no attribute for the allocation of static blocks.",
            remedy:
              "Use dynamic, or an overlay. The need for static blocks is in the address plan of the library.",
          },
        ];
      default:
        return [
          {
            path,
            message: `There is no allocation "${podNetwork.allocation}".`,
            remedy: "Use dynamic.",
          },
        ];
    }
  },
};

const dualStack: Rule = {
  code: "HAKS-NET-013",
  severity: "error",
  title: "Dual stack has an overlay with Cilium, no NAT gateway, and IPv6 ranges that AKS takes.",
  source: OVERLAY,
  check: ({ network: { ipv6, podNetwork, dataPlane, egress } }) => {
    if (!ipv6) {
      return [];
    }
    const pods = parseRange6(ipv6.podCidr);
    const services = parseRange6(ipv6.serviceCidr);
    const checks: [boolean, string, string, string][] = [
      [
        podNetwork.kind === "overlay",
        "",
        "Dual stack needs an overlay.",
        "Use the pod network overlay, or leave ipv6 out.",
      ],
      [
        dataPlane === "cilium",
        "",
        "Dual stack does not go with Calico.",
        "Use the data plane cilium, or leave ipv6 out.",
      ],
      [
        egress.kind !== "natGateway",
        "",
        "A NAT gateway has no IPv6 addresses.",
        "Use a load balancer or a route table, or leave ipv6 out.",
      ],
      [
        pods !== undefined && pods.subnetMask <= 64,
        ".podCidr",
        `"${ipv6.podCidr}" is not an IPv6 range for pods.`,
        "Use CIDR notation with a prefix of /64 or shorter, such as fd12:3456:789a::/64.",
      ],
      [
        services !== undefined && services.subnetMask >= 108 && services.subnetMask <= 124,
        ".serviceCidr",
        `"${ipv6.serviceCidr}" is not an IPv6 range for services.`,
        "Use CIDR notation with a prefix from /108 to /124, such as fd12:3456:789a:1::/108.",
      ],
      [
        !pods || !services || !(pods.isInSubnet(services) || services.isInSubnet(pods)),
        ".serviceCidr",
        `The IPv6 ranges of pods and services, ${ipv6.podCidr} and ${ipv6.serviceCidr}, overlap.`,
        "Choose ranges that share no address.",
      ],
    ];
    return checks
      .filter(([holds]) => !holds)
      .map(([, key, message, remedy]) => ({ path: `network.ipv6${key}`, message, remedy }));
  },
};

function parseRange6(cidr: string): Address6 | undefined {
  // A zone, or an IPv4 address within, belongs to an interface and not to a network.
  if (!/^[0-9a-fA-F:]+\/\d+$/.test(cidr) || !Address6.isValid(cidr)) {
    return undefined;
  }
  const range = new Address6(cidr);
  return range.startAddress().correctForm() === range.correctForm() ? range : undefined;
}

const isolated: Rule = {
  code: "HAKS-NET-014",
  severity: "error",
  title: "A network isolated cluster has Linux nodes, whole node images and a cache with AcrPull.",
  source: ISOLATED,
  check: (spec) => {
    const { artifactCache, kind } = spec.network.egress;
    if (kind !== "none") {
      return [];
    }
    const { nodeOsChannel } = spec.upgrades;
    const abac = spec.registries.findIndex(
      ({ registry, mode }) =>
        // A registry has its name alone in all of Azure.
        mode === "abac" && isSameName(registry.name, artifactCache?.name ?? ""),
    );
    return [
      ...(["NodeImage", "None"].includes(nodeOsChannel)
        ? []
        : [
            {
              path: "upgrades.nodeOsChannel",
              message: `The channel ${nodeOsChannel} gets its packages from the internet, and nothing leaves the cluster.`,
              remedy: "Use NodeImage.",
              related: ["network.egress"],
            },
          ]),
      ...windowsPools(spec, "A network isolated cluster has no Windows nodes."),
      ...(abac < 0
        ? []
        : [
            {
              path: `registries.${abac}.mode`,
              message:
                "AKS needs AcrPull on the artifact cache, which the mode abac does not honour.",
              remedy: "Use another registry as the cache.",
              related: ["network.egress"],
            },
          ]),
    ];
  },
};

const advanced: Rule = {
  code: "HAKS-NET-015",
  severity: "error",
  title: "Advanced networking has the data plane cilium, and turns something on.",
  source: "https://learn.microsoft.com/azure/aks/advanced-container-networking-services-overview",
  check: ({ network: { advancedNetworking, dataPlane } }) => {
    const path = "network.advancedNetworking";
    if (!advancedNetworking) {
      return [];
    }
    return [
      ...(dataPlane === "cilium"
        ? []
        : [
            {
              path,
              message: `Advanced networking does not go with the data plane "${dataPlane}".`,
              remedy: "Use the data plane cilium, or leave advancedNetworking out.",
              related: ["network.dataPlane"],
            },
          ]),
      ...(advancedNetworking.observability || advancedNetworking.security
        ? []
        : [
            {
              path,
              message: "Advanced networking turns nothing on.",
              remedy: "Set observability or security to true, or leave advancedNetworking out.",
            },
          ]),
    ];
  },
};

const autoProvisioning: Rule = {
  code: "HAKS-NET-016",
  severity: "error",
  title:
    "Node auto-provisioning has no pod subnet, Calico, IPv6 or Windows nodes, and pools of a fixed size.",
  source: "https://learn.microsoft.com/azure/aks/node-auto-provisioning-networking",
  check: (spec) => {
    const { podNetwork, dataPlane } = spec.network;
    if (!spec.nodePools.autoProvisioning) {
      return [];
    }
    const related = ["nodePools.autoProvisioning"];
    return [
      ...(podNetwork.kind === "podSubnet"
        ? [
            {
              path: "network.podNetwork",
              message: "Node auto-provisioning does not take addresses of a pod subnet.",
              remedy: "Use an overlay.",
              related,
            },
          ]
        : []),
      ...(dataPlane === "cilium"
        ? []
        : [
            {
              path: "network.dataPlane",
              message: "Node auto-provisioning does not go with Calico.",
              remedy: "Use the data plane cilium.",
              related,
            },
          ]),
      ...windowsPools(spec, "Node auto-provisioning does not go with Windows nodes."),
      ...(spec.network.ipv6
        ? [
            {
              path: "network.ipv6",
              message: "Node auto-provisioning does not go with IPv6.",
              remedy: "Leave ipv6 out.",
              related,
            },
          ]
        : []),
      ...(spec.nodePools.autoscaler
        ? [
            {
              path: "nodePools.autoscaler",
              message: "Node auto-provisioning does not go with the autoscaler.",
              remedy: "Leave the autoscaler out.",
              related,
            },
          ]
        : []),
      ...allPools(spec)
        .filter(({ minCount, maxCount }) => maxCount > minCount)
        .map(({ path, name }) => ({
          path: `${path}.maxCount`,
          message: `The pool "${name}" scales by itself, which does not go with node auto-provisioning.`,
          remedy: "Leave maxCount out: further nodes are made as workloads need them.",
          related,
        })),
    ];
  },
};

const windowsOnCilium: Rule = {
  code: "HAKS-NET-017",
  severity: "error",
  title: "Windows nodes have the data plane azure.",
  source: "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium",
  check: (spec) =>
    spec.network.dataPlane === "cilium"
      ? windowsPools(spec, "The data plane cilium does not run on Windows nodes.")
      : [],
};

/** The rules about pod networks. */
export const POD_NETWORK_RULES: Rule[] = [
  kubenet,
  staticBlocks,
  dualStack,
  isolated,
  advanced,
  autoProvisioning,
  windowsOnCilium,
];

function windowsPools(spec: ResolvedSpec, message: string): Violation[] {
  return allPools(spec)
    .filter(({ os }) => os === "Windows")
    .map(({ path }) => ({
      path: `${path}.os`,
      message,
      remedy: "Use Linux nodes, or another cluster for Windows.",
      related: ["network"],
    }));
}
