// The types of resources that roles are granted on: one row for each. Pure.
import { addressName } from "../spec/address";
import { NAME_RULES, NameRule, isSameName } from "../spec/naming";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { entryOf } from "../spec/tables";

interface Row {
  /** Resource type in Azure. */
  readonly type: string;
  /** The team that owns such resources, and grants on them unless the description says otherwise. */
  readonly team: "identity" | "network";
  /** What it is called in sentences. */
  readonly words: string;
  /** What it is called in Terraform addresses, which are a promise. */
  readonly prefix: string;
  /** Whether the name alone tells one from others in a description. */
  readonly uniqueName?: boolean;
  /** What names must look like; those of most resources if absent. */
  readonly rule?: NameRule;
  /**
   * The operations on a resource and on its parts that a role can allow, after the type: what wildcards of
   * roles are counted against. `*` stands for read, write and delete.
   *
   * @see https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
   */
  readonly operations?: readonly string[];
}

/** A type of resources. */
export interface ResourceType extends Row {
  /** Its name in the table, by which a description says who grants on such resources. */
  readonly owner: string;
}

const SUBNET = [
  "*",
  "join/action",
  "joinViaServiceEndpoint/action",
  "joinLoadBalancer/action",
  "prepareNetworkPolicies/action",
  "unprepareNetworkPolicies/action",
  "virtualMachines/read",
  "contextualServiceEndpointPolicies/*",
  "resourceNavigationLinks/*",
  "serviceAssociationLinks/*",
  "serviceAssociationLinks/validate/action",
  "serviceAssociationLinks/details/read",
];

const RECORDS = ["A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"];

const KEY_ACTIONS = ["backup", "encrypt", "decrypt", "wrap", "unwrap", "sign", "verify", "create"];

const CLUSTERS = "Microsoft.ContainerService/managedClusters";

const ROWS = {
  identity: {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    team: "identity",
    words: "managed identity",
    prefix: "identity",
    uniqueName: true,
    rule: NAME_RULES.identity,
    operations: [
      ...["*", "assign/action", "revokeTokens/action", "listAssociatedResources/action"],
      "federatedIdentityCredentials/*",
    ],
  },
  subnet: {
    type: "Microsoft.Network/virtualNetworks/subnets",
    team: "network",
    words: "subnet",
    prefix: "subnet",
    uniqueName: true,
    rule: NAME_RULES.subnet,
    operations: SUBNET,
  },
  virtualNetwork: {
    type: "Microsoft.Network/virtualNetworks",
    team: "network",
    words: "virtual network",
    prefix: "vnet",
    uniqueName: true,
    rule: NAME_RULES.virtualNetwork,
    operations: [
      ...["*", "join/action", "joinLoadBalancer/action", "peer/action", "BastionHosts/action"],
      ...["checkIpAddressAvailability/read", "ddosProtectionStatus/action"],
      ...["privateDnsZoneLinks/read", "usages/read", "virtualMachines/read"],
      "virtualNetworkPeerings/*",
      ...SUBNET.map((operation) => `subnets/${operation}`),
    ],
  },
  routeTable: {
    type: "Microsoft.Network/routeTables",
    team: "network",
    words: "route table",
    prefix: "route-table",
    operations: ["*", "join/action", "routes/*"],
  },
  publicIp: {
    type: "Microsoft.Network/publicIPAddresses",
    team: "network",
    words: "public IP",
    prefix: "public-ip",
    operations: ["*", "join/action", "ddosProtectionStatus/action", "dnsAliases/*"],
  },
  publicIpPrefix: {
    type: "Microsoft.Network/publicIPPrefixes",
    team: "network",
    words: "public IP prefix",
    prefix: "public-ip-prefix",
    operations: ["*", "join/action"],
  },
  privateDnsZone: {
    type: "Microsoft.Network/privateDnsZones",
    team: "network",
    words: "private DNS zone",
    prefix: "zone",
    uniqueName: true,
    rule: NAME_RULES.privateDnsZone,
    operations: [
      ...["*", "join/action", "recordsets/read", "virtualNetworkLinks/*"],
      ...RECORDS.map((record) => `${record}/*`),
    ],
  },
  registry: {
    type: "Microsoft.ContainerRegistry/registries",
    team: "identity",
    words: "container registry",
    prefix: "registry",
    uniqueName: true,
    rule: NAME_RULES.registry,
    operations: [
      ...["*", "listCredentials/action", "regenerateCredential/action", "importImage/action"],
      ...["pull/read", "push/write", "artifacts/delete"],
      ...["repositories/metadata/*", "repositories/content/*"],
    ],
  },
  diskEncryptionSet: {
    type: "Microsoft.Compute/diskEncryptionSets",
    team: "identity",
    words: "disk encryption set",
    prefix: "disk-encryption-set",
    uniqueName: true,
    operations: ["*"],
  },
  keyVault: {
    type: "Microsoft.KeyVault/vaults",
    team: "identity",
    words: "key vault",
    prefix: "key-vault",
    uniqueName: true,
    operations: [
      ...["*", "deploy/action", "privateEndpointConnectionsApproval/action"],
      ...["accessPolicies/write", "secrets/read", "secrets/write", "privateEndpointConnections/*"],
      ...["keys/read", "keys/update/action", "keys/delete"],
      ...KEY_ACTIONS.map((action) => `keys/${action}/action`),
    ],
  },
  capacityReservationGroup: {
    type: "Microsoft.Compute/capacityReservationGroups",
    team: "identity",
    words: "capacity reservation group",
    prefix: "capacity-reservation-group",
    operations: [
      ...["*", "deploy/action", "share/action"],
      ...["capacityReservations/*", "capacityReservations/deploy/action"],
    ],
  },
  hostGroup: {
    type: "Microsoft.Compute/hostGroups",
    team: "identity",
    words: "host group",
    prefix: "host-group",
    operations: ["*", "hosts/*", "hosts/restart/action", "hosts/redeploy/action"],
  },
  disk: {
    type: "Microsoft.Compute/disks",
    team: "identity",
    words: "disk",
    prefix: "disk",
    operations: ["*", "beginGetAccess/action", "endGetAccess/action"],
  },
  storageAccount: {
    type: "Microsoft.Storage/storageAccounts",
    team: "identity",
    words: "storage account",
    prefix: "storage-account",
    uniqueName: true,
    operations: [
      ...["*", "listKeys/action", "regeneratekey/action", "listAccountSas/action"],
      ...["listServiceSas/action", "failover/action", "revokeUserDelegationKeys/action"],
      ...["fileServices/shares/*", "blobServices/containers/*", "privateEndpointConnections/*"],
    ],
  },
  logAnalyticsWorkspace: {
    type: "Microsoft.OperationalInsights/workspaces",
    team: "identity",
    words: "Log Analytics workspace",
    prefix: "workspace",
    uniqueName: true,
    operations: [
      ...["*", "sharedKeys/action", "sharedKeys/read", "search/action"],
      ...["analytics/query/action", "query/read", "savedSearches/*"],
    ],
  },
  monitorWorkspace: {
    type: "Microsoft.Monitor/accounts",
    team: "identity",
    words: "Azure Monitor workspace",
    prefix: "monitor-workspace",
    uniqueName: true,
    operations: ["*", "data/metrics/read"],
  },
  // The group of the cluster, on which roles act in Kubernetes alone.
  resourceGroup: {
    type: "Microsoft.Resources/resourceGroups",
    team: "identity",
    words: "resource group",
    prefix: "resource-group",
    uniqueName: true,
    operations: [
      ...["read", "listClusterUserCredential/action", "namespaces/read", "nodes/read"],
      ...["pods/read", "pods/write", "secrets/read", "secrets/write"],
      "rbac.authorization.k8s.io/clusterrolebindings/write",
    ].map((operation) => `${CLUSTERS}/${operation}`),
  },
} satisfies { [owner: string]: Row };

