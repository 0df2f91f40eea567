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
      "The zone belongs to another region, does not exist, or already holds the name of another cluster.",
    who: "platform team",
    remedy: "Use a zone named privatelink.<region>.azmk8s.io, or a zone below it for this cluster.",
    rules: ["HAKS-NET-007", "HAKS-API-002", "HAKS-API-003"],
    note: "Only Azure shows names that are in use.",
  },
  {
    messages: ["CreateOrUpdateVirtualNetworkLinkFailed … overlapping namespaces"],
    cause: "The virtual network is linked to another zone with the same name.",
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
    cause: "These are rules of kubenet, which writes routes itself.",
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
    cause: "The egress is a route table, which is missing or has no default route.",
    who: "NOC",
    remedy: "Attach a route table with a route for 0.0.0.0/0 to a firewall to each node subnet.",
    preflight: ["routeTable"],
    note: "Only Azure shows the routes in it.",
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
    note: "Egress supports only a NAT gateway of the NOC. Lookups of subnets do not return it.",
  },
  {
    messages: ["InsufficientSubnetSize", "InsufficientPodCidr", "SubnetIsFull"],
    cause:
      "The subnet has too few addresses for nodes, surge nodes of upgrades, and pods. A subnet in use cannot be resized.",
    who: "NOC",
    remedy:
      "Provide a larger subnet before the cluster exists. npm run addresses prints the required size.",
    rules: ["HAKS-ADDR-002", "HAKS-ADDR-003", "HAKS-ADDR-009"],
    preflight: ["subnetSize"],
    note: "Other users of the subnet are not counted.",
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
      "The subnet is delegated to another service, or the subnet of the API server has other users.",
    who: "NOC",
    remedy:
      "Remove the delegation; delegate only the subnet of the API server, to Microsoft.ContainerService/managedClusters.",
    rules: ["HAKS-NET-009", "HAKS-ADDR-007"],
    note: "Lookups of subnets do not return delegations.",
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
    remedy: "Choose unused ranges; they cannot be changed later.",
    rules: ["HAKS-NET-002", "HAKS-ADDR-006"],
    preflight: ["subnetRanges", "networkRanges"],
  },
  {
    messages: [
      "DnsServiceIpOutOfServiceCidr",
      "DnsServiceIpConflicting",
      "DnsBroadcastAddressConflicting",
    ],
    cause: "The address of the DNS service is outside the service range, or at its edge.",
    who: "platform team",
    remedy: "Remove network.dnsServiceIp.",
    rules: ["HAKS-NET-005"],
  },
  {
    messages: [
      "K8SAPIServerDNSLookupFailVMExtensionError (52)",
      "K8SAPIServerConnFailVMExtensionError (51)",
      "OutboundConnFailVMExtensionError (50)",
    ],
    cause:
      "Nodes cannot resolve or reach the API server, or cannot reach the internet, because of DNS, a network security group or a firewall.",
    who: "NOC",
    remedy:
      "Let the DNS servers of the network forward to 168.63.129.16, link the zone to their network, and open the ports and addresses that AKS requires.",
  },
  {
    messages: [
      "PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled",
      "A service with a Private Link service stays pending",
    ],
    cause: "The subnet has Private Link policies.",
    who: "NOC",
    remedy: "Set private_link_service_network_policies_enabled = false on the subnet.",
    preflight: ["privateLinkPolicies"],
    note: "With network.privateLinkPolicies, AKS does this itself, and needs the right to change the subnet.",
  },
  {
    messages: ["InvalidResourceReference … both resources are in the same region"],
    cause: "Nodes can only join virtual networks in the same region.",
    who: "platform team",
    remedy: "Use the region of the network, or a network in the region.",
    preflight: ["networkRegion"],
  },
];
