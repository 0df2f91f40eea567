// The grant plan and what Azure holds, side by side: principals by their object ids, scopes by their ids. Pure.
import { ClusterPlan } from "../../lib";
import { principalReference } from "../../lib/access/same-assignment";
import { operationsOf } from "../../lib/access/effective-rights";
import { fixedGuid } from "../../lib/access/fixed-guid";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { isSameName } from "../../lib/spec/naming";
import { canonicalGuid, parseResourceId } from "../../lib/spec/resource-id";
import {
  IdentityPrincipal,
  PlacedIdentity,
  ResolvedSpec,
  placedIdentities,
} from "../../lib/spec/resolved-spec";
import { RoleDefinition, subscriptionIn } from "../discover/exports";
import { roleFinder, scopeIdOf } from "../discover/rights";
import { groupPath, placeOf } from "../review/azure";
import { distinct, groupBy } from "../review/text";
import { isIdentity, principalKey, scopeKey } from "../review/words";
import { Holding, LiveExports, groupsOf } from "./live-exports";

/** A role assignment that reaches a principal, by itself or by a group. */
export interface Held {
  readonly holding: Holding;
  readonly group?: string;
}

/** A planned right, for what Azure holds. */
export interface Planned {
  readonly grant: PlannedGrant;
  readonly reviewed: ReviewedGrant;
  /** Id of the scope. */
  readonly scope: string;
  /** Object id of the principal, if it is known. */
  readonly principalId?: string;
  /** Operations that the plan gives the principal on the scope, by this row and by others. */
  readonly operations: readonly string[];
}

/** The plan and the exports. */
export interface World {
  readonly plan: ClusterPlan;
  readonly exports: LiveExports;
  /** The subscription of scopes without an explicit one. */
  readonly subscription: string;
  readonly planned: readonly Planned[];
  /** Rows of clusters that share something with this one. */
  readonly shared: readonly Planned[];
  /** The identities of the cluster and of its workloads, by their ids in lower case. */
  readonly identities: ReadonlyMap<string, PlacedIdentity>;
  readonly roleOf: (holding: Holding) => RoleDefinition | undefined;
  /** Returns all role assignments that reach a principal. */
  readonly heldBy: (principalId: string) => readonly Held[];
}

/**
 * Returns the plan and the exports side by side.
 *
 * @returns undefined if the subscription of the cluster is not known
 */
export function worldOf(plan: ClusterPlan, exports: LiveExports): World | undefined {
  const subscription = subscriptionOf(plan._resolved, exports);
  if (subscription === undefined) {
    return undefined;
  }
  const others = plan._resolved.permissions.sharedWith.map((spec) => new ClusterPlan(spec));
  const held = new Map<string, readonly Held[]>();
  return {
    plan,
    exports,
    subscription,
    planned: plannedOf(plan, exports, subscription),
    shared: others.flatMap((other) => plannedOf(other, exports, subscription)),
    identities: new Map(
      placedIdentities(plan._resolved).map((one) => [identityIdOf(one, subscription), one]),
    ),
    roleOf: remembered(exports, plan),
    heldBy: (principalId) => {
      const known = held.get(principalId) ?? heldBy(principalId, exports);
      held.set(principalId, known);
      return known;
    },
  };
}

function identityIdOf({ identity }: PlacedIdentity, ofCluster: string): string {
  const { ids, name, resourceGroup, subscriptionId = ofCluster } = identity;
  const id =
    ids?.id ??
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  return id.toLowerCase();
}

function heldBy(principalId: string, exports: LiveExports): Held[] {
  const of = (id: string) => exports.byPrincipal.get(id) ?? [];
  return [
    ...of(principalId).map((holding) => ({ holding })),
    ...groupsOf(principalId, exports).flatMap((group) =>
      of(group).map((holding) => ({ holding, group })),
    ),
  ];
}

function plannedOf(plan: ClusterPlan, exports: LiveExports, subscription: string): Planned[] {
  const reviewed = new Map(plan.review().grants.map((one) => [one.address, one]));
  const rows = plan._grants.map((grant) => {
    const row = reviewed.get(grant.address)!;
    return {
      grant,
      reviewed: row,
      scope: scopeIdOf(row, subscription),
      principalId: principalIdOf(grant, row, plan._specOf(grant), exports),
    };
  });
  const alike = groupBy(rows, ({ reviewed: { principal, scope } }) =>
    JSON.stringify([principalKey(principal), scopeKey(scope)]),
  );
  return [...alike.values()].flatMap((same) => {
    const operations = distinct(same.flatMap(({ grant }) => operationsOf(grant)));
    return same.map((row) => ({ ...row, operations }));
  });
}

/** Returns the object id of a principal: that in Azure comes before that in the description. */
function principalIdOf(
  { principal }: PlannedGrant,
  { principal: { objectId } }: ReviewedGrant,
  spec: ResolvedSpec,
  { identities }: LiveExports,
): string | undefined {
  const found = principal.principal
    ? undefined
    : identities.find(({ id }) => isIdentityAt(id, principal, spec))?.principalId;
  const known = found ?? objectId;
  return known === undefined ? undefined : canonicalGuid(known);
}

function isIdentityAt(id: string, principal: IdentityPrincipal, spec: ResolvedSpec): boolean {
  const parts = parseResourceId(id);
  const {
    name,
    resourceGroup = "",
    subscriptionId = spec.subscriptionId,
  } = principalReference(principal, spec);
  return (
    parts !== undefined &&
    isSameName(parts.name, name) &&
    isSameName(parts.resourceGroup, resourceGroup) &&
    (subscriptionId === undefined || isSameName(parts.subscriptionId, subscriptionId))
  );
}

/** Returns the subscription that the stacks work in: that of the description, of the exported cluster, or the only one. */
function subscriptionOf(
  { subscriptionId }: ResolvedSpec,
  { clusterId = "", subscriptions }: LiveExports,
): string | undefined {
  const [only, ...more] = subscriptions;
  const known = subscriptionId ?? (subscriptionIn(clusterId) || undefined);
  return known ?? (more.length === 0 ? only : undefined);
}

function remembered(exports: LiveExports, plan: ClusterPlan): World["roleOf"] {
  const find = roleFinder({ exports }, plan);
  const known = new Map<string, RoleDefinition | undefined>();
  return (holding) => {
    const { guid, name } = holding.role;
    const key = `${guid} ${name}`;
    if (!known.has(key)) {
      known.set(key, find(holding));
    }
    return known.get(key);
  };
}

/** Returns the GUID of a planned role: that of a custom role in Azure, or the one that Terraform computes. */
export function roleGuid({ reviewed }: Planned, world: World): string | undefined {
  const { role, scope } = reviewed;
  const exported = world.exports.roles.find(({ name }) => isSameName(name, role.name));
  const place = placeOf(scope);
  const { subscriptionId = world.subscription } = place;
  return (
    role.guid?.toLowerCase() ??
    exported?.guid ??
    (role.guidSeed === undefined
      ? undefined
      : fixedGuid(`/subscriptions/${subscriptionId}${groupPath(place)}`, "role", role.guidSeed))
  );
}

/** Whether a role assignment has the role of a row. */
export function hasRoleOf({ role }: Holding, row: Planned, world: World): boolean {
  const { name } = row.reviewed.role;
  return (
    role.guid === roleGuid(row, world) || (row.reviewed.role.custom && isSameName(role.name, name))
  );
}

/** Whether a row is about an identity of the cluster, which has no other use. */
export function isOfIdentity({ grant }: Planned): boolean {
  return isIdentity(grant.principal.kind);
}
