// Failures of network and addresses. Pure.
import { Failure } from "./failure";

/** Network, names and addresses. */
export const FAILURES_WITH_NETWORK: Failure[] = [
  {
    messages: [
      "SystemAssignedIdentityNotSupportedForCustomPrivateDNSZone",
      "InvalidPrivateDNSZoneResourceID",
      "InvalidPrivateDNSZoneMode",
      "PrivateDNSZoneResourceNotFoundError",
      "FQDNSubdomainRecordAlreadyExistsError",
      "NonePrivateDNSZonePublicFQDNDisabledError",
    ],
    cause:
      "The zone is not the one of the region, does not exist, or holds the name of another cluster already.",
    who: "platform team",
    remedy: "Give a zone named privatelink.<region>.azmk8s.io, or one below it for this cluster.",
    rules: ["HAKS-NET-007", "HAKS-API-002", "HAKS-API-003"],
    note: "A name that is taken shows only in Azure.",
  },
  {
    messages: ["CreateOrUpdateVirtualNetworkLinkFailed … overlapping namespaces"],
    cause: "The virtual network is linked to another zone of the same name.",
    who: "NOC",
    remedy: "Remove that link, and use one zone for the region.",
  },
  {
    messages: [
      "CustomRouteTableWithUnsupportedMSIType",
      "CustomRouteTableCannotCrossSubscription",
      "TooManyCustomRouteTables",
      "CustomRouteTableInvalidUpdateAttempt",
    ],
    cause: "Rules of kubenet, which writes routes itself.",
    who: "platform team",
    remedy: "Use an overlay or a flat pod network.",
    rules: ["HAKS-NET-011"],
  },
  {
    messages: [
      "RouteTableMissingDefaultRouteError",
      "RouteTableInvalidNextHop",
      "ExistingRouteTableNotAssociatedWithSubnet",
    ],
    cause: "The traffic is to leave by a route table, which is not there or has no way out.",
    who: "NOC",
    remedy: "Attach a route table with a route for 0.0.0.0/0 to a firewall to each node subnet.",
    preflight: ["routeTable"],
    note: "The routes in it show only in Azure.",
  },
  {
    messages: [
      "ManagedNATGatewayWithCustomVNetNotAllowed",
      "UserAssignedNATGatewayWithManagedVNetNotAllowed",
      "SubnetNotAssociatedWithNATGateway",
      "NATGatewayNotAssociatedWithPublicIPOrIPPrefix",
    ],
    cause: "The node subnet has no NAT gateway, or one without a public IP.",
    who: "NOC",
    remedy: "Attach a NAT gateway with a public IP to each node subnet.",
    note: "Egress knows the NAT gateway of the NOC alone. Lookups of subnets do not show it.",
  },
  {
    messages: ["InsufficientSubnetSize", "InsufficientPodCidr", "SubnetIsFull"],
    cause:
      "Nodes, the nodes that upgrades add, and pods need more addresses than there are. A subnet in use cannot be resized.",
    who: "NOC",
    remedy:
      "Give a larger subnet, before the cluster exists. npm run addresses shows what is needed.",
    rules: ["HAKS-ADDR-002", "HAKS-ADDR-003", "HAKS-ADDR-009"],
    preflight: ["subnetSize"],
    note: "What else takes addresses of the subnet is not counted.",
  },
  {
    messages: [
      "SubnetIsDelegated",
      "ResourceNotPermittedOnDelegatedSubnet",
      "SubnetWithExternalResourcesCannotBeUsedByOtherResources",
      "ApiserverSubnetConfigError",
      "DelegateSubnetError",
    ],
    cause:
      "The subnet is delegated to another service, or the one of the API server is used by something else.",
    who: "NOC",
    remedy:
      "Take the delegation away; delegate only the subnet of the API server, to Microsoft.ContainerService/managedClusters.",
    rules: ["HAKS-NET-009", "HAKS-ADDR-007"],
    note: "Lookups of subnets do not show delegations.",
  },
  {
    messages: [
      "ServiceCidrOverlapExistingSubnetsCidr",
      "SubnetCidrOverlapServiceCidr",
      "PodCidrOverlapServiceCidr",
      "PodCidrOverlapExistingSubnetsCidr",
    ],
    cause: "Ranges of pods, services and subnets overlap.",
    who: "platform team",
    remedy: "Choose ranges that nobody uses; they cannot be changed later.",
    rules: ["HAKS-NET-002", "HAKS-ADDR-006"],
    preflight: ["subnetRanges", "networkRanges"],
  },
  {
    messages: [
      "DnsServiceIpOutOfServiceCidr",
      "DnsServiceIpConflicting",
      "DnsBroadcastAddressConflicting",
    ],
    cause: "The address of the DNS service is not in the service range, or at its edge.",
    who: "platform team",
    remedy: "Leave network.dnsServiceIp out.",
    rules: ["HAKS-NET-005"],
  },
  {
    messages: [
      "K8SAPIServerDNSLookupFailVMExtensionError (52)",
      "K8SAPIServerConnFailVMExtensionError (51)",
      "OutboundConnFailVMExtensionError (50)",
    ],
    cause:
      "Nodes do not find or reach the API server, or the internet: DNS, a network security group or a firewall.",
    who: "NOC",
    remedy:
      "Let the DNS servers of the network ask 168.63.129.16, link the zone to their network, open what AKS needs.",
  },
  {
    messages: ["InvalidResourceReference … both resources are in the same region"],
    cause: "Nodes join virtual networks of their own region only.",
    who: "platform team",
    remedy: "Take the region of the network, or a network in the region.",
    preflight: ["networkRegion"],
  },
];
