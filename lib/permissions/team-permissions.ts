// The grants of one team for a cluster.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { identityKey, isReplacedByFleet, principalKey } from "../access/fleet-rows";
import { Phase } from "../access/phases";
import { PlannedGrant } from "../access/planned-grant";
import { Sameness, samenessOf } from "../access/same-assignment";
import { stateHistory } from "../access/state-history";
import { requireSameNetwork } from "../existing/same-network";
import { VirtualNetwork } from "../existing/virtual-network";
import { Grant } from "../grants/grant";
import { letGo } from "../hcl/state-moves";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { IManagedIdentity } from "../identity/managed-identity";
import { ClusterPlan } from "../plan/cluster-plan";
import { GrantingTeam } from "../spec/granting-team";
import { IDENTITY_KINDS, isIdentityKind } from "../spec/identities";
import { ResolvedSpec } from "../spec/resolved-spec";
import { resourceGroupIdOf } from "../terraform/existing-resource";
import { subscriptionElsewhere } from "../terraform/providers";
import { CustomRoles } from "./custom-roles";
import { grantRow } from "./grant-row";
import { CreatedCluster, GrantTargets } from "./grant-targets";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of the role assignments of a team for a cluster. */
export interface TeamPermissionsProps {
  /** The plan of the cluster that they are for. */
  readonly plan: ClusterPlan;
  /**
   * The identities of the cluster.
   *
   * @default - those of the description, which exist
   */
  readonly identities?: IClusterIdentities;
  /**
   * The virtual network of the cluster.
   *
   * @default - that of the description, which exists
   */
  readonly virtualNetwork?: VirtualNetwork;
  /**
   * The team that grants.
   *
   * @default - all teams, for one person with all rights
   */
  readonly team?: GrantingTeam;
  /**
   * Id of the cluster's resource group, if the same stack creates it.
   *
   * @default - the one of the name in the description, in the stack's subscription
   */
  readonly resourceGroupId?: string;
  /**
   * The cluster, if the same stack creates it.
   *
   * @default - the one of the description, in the stack's subscription
   * @internal
   */
  readonly _cluster?: CreatedCluster;
  /**
   * When they are granted.
   *
   * @default "cluster"
   * @internal
   */
  readonly _phase?: Phase;
  /**
   * Returns the identity of a workload or of an add-on that the same stack has, by its key.
   *
   * @default - it has none
   * @internal
   */
  readonly _identityOf?: (key: string) => IManagedIdentity | undefined;
}

/**
 * A role assignment for each row of a cluster's grant plan that one team grants (or all teams), and the
 * custom roles that they need.
 */
export class TeamPermissions extends LibraryConstruct {
  /** The grants: pass them to a cluster in the same stack, so that it waits for its rights. */
  public readonly grants: Grant[];
  private readonly roles: CustomRoles;
  private readonly rows: PlannedGrant[];
  private readonly spec: ResolvedSpec;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props cluster and team
   * @throws with all findings, if the description breaks a rule; if the network is not that of the description
   */
  public constructor(scope: Construct, id: string, props: TeamPermissionsProps) {
    super(scope, id);
    const { plan, team } = props;
    this.spec = plan._specFor(this);
    const { virtualNetwork } = this.spec.network;
    const own = virtualNetwork._in(subscriptionElsewhere(this, this.spec.subscriptionId));
    requireSameNetwork(this, this.spec, props.virtualNetwork);
    this.roles = new CustomRoles(this, "the roles");
    // Looked up only if a row asks for them.
    let { identities } = props;
    const targets = new GrantTargets(
      this,
      "the targets",
      (principal, spec) => {
        const key = principalKey(principal, spec);
        const known = props._identityOf?.(key);
        if (known) {
          return known;
        }
        const own = IDENTITY_KINDS.find((one) => identityKey(one, this.spec) === key);
        if (own !== undefined) {
          identities ??= ClusterIdentities.fromPlan(this, "the identities", plan);
        }
        return own && identities?.[own];
      },
      (name, elsewhere) => props.resourceGroupId ?? resourceGroupIdOf(this, name, elsewhere),
      (reference) => (reference.key === own.key ? props.virtualNetwork : undefined),
      props._cluster,
    );
    const teams = team === undefined ? Object.values(GrantingTeam) : [team];
    const { _phase: phase = "cluster" } = props;
    const rows = teams.flatMap((one) => plan._rowsOf(one, phase));
    this.rows = rows.map(({ grant }) => grant);
    this.node.addValidation({ validate: () => this.madeTwice() });
    const history = stateHistory(this.rows);
    const former = teams.flatMap((one) => plan._previous?._rowsOf(one, phase) ?? []);
    this.grants = rows.map((row) => {
      const { grant } = row;
      const made = grantRow(this, row, targets, this.roles);
      made._continue(history.get(grant)!);
      if (team !== undefined && grant.takenOverFrom !== undefined) {
        made._takeOver();
        this.roles.takeOver(row, former);
      }
      if (isIdentityKind(grant.scope.kind)) {
        lockAfter(made, identities);
      }
      return made;
    });
    if (team !== undefined) {
      this.letGoOfOthers(plan, team, phase);
    }
  }

  /** A right that another stack grants stays: this one forgets it, also where the stack is that of another cluster. */
  private letGoOfOthers(plan: ClusterPlan, team: GrantingTeam, phase: Phase): void {
    const others = plan._grants.filter(
      (grant) =>
        grant._phase === phase &&
        !this.rows.includes(grant) &&
        !isReplacedByFleet(grant, plan._specOf(grant)),
    );
    for (const grant of others) {
      const former = grant.takenOverFrom === team ? grant._formerAddresses : [];
      letGo(RoleAssignment.tfResourceType, this, ...former, grant.address);
    }
    this.roles.letGoOf(others.map((grant) => ({ grant, spec: plan._specOf(grant) })));
  }

  /** Returns the grants that another one in the same stack, for another cluster, has as well. */
  private madeTwice(): string[] {
    const all = TerraformStack.of(this)
      .node.findAll()
      .filter((one) => one instanceof TeamPermissions);
    return all
      .slice(0, all.indexOf(this))
      .flatMap((other) =>
        this.rows
          .filter((row) =>
            other.rows.some((one) => samenessOf(row, this.spec, one, other.spec) === Sameness.SAME),
          )
          .map(
            ({ principal, role, scope }) =>
              `"${principal.name}" gets the role "${role.name}" on "${scope.name}" from ${other.node.path} already, and Azure knows it only once. Name the cluster "${other.spec.name}" in permissions.sharedWith.`,
          ),
      );
  }
}

function lockAfter(grant: Grant, identities: IClusterIdentities | undefined): void {
  if (identities instanceof ClusterIdentities) {
    identities._lockAfter(grant);
  }
}
