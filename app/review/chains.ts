// Finds the steps behind an effective right: which principal acts as which identity, by which grants. Pure.
import { EffectiveRight, ReviewedGrant } from "../../lib/review/access-review";
import { distinct } from "./text";
import { isIdentity } from "./words";

/** Returns a function that returns the addresses of the grants behind a right, and the keys of its steps without a grant. */
export function chainsOf(grants: ReviewedGrant[]): (right: EffectiveRight) => string[] {
  const assignments = new Map<string, string[]>();
  for (const { principal, scope, address } of grants) {
    if (isIdentity(scope.kind)) {
      const key = stepKey(principal.name, scope.name);
      assignments.set(key, [...(assignments.get(key) ?? []), address]);
    }
  }
  return ({ principal, via, grant }) => [
    ...distinct(via).flatMap((to, index) => {
      const key = stepKey(via[index - 1] ?? principal, to);
      return assignments.get(key) ?? [key];
    }),
    grant,
  ];
}

/** Returns the key of a step from a principal to an identity. */
export function stepKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
