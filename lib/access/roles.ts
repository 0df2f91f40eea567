// The roles that are granted, with the ids that Azure gives them. Pure.

/** An Azure role, as it is granted here. */
export class Role {
  /** Reads and changes networks; on a subnet, that subnet alone. */
  public static readonly NETWORK_CONTRIBUTOR = new Role(
    "Network Contributor",
    "4d97b98b-1d4f-4787-a291-c67834d212e7",
  );

  /** Reads and assigns a managed identity. */
  public static readonly MANAGED_IDENTITY_OPERATOR = new Role(
    "Managed Identity Operator",
    "f1a07417-d97a-45cb-824c-7a7467783830",
  );

  /** Pulls images. */
  public static readonly ACR_PULL = new Role("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d");

  /**
   * Another built-in role.
   *
   * @param name its name
   * @param guid the GUID of its definition
   */
  public static builtIn(name: string, guid: string): Role {
    return new Role(name, guid);
  }

  private constructor(
    /** Name, as in the portal. */
    public readonly name: string,
    /** GUID of the role definition. */
    public readonly guid: string,
  ) {}
}

/** Roles that can hand out rights or do everything: never granted here. */
export const PRIVILEGED_ROLES = [
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", // Owner
  "b24988ac-6180-42a0-ab88-20f7382dd24c", // Contributor
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", // User Access Administrator
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168", // Role Based Access Control Administrator
];
