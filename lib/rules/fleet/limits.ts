// HAKS-FLEET-050 to 053: limits of subscriptions and tenants that the clusters of a fleet use up together. Pure.
import { assignmentKey } from "../../access/fleet-rows";
import { PlannedScope } from "../../access/planned-grant";
import { IDENTITY_KINDS } from "../../spec/identities";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { FleetMember, FleetRule, lastByName } from "./rule";
import { newRoleOf } from "./sharing";

const LIMITS = "https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits";

/** Most role assignments of a subscription. */
const ASSIGNMENTS = 4000;

/** Most custom roles of a tenant, and of one in China. */
const [ROLES, ROLES_IN_CHINA] = [5000, 2000];

/** Share of a limit from which on a finding warns. */
const MUCH = 0.8;

/** The rules about limits. */
export const FLEET_LIMIT_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-050",
    severity: "warning",
    title: `The clusters should have less than ${MUCH * 100} % of the ${ASSIGNMENTS} role assignments of a subscription.`,
    source: LIMITS,
    check: assignments((count) => count >= ASSIGNMENTS * MUCH && count <= ASSIGNMENTS),
  },
  {
    code: "HAKS-FLEET-051",
    title: `The clusters must have at most ${ASSIGNMENTS} role assignments in a subscription.`,
    source: LIMITS,
    check: assignments((count) => count > ASSIGNMENTS),
  },
  {
    code: "HAKS-FLEET-052",
    severity: "warning",
    title: `The clusters should have less than ${MUCH * 100} % of the ${ROLES} custom roles of a tenant.`,
    source: LIMITS,
    check: customRoles((count, most) => count >= most * MUCH && count <= most),
  },
  {
    code: "HAKS-FLEET-053",
    title: `The clusters must have at most ${ROLES} custom roles in a tenant.`,
    source: LIMITS,
    check: customRoles((count, most) => count > most),
  },
];

/** Returns a check of how many role assignments the clusters have in each subscription. */
function assignments(isMuch: (count: number) => boolean): FleetRule["check"] {
  return (members, report) => {
    for (const [subscription, { keys, users }] of assignmentsOf(members)) {
      if (isMuch(keys.size)) {
        report(
          lastByName(users).spec,
          "access",
          `The clusters have ${keys.size} role assignments in the subscription ${subscription}, with one that AKS creates for each cluster, and it can have ${ASSIGNMENTS} with those of others.`,
          "Name groups instead of single principals, or use several subscriptions.",
        );
      }
    }
  };
}

interface Assignments {
  readonly keys: Set<string>;
  readonly users: FleetMember[];
}

function assignmentsOf(members: readonly FleetMember[]): Map<string, Assignments> {
  const bySubscription = new Map<string, Assignments>();
  const add = (member: FleetMember, subscription: string, key: string): void => {
    const { keys, users } = bySubscription.get(subscription) ?? { keys: new Set(), users: [] };
    bySubscription.set(subscription, { keys: keys.add(key), users });
    if (users.at(-1) !== member) {
      users.push(member);
    }
  };
  for (const member of members) {
    const { spec, grants } = member;
    // Contributor on the resource group of the nodes.
    add(member, spec.subscriptionId ?? "", `nodes ${spec.name}`);
    for (const grant of grants) {
      add(member, subscriptionOf(grant.scope, spec), assignmentKey(grant, spec));
    }
  }
  return bySubscription;
}

function subscriptionOf({ kind, reference }: PlannedScope, spec: ResolvedSpec): string {
  const identity = IDENTITY_KINDS.find((one) => one === kind);
  const { subscriptionId } = identity ? spec.identities[identity] : (reference ?? {});
  return subscriptionId ?? spec.subscriptionId ?? "";
}

/** Returns a check of how many custom roles the clusters create. */
function customRoles(isMuch: (count: number, most: number) => boolean): FleetRule["check"] {
  return (members, report) => {
    const roles = new Set(
      members.flatMap(({ spec, grants }) => grants.map((grant) => newRoleOf({ grant, spec }))),
    );
    roles.delete(undefined);
    const isInChina = members.some(({ spec }) => spec.location.startsWith("china"));
    const most = isInChina ? ROLES_IN_CHINA : ROLES;
    if (isMuch(roles.size, most)) {
      report(
        lastByName(members).spec,
        "permissions.roleSet",
        `The clusters create ${roles.size} custom roles, and a tenant can have ${most} with those of others.`,
        "Put resources into fewer resource groups, or create the roles beforehand, and name them in permissions.roleSet.existing.",
      );
    }
  };
}
