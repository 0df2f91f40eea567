// The plans of several clusters that are deployed together: what they need in the same way is granted once. Pure.
import { addressInFleet, assignmentKey } from "../access/fleet-rows";
import { combined } from "../access/grant-plan";
import { isNewRole } from "../access/names";
import { PlacedGrant, PlannedGrant } from "../access/planned-grant";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ClusterSpec } from "../spec/cluster-spec";
import { GrantingTeam } from "../spec/granting-team";
import { isCountable } from "../addresses/demands";
import { findingsAboutFleet } from "../rules/fleet";
import { FleetFinding, grouped } from "../rules/fleet/rule";
import { AccessReviewDocument } from "../review/access-review";
import { sharedReviewOf } from "../review/build-review";
import { ClusterPlan } from "./cluster-plan";

/**
 * The plan of a fleet: of several clusters in one tenant, whose stacks share role assignments and custom roles.
 *
 * The stacks of a cluster grant what is for the identities that it creates. Everything else, and all custom roles, is in
 * the stacks of the fleet, so that a cluster that is added or removed changes no role assignment of another one. Identities
 * that clusters share exist already.
 */
export class FleetPlan {
  /** The plans of the clusters, sorted by name. */
  public readonly clusters: ClusterPlan[];
  private computedFindings?: FleetFinding[];
  private computedRows?: Map<string, PlannedRow[]>;

  /**
   * @param specs the descriptions of the clusters
   * @param joining names of the clusters that were deployed by themselves before: Terraform takes over their role
   * assignments that stacks of the fleet grant from now on
   * @throws if a required part of a description is missing
   */
  public constructor(
    specs: ClusterSpec[],
    private readonly joining: string[] = [],
  ) {
    this.clusters = specs
      .map((spec) => ClusterPlan._inFleet(spec))
      .sort(({ _resolved: a }, { _resolved: b }) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Errors and warnings about several clusters. Those about each cluster are in its plan.
   *
   * @internal
   */
  public get _findings(): FleetFinding[] {
    this.computedFindings ??= findingsAboutFleet(
      this.clusters.map((plan) => {
        const { _resolved: spec, _grants: grants } = plan;
        return { spec, grants, addresses: isCountable(spec) ? plan.addresses : undefined };
      }),
    );
    return this.computedFindings;
  }

  /**
   * Returns the rows that a stack of the fleet grants.
   *
   * @internal
   */
  public _rowsFor(team: GrantingTeam): PlacedGrant[] {
    const rows = new Map<string, PlacedGrant>();
    for (const { grant, spec } of this.rowsByTeam().get(team) ?? []) {
      const key = assignmentKey(grant, spec);
      const before = rows.get(key);
      rows.set(key, {
        spec: before?.spec ?? spec,
        grant: before ? combined(before.grant, grant) : grant,
        address: before?.address ?? addressInFleet(grant, spec),
        exists: before?.exists === true || this.isDeployed(grant, spec),
      });
    }
    return [...rows.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  /**
   * Returns the review of the stacks that the clusters share.
   *
   * @internal
   */
  public _review(): AccessReviewDocument {
    const teams = Object.values(GrantingTeam);
    const rows = teams.flatMap((team) => this._rowsFor(team));
    return sharedReviewOf(
      rows,
      this.clusters.map((plan) => ({
        spec: plan._resolved,
        rows: teams.flatMap((team) => plan._rowsOf(team)),
      })),
    );
  }

  /** Whether the stacks of a cluster that joins the fleet made the same role assignment. Those with own roles differ. */
  private isDeployed({ role }: PlannedGrant, spec: ResolvedSpec): boolean {
    return !isNewRole(role, spec) && this.joining.includes(spec.name);
  }

  /** Returns the rows that the stacks of the fleet grant, by team: each is looked at once. */
  private rowsByTeam(): Map<string, PlannedRow[]> {
    this.computedRows ??= grouped(
      this.clusters.flatMap((plan) =>
        plan._grants.map((grant) => ({ grant, spec: plan._specOf(grant) })),
      ),
      ({ grant: { team, grantedFor } }) => (grantedFor === undefined ? undefined : team),
    );
    return this.computedRows;
  }
}

type PlannedRow = Pick<PlacedGrant, "grant" | "spec">;
