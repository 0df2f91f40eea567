// Custom roles: new ones, and those that exist.
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { Construct, IConstruct } from "constructs";
import { keepAsMade } from "../hcl/kept";
import { takeOver } from "../hcl/state-moves";
import { argument, tokenFor } from "../hcl/token-expression";
import { guidOf } from "./guid";
import { isKnown } from "../spec/known";
import { isResourceGroupId } from "../spec/resource-id";
import { Role } from "../spec/roles";
import { LibraryConstruct } from "../terraform/one-copy";

/** A custom role: a new one, or an existing one. */
export interface ICustomRole extends IConstruct {
  /** The role, with the actions it allows. */
  readonly role: Role;
  /** Id of the role definition, as role assignments want it. */
  readonly roleDefinitionId: string;
}

/** Properties of a custom role. */
export interface CustomRoleProps {
  /** The role; an existing one may allow no more. */
  readonly role: Role;
  /** Name: at most 512 characters, unique in the tenant. A role keeps the name that it was created with. */
  readonly name: string;
  /**
   * Id of the scope that it can be assigned on. For a new role, the resource group that holds the resources; for an
   * existing one, also a resource in it.
   */
  readonly scopeId: string;
  /**
   * Text that the GUID of a new role is computed from.
   *
   * @default - its name
   * @internal
   */
  readonly _seed?: string;
}

class ExistingCustomRole extends LibraryConstruct implements ICustomRole {
  public readonly role: Role;
  public readonly roleDefinitionId: string;

  public constructor(scope: Construct, id: string, { name, role, scopeId }: CustomRoleProps) {
    super(scope, id);
    const quoted = (actions: string[]) =>
      actions.map((action) => `"${action.toLowerCase()}"`).join(", ");
    const extra = (attribute: string, actions: string[]) =>
      `setsubtract([for action in flatten(self.permissions[*].${attribute}) : lower(action)], [${quoted(actions)}])`;
    const all = [...role.actions, ...role.dataActions];
    const data = new DataAzurermRoleDefinition(this, "Default", {
      name,
      scope: scopeId,
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(${extra("actions", role.actions)}) == 0}`,
            errorMessage: `The custom role ${name} allows more than is needed. It may allow ${all.join(", ")}. Take the rest away, or leave the role to this stack.`,
          },
          role.dataActions.length > 0
            ? {
                condition: `\${length(${extra("data_actions", role.dataActions)}) == 0}`,
                errorMessage: `The custom role ${name} has more data actions than are needed. Take them away, or leave the role to this stack.`,
              }
            : {
                condition: "${length(flatten(self.permissions[*].data_actions)) == 0}",
                errorMessage: `The custom role ${name} has data actions, and needs none. Take them away, or leave the role to this stack.`,
              },
        ],
      },
    });
    this.role = role;
    this.roleDefinitionId = data.id;
  }
}

/** A custom role that another stack creates: its id follows from its name and place. */
class ComputedCustomRole extends LibraryConstruct implements ICustomRole {
  public readonly role: Role;
  public readonly roleDefinitionId: string;

  public constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    const { role, name, scopeId, _seed: seed = name } = props;
    this.role = role;
    this.roleDefinitionId = definitionId(scopeId, customRoleGuid(scopeId, seed));
  }
}

/**
 * A custom role with the few actions that are needed.
 *
 * Creating it takes `Microsoft.Authorization/roleDefinitions/write` on the resource group.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/custom-roles
 */
export class CustomRole extends LibraryConstruct implements ICustomRole {
  /**
   * Looks up an existing custom role by name. The plan fails if it allows anything beyond `role`.
   */
  public static fromLookup(scope: Construct, id: string, props: CustomRoleProps): ICustomRole {
    return new ExistingCustomRole(scope, id, props);
  }

  /**
   * Returns a custom role that another stack creates from the same seed in the same resource group.
   *
   * @internal
   */
  public static _fromSeed(scope: Construct, id: string, props: CustomRoleProps): ICustomRole {
    return new ComputedCustomRole(scope, id, props);
  }

  /** The role, with the actions it allows. */
  public readonly role: Role;
  /** Id of the role definition, as role assignments want it. */
  public readonly roleDefinitionId: string;
  private readonly takeOverDefinition: () => void;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props role, name and place
   * @throws if the role is not a custom one, or if the id is seen not to be that of a resource group
   */
  public constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    const { role, name, scopeId: resourceGroupId, _seed: seed = name } = props;
    if (role.key === undefined) {
      throw new Error(`[${this.node.path}] "${role.name}" is a built-in role. Grant it as it is.`);
    }
    if (isKnown(resourceGroupId) && !isResourceGroupId(resourceGroupId)) {
      throw new Error(
        `[${this.node.path}] "${resourceGroupId}" is not the id of a resource group. Use /subscriptions/<id>/resourceGroups/<name>: the group that holds the scopes.`,
      );
    }
    const guid = customRoleGuid(resourceGroupId, seed);
    const definition = new RoleDefinition(this, "Default", {
      roleDefinitionId: guid,
      name,
      description: role.description,
      scope: resourceGroupId,
      assignableScopes: [resourceGroupId],
      permissions: [
        {
          ...(role.actions.length > 0 ? { actions: role.actions } : {}),
          ...(role.dataActions.length > 0 ? { dataActions: role.dataActions } : {}),
        },
      ],
      // Another GUID would replace the role and revoke its assignments.
      lifecycle: { ignoreChanges: ["name", "role_definition_id"] },
    });
    keepAsMade(definition, { sealed: true });
    this.role = role;
    this.roleDefinitionId = definition.roleDefinitionResourceId;
    this.takeOverDefinition = () => {
      takeOver(definition, `${definitionId(resourceGroupId, guid)}|${resourceGroupId}`);
    };
  }

  /**
   * Lets Terraform take over the role definition that exists, instead of creating it.
   *
   * @internal
   */
  public _takeOver(): void {
    this.takeOverDefinition();
  }
}

function definitionId(resourceGroupId: string, guid: string): string {
  const subscription = tokenFor(`join("/", slice(split("/", ${argument(resourceGroupId)}), 0, 3))`);
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}

/** Returns the GUID of a custom role that is created here: an expression that gives the same in every stack. */
export function customRoleGuid(resourceGroupId: string, seed: string): string {
  return guidOf(resourceGroupId, "role", seed);
}
