// Under which names a state may already hold the role assignments of a team. Pure.
import { PlannedGrant } from "./planned-grant";

/** What a state may hold of a role assignment. */
export interface StateHistory {
  /** The names that it may have there, the oldest first. */
  readonly formerAddresses: readonly string[];
  /**
   * Whether it may have been made with another role. Azure then has to know the new one before the old one goes; an
   * assignment of the same role it would refuse.
   */
  readonly mayReplace: boolean;
}

/** Returns the history of each row. A name is passed on once, since Terraform moves a resource to one address. */
export function stateHistory(rows: readonly PlannedGrant[]): Map<PlannedGrant, StateHistory> {
  const taken = new Set<string>();
  return new Map(
    // What is kept is what the state holds: it comes first.
    [...rows]
      .sort((a, b) => Number(b.kept) - Number(a.kept))
      .map((row) => {
        const formerAddresses = row._formerAddresses.filter((address) => !taken.has(address));
        formerAddresses.forEach((address) => taken.add(address));
        return [row, { formerAddresses, mayReplace: mayReplace(row) }];
      }),
  );
}

// A custom role may become another definition under the same key. With a condition, the role may be the same one.
function mayReplace({ _alternatives, role, condition }: PlannedGrant): boolean {
  return _alternatives.length > 0 || (role.key !== undefined && condition === undefined);
}
