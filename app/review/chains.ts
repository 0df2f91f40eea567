// The steps behind an effective right: who acts as whom, by which grants. Pure.
import { EffectiveRight, ReviewedGrant } from "../../lib/review/access-review";
import { distinct } from "./text";
import { isIdentity } from "./words";

/** A step from somebody to an identity that it can act as although no grant says so: it owns the identity. */
export interface OwnedStep {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** The steps of effective rights. */
export interface Chains {
  /** Addresses of the grants behind a right, and keys of its owned steps. */
  readonly behind: (right: EffectiveRight) => string[];
  /** The owned steps of rights. */
  readonly owned: (rights: EffectiveRight[]) => OwnedStep[];
}

/** Finds the steps of rights among grants. */
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
