// The table of the types of resources that roles are granted on: one row for each. Pure data.
import { BUILT_IN_ROLES } from "../spec/built-in-roles";
import { NAME_RULES, NameRule } from "../spec/naming";

/** A row of the table. */
export interface Row {
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

const SUBNET = `* join/action joinViaServiceEndpoint/action joinLoadBalancer/action virtualMachines/read
  prepareNetworkPolicies/action unprepareNetworkPolicies/action contextualServiceEndpointPolicies/*
  resourceNavigationLinks/* serviceAssociationLinks/* serviceAssociationLinks/validate/action
  serviceAssociationLinks/details/read`;

/** The type of resource groups. */
export const GROUPS = "Microsoft.Resources/resourceGroups";

const GATEWAYS = "Microsoft.ServiceNetworking/trafficControllers";

const GATEWAY = "* frontends/* associations/* securityPolicies/*";

const SNAPSHOTS = "Microsoft.Compute/snapshots";

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
export const NETWORK = {
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
export const IDENTITY = {
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
    rule: NAME_RULES.storageAccount,
    operations: `* listKeys/action regeneratekey/action listAccountSas/action listServiceSas/action
      failover/action revokeUserDelegationKeys/action privateEndpointConnections/*
      fileServices/shares/* blobServices/containers/* blobServices/generateUserDelegationKey/action`,
    dataOperations: `blobServices/containers/blobs/* blobServices/containers/blobs/move/action
      blobServices/containers/blobs/add/action`,
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
  backupVault: {
    type: "Microsoft.DataProtection/backupVaults",
    words: "Backup vault",
    // In addresses it is called as before there was a row for it.
    prefix: "backup-vaults",
    operations: "* backupInstances/* backupPolicies/*",
  },
  // Microsoft names Contributor on the group for the control plane, and no operations.
  snapshotGroup: {
    type: GROUPS,
    words: "resource group of backup snapshots",
    prefix: "snapshot-group",
    isGroup: true,
    rightsOn: SNAPSHOTS,
    operations: "* beginGetAccess/action endGetAccess/action".replace(/\S+/g, `/${SNAPSHOTS}/$&`),
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
  cluster: {
    type: KUBERNETES,
    words: "cluster",
    // In addresses it is called as before there was a row for it.
    prefix: "managed-clusters",
    rule: NAME_RULES.cluster,
    operations: "read",
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