/** The name of a row of the table. */
export type ResourceTypeName = keyof typeof ROWS;

/** Every type that the library grants on, by its name. */
export const RESOURCE_TYPES = Object.fromEntries(
  Object.entries<Row>(ROWS).map(([owner, row]): [string, ResourceType] => [
    owner,
    { ...row, owner, operations: operationsOn(row.type, row.operations ?? []) },
  ]),
) as { readonly [name in ResourceTypeName]: ResourceType };

/** Operations on a type, from their ends; `*` stands for read, write and delete. */
export function operationsOn(type: string, ends: readonly string[]): string[] {
  return ends
    .map((end) => (end.startsWith("Microsoft.") ? end : `${type}/${end}`))
    .flatMap((one) =>
      one.endsWith("*")
        ? ["read", "write", "delete"].map((verb) => one.slice(0, -1) + verb)
        : [one],
    );
}

/** The names by which a description can hand resources to another team. */
export const OWNERS: readonly string[] = Object.keys(ROWS);

/** The type of a scope: that of its kind in the table, or one that a grant of one's own names. */
export function resourceTypeOf(kind: string): ResourceType {
  const isIdentity = kind === "controlPlane" || kind === "kubelet";
  return entryOf(RESOURCE_TYPES, isIdentity ? "identity" : kind) ?? namedType(kind);
}

/** The row of the table for a resource type in Azure, if there is one. */
export function knownType(type: string): ResourceType | undefined {
  return Object.values(RESOURCE_TYPES).find((one) => isSameName(one.type, type));
}

/** What a scope is called in Terraform addresses. */
export function scopeAddress(scope: {
  readonly kind: string;
  readonly name: string;
  readonly reference?: ResourceReference;
}): string {
  const { kind, name, reference } = scope;
  const { prefix, uniqueName = false } = resourceTypeOf(kind);
  const place = uniqueName
    ? []
    : [reference?.resourceGroup ?? [], ...(parseResourceId(reference?.id ?? "")?.parents ?? [])];
  return [prefix, ...place.flat().map(addressName), addressName(name)].join("-");
}

// Its address follows from the type alone, also if the table has a row for it.
function namedType(type: string): ResourceType {
  const [provider = "", ...types] = type.split("/");
  const prefix = types
    .join("-")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
  const team = isSameName(provider, "Microsoft.Network") ? "network" : "identity";
  const known = knownType(type) ?? { owner: type, team, words: type };
  return { ...known, type, prefix, uniqueName: false };
}
