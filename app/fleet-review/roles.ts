// The roles of a fleet: each once for each type of resources, without the place that custom roles end with. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { FleetRole } from "../../lib/review/fleet-review";
import { riskOf } from "../../lib/review/risk";
import { groupBy } from "../review/text";
import { kindName, roleBaseName } from "../review/words";
import { Source } from "./sources";

/** Returns the role of the fleet for that of a grant. */
export type RoleOf = (grant: ReviewedGrant) => FleetRole;

/** Returns the roles of a fleet. */
export function rolesOf(sources: readonly Source[]): RoleOf {
  const keys = new Map<ReviewedGrant, string>();
  const drafts = new Map<string, FleetRole>();
  for (const grant of sources.flatMap(({ review }) => review.grants)) {
    const draft = draftOf(grant);
    // The purpose of a custom role differs between releases.
    const key = JSON.stringify({ ...draft, description: undefined });
    keys.set(grant, key);
    drafts.set(key, drafts.get(key) ?? draft);
  }
  const roles = withIds(drafts);
  return (grant) => roles.get(keys.get(grant)!)!;
}

function draftOf({ role, scope, effectiveActions, risk }: ReviewedGrant): FleetRole {
  const name = roleBaseName(role);
  return {
    id: `${name}, ${kindName(scope.kind)}`,
    name,
    custom: role.custom,
    guid: role.guid,
    description: role.description,
    resourceType: scope.resourceType,
    actions: role.actions,
    notActions: role.notActions,
    dataActions: role.dataActions,
    notDataActions: role.notDataActions,
    effectiveActions,
    risk: risk ?? riskOf(effectiveActions),
  };
}

/** Gives each role a unique id: those that are called alike are numbered in the order of what they allow. */
function withIds(drafts: ReadonlyMap<string, FleetRole>): Map<string, FleetRole> {
  const alike = groupBy([...drafts], ([, { id }]) => id);
  return new Map(
    [...alike.values()].flatMap((group) =>
      group
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, role], index): [string, FleetRole] => [
          key,
          index === 0 ? role : { ...role, id: `${role.id}, ${index + 1}` },
        ]),
    ),
  );
}
