// Descriptions that break the rules about single fields, and ones close to them that do not.
import {
  ClusterSpec,
  Defender,
  Egress,
  ExceptionName,
  LoadBalancerOptions,
  PodNetwork,
  PrivateDns,
  ResourceReference,
} from "../../lib";
import { DEPLOYERS, SMALL } from "../scenarios";
import type { RuleCase } from "./cluster-rules";

const network = (change: Partial<ClusterSpec["network"]>): ClusterSpec => ({
  ...SMALL,
  network: { ...SMALL.network, ...change },
});
const IPV6 = { podCidr: "fd12:3456:789a::/64", serviceCidr: "fd12:3456:789a:1::/108" };
const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });
const balancer = (options: LoadBalancerOptions, change: Partial<ClusterSpec["network"]> = {}) =>
  network({ egress: Egress.loadBalancer(options), ...change });
/** Two pools of `SMALL` with three nodes each, of which upgrades add one: eight nodes in all. */
const ports = (outboundPortsAllocated: number, managedOutboundIpCount = 1) =>
  balancer({ outboundPortsAllocated, managedOutboundIpCount });
const spot = (more: object): ClusterSpec => ({
  ...ports(5816),
  nodePools: {
    system: SMALL.nodePools.system,
    user: [
      { name: "apps", vmSize: "Standard_D4ds_v5" },
      { name: "more", vmSize: "Standard_D4ds_v5", ...more },
    ],
  },
});

const POD_SUBNET = { podNetwork: PodNetwork.podSubnet("pods") };
const ofApps = (pool: object, change: Partial<ClusterSpec["network"]> = {}): ClusterSpec => ({
  ...network(change),
  nodePools: {
    system: SMALL.nodePools.system,
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5", ...pool }],
  },
});

const identities = (
  change: ClusterSpec["identities"],
  more: Partial<ClusterSpec> = {},
): ClusterSpec => ({ ...SMALL, identities: { ...SMALL.identities, ...change }, ...more });
const DEPLOYED = { access: { deployers: [DEPLOYERS] } };
const CREATED = { resourceGroup: { name: "cluster-rg", create: true } };

const zone = (fqdnSubdomain?: string) =>
  PrivateDns.existingZone(named("privatelink.westeurope.azmk8s.io"), fqdnSubdomain);

const monitored = (defender: Defender): ClusterSpec => ({
  ...SMALL,
  monitoring: { ...SMALL.monitoring, defender },
});
const NO_DEFENDER = { name: ExceptionName.NO_DEFENDER, reason: "Another product does it." };

