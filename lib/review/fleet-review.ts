// The review of a fleet: who can do what where, by which path, in how many clusters. Plain data, deterministic.
import { GrantReason } from "../access/planned-grant";
import { GrantingTeam } from "../spec/granting-team";
import { RoleSetKind } from "../spec/permissions";
import { PrincipalKind, PrincipalType } from "../spec/principal";
import { ReviewedRole } from "./reviewed-grant";
import { Risk } from "./risk";

/** A cluster in the review of a fleet. */
export interface FleetCluster {
  /** Name. */
  readonly name: string;
  /**
   * Subscription that its stacks work in (GUID).
   *
   * @default - that of the runner's sign-in
   */
  readonly subscriptionId?: string;
  /**
   * Azure region.
   *
   * @default - not known: the review is of an earlier version
   */
  readonly location?: string;
  /** Kind of its roles. */
  readonly roleSet: RoleSetKind;
  /**
   * Hash of its description (`descriptionHash` of its access review).
   *
   * @default - not known: the review is of an earlier version
   */
  readonly descriptionHash?: string;
  /** Names of its identities that have or are in a grant. */
  readonly identities: string[];
  /**
   * Number of its grants, also those that it shares with other clusters.
   *
   * @minimum 0
   */
  readonly grants: number;
  /** The greatest risk of its rights. */
  readonly risk: Risk;
  /**
   * Number of its warnings.
   *
   * @minimum 0
   */
  readonly warnings: number;
}

/**
 * A principal in the review of a fleet: one group, service principal or shared identity, or the identity of the same
 * kind that each cluster has.
 */
export interface FleetPrincipal {
  /** Unique text for the principal in this review. */
  readonly id: string;
  /** Kinds; none for a principal without grants, which only acts as others. */
  readonly kinds: PrincipalKind[];
  /**
   * Name.
   *
   * @default - an identity that each cluster has; its name is in `identities` of the cluster
   */
  readonly name?: string;
  /**
   * Type.
   *
   * @default - not known: a principal without grants
   */
  readonly principalType?: PrincipalType;
  /**
   * Object id (GUID).
   *
   * @default - not in the descriptions, or an identity that each cluster has
   */
  readonly objectId?: string;
  /**
   * Resource group of an identity that several clusters use.
   *
   * @default - another principal
   */
  readonly resourceGroup?: string;
  /**
   * Subscription of an identity that several clusters use (GUID).
   *
   * @default - not known, or another principal
   */
  readonly subscriptionId?: string;
}

/** A role on resources of one type, in the review of a fleet. Its name is without the place that custom roles end with. */
export interface FleetRole extends ReviewedRole {
  /** Unique text for the role in this review. */
  readonly id: string;
  /** Type of the resources, such as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly resourceType: string;
  /** Operations that the role allows on such resources. */
  readonly effectiveActions: string[];
  /** The greatest risk of these operations. */
  readonly risk: Risk;
}

/**
 * Resources that a right is on. In the names of resources that one cluster alone uses, `<cluster>` is in the place of the
 * name of the cluster.
 */
export interface FleetScope {
  /** Name of the resource. */
  readonly name: string;
  /** Its resource group; `known to Terraform alone` if the id is a token. */
  readonly resourceGroup: string;
  /**
   * Name of the resource that it is part of: the virtual network of a subnet.
   *
   * @default - none
   */
  readonly parent?: string;
  /**
   * Its subscription (GUID).
   *
   * @default - the subscription of the cluster
   */
  readonly subscriptionId?: string;
  /** Whether several clusters use the same resource. */
  readonly shared: boolean;
  /**
   * The clusters in which the right is on it.
   *
   * @default - all clusters of the right
   */
  readonly clusters?: string[];
}

