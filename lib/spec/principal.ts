// The people and pipelines of Entra ID that a description names.

/** Options for a principal of Entra ID. */
export interface PrincipalOptions {
  /**
   * Display name. Without `objectId` the principal is looked up by it in Entra ID.
   *
   * @examples platform-engineers
   */
  readonly name: string;
  /**
   * Object id (GUID). For a service principal this is not its client id.
   *
   * @default - looked up by `name`, which needs permission to read the directory
   * @format guid
   */
  readonly objectId?: string;
}

/** A group or a service principal of Entra ID. */
export class Principal {
  /** A security group. */
  public static group(options: PrincipalOptions): Principal {
    return new Principal("Group", options.name, options.objectId);
  }

  /** A service principal, such as the one that a pipeline signs in with. */
  public static servicePrincipal(options: PrincipalOptions): Principal {
    return new Principal("ServicePrincipal", options.name, options.objectId);
  }

  private constructor(
    /** `Group` or `ServicePrincipal`: the `principal_type` of its role assignments. */
    public readonly principalType: string,
    /** Display name. */
    public readonly name: string,
    /**
     * Object id (GUID).
     *
     * @default - looked up by its name
     */
    public readonly objectId?: string,
  ) {}
}
