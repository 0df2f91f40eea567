// The types of resources that roles are granted on: one row for each. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { BUILT_IN_ROLES } from "../spec/built-in-roles";
import { NAME_RULES, NameRule, isSameName } from "../spec/naming";
import { isIdentityKind } from "../spec/identities";
import { entryOf } from "../spec/tables";

interface Row {
  /** Resource type in Azure. */
  readonly type: string;
  /** Its name in sentences. */
  readonly words: string;
  /** Its name in Terraform addresses, which are a promise. */
  readonly prefix: string;
  /** Whether earlier addresses had the resource group, too; today all have it. */
  readonly hadGroup?: boolean;
  /** Rule for its names; by default that of most resources. */
  readonly rule?: NameRule;
  /**
   * The operations on a resource and on its parts that a role can allow: what wildcards of roles are counted
   * against. After the type, with spaces between them; `*` stands for read, write and delete.
   *
   * @see https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
   */
  readonly operations: string;
  /** The same for data, which actions of a role do not reach. */
  readonly dataOperations?: string;
  /** Whether it is a resource group on which a role is granted that Microsoft documents for the group alone. */
  readonly isGroup?: boolean;
  /** The type of the resources that the operations are on, if roles are granted on what holds them. */
  readonly rightsOn?: string;
}

/** A type of resources. */
export interface ResourceType extends Omit<Row, "operations" | "dataOperations"> {
  /** Its name in the table, by which a description says who grants on such resources. */
  readonly owner: string;
  /** The team that owns such resources, and grants on them unless the description says otherwise. */
  readonly team: GrantingTeam;
  /** Absent for a type that the table has no row for. */
  readonly operations?: readonly string[];
  readonly dataOperations?: readonly string[];
}

const SUBNET = `* join/action joinViaServiceEndpoint/action joinLoadBalancer/action virtualMachines/read
  prepareNetworkPolicies/action unprepareNetworkPolicies/action contextualServiceEndpointPolicies/*
  resourceNavigationLinks/* serviceAssociationLinks/* serviceAssociationLinks/validate/action
  serviceAssociationLinks/details/read`;

const GROUPS = "Microsoft.Resources/resourceGroups";

const GATEWAYS = "Microsoft.ServiceNetworking/trafficControllers";

const GATEWAY = "* frontends/* associations/* securityPolicies/*";

const KUBERNETES = "Microsoft.ContainerService/managedClusters";

/** The operations in Kubernetes: those that the roles for it name, and what only its admins may do. */
function kubernetesData(): string {
  const named = BUILT_IN_ROLES.flatMap(({ dataActions = [], notDataActions = [] }) => [
    ...dataActions,
    ...notDataActions,
  ])
    .filter((action) => action.startsWith(`${KUBERNETES}/`) && action !== `${KUBERNETES}/*`)
    .map((action) => `/${action}`);
  const admins = [
    "nodes",
    "rbac.authorization.k8s.io/roles",
    "rbac.authorization.k8s.io/rolebindings",
    "rbac.authorization.k8s.io/clusterroles",
    "rbac.authorization.k8s.io/clusterrolebindings",
  ].map((kind) => `/${KUBERNETES}/${kind}/*`);
  return [...new Set([...named, ...admins])].join(" ");
}

