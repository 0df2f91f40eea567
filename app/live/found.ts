// Role assignments that were found: as they are shown, and compared with the plan. Pure.
import { operationsOf } from "../../lib/access/effective-rights";
import { removal } from "./corrections";
import { Holding } from "./live-exports";
import { FoundRight, LiveRow } from "./live-review";
import { Held, Planned, World } from "./world";

/** How a planned right compares, with the role assignments that were found for it. */
export type Judgement = Pick<LiveRow, "status" | "message" | "commands"> & {
  readonly found?: readonly Held[];
  readonly settled?: readonly Holding[];
};

/** Returns a role assignment that was found, as it is shown. */
export function foundRight({ holding, group }: Held, world: World): FoundRight {
  const { id, scope, condition, isEligible } = holding;
  return {
    role: roleName(holding, world),
    scope,
    condition,
    id,
    isEligible: isEligible || undefined,
    group,
  };
}

/** Returns the name of the role of an assignment; its GUID if no export has the name. */
export function roleName(holding: Holding, { roleOf }: World): string {
  const { name, guid } = holding.role;
  return name || (roleOf(holding)?.name ?? guid);
}

/** Returns the operations of a role assignment on the scope of a row that the row does not give. */
export function extraOperations(holding: Holding, planned: Planned, world: World): string[] {
  const role = world.roleOf(holding);
  const operations = role ? operationsOf({ role, scope: planned.grant.scope }) : [];
  return operations.filter((one) => !planned.operations.includes(one));
}

/** Returns the operation that tells most of a list: one that changes the resource itself, if there is one. */
export function telling(operations: readonly string[]): string {
  const rank = (operation: string) => (operation.endsWith("/write") ? 0 : 1000) + operation.length;
  return [...operations].sort((a, b) => rank(a) - rank(b))[0] ?? "";
}

/** Returns the commands that take role assignments away. */
export function removals(held: Held[], member: string, world: World): string[] {
  return held.map((one) => removal(foundRight(one, world), one.holding, member));
}

/** Whether two ids are of one scope. */
export function isSameScope(a: string, b: string): boolean {
  return a.replace(/\/$/, "").toLowerCase() === b.replace(/\/$/, "").toLowerCase();
}
