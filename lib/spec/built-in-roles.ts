// The built-in roles that the project knows: the only place with facts about one. Pure data.
// Not yet compared word by word with the pages: Microsoft adds actions to roles.

/** A built-in role, as Microsoft defines it. */
export interface BuiltInRole {
  readonly name: string;
  /** GUID of its definition, the same in every tenant. */
  readonly guid: string;
  /** The page that documents it, below `ROLE_PAGES`. */
  readonly page: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
  /** Condition of all that it allows. */
  readonly condition?: string;
}

/** URL below which the roles are documented. */
export const ROLE_PAGES =
  "https://learn.microsoft.com/azure/role-based-access-control/built-in-roles";

const READS_ASSIGNMENTS = "Microsoft.Authorization/*/read";
const ALERTS = "Microsoft.Insights/alertRules/*";
const DEPLOYMENTS = "Microsoft.Resources/deployments/*";
const READS_GROUPS = "Microsoft.Resources/subscriptions/resourceGroups/read";
const SUPPORT = "Microsoft.Support/*";
const HEALTH = "Microsoft.ResourceHealth/availabilityStatuses/read";

/** Actions of most roles that manage one kind of resource. */
const COMMON = [READS_ASSIGNMENTS, ALERTS, DEPLOYMENTS, READS_GROUPS, SUPPORT];

const KEY_VAULT_READS = [
  ...COMMON,
  "Microsoft.KeyVault/checkNameAvailability/read",
  "Microsoft.KeyVault/deletedVaults/read",
  "Microsoft.KeyVault/locations/*/read",
  "Microsoft.KeyVault/vaults/*/read",
  "Microsoft.KeyVault/operations/read",
];

const CLUSTERS = "Microsoft.ContainerService/managedClusters";

/** Actions of the roles that act in Kubernetes. */
const KUBERNETES_READS = [
  READS_ASSIGNMENTS,
  "Microsoft.Resources/subscriptions/operationresults/read",
  "Microsoft.Resources/subscriptions/read",
  READS_GROUPS,
];

const inKubernetes = (operations: string) =>
  operations
    .trim()
    .split(/\s+/)
    .map((operation) => `${CLUSTERS}/${operation}`);

const REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";

