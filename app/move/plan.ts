// The plan of a move: from which identities to which, for one cluster. Pure.
import { ClusterPlan } from "../../lib";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { identityReference } from "../../lib/access/same-assignment";
import { resourceTypeOf } from "../../lib/access/resource-types";
import { isSameName } from "../../lib/spec/naming";
import { canonicalGuid, canonicalId } from "../../lib/spec/resource-id";
import { Role } from "../../lib/spec/roles";
import { Assignment, Exports } from "../discover/exports";
import {
  ControlPlaneIdentity,
  CurrentIdentity,
  KubeletIdentity,
  identitiesOf,
} from "../discover/identities";
import { hasKnownId } from "../review/azure";
import { PlanLog } from "./plan-log";
import type { GrantRecord } from "./records";
import { WAYS } from "./ways";

/** A way; `brought` if the cluster works with its identities already. */
export type Way = (typeof WAYS)[number] | "brought";

/** An identity that the cluster is to work with. */
export interface Target {
  readonly name: string;
  /** Resource id. */
  readonly id: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
}

/** The cluster as the first exports show it. Later exports no longer have it, so the folder of the move keeps it. */
export interface Start {
  readonly controlPlane: ControlPlaneIdentity;
  readonly kubelet: KubeletIdentity;
  /** Node image of each pool: right before the switch of the control plane, where the cluster has a service principal. */
  readonly images: { readonly [pool: string]: string };
  /** Identifies the cluster: another one with the same name has another one. */
  readonly uid?: string;
  /** Ids of the role assignments of the identities that it moves away from. */
  readonly assignments: readonly string[];
}

/** The cluster. */
export interface MovedCluster {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly nodeResourceGroup: string;
}

/** The plan of a move. */
export interface MovePlan {
  readonly way: Way;
  readonly cluster: MovedCluster;
  /** Resource group of the cluster in the description. */
  readonly newGroup: string;
  readonly controlPlane: Target;
  readonly kubelet: Target;
  /** The grants that the description needs. */
  readonly review: AccessReviewDocument;
  readonly start: Start;
  /** Ids of the steps that people confirmed, since no export shows them. */
  readonly confirmed: readonly string[];
  /** The kubelet identity that AKS makes when a service principal goes, once exports have shown it. */
  readonly made?: KubeletIdentity;
  /** Words of the command that compares again, but for the folder of the exports. */
  readonly again: readonly string[];
  /** When a run first saw a switch done, in ISO 8601, by the step. */
  readonly seen: { readonly [step: string]: string };
}

/** Azure, as far as files show it. */
export interface World {
  readonly now: Date;
  readonly exports: Exports;
  /** The last Terraform plan of the cluster stack, if there is one. */
  readonly log?: PlanLog;
  /** The role assignments that earlier identities have left. */
  readonly records?: readonly GrantRecord[];
}

/** Knowledge of an earlier run. */
export type Memory = Pick<MovePlan, "way" | "start" | "confirmed" | "made" | "seen">;

/** Returns the plan: that of an earlier run, or one that begins with these exports. */
export function planOf(
  exports: Exports,
  description: ClusterPlan,
  memory?: Memory,
  asked?: Way,
): MovePlan {
  const { place, cluster } = exports;
  const targets = {
    controlPlane: targetOf("controlPlane", description, exports),
    kubelet: targetOf("kubelet", description, exports),
  };
  const start = withPrincipal(memory?.start ?? startOf(exports, targets), exports);
  return {
    way: asked ?? memory?.way ?? wayOf(start, targets),
    cluster: {
      id: exports.id,
      name: place.name,
      resourceGroup: place.resourceGroup,
      subscriptionId: place.subscriptionId,
      nodeResourceGroup: cluster.text("nodeResourceGroup") ?? "",
    },
    newGroup: description._resolved.resourceGroup.name,
    ...targets,
    review: description.review(),
    start,
    confirmed: memory?.confirmed ?? [],
    again: ["hardened-aks", "move"],
    made: memory?.made,
    seen: memory?.seen ?? {},
  };
}

type Targets = Pick<MovePlan, "controlPlane" | "kubelet">;

/** Returns the way that leads from the first exports to the identities of the description. */
export function wayOf({ controlPlane, kubelet }: Start, targets: Targets): Way {
  if (controlPlane.kind !== "userAssigned") {
    return controlPlane.kind === "servicePrincipal" ? "service-principal" : "system-assigned";
  }
  if (!isTarget(controlPlane, targets.controlPlane)) {
    return "user-assigned";
  }
  if (isTarget(kubelet, targets.kubelet)) {
    return "brought";
  }
  return kubelet.kind === "brought" ? "user-assigned" : "kubelet";
}

/** Whether az changes the cluster that exists. */
export function isInPlace({ way }: Pick<MovePlan, "way">): boolean {
  return way !== "blue-green" && way !== "recreate";
}

