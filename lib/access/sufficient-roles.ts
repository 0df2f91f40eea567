// Which roles give what a row of the grant plan needs: the planned one, and every wider one that is known. Pure.
import { ResolvedSpec } from "../spec/resolved-spec";
import { allows } from "../spec/action-patterns";
import { allowsAction, allowsDataAction } from "./actions";
import { customRoleName, customRoleSeed, isNewRole } from "./names";
import { PlannedGrant, PlannedScope } from "./planned-grant";
import { CATALOGUE, Role } from "../spec/roles";

/** A role whose definition is known without reading it. */
export interface KnownRole {
  /** Its name in Azure. */
  readonly name: string;
  readonly role: Role;
  /** For a custom role of this project: the scope whose resource group, and the text that, its GUID follows from. */
  readonly made?: { readonly scope: PlannedScope; readonly seed: string };
}

/** The needs of a row, separate for resources and for the data in them: different parts of a role meet them. */
export interface Needed {
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

/** Returns the built-in roles of the catalogue and of a plan, and the custom roles that the stacks of the plan make. */
export function knownRoles(grants: PlannedGrant[], spec: ResolvedSpec): KnownRole[] {
  const roles = new Map<string, KnownRole>(
    CATALOGUE.map((role) => [role.name, { name: role.name, role }]),
  );
  for (const { role, scope } of grants) {
    if (role.key === undefined && !roles.has(role.name)) {
      roles.set(role.name, { name: role.name, role });
    }
    if (isNewRole(role, spec)) {
      const name = customRoleName(role, scope, spec);
      roles.set(name, { name, role, made: { scope, seed: customRoleSeed(role, scope, spec) } });
    }
  }
  return [...roles.values()];
}

/** Returns the needs of a row. */
export function neededOf({ needs, role }: PlannedGrant): Needed {
  // A wildcard of the actions of a role may also be about data, for which an action gives nothing.
  const isAction = (need: string) => allows(role.actions, need) && !role.dataActions.includes(need);
  return {
    actions: needs.filter(isAction),
    dataActions: needs.filter((need) => !isAction(need)),
  };
}

/** Whether a role gives all of it. */
export function gives(role: Role, { actions, dataActions }: Needed): boolean {
  return (
    actions.every((need) => allowsAction(role, need)) &&
    dataActions.every((need) => allowsDataAction(role, need))
  );
}

/** Returns the operations that known roles allow of those that rows need, by the name of the role. */
export function operationsByRole(
  kind: keyof Needed,
  grants: readonly PlannedGrant[],
  known: KnownRole[],
): { [role: string]: string[] } {
  const isAllowed = kind === "actions" ? allowsAction : allowsDataAction;
  const needed = new Map(grants.map((grant) => [grant, neededOf(grant)[kind]]));
  const all = [...new Set([...needed.values()].flat())].sort();
  const operationsOf = ({ name, role }: KnownRole): string[] => {
    // The role of a row gives what the row needs.
    const own = grants
      .filter((grant) => role === grant.role || name === grant.role.name)
      .flatMap((grant) => needed.get(grant) ?? []);
    return all.filter((operation) => own.includes(operation) || isAllowed(role, operation));
  };
  return Object.fromEntries(
    known
      .map((one) => [one.name, operationsOf(one)] as const)
      .filter(([, list]) => list.length > 0),
  );
}
