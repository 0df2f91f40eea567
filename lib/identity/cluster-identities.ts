// The two identities of a cluster, together.
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import { Grant } from "../grants/grant";
import { formerly, letGo } from "../hcl/state-moves";
import { ClusterPlan } from "../plan/cluster-plan";
import { IdentityPrincipal, ResolvedSpec, identityOf } from "../spec/resolved-spec";
import { IDENTITY_IDS } from "../spec/address";
import { IDENTITY_LOCK, identityName } from "../spec/defaults";
import { IDENTITY_KINDS, IdentityKind } from "../spec/identities";
import { isSameName } from "../spec/naming";
import { ignoreTags } from "../terraform/ignored-tags";
import { subscriptionElsewhere } from "../terraform/providers";
import { requireMade } from "../terraform/validation";
import { makeLock } from "./lock";
import { IManagedIdentity, ManagedIdentity } from "./managed-identity";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of new identities of a cluster. */
export interface ClusterIdentitiesProps {
  /** The plan of the cluster that they are for. */
  readonly plan: ClusterPlan;
  /**
   * Name of their resource group, if the same stack creates it.
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

/** The identities of a cluster: new ones, or existing ones. */
export interface IClusterIdentities {
  /** The control plane identity. */
  readonly controlPlane: IManagedIdentity;
  /** The kubelet identity. */
  readonly kubelet: IManagedIdentity;
}

/** Existing identities; each is looked up on first use, so that a stack reads only those that it uses. */
class ExistingIdentities extends LibraryConstruct implements IClusterIdentities {
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

  private find(kind: IdentityKind): IManagedIdentity {
    const known =
      this.found.get(kind) ?? existingIdentity(this, IDENTITY_IDS[kind], { kind }, this.spec);
    this.found.set(kind, known);
    return known;
  }
}

/** The control plane identity and the kubelet identity of a cluster. They outlive it. */
export class ClusterIdentities extends LibraryConstruct implements IClusterIdentities {
  /** Returns the existing identities of a description: looked up by name, or by the ids in it. */
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
   * @param id its id there, which is part of Terraform addresses
   * @param props the cluster that they are for
   * @throws with all findings, if the description breaks a rule; if the resource group is missing
   */
  public constructor(scope: Construct, id: string, props: ClusterIdentitiesProps) {
    super(scope, id);
    const spec = props.plan._specFor(this);
    const { name: cluster, identities, location, tags, ignoreChanges } = spec;
    const group = identities.resourceGroup;
    if (group.create) {
      requireMade(this, "identities.resourceGroup", group.name, props.resourceGroupName);
    }
    const resourceGroupName = props.resourceGroupName ?? group.name;
    // A state of an earlier version has the name, which may be another one now, or that by default.
    const formerIds = {
      [IDENTITY_IDS.controlPlane]: identityName(cluster, "cp"),
      [IDENTITY_IDS.kubelet]: identityName(cluster, "kubelet"),
    };
    const make = (kind: IdentityKind): IManagedIdentity => {
      const identity = identities[kind];
      const id = IDENTITY_IDS[kind];
      if (identity.existing) {
        letGo(UserAssignedIdentity.tfResourceType, this, formerIds[id], identity.name, id);
        return existingIdentity(this, id, { kind }, spec);
      }
      const made = new ManagedIdentity(this, id, {
        name: identity.name,
        resourceGroupName:
          isSameName(identity.resourceGroup, group.name) &&
          identity.subscriptionId === identities.subscriptionId
            ? resourceGroupName
            : identity.resourceGroup,
        subscriptionId: identity.subscriptionId,
        location,
        tags,
        preventDestroy: props.preventDestroy,
      });
      formerly(made, formerIds[id], identity.name);
      return made;
    };
    this.controlPlane = make("controlPlane");
    this.kubelet = make("kubelet");
    const locks = new Construct(this, "the locks");
    for (const kind of IDENTITY_KINDS) {
      const { name, existing: isThere } = identities[kind];
      const id = IDENTITY_IDS[kind];
      if (isThere) {
        // Another team answers for it.
        letGo(ManagementLock.tfResourceType, locks, formerIds[id], name, id);
      } else if (identities.locked) {
        const made = makeLock(locks, id, {
          lock: IDENTITY_LOCK,
          scopeId: this[kind].identityId,
          preventDestroy: props.preventDestroy,
        });
        formerly(made, formerIds[id], name);
        this.locks.push(made);
      }
    }
    ignoreTags(this, ignoreChanges.tags);
  }

  /**
   * A lock on an identity also protects its role assignments: it is created after them, and destroyed before them.
   *
   * @internal
   */
  public _lockAfter(grant: Grant): void {
    this.locks.forEach((one) => grant.applyBefore(one));
  }
}

/** Returns an identity of a description that exists. */
export function existingIdentity(
  scope: Construct,
  id: string,
  principal: IdentityPrincipal,
  spec: ResolvedSpec,
): IManagedIdentity {
  const {
    name,
    ids,
    resourceGroup,
    subscriptionId = subscriptionElsewhere(scope, spec.subscriptionId),
  } = identityOf(principal, spec);
  return ids
    ? ManagedIdentity.fromIds(scope, id, ids, name)
    : ManagedIdentity.fromLookup(scope, id, { name, resourceGroup, subscriptionId });
}
