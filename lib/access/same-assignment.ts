// Compares principals, scopes and role assignments, in one description and in those of two clusters. Pure.
import { isSameName } from "../spec/naming";
import { IdentityKind, isIdentityKind } from "../spec/identities";
import { IdentityPrincipal, ResolvedSpec, identityOf } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { customRoleSeed } from "./names";
import { PlannedGrant, PlannedPrincipal, PlannedScope } from "./planned-grant";
import { resourceTypeOf } from "./resource-types";

/** Whether two things from two descriptions are the same in Azure. */
export enum Sameness {
  /** They are two. */
  NONE,
  /** It cannot be told: one is given by its id or subscription, and the other is not. */
  UNSURE,
  /** They are one. */
  SAME,
}

/** Returns one text for one scope of a description. */
export function scopeKey(scope: PlannedScope, spec: ResolvedSpec): string {
  const { type, name, reference } = located(scope, spec);
  return `${type} ${reference?.key ?? ""} ${name}`.toLowerCase();
}

/** Whether two rows are one assignment to Azure: of principal, role and scope; conditions are ignored. */
export function samenessOf(
  a: PlannedGrant,
  specOfA: ResolvedSpec,
  b: PlannedGrant,
  specOfB: ResolvedSpec,
): Sameness {
  // The role first: it is quickly compared.
  return roleKey(a, specOfA) === roleKey(b, specOfB)
    ? Math.min(
        samePrincipal(a.principal, specOfA, b.principal, specOfB),
        samePlace(located(a.scope, specOfA), located(b.scope, specOfB)),
      )
    : Sameness.NONE;
}

/** Whether two rows have the same condition. */
export function isSameCondition(
  a: Pick<PlannedGrant, "condition">,
  b: Pick<PlannedGrant, "condition">,
): boolean {
  return (a.condition ?? "") === (b.condition ?? "");
}

/** A place in Azure; the name is that of a subnet, or of what is not referred to. */
interface Located {
  readonly type: string;
  readonly name: string;
  readonly reference?: ResourceReference;
}

function located({ kind, name, reference }: PlannedScope, spec: ResolvedSpec): Located {
  const { type } = resourceTypeOf(kind);
  if (isIdentityKind(kind)) {
    return { type, name: "", reference: identityReference(kind, spec) };
  }
  return { type, name: kind === "subnet" || !reference ? name : "", reference };
}

function locatedPrincipal(principal: PlannedPrincipal, spec: ResolvedSpec): Located {
  const { type } = resourceTypeOf("identity");
  return { type, name: "", reference: principalReference(principal, spec) };
}

/** Returns an identity of the cluster, as a description would point at it. */
export function identityReference(kind: IdentityKind, spec: ResolvedSpec): ResourceReference {
  return principalReference({ kind }, spec);
}

/** Returns the identity of a principal, as a description would point at it. */
export function principalReference(
  principal: IdentityPrincipal,
  spec: ResolvedSpec,
): ResourceReference {
  const { name, ids, resourceGroup, subscriptionId } = identityOf(principal, spec);
  return ids
    ? ResourceReference.byId(ids.id, name)
    : ResourceReference.byName({ name, resourceGroup, subscriptionId });
}

function samePlace(a: Located, b: Located): Sameness {
  if (!isSameName(`${a.type} ${a.name}`, `${b.type} ${b.name}`)) {
    return Sameness.NONE;
  }
  if (a.reference?.key === b.reference?.key) {
    return Sameness.SAME;
  }
  return a.reference && b.reference && mayBeOne(a.reference, b.reference)
    ? Sameness.UNSURE
    : Sameness.NONE;
}

function samePrincipal(
  a: PlannedPrincipal,
  specOfA: ResolvedSpec,
  b: PlannedPrincipal,
  specOfB: ResolvedSpec,
): Sameness {
  if (!a.principal || !b.principal) {
    return a.principal || b.principal
      ? Sameness.NONE
      : samePlace(locatedPrincipal(a, specOfA), locatedPrincipal(b, specOfB));
  }
  const [idOfA, idOfB] = [a.principal.objectId, b.principal.objectId];
  if (idOfA !== undefined && idOfB !== undefined) {
    return isSameName(idOfA, idOfB) ? Sameness.SAME : Sameness.NONE;
  }
  const isNamedAlike =
    isSameName(a.name, b.name) && a.principal.principalType === b.principal.principalType;
  const isGivenAlike = idOfA === undefined && idOfB === undefined;
  return isNamedAlike ? (isGivenAlike ? Sameness.SAME : Sameness.UNSURE) : Sameness.NONE;
}

/** Returns one text for the role of a row: roles with the same text are one to Azure. */
export function roleKey({ role, scope }: PlannedGrant, spec: ResolvedSpec): string {
  const custom = () =>
    spec.permissions.roleSet.existing[role.key ?? ""] ?? customRoleSeed(role, scope, spec);
  return (role.guid ?? custom()).toLowerCase();
}

/**
 * Whether two references may be to one resource: nothing that both know of it differs. One may be given by its
 * id and the other by its name, in the subscription of the stacks.
 */
export function mayBeOne(a: ResourceReference, b: ResourceReference): boolean {
  const same = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || isSameName(one, other);
  // An id without a subscription is a token, which may become any.
  const bothKnown = [a, b].every(({ id, subscriptionId }) => id && subscriptionId);
  return bothKnown
    ? same(a.id, b.id)
    : same(a.name, b.name) &&
        same(a.resourceGroup, b.resourceGroup) &&
        same(a.subscriptionId, b.subscriptionId);
}
