// The fields of the description about the network, and where az has them: one row for each. Pure.
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Fields } from "../config/file-schema";
import { grantedScopes } from "./granted";
import { CHANGE_POLICY_ENGINE } from "./network-policy";
import { systemPool } from "./pools";
import {
  Row,
  Source,
  idsOf,
  nameIn,
  nonEmpty,
  nonEmptyGroup,
  reference,
  referenceList,
} from "./source";

const PROFILE = "networkProfile";
const LOAD_BALANCER = `${PROFILE}.loadBalancerProfile`;

/** The network. */
export const NETWORK_ROWS: readonly Row[] = [
  {
    field: "network.virtualNetwork",
    from: "agentPoolProfiles[].vnetSubnetId of the system pool",
    read: (source) => reference(networkIdOf(source), source),
  },
  {
    field: "network.nodeSubnet",
    from: "agentPoolProfiles[].vnetSubnetId of the system pool",
    read: ({ exports }) => nameIn(systemPool(exports)?.text("vnetSubnetId")),
  },
  {
    field: "network.subnets",
    from: "subnets[].addressPrefix of az network vnet subnet list",
    read: (source) => {
      const used = usedSubnets(source);
      const ranges = source.exports.subnets
        .filter(({ id }) => isInNetwork(id, source))
        .flatMap(({ id, cidrs: [cidr] }) => {
          const name = nameIn(id) ?? "";
          return cidr !== undefined && includes(used, name) ? [{ name, cidr }] : [];
        });
      return nonEmpty(ranges);
    },
  },
  {
    field: "network.podNetwork",
    from: `${PROFILE}.networkPlugin, .networkPluginMode, .podCidr, agentPoolProfiles[0].podSubnetId`,
    read: podNetwork,
  },
  {
    field: "network.dataPlane",
    from: `${PROFILE}.networkDataplane, .networkPolicy`,
    read: dataPlane,
  },
  {
    field: "network.serviceCidr",
    from: `${PROFILE}.serviceCidr`,
    read: ({ cluster }) => {
      const [first] = cluster.texts(`${PROFILE}.serviceCidrs`);
      return cluster.text(`${PROFILE}.serviceCidr`) ?? first;
    },
  },
  {
    field: "network.dnsServiceIp",
    from: `${PROFILE}.dnsServiceIp`,
    read: ({ cluster }) => cluster.text(`${PROFILE}.dnsServiceIp`),
  },
  {
    field: "network.ipv6",
    from: `${PROFILE}.podCidrs[1], .serviceCidrs[1]`,
    read: ({ cluster }) => {
      const [podCidr] = cluster.texts(`${PROFILE}.podCidrs`).filter(isIpv6);
      const [serviceCidr] = cluster.texts(`${PROFILE}.serviceCidrs`).filter(isIpv6);
      const families = cluster.texts(`${PROFILE}.ipFamilies`);
      return families.includes("IPv6") && podCidr && serviceCidr
        ? { podCidr, serviceCidr }
        : undefined;
    },
  },
  {
    field: "network.advancedNetworking",
    from: `${PROFILE}.advancedNetworking`,
    read: ({ cluster }) => {
      const profile = `${PROFILE}.advancedNetworking`;
      const isOn = cluster.flag(`${profile}.enabled`) !== false;
      const observability = cluster.flag(`${profile}.observability.enabled`) === true;
      const security = cluster.flag(`${profile}.security.enabled`) === true;
      return isOn && (observability || security) ? { observability, security } : undefined;
    },
  },
  { field: "network.egress", from: `${PROFILE}.outboundType, .loadBalancerProfile`, read: egress },
  {
    field: "network.apiServerSubnet",
    from: "apiServerAccessProfile.subnetId",
    read: ({ cluster }) =>
      cluster.flag("apiServerAccessProfile.enableVnetIntegration") === true
        ? nameIn(cluster.text("apiServerAccessProfile.subnetId"))
        : undefined,
  },
  {
    field: "network.loadBalancerSubnets",
    from: "role assignments on other subnets",
    read: (source) => nonEmpty(loadBalancerSubnets(source)),
  },
  {
    field: "network.privateLinkServices",
    from: "subnets[].privateLinkServiceNetworkPolicies of az network vnet subnet list",
    read: (source) => {
      const frontends = loadBalancerSubnets(source);
      const names = frontends.length > 0 ? frontends : poolSubnets(source);
      const known = source.exports.subnets.filter(
        ({ id }) => isInNetwork(id, source) && includes(names, nameIn(id) ?? ""),
      );
      return known.some((one) => !one.hasPrivateLinkServicePolicies) || undefined;
    },
  },
  {
    field: "network.privateLinkPolicies",
    from: "role assignments on network security groups, NAT gateways and route tables",
    read: (source) => {
      const on = (type: string) => referenceList(grantedScopes(source, type), source);
      const networkSecurityGroups = on("Microsoft.Network/networkSecurityGroups");
      const natGateways = on("Microsoft.Network/natGateways");
      const isEgress = source.cluster.text(`${PROFILE}.outboundType`) === "userDefinedRouting";
      const routeTables = isEgress ? undefined : on("Microsoft.Network/routeTables");
      return nonEmptyGroup({
        ...(networkSecurityGroups && { networkSecurityGroups }),
        ...(natGateways && { natGateways }),
        ...(routeTables && { routeTables }),
      });
    },
  },
  {
    field: "network.servicePublicIps",
    from: "role assignments on public IPs",
    read: (source) => otherAddresses(source, "publicIPAddresses", "outboundIPs.publicIPs"),
  },
  {
    field: "network.servicePublicIpPrefixes",
    from: "role assignments on public IP prefixes",
    read: (source) =>
      otherAddresses(source, "publicIPPrefixes", "outboundIPPrefixes.publicIPPrefixes"),
  },
  {
    field: "network.peeredRanges",
    from: "virtualNetworkPeerings[].remoteAddressSpace of az network vnet show",
    read: ({ exports }) =>
      nonEmpty([...new Set(exports.peeredRanges)].filter((one) => !isIpv6(one))),
  },
];

