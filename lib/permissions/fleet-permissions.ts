// The grants of one team for a whole fleet, and the custom roles of its clusters.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import { GrantingTeam } from "../spec/granting-team";
import { Grant } from "../grants/grant";
import { letGo } from "../hcl/state-moves";
import { ClusterPlan } from "../plan/cluster-plan";
import { FleetPlan } from "../plan/fleet-plan";
import { resourceGroupIdOf } from "../terraform/existing-resource";
import { makesCustomRole } from "../access/fleet-rows";
import { CustomRoles } from "./custom-roles";
import { GrantTargets } from "./grant-targets";
import { grantRow } from "./grant-row";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of the grants of a team for a fleet. */
export interface FleetPermissionsProps {
  /** The plan of the fleet. */
  readonly fleet: FleetPlan;
  /** The team that grants. */
  readonly team: GrantingTeam;
}

/** A role assignment for each row that a team grants for the fleet, and the custom roles of all clusters. */
export class FleetPermissions extends LibraryConstruct {
  /** The grants. */
  public readonly grants: Grant[];

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props fleet and team
   * @throws with all findings, if a description breaks a rule
   */
  public constructor(scope: Construct, id: string, { fleet, team }: FleetPermissionsProps) {
    super(scope, id);
    const roles = new CustomRoles(this, "the roles", true);
    fleet.clusters.forEach((plan) => plan._specFor(this));
    const own = ownRows(fleet.clusters, team);
    own.forEach((row) => roles.of(row, () => ""));
    const targets = new GrantTargets(
      this,
      "the targets",
      () => undefined,
      (name, subscriptionId) => resourceGroupIdOf(this, name, subscriptionId),
      () => undefined,
    );
    this.grants = fleet._rowsFor(team).map((row) => {
      const made = grantRow(this, row, targets, roles);
      made._continue({ formerAddresses: [], mayReplace: row.grant.role.key !== undefined });
      if (row.grant.takenOverFrom !== undefined) {
        made._takeOver();
      }
      return made;
    });
    const former = fleet.clusters.flatMap(({ _previous: plan }) =>
      plan ? rowsOf(plan, team) : [],
    );
    [...own, ...fleet._rowsFor(team)]
      .filter(({ grant }) => grant.takenOverFrom !== undefined)
      .forEach((row) => {
        roles.takeOver(row, former);
      });
    // Rights that the other team grants today stay: this stack forgets them.
    for (const other of Object.values(GrantingTeam).filter((one) => one !== team)) {
      const rows = fleet._rowsFor(other);
      rows.forEach(({ address }) => {
        letGo(RoleAssignment.tfResourceType, this, address);
      });
      roles.letGoOf([...ownRows(fleet.clusters, other), ...rows]);
    }
  }
}

/** The rows that the stacks of the clusters grant with custom roles of the fleet. */
function ownRows(clusters: readonly ClusterPlan[], team: GrantingTeam) {
  return clusters
    .flatMap((plan) => rowsOf(plan, team))
    .filter(({ grant, spec }) => !makesCustomRole(grant, spec));
}

function rowsOf(plan: ClusterPlan, team: GrantingTeam) {
  return plan._grantsOf(team).map((grant) => ({ grant, spec: plan._specOf(grant) }));
}
