// The access review, which people sign: every grant, and the rights that follow. Plain data, deterministic.
import { CreatedResources } from "./created-resources";
import { ExcessCount } from "./excess-count";
import { ReviewedRunner } from "./reviewed-runner";
import { ReviewedWorkload } from "./reviewed-workload";
import { Risk } from "./risk";
import { ActingStep } from "../access/becoming";
import { GrantReason } from "../access/planned-grant";
import { Finding } from "../rules/finding";
import { HardeningException } from "../spec/exceptions";
import { GrantingTeam } from "../spec/granting-team";
import { RoleSetKind } from "../spec/permissions";
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

/** Operations of a principal on a scope, directly or through an identity that it may assign. */
export interface EffectiveRight {
  /** Name of the principal. */
  readonly principal: string;
  /** The identities that it acts as, in turn; empty if it has the right directly. */
  readonly via: string[];
  /** Address of the grant that the right comes from. */
  readonly grant: string;
  /** Name of the role. */
  readonly role: string;
  /** The resource. */
  readonly scope: ReviewedScope;
  /** Operations, as in `effectiveActions` of the grant. */
  readonly actions: string[];
  /**
   * The greatest risk of these operations.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly risk?: Risk;
}

/** An access review. */
export interface AccessReviewDocument {
  /**
   * Version of this form.
   *
   * @minimum 1
   */
  readonly version: number;
  /** Name of the cluster. */
  readonly cluster: string;
  /**
   * Subscription that the stacks work in (GUID).
   *
   * @default - that of the runner's sign-in
   */
  readonly subscriptionId?: string;
  /**
   * Tenant of the cluster (GUID).
   *
   * @default - that of the runner's sign-in
   */
  readonly tenantId?: string;
  /**
   * Azure region of the cluster.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly location?: string;
  /**
   * SHA-256 of the description with its defaults: another one for each change of the description.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly descriptionHash?: string;
  /**
   * SHA-256 of what each team decides about, by team: for `identity` and `network` the rights in its stack (principal,
   * role with its actions, scope and condition), for `platform` the exceptions. It stays the same if the description
   * changes, and these do not. A team that has nothing to decide is left out.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly rightsHashes?: { readonly [team: string]: string };
  /**
   * Version of hardened-aks that wrote the review.
   *
   * @default - not known: a program wrote the review, or an earlier version
   */
  readonly producedBy?: string;
  /**
   * Commit of the description in its repository.
   *
   * @default - not given
   */
  readonly commit?: string;
  /** Kind of the roles. */
  readonly roleSet: RoleSetKind;
  /** The grants, sorted by address. */
  readonly grants: ReviewedGrant[];
  /** Rights of every principal, direct ones and those of an identity that it may assign. */
  readonly effectiveRights: EffectiveRight[];
  /**
   * Steps by which principals can act as identities, also as ones without rights.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly actingSteps?: ActingStep[];
  /** The effective rights of people and pipelines, mainly deployers, on resources of the NOC. */
  readonly pathsToNetwork: EffectiveRight[];
  /** Numbers of granted operations, and of those that are not needed, for each principal. */
  readonly excess: ExcessCount[];
  /**
   * The rights that the runners of the stacks need to grant these rights.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly runners?: ReviewedRunner[];
  /**
   * Resources that the identity team's stack creates.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly created?: CreatedResources;
  /**
   * The workloads, whose identities and rights come after the cluster.
   *
   * @default - none
   */
  readonly workloads?: ReviewedWorkload[];
  /** Exceptions from the hardened defaults. */
  readonly exceptions: HardeningException[];
  /** Warnings of the rules. */
  readonly warnings: Finding[];
}
