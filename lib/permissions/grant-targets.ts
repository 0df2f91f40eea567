// Finds, in one stack, the principals and resources that rows of the grant plan name. Each is looked up once.
import { Construct } from "constructs";
import { IGrantee } from "../grants/grantee";
import { PlannedPrincipal, PlannedScope } from "../access/planned-grant";
import { isResourceGroup, resourceTypeOf } from "../access/resource-types";
import { EntraPrincipal } from "../identity/entra-principal";
import { principalKey } from "../access/fleet-rows";

import { existingIdentity } from "../identity/cluster-identities";
import { IManagedIdentity } from "../identity/managed-identity";
import { EXTENSION_PRINCIPAL, EXTENSION_PRINCIPAL_DESCRIPTION } from "../spec/backup";
import { Principal } from "../spec/principal";
import { GUID } from "../spec/resource-id";
import { invalidGuid } from "../rules/texts";
import { IdentityPrincipal, ResolvedSpec, identityOf } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { addressName } from "../spec/address";
import { ContainerRegistry } from "../existing/container-registry";
import {
  resourceGroupIdOf,
  resourceGroupIdOfReference,
  resourceIdOf,
} from "../terraform/existing-resource";
import { subscriptionElsewhere } from "../terraform/providers";
import { requiredVariable } from "../terraform/required-variable";
import { VirtualNetwork } from "../existing/virtual-network";
import { PrivateDnsZone } from "../existing/private-dns-zone";
import { LibraryConstruct } from "../terraform/one-copy";

interface Existing<T> {
  readonly _fromReference: (scope: Construct, id: string, reference: ResourceReference) => T;
}

/** Of a cluster that the same stack creates. */
export interface CreatedCluster {
  readonly id: string;
  readonly nodeResourceGroupId: string;
  /** Object id of the identity of the backup extension, if the cluster has it. */
  readonly extensionPrincipalId?: string;
}

/** The principals and resources of a grant plan, as far as a stack's rows use them. */
export class GrantTargets extends LibraryConstruct {
  private readonly found = new Map<string, unknown>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly knownIdentity: (
      principal: IdentityPrincipal,
      spec: ResolvedSpec,
    ) => IManagedIdentity | undefined,
    private readonly resourceGroupId: (name: string, subscriptionId?: string) => string,
    private readonly knownNetwork: (reference: ResourceReference) => VirtualNetwork | undefined,
    private readonly cluster?: CreatedCluster,
  ) {
    super(scope, id);
  }

  /** The principal of a row. */
  public granteeOf(planned: PlannedPrincipal, spec: ResolvedSpec): IGrantee {
    const { name, addOn } = planned;
    const principal = addOn === undefined ? planned.principal : this.extension(planned.principal);
    return principal
      ? this.once(
          "the principals",
          name,
          (group, id) => new EntraPrincipal(group, id, principal),
          `${principal.principalType} ${principal.objectId?.toLowerCase() ?? ""}`,
        )
      : this.identity(planned, spec);
  }

  /** The id of the resource of a row. */
  public scopeIdOf(scope: PlannedScope, spec: ResolvedSpec): string {
    const elsewhere = subscriptionElsewhere(this, spec.subscriptionId);
    const { kind, name, reference: given } = scope;
    const reference = given?._in(elsewhere);
    if (reference && isResourceGroup(kind)) {
      return resourceGroupIdOfReference(this, reference);
    }
    switch (kind) {
      case "controlPlane":
      case "kubelet":
        return this.identity({ kind }, spec).identityId;
      case "resourceGroup":
        return this.resourceGroupId(name, elsewhere);
      case "nodeResourceGroup":
        return this.cluster?.nodeResourceGroupId ?? resourceGroupIdOf(this, name, elsewhere);
      case "cluster":
        return this.cluster?.id ?? this.resourceId(kind, required(reference));
      default:
        return this.existingId(kind, name, required(reference));
    }
  }

  private existingId(kind: string, name: string, reference: ResourceReference): string {
    switch (kind) {
      case "subnet":
        return this.virtualNetwork(reference).subnet(name).subnetId;
      case "virtualNetwork":
        return this.virtualNetwork(reference).virtualNetworkId;
      case "registry":
        return this.existing("the registries", ContainerRegistry, reference).registryId;
      case "privateDnsZone":
        return this.existing("the zones", PrivateDnsZone, reference).zoneId;
      default:
        return this.resourceId(kind, reference);
    }
  }

  private resourceId(kind: string, reference: ResourceReference): string {
    return resourceIdOf(this, resourceTypeOf(kind).type, reference);
  }

  /** The identity of the backup extension, which is known once the cluster has the extension. */
  private extension(principal: Principal | undefined): Principal | undefined {
    return (
      principal &&
      Principal.servicePrincipal(
        principal.name,
        this.cluster?.extensionPrincipalId ??
          principal.objectId ??
          requiredVariable(this, EXTENSION_PRINCIPAL, {
            description: EXTENSION_PRINCIPAL_DESCRIPTION,
            pattern: GUID,
            invalid: invalidGuid,
          }),
      )
    );
  }

  private identity(principal: IdentityPrincipal, spec: ResolvedSpec): IManagedIdentity {
    const { name, resourceGroup } = identityOf(principal, spec);
    return (
      this.knownIdentity(principal, spec) ??
      this.once(
        "the identities",
        `${resourceGroup}-${name}`,
        (scope, id) => existingIdentity(scope, id, principal, spec),
        principalKey(principal, spec),
      )
    );
  }

  private virtualNetwork(reference: ResourceReference): VirtualNetwork {
    return this.knownNetwork(reference) ?? this.existing("the networks", VirtualNetwork, reference);
  }

  private existing<T>(group: string, type: Existing<T>, reference: ResourceReference): T {
    const make = (scope: Construct, id: string) => type._fromReference(scope, id, reference);
    return this.once(group, reference.name, make, reference.key);
  }

  private once<T>(
    group: string,
    name: string,
    make: (scope: Construct, id: string) => T,
    more = "",
  ): T {
    const id = addressName(name);
    const key = `${group}/${id} ${more}`;
    if (!this.found.has(key)) {
      const scope = this.node.tryFindChild(group) ?? new Construct(this, group);
      // Two may differ in more than their name, such as a zone that moves to another resource group.
      const isTaken = scope.node.tryFindChild(id) !== undefined;
      this.found.set(key, make(scope, isTaken ? addressName(`${name} ${more}`) : id));
    }
    return this.found.get(key) as T;
  }
}

function required(reference: ResourceReference | undefined): ResourceReference {
  if (!reference) {
    throw new Error("The grant plan has a row without the resource that it is about.");
  }
  return reference;
}
