// Everything that is computed from a description: each part once, and passed on. Pure.
import { FLEET, isGrantedByFleet } from "../access/fleet-rows";
import { PlannedCluster, computeGrants, rightsOfUnnamedDeployer } from "../access/grant-plan";
import { PlacedReference, references } from "../access/placed-references";
import { Phase } from "../access/phases";
import { PlacedGrant, PlannedGrant } from "../access/planned-grant";
import { AddressPlan } from "../addresses/address-plan";
import { isCountable } from "../addresses/demands";
import { AccessReviewDocument } from "../review/access-review";
import { reviewOf } from "../review/build-review";
import { describeFinding, findingsOf } from "../rules/check";
import { ALL_RULES } from "../rules/all-rules";
import { Finding } from "../rules/finding";
import { RuleContext } from "../rules/rule";
import { refuseErrors } from "../rules/refuse-errors";
import { ClusterSpec } from "../spec/cluster-spec";
import { GrantingTeam } from "../spec/granting-team";
import { ResolvedSpec, listedWorkloads, resolveSpec } from "../spec/resolved-spec";
import { Pool, allPools } from "../spec/pools";
import { subscriptionOf } from "../spec/own-subscription";
import { copied } from "../spec/values";

/**
 * The plan of a cluster: everything that follows from its description. Constructs and stacks take a plan, and
 * throw if it has errors.
 */
export class ClusterPlan {
  /**
   * Returns the plan of a cluster as a part of a fleet.
   *
   * @internal
   */
  public static _inFleet(spec: ClusterSpec): ClusterPlan {
    const plan = new ClusterPlan(spec);
    plan.isMember = true;
    plan._resolved.isOfFleet = true;
    if (plan._previous) {
      plan._previous._resolved.isOfFleet = true;
    }
    return plan;
  }

  private readonly written: ClusterSpec;
  /** Whether stacks of a fleet grant rows of the plan. */
  private isMember = false;
  /**
   * The plan of the cluster as it was deployed before.
   *
   * @default - the description has no field `previous`
   * @internal
   */
  public readonly _previous?: ClusterPlan;
  /** @internal */
  public readonly _resolved: ResolvedSpec;
  /** The clusters that led to this one by `permissions.sharedWith`. */
  private sharing: readonly ClusterSpec[] = [];
  /** The plans of all of them, each made once: a cluster may be shared with by several. */
  private shared = new Map<ClusterSpec, ClusterPlan>();
  private computedFindings?: Finding[];
  private computedGrants?: PlannedGrant[];
  private computedCallerRights?: PlannedGrant[];
  private computedAddresses?: AddressPlan;

  /**
   * @param spec the description of the cluster
   * @throws if a required part of the description is missing
   */
  public constructor(spec: ClusterSpec) {
    this.written = spec;
    this._resolved = resolveSpec(spec);
    this._previous = spec.previous && new ClusterPlan({ ...spec.previous, previous: undefined });
  }

  /** A copy of the description with its defaults filled in. */
  public get spec(): ClusterSpec {
    return copied<ClusterSpec>({ ...this._resolved, workloads: listedWorkloads(this._resolved) });
  }

  /**
   * Errors and warnings of all rules.
   *
   * @throws if a value has another type than `ClusterSpec` says
   */
  public get findings(): Finding[] {
    return copied(this.checked());
  }

  /**
   * Returns a line of text for each finding, with its severity, code and path, and the sentences that the command line
   * prints.
   *
   * @throws if a value has another type than `ClusterSpec` says
   */
  public describeFindings(): string[] {
    return this.findings.map((finding) => `${finding.severity} ${describeFinding(finding)}`);
  }

  /**
   * The grant plan: who gets which role on which scope, why, and which team grants it. Sorted by the names of
   * principal, role and scope, and independent of the order of lists in the description.
   *
   * @internal
   */
  public get _grants(): PlannedGrant[] {
    this.computedGrants ??= computeGrants(
      this._resolved,
      this.others(),
      this._previous && { spec: this._previous._resolved, grants: this._previous._grants },
    ).map((grant) => this.placed(grant));
    return [...this.computedGrants];
  }

  /**
   * The rights that the caller of the plan must hold already, because the description names no deployer.
   *
   * @internal
   */
  public get _callerRights(): readonly PlannedGrant[] {
    this.computedCallerRights ??= rightsOfUnnamedDeployer(this._resolved);
    return this.computedCallerRights;
  }

  /** The address plan of a description without errors. */
  public get addresses(): AddressPlan {
    this.computedAddresses ??= AddressPlan._of(this._resolved);
    return this.computedAddresses;
  }

  /**
   * Returns the rows that the stacks of one team grant, without those that the stacks of another cluster grant.
   *
   * @param phase when they are granted; by default all of them
   * @internal
   */
  public _grantsOf(team: GrantingTeam, phase?: Phase): PlannedGrant[] {
    return this._grants.filter(
      (grant) =>
        grant.team === team &&
        grant.grantedFor === undefined &&
        (phase ?? grant._phase) === grant._phase,
    );
  }

