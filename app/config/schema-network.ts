// The network in haks.yaml. Pure.
import { DataPlane, PodAllocation } from "../../lib";
import * as v from "valibot";
import { NAME_RULES } from "../../lib/spec/naming";
import {
  choice,
  flag,
  group,
  kind,
  list,
  meta,
  named,
  reference,
  resource,
  text,
  wholeNumber,
} from "./schema-fields";

const { optional } = v;

export const network = group("The network, which belongs to the NOC and exists.", {
  virtualNetwork: reference(
    "The virtual network, which exists.",
    NAME_RULES.virtualNetwork,
    "Microsoft.Network/virtualNetworks",
  ),
  nodeSubnet: named(
    NAME_RULES.subnet,
    "Name of the subnet of the nodes, in the virtual network.",
    "aks-nodes",
  ),
  podNetwork: optional(
    v.pipe(
      v.variant("type", [
        v.strictObject({
          type: kind("overlay", "Pods have a range of their own."),
          podCidr: optional(
            text(
              "Range of the pods, in CIDR notation; each node takes a /24 of it. Default: 10.244.0.0/16.",
              "10.244.0.0/16",
            ),
          ),
        }),
        v.strictObject({ type: kind("flat", "Pods take addresses of the node subnet.") }),
        v.strictObject({
          type: kind("podSubnet", "Pods take addresses of a subnet of their own."),
          subnet: named(NAME_RULES.subnet, "Name of that subnet.", "aks-pods"),
          allocation: optional(
            choice(
              "How nodes get addresses for their pods; azurerm 4 cannot do staticBlock, which is refused. Default: dynamic.",
              Object.values(PodAllocation),
            ),
          ),
        }),
        v.strictObject({
          type: kind("kubenet", "Refused: kubenet is retired on 2028-03-31."),
        }),
      ]),
      meta("Where pods get their addresses from. Default: overlay."),
    ),
  ),
  dataPlane: optional(
    choice(
      "What moves packets and holds pods to network policies; azure comes with Calico. Default: cilium.",
      Object.values(DataPlane),
    ),
  ),
  serviceCidr: optional(
    text("Range of the cluster's services, in CIDR notation. Default: 10.0.0.0/16.", "10.0.0.0/16"),
  ),
  dnsServiceIp: optional(
    text("Address of the DNS service, in serviceCidr. Default: its tenth address.", "10.0.0.10"),
  ),
  ipv6: optional(
    group("IPv6 ranges: nodes, pods and services get addresses of both families. Overlay only.", {
      podCidr: text("Range of the pods; a prefix of /64 or shorter.", "fd12:3456:789a::/64"),
      serviceCidr: text(
        "Range of the services; a prefix of /108 to /124.",
        "fd12:3456:789a:1::/108",
      ),
    }),
  ),
  advancedNetworking: optional(
    group("Advanced Container Networking Services, which cost extra. Data plane cilium only.", {
      observability: optional(
        flag("Whether flows and metrics of the network can be looked at. Default: false."),
      ),
      security: optional(
        flag("Whether network policies can name domains and paths. Default: false."),
      ),
    }),
  ),
  egress: v.pipe(
    v.variant("type", [
      v.strictObject({
        type: kind("userDefinedRouting", "By the route table of the node subnet, to a firewall."),
        routeTable: optional(
          resource(
            "The route table, if the control plane is to read it: needed only where AKS reports CustomRouteTableMissingPermission. Default: not read.",
            "Microsoft.Network/routeTables",
          ),
        ),
      }),
      v.strictObject({
        type: kind("natGateway", "By the NAT gateway that is attached to the node subnet."),
      }),
      v.strictObject({
        type: kind("loadBalancer", "By a load balancer with public addresses."),
        publicIps: optional(
          list(
            "Public IPs that exist. Default: AKS creates one.",
            resource("A public IP.", "Microsoft.Network/publicIPAddresses"),
          ),
        ),
        publicIpPrefixes: optional(
          list(
            "Public IP prefixes that exist. Default: none.",
            resource("A public IP prefix.", "Microsoft.Network/publicIPPrefixes"),
          ),
        ),
      }),
      v.strictObject({
        type: kind("none", "Nothing leaves the cluster (network isolated)."),
        artifactCache: reference(
          "The registry that caches what AKS needs: Premium, with a private endpoint and the cache rule aks-managed-mcr.",
          NAME_RULES.registry,
          "Microsoft.ContainerRegistry/registries",
        ),
      }),
    ]),
    meta("How traffic leaves the cluster."),
  ),
  apiServerSubnet: optional(
    named(
      NAME_RULES.subnet,
      "Name of a subnet for the API server, delegated to Microsoft.ContainerService/managedClusters: turns API Server VNet Integration on. Default: none.",
      "aks-api",
    ),
  ),
  loadBalancerSubnets: optional(
    list(
      "Further subnets, for frontends of internal load balancers. Default: none.",
      named(NAME_RULES.subnet, "Name of a subnet.", "aks-frontends"),
    ),
  ),
  privateLinkServices: optional(
    flag(
      "Whether services may publish themselves by Private Link, for which AKS changes the node subnets. Default: false.",
    ),
  ),
  servicePublicIps: optional(
    list(
      "Public IPs that exist, for services of the type LoadBalancer. Default: none.",
      resource("A public IP.", "Microsoft.Network/publicIPAddresses"),
    ),
  ),
  subnets: optional(
    list(
      "Ranges of the subnets in the virtual network, which the NOC knows: npm run addresses compares what is needed with them. Default: not known.",
      group("A subnet with its range.", {
        name: named(NAME_RULES.subnet, "Name of the subnet.", "aks-nodes"),
        cidr: text("Its range, in CIDR notation.", "10.240.0.0/22"),
      }),
    ),
  ),
  internalLoadBalancers: optional(
    wholeNumber(
      "Expected number of frontends of internal load balancers in the node subnet. Default: 2.",
      0,
      600,
    ),
  ),
  peeredRanges: optional(
    list(
      "Ranges of peered networks and of networks on premises; pods and services keep off them. Default: none.",
      text("A range, in CIDR notation.", "10.0.0.0/22"),
    ),
  ),
});

export const apiServer = v.pipe(
  v.variant("type", [
    v.strictObject({
      type: kind("private", "From the virtual network and what is connected with it."),
    }),
    v.strictObject({
      type: kind("public", "From ranges of the internet. Takes the exception publicApiServer."),
      authorizedRanges: list(
        "The ranges: 1 to 200, also those that the nodes come from.",
        text("A public IPv4 address, or a range in CIDR notation.", "203.0.113.0/24"),
      ),
    }),
  ]),
  meta("From where the API server can be reached. Default: private."),
);

export const privateDns = v.pipe(
  v.variant("type", [
    v.strictObject({ type: kind("system", "AKS creates the zone.") }),
    v.strictObject({
      type: kind("zone", "A zone that exists."),
      zone: reference(
        "The zone, named privatelink.<location>.azmk8s.io or below it.",
        NAME_RULES.privateDnsZone,
        "Microsoft.Network/privateDnsZones",
      ),
    }),
    v.strictObject({
      type: kind("none", "No zone: the name is in public DNS. Takes the exception publicFqdn."),
    }),
  ]),
  meta("The DNS zone of the private API server. Default: system."),
);