/** A right that a principal has in some clusters in the same way. */
export interface FleetRight {
  /** The principal (`id`). */
  readonly principal: string;
  /** The identities that it acts as, in turn (`id`); empty if it has the right directly. */
  readonly via: string[];
  /** The role (`id`). */
  readonly role: string;
  /** Kind of the resources, such as `subnet` or `registry`. */
  readonly kind: string;
  /** The team that grants. */
  readonly team: GrantingTeam;
  /**
   * Condition of the role assignments.
   *
   * @default - none
   */
  readonly condition?: string;
  /** The greatest risk of its operations. */
  readonly risk: Risk;
  /** Whether it is a path by which people and pipelines reach resources of the NOC. */
  readonly reachesNetwork: boolean;
  /** Names of the clusters. */
  readonly clusters: string[];
  /** The resources. */
  readonly scopes: FleetScope[];
  /** Subscriptions of these resources (GUIDs). */
  readonly subscriptions: string[];
  /** The reasons, empty for a right by way of an identity. */
  readonly reasons: GrantReason[];
  /** Operations that no feature needs in at least one of the clusters; empty for a right by way of an identity. */
  readonly excessActions: string[];
  /**
   * The clusters that no longer need it once they have moved.
   *
   * @default - none
   */
  readonly keptIn?: string[];
}

/** A reason for an exception, and the clusters that give it. */
export interface FleetExceptionReason {
  /** Reason. */
  readonly reason: string;
  /** Names of the clusters. */
  readonly clusters: string[];
}

/** An exception from the hardened defaults in some clusters. */
export interface FleetException {
  /** Name of the exception. */
  readonly name: string;
  /** Names of the clusters. */
  readonly clusters: string[];
  /** The reasons. */
  readonly reasons: FleetExceptionReason[];
}

/** Kind of a change of a right between two reviews of a fleet. */
export enum FleetChangeKind {
  /** No cluster had the right. */
  ADDED = "added",
  /** No cluster has the right any more. */
  REMOVED = "removed",
  /** Clusters that were in the fleet before have it now. */
  MORE_CLUSTERS = "moreClusters",
  /** Clusters that are still in the fleet no longer have it. */
  FEWER_CLUSTERS = "fewerClusters",
  /** It allows more operations, or is on more resources. */
  WIDER = "wider",
  /** It allows fewer operations, or is on fewer resources. */
  NARROWER = "narrower",
  /** Something else is different. */
  CHANGED = "changed",
}

/** A change of a right between two reviews of a fleet. */
export interface FleetRightChange {
  /** Kind. */
  readonly change: FleetChangeKind;
  /** The principal (`id`). */
  readonly principal: string;
  /** The identities that it acts as, in turn (`id`). */
  readonly via: string[];
  /** Name of the role. */
  readonly role: string;
  /** Kind of the resources. */
  readonly kind: string;
  /** The team that grants. */
  readonly team: GrantingTeam;
  /** The greatest risk of the right; of a removed one, the risk that it had. */
  readonly risk: Risk;
  /** Names of the clusters in which it changed. */
  readonly clusters: string[];
  /** Differences other than the clusters, a sentence each. */
  readonly details: string[];
  /** Principals that act as the identity (`id`), so that their rights changed in the same way. */
  readonly alsoOf: string[];
}

/** Changes between two reviews of a fleet. */
export interface FleetChanges {
  /** Clusters that are new in the fleet. */
  readonly clustersAdded: string[];
  /** Clusters that are no longer in the fleet. */
  readonly clustersRemoved: string[];
  /** The changes of rights. */
  readonly rights: FleetRightChange[];
  /**
   * Number of rights that are otherwise as before, and that clusters have which are new in the fleet, or had which have
   * left it.
   *
   * @minimum 0
   */
  readonly following: number;
}

/** The review of a fleet. */
export interface FleetReviewDocument {
  /**
   * Version of this form.
   *
   * @minimum 1
   */
  readonly formatVersion: number;
  /**
   * Program and version: `hardened-aks 0.1.0`.
   *
   * @default - not known: a program wrote the review
   */
  readonly producedBy?: string;
  /** The clusters, by name. */
  readonly clusters: FleetCluster[];
  /**
   * Number of role assignments; one that clusters share counts once.
   *
   * @minimum 0
   */
  readonly roleAssignments: number;
  /** The principals: people and pipelines first, then identities; the most powerful first. */
  readonly principals: FleetPrincipal[];
  /** The roles, by `id`. */
  readonly roles: FleetRole[];
  /** The rights, in the order of the principals; of each, those with the greatest risk first. */
  readonly rights: FleetRight[];
  /** Exceptions from the hardened defaults, by name. */
  readonly exceptions: FleetException[];
  /**
   * Changes since the previous review.
   *
   * @default - no previous review was given
   */
  readonly changes?: FleetChanges;
}