/** Resource types that the network team owns. */
const NETWORK = {
  subnet: {
    type: "Microsoft.Network/virtualNetworks/subnets",
    words: "subnet",
    prefix: "subnet",
    rule: NAME_RULES.subnet,
    operations: SUBNET,
  },
  virtualNetwork: {
    type: "Microsoft.Network/virtualNetworks",
    words: "virtual network",
    prefix: "vnet",
    rule: NAME_RULES.virtualNetwork,
    operations: `* join/action joinLoadBalancer/action peer/action BastionHosts/action
      checkIpAddressAvailability/read ddosProtectionStatus/action privateDnsZoneLinks/read usages/read
      virtualMachines/read virtualNetworkPeerings/* ${SUBNET.replace(/\S+/g, "subnets/$&")}`,
  },
  routeTable: {
    type: "Microsoft.Network/routeTables",
    words: "route table",
    prefix: "route-table",
    hadGroup: true,
    operations: "* join/action routes/*",
  },
  networkSecurityGroup: {
    type: "Microsoft.Network/networkSecurityGroups",
    words: "network security group",
    prefix: "network-security-group",
    operations: "* join/action defaultSecurityRules/read securityRules/*",
  },
  natGateway: {
    type: "Microsoft.Network/natGateways",
    words: "NAT gateway",
    prefix: "nat-gateway",
    operations: "* join/action",
  },
  publicIp: {
    type: "Microsoft.Network/publicIPAddresses",
    words: "public IP",
    prefix: "public-ip",
    hadGroup: true,
    operations: "* join/action ddosProtectionStatus/action dnsAliases/*",
  },
  // The one thing on it is to list the public IPs in it.
  publicIpGroup: {
    type: GROUPS,
    words: "resource group of public IPs",
    prefix: "public-ip-group",
    rightsOn: "Microsoft.Network/publicIPAddresses",
    operations: "/Microsoft.Network/publicIPAddresses/read",
  },
  publicIpPrefix: {
    type: "Microsoft.Network/publicIPPrefixes",
    words: "public IP prefix",
    prefix: "public-ip-prefix",
    hadGroup: true,
    operations: "* join/action",
  },
  privateDnsZone: {
    type: "Microsoft.Network/privateDnsZones",
    words: "private DNS zone",
    prefix: "zone",
    rule: NAME_RULES.privateDnsZone,
    operations: `* join/action recordsets/read virtualNetworkLinks/*
      A/* AAAA/* CNAME/* MX/* PTR/* SOA/* SRV/* TXT/*`,
  },
  // In addresses it is called as before there was a row for it.
  dnsZone: {
    type: "Microsoft.Network/dnsZones",
    words: "DNS zone",
    prefix: "dns-zones",
    rule: NAME_RULES.privateDnsZone,
    operations: `* all/read recordsets/read dnssecConfigs/*
      A/* AAAA/* CAA/* CNAME/* DS/* MX/* NAPTR/* NS/* PTR/* SOA/* SRV/* TLSA/* TXT/*`,
  },
} satisfies { [owner: string]: Row };

/** Resource types that the identity team owns. */
const IDENTITY = {
  identity: {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    words: "managed identity",
    prefix: "identity",
    rule: NAME_RULES.identity,
    operations: `* assign/action revokeTokens/action listAssociatedResources/action
      federatedIdentityCredentials/*`,
  },
  registry: {
    type: "Microsoft.ContainerRegistry/registries",
    words: "container registry",
    prefix: "registry",
    rule: NAME_RULES.registry,
    operations: `* listCredentials/action regenerateCredential/action importImage/action pull/read push/write
      artifacts/delete`,
    dataOperations: "repositories/metadata/* repositories/content/* catalog/read",
  },
  diskEncryptionSet: {
    type: "Microsoft.Compute/diskEncryptionSets",
    words: "disk encryption set",
    prefix: "disk-encryption-set",
    operations: "*",
  },
  keyVault: {
    type: "Microsoft.KeyVault/vaults",
    words: "key vault",
    prefix: "key-vault",
    operations: `* deploy/action privateEndpointConnectionsApproval/action privateEndpointConnections/*
      accessPolicies/write secrets/read secrets/write keys/read keys/write`,
    dataOperations: `keys/read keys/update/action keys/backup/action keys/encrypt/action keys/decrypt/action
      keys/wrap/action keys/unwrap/action keys/sign/action keys/verify/action keys/create/action keys/delete
      secrets/getSecret/action secrets/readMetadata/action secrets/setSecret/action secrets/delete
      certificates/read`,
  },
  capacityReservationGroup: {
    type: "Microsoft.Compute/capacityReservationGroups",
    words: "capacity reservation group",
    prefix: "capacity-reservation-group",
    hadGroup: true,
    operations: `* deploy/action share/action
      capacityReservations/* capacityReservations/deploy/action`,
  },
  hostGroup: {
    type: "Microsoft.Compute/hostGroups",
    words: "host group",
    prefix: "host-group",
    hadGroup: true,
    operations: "* hosts/* hosts/restart/action hosts/redeploy/action",
  },
  disk: {
    type: "Microsoft.Compute/disks",
    words: "disk",
    prefix: "disk",
    hadGroup: true,
    operations: "* beginGetAccess/action endGetAccess/action",
  },
  storageAccount: {
    type: "Microsoft.Storage/storageAccounts",
    words: "storage account",
    prefix: "storage-account",
    operations: `* listKeys/action regeneratekey/action listAccountSas/action listServiceSas/action
      failover/action revokeUserDelegationKeys/action privateEndpointConnections/*
      fileServices/shares/* blobServices/containers/*`,
  },
  logAnalyticsWorkspace: {
    type: "Microsoft.OperationalInsights/workspaces",
    words: "Log Analytics workspace",
    prefix: "workspace",
    operations: `* sharedKeys/action sharedKeys/read search/action analytics/query/action query/read
      savedSearches/*`,
  },
  monitorWorkspace: {
    type: "Microsoft.Monitor/accounts",
    words: "Azure Monitor workspace",
    prefix: "monitor-workspace",
    operations: "*",
    dataOperations: "data/metrics/read",
  },
  fleetManager: {
    type: "Microsoft.ContainerService/fleets",
    words: "fleet of Azure Kubernetes Fleet Manager",
    prefix: "fleet-manager",
    rule: NAME_RULES.fleetManager,
    operations: `* listCredentials/action members/* autoUpgradeProfiles/* gates/read gates/write updateRuns/*
      updateRuns/start/action updateRuns/stop/action updateRuns/skip/action updateStrategies/*`,
  },
  gatewayForContainers: {
    type: GATEWAYS,
    words: "Application Gateway for Containers",
    // In addresses it is called as before there was a row for it.
    prefix: "traffic-controllers",
    operations: GATEWAY,
    dataOperations: "serviceRoutingConfigurations/*",
  },
  // Microsoft names the group of the gateway, and not the gateway: the controller also deploys templates in the group.
  gatewayGroup: {
    type: GROUPS,
    words: "resource group of Application Gateway for Containers",
    prefix: "gateway-group",
    isGroup: true,
    rightsOn: GATEWAYS,
    operations: GATEWAY.replace(/\S+/g, `/${GATEWAYS}/$&`),
    dataOperations: `/${GATEWAYS}/serviceRoutingConfigurations/*`,
  },
  // Microsoft names Reader on it, and no operations. AKS creates it for one cluster, so that nothing else is in it.
  nodeResourceGroup: {
    type: GROUPS,
    words: "node resource group",
    prefix: "node-resource-group",
    isGroup: true,
    rightsOn: "*",
    operations: "/*/read",
  },
  // The group of the cluster, on which roles act in Kubernetes alone.
  resourceGroup: {
    type: GROUPS,
    words: "resource group",
    prefix: "resource-group",
    rightsOn: KUBERNETES,
    operations: `/${KUBERNETES}/read /${KUBERNETES}/listClusterUserCredential/action`,
    dataOperations: kubernetesData(),
  },
} satisfies { [owner: string]: Row };

