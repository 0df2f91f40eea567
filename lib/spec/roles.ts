// The roles that are granted, with what their definitions allow. Pure.

/** Options of a custom role. */
export interface CustomRoleOptions {
  /** Key: what `RoleSet.minimal({ existing })` calls it. Letters and digits, a lower-case letter first. */
  readonly key: string;
  /**
   * Name, without quotes, backslashes, $ and %; the stacks add the cluster and the resource group, since names
   * are unique in a tenant.
   */
  readonly name: string;
  /** What it is for: one sentence. */
  readonly description: string;
  /** Actions, without wildcards: one at least. */
  readonly actions: string[];
}

const KEY = /^[a-z][A-Za-z0-9]*$/;
// It stands in expressions of Terraform.
const ROLE_NAME = /^[^"\\$%\p{Cc}]{1,400}$/u;
const ACTION = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(\/[A-Za-z0-9_.-]+)+$/;

/** An Azure role, as it is granted here. */
export class Role {
  /** Reads and changes networks; on a subnet, that subnet alone. */
  public static readonly NETWORK_CONTRIBUTOR = Role.builtIn(
    "Network Contributor",
    "4d97b98b-1d4f-4787-a291-c67834d212e7",
    ["Microsoft.Network/*"],
  );
  /** Changes private DNS zones; on a virtual network, it reads and joins it, and no more. */
  public static readonly PRIVATE_DNS_ZONE_CONTRIBUTOR = Role.builtIn(
    "Private DNS Zone Contributor",
    "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    [
      "Microsoft.Network/privateDnsZones/*",
      "Microsoft.Network/privateDnsOperationResults/*",
      "Microsoft.Network/privateDnsOperationStatuses/*",
      "Microsoft.Network/virtualNetworks/read",
      "Microsoft.Network/virtualNetworks/join/action",
    ],
  );
  /** Reads and assigns a managed identity. */
  public static readonly MANAGED_IDENTITY_OPERATOR = Role.builtIn(
    "Managed Identity Operator",
    "f1a07417-d97a-45cb-824c-7a7467783830",
    [
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ],
  );
  /** Reads. */
  public static readonly READER = Role.builtIn("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", [
    "*/read",
  ]);
  /** Pulls images of a registry in classic mode. */
  public static readonly ACR_PULL = Role.builtIn(
    "AcrPull",
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    ["Microsoft.ContainerRegistry/registries/pull/read"],
  );
  /** Pulls images of a registry in ABAC mode. */
  public static readonly REPOSITORY_READER = Role.builtIn(
    "Container Registry Repository Reader",
    "b93aa761-3e63-49ed-ac28-beffa264f7ac",
    [],
    [
      "Microsoft.ContainerRegistry/registries/repositories/metadata/read",
      "Microsoft.ContainerRegistry/registries/repositories/content/read",
    ],
  );
  /** Encrypts and decrypts with the keys of a vault. */
  public static readonly KEY_VAULT_CRYPTO_USER = Role.builtIn(
    "Key Vault Crypto User",
    "12338af0-0e69-4776-bea7-57ae8d297424",
    [],
    [
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
  );
  /** Manages a key vault. In one with access policies, it can give itself what is in it. */
  public static readonly KEY_VAULT_CONTRIBUTOR = Role.builtIn(
    "Key Vault Contributor",
    "f25e0fa2-a7c8-4377-a976-54943a77a395",
    ["Microsoft.KeyVault/*"],
  );
  /** Manages a storage account, with its keys. */
  public static readonly STORAGE_ACCOUNT_CONTRIBUTOR = Role.builtIn(
    "Storage Account Contributor",
    "17d1049b-9a84-46fb-8f53-869881c3d3ab",
    ["Microsoft.Storage/storageAccounts/*"],
  );
  /** Manages virtual machines and their disks. */
  public static readonly VIRTUAL_MACHINE_CONTRIBUTOR = Role.builtIn(
    "Virtual Machine Contributor",
    "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    [
      "Microsoft.Compute/disks/read",
      "Microsoft.Compute/disks/write",
      "Microsoft.Compute/disks/delete",
      "Microsoft.Compute/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/*",
    ],
  );
  /** Manages a Log Analytics workspace. */
  public static readonly LOG_ANALYTICS_CONTRIBUTOR = Role.builtIn(
    "Log Analytics Contributor",
    "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
    ["*/read", "Microsoft.OperationalInsights/*"],
  );
  /** Does everything in Kubernetes. */
  public static readonly AKS_RBAC_CLUSTER_ADMIN = Role.builtIn(
    "Azure Kubernetes Service RBAC Cluster Admin",
    "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"],
    ["Microsoft.ContainerService/managedClusters/*"],
  );
  /** Does everything in namespaces but for quotas and the namespaces themselves. */
  public static readonly AKS_RBAC_ADMIN = Role.builtIn(
    "Azure Kubernetes Service RBAC Admin",
    "3498e952-d568-435e-9b2c-8d77e338d7f7",
    ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"],
    ["Microsoft.ContainerService/managedClusters/*"],
  );
  /** Reads and writes most things in namespaces. */
  public static readonly AKS_RBAC_WRITER = Role.builtIn(
    "Azure Kubernetes Service RBAC Writer",
    "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
    [],
    [
      "Microsoft.ContainerService/managedClusters/*/read",
      "Microsoft.ContainerService/managedClusters/*/write",
    ],
  );
  /** Reads most things in namespaces. */
  public static readonly AKS_RBAC_READER = Role.builtIn(
    "Azure Kubernetes Service RBAC Reader",
    "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    [],
    ["Microsoft.ContainerService/managedClusters/*/read"],
  );
  /** Gets the kubeconfig. */
  public static readonly AKS_CLUSTER_USER = Role.builtIn(
    "Azure Kubernetes Service Cluster User Role",
    "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    [
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    ],
  );

  /**
   * A built-in role.
   *
   * @param name its name
   * @param guid the GUID of its definition
   * @param actions what it allows, as far as it matters for what it is granted on; nothing by default
   * @param dataActions what it allows on data; nothing by default
   */
  public static builtIn(
    name: string,
    guid: string,
    actions: string[] = [],
    dataActions: string[] = [],
  ): Role {
    return new Role(name, actions, dataActions, guid);
  }

  /**
   * A custom role.
   *
   * @throws if there is no action, if one is none, has a wildcard or hands out rights, or if the key or the name
   * cannot be one
   */
  public static custom(options: CustomRoleOptions): Role {
    const { key, name, description, actions } = options;
    if (!KEY.test(key) || key in Object.prototype) {
      throw new Error(
        `"${key}" is not a key for the custom role "${name}". Use letters and digits, a lower-case letter first.`,
      );
    }
    if (!ROLE_NAME.test(name)) {
      throw new Error(
        `"${name}" is not a name for a custom role. Use up to 400 characters, without quotes, backslashes, $ and %.`,
      );
    }
    if (actions.length === 0) {
      throw new Error(
        `The custom role "${name}" allows nothing. Name the actions that are needed.`,
      );
    }
    for (const action of actions) {
      if (action.includes("*")) {
        throw new Error(
          `The custom role "${name}" has the wildcard "${action}". Name each action.`,
        );
      }
      if (!ACTION.test(action)) {
        throw new Error(
          `The custom role "${name}" has "${action}", which is not an action. Use one such as Microsoft.Network/dnsZones/read.`,
        );
      }
      if (/^Microsoft\.Authorization\//i.test(action)) {
        throw new Error(
          `The custom role "${name}" has "${action}": whoever controls the identity could give itself any right. Leave it out; a cluster identity never needs it.`,
        );
      }
    }
    return new Role(name, actions, [], undefined, key, description);
  }

  /** Name, as in the portal. */
  public readonly name: string;
  /** What it allows, as far as it matters on what it is granted on: an extract of the definition in Azure. */
  public readonly actions: string[];
  /** What it allows on data, as far as it matters on what it is granted on. */
  public readonly dataActions: string[];
  /**
   * GUID of the definition of a built-in role.
   *
   * @default - a custom role
   */
  public readonly guid?: string;
  /**
   * Key of a custom role.
   *
   * @default - a built-in role
   */
  public readonly key?: string;
  /**
   * What a custom role is for: one sentence.
   *
   * @default - a built-in role
   */
  public readonly description?: string;

  private constructor(
    name: string,
    actions: string[],
    dataActions: string[],
    guid?: string,
    key?: string,
    description?: string,
  ) {
    this.name = name;
    // What is checked now must not be something else later.
    this.actions = Object.freeze([...actions]) as string[];
    this.dataActions = Object.freeze([...dataActions]) as string[];
    this.guid = guid;
    this.key = key;
    this.description = description;
  }
}

