// The stacks of a cluster.
import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { GrantingTeam } from "../spec/granting-team";
import { HardenedCluster } from "../cluster/hardened-cluster";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { LATE_PHASES, Phase, stackSuffix } from "../access/phases";
import { BackupAccess } from "../identity/backup-access";
import { ClusterLocks } from "../identity/cluster-locks";
import { WorkloadIdentities } from "../identity/workload-identities";
import { VirtualNetwork } from "../existing/virtual-network";
import { TeamPermissions } from "../permissions/team-permissions";
import { formerly } from "../hcl/state-moves";
import { isReplaceable, sharesResourceGroup } from "../spec/resolved-spec";
import { EXTENSION_PRINCIPAL } from "../spec/backup";
import { addressName } from "../spec/address";
import {
  NoAuthorizationWrites,
  authorizationWriteMessage,
  writesAuthorization,
} from "./no-authorization-writes";
import { foreignStates } from "./foreign-states";
import { unplannedRights } from "./planned-rights-only";
import { RenderedStack, problemsWith } from "./rendered-stack";
import { makeResourceGroup } from "./resource-groups";
import { checkPrincipals } from "../terraform/azuread";
import { untraced } from "../terraform/untraced";
import { ClusterPlan } from "../plan/cluster-plan";
import { refuseErrors } from "../rules/refuse-errors";
import { checkSharedSettings } from "./settings-rules";
import { TeamStack } from "./team-stack";
import { TeamStackProps } from "./terraform-settings";

/** Properties of the stacks of a cluster. */
export interface ClusterStacksProps extends TeamStackProps {
  /** The plan of the cluster. */
  readonly plan: ClusterPlan;
}

/** Properties of a stack of the NOC. */
interface NetworkStackProps extends ClusterStacksProps {
  readonly phase?: Phase;
}

/** A stack works in the subscription of its team and in the tenant of the cluster, unless the properties say otherwise. */
function inPlace({ plan, ...props }: ClusterStacksProps, team?: GrantingTeam): TeamStackProps {
  const { subscriptionId = plan._subscriptionOf(team), tenantId = plan._resolved.tenantId } = props;
  return { ...props, subscriptionId, tenantId };
}

/**
 * The identity team's stack: the identities, and who may use them.
 *
 * Its outputs are the ids that the other teams need.
 */
export class IdentitiesStack extends TeamStack {
  /** The identities. */
  public readonly identities: IClusterIdentities;

  /**
   * @param scope the app
   * @param id name of the stack, without blanks
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, id: string, props: ClusterStacksProps) {
    super(scope, id, inPlace(props, GrantingTeam.IDENTITY));
    const { plan } = props;
    const spec = plan._specFor(this);
    const { resourceGroup } = spec.identities;
    const made = makeResourceGroup(this, "identities", resourceGroup, spec, true);
    this.identities = new ClusterIdentities(this, "the identities", {
      plan,
      resourceGroupName: made?.name,
    });
    new TeamPermissions(this, "the grants", {
      plan,
      team: GrantingTeam.IDENTITY,
      identities: this.identities,
      resourceGroupId: sharesResourceGroup(spec) ? made?.id : undefined,
    });
    this.outputIds("control_plane_identity", "control plane identity", "controlPlane");
    this.outputIds("kubelet_identity", "kubelet identity", "kubelet");
  }

  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    return [...unplannedRights(this, json), ...foreignStates(this, json)];
  }

  private outputIds(prefix: string, words: string, key: keyof IClusterIdentities): void {
    const identity = this.identities[key];
    const outputs: [string, string, string][] = [
      ["id", identity.identityId, `Resource id of the ${words}.`],
      ["principal_id", identity.principalId, `Object id of the ${words}.`],
      ["client_id", identity.clientId, `Client id of the ${words}.`],
    ];
    for (const [suffix, value, description] of outputs) {
      new TerraformOutput(this, `${prefix}_${suffix}`, { value, description, staticId: true });
    }
  }
}

/** The NOC's stack: lookups, and what the NOC grants over its own network. Nothing else. */
export class NetworkPermissionsStack extends TeamStack {
  /**
   * @param scope the app
   * @param id name of the stack, without blanks
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, id: string, { phase, ...props }: NetworkStackProps) {
    super(scope, id, inPlace(props, GrantingTeam.NETWORK));
    const { plan } = props;
    plan._specFor(this);
    new TeamPermissions(this, "the grants", { plan, team: GrantingTeam.NETWORK, _phase: phase });
  }

  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    return [...unplannedRights(this, json), ...foreignStates(this, json)];
  }
}

/**
 * The platform team's stack: the cluster. Nothing that grants rights can be added to it.
 */
export class ClusterStack extends TeamStack {
  /** The cluster. */
  public readonly cluster: HardenedCluster;

