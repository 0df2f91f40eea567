// How far a move is: a state machine over exports. Pure.
import { MovePlan, World } from "./plan";
import { Step } from "./step";
import { stepsOf } from "./steps";

/**
 * Returns the steps with their states. A step is next once everything before it is done, and done once the exports show
 * it. No step counts because a later one is done.
 */
export function stateOf(world: World, plan: MovePlan): Step[] {
  // Steps that are done with all before them.
  const complete = new Set<string>();
  return stepsOf(plan, world).map(({ check, ...step }) => {
    const isReady = step.after.every((id) => complete.has(id));
    const { done, text } = check(world, plan);
    const isDone = done && (isReady || step.isAbsence !== true);
    if (isDone && isReady) {
      complete.add(step.id);
    }
    return { ...step, state: isDone ? "done" : isReady ? "next" : "later", evidence: text };
  });
}

/** Whether nothing is left to do. */
export function isComplete(steps: readonly Step[]): boolean {
  return steps.every(({ state }) => state === "done");
}
