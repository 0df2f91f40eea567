// Reasons to stop and look before the next step of a move. Pure.
import { subscriptionIn } from "../discover/exports";
import { identitiesOf } from "../discover/identities";
import { widePulls } from "../discover/wide-pulls";
import { listed } from "../review/text";
import { isGrantedTo, madeKubeletPulls, seenSubscriptions, unknownPrincipal } from "./evidence";
import { clientIdOf } from "./old-grants";
import { MovePlan, World, isInPlace, isTarget, pullGrants } from "./plan";
import { MADE_CANNOT_PULL } from "./steps";
import { switchesOf, tokensEnd } from "./waits";

/** Returns reasons to stop and look before the next step, each in one or two sentences. */
export function doubtsOf(world: World, plan: MovePlan): string[] {
  const { exports } = world;
  const { cluster, assignments } = exports;
  const { controlPlane } = identitiesOf(exports);
  const state = cluster.text("provisioningState") ?? "Succeeded";
  const hasMoved = isTarget(controlPlane, plan.controlPlane);
  const seen = ["", ...seenSubscriptions(exports)];
  const lost = plan.start.assignments.filter(
    (id) =>
      assignments && seen.includes(subscriptionIn(id)) && !assignments.some((one) => one.id === id),
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
    ...(needsOldGrants(world, plan) && lost.length > 0
      ? [
          `Of the role assignments of the first exports, ${lost.length} no longer ${lost.length === 1 ? "exists" : "exist"}, and the cluster may still work with ${lost.length === 1 ? "it" : "them"}: ${lost.join(", ")}. Create ${lost.length === 1 ? "it" : "them"} again, as long as the principal exists.`,
        ]
      : []),
    ...(ends === undefined
      ? []
      : [
          `The secret of ${controlPlane.name} ends on ${ends}. If that has passed, az aks update-credentials resets it first, which also upgrades the node images.`,
        ]),
    ...(controlPlane.kind === "servicePrincipal" ? [unknownPrincipal(plan) ?? []].flat() : []),
    ...madeKubeletDoubts(world, plan),
    ...widePullDoubts(world, plan),
    ...formerPrincipalDoubts(world, plan),
  ];
}

/** Whether the cluster works with the identities of the start, or tokens of them may still be in use. */
function needsOldGrants({ exports, now }: World, plan: MovePlan): boolean {
  const switches = switchesOf(plan);
  const end = tokensEnd(plan, switches);
  return isInPlace(plan)
    ? switches.length > 0 && (end === undefined || now < end)
    : !isTarget(identitiesOf(exports).controlPlane, plan.controlPlane);
}

/** The nodes pull by a right that is wider than those of the description: it goes with their identity. */
function widePullDoubts({ exports }: World, plan: MovePlan): string[] {
  const { start, kubelet } = plan;
  if (isTarget(start.kubelet, kubelet) || isTarget(identitiesOf(exports).kubelet, kubelet)) {
    return [];
  }
  const wide = widePulls(exports, start.kubelet).map(
    ({ role, scope }) => `${role.name} on ${scope}`,
  );
  const named = pullGrants(plan).map(({ scope }) => scope.name);
  return wide.length === 0
    ? []
    : [
        `${start.kubelet.name} can pull from all registries in a scope: it has ${listed(wide)}. ${kubelet.name} can pull from ${named.length === 0 ? "no registry" : `${listed(named)} alone`}. Before the nodes change, add all registries that they pull from to the description.`,
      ];
}

/** A move that begins when the service principal is gone from the cluster knows neither its role assignments nor its application. */
function formerPrincipalDoubts({ exports }: World, plan: MovePlan): string[] {
  const { applications, assignments } = exports;
  if (clientIdOf(plan) !== "" || !isInPlace(plan)) {
    return [];
  }
  const { kubelet } = identitiesOf(exports);
  const missing = pullGrants(plan).filter(
    (row) => assignments && !isGrantedTo(kubelet.principalId ?? "", row, exports, plan),
  );
  const cannotPull =
    kubelet.kind === "madeByAks" && missing.length > 0 && widePulls(exports, kubelet).length === 0;
  const left = applications.find(
    ({ principalId, deleted }) => principalId === undefined && !deleted,
  );
  const signs = [
    ...(cannotPull
      ? [
          `The exports show no right of ${kubelet.name} to pull from ${listed(missing.map(({ scope }) => scope.name))}. Without it, nodes that are new, or that get a new image, cannot pull from there until the step kubelet: grant it until then.`,
        ]
      : []),
    ...(left ? [`The exports have the application ${left.name}.`] : []),
  ];
  return signs.length === 0
    ? []
    : [
        `${signs.join(" ")} If the cluster had a service principal before the first exports, this move does not know it. Nodes work with it until they get a new image: leave its application and its role assignments until each pool has one, and then delete them by hand.`,
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
