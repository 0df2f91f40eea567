// User-assigned managed identities: new ones, and those that exist.
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct, IConstruct } from "constructs";
import { Grant } from "../grants/grant";
import { IGrantee } from "../grants/grantee";
import { keepAsMade } from "../hcl/kept";
import { ResourceLookup } from "../spec/resource-reference";
import { IdentityIds } from "../spec/identities";
import { PrincipalType } from "../spec/principal";
import { Role } from "../spec/roles";
import { referenceById } from "../terraform/existing-resource";
import { requireGuid } from "./object-id";
import { azurermFor } from "../terraform/providers";
import { LibraryConstruct } from "../terraform/one-copy";

/** A user-assigned managed identity: a new one, or an existing one. */
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
   * Whether the same stack creates it, so that Terraform knows its ids only after that.
   *
   * @default false
   */
  readonly isNew?: boolean;
  /**
   * Grants Managed Identity Operator on this identity, which also lets the grantee act as it.
   *
   * @param grantee principal that assigns the identity to resources
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
  /**
   * Subscription of its resource group (GUID).
   *
   * @default - that of the stack
   */
  readonly subscriptionId?: string;
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

abstract class ManagedIdentityBase extends LibraryConstruct implements IManagedIdentity {
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
   * Whether the same stack creates it, so that Terraform knows its ids only after that.
   *
   * @default false
   */
  public abstract readonly isNew?: boolean;
  /** Type: a service principal. */
  public readonly principalType: PrincipalType = PrincipalType.SERVICE_PRINCIPAL;

  /**
   * Grants Managed Identity Operator on this identity, which also lets the grantee act as it.
   *
   * @param grantee principal that assigns the identity to resources
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
interface FoundIdentity extends IdentityIds {
  readonly name: string;
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
    const { name, id: identityId, principalId, clientId, tenantId } = find(this);
    this.identityId = identityId;
    this.principalId = principalId;
    this.clientId = clientId;
    this.principalName = name;
    this.tenantId = tenantId;
  }
}

/**
 * A new user-assigned managed identity, which Terraform refuses to destroy by default: a
 * new identity of the same name is another principal, without any of the rights of the old one.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export class ManagedIdentity extends ManagedIdentityBase {
  /** Looks up an existing identity by name. Terraform reads it. */
  public static fromLookup(scope: Construct, id: string, lookup: ResourceLookup): IManagedIdentity {
    return new ExistingIdentity(scope, id, (self) => {
      const data = new DataAzurermUserAssignedIdentity(self, "Default", {
        name: lookup.name,
        resourceGroupName: lookup.resourceGroup,
        provider: azurermFor(self, lookup.subscriptionId),
      });
      return {
        name: lookup.name,
        id: data.id,
        principalId: data.principalId,
        clientId: data.clientId,
        tenantId: data.tenantId,
      };
    });
  }

  /**
   * Imports an existing identity by its ids. Nothing is read.
   *
   * @param scope the construct that it is a part of
   * @param id its id there
   * @param ids its ids
   * @param name name for people; by default the last part of the resource id, or the construct's id if that is a token
   * @throws if an id is not that of an identity, or not a GUID
   */
  public static fromIds(
    scope: Construct,
    id: string,
    ids: IdentityIds,
    name?: string,
  ): IManagedIdentity {
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    const reference = referenceById(scope, id, { id: ids.id, type, name });
    return new ExistingIdentity(scope, id, (self) => {
      requireGuid(self, "object id", ids.principalId);
      requireGuid(self, "client id", ids.clientId);
      return { name: name ?? reference.name, ...ids };
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
   * Whether the same stack creates it, so that Terraform knows its ids only after that.
   *
   * @default true
   */
  public readonly isNew?: boolean = true;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props name and place of the identity
   */
  public constructor(scope: Construct, id: string, props: ManagedIdentityProps) {
    super(scope, id);
    const identity = new UserAssignedIdentity(this, "Default", {
      name: props.name,
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      tags: props.tags,
      provider: azurermFor(this, props.subscriptionId),
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