/** Whether an identity of the cluster is the one that it is to work with. */
export function isTarget({ id }: { readonly id?: string }, target: Target): boolean {
  return id !== undefined && isSameName(id, target.id);
}

function startOf(exports: Exports, targets: Targets): Start {
  const { controlPlane, kubelet } = identitiesOf(exports);
  const left = [
    ...(isTarget(controlPlane, targets.controlPlane) ? [] : [controlPlane]),
    ...(isTarget(kubelet, targets.kubelet) ? [] : [kubelet]),
  ].flatMap(({ principalId }) => principalId ?? []);
  return {
    controlPlane,
    kubelet,
    images: imagesOf(exports),
    uid: [exports.cluster.text("resourceUid")].find((uid) => /^[\w-]+$/.test(uid ?? "")),
    assignments: (exports.assignments ?? [])
      .filter(({ principalId }) => left.includes(principalId))
      .map(({ id }) => id),
  };
}

/** Adds the object id of a service principal and its role assignments, if an export has them later than at the start. */
function withPrincipal(start: Start, { applications, assignments = [] }: Exports): Start {
  const { kind, clientId = "", principalId } = start.controlPlane;
  const found = applications.find(
    (one) => one.principalId !== undefined && isSameName(one.appId, clientId),
  )?.principalId;
  if (kind !== "servicePrincipal" || principalId !== undefined || found === undefined) {
    return start;
  }
  const id = canonicalGuid(found);
  return {
    ...start,
    controlPlane: { ...start.controlPlane, principalId: id },
    kubelet: { ...start.kubelet, principalId: id },
    assignments: assignments.flatMap((one) => (one.principalId === id ? one.id : [])),
  };
}

/** Returns the node image of each pool. */
export function imagesOf({ pools }: Exports): { readonly [pool: string]: string } {
  return Object.fromEntries(
    pools.flatMap((pool) => {
      const [name, image] = [pool.text("name"), pool.text("nodeImageVersion")];
      return name === undefined || image === undefined ? [] : [[name, image]];
    }),
  );
}

function targetOf(
  kind: "controlPlane" | "kubelet",
  { _resolved: spec }: ClusterPlan,
  { place }: Exports,
): Target {
  const {
    name,
    id,
    resourceGroup = "",
    subscriptionId = spec.subscriptionId,
  } = identityReference(kind, spec);
  const subscription = subscriptionId ?? place.subscriptionId;
  return {
    name,
    resourceGroup,
    subscriptionId: subscription,
    id: canonicalId(
      id ??
        `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${resourceTypeOf(kind).type}/${name}`,
    ),
  };
}

/** Returns the identities that the cluster moves away from. */
export function leftIdentities({ start, made, ...targets }: MovePlan): CurrentIdentity[] {
  const left = (["controlPlane", "kubelet"] as const).filter(
    (kind) => !isTarget(start[kind], targets[kind]),
  );
  return [...left.map((kind) => start[kind]), ...(made ? [made] : [])];
}

/** Returns their object ids. */
export function leftPrincipals(plan: MovePlan): string[] {
  return [...new Set(leftIdentities(plan).flatMap(({ principalId }) => principalId ?? []))];
}

/** Returns the object id of an identity that the cluster is to work with, if the exports have it. */
export function principalOf(kind: "controlPlane" | "kubelet", plan: MovePlan, exports: Exports) {
  const target = plan[kind];
  const current = identitiesOf(exports)[kind];
  const known = exports.identities.find(({ id }) => isSameName(id, target.id))?.principalId;
  const given = plan.review.grants.find(({ principal }) => principal.kind === kind)?.principal;
  return known ?? (isTarget(current, target) ? current.principalId : given?.objectId);
}

/**
 * Whether az needs a role assignment for the time of the move: before it assigns a kubelet identity, it looks for the
 * built-in role by its GUID.
 */
export function needsOperator({ review, start, kubelet }: MovePlan): boolean {
  return !isTarget(start.kubelet, kubelet) && !review.grants.some(isOperator);
}

function isOperator({ principal, role, scope }: ReviewedGrant): boolean {
  return (
    principal.kind === "controlPlane" &&
    scope.kind === "kubelet" &&
    role.guid === Role.MANAGED_IDENTITY_OPERATOR.guid
  );
}

/** Returns the grants by which nodes pull images. */
export function pullGrants({ review }: MovePlan): ReviewedGrant[] {
  return review.grants.filter(
    (row) =>
      row.principal.kind === "kubelet" &&
      row.scope.kind === "registry" &&
      row.kept !== true &&
      hasKnownId(row),
  );
}

/** Whether a role assignment is the one that az looks for. */
export function isForAz(one: Assignment, plan: MovePlan, exports: Exports): boolean {
  return (
    one.role.guid === Role.MANAGED_IDENTITY_OPERATOR.guid &&
    isSameName(one.scope, plan.kubelet.id) &&
    isSameName(one.principalId, principalOf("controlPlane", plan, exports) ?? "-")
  );
}
