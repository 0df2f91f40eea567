// The one construct that writes a role assignment.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Fn, ITerraformDependable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { parseResourceId } from "../spec/resource-id";
import { IGrantee } from "./grantee";
import { PRIVILEGED_ROLES, Role } from "./roles";

/** Namespace of the names of role assignments (UUID version 5). Changing it renames every one of them. */
const NAMESPACE = "5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11";

/** Properties of a role assignment. */
export interface RoleGrantProps {
  /** Who gets the role. */
  readonly grantee: IGrantee;
  /** The role. */
  readonly role: Role;
  /** Id of the one resource that the role is granted on. */
  readonly scopeId: string;
  /** Why, for whoever finds the assignment in Azure: at most 1,000 characters. */
  readonly reason: string;
}

/**
 * One role on one resource for one principal.
 *
 * Its name is computed from the three, so that a lost state or a second writer meets the same
 * assignment and does not make another one.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/role-assignments
 */
export class RoleGrant extends Construct implements ITerraformDependable {
  /** Id of the role assignment. */
  public readonly roleAssignmentId: string;
  /** Reference to the role assignment, for `dependsOn`. */
  public readonly fqn: string;
  /** @internal */
  public readonly _address: string;

  /**
   * @throws if the scope is wider than a resource, or the role could hand out rights
   */
  public constructor(scope: Construct, id: string, props: RoleGrantProps) {
    super(scope, id);
    const { grantee, role, scopeId, reason } = props;
    if (PRIVILEGED_ROLES.includes(role.guid)) {
      throw new Error(
        `[${this.node.path}] The role "${role.name}" is never granted here: it is as good as owning the scope. Grant a role for the one thing that is needed.`,
      );
    }
    if (!Token.isUnresolved(scopeId) && parseResourceId(scopeId) === undefined) {
      throw new Error(
        `[${this.node.path}] "${scopeId}" is not the id of a resource. Roles are granted on single resources, never on a resource group, a subscription or a management group.`,
      );
    }
    const assignment = new RoleAssignment(this, "Default", {
      name: Fn.uuidv5(NAMESPACE, Fn.lower(Fn.join("|", [scopeId, grantee.principalId, role.guid]))),
      scope: scopeId,
      roleDefinitionName: role.name,
      principalId: grantee.principalId,
      principalType: grantee.principalType,
      description: reason,
    });
    this.roleAssignmentId = assignment.id;
    this.fqn = assignment.fqn;
    this._address = `${assignment.terraformResourceType}.${assignment.friendlyUniqueId}`;
  }
}

/** What a `grant…` method gives back: something that resources can depend on. */
export class Grant implements ITerraformDependable {
  /** Grants a role on a resource. */
  public static role(scope: Construct, id: string, props: RoleGrantProps): Grant {
    return new Grant(new RoleGrant(scope, id, props));
  }

  private constructor(
    /** The role assignment behind it. */
    public readonly roleGrant: RoleGrant,
  ) {}

  /** Reference to the role assignment, for `dependsOn`. */
  public get fqn(): string {
    return this.roleGrant.fqn;
  }

  /** Makes a resource wait for this grant. */
  public applyBefore(resource: TerraformResource): void {
    resource.dependsOn = [...(resource.dependsOn ?? []), this.roleGrant._address];
  }
}
