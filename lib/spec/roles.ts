// The roles that are granted, with what their definitions allow. Pure.
import { allows } from "./action-patterns";
import { BUILT_IN_ROLES, BuiltInRole } from "./built-in-roles";
import { isSameName } from "./naming";
import { canonicalGuid } from "./resource-id";

/** The parts of a role. */
interface Definition extends Partial<BuiltInRole> {
  readonly name: string;
  readonly key?: string;
  readonly description?: string;
}

/** Options of a custom role. */
export interface CustomRoleOptions {
  /** Key of the role in `RoleSet.minimal({ existing })`: letters and digits, a lower-case letter first. */
  readonly key: string;
  /**
   * Name, without quotes, backslashes, $ and %; the stacks add the cluster and the resource group, since names
   * are unique in a tenant.
   */
  readonly name: string;
  /** Its purpose: one sentence. */
  readonly description: string;
  /** Actions, without wildcards: one at least, unless there are data actions. */
  readonly actions: string[];
  /**
   * Data actions, without wildcards.
   *
   * @default - none
   */
  readonly dataActions?: string[];
}

const KEY = /^[a-z][A-Za-z0-9]*$/;
// It stands in expressions of Terraform.
const ROLE_NAME = /^[^"\\$%\p{Cc}]{1,400}$/u;
const ACTION = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(\/[A-Za-z0-9_.-]+)+$/;

// One role for each definition.
const known = new Map<BuiltInRole, Role>();

/** An Azure role, as it is granted here. */
export class Role {
  /** Reads and changes networks; on a subnet, that subnet alone. */
  public static readonly NETWORK_CONTRIBUTOR = Role.known("Network Contributor");
  /** Changes public DNS zones. */
  public static readonly DNS_ZONE_CONTRIBUTOR = Role.known("DNS Zone Contributor");
  /** Changes private DNS zones; on a virtual network, it reads and joins it, and no more. */
  public static readonly PRIVATE_DNS_ZONE_CONTRIBUTOR = Role.known("Private DNS Zone Contributor");
  /** Configures, creates and deletes Application Gateways for Containers. */
  public static readonly GATEWAY_CONFIGURATION_MANAGER = Role.known(
    "AppGw for Containers Configuration Manager",
  );
  /** Reads and assigns a managed identity. */
  public static readonly MANAGED_IDENTITY_OPERATOR = Role.known("Managed Identity Operator");
  /** Reads. */
  public static readonly READER = Role.known("Reader");
  /** Manages everything but rights. */
  public static readonly CONTRIBUTOR = Role.known("Contributor");
  /** Pulls images of a registry in classic mode. */
  public static readonly ACR_PULL = Role.known("AcrPull");
  /** Pulls images of a registry in ABAC mode. */
  public static readonly REPOSITORY_READER = Role.known("Container Registry Repository Reader");
  /** Reads the secrets of a vault. */
  public static readonly KEY_VAULT_SECRETS_USER = Role.known("Key Vault Secrets User");
  /** Reads the certificates and secrets of a vault, and the public part of its keys. */
  public static readonly KEY_VAULT_CERTIFICATE_USER = Role.known("Key Vault Certificate User");
  /** Encrypts and decrypts with the keys of a vault. */
  public static readonly KEY_VAULT_CRYPTO_USER = Role.known("Key Vault Crypto User");
  /** Manages a key vault. In a vault with access policies, it can give itself access to the secrets. */
  public static readonly KEY_VAULT_CONTRIBUTOR = Role.known("Key Vault Contributor");
  /** Manages a storage account, with its keys. */
  public static readonly STORAGE_ACCOUNT_CONTRIBUTOR = Role.known("Storage Account Contributor");
  /** Reads, writes and deletes blobs and containers. */
  public static readonly STORAGE_BLOB_DATA_CONTRIBUTOR = Role.known(
    "Storage Blob Data Contributor",
  );
  /** Manages virtual machines and their disks. */
  public static readonly VIRTUAL_MACHINE_CONTRIBUTOR = Role.known("Virtual Machine Contributor");
  /** Manages a Log Analytics workspace. */
  public static readonly LOG_ANALYTICS_CONTRIBUTOR = Role.known("Log Analytics Contributor");
  /** Manages a fleet of Azure Kubernetes Fleet Manager. */
  public static readonly FLEET_MANAGER_CONTRIBUTOR = Role.known(
    "Azure Kubernetes Fleet Manager Contributor Role",
  );
  /** Does everything in Kubernetes. */
  public static readonly AKS_RBAC_CLUSTER_ADMIN = Role.known(
    "Azure Kubernetes Service RBAC Cluster Admin",
  );
  /** Does everything in Kubernetes, except to change resource quotas and namespaces. */
  public static readonly AKS_RBAC_ADMIN = Role.known("Azure Kubernetes Service RBAC Admin");
  /** Reads and writes most objects of namespaces, including secrets; no roles and role bindings. */
  public static readonly AKS_RBAC_WRITER = Role.known("Azure Kubernetes Service RBAC Writer");
  /** Reads most objects of namespaces; no secrets, roles and role bindings. */
  public static readonly AKS_RBAC_READER = Role.known("Azure Kubernetes Service RBAC Reader");
  /** Gets the kubeconfig. */
  public static readonly AKS_CLUSTER_USER = Role.known(
    "Azure Kubernetes Service Cluster User Role",
  );

  /**
   * A built-in role. If the library knows it, its definition is that of Microsoft, and the actions can be left out.
   *
   * @param name its name
   * @param guid the GUID of its definition
   * @param actions the actions that it allows on the resources that it is granted on; none by default
   * @param dataActions the actions that it allows on data; none by default
   */
  public static builtIn(
    name: string,
    guid: string,
    actions: string[] = [],
    dataActions: string[] = [],
  ): Role {
    const definition = BUILT_IN_ROLES.find(
      (one) => isSameName(one.name, name) && isSameName(one.guid, guid),
    );
    const isPart =
      definition !== undefined &&
      actions.every((action) => allows(definition.actions ?? [], action)) &&
      dataActions.every((action) => allows(definition.dataActions ?? [], action));
    return isPart ? Role.of(definition) : new Role({ name, guid, actions, dataActions });
  }

  private static known(name: string): Role {
    const definition = BUILT_IN_ROLES.find((one) => one.name === name);
    if (definition === undefined) {
      throw new Error(`There is no built-in role "${name}".`);
    }
    return Role.of(definition);
  }

  private static of(definition: BuiltInRole): Role {
    const role = known.get(definition) ?? new Role(definition);
    known.set(definition, role);
    return role;
  }

  /**
   * A custom role.
   *
   * @throws if there is no action, if one is none, has a wildcard or grants rights, or if the key or the name
   * cannot be one
   */
  public static custom(options: CustomRoleOptions): Role {
    const { key, name, description, actions, dataActions } = options;
    const problem = invalidCustomRole(options);
    if (problem) {
      throw new Error(problem.join(" "));
    }
    return new Role({ name, actions, dataActions, key, description });
  }

  /** Name, as in the portal. */
  public readonly name: string;
  /** Allowed actions, with the wildcards of its definition. */
  public readonly actions: string[];
  /** Exceptions from its actions. */
  public readonly notActions: string[];
  /** Allowed data actions, with the wildcards of its definition. */
  public readonly dataActions: string[];
  /** Exceptions from its data actions. */
  public readonly notDataActions: string[];
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
   * Purpose of a custom role: one sentence.
   *
   * @default - a built-in role
   */
  public readonly description?: string;

  private constructor(definition: Definition) {
    // Frozen: a role that passed the checks must stay what it is.
    const list = (actions: readonly string[] = []) => Object.freeze([...actions]) as string[];
    this.name = definition.name;
    this.actions = list(definition.actions);
    this.notActions = list(definition.notActions);
    this.dataActions = list(definition.dataActions);
    this.notDataActions = list(definition.notDataActions);
    this.guid = definition.guid && canonicalGuid(definition.guid);
    this.key = definition.key;
    this.description = definition.description;
  }
}

/** Every built-in role that the library knows. */
export const CATALOGUE: readonly Role[] = BUILT_IN_ROLES.map(({ name, guid }) =>
  Role.builtIn(name, guid),
);

/** Returns the role of the catalogue with a name; case is ignored. */
export function builtInNamed(name: string): Role | undefined {
  return CATALOGUE.find((role) => isSameName(role.name, name));
}

/** Roles that act in Kubernetes alone, so that they may be granted on the cluster's resource group. */
export const KUBERNETES_ROLES: { readonly [role: string]: Role } = {
  clusterAdmin: Role.AKS_RBAC_CLUSTER_ADMIN,
  admin: Role.AKS_RBAC_ADMIN,
  writer: Role.AKS_RBAC_WRITER,
  reader: Role.AKS_RBAC_READER,
  clusterUser: Role.AKS_CLUSTER_USER,
};

/** Returns what is wrong with a custom role, and what to do: one sentence each, or more; undefined if nothing is. */
export function invalidCustomRole({
  key,
  name,
  actions,
  dataActions = [],
}: CustomRoleOptions): [string, string] | undefined {
  if (!KEY.test(key) || key in Object.prototype) {
    return [
      `"${key}" is not a key for the custom role "${name}".`,
      "Use letters and digits, a lower-case letter first.",
    ];
  }
  if (!ROLE_NAME.test(name)) {
    return [
      `"${name}" is not a name for a custom role.`,
      "Use up to 400 characters, without quotes, backslashes, $ and %.",
    ];
  }
  const all = [...actions, ...dataActions];
  if (all.length === 0) {
    return [`The custom role "${name}" allows nothing.`, "Name the actions that are needed."];
  }
  const wildcard = all.find((action) => action.includes("*"));
  if (wildcard !== undefined) {
    return [`The custom role "${name}" has the wildcard "${wildcard}".`, "Name each action."];
  }
  const invalid = all.find((action) => !ACTION.test(action));
  if (invalid !== undefined) {
    return [
      `The custom role "${name}" has "${invalid}", which is not an action.`,
      "Use one such as Microsoft.Network/dnsZones/read.",
    ];
  }
  const granting = all.find((action) => /^Microsoft\.Authorization\//i.test(action));
  return granting === undefined
    ? undefined
    : [
        `The custom role "${name}" has "${granting}": a principal that controls the identity could grant itself any right.`,
        "Leave it out; a cluster identity never needs it.",
      ];
}
