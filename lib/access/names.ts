// Names that are computed.
import { addressName } from "../spec/address";
import { known } from "../spec/known";
import { isIdentityKind } from "../spec/identities";
import { ResolvedSpec } from "../spec/resolved-spec";
import { PlannedScope } from "./planned-grant";
import { Role } from "../spec/roles";
import { entryOf } from "../spec/tables";

/** Namespace of the names of role assignments and role definitions (UUID version 5). Changing it renames every one of them. */
export const NAME_SPACE = "5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11";

/** Whether a role is a custom one that exists, so that only Azure knows its GUID. */
export function existsAlready({ key }: Role, { permissions: { roleSet } }: ResolvedSpec): boolean {
  return key !== undefined && entryOf(roleSet.existing, key) !== undefined;
}

/** Whether a role is a custom one that stacks define. */
export function isNewRole(role: Role, spec: ResolvedSpec): boolean {
  return role.key !== undefined && !existsAlready(role, spec);
}

/** The resource group that a custom role for a scope is created in: the one that holds the scope. */
export interface CustomRolePlace {
  readonly resourceGroup: string;
  /** Its subscription; undefined if it is that of the cluster. */
  readonly subscriptionId?: string;
}

/** Returns the place of the custom role for a scope. */
export function customRolePlace(
  { kind, name, reference }: PlannedScope,
  { identities }: ResolvedSpec,
): CustomRolePlace {
  if (reference) {
    const { resourceGroup = name, subscriptionId } = reference;
    return { resourceGroup, subscriptionId };
  }
  return isIdentityKind(kind)
    ? identities[kind]
    : { resourceGroup: identities.resourceGroup.name, subscriptionId: identities.subscriptionId };
}

/**
 * Returns the subscription that tells the custom role of a scope from another one in a resource group of the same name;
 * undefined if none is needed.
 */
export function customRoleSubscription(
  scope: PlannedScope,
  spec: ResolvedSpec,
): string | undefined {
  const { controlPlane, kubelet } = spec.identities;
  if (spec.isOfFleet) {
    const { subscriptionId = spec.subscriptionId } = customRolePlace(scope, spec);
    return subscriptionId;
  }
  // Addresses and GUIDs of one subscription for both have never had it.
  return scope.reference || controlPlane.subscriptionId !== kubelet.subscriptionId
    ? customRolePlace(scope, spec).subscriptionId
    : undefined;
}

/**
 * Returns the name of a custom role in Azure, where names are unique in a tenant: that of a role that exists, or
 * one with the cluster (but for a fleet), the resource group that it is created in and, if the description has it, the subscription.
 */
export function customRoleName(role: Role, scope: PlannedScope, spec: ResolvedSpec): string {
  const subscription =
    known(customRolePlace(scope, spec).subscriptionId) ?? known(spec.subscriptionId);
  return (
    spec.permissions.roleSet.existing[role.key ?? ""] ?? nameWith(subscription, role, scope, spec)
  );
}

/** Returns the name of the definition of a custom role in Terraform addresses. */
export function customRoleKey(
  { role, scope }: { readonly role: Role; readonly scope: PlannedScope },
  spec: ResolvedSpec,
  subscriptionId = customRoleSubscription(scope, spec),
): string {
  const { resourceGroup } = customRolePlace(scope, spec);
  return addressName([role.key, resourceGroup, subscriptionId].filter(Boolean).join("_"));
}

/** Returns the text that the GUID of a custom role is computed from: its name in earlier versions. */
export function customRoleSeed(role: Role, scope: PlannedScope, spec: ResolvedSpec): string {
  return nameWith(customRoleSubscription(scope, spec), role, scope, spec);
}

function nameWith(
  subscription: string | undefined,
  role: Role,
  scope: PlannedScope,
  spec: ResolvedSpec,
): string {
  const { resourceGroup } = customRolePlace(scope, spec);
  const place = subscription === undefined ? resourceGroup : `${resourceGroup} in ${subscription}`;
  return `${role.name} (${spec.isOfFleet ? place : `${spec.name}, ${place}`})`;
}