/** Every built-in role that the project knows. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  {
    name: "Owner",
    guid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    page: "privileged",
    actions: ["*"],
  },
  {
    name: "Contributor",
    guid: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    page: "privileged",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
      "Microsoft.Blueprint/blueprintAssignments/write",
      "Microsoft.Blueprint/blueprintAssignments/delete",
      "Microsoft.Compute/galleries/share/action",
      "Microsoft.Purview/consents/write",
      "Microsoft.Purview/consents/delete",
      "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
      "Microsoft.Subscription/cancel/action",
      "Microsoft.Subscription/enable/action",
    ],
  },
  {
    name: "User Access Administrator",
    guid: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    page: "privileged",
    actions: ["*/read", "Microsoft.Authorization/*", SUPPORT],
  },
  {
    name: "Role Based Access Control Administrator",
    guid: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    page: "privileged",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
      SUPPORT,
    ],
  },
  {
    name: "Locks Contributor",
    guid: "28bf596f-4eb7-45ce-b5bc-6cf482fec137",
    page: "security",
    actions: [
      "Microsoft.Authorization/locks/read",
      "Microsoft.Authorization/locks/write",
      "Microsoft.Authorization/locks/delete",
    ],
  },
  {
    name: "Reader",
    guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    page: "general",
    actions: ["*/read"],
  },
  {
    name: "Network Contributor",
    guid: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    page: "networking",
    actions: [...COMMON, "Microsoft.Network/*", HEALTH],
  },
  {
    name: "Private DNS Zone Contributor",
    guid: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    page: "networking",
    actions: [
      ...COMMON,
      "Microsoft.Network/privateDnsZones/*",
      "Microsoft.Network/privateDnsOperationResults/*",
      "Microsoft.Network/privateDnsOperationStatuses/*",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/join/action",
    ],
  },
  {
    name: "DNS Zone Contributor",
    guid: "befefa01-2a29-4197-83a8-272ff33ce314",
    page: "networking",
    actions: [...COMMON, "Microsoft.Network/dnsZones/*", HEALTH],
  },
  {
    name: "Managed Identity Operator",
    guid: "f1a07417-d97a-45cb-824c-7a7467783830",
    page: "identity",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
      ...COMMON,
    ],
  },
  {
    name: "Managed Identity Contributor",
    guid: "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
    page: "identity",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete",
      "Microsoft.ManagedIdentity/userAssignedIdentities/revokeTokens/action",
      ...COMMON,
    ],
  },
  {
    name: "AcrPull",
    guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    page: "containers",
    actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
  },
  {
    name: "AcrPush",
    guid: "8311e382-0749-4cb8-b61a-304f252e45ec",
    page: "containers",
    actions: [
      "Microsoft.ContainerRegistry/registries/pull/read",
      "Microsoft.ContainerRegistry/registries/push/write",
    ],
  },
  {
    name: "Container Registry Repository Reader",
    guid: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
    page: "containers",
    dataActions: [`${REPOSITORIES}/metadata/read`, `${REPOSITORIES}/content/read`],
  },
  {
    name: "Container Registry Repository Writer",
    guid: "2a1e307c-b015-4ebd-883e-5b7698a07328",
    page: "containers",
    dataActions: [
      `${REPOSITORIES}/metadata/read`,
      `${REPOSITORIES}/content/read`,
      `${REPOSITORIES}/metadata/write`,
      `${REPOSITORIES}/content/write`,
    ],
  },
  {
    name: "Container Registry Repository Catalog Lister",
    guid: "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7",
    page: "containers",
    dataActions: ["Microsoft.ContainerRegistry/registries/catalog/read"],
  },
  {
    name: "Azure Kubernetes Service Contributor Role",
    guid: "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
    page: "containers",
    actions: [
      "Microsoft.ContainerService/locations/*",
      `${CLUSTERS}/*`,
      "Microsoft.ContainerService/managedclustersnapshots/*",
      "Microsoft.ContainerService/snapshots/*",
      READS_ASSIGNMENTS,
      ALERTS,
      DEPLOYMENTS,
    ],
  },
  {
    name: "Azure Kubernetes Service Cluster Admin Role",
    guid: "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
    page: "containers",
    actions: [
      `${CLUSTERS}/listClusterAdminCredential/action`,
      `${CLUSTERS}/accessProfiles/listCredential/action`,
      `${CLUSTERS}/read`,
      `${CLUSTERS}/runcommand/action`,
    ],
  },
  {
    name: "Azure Kubernetes Service Cluster User Role",
    guid: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    page: "containers",
    actions: [`${CLUSTERS}/listClusterUserCredential/action`, `${CLUSTERS}/read`],
  },
  {
    name: "Azure Kubernetes Service Cluster Monitoring User",
    guid: "1afdec4b-e479-420e-99e7-f82237c7c5e6",
    page: "containers",
    actions: [`${CLUSTERS}/listClusterMonitoringUserCredential/action`, `${CLUSTERS}/read`],
  },
  {
    name: "Azure Kubernetes Service RBAC Cluster Admin",
    guid: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    page: "containers",
    actions: [...KUBERNETES_READS, `${CLUSTERS}/listClusterUserCredential/action`],
    dataActions: [`${CLUSTERS}/*`],
  },
  {
    name: "Azure Kubernetes Service RBAC Admin",
    guid: "3498e952-d568-435e-9b2c-8d77e338d7f7",
    page: "containers",
    actions: [...KUBERNETES_READS, `${CLUSTERS}/listClusterUserCredential/action`],
    dataActions: [`${CLUSTERS}/*`],
    notDataActions: [
      `${CLUSTERS}/resourcequotas/write`,
      `${CLUSTERS}/resourcequotas/delete`,
      `${CLUSTERS}/namespaces/write`,
      `${CLUSTERS}/namespaces/delete`,
    ],
  },
  {
    name: "Azure Kubernetes Service RBAC Writer",
    guid: "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
    page: "containers",
    actions: KUBERNETES_READS,
    dataActions: inKubernetes(`
      apps/controllerrevisions/read apps/daemonsets/* apps/deployments/* apps/replicasets/* apps/statefulsets/*
      autoscaling/horizontalpodautoscalers/* batch/cronjobs/* batch/jobs/*
      coordination.k8s.io/leases/read coordination.k8s.io/leases/write coordination.k8s.io/leases/delete
      discovery.k8s.io/endpointslices/read configmaps/* endpoints/* events.k8s.io/events/read events/*
      extensions/daemonsets/* extensions/deployments/* extensions/ingresses/* extensions/networkpolicies/*
      extensions/replicasets/* limitranges/read metrics.k8s.io/pods/read metrics.k8s.io/nodes/read namespaces/read
      networking.k8s.io/ingresses/* networking.k8s.io/networkpolicies/* persistentvolumeclaims/* pods/*
      policy/poddisruptionbudgets/* replicationcontrollers/* resourcequotas/read secrets/* serviceaccounts/*
      services/*`),
  },
  {
    name: "Azure Kubernetes Service RBAC Reader",
    guid: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    page: "containers",
    actions: KUBERNETES_READS,
    dataActions: inKubernetes(`
      apps/controllerrevisions/read apps/daemonsets/read apps/deployments/read apps/replicasets/read
      apps/statefulsets/read autoscaling/horizontalpodautoscalers/read batch/cronjobs/read batch/jobs/read
      configmaps/read discovery.k8s.io/endpointslices/read endpoints/read events.k8s.io/events/read events/read
      extensions/daemonsets/read extensions/deployments/read extensions/ingresses/read
      extensions/networkpolicies/read extensions/replicasets/read limitranges/read metrics.k8s.io/pods/read
      metrics.k8s.io/nodes/read namespaces/read networking.k8s.io/ingresses/read
      networking.k8s.io/networkpolicies/read persistentvolumeclaims/read pods/read policy/poddisruptionbudgets/read
      replicationcontrollers/read resourcequotas/read serviceaccounts/read services/read`),
  },
  {
    name: "Key Vault Administrator",
    guid: "00482a5a-887f-4fb3-b363-3b7fe8e74483",
    page: "security",
    actions: KEY_VAULT_READS,
    dataActions: ["Microsoft.KeyVault/vaults/*"],
  },
  {
    name: "Key Vault Contributor",
    guid: "f25e0fa2-a7c8-4377-a976-54943a77a395",
    page: "security",
    actions: [...COMMON, "Microsoft.KeyVault/*"],
    notActions: [
      "Microsoft.KeyVault/locations/deletedVaults/purge/action",
      "Microsoft.KeyVault/hsmPools/*",
      "Microsoft.KeyVault/managedHsms/*",
    ],
  },
  {
    name: "Key Vault Crypto Officer",
    guid: "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
    page: "security",
    actions: KEY_VAULT_READS,
    dataActions: [
      "Microsoft.KeyVault/vaults/keys/*",
      "Microsoft.KeyVault/vaults/keyrotationpolicies/*",
    ],
  },
  {
    name: "Key Vault Crypto Service Encryption User",
    guid: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    page: "security",
    actions: [
      "Microsoft.EventGrid/eventSubscriptions/write",
      "Microsoft.EventGrid/eventSubscriptions/read",
      "Microsoft.EventGrid/eventSubscriptions/delete",
    ],
    dataActions: [
      "Microsoft.KeyVault/vaults/keys/read",
      "Microsoft.KeyVault/vaults/keys/wrap/action",
      "Microsoft.KeyVault/vaults/keys/unwrap/action",
    ],
  },
  {
    name: "Key Vault Crypto User",
    guid: "12338af0-0e69-4776-bea7-57ae8d297424",
    page: "security",
    dataActions: [
      "Microsoft.KeyVault/vaults/keys/read",
      "Microsoft.KeyVault/vaults/keys/update/action",
      "Microsoft.KeyVault/vaults/keys/backup/action",
      "Microsoft.KeyVault/vaults/keys/encrypt/action",
      "Microsoft.KeyVault/vaults/keys/decrypt/action",
      "Microsoft.KeyVault/vaults/keys/wrap/action",
      "Microsoft.KeyVault/vaults/keys/unwrap/action",
      "Microsoft.KeyVault/vaults/keys/sign/action",
      "Microsoft.KeyVault/vaults/keys/verify/action",
    ],
  },
  {
    name: "Key Vault Secrets User",
    guid: "4633458b-17de-408a-b874-0445c86b69e6",
    page: "security",
    dataActions: [
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ],
  },
  {
    name: "Log Analytics Contributor",
    guid: "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
    page: "monitor",
    actions: [
      "*/read",
      "Microsoft.ClassicCompute/virtualMachines/extensions/*",
      "Microsoft.ClassicStorage/storageAccounts/listKeys/action",
      "Microsoft.Compute/virtualMachines/extensions/*",
      "Microsoft.HybridCompute/machines/extensions/write",
      ALERTS,
      "Microsoft.Insights/diagnosticSettings/*",
      "Microsoft.OperationalInsights/*",
      "Microsoft.OperationsManagement/*",
      DEPLOYMENTS,
      "Microsoft.Resources/subscriptions/resourcegroups/deployments/*",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      SUPPORT,
    ],
  },
  {
    name: "Log Analytics Reader",
    guid: "73c42c96-874c-492b-b04d-ab87d138a893",
    page: "monitor",
    actions: [
      "*/read",
      "Microsoft.OperationalInsights/workspaces/analytics/query/action",
      "Microsoft.OperationalInsights/workspaces/search/action",
      SUPPORT,
    ],
    notActions: ["Microsoft.OperationalInsights/workspaces/sharedKeys/read"],
  },
  {
    name: "Monitoring Reader",
    guid: "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
    page: "monitor",
    actions: ["*/read", "Microsoft.OperationalInsights/workspaces/search/action", SUPPORT],
  },
  {
    name: "Monitoring Metrics Publisher",
    guid: "3913510d-42f4-4e42-8a64-420c390055eb",
    page: "monitor",
    actions: ["Microsoft.Insights/Register/Action", SUPPORT, READS_GROUPS],
    dataActions: ["Microsoft.Insights/Metrics/Write", "Microsoft.Insights/Telemetry/Write"],
  },
  {
    name: "Virtual Machine Contributor",
    guid: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    page: "compute",
    actions: [
      ...COMMON,
      "Microsoft.Compute/availabilitySets/*",
      "Microsoft.Compute/locations/*",
      "Microsoft.Compute/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/*",
      "Microsoft.Compute/cloudServices/*",
      "Microsoft.Compute/disks/write",
      "Microsoft.Compute/disks/read",
      "Microsoft.Compute/disks/delete",
      "Microsoft.DevTestLab/schedules/*",
      "Microsoft.Network/applicationGateways/backendAddressPools/join/action",
      "Microsoft.Network/loadBalancers/backendAddressPools/join/action",
      "Microsoft.Network/loadBalancers/inboundNatPools/join/action",
      "Microsoft.Network/loadBalancers/inboundNatRules/join/action",
      "Microsoft.Network/loadBalancers/probes/join/action",
      "Microsoft.Network/loadBalancers/read",
      "Microsoft.Network/locations/*",
      "Microsoft.Network/networkInterfaces/*",
      "Microsoft.Network/networkSecurityGroups/join/action",
      "Microsoft.Network/networkSecurityGroups/read",
      "Microsoft.Network/publicIPAddresses/join/action",
      "Microsoft.Network/publicIPAddresses/read",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.RecoveryServices/locations/*",
      "Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/write",
      "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/*/read",
      "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read",
      "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write",
      "Microsoft.RecoveryServices/Vaults/backupPolicies/read",
      "Microsoft.RecoveryServices/Vaults/backupPolicies/write",
      "Microsoft.RecoveryServices/Vaults/read",
      "Microsoft.RecoveryServices/Vaults/usages/read",
      "Microsoft.RecoveryServices/Vaults/write",
      HEALTH,
      "Microsoft.SerialConsole/serialPorts/connect/action",
      "Microsoft.SqlVirtualMachine/*",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      "Microsoft.Storage/storageAccounts/read",
    ],
  },
  {
    name: "Storage Account Contributor",
    guid: "17d1049b-9a84-46fb-8f53-869881c3d3ab",
    page: "storage",
    actions: [
      ...COMMON,
      "Microsoft.Insights/diagnosticSettings/*",
      "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
      HEALTH,
      "Microsoft.Storage/storageAccounts/*",
    ],
  },
  // Of these, only the actions that make them privileged: they are refused, and never granted.
  {
    name: "Key Vault Data Access Administrator",
    guid: "8b54135c-b56d-4d72-a534-26097cfdc8d8",
    page: "security",
    actions: ["Microsoft.Authorization/roleAssignments/*"],
  },
  {
    name: "Virtual Machine Data Access Administrator (preview)",
    guid: "66f75aeb-eabe-4b70-9f1e-c350c4c9ad04",
    page: "compute",
    actions: ["Microsoft.Authorization/roleAssignments/*"],
  },
  {
    name: "Reservations Administrator",
    guid: "a8889054-8d42-49c9-bc1c-52486c10e7cd",
    page: "privileged",
    actions: ["Microsoft.Authorization/roleAssignments/*"],
  },
];
