// The document of a move, for tools and for the next run. Pure.
import { doubtsOf } from "./doubts";
import { Memory, MovePlan, World } from "./plan";
import { Step } from "./step";
import { isComplete, stateOf } from "./state";

/** Version of the form of documents. */
export const MOVE_VERSION = 1;

/** A move: how far it is, and what later runs must know of its start. */
export interface MoveDocument extends Memory {
  readonly version: number;
  /** Resource id of the cluster. */
  readonly cluster: string;
  readonly controlPlane: string;
  readonly kubelet: string;
  readonly complete: boolean;
  /** Ids of the steps that can be done now. */
  readonly next: string[];
  /** Reasons to stop and look. */
  readonly doubts: string[];
  readonly steps: Step[];
}

/** Returns the document. */
export function documentOf(world: World, plan: MovePlan): MoveDocument {
  const steps = stateOf(world, plan);
  const { way, start, confirmed, made, seen, cluster, controlPlane, kubelet } = plan;
  return {
    version: MOVE_VERSION,
    cluster: cluster.id,
    way,
    controlPlane: controlPlane.id,
    kubelet: kubelet.id,
    complete: isComplete(steps),
    next: steps.filter(({ state }) => state === "next").map(({ id }) => id),
    doubts: doubtsOf(world, plan),
    steps,
    confirmed,
    start,
    made,
    seen,
  };
}
