// Facts about the rights of a runner that a reviewer must know, each in one sentence or two. Pure.
import { isIdentity } from "../access/phases";
import { isSameName } from "../spec/naming";
import { PrincipalKind } from "../spec/principal";
import { ResolvedSpec, nodeResourceGroupOf } from "../spec/resolved-spec";
import { ReviewedGrant } from "./reviewed-grant";
import { RunnerRight } from "./reviewed-runner";
import { UNKNOWN_GROUP } from "./unknown-group";

/** The role that creates and deletes role assignments, within a condition. */
export const ASSIGNS = "Role Based Access Control Administrator";

/**
 * Returns the facts about the rights of a runner.
 *
 * @param createsGroup whether its stack creates the resource group of the identities, if any does
 */
export function runnerNotes(
  rights: RunnerRight[],
  rows: ReviewedGrant[],
  createsGroup: boolean,
  spec: ResolvedSpec,
): string[] {
  const { name, create } = spec.identities.resourceGroup;
  const isMade =
    createsGroup && create && rights.some(({ resourceGroup }) => isSameName(resourceGroup, name));
  const unknown = sorted(
    rows
      .filter(({ scope }) => scope.resourceGroup === UNKNOWN_GROUP)
      .map(({ scope }) => scope.name),
  );
  const lookedUp = sorted(
    rows
      .filter(({ principal }) => !isIdentity(principal.kind) && principal.objectId === undefined)
      .map(({ principal }) => principal.name),
  );
  const grantable = rights.flatMap(({ grantableRoles = [] }) => grantableRoles);
  const isCustom = grantable.some(
    ({ guid, guidSeed }) => guid === undefined || guidSeed !== undefined,
  );
  const defines = grantable.some(({ guidSeed }) => guidSeed !== undefined);
  return [
    ...(isMade
      ? [
          `The stack creates the resource group ${name}, and a role can be granted on it only once it exists. Create it beforehand and remove create from the description; otherwise the first deployment takes Contributor and these roles on the subscription.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `Only Terraform knows the resource groups of ${unknown.join(", ")}. The runner also needs ${ASSIGNS} on them, with a condition of the same form.`,
        ]
      : []),
    ...(rows.some(isLookedUpWithNodes)
      ? [
          `AKS creates the resource group ${nodeResourceGroupOf(spec)} with the cluster and deletes it with the cluster, so that Reader on it must be granted again for each new cluster. If the lockdown of the group refuses the assignment, grant Reader on the subscription.`,
        ]
      : []),
    ...(rows.some(({ scope }) => scope.kind === "nodeResourceGroup")
      ? [
          `AKS creates the resource group ${nodeResourceGroupOf(spec)} with the cluster and deletes it with the cluster, so that ${ASSIGNS} on it must be granted again for each new cluster, before the runner deploys. If the lockdown of the group refuses role assignments, the stack cannot grant Reader on it.`,
        ]
      : []),
    ...(lookedUp.length > 0
      ? [
          `The stack looks ${lookedUp.join(", ")} up in Entra ID, which takes the permission Group.Read.All for groups and Application.Read.All for service principals. Object ids in the description make it unnecessary.`,
        ]
      : []),
    ...(grantable.length > 0
      ? [
          "A condition bounds creation and deletion. Renew it before an apply that grants another role or principal, and after an apply that revokes the last grant of one. Azure knows one assignment of a role to a runner on a resource group: for several clusters, or for one runner of both teams, put their roles into one condition.",
        ]
      : []),
    ...(isCustom
      ? [
          "The conditions name custom roles by the GUIDs that the stack computes. A role that exists with another GUID keeps it: the script of the runner looks it up.",
        ]
      : []),
    ...(defines
      ? [
          "A principal that may change role definitions can add actions to any custom role of the resource group, also to one that it holds: in effect it is Owner there, and no condition binds it. To rule this out, have an owner of the resource groups create the custom roles, and name them in permissions.roleSet.existing.",
        ]
      : []),
  ];
}

/** Whether a stack looks the identity of an add-on up in the node resource group. That of an extension is given. */
export function isLookedUpWithNodes({ principal }: ReviewedGrant): boolean {
  return principal.kind === PrincipalKind.ADD_ON && principal.resourceGroup !== undefined;
}

/** Returns the texts without duplicates, sorted. */
export function sorted<T extends string>(texts: readonly T[]): T[] {
  return [...new Set(texts)].sort();
}
