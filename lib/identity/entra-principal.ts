// Groups and service principals of Entra ID.
import { DataAzureadGroup } from "@cdktf/provider-azuread/lib/data-azuread-group";
import { DataAzureadServicePrincipal } from "@cdktf/provider-azuread/lib/data-azuread-service-principal";
import { Construct } from "constructs";
import { IGrantee } from "../grants/grantee";
import { Principal, PrincipalType } from "../spec/principal";
import { requireGuid } from "./object-id";
import { requireAzuread } from "../terraform/providers";

/**
 * A group or service principal that roles can be granted to: by its object id, or looked up in
 * Entra ID by its display name.
 */
export class EntraPrincipal extends Construct implements IGrantee {
  /** Object id (GUID), or a token for it. */
  public readonly principalId: string;
  /** Type. */
  public readonly principalType: PrincipalType;
  /** Display name. */
  public readonly principalName: string;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param principal the group or service principal
   * @throws if the object id is none
   */
  public constructor(scope: Construct, id: string, principal: Principal) {
    super(scope, id);
    requireGuid(this, "object id", principal.objectId);
    this.principalType = principal.principalType;
    this.principalName = principal.name;
    this.principalId = principal.objectId ?? this.lookUp(principal);
  }

  // The id of these data sources is a path such as /groups/<guid>; role assignments want the GUID.
  private lookUp({ principalType, name }: Principal): string {
    requireAzuread(this);
    return principalType === "Group"
      ? new DataAzureadGroup(this, "Default", { displayName: name, securityEnabled: true }).objectId
      : new DataAzureadServicePrincipal(this, "Default", { displayName: name }).objectId;
  }
}
