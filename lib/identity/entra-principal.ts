// Groups and service principals of Entra ID.
import { Construct } from "constructs";
import { IGrantee } from "../grants/grantee";
import { describeFinding } from "../rules/check";
import { principalByName } from "../rules/principals-by-name";
import { Principal, PrincipalType } from "../spec/principal";
import { loadAzuread } from "../terraform/azuread";
import { requireGuid } from "./object-id";
import { requireAzuread } from "../terraform/providers";
import { LibraryConstruct } from "../terraform/one-copy";

/**
 * A group or service principal that roles can be granted to: by its object id, or looked up in
 * Entra ID by its display name.
 */
export class EntraPrincipal extends LibraryConstruct implements IGrantee {
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
   * @throws if the object id is none, or absent while the package of the provider azuread is not installed
   */
  public constructor(scope: Construct, id: string, principal: Principal) {
    super(scope, id);
    requireGuid(this, "object id", principal.objectId);
    this.principalType = principal.principalType;
    this.principalName = principal.name;
    this.principalId = principal.objectId ?? this.lookUp(principal);
  }

  // The id of these data sources is a path such as /groups/<guid>; role assignments want the GUID.
  private lookUp(principal: Principal): string {
    const azuread = loadAzuread();
    if (!azuread) {
      const finding = principalByName("principal", principal);
      throw new Error(`[${this.node.path}] ${describeFinding(finding)}`);
    }
    requireAzuread(this, azuread);
    const { DataAzureadGroup, DataAzureadServicePrincipal } = azuread;
    const { principalType, name: displayName } = principal;
    return principalType === "Group"
      ? new DataAzureadGroup(this, "Default", { displayName, securityEnabled: true }).objectId
      : new DataAzureadServicePrincipal(this, "Default", { displayName }).objectId;
  }
}
