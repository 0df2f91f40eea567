// Which stack of a fleet grants a row: decided by the description of the cluster that needs it, so that a cluster that comes
// or goes moves no row of another one. Pure.
import { addressName } from "../spec/address";
import { isSameName } from "../spec/naming";
import { IdentityKind, isIdentityKind } from "../spec/identities";
import {
  IdentityPrincipal,
  ResolvedSpec,
  identityOf,
  sharesResourceGroup,
} from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { parseResourceId } from "../spec/resource-id";
import { isNewRole } from "./names";
import { PlannedGrant, PlannedScope, roleAddress } from "./planned-grant";
import { resourceTypeOf } from "./resource-types";
import { scopeAddress } from "./scope-address";
import { principalReference, roleKey } from "./same-assignment";

/** The name of the fleet in the names of its stacks, in the place of that of a cluster. */
export const FLEET = "fleet";

/** Returns one text for an identity of a cluster, wherever it is described. */
export function identityKey(kind: IdentityKind, spec: ResolvedSpec): string {
  return principalKey({ kind }, spec);
}

/** Returns one text for the identity of a principal, wherever it is described. */
export function principalKey(principal: IdentityPrincipal, spec: ResolvedSpec): string {
  return placeKey(principalReference(principal, spec), spec);
}

/**
 * Whether the stacks of the fleet grant a row, and not those of its cluster: unless the cluster creates the identity that the
 * row is for or, for a principal of Entra ID, the resource that the row is on. It depends on the description of the cluster
 * alone.
 */
export function isGrantedByFleet(
  { principal, scope, _phase: phase }: PlannedGrant,
  spec: ResolvedSpec,
): boolean {
  const { identities, resourceGroup } = spec;
  // Add-ons come after the stacks of the fleet, and so does the node resource group.
  if (phase === "addOns" || scope.kind === "nodeResourceGroup") {
    return false;
  }
  if (!principal.principal) {
    return identityOf(principal, spec).existing;
  }
  if (isIdentityKind(scope.kind)) {
    return identities[scope.kind].existing;
  }
  const isCreated = resourceGroup.create && sharesResourceGroup(spec);
  return scope.kind !== "resourceGroup" || !isCreated;
}

/**
 * Whether a stack of the cluster creates the custom role of a row: the fleet does, unless the cluster creates the resource
 * group that the role is in.
 */
export function makesCustomRole({ scope }: PlannedGrant, spec: ResolvedSpec): boolean {
  const { resourceGroup, subscriptionId } = spec.identities;
  const isOwnGroup =
    isIdentityKind(scope.kind) &&
    resourceGroup.create &&
    isSameName(spec.identities[scope.kind].resourceGroup, resourceGroup.name) &&
    spec.identities[scope.kind].subscriptionId === subscriptionId;
  return !spec.isOfFleet || isOwnGroup;
}

/**
 * Whether the stack of a cluster that joins a fleet revokes its former right, because the fleet grants another one: its
 * custom roles have other ids in a fleet. Rights on identities stay: the stack only forgets them.
 */
export function isReplacedByFleet(
  { principal, role, scope }: PlannedGrant,
  spec: ResolvedSpec,
): boolean {
  const isOfPeople = principal.principal !== undefined && !isIdentityKind(scope.kind);
  return spec.isOfFleet && isNewRole(role, spec) && isOfPeople;
}

/** Returns one text for the role assignment of a row: two rows with the same text are one to Azure. */
export function assignmentKey(grant: PlannedGrant, spec: ResolvedSpec): string {
  const { principal } = grant;
  const { objectId, principalType = "" } = principal.principal ?? {};
  const holder = principal.principal
    ? `${principalType} ${objectId ?? principal.name}`
    : principalKey(principal, spec);
  return [roleKey(grant, spec), holder, scopePlace(grant.scope, spec)].join(" ").toLowerCase();
}

/** Returns the name of a row in the Terraform addresses of a stack with rows of several clusters. */
export function addressInFleet(grant: PlannedGrant, spec: ResolvedSpec): string {
  const { principal, scope, address } = grant;
  const role = roleAddress(grant.role);
  const own = `${role}_${scopeAddress(scope)}`;
  const holder = principal.principal
    ? address.slice(0, -own.length - 1)
    : identityAddress(principal, spec);
  const on = isIdentityKind(scope.kind)
    ? identityAddress({ kind: scope.kind }, spec)
    : scopeAddress(scope);
  const { subscriptionId } = scope.reference ?? {};
  return [holder, role, on, subscriptionId ?? spec.subscriptionId].filter(Boolean).join("_");
}

function identityAddress(principal: IdentityPrincipal, spec: ResolvedSpec): string {
  const { name, resourceGroup } = identityOf(principal, spec);
  return ["identity", resourceGroup, name].map(addressName).join("-");
}

function scopePlace(scope: PlannedScope, spec: ResolvedSpec): string {
  const { kind, name, reference } = scope;
  if (isIdentityKind(kind)) {
    return identityKey(kind, spec);
  }
  const place = reference ? placeKey(reference, spec) : (spec.subscriptionId ?? "");
  return `${resourceTypeOf(kind).type} ${place} ${kind === "subnet" || !reference ? name : ""}`;
}

/** Returns one text for a resource, whether it is given by its name or by its id. */
export function placeKey(
  { name, resourceGroup = "", subscriptionId, id = "" }: ResourceReference,
  { subscriptionId: ofCluster = "" }: ResolvedSpec,
): string {
  const { parents = [] } = parseResourceId(id) ?? {};
  const place = [subscriptionId ?? ofCluster, resourceGroup, ...parents, name];
  return (resourceGroup === "" ? id : place.join("/")).toLowerCase();
}