  /**
   * Returns the rows of one stack with the description that each comes from.
   *
   * @param phase when it grants
   * @internal
   */
  public _rowsOf(team: GrantingTeam, phase: Phase = "cluster"): PlacedGrant[] {
    return this._grantsOf(team, phase).map((grant) => ({
      grant,
      spec: this._specOf(grant),
      address: grant.address,
    }));
  }

  /**
   * Whether a team has a stack for a phase after the cluster: it grants something, or did so before another team took over,
   * or sets locks, or lets a vault back the cluster up.
   *
   * @internal
   */
  public _hasStack(team: GrantingTeam, phase: Phase): boolean {
    const { workloads, locks, backup } = this._resolved;
    const isNeeded = phase === "workloads" ? workloads.length > 0 : (locks ?? backup) !== undefined;
    return (
      (team === GrantingTeam.IDENTITY && isNeeded) ||
      this._grants.some(
        (grant) =>
          grant._phase === phase &&
          grant.grantedFor === undefined &&
          [grant.team, grant.takenOverFrom].includes(team),
      )
    );
  }

  /**
   * Returns the subscription that the stack of a team works in.
   *
   * @internal
   */
  public _subscriptionOf(team?: GrantingTeam): string | undefined {
    return subscriptionOf(this._resolved, team);
  }

  /** Returns the access review. */
  public review(): AccessReviewDocument {
    const { _resolved: spec, _grants: grants, findings } = this;
    const specOf = (grant: PlannedGrant) => this._specOf(grant);
    return reviewOf({ spec, grants, findings, specOf });
  }

  /**
   * Returns the description, to make something of it.
   *
   * @throws with all findings if there are errors
   * @internal
   */
  public _specFor(construct: { readonly node: { readonly path: string } }): ResolvedSpec {
    refuseErrors(construct, this.checked());
    return this._resolved;
  }

  /**
   * Returns the description that a row of the grant plan comes from.
   *
   * @internal
   */
  public _specOf({ kept }: PlannedGrant): ResolvedSpec {
    return kept && this._previous ? this._previous._resolved : this._resolved;
  }

  /**
   * Returns the plan for one stack that holds identities, grants and cluster: without findings that only count
   * where each team deploys a separate stack.
   *
   * @internal
   */
  public _deployedTogether(): ClusterPlan {
    const plan = new ClusterPlan(this.written);
    const apart = ALL_RULES.flatMap(({ code, onlyApart }) => (onlyApart ? [code] : []));
    plan.computedFindings = this.findings.filter(({ code }) => !apart.includes(code));
    return plan;
  }

  private placed(grant: PlannedGrant): PlannedGrant {
    return this.isMember && isGrantedByFleet(grant, this._specOf(grant))
      ? new PlannedGrant({ ...grant, grantedFor: FLEET })
      : grant;
  }

  private checked(): Finding[] {
    this.computedFindings ??= this.allFindings();
    return this.computedFindings;
  }

  /** Returns the findings, with invalid names of what is kept: other rules judge a cluster that exists already. */
  private allFindings(): Finding[] {
    const findings = findingsOf(this.ruleContext());
    const isNew = ({ code, path }: Finding) =>
      code.startsWith("HAKS-NAME-") &&
      !findings.some((one) => one.code === code && one.path === path);
    const invalid = (this._previous?.checked() ?? [])
      .filter(isNew)
      .map((one) => ({ ...one, path: `previous.${one.path}` }));
    return [...findings, ...invalid];
  }

  private ruleContext(): RuleContext {
    const { _resolved: spec, written } = this;
    const grants = () => this._grants;
    const callerRights = () => this._callerRights;
    const addresses = () => (isCountable(spec) ? this.addresses : undefined);
    const others = () => this.others();
    let pools: Pool[] | undefined;
    let placed: PlacedReference[] | undefined;
    return {
      spec,
      written,
      previous: this._previous?._resolved,
      get pools() {
        return (pools ??= allPools(spec));
      },
      get references() {
        return (placed ??= references(spec));
      },
      get grants() {
        return grants();
      },
      get callerRights() {
        return callerRights();
      },
      get addresses() {
        return addresses();
      },
      get others() {
        return others();
      },
    };
  }

  private others(): PlannedCluster[] {
    const sharing = [...this.sharing, this.written];
    return this._resolved.permissions.sharedWith.map((spec) => {
      if (sharing.includes(spec)) {
        throw new Error(
          `The cluster "${spec.name}" shares something with itself, by way of permissions.sharedWith. Name only clusters that are deployed before it.`,
        );
      }
      const other = this.shared.get(spec) ?? new ClusterPlan(spec);
      other.sharing = sharing;
      other.shared = this.shared.set(spec, other);
      return { spec: other._resolved, grants: other._grants };
    });
  }
}
