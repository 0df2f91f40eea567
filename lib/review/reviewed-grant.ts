// A grant in the access review: who has which role on what. Plain data.
import { Risk } from "./risk";
import { GrantReason } from "../access/planned-grant";
import { GrantingTeam } from "../spec/granting-team";
import { PrincipalKind, PrincipalType } from "../spec/principal";

/** A principal in an access review. */
export interface ReviewedPrincipal {
  /** Kind. */
  readonly kind: PrincipalKind;
  /** Name of the identity, group or service principal. */
  readonly name: string;
  /** Type; that of an identity is a service principal. */
  readonly principalType: PrincipalType;
  /**
   * Object id (GUID).
   *
   * @default - not in the description: looked up, or not known before the identity exists
   */
  readonly objectId?: string;
  /**
   * Resource group of an identity of the cluster.
   *
   * @default - a principal of Entra ID is in none
   */
  readonly resourceGroup?: string;
  /**
   * Subscription of an identity of the cluster (GUID).
   *
   * @default - not known, or a principal of Entra ID
   */
  readonly subscriptionId?: string;
}

/** A resource in an access review. */
export interface ReviewedScope {
  /** Kind, such as `subnet` or `registry`. */
  readonly kind: string;
  /** Name of the resource. */
  readonly name: string;
  /** Resource type, such as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly resourceType: string;
  /** Its resource group; `known to Terraform alone` if the id is a token. */
  readonly resourceGroup: string;
  /**
   * Name of the resource that it is part of: the virtual network of a subnet. With `/` between several.
   *
   * @default - none
   */
  readonly parent?: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
  /** The team that owns it, and grants on it. */
  readonly team: GrantingTeam;
}

/** A role in an access review. */
export interface ReviewedRole {
  /** Name. */
  readonly name: string;
  /** Whether it is a custom role of this cluster. */
  readonly custom: boolean;
  /**
   * GUID of a built-in role.
   *
   * @default - a custom role
   */
  readonly guid?: string;
  /**
   * Text that the GUID of a custom role is computed from, together with the resource group of the scope.
   *
   * @default - a built-in role, or a custom role that exists
   */
  readonly guidSeed?: string;
  /**
   * Name of the definition of a custom role in Terraform addresses.
   *
   * @default - the stack creates no definition
   */
  readonly address?: string;
  /**
   * Purpose of a custom role, as it is written into its definition.
   *
   * @default - a built-in role
   */
  readonly description?: string;
  /** Its actions, with their wildcards: of a built-in role, those that are about resources like the scope. */
  readonly actions: string[];
  /**
   * Exceptions from its actions.
   *
   * @default - no exceptions
   */
  readonly notActions?: string[];
  /** Its data actions, in the same way. */
  readonly dataActions: string[];
  /**
   * Exceptions from its data actions.
   *
   * @default - no exceptions
   */
  readonly notDataActions?: string[];
}

/** One grant in an access review. */
export interface ReviewedGrant {
  /** Name of the role assignment in Terraform addresses; unique in the review. */
  readonly address: string;
  /** The team that grants. */
  readonly team: GrantingTeam;
  /** The stack that holds the role assignment. */
  readonly stack: string;
  /**
   * The cluster whose stacks grant it, if both clusters share the resource.
   *
   * @default - the one of the review
   */
  readonly grantedFor?: string;
  /**
   * Whether it is granted after the cluster, since only then there is a use for it: to a workload or an add-on.
   *
   * @default false
   */
  readonly afterCluster?: boolean;
  /**
   * Whether the cluster no longer needs it once it has moved: it is granted until the field `previous` is removed from
   * the description.
   *
   * @default - the cluster needs it
   */
  readonly kept?: boolean;
  /**
   * The team whose stack granted it before.
   *
   * @default - the same team
   */
  readonly takenOverFrom?: GrantingTeam;
  /** The principal. */
  readonly principal: ReviewedPrincipal;
  /** The role. */
  readonly role: ReviewedRole;
  /** The resource. */
  readonly scope: ReviewedScope;
  /**
   * Condition of the role assignment.
   *
   * @default - none
   */
  readonly condition?: string;
  /** The reasons. */
  readonly reasons: GrantReason[];
  /** Operations that the role allows on this scope; patterns for a resource type whose operations are unknown. */
  readonly effectiveActions: string[];
  /** Operations of `effectiveActions` that no feature needs. */
  readonly excessActions: string[];
  /**
   * The greatest risk of these operations.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly risk?: Risk;
}
