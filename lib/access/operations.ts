// The operations that a role can allow on a kind of scope: what wildcards are counted against. Pure.
// Only operations on the resource itself and what is in it; a role has no other effect on that scope.
// @see https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations

const under = (prefix: string, ...operations: string[]): string[] =>
  operations.map((operation) => `${prefix}/${operation}`);
const all = (prefix: string, ...more: string[]): string[] =>
  under(prefix, "read", "write", "delete", ...more);

const NETWORK = "Microsoft.Network";
const NETWORKS = `${NETWORK}/virtualNetworks`;
const COMPUTE = "Microsoft.Compute";
const VAULTS = "Microsoft.KeyVault/vaults";
const STORAGE = "Microsoft.Storage/storageAccounts";
const WORKSPACES = "Microsoft.OperationalInsights/workspaces";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const REGISTRIES = "Microsoft.ContainerRegistry/registries";

const SUBNET = [
  ...all(
    `${NETWORKS}/subnets`,
    "join/action",
    "joinViaServiceEndpoint/action",
    "joinLoadBalancer/action",
    "prepareNetworkPolicies/action",
    "unprepareNetworkPolicies/action",
    "virtualMachines/read",
  ),
  ...all(`${NETWORKS}/subnets/contextualServiceEndpointPolicies`),
  ...all(`${NETWORKS}/subnets/resourceNavigationLinks`),
  ...all(`${NETWORKS}/subnets/serviceAssociationLinks`, "validate/action", "details/read"),
];

const RECORDS = ["A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"];

/** Operations of each kind of scope. */
export const OPERATIONS: { readonly [kind: string]: readonly string[] } = {
  subnet: SUBNET,
  virtualNetwork: [
    ...all(
      NETWORKS,
      "join/action",
      "joinLoadBalancer/action",
      "peer/action",
      "BastionHosts/action",
      "checkIpAddressAvailability/read",
      "ddosProtectionStatus/action",
      "privateDnsZoneLinks/read",
      "usages/read",
      "virtualMachines/read",
    ),
    ...all(`${NETWORKS}/virtualNetworkPeerings`),
    ...SUBNET,
  ],
  routeTable: [
    ...all(`${NETWORK}/routeTables`, "join/action"),
    ...all(`${NETWORK}/routeTables/routes`),
  ],
  publicIp: all(
    `${NETWORK}/publicIPAddresses`,
    "join/action",
    "ddosProtectionStatus/action",
    "dnsAliases/read",
    "dnsAliases/write",
    "dnsAliases/delete",
  ),
  publicIpPrefix: all(`${NETWORK}/publicIPPrefixes`, "join/action"),
  privateDnsZone: [
    ...all(`${NETWORK}/privateDnsZones`, "join/action", "recordsets/read"),
    ...RECORDS.flatMap((type) => all(`${NETWORK}/privateDnsZones/${type}`)),
    ...all(`${NETWORK}/privateDnsZones/virtualNetworkLinks`),
  ],
  identity: [
    ...all(IDENTITIES, "assign/action", "revokeTokens/action", "listAssociatedResources/action"),
    ...all(`${IDENTITIES}/federatedIdentityCredentials`),
  ],
  registry: [
    ...all(
      REGISTRIES,
      "listCredentials/action",
      "regenerateCredential/action",
      "importImage/action",
      "pull/read",
      "push/write",
      "artifacts/delete",
    ),
    ...under(`${REGISTRIES}/repositories`, "metadata/read", "metadata/write", "metadata/delete"),
    ...under(`${REGISTRIES}/repositories`, "content/read", "content/write", "content/delete"),
  ],
  diskEncryptionSet: all(`${COMPUTE}/diskEncryptionSets`),
  keyVault: [
    ...all(
      VAULTS,
      "deploy/action",
      "privateEndpointConnectionsApproval/action",
      "accessPolicies/write",
      "secrets/read",
      "secrets/write",
    ),
    ...all(`${VAULTS}/privateEndpointConnections`),
    ...under(`${VAULTS}/keys`, "read", "update/action", "backup/action", "encrypt/action"),
    ...under(`${VAULTS}/keys`, "decrypt/action", "wrap/action", "unwrap/action"),
    ...under(`${VAULTS}/keys`, "sign/action", "verify/action", "create/action", "delete"),
  ],
  capacityReservationGroup: [
    ...all(`${COMPUTE}/capacityReservationGroups`, "deploy/action", "share/action"),
    ...all(`${COMPUTE}/capacityReservationGroups/capacityReservations`, "deploy/action"),
  ],
  hostGroup: [
    ...all(`${COMPUTE}/hostGroups`),
    ...all(`${COMPUTE}/hostGroups/hosts`, "restart/action", "redeploy/action"),
  ],
  disk: all(`${COMPUTE}/disks`, "beginGetAccess/action", "endGetAccess/action"),
  storageAccount: [
    ...all(
      STORAGE,
      "listKeys/action",
      "regeneratekey/action",
      "listAccountSas/action",
      "listServiceSas/action",
      "failover/action",
      "revokeUserDelegationKeys/action",
    ),
    ...all(`${STORAGE}/fileServices/shares`),
    ...all(`${STORAGE}/blobServices/containers`),
    ...all(`${STORAGE}/privateEndpointConnections`),
  ],
  logAnalyticsWorkspace: all(
    WORKSPACES,
    "sharedKeys/action",
    "sharedKeys/read",
    "search/action",
    "analytics/query/action",
    "query/read",
    "savedSearches/read",
    "savedSearches/write",
    "savedSearches/delete",
  ),
  monitorWorkspace: all("Microsoft.Monitor/accounts", "data/metrics/read"),
  resourceGroup: under(
    "Microsoft.ContainerService/managedClusters",
    "read",
    "listClusterUserCredential/action",
    "namespaces/read",
    "pods/read",
    "pods/write",
    "secrets/read",
    "secrets/write",
    "nodes/read",
    "rbac.authorization.k8s.io/clusterrolebindings/write",
  ),
};
