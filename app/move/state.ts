// How far a move is: a state machine over exports. Pure.
import { identitiesOf } from "../discover/identities";
import { count } from "../review/text";
import { madeKubeletPulls } from "./evidence";
import { MovePlan, World, isTarget, pullGrants } from "./plan";
import { Step } from "./step";
import { MADE_CANNOT_PULL, stepsOf } from "./steps";

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

/** Returns reasons to stop and look before the next step, each in one or two sentences. */
export function doubtsOf(world: World, plan: MovePlan): string[] {
  const { exports } = world;
  const { cluster, assignments } = exports;
  const { controlPlane } = identitiesOf(exports);
  const state = cluster.text("provisioningState") ?? "Succeeded";
  const hasMoved = isTarget(controlPlane, plan.controlPlane);
  const lost = plan.start.assignments.filter(
    (id) => assignments && !assignments.some((one) => one.id === id),
  );
  const isOther =
    !hasMoved &&
    plan.way !== "blue-green" &&
    controlPlane.principalId !== plan.start.controlPlane.principalId;
  const ends = controlPlane.secretEnds;
  return [
    ...(state === "Succeeded"
      ? []
      : [`The cluster is in the state ${state}. Wait, or repair it, before you change it.`]),
    ...(isOther
      ? [
          `The control plane works with ${controlPlane.name}, which is neither the identity of the first exports nor that of the description. Begin again in an empty folder.`,
        ]
      : []),
    ...(!hasMoved && lost.length > 0
      ? [
          `${count(lost.length, "role assignment")} of the first exports no longer exist, and the cluster still works with them. Create them again.`,
        ]
      : []),
    ...(ends === undefined
      ? []
      : [
          `The secret of ${controlPlane.name} ends on ${ends}. If that has passed, az aks update-credentials resets it first, which also upgrades the node images.`,
        ]),
    ...madeKubeletDoubts(world, plan),
  ];
}

/** From the switch of the control plane on, new nodes work with a kubelet identity that AKS makes. */
function madeKubeletDoubts(world: World, plan: MovePlan): string[] {
  if (
    plan.way !== "service-principal" ||
    pullGrants(plan).length === 0 ||
    madeKubeletPulls(world, plan).done
  ) {
    return [];
  }
  return identitiesOf(world.exports).controlPlane.kind === "servicePrincipal"
    ? [MADE_CANNOT_PULL]
    : [
        "Nodes that are new, or that get a new image, cannot pull from registries now: AKS has made a kubelet identity without the right. Do the step made-kubelet-pull, and neither scale nor upgrade until it has taken effect, up to 60 minutes later.",
      ];
}
