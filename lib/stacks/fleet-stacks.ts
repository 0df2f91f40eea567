// The stacks of a fleet: two that its clusters share, and those of each cluster.
import { Construct } from "constructs";
import { FLEET } from "../access/fleet-rows";
import { FleetPermissions } from "../permissions/fleet-permissions";
import { FleetPlan } from "../plan/fleet-plan";
import { grouped } from "../rules/fleet/rule";
import { refuseErrors } from "../rules/refuse-errors";
import { GrantingTeam } from "../spec/granting-team";
import { checkPrincipals } from "../terraform/azuread";
import { untraced } from "../terraform/untraced";
import { annotateWarnings } from "../terraform/validation";
import { ClusterStacks } from "./cluster-stacks";
import { checkSharedSettings } from "./settings-rules";
import { GrantingStack } from "./stacks-by-team";
import { TeamStack } from "./team-stack";
import { TeamStackProps } from "./terraform-settings";

/** Properties of the stacks of a fleet. */
export interface FleetStacksProps extends TeamStackProps {
  /** The plan of the fleet. */
  readonly fleet: FleetPlan;
}

/** The rights and custom roles that the clusters of a fleet share, by the team that grants them. */
class FleetStack extends GrantingStack {
  public constructor(
    scope: Construct,
    id: string,
    { fleet, ...props }: FleetStacksProps,
    team: GrantingTeam,
  ) {
    const [first] = fleet.clusters;
    const { tenantId = first?._resolved.tenantId } = props;
    const { subscriptionId = first?._subscriptionOf(team) } = props;
    super(scope, id, { ...props, subscriptionId, tenantId });
    new FleetPermissions(this, "the grants", { fleet, team });
  }
}

/** Makes the stacks that the clusters of a fleet share, in the order of deployment. */
export function sharedStacks(scope: Construct, props: FleetStacksProps): TeamStack[] {
  const make = (name: string, team: GrantingTeam) =>
    untraced(() => new FleetStack(scope, `${FLEET}-${name}`, props, team));
  const identities = make("identities", GrantingTeam.IDENTITY);
  const networkPermissions = make("network-permissions", GrantingTeam.NETWORK);
  networkPermissions.addDependency(identities);
  return [identities, networkPermissions];
}

/**
 * The stacks of a fleet of clusters: `fleet-identities` and `fleet-network-permissions` with the role assignments and custom
 * roles that the clusters share, and the stacks of each cluster.
 */
export class FleetStacks {
  /** The identity team's stack for all clusters: `fleet-identities`, after the prefix of the settings. */
  public readonly identities: TeamStack;
  /** The NOC's stack for all clusters: `fleet-network-permissions`, after the prefix of the settings. */
  public readonly networkPermissions: TeamStack;
  /** The stacks of the clusters, sorted by the names of the clusters. */
  public readonly clusters: ClusterStacks[];

  /**
   * @param scope the app
   * @param props the plan of the fleet, and the settings of Terraform
   * @throws with all findings, if a description, the fleet or the settings break a rule
   */
  public constructor(scope: Construct, props: FleetStacksProps) {
    const { fleet, ...settings } = props;
    for (const plan of fleet.clusters) {
      plan._specFor(scope);
    }
    const absences = fleet.clusters.flatMap(checkPrincipals);
    refuseErrors(scope, [...fleet._findings, ...checkSharedSettings(settings), ...absences]);
    const [identities, networkPermissions] = sharedStacks(scope, props);
    this.identities = identities!;
    this.networkPermissions = networkPermissions!;
    const byCluster = grouped(fleet._findings, ({ cluster }) => cluster);
    this.clusters = fleet.clusters.map((plan) => {
      const stacks = new ClusterStacks(scope, { ...settings, plan });
      annotateWarnings(stacks.cluster, byCluster.get(plan._resolved.name) ?? []);
      stacks.identities.addDependency(this.networkPermissions);
      return stacks;
    });
  }
}
