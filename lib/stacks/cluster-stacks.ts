// The stacks of a cluster, in the order in which they are deployed.
import { Construct } from "constructs";
import { LATE_PHASES, stackSuffix } from "../access/phases";
import { HardenedCluster } from "../cluster/hardened-cluster";
import { IClusterIdentities } from "../identity/cluster-identities";
import { ClusterPlan } from "../plan/cluster-plan";
import { refuseErrors } from "../rules/refuse-errors";
import { GrantingTeam } from "../spec/granting-team";
import { checkPrincipals } from "../terraform/azuread";
import { untraced } from "../terraform/untraced";
import { checkSharedSettings } from "./settings-rules";
import {
  AddOnsStack,
  ClusterStack,
  IdentitiesStack,
  NetworkPermissionsStack,
  WorkloadsStack,
} from "./stacks-by-team";
import { TeamStack } from "./team-stack";
import { TeamStackProps } from "./terraform-settings";

/** Properties of the stacks of a cluster. */
export interface ClusterStacksProps extends TeamStackProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
}

/** The stacks after the cluster, by phase, of the identity team. */
const LATE_STACKS = { workloads: WorkloadsStack, addOns: AddOnsStack };

/** The stacks of one cluster, in the order in which they are deployed. */
export class ClusterStacks {
  /** The identity team's stack: `<cluster>-identities`, after the prefix of the settings. */
  public readonly identities: TeamStack;
  /** The NOC's stack: `<cluster>-network-permissions`, after the prefix of the settings. */
  public readonly networkPermissions: TeamStack;
  /** The platform team's stack: `<cluster>-cluster`, after the prefix of the settings. */
  public readonly cluster: TeamStack;
  /**
   * The identity team's stack after the cluster: `<cluster>-workloads`, after the prefix of the settings.
   *
   * @default - the description has no workloads
   */
  public readonly workloads?: TeamStack;
  /**
   * The NOC's stack after the cluster: `<cluster>-workloads-network`, after the prefix of the settings.
   *
   * @default - the NOC grants workloads nothing
   */
  public readonly workloadsNetwork?: TeamStack;
  /**
   * The identity team's stack after the cluster, for its add-ons: `<cluster>-add-ons`, after the prefix of the settings.
   *
   * @default - the identity team grants add-ons nothing, and the description does not name `locks`
   */
  public readonly addOns?: TeamStack;
  /**
   * The NOC's stack after the cluster, for its add-ons: `<cluster>-add-ons-network`, after the prefix of the settings.
   *
   * @default - the NOC grants add-ons nothing
   */
  public readonly addOnsNetwork?: TeamStack;
  /** The identities, in the identity team's stack. */
  public readonly clusterIdentities: IClusterIdentities;
  /** The cluster, in the platform team's stack. */
  public readonly hardenedCluster: HardenedCluster;

  /**
   * @param scope the app
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, props: ClusterStacksProps) {
    // Before there is a stack of a name that may be none.
    const { name } = props.plan._specFor(scope);
    refuseErrors(scope, [...checkSharedSettings(props), ...checkPrincipals(props.plan)]);
    const identities = untraced(() => new IdentitiesStack(scope, `${name}-identities`, props));
    this.networkPermissions = untraced(
      () => new NetworkPermissionsStack(scope, `${name}-network-permissions`, props),
    );
    const cluster = untraced(() => new ClusterStack(scope, `${name}-cluster`, props));
    this.networkPermissions.addDependency(identities);
    cluster.addDependency(this.networkPermissions);
    this.identities = identities;
    this.cluster = cluster;
    const [workloads, addOns] = LATE_PHASES.map((phase) =>
      lateStacks(scope, phase, cluster, props),
    );
    this.workloads = workloads?.identity;
    this.workloadsNetwork = workloads?.network;
    this.addOns = addOns?.identity;
    this.addOnsNetwork = addOns?.network;
    this.clusterIdentities = identities.identities;
    this.hardenedCluster = cluster.cluster;
  }

  /** The stacks, in the order in which they are deployed. */
  public get all(): TeamStack[] {
    const { identities, networkPermissions, cluster } = this;
    const late = [this.workloads, this.workloadsNetwork, this.addOns, this.addOnsNetwork];
    return [identities, networkPermissions, cluster, ...late.flatMap((stack) => stack ?? [])];
  }

  /**
   * Lets one person deploy these stacks after those of another cluster, with which this one shares
   * something.
   *
   * @param other the stacks of the other cluster
   */
  public deployAfter(other: ClusterStacks): void {
    this.identities.addDependency(other.networkPermissions);
  }
}

/** Makes the stacks of both teams for a phase after the cluster, as far as there is something to grant. */
function lateStacks(
  scope: Construct,
  phase: (typeof LATE_PHASES)[number],
  cluster: TeamStack,
  props: ClusterStacksProps,
): { readonly identity?: TeamStack; readonly network?: TeamStack } {
  const { plan } = props;
  const make = (team: GrantingTeam, after: TeamStack, stackOf: (id: string) => TeamStack) => {
    if (!plan._hasStack(team, phase)) {
      return undefined;
    }
    const stack = untraced(() => stackOf(`${plan._resolved.name}-${stackSuffix(team, phase)}`));
    stack.addDependency(after);
    return stack;
  };
  const identity = make(
    GrantingTeam.IDENTITY,
    cluster,
    (id) => new LATE_STACKS[phase](scope, id, props),
  );
  const network = make(
    GrantingTeam.NETWORK,
    identity ?? cluster,
    (id) => new NetworkPermissionsStack(scope, id, { ...props, phase }),
  );
  return { identity, network };
}
