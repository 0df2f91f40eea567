// What one team grants for a cluster.
import { Construct } from "constructs";
import { GrantPlan } from "../access/grant-plan";
import { GrantingTeam } from "../access/planned-grant";
import { RoleGrant } from "../access/role-grant";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { ClusterSpec } from "../spec/cluster-spec";
import { requireValidSpec } from "../terraform/validation";
import { GrantTargets } from "./grant-targets";

/** Properties of the NOC's role assignments for a cluster. */
export interface NetworkPermissionsProps {
  /** The cluster that they are for. */
  readonly spec: ClusterSpec;
  /**
   * The identities of the cluster.
   *
   * @default - those of the description, which exist
   */
  readonly identities?: IClusterIdentities;
}

/** Properties of a team's role assignments for a cluster. */
export interface TeamPermissionsProps extends NetworkPermissionsProps {
  /** The team that grants. */
  readonly team: GrantingTeam;
}

/** A role assignment for each row of a cluster's grant plan that one team grants. */
export class TeamPermissions extends Construct {
  public constructor(scope: Construct, id: string, props: TeamPermissionsProps) {
    super(scope, id);
    const { spec, team } = props;
    requireValidSpec(this, spec);
    // Looked up only if a row asks for them.
    let identities = props.identities;
    const targets = new GrantTargets(this, "existing", () => {
      identities ??= ClusterIdentities.fromSpec(this, "identities", spec);
      return identities;
    });
    for (const grant of GrantPlan.of(spec).forTeam(team)) {
      new RoleGrant(this, grant.address, {
        grantee: targets.granteeOf(grant.principal),
        role: grant.role,
        scopeId: targets.scopeIdOf(grant.scope),
        reason: grant.description,
      });
    }
  }
}

/** The role assignments of a cluster's grant plan that the NOC makes, over its own network. */
export class NetworkPermissions extends TeamPermissions {
  public constructor(scope: Construct, id: string, props: NetworkPermissionsProps) {
    super(scope, id, { ...props, team: GrantingTeam.NETWORK });
  }
}
