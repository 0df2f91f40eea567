// The two identities of a cluster, together.
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { Construct } from "constructs";
import { Grant } from "../grants/role-grant";
import { keepAsMade } from "../hcl/kept";
import { ClusterPlan } from "../plan/cluster-plan";
import { ResolvedIdentity, ResolvedSpec } from "../spec/resolved-spec";
import { requireMade } from "../terraform/validation";
import { IManagedIdentity, ManagedIdentity } from "./managed-identity";

/** Properties of new identities of a cluster. */
export interface ClusterIdentitiesProps {
  /** The plan of the cluster that they are for. */
  readonly plan: ClusterPlan;
  /**
   * Name of their resource group, if it is made in the same stack.
   *
   * @default - the name in the description
   */
  readonly resourceGroupName?: string;
  /**
   * Whether Terraform refuses to destroy them.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/** What others may rely on about the identities of a cluster. */
export interface IClusterIdentities {
  /** The control plane identity. */
  readonly controlPlane: IManagedIdentity;
  /** The kubelet identity. */
  readonly kubelet: IManagedIdentity;
}

/** Identities that exist; each is looked up when somebody asks for it, so that nobody reads more than it uses. */
class ExistingIdentities extends Construct implements IClusterIdentities {
  private readonly found = new Map<string, IManagedIdentity>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly spec: ResolvedSpec,
  ) {
    super(scope, id);
  }

  public get controlPlane(): IManagedIdentity {
    return this.find("controlPlane");
  }

  public get kubelet(): IManagedIdentity {
    return this.find("kubelet");
  }

  private find(kind: "controlPlane" | "kubelet"): IManagedIdentity {
    const { identities } = this.spec;
    const known =
      this.found.get(kind) ?? existing(this, identities[kind], identities.resourceGroup.name);
    this.found.set(kind, known);
    return known;
  }
}

/** The control plane identity and the kubelet identity of a cluster. They outlive it. */
export class ClusterIdentities extends Construct implements IClusterIdentities {
  /** The identities of a description, made by somebody else: looked up by name, or by the ids in it. */
  public static fromPlan(scope: Construct, id: string, plan: ClusterPlan): IClusterIdentities {
    return new ExistingIdentities(scope, id, plan._specFor(scope));
  }

  /** The control plane identity. */
  public readonly controlPlane: IManagedIdentity;
  /** The kubelet identity. */
  public readonly kubelet: IManagedIdentity;
  private readonly locks: ManagementLock[] = [];

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is in the addresses of what it makes
   * @param props the cluster that they are for
   * @throws with all findings, if the description breaks a rule; if nobody makes the resource group
   */
  public constructor(scope: Construct, id: string, props: ClusterIdentitiesProps) {
    super(scope, id);
    const { identities, location, tags } = props.plan._specFor(this);
    const group = identities.resourceGroup;
    if (group.create) {
      requireMade(this, "identities.resourceGroup", group.name, props.resourceGroupName);
    }
    const resourceGroupName = props.resourceGroupName ?? identities.resourceGroup.name;
    const make = (identity: ResolvedIdentity): IManagedIdentity =>
      identity.existing
        ? existing(this, identity, identities.resourceGroup.name)
        : new ManagedIdentity(this, identity.name, {
            name: identity.name,
            resourceGroupName,
            location,
            tags,
            preventDestroy: props.preventDestroy,
          });
    this.controlPlane = make(identities.controlPlane);
    this.kubelet = make(identities.kubelet);
    if (identities.locked) {
      const locks = new Construct(this, "the locks");
      this.locks = [
        ...lock(locks, identities.controlPlane, this.controlPlane),
        ...lock(locks, identities.kubelet, this.kubelet),
      ];
    }
  }

  /**
   * A lock on an identity also keeps role assignments on it: it is made after them, and goes before them.
   *
   * @internal
   */
  public _lockAfter(grant: Grant): void {
    this.locks.forEach((one) => grant.applyBefore(one));
  }
}

// Somebody else answers for what exists already.
function lock(
  scope: Construct,
  { name, existing: isThere }: ResolvedIdentity,
  identity: IManagedIdentity,
): ManagementLock[] {
  if (isThere) {
    return [];
  }
  const made = new ManagementLock(scope, name, {
    name: "outlives-the-cluster",
    scope: identity.identityId,
    lockLevel: "CanNotDelete",
    notes: "A cluster works with this identity. Ask the identity team before it goes.",
  });
  keepAsMade(made);
  return [made];
}

function existing(
  scope: Construct,
  { name, ids }: ResolvedIdentity,
  resourceGroupName: string,
): IManagedIdentity {
  return ids
    ? ManagedIdentity.fromAttributes(scope, name, {
        name,
        identityId: ids.id,
        principalId: ids.principalId,
        clientId: ids.clientId,
      })
    : ManagedIdentity.fromName(scope, name, { name, resourceGroupName });
}
