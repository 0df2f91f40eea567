// The rights that features need: which operations, and the role that gives them in each role set. Pure.
// The operations are those that Microsoft names, or that AKS asks for in its error messages.
import { Role } from "../spec/roles";
import { RESOURCE_TYPES, ResourceTypeName, operationsOn } from "./resource-types";

/** Something that a principal has to be able to do on a scope. */
export interface NeededRight {
  /** Operations that are needed; also data actions. */
  readonly needs: readonly string[];
  /** The role in the built-in role set. */
  readonly builtIn: Role;
  /** The role in the minimal role set. */
  readonly minimal: Role;
}

/** A custom role with just what is needed in the minimal set, and in the built-in set unless one of Azure is narrow enough. */
interface Custom {
  readonly name: string;
  readonly description: string;
  readonly needs: string[];
  readonly builtIn?: Role;
}

/** A built-in role that is narrow enough for both role sets. */
interface BuiltIn {
  readonly needs: string[];
  readonly builtIn: Role;
}

const on = (type: ResourceTypeName, ...ends: string[]): string[] =>
  operationsOn(RESOURCE_TYPES[type].type, ends);

const ROWS = {
  subnetJoin: {
    name: "AKS Subnet Join",
    description: "Reads a subnet and puts nodes and load balancers into it.",
    needs: on("subnet", "read", "join/action"),
    builtIn: Role.NETWORK_CONTRIBUTOR,
  },
  apiServerSubnet: {
    name: "AKS API Server Subnet",
    description: "Reads a subnet and puts nodes, load balancers and the API server into it.",
    needs: on("subnet", "read", "join/action", "joinLoadBalancer/action"),
    builtIn: Role.NETWORK_CONTRIBUTOR,
  },
  privateLinkSubnet: {
    name: "AKS Private Link Subnet",
    description:
      "Joins a subnet and may change all of its settings, also its network security group and route table: AKS turns Private Link policies off.",
    needs: on("subnet", "read", "write", "join/action"),
    builtIn: Role.NETWORK_CONTRIBUTOR,
  },
  networkLink: {
    name: "AKS VNet Link",
    description: "Reads a virtual network and links a private DNS zone to it.",
    needs: on("virtualNetwork", "read", "join/action"),
    builtIn: Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
  },
  networkRead: {
    name: "AKS VNet Read",
    description: "Reads a virtual network.",
    needs: on("virtualNetwork", "read"),
    builtIn: Role.READER,
  },
  routeTableRead: {
    name: "AKS Route Table Read",
    description: "Reads a route table and its routes.",
    needs: on("routeTable", "read", "routes/read"),
    builtIn: Role.READER,
  },
  publicIp: {
    name: "AKS Outbound IP",
    description: "Reads a public IP and joins a load balancer to it.",
    needs: on("publicIp", "read", "join/action"),
    builtIn: Role.NETWORK_CONTRIBUTOR,
  },
  publicIpPrefix: {
    name: "AKS Outbound IP Prefix",
    description: "Reads a public IP prefix and joins a load balancer to it.",
    needs: on("publicIpPrefix", "read", "join/action"),
    builtIn: Role.NETWORK_CONTRIBUTOR,
  },
  privateDnsZone: {
    name: "AKS Private DNS Zone",
    description:
      "Writes the record of the API server into a zone and links the zone to the network.",
    needs: on("privateDnsZone", "read", "write", "A/*", "virtualNetworkLinks/*"),
    builtIn: Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
  },
  privateDnsZoneRead: {
    name: "AKS Private DNS Zone Read",
    description: "Reads a private DNS zone.",
    needs: on("privateDnsZone", "read"),
    builtIn: Role.READER,
  },
  assignIdentity: {
    name: "AKS Identity Assign",
    description: "Reads a managed identity and assigns it.",
    needs: on("identity", "read", "assign/action"),
    builtIn: Role.MANAGED_IDENTITY_OPERATOR,
  },
  pull: { needs: Role.ACR_PULL.actions, builtIn: Role.ACR_PULL },
  pullRepositories: {
    needs: Role.REPOSITORY_READER.dataActions,
    builtIn: Role.REPOSITORY_READER,
  },
  diskEncryptionSet: {
    name: "AKS Disk Encryption Set Read",
    description: "Reads a disk encryption set.",
    needs: on("diskEncryptionSet", "read"),
    builtIn: Role.READER,
  },
  kms: {
    needs: on("keyVault", "keys/read", "keys/encrypt/action", "keys/decrypt/action"),
    builtIn: Role.KEY_VAULT_CRYPTO_USER,
  },
  kmsPrivateVault: {
    name: "AKS Key Vault Private Endpoint",
    description: "Reads a key vault and approves the private endpoint of the cluster.",
    needs: on("keyVault", "read", "privateEndpointConnectionsApproval/action"),
    builtIn: Role.KEY_VAULT_CONTRIBUTOR,
  },
  // Microsoft names Contributor on the resource group; nothing that wide is granted here.
  capacityReservation: {
    name: "AKS Capacity Reservation",
    description: "Reads a capacity reservation group and takes its capacity.",
    needs: on(
      "capacityReservationGroup",
      ...["read", "deploy/action", "capacityReservations/read"],
      "capacityReservations/deploy/action",
    ),
  },
  hostGroup: {
    name: "AKS Dedicated Host Group",
    description: "Reads a dedicated host group and puts nodes onto its hosts.",
    needs: on("hostGroup", "read", "hosts/read", "hosts/write"),
  },
  disk: {
    name: "AKS Data Disk",
    description: "Reads a managed disk and attaches it.",
    needs: on("disk", "read", "write"),
    builtIn: Role.VIRTUAL_MACHINE_CONTRIBUTOR,
  },
  storageAccount: {
    name: "AKS Storage Account",
    description: "Reads a storage account and its keys, and makes file shares in it.",
    needs: on("storageAccount", "read", "listKeys/action", "fileServices/shares/*"),
    builtIn: Role.STORAGE_ACCOUNT_CONTRIBUTOR,
  },
  // Azure asks for the second one of whoever sends the logs of a resource to the workspace.
  workspace: {
    name: "AKS Log Analytics Workspace",
    description: "Sends the logs of a cluster to a Log Analytics workspace.",
    needs: on("logAnalyticsWorkspace", "read", "sharedKeys/action"),
    builtIn: Role.LOG_ANALYTICS_CONTRIBUTOR,
  },
  // Microsoft names Contributor on the workspace for onboarding, which also makes the rule in its group.
  monitorWorkspace: {
    name: "AKS Azure Monitor Workspace",
    description: "Sends the metrics of a cluster to an Azure Monitor workspace.",
    needs: on("monitorWorkspace", "read"),
    builtIn: Role.READER,
  },
} satisfies { [key: string]: Custom | BuiltIn };

/** Every right; the key of a right is that of its custom role. */
export const RIGHTS = Object.fromEntries(
  Object.entries<Custom | BuiltIn>(ROWS).map(([key, row]) => [key, rightOf(key, row)]),
) as { readonly [key in keyof typeof ROWS]: NeededRight };

/** The custom roles of the library. */
export const CUSTOM_ROLES: readonly Role[] = Object.values<NeededRight>(RIGHTS)
  .map(({ minimal }) => minimal)
  .filter(({ key }) => key !== undefined);

function rightOf(key: string, row: Custom | BuiltIn): NeededRight {
  const { needs } = row;
  if (!("name" in row)) {
    return { needs, builtIn: row.builtIn, minimal: row.builtIn };
  }
  const { name, description, builtIn } = row;
  const minimal = Role.custom({ key, name, description, actions: needs });
  return { needs, builtIn: builtIn ?? minimal, minimal };
}
