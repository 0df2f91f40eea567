// The rights that features need: which operations, and the role that gives them in each role set. Pure.
// The operations are those that Microsoft names, or that AKS asks for in its error messages.
import { Role } from "../spec/roles";
import { RESOURCE_TYPES, ResourceTypeName, operationsOn } from "./resource-types";

/** Operations that a principal needs on a scope, and the roles that give them. */
export interface NeededRight {
  /** Operations that are needed; also data actions. */
  readonly needs: readonly string[];
  /** The role in the built-in role set. */
  readonly builtIn: Role;
  /** The role in the minimal role set. */
  readonly minimal: Role;
}

/** A row of the table of rights. */
export interface Right extends NeededRight {
  /** The type of the resources that it is needed on. */
  readonly type: ResourceTypeName;
}

type Row = (key: string) => Right;

interface CustomRoleWords {
  readonly name: string;
  readonly description: string;
}

// A built-in role that is narrow enough for both role sets.
const builtIn =
  (type: ResourceTypeName, role: Role, needs: readonly string[]): Row =>
  () => ({ type, needs, builtIn: role, minimal: role });

// A custom role with just what is needed, and in the built-in role set the narrowest role of Azure, if there is one.
const custom =
  (type: ResourceTypeName, ends: string, role: Role | undefined, words: CustomRoleWords): Row =>
  (key) => {
    const needs = operationsOn(RESOURCE_TYPES[type].type, ends);
    const minimal = Role.custom({ ...words, key, actions: needs });
    return { type, needs, builtIn: role ?? minimal, minimal };
  };

