// Names that are computed.
import { isKnown } from "../spec/known";
import { ResolvedSpec } from "../spec/resolved-spec";
import { PlannedScope } from "./planned-grant";
import { Role } from "../spec/roles";

/** Namespace of the names of role assignments and role definitions (UUID version 5). Changing it renames every one of them. */
export const NAME_SPACE = "5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11";

/** The resource group that a custom role for a scope is made in: the one that holds the scope. */
export function customRoleGroup(
  { kind, name, reference }: PlannedScope,
  { identities }: ResolvedSpec,
): string {
  if (reference) {
    return reference.resourceGroup ?? name;
  }
  return kind === "controlPlane" || kind === "kubelet"
    ? identities[kind].resourceGroup
    : identities.resourceGroup.name;
}

/**
 * Returns the name of a custom role in Azure, where names are unique in a tenant: that of a role that exists, or
 * one with the cluster, the resource group that it is created in and, if the description has it, the subscription.
 */
export function customRoleName(role: Role, scope: PlannedScope, spec: ResolvedSpec): string {
  const subscription = [scope.reference?.subscriptionId, spec.subscriptionId].find(
    (one) => one !== undefined && isKnown(one),
  );
  return (
    spec.permissions.roleSet.existing[role.key ?? ""] ?? nameWith(subscription, role, scope, spec)
  );
}

/** Returns the text that the GUID of a custom role is computed from: its name in earlier versions. */
export function customRoleSeed(role: Role, scope: PlannedScope, spec: ResolvedSpec): string {
  return nameWith(scope.reference?.subscriptionId, role, scope, spec);
}

function nameWith(
  subscription: string | undefined,
  role: Role,
  scope: PlannedScope,
  spec: ResolvedSpec,
): string {
  const group = customRoleGroup(scope, spec);
  const place = subscription === undefined ? group : `${group} in ${subscription}`;
  return `${role.name} (${spec.name}, ${place})`;
}