/** Roles that can hand out rights or do everything: never granted here. */
export const PRIVILEGED_ROLES: readonly Role[] = [
  Role.builtIn("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", ["*"]),
  Role.builtIn("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", ["*"]),
  ...(
    [
      ["User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"],
      ["Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"],
      ["Key Vault Data Access Administrator", "8b54135c-b56d-4d72-a534-26097cfdc8d8"],
      [
        "Virtual Machine Data Access Administrator (preview)",
        "66f75aeb-eabe-4b70-9f1e-c350c4c9ad04",
      ],
      ["Reservations Administrator", "a8889054-8d42-49c9-bc1c-52486c10e7cd"],
    ] as const
  ).map(([name, guid]) => Role.builtIn(name, guid, ["Microsoft.Authorization/roleAssignments/*"])),
];

/** The roles of the library. */
export const CATALOGUE: readonly Role[] = (Object.values(Role) as unknown[]).filter(
  (value): value is Role => value instanceof Role,
);

/** Roles that act in Kubernetes alone, so that they may be granted on the cluster's resource group. */
export const KUBERNETES_ROLES: { readonly [role: string]: Role } = {
  clusterAdmin: Role.AKS_RBAC_CLUSTER_ADMIN,
  admin: Role.AKS_RBAC_ADMIN,
  writer: Role.AKS_RBAC_WRITER,
  reader: Role.AKS_RBAC_READER,
  clusterUser: Role.AKS_CLUSTER_USER,
};
