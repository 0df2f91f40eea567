// What the definitions of the granted roles say: written down by hand, and not taken from the library.

const KUBERNETES = "Microsoft.ContainerService/managedClusters";
const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";
const ZONES = "Microsoft.Network/privateDnsZones";
const REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const RESERVATIONS = "Microsoft.Compute/capacityReservationGroups";
const kubeconfig = `${KUBERNETES}/listClusterUserCredential/action`;
const under = (type: string, ...operations: string[]) => operations.map((one) => `${type}/${one}`);

/** The definition of a custom role, or what a built-in role allows beside other things. */
export interface RoleDefinition {
  /** GUID of a built-in one. */
  readonly guid?: string;
  readonly actions: string[];
  readonly dataActions?: string[];
}

/** The roles that are granted. */
export const ROLES: { readonly [name: string]: RoleDefinition } = {
  AcrPull: {
    guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
  },
  "Azure Kubernetes Service Cluster User Role": {
    guid: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    actions: [kubeconfig, `${KUBERNETES}/read`],
  },
  "Azure Kubernetes Service RBAC Admin": {
    guid: "3498e952-d568-435e-9b2c-8d77e338d7f7",
    actions: [kubeconfig],
    dataActions: [`${KUBERNETES}/*`],
  },
  "Azure Kubernetes Service RBAC Cluster Admin": {
    guid: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    actions: [kubeconfig],
    dataActions: [`${KUBERNETES}/*`],
  },
  "Azure Kubernetes Service RBAC Reader": {
    guid: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    actions: [],
    dataActions: under(KUBERNETES, "pods/read", "configmaps/read"),
  },
  "Azure Kubernetes Service RBAC Writer": {
    guid: "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
    actions: [],
    dataActions: under(KUBERNETES, "pods/*", "secrets/*"),
  },
  "Container Registry Repository Reader": {
    guid: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
    actions: [],
    dataActions: under(REPOSITORIES, "metadata/read", "content/read"),
  },
  "Key Vault Contributor": {
    guid: "f25e0fa2-a7c8-4377-a976-54943a77a395",
    actions: ["Microsoft.KeyVault/*"],
  },
  "Key Vault Crypto User": {
    guid: "12338af0-0e69-4776-bea7-57ae8d297424",
    actions: [],
    dataActions: under(
      "Microsoft.KeyVault/vaults/keys",
      "read",
      "update/action",
      "backup/action",
      "encrypt/action",
      "decrypt/action",
      "wrap/action",
      "unwrap/action",
      "sign/action",
      "verify/action",
    ),
  },
  "Log Analytics Contributor": {
    guid: "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
    actions: ["*/read", "Microsoft.OperationalInsights/*"],
  },
  "Managed Identity Operator": {
    guid: "f1a07417-d97a-45cb-824c-7a7467783830",
    actions: under(IDENTITIES, "*/read", "*/assign/action"),
  },
  "Network Contributor": {
    guid: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    actions: ["Microsoft.Network/*"],
  },
  "Private DNS Zone Contributor": {
    guid: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    actions: under(
      "Microsoft.Network",
      "privateDnsZones/*",
      "privateDnsOperationResults/*",
      "privateDnsOperationStatuses/*",
      "virtualNetworks/read",
      "virtualNetworks/join/action",
    ),
  },
  Reader: { guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7", actions: ["*/read"] },
  "Storage Account Contributor": {
    guid: "17d1049b-9a84-46fb-8f53-869881c3d3ab",
    actions: ["Microsoft.Storage/storageAccounts/*"],
  },
  "Virtual Machine Contributor": {
    guid: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    actions: under(
      "Microsoft.Compute",
      "disks/read",
      "disks/write",
      "disks/delete",
      "virtualMachines/*",
      "virtualMachineScaleSets/*",
    ),
  },
  "AKS API Server Subnet": {
    actions: under(SUBNETS, "read", "join/action", "joinLoadBalancer/action"),
  },
  "AKS Azure Monitor Workspace": { actions: ["Microsoft.Monitor/accounts/read"] },
  "AKS Capacity Reservation": {
    actions: under(
      RESERVATIONS,
      "read",
      "deploy/action",
      "capacityReservations/read",
      "capacityReservations/deploy/action",
    ),
  },
  "AKS Data Disk": { actions: under("Microsoft.Compute/disks", "read", "write") },
  "AKS Dedicated Host Group": {
    actions: under("Microsoft.Compute/hostGroups", "read", "write", "hosts/read", "hosts/write"),
  },
  "AKS Defender Workspace": {
    actions: under("Microsoft.OperationalInsights/workspaces", "read", "sharedKeys/read"),
  },
  "AKS Disk Encryption Set Read": { actions: ["Microsoft.Compute/diskEncryptionSets/read"] },
  "AKS Identity Assign": { actions: under(IDENTITIES, "read", "assign/action") },
  "AKS Key Vault Private Endpoint": {
    actions: under(
      "Microsoft.KeyVault/vaults",
      "read",
      "privateEndpointConnectionsApproval/action",
    ),
  },
  "AKS Key Vault Read": { actions: ["Microsoft.KeyVault/vaults/read"] },
  "AKS NAT Gateway Join": { actions: ["Microsoft.Network/natGateways/join/action"] },
  "AKS Network Security Group Join": {
    actions: ["Microsoft.Network/networkSecurityGroups/join/action"],
  },
  "AKS Log Analytics Workspace": {
    actions: under(
      "Microsoft.OperationalInsights/workspaces",
      "read",
      "sharedKeys/action",
      "sharedKeys/read",
    ),
  },
  "AKS Outbound IP": {
    actions: under("Microsoft.Network/publicIPAddresses", "read", "join/action"),
  },
  "AKS Outbound IP Prefix": {
    actions: under("Microsoft.Network/publicIPPrefixes", "read", "join/action"),
  },
  "AKS Private DNS Zone": {
    actions: under(
      ZONES,
      "read",
      "write",
      "A/read",
      "A/write",
      "A/delete",
      "virtualNetworkLinks/read",
      "virtualNetworkLinks/write",
      "virtualNetworkLinks/delete",
    ),
  },
  "AKS Private DNS Zone Read": { actions: [`${ZONES}/read`] },
  "AKS Private Link Subnet": { actions: under(SUBNETS, "read", "write", "join/action") },
  "AKS Public IP Read": { actions: ["Microsoft.Network/publicIPAddresses/read"] },
  "AKS Route Table Join": { actions: ["Microsoft.Network/routeTables/join/action"] },
  "AKS Route Table Read": {
    actions: under("Microsoft.Network/routeTables", "read", "routes/read"),
  },
  "AKS Storage Account": {
    actions: under(
      "Microsoft.Storage/storageAccounts",
      "read",
      "listKeys/action",
      "fileServices/shares/read",
      "fileServices/shares/write",
      "fileServices/shares/delete",
    ),
  },
  "AKS Subnet Join": { actions: under(SUBNETS, "read", "join/action") },
  "AKS VNet Link": { actions: under("Microsoft.Network/virtualNetworks", "read", "join/action") },
  "AKS VNet Read": { actions: ["Microsoft.Network/virtualNetworks/read"] },
};
