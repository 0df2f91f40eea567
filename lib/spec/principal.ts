// The people and pipelines of Entra ID that a description names.
import { canonicalGuid } from "./resource-id";

/** Type of a principal of Entra ID, as in role assignments. */
export enum PrincipalType {
  /** A group. */
  GROUP = "Group",
  /** A service principal, also that of a managed identity. */
  SERVICE_PRINCIPAL = "ServicePrincipal",
  /** A user. */
  USER = "User",
}

/** Kind of a principal in the grant plan. */
export enum PrincipalKind {
  /** The control plane identity. */
  CONTROL_PLANE = "controlPlane",
  /** The kubelet identity. */
  KUBELET = "kubelet",
  /** A deployer of the cluster. */
  DEPLOYER = "deployer",
  /** A principal with a role in Kubernetes. */
  KUBERNETES_USER = "kubernetesUser",
  /** The identity of a workload. */
  WORKLOAD = "workload",
  /** The identity of an add-on, which AKS creates with the cluster. */
  ADD_ON = "addOn",
  /** The identity of the Backup vault. */
  BACKUP_VAULT = "backupVault",
  /** A principal of additional grants only. */
  ADDITIONAL = "additional",
}

/** A group or a service principal of Entra ID. */
export class Principal {
  /**
   * A security group.
   *
   * @param name display name. Without `objectId` the principal is looked up by it in Entra ID.
   * @param objectId object id (GUID). That of a service principal is not its client id.
   */
  public static group(name: string, objectId?: string): Principal {
    return new Principal(PrincipalType.GROUP, name, canonical(objectId));
  }

  /**
   * A service principal, such as the one that a pipeline signs in with.
   *
   * @param name display name. Without `objectId` the principal is looked up by it in Entra ID.
   * @param objectId object id (GUID). That of a service principal is not its client id.
   */
  public static servicePrincipal(name: string, objectId?: string): Principal {
    return new Principal(PrincipalType.SERVICE_PRINCIPAL, name, canonical(objectId));
  }

  private constructor(
    /** The `principal_type` of its role assignments. */
    public readonly principalType: PrincipalType,
    /**
     * Display name.
     *
     * @examples platform-engineers
     */
    public readonly name: string,
    /**
     * Object id (GUID).
     *
     * @default - looked up by `name`, which needs permission to read the directory
     * @format guid
     */
    public readonly objectId?: string,
  ) {}
}

function canonical(objectId: string | undefined): string | undefined {
  return objectId === undefined ? undefined : canonicalGuid(objectId);
}
