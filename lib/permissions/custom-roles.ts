// The custom roles that the rows of a stack need: one for each resource group that holds scopes of it.
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { Construct } from "constructs";
import { makesCustomRole } from "../access/fleet-rows";
import {
  customRoleKey,
  customRoleName,
  customRolePlace,
  customRoleSeed,
  existsAlready,
} from "../access/names";
import { PlannedGrant } from "../access/planned-grant";
import { CustomRole, ICustomRole } from "../grants/custom-role";
import { formerly, letGo } from "../hcl/state-moves";
import { ResolvedSpec } from "../spec/resolved-spec";
import { resourceGroupIdOf, resourceGroupIdOfResource } from "../terraform/existing-resource";
import { LibraryConstruct } from "../terraform/one-copy";

/** A row, with the description that it comes from. */
interface Placed {
  readonly grant: PlannedGrant;
  readonly spec: ResolvedSpec;
}

/** The custom roles of a stack, each created or looked up once. */
export class CustomRoles extends LibraryConstruct {
  private readonly made = new Map<string, ICustomRole>();

  /**
   * @param scope the construct that it is a part of
   * @param id its id there
   * @param isOfFleet whether the stack is that of a fleet, which creates the roles for the stacks of its clusters
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly isOfFleet = false,
  ) {
    super(scope, id);
  }

  /** Returns the custom role of a row; undefined for a built-in role. */
  public of(row: Placed, scopeId: () => string): ICustomRole | undefined {
    const { role } = row.grant;
    if (role.key === undefined) {
      return undefined;
    }
    const key = customRoleKey(row.grant, row.spec);
    const known = this.made.get(key) ?? this.find(key, row, scopeId);
    this.made.set(key, known);
    return known;
  }

  /** Forgets the role definitions that only these rows need, which another stack grants. */
  public letGoOf(rows: readonly Placed[]): void {
    for (const key of customRoleKeys(rows).filter((one) => !this.made.has(one))) {
      letGo(RoleDefinition.tfResourceType, this, key);
    }
  }

  /** Takes over the role of a row, unless the stack had it for other rows. */
  public takeOver(row: Placed, former: readonly Placed[]): void {
    const key = customRoleKey(row.grant, row.spec);
    const role = this.made.get(key);
    if (role instanceof CustomRole && !customRoleKeys(former).includes(key)) {
      role._takeOver();
    }
  }

  private find(key: string, { grant, spec }: Placed, scopeId: () => string): ICustomRole {
    const { role, scope } = grant;
    const name = customRoleName(role, scope, spec);
    if (existsAlready(role, spec)) {
      return CustomRole.fromLookup(this, key, { name, role, scopeId: scopeId() });
    }
    const { resourceGroup, subscriptionId = spec.subscriptionId } = customRolePlace(scope, spec);
    const props = {
      role,
      name,
      // In a fleet, the stack that creates the role does not read the scope.
      scopeId: spec.isOfFleet
        ? resourceGroupIdOf(this, resourceGroup, subscriptionId)
        : resourceGroupIdOfResource(scopeId()),
      _seed: customRoleSeed(role, scope, spec),
    };
    if (!this.isOfFleet && !makesCustomRole(grant, spec)) {
      return CustomRole._fromSeed(this, key, props);
    }
    const made = new CustomRole(this, key, props);
    // The subscription of the stacks may have been written out at the resource.
    if (scope.reference?.needsLookup && spec.subscriptionId !== undefined) {
      formerly(made, customRoleKey(grant, spec, spec.subscriptionId));
    }
    return made;
  }
}

function customRoleKeys(rows: readonly Placed[]): string[] {
  return [
    ...new Set(
      rows
        .filter(({ grant }) => grant.role.key !== undefined)
        .map((row) => customRoleKey(row.grant, row.spec)),
    ),
  ];
}
