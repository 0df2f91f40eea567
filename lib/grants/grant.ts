// The one construct that writes a role assignment.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { StateHistory } from "../access/state-history";
import { ignoredOfAssignments } from "../terraform/azurerm-versions";
import { waitFor } from "../hcl/addresses";
import { keepAsMade } from "../hcl/kept";
import { formerly, takeOver } from "../hcl/state-moves";
import { resolved } from "../hcl/resolved";
import { isKnown } from "../spec/known";
import { parseResourceId } from "../spec/resource-id";
import { ICustomRole } from "./custom-role";
import { invalidGrant } from "./invalid-grant";
import { preconditionOn } from "./grant-scope";
import { IGrantee } from "./grantee";
import { guidOf } from "./guid";
import { CATALOGUE, Role } from "../spec/roles";
import { checkRoleDefinition } from "./role-definition-check";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of a grant. */
export interface GrantProps {
  /** Principal that gets the role. */
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
  /**
   * Type of that resource, such as `Microsoft.Network/dnsZones`. The Terraform plan fails if a built-in role that the
   * library does not know allows more on such resources than it says.
   *
   * @default - as the id says; if that is a token, the Terraform plan checks only whether the role grants rights
   */
  readonly resourceType?: string;
  /** The reason, for readers of the assignment in Azure: at most 1,000 characters. */
  readonly reason: string;
  /**
   * Condition, in Azure's language for it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  readonly condition?: string;
  /**
   * Whether the scope is a resource group on which Microsoft documents the role.
   *
   * @default false
   * @internal
   */
  readonly _onGroup?: boolean;
}

/** Attributes that may be set later: for each of a list, for other tenants, and for new principals. */
const OPEN = [
  "count",
  "for_each",
  "delegated_managed_identity_resource_id",
  "skip_service_principal_aad_check",
];

/**
 * A role assignment: one role on one resource for one principal. Other resources can depend on it.
 *
 * Its name is computed from the three, so that a lost state or a second writer meets the same
 * assignment and does not create another one.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/role-assignments
 */
export class Grant extends LibraryConstruct implements ITerraformDependable {
  /**
   * Grants a role, with an id after what the grantee may do: the same grant is created once.
   *
   * @internal
   */
  public static _to(scope: Construct, verb: string, props: GrantProps): Grant {
    const { principalName, principalId } = props.grantee;
    const remedy = "Use new Grant, with a unique id.";
    if (!isKnown(principalName)) {
      throw new Error(
        `[${scope.node.path}] The name of the grantee is known only to Terraform, and addresses are made of it. ${remedy}`,
      );
    }
    const id = `${verb}-${principalName}`;
    const known = scope.node.tryFindChild(id);
    if (known instanceof Grant && !known._isFor(principalId)) {
      throw new Error(
        `[${known.node.path}] There is a grant to another principal of the name "${principalName}" already. ${remedy}`,
      );
    }
    return known instanceof Grant ? known : new Grant(scope, id, props);
  }

  private readonly assignment: RoleAssignment;
  private readonly principalId: string;
  // Known before the assignment exists, unlike its attribute.
  private readonly assignmentId: string;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props the principal, the role, the scope and the reason
   * @throws if the scope is wider than a resource; if the role could grant rights, or is not what its name says;
   * if a custom role comes without its definition, or a role with that of another one; if there is no reason
   */
  public constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id);
    const { grantee, role, customRole, scopeId, reason, condition } = props;
    for (const message of invalidGrant(props)) {
      throw new Error(`[${this.node.path}] ${message}`);
    }
    const precondition = preconditionOn(this, role, scopeId, props._onGroup);
    const roleId = customRole?.roleDefinitionId ?? role.guid ?? "";
    const name = guidOf(scopeId, grantee.principalId, roleId);
    this.assignmentId = `${scopeId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    const assignment = new RoleAssignment(this, "Default", {
      name,
      scope: scopeId,
      // By id in the form that Azure gives back; the name of a new custom role might not be found yet.
      ...(customRole
        ? { roleDefinitionId: customRole.roleDefinitionId }
        : { roleDefinitionName: role.name }),
      principalId: grantee.principalId,
      principalType: grantee.principalType,
      description: reason,
      ...(condition === undefined || condition === ""
        ? {}
        : { condition, conditionVersion: "2.0" }),
      lifecycle: {
        // Other words of a release, or an import, must not replace the assignment.
        ignoreChanges: ignoredOfAssignments(this),
        ...(precondition.length === 0 ? {} : { precondition }),
      },
    });
    if (role.guid !== undefined && !CATALOGUE.some(({ guid }) => guid === role.guid)) {
      const type = props.resourceType ?? parseResourceId(scopeId)?.type;
      checkRoleDefinition(this, role, type);
    }
    keepAsMade(assignment, { sealed: true, but: OPEN });
    this.assignment = assignment;
    this.principalId = grantee.principalId;
  }

  /**
   * Takes over what a state holds under former addresses.
   *
   * @internal
   */
  public _continue({ formerAddresses, mayReplace }: StateHistory): void {
    formerly(this, ...formerAddresses);
    if (mayReplace) {
      this.assignment.lifecycle = { ...this.assignment.lifecycle, createBeforeDestroy: true };
    }
  }

  /**
   * Lets Terraform take over the role assignment that exists, instead of creating it.
   *
   * @internal
   */
  public _takeOver(): void {
    takeOver(this.assignment, this.assignmentId);
  }

  /** Id of the role assignment. */
  public get roleAssignmentId(): string {
    return this.assignment.id;
  }

  /** Reference to the role assignment, for `dependsOn`. */
  public get fqn(): string {
    return this.assignment.fqn;
  }

  /**
   * Makes a resource depend on this grant.
   *
   * @param resource the resource that needs the right
   */
  public applyBefore(resource: TerraformResource): void {
    waitFor(resource, this.assignment);
  }

  /** @internal */
  public _isFor(principalId: string): boolean {
    const [own, other] = [this.principalId, principalId].map((id) =>
      resolved(this, id).toLowerCase(),
    );
    return own === other;
  }
}
