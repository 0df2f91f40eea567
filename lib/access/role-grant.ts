// The one construct that writes a role assignment.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Fn, ITerraformDependable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { parseResourceId } from "../spec/resource-id";
import { handsOutRights } from "./actions";
import { ICustomRole } from "./custom-role";
import { IGrantee } from "./grantee";
import { NAME_SPACE } from "./names";
import { KUBERNETES_ROLES, Role } from "../spec/roles";

/** Properties of a role assignment. */
export interface RoleGrantProps {
  /** Who gets the role. */
  readonly grantee: IGrantee;
  /** The role. */
  readonly role: Role;
  /**
   * The definition of a custom role.
   *
   * @default - none: the role is a built-in one
   */
  readonly customRole?: ICustomRole;
  /**
   * Id of the one resource that the role is granted on; for roles that act in Kubernetes alone, the
   * id of the cluster's resource group.
   */
  readonly scopeId: string;
  /** Why, for whoever finds the assignment in Azure: at most 1,000 characters. */
  readonly reason: string;
  /**
   * Condition, in Azure's language for it.
   *
   * @default - none
   */
  readonly condition?: string;
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
    const { grantee, role, customRole, scopeId, reason, condition } = props;
    this.refusePrivileged(role);
    this.refuseWide(role, scopeId);
    if (role.guid === undefined && customRole === undefined) {
      throw new Error(
        `[${this.node.path}] "${role.name}" is a custom role. Pass its definition as customRole.`,
      );
    }
    const roleId = customRole?.roleDefinitionId ?? role.guid ?? "";
    const assignment = new RoleAssignment(this, "Default", {
      name: Fn.uuidv5(NAME_SPACE, Fn.lower(Fn.join("|", [scopeId, grantee.principalId, roleId]))),
      scope: scopeId,
      // By id in the form that Azure gives back; the name of a new custom role may not be found yet.
      ...(customRole
        ? { roleDefinitionId: customRole.roleDefinitionId }
        : { roleDefinitionName: role.name }),
      principalId: grantee.principalId,
      principalType: grantee.principalType,
      description: reason,
      ...(condition === undefined ? {} : { condition, conditionVersion: "2.0" }),
    });
    this.roleAssignmentId = assignment.id;
    this.fqn = assignment.fqn;
    this._address = `${assignment.terraformResourceType}.${assignment.friendlyUniqueId}`;
  }

  private refusePrivileged(role: Role): void {
    if (handsOutRights(role)) {
      throw new Error(
        `[${this.node.path}] The role "${role.name}" is never granted here: it is as good as owning the scope. Grant a role for the one thing that is needed.`,
      );
    }
  }

  private refuseWide(role: Role, scopeId: string): void {
    if (Token.isUnresolved(scopeId) || parseResourceId(scopeId) !== undefined) {
      return;
    }
    const isKubernetes = Object.values(KUBERNETES_ROLES).some(({ guid }) => guid === role.guid);
    if (!(isKubernetes && /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(scopeId))) {
      throw new Error(
        `[${this.node.path}] "${scopeId}" is not the id of a resource. Roles are granted on single resources, never on a resource group, a subscription or a management group.`,
      );
    }
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
