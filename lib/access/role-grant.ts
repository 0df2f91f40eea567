// The one construct that writes a role assignment.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import {
  Fn,
  ITerraformDependable,
  Precondition,
  TerraformResource,
  Tokenization,
  DefaultTokenResolver,
  StringConcat,
} from "cdktf";
import { Construct } from "constructs";
import { keepAsMade } from "../hcl/kept";
import { parseResourceId } from "../spec/resource-id";
import { entryOf } from "../spec/tables";
import { contradicted, handsOutRights } from "./actions";
import { ICustomRole } from "./custom-role";
import { IGrantee } from "./grantee";
import { NAME_SPACE } from "./names";
import { CATALOGUE, KUBERNETES_ROLES, Role } from "../spec/roles";
import { checkRoleDefinition } from "./role-definition-check";

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
  /**
   * Type of that resource, such as `Microsoft.Network/dnsZones`. The plan fails if a built-in role that is
   * not the library's allows more on such resources than it says.
   *
   * @default - as the id says; if that is a token, only whether the role hands out rights is looked at
   */
  readonly resourceType?: string;
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
   * @param scope the construct that it is a part of
   * @param id its id there, which is in the addresses of what it makes
   * @param props who gets which role on what, and why
   * @throws if the scope is wider than a resource; if the role could hand out rights, or is not what its name says;
   * if a custom role comes without its definition, or a built-in role with one
   */
  public constructor(scope: Construct, id: string, props: RoleGrantProps) {
    super(scope, id);
    const { grantee, role, customRole, scopeId, reason, condition } = props;
    this.refuseFalse(role);
    const precondition = this.preconditionOn(role, scopeId);
    if ((role.guid === undefined) !== (customRole !== undefined)) {
      throw new Error(
        role.guid === undefined
          ? `[${this.node.path}] "${role.name}" is a custom role. Pass its definition as customRole.`
          : `[${this.node.path}] "${role.name}" is a built-in role. Leave customRole out.`,
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
      ...(condition === undefined || condition === ""
        ? {}
        : { condition, conditionVersion: "2.0" }),
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
    });
    if (role.guid !== undefined && !CATALOGUE.some(({ guid }) => guid === role.guid)) {
      const type = props.resourceType ?? parseResourceId(scopeId)?.type;
      checkRoleDefinition(this, role, type);
    }
    keepAsMade(assignment, { sealed: true });
    this.roleAssignmentId = assignment.id;
    this.fqn = assignment.fqn;
    this._address = `${assignment.terraformResourceType}.${assignment.friendlyUniqueId}`;
  }

  private refuseFalse(role: Role): void {
    if (handsOutRights(role)) {
      throw new Error(
        `[${this.node.path}] The role "${role.name}" is never granted here: it is as good as owning the scope. Grant a role for the one thing that is needed.`,
      );
    }
    const known = contradicted(role);
    if (known) {
      throw new Error(
        `[${this.node.path}] The role "${role.name}" with the GUID ${role.guid ?? ""} is not "${known.name}" of the library, with ${known.guid ?? ""}. Use the role of the library.`,
      );
    }
  }

  /** Refuses a scope that is seen to be wide, and gives what Terraform has to look at. */
  private preconditionOn(role: Role, scopeId: string): Precondition[] {
    const scope = String(
      Tokenization.resolve(scopeId, {
        scope: this,
        resolver: new DefaultTokenResolver(new StringConcat()),
      }),
    );
    const isKubernetes = Object.values(KUBERNETES_ROLES).some(({ guid }) => guid === role.guid);
    switch (kindOfId(scope)) {
      case "resource":
        return [];
      case "unknown":
        return isKubernetes ? [] : [isOnResource(scope)];
      case "resourceGroup":
        if (isKubernetes) {
          return [];
        }
    }
    throw new Error(
      `[${this.node.path}] "${scope}" is not the id of a resource. ${ON_RESOURCES} Give the id of a resource.`,
    );
  }
}

const ON_RESOURCES =
  "Roles are granted on single resources, never on a resource group, a subscription or a management group.";

const IDS_OF: { readonly [type: string]: string } = {
  azurerm_management_group: "wide",
  azurerm_resource_group: "resourceGroup",
  azurerm_subscription: "wide",
};

/** What an id is the id of, as far as it can be seen: the id of something in Terraform tells the type. */
function kindOfId(scope: string): string {
  const type = /^\$\{(?:data\.)?(azurerm_[a-z0-9_]+)\.[^.]+\.id\}$/.exec(scope)?.[1];
  if (type !== undefined) {
    return entryOf(IDS_OF, type) ?? "resource";
  }
  if (scope.includes("${")) {
    // One of a type is built from its names.
    return /\/providers\/|"providers"/.test(scope) ? "resource" : "unknown";
  }
  const isGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(scope);
  return parseResourceId(scope) ? "resource" : isGroup ? "resourceGroup" : "wide";
}

function isOnResource(scope: string): Precondition {
  const expression = /^\$\{([^{}]*)\}$/.exec(scope)?.[1] ?? JSON.stringify(scope);
  return {
    condition: `\${can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers(/[^/]+){3,}$", ${expression}))}`,
    errorMessage: ON_RESOURCES,
  };
}

/** What a `grant…` method gives back: something that resources can depend on. */
export class Grant implements ITerraformDependable {
  /**
   * Grants a role on a resource.
   *
   * @param scope the construct that the role assignment is a part of
   * @param id its id there, which is in the address of the role assignment
   * @param props who gets which role on what, and why
   * @throws whatever `RoleGrant` throws
   */
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
