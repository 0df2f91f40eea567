// The rights that a description needs and no more, in Azure: what a principal may do on each scope, by one custom role.
import { ClusterPlan, ClusterSpec } from "../lib";
import { PlannedGrant, PlannedScope } from "../lib/access/planned-grant";
import { isResourceGroup, resourceTypeOf } from "../lib/access/resource-types";
import { Needed, neededOf } from "../lib/access/sufficient-roles";
import { nodeResourceGroupOf, resolveSpec } from "../lib/spec/resolved-spec";

interface Holder {
  /** Object id. */
  readonly principal: string;
  readonly scope: string;
}

/** What a principal may do on a scope. */
export interface ExactRight extends Holder, Needed {
  readonly condition?: string;
}

/** Where the resources of a description are, and who its identities are. */
export interface Place {
  /** Id of the subscription of resources that name no other. */
  readonly subscription: string;
  /** Object ids of the identities, by their kinds. */
  readonly principals: { readonly [kind: string]: string };
}

/** Returns the rights of a description: of each principal on each scope all that features need there, once. */
export function exactRights(spec: ClusterSpec, place: Place): ExactRight[] {
  const rights = new Map<string, ExactRight>();
  for (const grant of rowsBefore(spec)) {
    const { principal, scope } = holderOf(grant, spec, place);
    const key = `${principal} ${scope}`.toLowerCase();
    const known = rights.get(key);
    const needed = neededOf(grant);
    rights.set(key, {
      principal,
      scope,
      condition: known?.condition ?? grant.condition,
      actions: distinct([...(known?.actions ?? []), ...needed.actions]),
      dataActions: distinct([...(known?.dataActions ?? []), ...needed.dataActions]),
    });
  }
  return [...rights.values()];
}

/** Returns the rows before the cluster, which the preflight compares. */
function rowsBefore(spec: ClusterSpec): PlannedGrant[] {
  return new ClusterPlan(spec)._grants.filter(({ _isAfter }) => !_isAfter);
}

/** Returns the same rights without one operation of each: the first, the second and so on. */
export function withoutOperation(rights: readonly ExactRight[], index: number): ExactRight[] {
  return rights.map((right) => {
    const removed = operationsOf(right)[index];
    const rest = (list: readonly string[]) => list.filter((one) => one !== removed);
    return { ...right, actions: rest(right.actions), dataActions: rest(right.dataActions) };
  });
}

export function operationsOf({ actions, dataActions }: Needed): string[] {
  return [...actions, ...dataActions];
}

/** Returns the rows of the plan that lack something if these are all rights, worked out without the preflight. */
export function lackingRows(
  spec: ClusterSpec,
  place: Place,
  rights: readonly ExactRight[],
): PlannedGrant[] {
  return rowsBefore(spec).filter((grant) => {
    const holder = holderOf(grant, spec, place);
    return grant.needs.some((need) => !isHeld(need, holder, rights));
  });
}

/** Returns the operations without which a principal still has everything, as sentences: another right gives the same. */
export function spareOperations(rights: readonly ExactRight[]): string[] {
  return rights.flatMap((right) => {
    const others = rights.filter((other) => other !== right);
    return operationsOf(right)
      .filter((operation) => isHeld(operation, right, others))
      .map((operation) => `${operation} on ${right.scope}`);
  });
}

// A role on a resource group reaches what is in it.
function isHeld(operation: string, holder: Holder, rights: readonly ExactRight[]): boolean {
  return rights.some(
    (right) =>
      right.principal === holder.principal &&
      `${holder.scope}/`.toLowerCase().startsWith(`${right.scope}/`.toLowerCase()) &&
      operationsOf(right).includes(operation),
  );
}

function holderOf(grant: PlannedGrant, spec: ClusterSpec, place: Place): Holder {
  const { principal, scope } = grant;
  return {
    principal: principal.principal?.objectId ?? place.principals[principal.kind] ?? "",
    scope: scopeId(scope, spec, place.subscription),
  };
}

/** Returns the id of a scope, as Azure forms it. */
export function scopeId(
  { kind, name, reference }: PlannedScope,
  spec: ClusterSpec,
  subscription: string,
): string {
  if (reference?.id !== undefined) {
    return reference.id;
  }
  const own = reference?.subscriptionId;
  const at = own === undefined ? subscription : `/subscriptions/${own}`;
  const resolved = resolveSpec(spec);
  const { resourceGroup, identities } = resolved;
  if (kind === "nodeResourceGroup") {
    return `${at}/resourceGroups/${nodeResourceGroupOf(resolved)}`;
  }
  if (isResourceGroup(kind)) {
    return `${at}/resourceGroups/${reference?.resourceGroup ?? resourceGroup.name}`;
  }
  const owner = kind === "kubelet" ? identities.kubelet : identities.controlPlane;
  const group = reference?.resourceGroup ?? owner.resourceGroup;
  const [namespace, ...types] = resourceTypeOf(kind).type.split("/");
  const names =
    reference === undefined || reference.name === name ? [name] : [reference.name, name];
  const path = types.flatMap((type, index) => [type, names[index]]);
  return [`${at}/resourceGroups/${group}/providers`, namespace, ...path].join("/");
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
