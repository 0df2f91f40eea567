// The built-in roles that the project knows: the only place with facts about one. Pure data.
// Microsoft adds actions to roles: on a new comparison, change the dates below with the roles.

/** The day of the list of `az role definition list` that has the roles as they are here. */
export const ROLES_LISTED = "2026-08-22";

/** The pages that the roles were compared with, word by word, and the dates that these pages carried. */
export const ROLE_PAGE_DATES = {
  compute: "2025-09-03",
  containers: "2025-06-30",
  general: "2026-02-23",
  identity: "2026-07-01",
  monitor: "2026-02-23",
  networking: "2024-04-25",
  privileged: "2026-07-01",
  security: "2026-02-23",
  storage: "2026-07-01",
};

/** A built-in role, as Microsoft defines it. */
export interface BuiltInRole {
  readonly name: string;
  /** GUID of its definition, the same in every tenant. */
  readonly guid: string;
  /** The page that documents it, below `ROLE_PAGES`; absent for a role that only the list has. */
  readonly page?: keyof typeof ROLE_PAGE_DATES;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
  /** Condition, in Azure's language for it: always one about the assignments that it may make and delete. */
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

/** The operations of a resource provider or on a type, from their ends. */
const below = (start: string, ends: string) =>
  ends
    .trim()
    .split(/\s+/)
    .map((end) => `${start}/${end}`);

/** The condition of a role that manages assignments of some other roles alone. */
const onlyRoles = (guids: string) => {
  const among = `ForAnyOfAnyValues:GuidEquals{${guids.trim().split(/\s+/).join(", ")}}`;
  const limit = (verb: string, source: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ${among}))`;
  return `${limit("write", "@Request")} AND ${limit("delete", "@Resource")}`;
};

const CLUSTERS = "Microsoft.ContainerService/managedClusters";
const REGISTRIES = "Microsoft.ContainerRegistry/registries";

/** Actions of the roles that act in Kubernetes. */
const KUBERNETES_READS = [
  READS_ASSIGNMENTS,
  "Microsoft.Resources/subscriptions/operationresults/read",
  "Microsoft.Resources/subscriptions/read",
  READS_GROUPS,
];

/** Actions on classic alert rules, where a role names each. */
const EACH_ALERT = below(
  "Microsoft.Insights/AlertRules",
  "Write Delete Read Activated/Action Resolved/Action Throttled/Action Incidents/Read",
);

const REPOSITORIES = `${REGISTRIES}/repositories`;

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
    name: "Managed Identity Federated Identity Credential Contributor",
    guid: "7e559ce2-48d7-4b27-9128-fa1b247f1308",
    actions: [
      ...below(
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        `read federatedIdentityCredentials/read federatedIdentityCredentials/write
        federatedIdentityCredentials/delete`,
      ),
      READS_ASSIGNMENTS,
      ALERTS,
      READS_GROUPS,
      DEPLOYMENTS,
    ],
  },
  {
    name: "AcrPull",
    guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    page: "containers",
    actions: [`${REGISTRIES}/pull/read`],
  },
  {
    name: "AcrPush",
    guid: "8311e382-0749-4cb8-b61a-304f252e45ec",
    page: "containers",
    actions: [`${REGISTRIES}/pull/read`, `${REGISTRIES}/push/write`],
  },
  {
    name: "AcrDelete",
    guid: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
    page: "containers",
    actions: [`${REGISTRIES}/artifacts/delete`],
  },
  {
    name: "AcrImageSigner",
    guid: "6cef56e8-d556-48e5-a04f-b8e64114680f",
    page: "containers",
    actions: [`${REGISTRIES}/sign/write`],
    dataActions: [`${REGISTRIES}/trustedCollections/write`],
  },
  {
    name: "AcrQuarantineReader",
    guid: "cdda3590-29a3-44f6-95f2-9f980659eb04",
    page: "containers",
    actions: [`${REGISTRIES}/quarantine/read`],
    dataActions: [`${REGISTRIES}/quarantinedArtifacts/read`],
  },
  {
    name: "AcrQuarantineWriter",
    guid: "c8d4ff99-41c3-41a8-9f60-21dfdad59608",
    page: "containers",
    actions: [`${REGISTRIES}/quarantine/read`, `${REGISTRIES}/quarantine/write`],
    dataActions: [
      `${REGISTRIES}/quarantinedArtifacts/read`,
      `${REGISTRIES}/quarantinedArtifacts/write`,
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
    dataActions: [`${REGISTRIES}/catalog/read`],
  },
  {
    name: "Container Registry Repository Contributor",
    guid: "2efddaa5-3f1f-4df3-97df-af3f13818f4c",
    page: "containers",
    dataActions: below(
      REPOSITORIES,
      "metadata/read content/read metadata/write content/write metadata/delete content/delete",
    ),
  },
  {
    name: "Container Registry Data Importer and Data Reader",
    guid: "577a9874-89fd-4f24-9dbd-b5034d0ad23a",
    page: "containers",
    actions: below(REGISTRIES, "importImage/action read pull/read"),
    dataActions: below(
      REGISTRIES,
      "repositories/content/read repositories/metadata/read catalog/read",
    ),
  },
  {
    name: "Container Registry Cache Rule Administrator",
    guid: "df87f177-bb12-4db1-9793-a413691eff94",
    page: "containers",
    actions: below(`${REGISTRIES}/cacheRules`, "read write delete operationStatuses/read"),
  },
  {
    name: "Container Registry Cache Rule Reader",
    guid: "c357b964-0002-4b64-a50d-7a28f02edc52",
    page: "containers",
    actions: [`${REGISTRIES}/cacheRules/read`],
  },
  {
    name: "Container Registry Credential Set Administrator",
    guid: "f094fb07-0703-4400-ad6a-e16dd8000e14",
    page: "containers",
    actions: below(`${REGISTRIES}/credentialSets`, "read write delete operationStatuses/read"),
  },
  {
    name: "Container Registry Credential Set Reader",
    guid: "29093635-9924-4f2c-913b-650a12949526",
    page: "containers",
    actions: [`${REGISTRIES}/credentialSets/read`],
  },
  {
    name: "Container Registry Tasks Contributor",
    guid: "fb382eab-e894-4461-af04-94435c366c3f",
    page: "containers",
    actions: [
      ...below(
        REGISTRIES,
        `read agentpools/read agentpools/write agentpools/delete agentpools/listQueueStatus/action
        agentpools/operationResults/status/read agentpools/operationStatuses/read
        tasks/read tasks/write tasks/delete tasks/listDetails/action scheduleRun/action
        listBuildSourceUploadUrl/action runs/read runs/write runs/listLogSasUrl/action runs/cancel/action
        taskruns/read taskruns/write taskruns/delete taskruns/listDetails/action taskruns/operationStatuses/read`,
      ),
      DEPLOYMENTS,
      READS_GROUPS,
    ],
  },
  {
    name: "Container Registry Configuration Reader and Data Access Configuration Reader",
    guid: "69b07be0-09bf-439a-b9a6-e73de851bd59",
    page: "containers",
    actions: [
      ...below(
        REGISTRIES,
        `read operationStatuses/read privateEndpointConnections/read
        privateEndpointConnections/operationStatuses/read listCredentials/action
        tokens/read tokens/operationStatuses/read scopeMaps/read scopeMaps/operationStatuses/read
        webhooks/read webhooks/getCallbackConfig/action webhooks/listEvents/action webhooks/operationStatuses/read
        replications/read replications/operationStatuses/read connectedRegistries/read
        providers/Microsoft.Insights/diagnosticSettings/read providers/Microsoft.Insights/diagnosticSettings/write
        providers/Microsoft.Insights/logDefinitions/read providers/Microsoft.Insights/metricDefinitions/read`,
      ),
      ...EACH_ALERT,
      "Microsoft.Resources/deployments/read",
      "Microsoft.Resources/deployments/*/read",
      READS_GROUPS,
      "Microsoft.Network/privateEndpoints/privateLinkServiceProxies/read",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/subnets/read",
    ],
  },
  {
    name: "Container Registry Contributor and Data Access Configuration Administrator",
    guid: "3bc748fc-213d-45c1-8d91-9da5725539b9",
    page: "containers",
    actions: [
      ...below(
        REGISTRIES,
        `read write delete operationStatuses/read
        listCredentials/action regenerateCredential/action generateCredentials/action
        replications/read replications/write replications/delete replications/operationStatuses/read
        privateEndpointConnectionsApproval/action privateEndpointConnections/read privateEndpointConnections/write
        privateEndpointConnections/delete privateEndpointConnections/operationStatuses/read
        tokens/read tokens/write tokens/delete tokens/operationStatuses/read
        scopeMaps/read scopeMaps/write scopeMaps/delete scopeMaps/operationStatuses/read
        providers/Microsoft.Insights/diagnosticSettings/read providers/Microsoft.Insights/diagnosticSettings/write
        providers/Microsoft.Insights/logDefinitions/read providers/Microsoft.Insights/metricDefinitions/read
        connectedRegistries/read connectedRegistries/write connectedRegistries/delete
        connectedRegistries/deactivate/action connectedRegistries/resync/action
        webhooks/read webhooks/write webhooks/delete webhooks/getCallbackConfig/action webhooks/ping/action
        webhooks/listEvents/action webhooks/operationStatuses/read`,
      ),
      ...EACH_ALERT,
      "Microsoft.ContainerRegistry/locations/operationResults/read",
      "Microsoft.Network/virtualNetworks/read",
      ...below(
        "Microsoft.Network/virtualNetworks/subnets",
        "read write joinViaServiceEndpoint/action",
      ),
      ...below("Microsoft.Network/privateEndpoints/privateLinkServiceProxies", "read write delete"),
      DEPLOYMENTS,
      READS_ASSIGNMENTS,
      READS_GROUPS,
      SUPPORT,
    ],
  },
  {
    name: "AppGw for Containers Configuration Manager",
    guid: "fbc52c3f-28ad-4303-a892-8a056630b8f1",
    actions: [
      ...below(
        "Microsoft.ServiceNetworking/trafficControllers",
        `read write delete frontends/read frontends/write frontends/delete
         associations/read associations/write associations/delete */read */write */delete`,
      ),
      ...below(
        "Microsoft.Resources/subscriptions/resourcegroups/deployments",
        "read write operations/read operationstatuses/read",
      ),
    ],
    dataActions: below(
      "Microsoft.ServiceNetworking/trafficControllers/serviceRoutingConfigurations",
      "read write delete",
    ),
  },
  {
    name: "Azure Kubernetes Fleet Manager Contributor Role",
    guid: "63bb64ad-9799-4770-b5c3-24ed299a07bf",
    page: "containers",
    actions: ["Microsoft.ContainerService/fleets/*", DEPLOYMENTS],
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
      "Microsoft.ContainerService/deploymentSafeguards/*",
      READS_ASSIGNMENTS,
      ALERTS,
      DEPLOYMENTS,
      READS_GROUPS,
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
    name: "Azure Kubernetes Service Namespace Contributor",
    guid: "289d8817-ee69-43f1-a0af-43a45505b488",
    page: "containers",
    actions: [
      READS_ASSIGNMENTS,
      ALERTS,
      READS_GROUPS,
      DEPLOYMENTS,
      `${CLUSTERS}/managedNamespaces/*`,
    ],
  },
  {
    name: "Azure Kubernetes Service Namespace User",
    guid: "c9f76ca8-b262-4b10-8ed2-09cf0948aa35",
    page: "containers",
    actions: below(CLUSTERS, "managedNamespaces/read managedNamespaces/listCredential/action"),
  },
  {
    name: "Azure Kubernetes Service Agent Pool Manager Role",
    guid: "1b7f3653-4324-473a-9165-bc55e4d04ba8",
    actions: below(
      `${CLUSTERS}/agentPools`,
      "read write delete upgradeNodeImageVersion/action abort/action",
    ),
  },
  {
    name: "Azure Kubernetes Service Machine Manager Role",
    guid: "8e253927-1f29-4d89-baa2-c3a549eff423",
    actions: below(`${CLUSTERS}/agentPools`, "deleteMachines/action machines/read machines/write"),
  },
  {
    name: "Azure Kubernetes Service Policy Add-on Deployment",
    guid: "18ed5180-3e48-46fd-8541-4ea054d57064",
    actions: [
      DEPLOYMENTS,
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/publicIPPrefixes/join/action",
      "Microsoft.Network/publicIPAddresses/join/action",
      "Microsoft.Compute/diskEncryptionSets/read",
      "Microsoft.Compute/proximityPlacementGroups/write",
    ],
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
    dataActions: below(
      CLUSTERS,
      `
      apps/controllerrevisions/read apps/daemonsets/* apps/deployments/* apps/replicasets/* apps/statefulsets/*
      autoscaling/horizontalpodautoscalers/* batch/cronjobs/* batch/jobs/*
      coordination.k8s.io/leases/read coordination.k8s.io/leases/write coordination.k8s.io/leases/delete
      discovery.k8s.io/endpointslices/read configmaps/* endpoints/* events.k8s.io/events/read events/*
      extensions/daemonsets/* extensions/deployments/* extensions/ingresses/* extensions/networkpolicies/*
      extensions/replicasets/* limitranges/read metrics.k8s.io/pods/read metrics.k8s.io/nodes/read namespaces/read
      networking.k8s.io/ingresses/* networking.k8s.io/networkpolicies/* persistentvolumeclaims/* pods/*
      policy/poddisruptionbudgets/* replicationcontrollers/* resourcequotas/read secrets/* serviceaccounts/*
      services/*`,
    ),
  },
  {
    name: "Azure Kubernetes Service RBAC Reader",
    guid: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    page: "containers",
    actions: KUBERNETES_READS,
    dataActions: below(
      CLUSTERS,
      `
      apps/controllerrevisions/read apps/daemonsets/read apps/deployments/read apps/replicasets/read
      apps/statefulsets/read autoscaling/horizontalpodautoscalers/read batch/cronjobs/read batch/jobs/read
      configmaps/read discovery.k8s.io/endpointslices/read endpoints/read events.k8s.io/events/read events/read
      extensions/daemonsets/read extensions/deployments/read extensions/ingresses/read
      extensions/networkpolicies/read extensions/replicasets/read limitranges/read metrics.k8s.io/pods/read
      metrics.k8s.io/nodes/read namespaces/read networking.k8s.io/ingresses/read
      networking.k8s.io/networkpolicies/read persistentvolumeclaims/read pods/read policy/poddisruptionbudgets/read
      replicationcontrollers/read resourcequotas/read serviceaccounts/read services/read`,
    ),
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
    name: "Key Vault Secrets Officer",
    guid: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    page: "security",
    actions: KEY_VAULT_READS,
    dataActions: ["Microsoft.KeyVault/vaults/secrets/*"],
  },
  {
    name: "Key Vault Certificates Officer",
    guid: "a4417e6f-fecd-4de8-b567-7b0420556985",
    page: "security",
    actions: KEY_VAULT_READS,
    dataActions: [
      "Microsoft.KeyVault/vaults/certificatecas/*",
      "Microsoft.KeyVault/vaults/certificates/*",
      "Microsoft.KeyVault/vaults/certificatecontacts/write",
    ],
  },
  {
    name: "Key Vault Certificate User",
    guid: "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
    page: "security",
    dataActions: [
      "Microsoft.KeyVault/vaults/certificates/read",
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      "Microsoft.KeyVault/vaults/keys/read",
    ],
  },
  {
    name: "Key Vault Reader",
    guid: "21090545-7ca7-4776-b22c-e363652d74d2",
    page: "security",
    actions: KEY_VAULT_READS.filter((action) => action !== DEPLOYMENTS),
    dataActions: [
      "Microsoft.KeyVault/vaults/*/read",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ],
  },
  {
    name: "Key Vault Crypto Service Release User",
    guid: "08bbd89e-9f13-488c-ac41-acfcb10c90ab",
    page: "security",
    dataActions: ["Microsoft.KeyVault/vaults/keys/release/action"],
  },
  {
    name: "Key Vault Purge Operator",
    guid: "a68e7c17-0ab2-4c09-9a58-125dae29748c",
    actions: [
      READS_ASSIGNMENTS,
      ALERTS,
      DEPLOYMENTS,
      READS_GROUPS,
      "Microsoft.KeyVault/deletedVaults/read",
      "Microsoft.KeyVault/locations/deletedVaults/read",
      "Microsoft.KeyVault/locations/deletedVaults/purge/action",
      "Microsoft.KeyVault/locations/operationResults/read",
    ],
  },
  {
    name: "Key Vault Data Access Administrator",
    guid: "8b54135c-b56d-4d72-a534-26097cfdc8d8",
    page: "security",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      READS_ASSIGNMENTS,
      DEPLOYMENTS,
      READS_GROUPS,
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Management/managementGroups/read",
      SUPPORT,
      "Microsoft.KeyVault/vaults/*/read",
    ],
    condition: onlyRoles(`
      00482a5a-887f-4fb3-b363-3b7fe8e74483 a4417e6f-fecd-4de8-b567-7b0420556985
      14b46e9e-c2b7-41b4-b07b-48a6ebf60603 e147488a-f6f5-4113-8e2d-b22465e65bf6
      12338af0-0e69-4776-bea7-57ae8d297424 21090545-7ca7-4776-b22c-e363652d74d2
      b86a8fe4-44ce-4948-aee5-eccb2c155cd7 4633458b-17de-408a-b874-0445c86b69e6`),
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
    dataActions: ["Microsoft.OperationalInsights/workspaces/jobs/export/action"],
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
    dataActions: ["Microsoft.OperationalInsights/workspaces/jobs/export/action"],
  },
  {
    name: "Log Analytics Data Reader",
    guid: "3b03c2da-16b3-4a49-8834-0f8130efdd3b",
    page: "monitor",
    actions: [
      "Microsoft.OperationalInsights/workspaces/query/read",
      "Microsoft.OperationalInsights/workspaces/read",
    ],
    dataActions: ["Microsoft.OperationalInsights/workspaces/tables/data/read"],
  },
  {
    name: "Monitoring Contributor",
    guid: "749f88d5-cbae-40b8-bcfc-e573ddc772fa",
    page: "monitor",
    actions: [
      "*/read",
      ...below(
        "Microsoft.AlertsManagement",
        `alerts/* alertsSummary/* issues/* smartDetectorAlertRules/* actionRules/* smartGroups/*
        migrateFromSmartDetection/* investigations/* prometheusRuleGroups/*`,
      ),
      ...below(
        "Microsoft.Insights",
        `actiongroups/* activityLogAlerts/* AlertRules/* components/* createNotifications/*
        dataCollectionEndpoints/* dataCollectionRules/* dataCollectionRuleAssociations/* DiagnosticSettings/*
        eventtypes/* LogDefinitions/* metricalerts/* MetricDefinitions/* Metrics/* notificationStatus/*
        Register/Action scheduledqueryrules/* webtests/* workbooks/* workbooktemplates/* privateLinkScopes/*
        privateLinkScopeOperationStatuses/*`,
      ),
      ...below("Microsoft.Monitor", "accounts/* settings/* investigations/*"),
      ...below(
        "Microsoft.OperationalInsights",
        `workspaces/write workspaces/intelligencepacks/* workspaces/savedSearches/* workspaces/search/action
        workspaces/sharedKeys/action workspaces/sharedKeys/read workspaces/storageinsightconfigs/*
        locations/workspaces/failover/action workspaces/failback/action`,
      ),
      SUPPORT,
      DEPLOYMENTS,
    ],
  },
  {
    name: "Monitoring Data Reader",
    guid: "b0d8363b-8ddd-447d-831f-62ca05bff136",
    dataActions: ["Microsoft.Monitor/accounts/data/metrics/read"],
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
      "Microsoft.Compute/hostgroups/write",
      "Microsoft.Compute/hostgroups/hosts/write",
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
  {
    name: "Storage Blob Data Contributor",
    guid: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    page: "storage",
    actions: below(
      "Microsoft.Storage/storageAccounts/blobServices",
      "containers/delete containers/read containers/write generateUserDelegationKey/action",
    ),
    dataActions: below(
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs",
      "delete read write move/action add/action",
    ),
  },
  {
    name: "Reader and Data Access",
    guid: "c12c1c16-33a1-487b-954d-41c89c60f349",
    page: "storage",
    actions: below(
      "Microsoft.Storage/storageAccounts",
      "listKeys/action ListAccountSas/action read",
    ),
  },
  {
    name: "Dedicated Host Contributor Role",
    guid: "96ebd254-ecc7-4590-aff5-e9af3ff5f3b3",
    actions: below(
      "Microsoft.Compute/hostGroups",
      "read write delete hosts/read hosts/write hosts/delete",
    ),
  },
  {
    name: "Virtual Machine Data Access Administrator (preview)",
    guid: "66f75aeb-eabe-4b70-9f1e-c350c4c9ad04",
    page: "compute",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      READS_ASSIGNMENTS,
      READS_GROUPS,
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Management/managementGroups/read",
      "Microsoft.Network/publicIPAddresses/read",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/loadBalancers/read",
      "Microsoft.Network/networkInterfaces/read",
      "Microsoft.Compute/virtualMachines/*/read",
      "Microsoft.HybridCompute/machines/*/read",
      DEPLOYMENTS,
      SUPPORT,
    ],
    condition: onlyRoles(`
      1c0163c0-47e6-4577-8991-ea5c82e286e4 fb879df8-f326-4884-b1cf-06f3ad86be52`),
  },
  {
    name: "Reservations Administrator",
    guid: "a8889054-8d42-49c9-bc1c-52486c10e7cd",
    page: "privileged",
    actions: [
      "Microsoft.Capacity/*/read",
      "Microsoft.Capacity/*/action",
      "Microsoft.Capacity/*/write",
      "Microsoft.Authorization/roleAssignments/read",
      "Microsoft.Authorization/roleDefinitions/read",
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
    ],
  },
];
