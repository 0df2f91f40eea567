// The role assignments that a move leaves behind. Pure.
import { knownType } from "../../lib/access/resource-types";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { isSameName } from "../../lib/spec/naming";
import { isGuid, parseResourceId } from "../../lib/spec/resource-id";
import { Assignment, Exports } from "../discover/exports";
import { groupPath, placeOf } from "../review/azure";
import { isGranted } from "./evidence";
import { MovePlan, isForAz, leftIdentities, leftPrincipals, principalOf } from "./plan";

/** A role assignment to delete, and the team that may. */
export interface OldGrant extends Assignment {
  readonly team: GrantingTeam;
  /** Name of the principal. */
  readonly principal: string;
  /** Why it is to be deleted. */
  readonly why: string;
}

/** Returns the client id of the service principal that the cluster moves away from; empty if it has none. */
export function clientIdOf({ start: { controlPlane } }: MovePlan): string {
  const { kind, clientId = "" } = controlPlane;
  return kind === "servicePrincipal" && isGuid(clientId) ? clientId : "";
}

/**
 * Returns the role assignments to delete: those of the identities that the cluster moves away from, and those of the new
 * identities that no feature needs. A principal without a name is left alone: az has none for one that it cannot look up.
 */
export function oldGrants(exports: Exports, plan: MovePlan): OldGrant[] {
  const left = leftPrincipals(plan);
  const own = (["controlPlane", "kubelet"] as const).flatMap(
    (kind) => principalOf(kind, plan, exports) ?? [],
  );
  const isPlanned = (one: Assignment) =>
    plan.review.grants.some((row) => isGranted(row, { ...exports, assignments: [one] }, plan));
  const whyOf = (one: Assignment): string | undefined => {
    if (left.some((id) => isSameName(id, one.principalId))) {
      return "The cluster no longer works with this principal.";
    }
    // The grants of both clusters are on the same identities, and go with the stacks of the old one.
    const isUnplanned = plan.way !== "blue-green" && own.includes(one.principalId);
    return isUnplanned &&
      !isInNodeGroup(one.scope, plan) &&
      !isForAz(one, plan, exports) &&
      !isPlanned(one)
      ? "No feature of the description needs it."
      : undefined;
  };
  const all = new Map((exports.assignments ?? []).map((one) => [one.id.toLowerCase(), one]));
  return [...all.values()].flatMap((one) => {
    const why = whyOf(one);
    return why === undefined
      ? []
      : [{ ...one, why, principal: nameOf(one, plan, exports), team: teamOf(one.scope, plan) }];
  });
}

function nameOf({ principalId, principalName }: Assignment, plan: MovePlan, exports: Exports) {
  const named = [
    ...leftIdentities(plan),
    ...(["controlPlane", "kubelet"] as const).map((kind) => ({
      name: plan[kind].name,
      principalId: principalOf(kind, plan, exports),
    })),
  ];
  const found = named.find((one) => isSameName(one.principalId ?? "", principalId));
  return found?.name ?? (principalName === "" ? principalId : (principalName ?? principalId));
}

/** AKS gives the control plane a role on the group of the nodes, and takes none back. */
function isInNodeGroup(scope: string, { cluster }: MovePlan): boolean {
  return isIn(
    scope,
    `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.nodeResourceGroup}`,
  );
}

function isIn(scope: string, outer: string): boolean {
  return `${scope}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}

/** Returns the team that deletes role assignments on a scope: the NOC owns network resources, and resource groups that hold nothing but them. */
export function teamOf(scope: string, { review }: MovePlan): GrantingTeam {
  const type = parseResourceId(scope)?.type;
  if (type !== undefined) {
    return (
      knownType(type)?.team ??
      (/^microsoft\.network\//i.test(type) ? GrantingTeam.NETWORK : GrantingTeam.IDENTITY)
    );
  }
  const [group = ""] = /\/resourceGroups\/[^/]+$/i.exec(scope) ?? [];
  const inGroup = review.grants.filter((row) => isSameName(groupPath(placeOf(row.scope)), group));
  return inGroup.length > 0 && inGroup.every(({ team }) => team === GrantingTeam.NETWORK)
    ? GrantingTeam.NETWORK
    : GrantingTeam.IDENTITY;
}
