// Whether rows of two clusters are one role assignment in Azure. Pure.
import { isSameName } from "../spec/naming";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { customRoleName } from "./names";
import { PlannedGrant, PlannedPrincipal, PlannedScope } from "./planned-grant";

/** How far two rows, each of its own description, are one assignment. */
export enum Sameness {
  /** They differ in principal, role, scope or condition. */
  NONE,
  /** It cannot be told: one scope is given by its id or subscription, and the other is not. */
  UNSURE,
  /** They are one. */
  SAME,
}

/** Whether two rows are one assignment: principal, role, scope, condition. */
export function samenessOf(
  a: PlannedGrant,
  specOfA: ResolvedSpec,
  b: PlannedGrant,
  specOfB: ResolvedSpec,
): Sameness {
  const alike =
    roleKey(a, specOfA) === roleKey(b, specOfB) &&
    principalKey(a.principal, specOfA) === principalKey(b.principal, specOfB) &&
    scopeKey(a.scope, specOfA) === scopeKey(b.scope, specOfB) &&
    (a.condition ?? "") === (b.condition ?? "");
  if (!alike || !mayBeOne(a.scope.reference, b.scope.reference)) {
    return Sameness.NONE;
  }
  return a.scope.reference?.key === b.scope.reference?.key ? Sameness.SAME : Sameness.UNSURE;
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
  return kind === "controlPlane" || kind === "kubelet"
    ? identityKey(name, spec)
    : `${kind} ${name}`.toLowerCase();
}

function identityKey(name: string, { identities }: ResolvedSpec): string {
  return `identity ${identities.resourceGroup.name}/${name}`.toLowerCase();
}

/**
 * Whether two references may be to one resource: nothing that both know of it differs. One may be given by its
 * id and the other by its name, in the subscription of the stacks.
 */
export function mayBeOne(a?: ResourceReference, b?: ResourceReference): boolean {
  const same = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || isSameName(one, other);
  return (
    same(a?.name, b?.name) &&
    same(a?.resourceGroup, b?.resourceGroup) &&
    same(a?.subscriptionId, b?.subscriptionId)
  );
}
