// The plans of several clusters that are deployed together: what they need in the same way is granted once. Pure.
import {
  Creators,
  FLEET,
  addressInFleet,
  assignmentKey,
  creatorsOf,
  ownerOf,
} from "../access/fleet-rows";
import { combined } from "../access/grant-plan";
import { PlacedGrant, PlannedGrant } from "../access/planned-grant";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ClusterSpec } from "../spec/cluster-spec";
import { GrantingTeam } from "../spec/granting-team";
import { FleetFinding, findingsAboutSharing } from "../rules/fleet-sharing";
import { ClusterPlan } from "./cluster-plan";

/**
 * The plan of a fleet: of several clusters in one tenant, whose stacks share role assignments and custom roles.
 *
 * The stacks of a cluster grant what is for the identities that it creates. Everything else, and all custom roles, is in
 * the stacks of the fleet, so that a cluster that is added or removed changes no role assignment of another one.
 */
export class FleetPlan {
  /** The plans of the clusters, sorted by name. */
  public readonly clusters: ClusterPlan[];
  private readonly creators: Creators;
  private computedFindings?: FleetFinding[];

  /**
   * @param specs the descriptions of the clusters
   * @throws if a required part of a description is missing
   */
  public constructor(specs: ClusterSpec[]) {
    const plans = specs.map((spec) => new ClusterPlan(spec));
    this.creators = creatorsOf(plans.map(({ _resolved: spec }) => spec));
    this.clusters = plans
      .map((plan) => plan._inFleet(this))
      .sort(({ spec: a }, { spec: b }) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Errors about what the clusters share. Those about each cluster are in its plan.
   *
   * @internal
   */
  public get _findings(): FleetFinding[] {
    this.computedFindings ??= findingsAboutSharing(
      this.clusters.map(({ _resolved: spec, _grants: grants }) => ({ spec, grants })),
    );
    return this.computedFindings;
  }

  /**
   * Names the cluster whose stacks grant a row.
   *
   * @internal
   */
  public _ownerOf(grant: PlannedGrant, spec: ResolvedSpec): string {
    return ownerOf(grant, spec, this.creators);
  }

  /**
   * Returns the rows that a stack of the fleet grants or, for a cluster, those for its identities that other clusters
   * need and it does not.
   *
   * @param isAfter whether the stack is the one after the cluster; by default both
   * @internal
   */
  public _rowsFor(team: GrantingTeam, cluster = FLEET, isAfter?: boolean): PlacedGrant[] {
    const own = this.clusters.find(({ _resolved: spec }) => spec.name === cluster);
    const known = new Set(own?._grantsOf(team).map((grant) => assignmentKey(grant, own._resolved)));
    const rows = new Map<string, PlacedGrant>();
    for (const { _grants: grants, _resolved: spec } of this.clusters) {
      const wanted = grants.filter(
        (one) =>
          one.team === team &&
          one.grantedFor === cluster &&
          (isAfter ?? one._isAfter) === one._isAfter,
      );
      for (const grant of wanted) {
        const key = assignmentKey(grant, spec);
        const before = rows.get(key);
        if (!known.has(key)) {
          rows.set(key, {
            spec: before?.spec ?? spec,
            grant: before ? combined(before.grant, grant) : grant,
            address: before?.address ?? addressInFleet(grant, spec),
          });
        }
      }
    }
    return [...rows.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  }
}
