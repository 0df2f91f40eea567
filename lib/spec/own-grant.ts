// Grants of one's own: what a program adds to the grant plan that is computed.
import { GrantingTeam } from "./granting-team";
import { Principal } from "./principal";
import { ResourceReference } from "./resource-reference";
import { Role } from "./roles";

/** Who gets a grant of one's own. */
export class GrantPrincipal {
  /** The control plane identity of the cluster. */
  public static controlPlane(): GrantPrincipal {
    return new GrantPrincipal("controlPlane");
  }

  /** The kubelet identity of the cluster: what it may do, every pod on a node can do. */
  public static kubelet(): GrantPrincipal {
    return new GrantPrincipal("kubelet");
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
    /** `controlPlane`, `kubelet` or `entra`. */
    public readonly kind: string,
    /**
     * The group or service principal; `entra` only.
     *
     * @default - an identity of the cluster
     */
    public readonly principal?: Principal,
  ) {}
}

/** What a grant of one's own is on: one resource. */
export class GrantScope {
  /** The control plane identity of the cluster. Whoever may assign it can act as it. */
  public static controlPlane(): GrantScope {
    return new GrantScope("controlPlane");
  }

  /** The kubelet identity of the cluster. Whoever may assign it can act as it. */
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
    /** `controlPlane`, `kubelet`, `subnet`, `virtualNetwork` or `resource`. */
    public readonly kind: string,
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
 * A right that the library does not compute, as a row of the grant plan: it is then granted by the stack
 * of a team, looked at by the preflight, and shown in the access review like all others.
 *
 * A role on anything wider than a resource, and a role that can hand out rights, are findings.
 */
export interface OwnGrant {
  /** The team that grants it: the one that owns the scope. */
  readonly team: GrantingTeam;
  /** Who gets the role. */
  readonly principal: GrantPrincipal;
  /**
   * The role. It says what it allows, or nobody could review it: `Role.builtIn` with its actions, or
   * `Role.custom`, which the stack of the team makes.
   */
  readonly role: Role;
  /** What it is granted on. */
  readonly scope: GrantScope;
  /** What needs it, in a few words, such as `external DNS`. */
  readonly feature: string;
  /** Why it needs it: one sentence, of ten characters at least. It stands in the role assignment, too. */
  readonly why: string;
  /** Where that is documented, or where it was decided (URL). */
  readonly source: string;
  /**
   * The operations that are needed. What the role allows beyond them counts as excess in the review.
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
