// The stacks of a cluster, one for each team and phase.
import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { Phase } from "../access/phases";
import { HardenedCluster } from "../cluster/hardened-cluster";
import { VirtualNetwork } from "../existing/virtual-network";
import { formerly } from "../hcl/state-moves";
import { argument, tokenFor } from "../hcl/token-expression";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { BackupAccess } from "../identity/backup-access";
import { ClusterLocks } from "../identity/cluster-locks";
import { WorkloadIdentities } from "../identity/workload-identities";
import { TeamPermissions } from "../permissions/team-permissions";
import { EXTENSION_PRINCIPAL } from "../spec/backup";
import { addressName } from "../spec/address";
import { GrantingTeam } from "../spec/granting-team";
import { isReplaceable, sharesResourceGroup } from "../spec/resolved-spec";
import type { ClusterStacksProps } from "./cluster-stacks";
import { foreignStates } from "./foreign-states";
import {
  NoAuthorizationWrites,
  authorizationWriteMessage,
  writesAuthorization,
} from "./no-authorization-writes";
import { unplannedRights } from "./planned-rights-only";
import { RenderedStack, problemsWith } from "./rendered-stack";
import { makeResourceGroup } from "./resource-groups";
import { TeamStack } from "./team-stack";
import { TeamStackProps } from "./terraform-settings";

/** Properties of a stack of the NOC. */
interface NetworkStackProps extends ClusterStacksProps {
  readonly phase?: Phase;
}

/** Returns settings with the subscription of the team and the tenant of the cluster, unless they name others. */
function inPlace({ plan, ...props }: ClusterStacksProps, team?: GrantingTeam): TeamStackProps {
  const { subscriptionId = plan._subscriptionOf(team), tenantId = plan._resolved.tenantId } = props;
  return { ...props, subscriptionId, tenantId };
}

/** A stack that grants rights: those of the grant plan, and no other ones. */
export abstract class GrantingStack extends TeamStack {
  /** @internal */
  protected override _problems(json: RenderedStack): string[] {
    return [...unplannedRights(this, json), ...foreignStates(this, json)];
  }
}

/**
 * The identity team's stack: the identities, and who may use them.
 *
 * Its outputs are the ids that the other teams need.
 */
export class IdentitiesStack extends GrantingStack {
  /** The identities. */
  public readonly identities: IClusterIdentities;

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
export class NetworkPermissionsStack extends GrantingStack {
  public constructor(scope: Construct, id: string, { phase, ...props }: NetworkStackProps) {
    super(scope, id, inPlace(props, GrantingTeam.NETWORK));
    const { plan } = props;
    plan._specFor(this);
    new TeamPermissions(this, "the grants", { plan, team: GrantingTeam.NETWORK, _phase: phase });
  }
}

/**
 * The platform team's stack: the cluster. Nothing that grants rights can be added to it.
 */
export class ClusterStack extends TeamStack {
  /** The cluster. */
  public readonly cluster: HardenedCluster;

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
        // The output must not fail the apply while the extension has no identity.
        tokenFor(`try(${argument(extension)}, null)`),
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
export class WorkloadsStack extends GrantingStack {
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
}

/**
 * The identity team's stack after the cluster for its add-ons: the rights of their identities, the access of a Backup vault, and the
 * locks of the cluster.
 */
export class AddOnsStack extends GrantingStack {
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
}
