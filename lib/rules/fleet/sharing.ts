// HAKS-FLEET-020 to 023: what the clusters of a fleet share. Pure.
import { FLEET, assignmentKey } from "../../access/fleet-rows";
import { customRoleName, isNewRole } from "../../access/names";
import { PlannedGrant } from "../../access/planned-grant";
import { isSameCondition } from "../../access/same-assignment";
import { isSameName } from "../../spec/naming";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { FleetMember, FleetRule } from "./rule";

const ONE_ASSIGNMENT = "Azure knows it only once.";

/** The rules about rights that clusters share. */
export const SHARING_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-020",
    title: `A cluster of a fleet must not be called "${FLEET}".`,
    check: (members, report) => {
      for (const { spec } of members.filter((one) => isSameName(one.spec.name, FLEET))) {
        report(
          spec,
          "name",
          `The stacks that the clusters of a fleet share are named after "${FLEET}".`,
          "Give the cluster another name.",
        );
      }
    },
  },
  {
    code: "HAKS-FLEET-021",
    title: "A cluster of a fleet must give its subscription.",
    check: (members, report) => {
      for (const { spec } of members.filter((one) => one.spec.subscriptionId === undefined)) {
        report(
          spec,
          "subscriptionId",
          "Without the subscription, it is not known which resources the clusters share.",
          "Give the subscription of the cluster as subscriptionId.",
        );
      }
    },
  },
  {
    code: "HAKS-FLEET-022",
    title:
      "A role assignment that clusters share must have one condition and one team that grants it.",
    source: "https://learn.microsoft.com/azure/role-based-access-control/conditions-overview",
    check: (members, report) => {
      forEachLater(members, assignmentOf, ({ grant, spec }, first) => {
        const { principal, role, scope, team } = grant;
        const row = `"${principal.name}" gets the role "${role.name}" on "${scope.name}"`;
        const { name } = first.spec;
        if (team !== first.grant.team) {
          report(
            spec,
            "permissions.grantedBy",
            `${row} from the team ${team}, and in the cluster "${name}" from the team ${first.grant.team}. ${ONE_ASSIGNMENT}`,
            "Name the same team in both.",
          );
        } else if (!isSameCondition(grant, first.grant)) {
          report(
            spec,
            "permissions.additionalGrants",
            `${row} with another condition in the cluster "${name}". ${ONE_ASSIGNMENT}`,
            "Give both the same condition, or the same repositories.",
          );
        }
      });
    },
  },
  {
    code: "HAKS-FLEET-023",
    title: "A custom role that clusters share must allow the same actions in all of them.",
    check: (members, report) => {
      forEachLater(members, newRoleOf, ({ grant: { role }, spec }, first) => {
        if (actionsOf(role) !== actionsOf(first.grant.role)) {
          report(
            spec,
            "permissions.additionalGrants",
            `The custom role "${role.name}" has other actions in the cluster "${first.spec.name}", and both are in one resource group.`,
            "Give the roles different names, or the same actions.",
          );
        }
      });
    },
  },
];

interface Placed {
  readonly grant: PlannedGrant;
  readonly spec: ResolvedSpec;
}

/** Visits each row whose key an earlier cluster has, with the first such row; a cluster once for each key. */
function forEachLater(
  members: readonly FleetMember[],
  keyOf: (row: Placed) => string | undefined,
  visit: (row: Placed, first: Placed) => void,
): void {
  const first = new Map<string, Placed>();
  for (const { spec, grants } of members) {
    const seen = new Set<string>();
    for (const grant of grants) {
      const key = keyOf({ grant, spec });
      const known = key === undefined || seen.has(key) ? undefined : first.get(key);
      if (known && known.spec !== spec) {
        visit({ grant, spec }, known);
      } else if (key !== undefined && !first.has(key)) {
        first.set(key, { grant, spec });
      }
      seen.add(key ?? "");
    }
  }
}

function assignmentOf({ grant, spec }: Placed): string {
  return assignmentKey(grant, spec);
}

/** Returns one text for the custom role of a row that the stacks create; undefined if they create none. */
export function newRoleOf({ grant: { role, scope }, spec }: Placed): string | undefined {
  return isNewRole(role, spec) ? customRoleName(role, scope, spec).toLowerCase() : undefined;
}

function actionsOf({ actions }: PlannedGrant["role"]): string {
  return [...actions].sort().join(" ").toLowerCase();
}