/** Returns the id of the virtual network that the nodes are in; undefined if AKS made it. */
export function networkIdOf({ exports }: Pick<Source, "exports">): string | undefined {
  const id = systemPool(exports)?.text("vnetSubnetId");
  return id?.replace(/\/subnets\/[^/]+$/i, "");
}

function podNetwork(source: Source): unknown {
  const { cluster, exports, note } = source;
  const plugin = cluster.text(`${PROFILE}.networkPlugin`);
  const mode = cluster.text(`${PROFILE}.networkPluginMode`);
  const [first] = cluster.texts(`${PROFILE}.podCidrs`);
  const podCidr = cluster.text(`${PROFILE}.podCidr`) ?? first;
  const pods = exports.pools.map((one) => one.text("podSubnetId")).find((one) => one);
  if (plugin !== "azure") {
    note(
      "network.podNetwork",
      `The cluster has the network plugin ${plugin ?? "none"}, which the description cannot express. It has an overlay: move the cluster to it first (az aks update --network-plugin azure --network-plugin-mode overlay), or Terraform replaces the cluster.`,
    );
  }
  if (plugin === "azure" && mode !== "overlay") {
    return pods === undefined ? { type: "flat" } : { type: "podSubnet", subnet: nameIn(pods) };
  }
  return { type: "overlay", ...(podCidr === undefined ? {} : { podCidr }) };
}

function dataPlane({ cluster, note }: Source): unknown {
  const plane = cluster.text(`${PROFILE}.networkDataplane`) === "cilium" ? "cilium" : "azure";
  const policy = cluster.text(`${PROFILE}.networkPolicy`) ?? "none";
  const described = plane === "cilium" ? "cilium" : "calico";
  if (policy !== described) {
    note(
      "network.dataPlane",
      policy === "none"
        ? `No network policies are enforced. The description enforces them with ${described}, which Azure turns on in place; pods without a policy are not affected.`
        : `Network policies are enforced by ${policy}, and the description has ${described}: Terraform would replace the cluster. ${CHANGE_POLICY_ENGINE}`,
    );
  }
  return plane;
}

const EGRESS: { readonly [outboundType: string]: string } = {
  userAssignedNATGateway: "natGateway",
  userDefinedRouting: "userDefinedRouting",
  loadBalancer: "loadBalancer",
  none: "none",
};

