// How the rights are given: which roles, and by whom.
import type { ClusterSpec } from "./cluster-spec";
import { OwnGrant } from "./own-grant";

/** Options of the minimal role set. */
export interface MinimalRolesOptions {
  /**
   * Custom roles that exist already, by their key, such as `subnetJoin`: the name of the role. The
   * plan fails if one allows anything that is not needed; the stacks create the others.
   *
   * @default - all are created by the stack of the team that owns the scope
   */
  readonly existing?: { [key: string]: string };
}

/** Which roles are granted. */
export class RoleSet {
  /**
   * Built-in roles, the narrowest that there is for each need; on subnets that is Network Contributor. Where
   * there is none, for capacity reservation groups and host groups, custom roles.
   *
   * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
   */
  public static builtIn(): RoleSet {
    return new RoleSet("builtIn", {});
  }

  /**
   * Custom roles with the few actions that are needed; for registries, for Kubernetes and for KMS built-in ones.
   * Whoever may assign the control plane identity can act as it, so this keeps the platform team from changing
   * the NOC's virtual network and subnets, unless `privateLinkServices` asks for it.
   * On a private DNS zone it still writes and deletes records: give each cluster a subzone.
   *
   * Creating them takes Owner or User Access Administrator; Role Based Access Control Administrator
   * cannot.
   *
   * @param options custom roles that exist already; by default all are created
   * @see https://learn.microsoft.com/azure/role-based-access-control/custom-roles
   */
  public static minimal(options: MinimalRolesOptions = {}): RoleSet {
    return new RoleSet("minimal", options.existing ?? {});
  }

  private constructor(
    /** `builtIn` or `minimal`. */
    public readonly kind: string,
    /** Custom roles that exist already: key and name. */
    public readonly existing: { [key: string]: string },
  ) {}
}

/** How the rights are given. */
export interface PermissionsSpec {
  /**
   * Which roles are granted.
   *
   * @default RoleSet.builtIn()
   */
  readonly roleSet?: RoleSet;
  /**
   * Who grants on which kind of scope, where it is not the default: kind, such as `privateDnsZone`,
   * and team, `identity` or `network`.
   *
   * @default - the NOC on virtual networks, subnets, route tables, private DNS zones, public
   * IPs and prefixes; the identity team on everything else
   */
  readonly grantedBy?: { [kind: string]: string };
  /**
   * Grants of one's own, beside those that follow from the description.
   *
   * @default - none
   */
  readonly ownGrants?: OwnGrant[];
  /**
   * Clusters with which this one shares an identity, a registry, a subnet or people, and whose stacks are
   * deployed before. What their plans grant already is not granted again, since Azure knows a role of a
   * principal on a scope only once; it still stands in the plan, in the preflight and in the review.
   *
   * @default - none
   */
  readonly sharedWith?: ClusterSpec[];
}
