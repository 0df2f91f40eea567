// The rights of runners, as the access review lists them. Plain data.
import { ReviewedRole } from "./reviewed-grant";
import { GrantingTeam } from "../spec/granting-team";
import { PrincipalType } from "../spec/principal";

/** A role that a runner may grant. */
export interface GrantableRole {
  /** Name. */
  readonly name: string;
  /**
   * GUID of its definition.
   *
   * @default - not known: a custom role that exists, or one in a subscription that the description does not name
   */
  readonly guid?: string;
  /**
   * Text that the GUID of a custom role is computed from, together with the resource group.
   *
   * @default - a built-in role, or a custom role that exists
   */
  readonly guidSeed?: string;
}

/** A role that the runner of a stack needs on a resource group. */
export interface RunnerRight {
  /** The role. */
  readonly role: ReviewedRole;
  /** The resource group. */
  readonly resourceGroup: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
  /** Reason: one sentence. */
  readonly why: string;
  /**
   * The roles that the condition of the role assignment allows to grant.
   *
   * @default - a role that grants nothing
   */
  readonly grantableRoles?: GrantableRole[];
  /**
   * Types of the principals that the condition allows to grant them to.
   *
   * @default - a role that grants nothing
   */
  readonly principalTypes?: PrincipalType[];
  /**
   * Object ids of these principals.
   *
   * @default - not all of them are in the description, so that the condition does not bind them
   */
  readonly principalIds?: string[];
  /**
   * Condition of the role assignment, version 2.0.
   *
   * @default - none, or the GUID of a role is not known: the script of the runner computes it
   */
  readonly condition?: string;
}

/** The runner of a stack that grants rights: a pipeline or a person. */
export interface ReviewedRunner {
  /** The team. */
  readonly team: GrantingTeam;
  /** The stack. */
  readonly stack: string;
  /**
   * Subscription that the stack works in (GUID).
   *
   * @default - that of the runner's sign-in
   */
  readonly subscriptionId?: string;
  /** Role assignments that it needs, on resource groups. */
  readonly rights: RunnerRight[];
  /** Facts that a reviewer of these rights must know, and rights that no role assignment gives. */
  readonly notes: string[];
}
