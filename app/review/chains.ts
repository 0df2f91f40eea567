// Finds the steps behind an effective right: which principal acts as which identity, by which grants. Pure.
import { ActingWay } from "../../lib/access/becoming";
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { distinct, groupBy } from "./text";
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

/** A principal, with the identities that it can act as. */
export interface Actor {
  readonly principal: string;
  readonly identities: string[];
  /** Whether it can also act as any workload in Kubernetes. */
  readonly runsPods: boolean;
}

/** Returns the principals that can act as an identity, by one step or several. */
export function actors({ actingSteps = [], effectiveRights }: AccessReviewDocument): Actor[] {
  const steps = [
    ...actingSteps,
    ...effectiveRights.flatMap(({ principal, via }) =>
      via.map((identity) => ({ principal, identity, by: undefined })),
    ),
  ];
  return [...groupBy(steps, ({ principal }) => principal)].map(([principal, all]) => ({
    principal,
    identities: distinct(all.map(({ identity }) => identity)),
    runsPods: all.some(({ by }) => by === ActingWay.PODS),
  }));
}