/** The name of a row of the table. */
export type ResourceTypeName = keyof typeof NETWORK | keyof typeof IDENTITY;

const rowsOf = (
  team: ResourceType["team"],
  rows: { readonly [owner: string]: Row },
): [string, ResourceType][] =>
  Object.entries(rows).map(([owner, row]) => [
    owner,
    {
      ...row,
      owner,
      team,
      operations: operationsOn(row.type, row.operations),
      dataOperations: operationsOn(row.type, row.dataOperations ?? ""),
    },
  ]);

/** Every type that the library grants on, by its name. */
export const RESOURCE_TYPES = Object.fromEntries([
  ...rowsOf(GrantingTeam.NETWORK, NETWORK),
  ...rowsOf(GrantingTeam.IDENTITY, IDENTITY),
]) as { readonly [name in ResourceTypeName]: ResourceType };

/** Operations on a type, from their ends; `*` stands for read, write and delete. */
export function operationsOn(type: string, ends: string): string[] {
  const operations = ends
    .split(/\s+/)
    .filter((end) => end !== "")
    .flatMap((end) =>
      end.endsWith("*") ? ["read", "write", "delete"].map((verb) => end.replace("*", verb)) : end,
    )
    .map((end) => (end.startsWith("/") ? end.slice(1) : `${type}/${end}`));
  return [...new Set(operations)];
}

/** The names by which a description can hand resources to another team. */
export const OWNERS: readonly string[] = Object.keys(RESOURCE_TYPES);

/** The type of a scope: that of its kind in the table, or one that an additional grant names. */
export function resourceTypeOf(kind: string): ResourceType {
  return entryOf(RESOURCE_TYPES, isIdentityKind(kind) ? "identity" : kind) ?? namedType(kind);
}

/** The row of the table for a resource type in Azure, if there is one. */
export function knownType(type: string): ResourceType | undefined {
  return Object.values(RESOURCE_TYPES).find((one) => isSameName(one.type, type));
}

function namedType(type: string): ResourceType {
  const [provider = ""] = type.split("/");
  const team = isSameName(provider, "Microsoft.Network")
    ? GrantingTeam.NETWORK
    : GrantingTeam.IDENTITY;
  const known = knownType(type) ?? { owner: type, team, words: type, prefix: typePrefix(type) };
  return { ...known, type };
}

/** Returns the name of a type in addresses, if the table has no row for it. */
export function typePrefix(type: string): string {
  return type
    .split("/")
    .slice(1)
    .join("-")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
}
