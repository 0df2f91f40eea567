// HAKS-FLEET: the clusters of a fleet. Pure.
import { Severity } from "../../spec/custom-rule";
import { FLEET_IDENTITY_RULES } from "./identities";
import { FLEET_LIMIT_RULES } from "./limits";
import { FLEET_PLACE_RULES, UNIQUE_NAMES } from "./places";
import { FLEET_RANGE_RULES } from "./ranges";
import { FLEET_SUBNET_RULES } from "./subnets";
import { FleetFinding, FleetMember, FleetRule, grouped } from "./rule";
import { SHARING_RULES } from "./sharing";
import { FLEET_WORKLOAD_RULES } from "./workloads";

/** The rules about the clusters of a fleet. */
export const FLEET_RULES: readonly FleetRule[] = [
  ...SHARING_RULES,
  UNIQUE_NAMES,
  ...FLEET_PLACE_RULES,
  ...FLEET_RANGE_RULES,
  ...FLEET_SUBNET_RULES,
  ...FLEET_IDENTITY_RULES,
  ...FLEET_LIMIT_RULES,
  ...FLEET_WORKLOAD_RULES,
];

/** Returns the findings about the clusters of a fleet, which are sorted by name. */
export function findingsAboutFleet(members: readonly FleetMember[]): FleetFinding[] {
  // Two descriptions of one cluster meet in everything: that they do is one finding.
  const byName = grouped(members, ({ spec }) => spec.name.toLowerCase());
  const distinct = [...byName.values()].flatMap((group) => group.slice(0, 1));
  return FLEET_RULES.flatMap((rule) => {
    const { code, severity = Severity.ERROR, source, check } = rule;
    const found: FleetFinding[] = [];
    check(
      rule === UNIQUE_NAMES ? members : distinct,
      ({ name: cluster }, path, message, remedy) => {
        const level = severity as Severity;
        found.push({ code, severity: level, source, cluster, path, message, remedy });
      },
    );
    return found;
  });
}