  /**
   * @param scope the app
   * @param id name of the stack, without blanks
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, id: string, props: ClusterStacksProps) {
    super(scope, id, inPlace(props));
    const { plan } = props;
    const spec = plan._specFor(this);
    const { name, resourceGroup, network } = spec;
    Aspects.of(this).add(new NoAuthorizationWrites());
    // A resource group that both share is created with the identities.
    const group = {
      ...resourceGroup,
      create: resourceGroup.create && !sharesResourceGroup(spec),
    };
    const made = makeResourceGroup(this, "cluster", group, spec, !isReplaceable(spec));
    this.cluster = new HardenedCluster(this, "cluster", {
      plan,
      identities: ClusterIdentities.fromPlan(this, "the identities", plan),
      virtualNetwork: VirtualNetwork._fromReference(
        new Construct(this, "the network"),
        addressName(network.virtualNetwork.name),
        network.virtualNetwork,
      ),
      resourceGroupName: made?.name,
    });
    formerly(this.cluster, name);
    const outputs: [string, string, string][] = [
      ["cluster_id", this.cluster.clusterId, "Resource id of the cluster."],
      [
        "oidc_issuer_url",
        this.cluster.oidcIssuerUrl,
        "URL of the OIDC issuer, for federated credentials of workload identities.",
      ],
      [
        "node_resource_group",
        this.cluster.nodeResourceGroup,
        "Name of the resource group that AKS creates for the nodes.",
      ],
    ];
    const { backupExtensionPrincipalId: extension } = this.cluster;
    if (extension !== undefined) {
      outputs.push([
        EXTENSION_PRINCIPAL,
        extension,
        "Object id of the identity of the backup extension.",
      ]);
    }
    for (const [outputId, value, description] of outputs) {
      new TerraformOutput(this, outputId, { value, description, staticId: true });
    }
  }

  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    const rights = problemsWith(this, json, (type, _, attributes) =>
      writesAuthorization(type, attributes) ? authorizationWriteMessage(type) : undefined,
    );
    return [...rights, ...foreignStates(this, json)];
  }
}

/** The identity team's stack after the cluster: the identities of the workloads, their credentials and their rights. */
export class WorkloadsStack extends TeamStack {
  /**
   * @param scope the app
   * @param id name of the stack, without blanks
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, id: string, props: ClusterStacksProps) {
    super(scope, id, inPlace(props, GrantingTeam.IDENTITY));
    const { plan } = props;
    const workloads = new WorkloadIdentities(this, "the workloads", { plan });
    new TeamPermissions(this, "the grants", {
      plan,
      team: GrantingTeam.IDENTITY,
      _phase: "workloads",
      _identityOf: (key) => workloads.find(key),
    });
  }

  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    return [...unplannedRights(this, json), ...foreignStates(this, json)];
  }
}

/** The identity team's stack after the cluster for its add-ons: the rights of their identities, and the locks of the cluster. */
export class AddOnsStack extends TeamStack {
  /**
   * @param scope the app
   * @param id name of the stack, without blanks
   * @param props the plan of the cluster, and the settings of Terraform
   * @throws with all findings, if the description or the settings break a rule
   */
  public constructor(scope: Construct, id: string, props: ClusterStacksProps) {
    super(scope, id, inPlace(props, GrantingTeam.IDENTITY));
    const { plan } = props;
    const { grants } = new TeamPermissions(this, "the grants", {
      plan,
      team: GrantingTeam.IDENTITY,
      _phase: "addOns",
    });
    const access = new BackupAccess(this, "the backup", { plan });
    new ClusterLocks(this, "the locks", { plan, rights: [...grants, access] });
  }

  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    return [...unplannedRights(this, json), ...foreignStates(this, json)];
  }
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

/** The stacks of both teams for a phase after the cluster, as far as there is something to grant. */
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
