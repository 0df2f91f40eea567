// Additional grants: what a program adds to the grant plan that is computed.
import { GrantingTeam } from "./granting-team";
import { Principal } from "./principal";
import { ResourceReference } from "./resource-reference";
import { Role } from "./roles";

/** Principal of an additional grant. */
export class GrantPrincipal {
  /** The control plane identity of the cluster. */
  public static controlPlane(): GrantPrincipal {
    return new GrantPrincipal("controlPlane");
  }

  /** The kubelet identity of the cluster. Every pod on a node can act as it. */
  public static kubelet(): GrantPrincipal {
    return new GrantPrincipal("kubelet");
  }

  /**
   * The identity of a workload. Its rights come after the cluster.
   *
   * @param name name of the workload in the description
   */
  public static workload(name: string): GrantPrincipal {
    return new GrantPrincipal("workload", undefined, name);
  }

  /**
   * A group or a service principal of Entra ID.
   *
   * @param principal the group or service principal
   */
  public static entra(principal: Principal): GrantPrincipal {
    return new GrantPrincipal("entra", principal);
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "controlPlane" | "kubelet" | "workload" | "entra",
    /**
     * The group or service principal; `entra` only.
     *
     * @default - an identity of the cluster
     */
    public readonly principal?: Principal,
    /**
     * Name of the workload; `workload` only.
     *
     * @default - not a workload
     */
    public readonly workloadName?: string,
  ) {}
}

/** Scope of an additional grant: one resource. */
export class GrantScope {
  /** The control plane identity of the cluster. A principal that may assign it can act as it. */
  public static controlPlane(): GrantScope {
    return new GrantScope("controlPlane");
  }

  /** The kubelet identity of the cluster. A principal that may assign it can act as it. */
  public static kubelet(): GrantScope {
    return new GrantScope("kubelet");
  }

  /**
   * A subnet of the cluster's virtual network.
   *
   * @param name its name
   */
  public static subnet(name: string): GrantScope {
    return new GrantScope("subnet", name);
  }

  /** The virtual network of the cluster, with all of its subnets. */
  public static virtualNetwork(): GrantScope {
    return new GrantScope("virtualNetwork");
  }

  /**
   * Any other resource that exists.
   *
   * @param resourceType its type, such as `Microsoft.Network/dnsZones`
   * @param reference the resource; by id if it is part of another one, such as a secret of a vault
   * @throws if there is no reference
   */
  public static resource(resourceType: string, reference: ResourceReference): GrantScope {
    if ((reference as ResourceReference | undefined) === undefined) {
      throw new Error(
        `GrantScope.resource: nothing says which resource of the type ${resourceType} is meant. Give it as second argument.`,
      );
    }
    return new GrantScope("resource", undefined, resourceType, reference);
  }

  private constructor(
    /**
     * Kind, after the factory method.
     *
     * @internal
     */
    public readonly _kind: "controlPlane" | "kubelet" | "subnet" | "virtualNetwork" | "resource",
    /**
     * Name of the subnet; `subnet` only.
     *
     * @default - not a subnet
     */
    public readonly subnetName?: string,
    /**
     * Type of the resource; `resource` only.
     *
     * @default - something of the cluster
     */
    public readonly resourceType?: string,
    /**
     * The resource; `resource` only.
     *
     * @default - something of the cluster
     */
    public readonly reference?: ResourceReference,
  ) {}
}

/**
 * A grant in addition to those that the library computes. The stack of the team grants it, the preflight checks it, and
 * the access review lists it.
 *
 * A role on a scope wider than a resource, and a role that can grant rights, are findings.
 */
export interface AdditionalGrant {
  /** The team that grants it: the one that owns the scope. */
  readonly team: GrantingTeam;
  /** Principal that gets the role. */
  readonly principal: GrantPrincipal;
  /**
   * The role, with its actions, which reviewers need: `Role.builtIn`, or `Role.custom`, which the stack of the team
   * creates.
   */
  readonly role: Role;
  /** Scope of the role assignment. */
  readonly scope: GrantScope;
  /** Feature that needs it, in a few words, such as `external DNS`. */
  readonly feature: string;
  /** Reason: one sentence, of ten characters at least. It becomes the description of the role assignment. */
  readonly why: string;
  /** Documentation or decision that it is based on (URL). */
  readonly source: string;
  /**
   * Required operations. Other operations of the role count as excess in the review.
   *
   * @default - all that the role allows
   */
  readonly needs?: string[];
  /**
   * Condition of the role assignment, in Azure's language for it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  readonly condition?: string;
}
