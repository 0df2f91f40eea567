// User-assigned managed identities: new ones, and those that exist.
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct, IConstruct } from "constructs";
import { Grant } from "../grants/role-grant";
import { IGrantee } from "../grants/grantee";
import { keepAsMade } from "../hcl/kept";
import { Role } from "../spec/roles";
import { ResourceLookup } from "../spec/resource-lookup";
import { referenceById } from "../terraform/existing-resource";
import { requireGuid } from "./object-id";
import { azurermFor } from "../terraform/providers";

/** What others may rely on about a user-assigned managed identity. */
export interface IManagedIdentity extends IConstruct, IGrantee {
  /** Resource id. */
  readonly identityId: string;
  /** Client id (GUID). */
  readonly clientId: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - not known: nothing of the identity was read
   */
  readonly tenantId?: string;
  /**
   * Whether it is made in the same stack, so that Terraform knows its ids only when it is there.
   *
   * @default false
   */
  readonly isNew?: boolean;
  /**
   * Lets somebody read this identity and assign it to resources. Whoever may do so can act as it.
   *
   * @param grantee who gets Managed Identity Operator on this identity
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  grantAssignTo(grantee: IGrantee): Grant;
}

/** Properties of a new identity. */
export interface ManagedIdentityProps {
  /** Name: 3 to 128 letters, digits, `-` and `_`. */
  readonly name: string;
  /** Name of its resource group. */
  readonly resourceGroupName: string;
  /** Azure region. */
  readonly location: string;
  /**
   * Tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
  /**
   * Whether Terraform refuses to destroy it.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/** The ids of an identity that exists. */
export interface ManagedIdentityAttributes {
  /** Name, for people. */
  readonly name: string;
  /** Resource id. */
  readonly identityId: string;
  /** Object id of its service principal (GUID). */
  readonly principalId: string;
  /** Client id (GUID). */
  readonly clientId: string;
}

abstract class ManagedIdentityBase extends Construct implements IManagedIdentity {
  /** Resource id. */
  public abstract readonly identityId: string;
  /** Object id of its service principal (GUID). */
  public abstract readonly principalId: string;
  /** Client id (GUID). */
  public abstract readonly clientId: string;
  /** Name. */
  public abstract readonly principalName: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - not known: nothing of the identity was read
   */
  public abstract readonly tenantId?: string;
  /**
   * Whether it is made in the same stack, so that Terraform knows its ids only when it is there.
   *
   * @default false
   */
  public abstract readonly isNew?: boolean;
  /** `ServicePrincipal`: what a managed identity is to role assignments. */
  public readonly principalType: string = "ServicePrincipal";

  /**
   * Lets somebody read this identity and assign it to resources. Whoever may do so can act as it.
   *
   * @param grantee who gets Managed Identity Operator on this identity
   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already
   */
  public grantAssignTo(grantee: IGrantee): Grant {
    return Grant._to(this, "assign-to", {
      grantee,
      role: Role.MANAGED_IDENTITY_OPERATOR,
      scopeId: this.identityId,
      reason: `${grantee.principalName} assigns the identity ${this.principalName}.`,
    });
  }
}

/** The ids of an identity, with what only a lookup tells. */
interface FoundIdentity extends ManagedIdentityAttributes {
  readonly tenantId?: string;
}

class ExistingIdentity extends ManagedIdentityBase {
  public readonly identityId: string;
  public readonly principalId: string;
  public readonly clientId: string;
  public readonly principalName: string;
  public readonly tenantId?: string;
  public readonly isNew?: boolean = false;

  public constructor(scope: Construct, id: string, find: (self: Construct) => FoundIdentity) {
    super(scope, id);
    const { name, identityId, principalId, clientId, tenantId } = find(this);
    this.identityId = identityId;
    this.principalId = principalId;
    this.clientId = clientId;
    this.principalName = name;
    this.tenantId = tenantId;
  }
}

/**
 * A new user-assigned managed identity, which Terraform refuses to destroy unless it is told otherwise: a
 * new identity of the same name is another principal, without any of the rights of the old one.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export class ManagedIdentity extends ManagedIdentityBase {
  /** An identity that exists, looked up by name. Whoever runs the stack must be able to read it. */
  public static fromName(scope: Construct, id: string, lookup: ResourceLookup): IManagedIdentity {
    return new ExistingIdentity(scope, id, (self) => {
      const data = new DataAzurermUserAssignedIdentity(self, "Default", {
        name: lookup.name,
        resourceGroupName: lookup.resourceGroupName,
        provider: azurermFor(self, lookup.subscriptionId),
      });
      return {
        name: lookup.name,
        identityId: data.id,
        principalId: data.principalId,
        clientId: data.clientId,
        tenantId: data.tenantId,
      };
    });
  }

  /**
   * An identity that exists, given by its ids. Nothing is read.
   *
   * @throws if an id is seen to be none, or that of something else
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: ManagedIdentityAttributes,
  ): IManagedIdentity {
    const { name, identityId } = attributes;
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    referenceById(scope, id, { id: identityId, type, name });
    return new ExistingIdentity(scope, id, (self) => {
      requireGuid(self, "object id", attributes.principalId);
      requireGuid(self, "client id", attributes.clientId);
      return attributes;
    });
  }

  /** Resource id. */
  public readonly identityId: string;
  /** Object id of its service principal (GUID). */
  public readonly principalId: string;
  /** Client id (GUID). */
  public readonly clientId: string;
  /** Name. */
  public readonly principalName: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - never missing here
   */
  public readonly tenantId?: string;
  /**
   * Whether it is made in the same stack, so that Terraform knows its ids only when it is there.
   *
   * @default true
   */
  public readonly isNew?: boolean = true;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is in the addresses of what it makes
   * @param props name and place of the identity
   */
  public constructor(scope: Construct, id: string, props: ManagedIdentityProps) {
    super(scope, id);
    const identity = new UserAssignedIdentity(this, "Default", {
      name: props.name,
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      tags: props.tags,
      lifecycle: props.preventDestroy === false ? undefined : { preventDestroy: true },
    });
    keepAsMade(identity);
    this.identityId = identity.id;
    this.principalId = identity.principalId;
    this.clientId = identity.clientId;
    this.principalName = props.name;
    this.tenantId = identity.tenantId;
  }
}
