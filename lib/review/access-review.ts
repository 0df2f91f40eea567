// The access review, which people sign: every grant, and the rights that follow. Plain data, deterministic.
import { CreatedResources } from "./created-resources";
import { ExcessCount } from "./excess-count";
import { ReviewedGrant, ReviewedScope } from "./reviewed-grant";
import { ReviewedRunner } from "./reviewed-runner";
import { ReviewedWorkload } from "./reviewed-workload";
import { Risk } from "./risk";
import { ActingStep } from "../access/becoming";
import { Finding } from "../rules/finding";
import { HardeningException } from "../spec/exceptions";
import { RoleSetKind } from "../spec/permissions";

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
