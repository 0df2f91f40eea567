// Keeps facts of the exports that later exports no longer have. Pure.
import { isSameName } from "../../lib/spec/naming";
import { Exports } from "../discover/exports";
import { KubeletIdentity, identitiesOf } from "../discover/identities";
import { Check, controlPlaneMoved, imagesMoved, kubeletMoved } from "./evidence";
import { MovePlan, World, imagesOf } from "./plan";
import { SwitchStep } from "./waits";

const CHECKS: { readonly [step in SwitchStep]: Check } = {
  "control-plane": controlPlaneMoved,
  "node-images": imagesMoved,
  kubelet: kubeletMoved,
};

/**
 * Returns the plan with what these exports add: the node images as long as the cluster has a service principal, the
 * kubelet identity that AKS makes afterwards, and when each switch was first seen. A switch that is undone is forgotten.
 */
export function remember(plan: MovePlan, world: World): MovePlan {
  const { exports, now } = world;
  const made = plan.made ?? (plan.way === "service-principal" ? madeKubelet(exports) : undefined);
  const hasPrincipal = identitiesOf(exports).controlPlane.kind === "servicePrincipal";
  const images = hasPrincipal && !made ? imagesOf(exports) : plan.start.images;
  const known: MovePlan = { ...plan, made, start: { ...plan.start, images } };
  const seen = Object.entries(CHECKS).flatMap(([step, check]) =>
    check(world, known).done ? [[step, plan.seen[step] ?? now.toISOString()]] : [],
  );
  return { ...known, seen: Object.fromEntries(seen) as MovePlan["seen"] };
}

/** Returns the kubelet identity that AKS made, whether the nodes still have it or not. */
function madeKubelet(exports: Exports): KubeletIdentity | undefined {
  const { kubelet } = identitiesOf(exports);
  if (kubelet.kind === "madeByAks") {
    return kubelet;
  }
  const { cluster, identities, place } = exports;
  const path = `/resourceGroups/${cluster.text("nodeResourceGroup") ?? ""}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/`;
  const name = madeName(place.name);
  const found = identities.find(({ id }) =>
    isSameName(id, `/subscriptions/${place.subscriptionId}${path}${name}`),
  );
  return found && { ...found, kind: "madeByAks", name };
}

/** Returns the name that AKS gives it. @see https://learn.microsoft.com/azure/aks/managed-identity-overview */
export function madeName(cluster: string): string {
  return `${cluster}-agentpool`;
}
