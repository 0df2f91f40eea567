// Finds the steps behind an effective right: which principal acts as which identity, by which grants. Pure.
import { EffectiveRight, ReviewedGrant } from "../../lib/review/access-review";
import { distinct } from "./text";
import { isIdentity } from "./words";

/** A step from a principal to an identity that it can act as without a grant, because it owns the identity. */
export interface OwnedStep {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** Steps of effective rights. */
export interface Chains {
  /** Returns the addresses of the grants behind a right, and the keys of its owned steps. */
  readonly behind: (right: EffectiveRight) => string[];
  /** Returns the owned steps of rights. */
  readonly owned: (rights: EffectiveRight[]) => OwnedStep[];
}

/** Returns the steps of rights among grants. */
export function chainsOf(grants: ReviewedGrant[]): Chains {
  const assignments = new Map<string, string[]>();
  for (const { principal, scope, address } of grants) {
    if (isIdentity(scope.kind)) {
      const key = stepKey(principal.name, scope.name);
      assignments.set(key, [...(assignments.get(key) ?? []), address]);
    }
  }
  return {
    behind: (right) => [
      ...stepsOf(right).flatMap(({ key }) => assignments.get(key) ?? [key]),
      right.grant,
    ],
    owned: (rights) => {
      const steps = rights.flatMap(stepsOf).filter(({ key }) => !assignments.has(key));
      return [...new Map(steps.map((step) => [step.key, step])).values()];
    },
  };
}

function stepsOf({ principal, via }: EffectiveRight): OwnedStep[] {
  return distinct(via).map((to, index) => {
    const from = via[index - 1] ?? principal;
    return { key: stepKey(from, to), from, to };
  });
}

function stepKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