function egress(source: Source): unknown {
  const { cluster, note } = source;
  const outbound = cluster.text(`${PROFILE}.outboundType`) ?? "loadBalancer";
  const type = Object.hasOwn(EGRESS, outbound) ? EGRESS[outbound] : undefined;
  const artifactCache = reference(cluster.text("bootstrapProfile.containerRegistryId"), source);
  const [routeTable] = referenceList(
    grantedScopes(source, "Microsoft.Network/routeTables"),
    source,
  ) ?? [undefined];
  if (type === undefined || (type === "none" && !artifactCache)) {
    note(
      "network.egress",
      `Traffic leaves the cluster by ${outbound}, which the description cannot express; it has a load balancer. Choose the egress that the cluster is to have.`,
    );
    return { type: "loadBalancer" };
  }
  switch (type) {
    case "userDefinedRouting":
      return { type, ...(routeTable && { routeTable }) };
    case "none":
      return { type, artifactCache };
    case "loadBalancer":
      return { type, ...loadBalancerOptions(source) };
    default:
      return { type };
  }
}

function loadBalancerOptions(source: Source): Fields {
  const { cluster } = source;
  const number = (path: string, standard: number) => {
    const value = cluster.number(`${LOAD_BALANCER}.${path}`);
    return value === standard ? undefined : value;
  };
  const options = {
    publicIps: referenceList(idsOf(cluster.list(`${LOAD_BALANCER}.outboundIPs.publicIPs`)), source),
    publicIpPrefixes: referenceList(
      idsOf(cluster.list(`${LOAD_BALANCER}.outboundIPPrefixes.publicIPPrefixes`)),
      source,
    ),
    managedOutboundIpCount: number("managedOutboundIPs.count", 1),
    managedOutboundIpv6Count: number("managedOutboundIPs.countIPv6", 1),
    outboundPortsAllocated: number("allocatedOutboundPorts", 0),
    idleTimeoutInMinutes: number("idleTimeoutInMinutes", 30),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The names of the subnets of pools, for nodes and for pods. */
function poolSubnets({ exports }: Source): string[] {
  return exports.pools.flatMap((one) =>
    [one.text("vnetSubnetId"), one.text("podSubnetId")].flatMap((id) => nameIn(id) ?? []),
  );
}

function usedSubnets(source: Source): string[] {
  const ofApi = nameIn(source.cluster.text("apiServerAccessProfile.subnetId"));
  return [...poolSubnets(source), ...loadBalancerSubnets(source), ...(ofApi ? [ofApi] : [])];
}

/** The names of subnets that the control plane may join, and no pool and not the API server is in. */
function loadBalancerSubnets(source: Source): string[] {
  const ofApi = nameIn(source.cluster.text("apiServerAccessProfile.subnetId")) ?? "";
  const others = [...poolSubnets(source), ofApi];
  return grantedScopes(source, "Microsoft.Network/virtualNetworks/subnets")
    .filter((id) => isInNetwork(id, source))
    .flatMap((id) => nameIn(id) ?? [])
    .filter((name) => !includes(others, name));
}

/** The public addresses that the control plane may join, without those of egress. */
function otherAddresses(source: Source, type: string, outbound: string): Fields[] | undefined {
  const ofEgress = idsOf(source.cluster.list(`${LOAD_BALANCER}.${outbound}`));
  const ids = grantedScopes(source, `Microsoft.Network/${type}`);
  return referenceList(
    ids.filter((id) => !includes(ofEgress, id)),
    source,
  );
}

function isInNetwork(id: string, source: Source): boolean {
  return isSameName(id.replace(/\/subnets\/[^/]+$/i, ""), networkIdOf(source) ?? "");
}

function includes(names: readonly string[], name: string): boolean {
  return names.some((one) => isSameName(one, name));
}

function isIpv6(range: string): boolean {
  return range.includes(":");
}

/** Whether the nodes are in a network that exists outside of the cluster. */
export function hasBroughtNetwork(source: Pick<Source, "exports">): boolean {
  return parseResourceId(networkIdOf(source) ?? "") !== undefined;
}