const ROWS = {
  subnetJoin: custom("subnet", "read join/action", Role.NETWORK_CONTRIBUTOR, {
    name: "AKS Subnet Join",
    description: "Reads a subnet and puts nodes and load balancers into it.",
  }),
  apiServerSubnet: custom(
    "subnet",
    "read join/action joinLoadBalancer/action",
    Role.NETWORK_CONTRIBUTOR,
    {
      name: "AKS API Server Subnet",
      description: "Reads a subnet and puts nodes, load balancers and the API server into it.",
    },
  ),
  privateLinkSubnet: custom("subnet", "read write join/action", Role.NETWORK_CONTRIBUTOR, {
    name: "AKS Private Link Subnet",
    description:
      "Joins a subnet and may change all of its settings, also its network security group and route table: AKS turns Private Link policies off.",
  }),
  // Microsoft names Network Contributor, and a custom role with this operation alone.
  gatewaySubnet: custom("subnet", "join/action", Role.NETWORK_CONTRIBUTOR, {
    name: "AKS Gateway Subnet",
    description: "Joins Application Gateways for Containers to a subnet.",
  }),
  networkLink: custom("virtualNetwork", "read join/action", Role.PRIVATE_DNS_ZONE_CONTRIBUTOR, {
    name: "AKS VNet Link",
    description: "Reads a virtual network and links a private DNS zone to it.",
  }),
  networkRead: custom("virtualNetwork", "read", Role.READER, {
    name: "AKS VNet Read",
    description: "Reads a virtual network.",
  }),
  routeTableRead: custom("routeTable", "read routes/read", Role.READER, {
    name: "AKS Route Table Read",
    description: "Reads a route table and its routes.",
  }),
  routeTableJoin: custom("routeTable", "join/action", undefined, {
    name: "AKS Route Table Join",
    description: "Joins subnets to a route table.",
  }),
  networkSecurityGroupJoin: custom("networkSecurityGroup", "join/action", undefined, {
    name: "AKS Network Security Group Join",
    description: "Joins subnets to a network security group.",
  }),
  natGatewayJoin: custom("natGateway", "join/action", undefined, {
    name: "AKS NAT Gateway Join",
    description: "Joins subnets to a NAT gateway.",
  }),
  publicIp: custom("publicIp", "read join/action", Role.NETWORK_CONTRIBUTOR, {
    name: "AKS Outbound IP",
    description: "Reads a public IP and joins a load balancer to it.",
  }),
  publicIpGroup: custom("publicIpGroup", "/Microsoft.Network/publicIPAddresses/read", undefined, {
    name: "AKS Public IP Read",
    description: "Reads the public IPs of a resource group.",
  }),
  publicIpPrefix: custom("publicIpPrefix", "read join/action", Role.NETWORK_CONTRIBUTOR, {
    name: "AKS Outbound IP Prefix",
    description: "Reads a public IP prefix and joins a load balancer to it.",
  }),
  privateDnsZone: custom(
    "privateDnsZone",
    "read write A/* virtualNetworkLinks/*",
    Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
    {
      name: "AKS Private DNS Zone",
      description:
        "Writes the record of the API server into a zone and links the zone to the network.",
    },
  ),
  privateDnsZoneRead: custom("privateDnsZone", "read", Role.READER, {
    name: "AKS Private DNS Zone Read",
    description: "Reads a private DNS zone.",
  }),
  // For add-ons and for backup, Microsoft names roles and no operations.
  privateDnsRecords: builtIn(
    "privateDnsZone",
    Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
    operationsOn(
      RESOURCE_TYPES.privateDnsZone.type,
      "read recordsets/read A/* AAAA/* CNAME/* TXT/*",
    ),
  ),
  dnsZone: builtIn(
    "dnsZone",
    Role.DNS_ZONE_CONTRIBUTOR,
    operationsOn(RESOURCE_TYPES.dnsZone.type, "read recordsets/read A/* AAAA/* CNAME/* TXT/*"),
  ),
  secrets: builtIn(
    "keyVault",
    Role.KEY_VAULT_SECRETS_USER,
    operationsOn(
      RESOURCE_TYPES.keyVault.type,
      "secrets/getSecret/action secrets/readMetadata/action",
    ),
  ),
  certificates: builtIn(
    "keyVault",
    Role.KEY_VAULT_CERTIFICATE_USER,
    operationsOn(
      RESOURCE_TYPES.keyVault.type,
      "certificates/read secrets/getSecret/action secrets/readMetadata/action keys/read",
    ),
  ),
  gatewayConfiguration: builtIn(
    "gatewayGroup",
    Role.GATEWAY_CONFIGURATION_MANAGER,
    operationsOn(
      RESOURCE_TYPES.gatewayForContainers.type,
      "* frontends/* associations/* securityPolicies/* serviceRoutingConfigurations/*",
    ),
  ),
  snapshots: builtIn(
    "snapshotGroup",
    Role.CONTRIBUTOR,
    operationsOn("Microsoft.Compute/snapshots", "*"),
  ),
  snapshotGroupRead: builtIn("snapshotGroup", Role.READER, Role.READER.actions),
  clusterRead: builtIn("cluster", Role.READER, Role.READER.actions),
  backupBlobs: builtIn("storageAccount", Role.STORAGE_BLOB_DATA_CONTRIBUTOR, [
    ...Role.STORAGE_BLOB_DATA_CONTRIBUTOR.actions,
    ...Role.STORAGE_BLOB_DATA_CONTRIBUTOR.dataActions,
  ]),
  nodeGroupRead: builtIn("nodeResourceGroup", Role.READER, Role.READER.actions),
  assignIdentity: custom("identity", "read assign/action", Role.MANAGED_IDENTITY_OPERATOR, {
    name: "AKS Identity Assign",
    description: "Reads a managed identity and assigns it.",
  }),
  pull: builtIn("registry", Role.ACR_PULL, Role.ACR_PULL.actions),
  pullRepositories: builtIn("registry", Role.REPOSITORY_READER, Role.REPOSITORY_READER.dataActions),
  diskEncryptionSet: custom("diskEncryptionSet", "read", Role.READER, {
    name: "AKS Disk Encryption Set Read",
    description: "Reads a disk encryption set.",
  }),
  kms: builtIn(
    "keyVault",
    Role.KEY_VAULT_CRYPTO_USER,
    operationsOn(RESOURCE_TYPES.keyVault.type, "keys/read keys/encrypt/action keys/decrypt/action"),
  ),
  keyVaultRead: custom("keyVault", "read", Role.READER, {
    name: "AKS Key Vault Read",
    description: "Finds a key vault in the list of the vaults of its subscription.",
  }),
  kmsPrivateVault: custom(
    "keyVault",
    "read privateEndpointConnectionsApproval/action",
    Role.KEY_VAULT_CONTRIBUTOR,
    {
      name: "AKS Key Vault Private Endpoint",
      description: "Reads a key vault and approves the private endpoint of the cluster.",
    },
  ),
  // Microsoft names Contributor on the resource group; nothing that wide is granted here.
  capacityReservation: custom(
    "capacityReservationGroup",
    "read deploy/action capacityReservations/read capacityReservations/deploy/action",
    undefined,
    {
      name: "AKS Capacity Reservation",
      description: "Reads a capacity reservation group and takes its capacity.",
    },
  ),
  // The same; Azure has no operation to join a host group. Dedicated Host Contributor Role also deletes hosts.
  hostGroup: custom("hostGroup", "read write hosts/read hosts/write", undefined, {
    name: "AKS Dedicated Host Group",
    description: "Reads a dedicated host group and puts nodes onto its hosts.",
  }),
  disk: custom("disk", "read write", Role.VIRTUAL_MACHINE_CONTRIBUTOR, {
    name: "AKS Data Disk",
    description: "Reads a managed disk and attaches it.",
  }),
  storageAccount: custom(
    "storageAccount",
    "read listKeys/action fileServices/shares/*",
    Role.STORAGE_ACCOUNT_CONTRIBUTOR,
    {
      name: "AKS Storage Account",
      description: "Reads a storage account and its keys, and makes file shares in it.",
    },
  ),
  // Azure checks the keys when a diagnostic setting sends logs to the workspace, and on AKS both ways to read them.
  workspace: custom(
    "logAnalyticsWorkspace",
    "read sharedKeys/action sharedKeys/read",
    Role.LOG_ANALYTICS_CONTRIBUTOR,
    {
      name: "AKS Log Analytics Workspace",
      description: "Sends the logs of a cluster to a Log Analytics workspace.",
    },
  ),
  defenderWorkspace: custom(
    "logAnalyticsWorkspace",
    "read sharedKeys/read",
    Role.LOG_ANALYTICS_CONTRIBUTOR,
    {
      name: "AKS Defender Workspace",
      description: "Sends the alerts of Defender to a Log Analytics workspace.",
    },
  ),
  fleetMember: custom(
    "fleetManager",
    "read members/read members/write members/delete",
    Role.FLEET_MANAGER_CONTRIBUTOR,
    {
      name: "AKS Fleet Member",
      description: "Reads a fleet, and joins and removes members.",
    },
  ),
  // Microsoft names Contributor on the workspace for onboarding, which also makes the rule in its group.
  monitorWorkspace: custom("monitorWorkspace", "read", Role.READER, {
    name: "AKS Azure Monitor Workspace",
    description: "Sends the metrics of a cluster to an Azure Monitor workspace.",
  }),
} satisfies { [key: string]: Row };

/** The name of a right. */
export type RightName = keyof typeof ROWS;

/** The rights, by name. The name is the key of the custom role. */
export const RIGHTS = Object.fromEntries(
  Object.entries<Row>(ROWS).map(([key, row]) => [key, row(key)]),
) as { readonly [name in RightName]: Right };

/** The custom roles of the library. */
export const CUSTOM_ROLES: readonly Role[] = Object.values<Right>(RIGHTS)
  .map(({ minimal }) => minimal)
  .filter(({ key }) => key !== undefined);