/** Code, what breaks it, where; and something close to it that is right. */
export const FIELD_CASES: RuleCase[] = [
  ...(
    [
      ["managedOutboundIpCount", 0, 1],
      ["managedOutboundIpCount", 101, 100],
      ["outboundPortsAllocated", -8, 0],
      ["outboundPortsAllocated", 64008, 8000],
      ["outboundPortsAllocated", 1001, 1000],
      ["idleTimeoutInMinutes", 3, 4],
      ["idleTimeoutInMinutes", 101, 100],
      ["idleTimeoutInMinutes", 4.5, 5],
    ] as const
  ).map(([name, wrong, right]): RuleCase => [
    "HAKS-NET-019",
    balancer({ [name]: wrong }),
    `network.egress.${name}`,
    balancer({ [name]: right }),
  ]),
  [
    "HAKS-NET-019",
    balancer({ managedOutboundIpv6Count: 0 }, { ipv6: IPV6 }),
    "network.egress.managedOutboundIpv6Count",
    balancer({ managedOutboundIpv6Count: 2 }, { ipv6: IPV6 }),
  ],
  [
    "HAKS-NET-020",
    balancer({ managedOutboundIpCount: 2, publicIps: [named("ip")] }),
    "network.egress.managedOutboundIpCount",
    balancer({ idleTimeoutInMinutes: 4, publicIps: [named("ip")] }),
  ],
  [
    "HAKS-NET-020",
    balancer({ managedOutboundIpCount: 2, publicIpPrefixes: [named("prefix")] }),
    "network.egress.managedOutboundIpCount",
    balancer({ managedOutboundIpCount: 2 }),
  ],
  [
    "HAKS-NET-020",
    balancer({ managedOutboundIpv6Count: 2 }),
    "network.egress.managedOutboundIpv6Count",
    balancer({ managedOutboundIpv6Count: 2 }, { ipv6: IPV6 }),
  ],
  ["HAKS-NET-021", ports(8008), "network.egress.outboundPortsAllocated", ports(8000)],
  ["HAKS-NET-021", ports(16008, 2), "network.egress.outboundPortsAllocated", ports(16000, 2)],
  [
    "HAKS-NET-021",
    balancer({ outboundPortsAllocated: 16000, publicIps: [named("ip")] }),
    "network.egress.outboundPortsAllocated",
    balancer({ outboundPortsAllocated: 16000, publicIps: [named("ip"), named("ip2")] }),
  ],
  // How many addresses a prefix has is not known.
  [
    "HAKS-NET-021",
    balancer({ outboundPortsAllocated: 64000, publicIps: [named("ip")] }),
    "network.egress.outboundPortsAllocated",
    balancer({ outboundPortsAllocated: 64000, publicIpPrefixes: [named("prefix")] }),
  ],
  [
    "HAKS-NET-022",
    ofApps({ podSubnet: "more" }),
    "nodePools.user.0.podSubnet",
    ofApps({ podSubnet: "more" }, POD_SUBNET),
  ],
  [
    "HAKS-NET-022",
    ofApps({ podSubnet: "more" }, { podNetwork: PodNetwork.flat() }),
    "nodePools.user.0.podSubnet",
    ofApps({}, { podNetwork: PodNetwork.flat() }),
  ],
  [
    "HAKS-NET-009",
    ofApps({ podSubnet: "api" }, { ...POD_SUBNET, apiServerSubnet: "api" }),
    "network.apiServerSubnet",
    ofApps({ podSubnet: "more" }, { ...POD_SUBNET, apiServerSubnet: "api" }),
  ],
  [
    "HAKS-ADDR-007",
    ofApps({ podSubnet: "GatewaySubnet" }, POD_SUBNET),
    "nodePools.user.0.podSubnet",
    ofApps({ podSubnet: "more" }, POD_SUBNET),
  ],
  [
    "HAKS-NAME-001",
    ofApps({ podSubnet: "-" }, POD_SUBNET),
    "nodePools.user.0.podSubnet",
    ofApps({ podSubnet: "more" }, POD_SUBNET),
  ],
  // 4 nodes with 128 addresses each.
  [
    "HAKS-ADDR-002",
    ofApps(
      { podSubnet: "more" },
      { ...POD_SUBNET, subnets: [{ name: "more", cidr: "10.240.0.0/23" }] },
    ),
    "network.subnets.0.cidr",
    ofApps(
      { podSubnet: "more" },
      { ...POD_SUBNET, subnets: [{ name: "more", cidr: "10.240.0.0/22" }] },
    ),
  ],
  [
    "HAKS-ID-002",
    identities({ kubelet: { resourceGroup: "Cluster-RG" } }),
    "identities.kubelet.resourceGroup",
    identities({ kubelet: { resourceGroup: "other-rg" } }),
  ],
  [
    "HAKS-ID-002",
    { ...SMALL, identities: { controlPlane: { resourceGroup: "other-rg" } } },
    "identities.resourceGroup.name",
    {
      ...SMALL,
      identities: {
        controlPlane: { resourceGroup: "other-rg" },
        kubelet: { resourceGroup: "other-rg" },
      },
    },
  ],
  [
    "HAKS-ID-004",
    identities({ controlPlane: { resourceGroup: "cluster-rg" } }, DEPLOYED),
    "identities.controlPlane.resourceGroup",
    identities({ controlPlane: { resourceGroup: "other-rg" } }, DEPLOYED),
  ],
  [
    "HAKS-ID-007",
    identities({ kubelet: { resourceGroup: "cluster-rg" } }, CREATED),
    "identities.kubelet.resourceGroup",
    identities({ kubelet: { resourceGroup: "cluster-rg", existing: true } }, CREATED),
  ],
  [
    "HAKS-NAME-001",
    identities({ kubelet: { resourceGroup: "ends-with." } }),
    "identities.kubelet.resourceGroup",
    identities({ kubelet: { resourceGroup: "ends-with" } }),
  ],
  [
    "HAKS-NAME-001",
    { ...SMALL, nodeResourceGroup: "nodes/rg" },
    "nodeResourceGroup",
    { ...SMALL, nodeResourceGroup: "nodes-rg" },
  ],
  [
    "HAKS-NAME-006",
    identities({ kubelet: { resourceGroup: "nodes-rg" } }, { nodeResourceGroup: "nodes-rg" }),
    "nodeResourceGroup",
    identities({ kubelet: { resourceGroup: "other-rg" } }, { nodeResourceGroup: "nodes-rg" }),
  ],
  ["HAKS-NAME-001", { ...SMALL, dnsPrefix: "a_b" }, "dnsPrefix", { ...SMALL, dnsPrefix: "a-B1" }],
  [
    "HAKS-NAME-001",
    { ...SMALL, dnsPrefix: "a".repeat(55) },
    "dnsPrefix",
    { ...SMALL, dnsPrefix: "a".repeat(54) },
  ],
  [
    "HAKS-NAME-001",
    { ...SMALL, privateDns: zone("a.b") },
    "privateDns.fqdnSubdomain",
    { ...SMALL, privateDns: zone("a-b") },
  ],
  [
    "HAKS-API-006",
    { ...SMALL, privateDns: zone("demo"), dnsPrefix: "demo" },
    "dnsPrefix",
    { ...SMALL, privateDns: zone(), dnsPrefix: "demo" },
  ],
  [
    "HAKS-NAME-002",
    network({ servicePublicIpPrefixes: [named("prefix"), named("Prefix")] }),
    "network.servicePublicIpPrefixes.1",
    network({ servicePublicIpPrefixes: [named("prefix"), named("prefix-2")] }),
  ],
  [
    "HAKS-HARD-003",
    monitored(Defender.off()),
    "monitoring.defender",
    { ...monitored(Defender.off()), exceptions: [NO_DEFENDER] },
  ],
  [
    "HAKS-HARD-003",
    monitored(Defender.off()),
    "monitoring.defender",
    monitored(Defender.byPolicy()),
  ],
  [
    "HAKS-HARD-004",
    { ...monitored(Defender.byPolicy()), exceptions: [NO_DEFENDER] },
    "exceptions.0.name",
    monitored(Defender.inWorkspace(named("security"))),
  ],
  // Azure adds no nodes to a spot pool: 11 nodes, and not 12.
  ["HAKS-NET-021", spot({}), "network.egress.outboundPortsAllocated", spot({ spot: {} })],
];
