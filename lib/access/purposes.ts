// What a grant is for: the actions that are needed, and the role that gives them in each role set. Pure.
// The actions are those that Microsoft names, or that AKS asks for in its error messages.
import { Role } from "../spec/roles";

/** Something that somebody has to be able to do on a kind of scope. */
export interface Purpose {
  /** Operations that are needed; also data actions. */
  readonly needs: readonly string[];
  /** The role in the built-in role set. */
  readonly builtIn: Role;
  /** The role in the minimal role set. */
  readonly minimal: Role;
}

const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";
const ZONES = "Microsoft.Network/privateDnsZones";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const RESERVATIONS = "Microsoft.Compute/capacityReservationGroups";

/** A purpose whose minimal role is a custom one with just what is needed. */
function purpose(
  key: string,
  name: string,
  description: string,
  needs: string[],
  builtIn?: Role,
): Purpose {
  const minimal = Role.custom({ key, name, description, actions: needs });
  return { needs, builtIn: builtIn ?? minimal, minimal };
}

/** A purpose for which there is a built-in role that is narrow enough. */
function builtIn(role: Role, needs: string[]): Purpose {
  return { needs, builtIn: role, minimal: role };
}

/** Every purpose. */
export const PURPOSES = {
  subnetJoin: purpose(
    "subnetJoin",
    "AKS Subnet Join",
    "Reads a subnet and puts nodes and load balancers into it.",
    [`${SUBNETS}/read`, `${SUBNETS}/join/action`],
    Role.NETWORK_CONTRIBUTOR,
  ),
  apiServerSubnet: purpose(
    "apiServerSubnet",
    "AKS API Server Subnet",
    "Reads a subnet and puts nodes, load balancers and the API server into it.",
    [`${SUBNETS}/read`, `${SUBNETS}/join/action`, `${SUBNETS}/joinLoadBalancer/action`],
    Role.NETWORK_CONTRIBUTOR,
  ),
  privateLinkSubnet: purpose(
    "privateLinkSubnet",
    "AKS Private Link Subnet",
    "Joins a subnet and may change all of its settings, also its network security group and route table: AKS turns Private Link policies off.",
    [`${SUBNETS}/read`, `${SUBNETS}/write`, `${SUBNETS}/join/action`],
    Role.NETWORK_CONTRIBUTOR,
  ),
  networkLink: purpose(
    "networkLink",
    "AKS VNet Link",
    "Reads a virtual network and links a private DNS zone to it.",
    ["Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/join/action"],
    Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
  ),
  networkRead: purpose(
    "networkRead",
    "AKS VNet Read",
    "Reads a virtual network.",
    ["Microsoft.Network/virtualNetworks/read"],
    Role.READER,
  ),
  routeTableRead: purpose(
    "routeTableRead",
    "AKS Route Table Read",
    "Reads a route table and its routes.",
    ["Microsoft.Network/routeTables/read", "Microsoft.Network/routeTables/routes/read"],
    Role.READER,
  ),
  publicIp: purpose(
    "publicIp",
    "AKS Outbound IP",
    "Reads a public IP and joins a load balancer to it.",
    ["Microsoft.Network/publicIPAddresses/read", "Microsoft.Network/publicIPAddresses/join/action"],
    Role.NETWORK_CONTRIBUTOR,
  ),
  publicIpPrefix: purpose(
    "publicIpPrefix",
    "AKS Outbound IP Prefix",
    "Reads a public IP prefix and joins a load balancer to it.",
    ["Microsoft.Network/publicIPPrefixes/read", "Microsoft.Network/publicIPPrefixes/join/action"],
    Role.NETWORK_CONTRIBUTOR,
  ),
  privateDnsZone: purpose(
    "privateDnsZone",
    "AKS Private DNS Zone",
    "Writes the record of the API server into a zone and links the zone to the network.",
    [
      `${ZONES}/read`,
      `${ZONES}/write`,
      `${ZONES}/A/read`,
      `${ZONES}/A/write`,
      `${ZONES}/A/delete`,
      `${ZONES}/virtualNetworkLinks/read`,
      `${ZONES}/virtualNetworkLinks/write`,
      `${ZONES}/virtualNetworkLinks/delete`,
    ],
    Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
  ),
  privateDnsZoneRead: purpose(
    "privateDnsZoneRead",
    "AKS Private DNS Zone Read",
    "Reads a private DNS zone.",
    [`${ZONES}/read`],
    Role.READER,
  ),
  assignIdentity: purpose(
    "assignIdentity",
    "AKS Identity Assign",
    "Reads a managed identity and assigns it.",
    [`${IDENTITIES}/read`, `${IDENTITIES}/assign/action`],
    Role.MANAGED_IDENTITY_OPERATOR,
  ),
  pull: builtIn(Role.ACR_PULL, Role.ACR_PULL.actions),
  pullRepositories: builtIn(Role.REPOSITORY_READER, Role.REPOSITORY_READER.dataActions),
  diskEncryptionSet: purpose(
    "diskEncryptionSet",
    "AKS Disk Encryption Set Read",
    "Reads a disk encryption set.",
    ["Microsoft.Compute/diskEncryptionSets/read"],
    Role.READER,
  ),
  kms: builtIn(Role.KEY_VAULT_CRYPTO_USER, [
    "Microsoft.KeyVault/vaults/keys/read",
    "Microsoft.KeyVault/vaults/keys/encrypt/action",
    "Microsoft.KeyVault/vaults/keys/decrypt/action",
  ]),
  kmsPrivateVault: purpose(
    "kmsPrivateVault",
    "AKS Key Vault Private Endpoint",
    "Reads a key vault and approves the private endpoint of the cluster.",
    [
      "Microsoft.KeyVault/vaults/read",
      "Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action",
    ],
    Role.KEY_VAULT_CONTRIBUTOR,
  ),
  // Microsoft names Contributor on the resource group; nothing that wide is granted here.
  capacityReservation: purpose(
    "capacityReservation",
    "AKS Capacity Reservation",
    "Reads a capacity reservation group and takes its capacity.",
    [
      `${RESERVATIONS}/read`,
      `${RESERVATIONS}/deploy/action`,
      `${RESERVATIONS}/capacityReservations/read`,
      `${RESERVATIONS}/capacityReservations/deploy/action`,
    ],
  ),
  hostGroup: purpose(
    "hostGroup",
    "AKS Dedicated Host Group",
    "Reads a dedicated host group and puts nodes onto its hosts.",
    [
      "Microsoft.Compute/hostGroups/read",
      "Microsoft.Compute/hostGroups/hosts/read",
      "Microsoft.Compute/hostGroups/hosts/write",
    ],
  ),
  disk: purpose(
    "disk",
    "AKS Data Disk",
    "Reads a managed disk and attaches it.",
    ["Microsoft.Compute/disks/read", "Microsoft.Compute/disks/write"],
    Role.VIRTUAL_MACHINE_CONTRIBUTOR,
  ),
  storageAccount: purpose(
    "storageAccount",
    "AKS Storage Account",
    "Reads a storage account and its keys, and makes file shares in it.",
    [
      "Microsoft.Storage/storageAccounts/read",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      "Microsoft.Storage/storageAccounts/fileServices/shares/read",
      "Microsoft.Storage/storageAccounts/fileServices/shares/write",
      "Microsoft.Storage/storageAccounts/fileServices/shares/delete",
    ],
    Role.STORAGE_ACCOUNT_CONTRIBUTOR,
  ),
  // Azure asks for the second one of whoever sends the logs of a resource to the workspace.
  workspace: purpose(
    "workspace",
    "AKS Log Analytics Workspace",
    "Sends the logs of a cluster to a Log Analytics workspace.",
    [
      "Microsoft.OperationalInsights/workspaces/read",
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
    ],
    Role.LOG_ANALYTICS_CONTRIBUTOR,
  ),
  // Microsoft names Contributor on the workspace for onboarding, which also makes the rule in its group.
  monitorWorkspace: purpose(
    "monitorWorkspace",
    "AKS Azure Monitor Workspace",
    "Sends the metrics of a cluster to an Azure Monitor workspace.",
    ["Microsoft.Monitor/accounts/read"],
    Role.READER,
  ),
} satisfies { [key: string]: Purpose };
