// The rights of workloads, as grants. Pure.
import { createHash } from "node:crypto";
import { AdditionalGrant, GrantPrincipal, GrantScope } from "../spec/additional-grant";
import { GrantingTeam } from "../spec/granting-team";
import { isSameName } from "../spec/naming";
import { ResolvedSpec, ResolvedWorkload } from "../spec/resolved-spec";
import { parseResourceId } from "../spec/resource-id";
import { CustomRoleOptions, Role, builtInNamed, invalidCustomRole } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { LEARN } from "./feature";
import { resourceTypeOf } from "./resource-types";

/** A right of a workload, with its defaults. */
export type ResolvedRight = ResolvedWorkload["rights"][number];

/** The page about workload identities. */
export const WORKLOAD_PAGE = `${LEARN}/aks/workload-identity-overview`;

const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";

/** Returns a right of a workload as a grant; undefined if its role or the type of its scope is invalid, as HAKS-WL-005 says. */
export function workloadGrant(
  { name }: ResolvedWorkload,
  right: ResolvedRight,
  spec: ResolvedSpec,
): AdditionalGrant | undefined {
  const { resourceType, why, grantedBy } = right;
  const role = roleOf(right);
  if (role === undefined || resourceType === "") {
    return undefined;
  }
  const { owner, team } = resourceTypeOf(resourceType);
  return {
    team: grantedBy ?? entryOf<GrantingTeam>(spec.permissions.grantedBy, owner) ?? team,
    principal: GrantPrincipal.workload(name),
    role,
    scope: scopeOf(right, spec),
    feature: `workload ${name}`,
    why,
    source: WORKLOAD_PAGE,
  };
}

/** Returns the scope of a right: a subnet of the cluster's network is the same one as in the rows that are computed. */
function scopeOf({ resourceType, scope }: ResolvedRight, { network }: ResolvedSpec): GrantScope {
  const { subscriptionId, resourceGroup, name: vnet } = network.virtualNetwork;
  const parts = isSameName(resourceType, SUBNETS) ? parseResourceId(scope.id ?? "") : undefined;
  const isOwn =
    parts !== undefined &&
    isSameName(parts.parents[0] ?? "", vnet) &&
    isSameName(parts.resourceGroup, resourceGroup ?? parts.resourceGroup) &&
    isSameName(parts.subscriptionId, subscriptionId ?? parts.subscriptionId);
  return isOwn ? GrantScope.subnet(parts.name) : GrantScope.resource(resourceType, scope);
}

function roleOf(right: ResolvedRight): Role | undefined {
  const { role, roleGuid, actions, dataActions } = right;
  if (role === undefined) {
    const options = customRoleOf(right);
    return invalidCustomRole(options) ? undefined : Role.custom(options);
  }
  return roleGuid === undefined
    ? builtInNamed(role)
    : Role.builtIn(role, roleGuid, actions, dataActions);
}

/** Returns the custom role of a right. The same actions are the same role, so that workloads share it. */
export function customRoleOf({ actions, dataActions }: ResolvedRight): CustomRoleOptions {
  const sorted = [actions, dataActions].map((list) => [...new Set(list)].sort());
  const hash = createHash("sha256").update(JSON.stringify(sorted).toLowerCase());
  const mark = hash.digest("hex").slice(0, 8);
  return {
    key: `workload${mark}`,
    name: `AKS Workload ${mark}`,
    description: "Allows pods of a workload what its description names.",
    actions: sorted[0]!,
    dataActions: sorted[1]!,
  };
}
