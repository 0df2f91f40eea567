// How the rights are given: which roles, and by whom.
import type { ClusterSpec } from "./cluster-spec";
import { AdditionalGrant } from "./additional-grant";
import { GrantingTeam } from "./granting-team";

/** Kind of the roles that are granted. */
export enum RoleSetKind {
  /** Built-in roles. */
  BUILT_IN = "builtIn",
  /** Custom roles with the required actions only. */
  MINIMAL = "minimal",
}

/** Which roles are granted. */
export class RoleSet {
  /**
   * Built-in roles: the narrowest one for each need, on subnets Network Contributor. Custom roles where no built-in role
   * is narrow: for capacity reservation groups, host groups, the route tables, security groups and NAT gateways of
   * Private Link services, and the resource group of public IPs.
   *
   * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
   */
  public static builtIn(): RoleSet {
    return new RoleSet(RoleSetKind.BUILT_IN, {});
  }

  /**
   * Custom roles with the required actions only; built-in roles for registries, for Kubernetes, for KMS, and for add-ons,
   * for which Microsoft names roles and no actions.
   *
   * A principal that may assign the control plane identity can act as it. These roles therefore keep the platform team
   * from changing the virtual network and the subnets of the NOC, unless `privateLinkServices` asks for it. On a
   * private DNS zone the identity still writes and deletes records: give each cluster a subzone.
   *
   * Creating the roles takes `Microsoft.Authorization/roleDefinitions/write` on their resource groups, which Role Based
   * Access Control Administrator lacks; the access review has a small custom role with it.
   *
   * @param existing names of custom roles that exist already, by their key, such as `subnetJoin`. The plan fails if one
   * allows more than is needed. The stacks create the others. The default is none.
   * @see https://learn.microsoft.com/azure/role-based-access-control/custom-roles
   */
  public static minimal(existing: { [key: string]: string } = {}): RoleSet {
    return new RoleSet(RoleSetKind.MINIMAL, existing);
  }

  private constructor(
    /** Kind of roles. */
    public readonly kind: RoleSetKind,
    /**
     * Custom roles that exist already: key and name.
     *
     * @default - all are created by the stack of the team that owns the scope
     */
    public readonly existing: { [key: string]: string },
  ) {}
}

/** How rights are granted. */
export interface PermissionsSpec {
  /**
   * Which roles are granted.
   *
   * @default RoleSet.builtIn()
   */
  readonly roleSet?: RoleSet;
  /**
   * Team that grants on a kind of scope, where it is not the default: kind, such as `privateDnsZone`,
   * and team, `identity` or `network`.
   *
   * @default - the NOC on everything of `Microsoft.Network`, such as subnets, DNS zones and public IPs; the identity team
   * on everything else
   * @yamlOpen
   */
  readonly grantedBy?: { [kind: string]: GrantingTeam };
  /**
   * Grants in addition to those that follow from the description.
   *
   * @default - none
   * @yamlOmit
   */
  readonly additionalGrants?: AdditionalGrant[];
  /**
   * Clusters with which this one shares an identity, a registry, a subnet or people, and whose stacks are
   * deployed before. Rights that their grant plans have are not granted again, since in Azure a principal can have a
   * role on a scope only once; the grant plan, the preflight and the review still contain them.
   *
   * @default - none
   * @yamlOmit
   */
  readonly sharedWith?: ClusterSpec[];
}
