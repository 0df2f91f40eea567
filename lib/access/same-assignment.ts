// Whether rows of two clusters are one role assignment in Azure. Pure.
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { customRoleName } from "./names";
import { PlannedGrant, PlannedPrincipal, PlannedScope } from "./planned-grant";

/** Whether two rows, each of its own description, are one assignment: principal, role, scope, condition. */
export function isSameAssignment(
  a: PlannedGrant,
  specOfA: ResolvedSpec,
  b: PlannedGrant,
  specOfB: ResolvedSpec,
): boolean {
  return (
    roleKey(a, specOfA) === roleKey(b, specOfB) &&
    principalKey(a.principal, specOfA) === principalKey(b.principal, specOfB) &&
    scopeKey(a.scope, specOfA) === scopeKey(b.scope, specOfB) &&
    isSamePlace(a.scope.reference, b.scope.reference) &&
    (a.condition ?? "") === (b.condition ?? "")
  );
}

function roleKey({ role, scope }: PlannedGrant, spec: ResolvedSpec): string {
  return (role.guid ?? customRoleName(role, scope, spec)).toLowerCase();
}

function principalKey({ name, principal }: PlannedPrincipal, spec: ResolvedSpec): string {
  return principal
    ? (principal.objectId ?? `${principal.principalType} ${name}`).toLowerCase()
    : identityKey(name, spec);
}

function scopeKey({ kind, name }: PlannedScope, spec: ResolvedSpec): string {
  switch (kind) {
    case "controlPlane":
    case "kubelet":
      return identityKey(name, spec);
    default:
      return `${kind} ${name}`.toLowerCase();
  }
}

function identityKey(name: string, { identities }: ResolvedSpec): string {
  return `identity ${identities.resourceGroup.name}/${name}`.toLowerCase();
}

// One may be given by its id and the other by its name, in the subscription of the stacks.
function isSamePlace(a?: ResourceReference, b?: ResourceReference): boolean {
  const same = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || one.toLowerCase() === other.toLowerCase();
  return (
    same(a?.name, b?.name) &&
    same(a?.resourceGroup, b?.resourceGroup) &&
    same(a?.subscriptionId, b?.subscriptionId)
  );
}
