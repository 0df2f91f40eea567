// The features of a cluster that need rights: one row for each, and everything that a description needs. Pure.
import { ResolvedSpec } from "../spec/resolved-spec";
import { ADD_ON_FEATURES } from "./add-on-features";
import { BACKUP_FEATURES } from "./backup-features";
import { Feature, Need, needsOf } from "./feature";
import { GATEWAY_FEATURES } from "./gateway-features";
import { kubernetesNeeds } from "./kubernetes-access";
import { NETWORK_FEATURES } from "./network-features";
import { RESOURCE_FEATURES } from "./resource-features";

/** Every feature. */
export const FEATURES: readonly Feature[] = [
  ...NETWORK_FEATURES,
  ...RESOURCE_FEATURES,
  ...ADD_ON_FEATURES,
  ...GATEWAY_FEATURES,
  ...BACKUP_FEATURES,
];

/** Everything that the features of a description need, and that people need in Kubernetes. */
export function allNeeds(spec: ResolvedSpec): Need[] {
  return [...FEATURES.flatMap((feature) => needsOf(feature, spec)), ...kubernetesNeeds(spec)];
}

/** Returns the add-ons of a description whose identities get rights. */
export function addOnsWithRights(spec: ResolvedSpec): string[] {
  const names = FEATURES.flatMap(({ addOn, on }) =>
    addOn && on(spec).length > 0 ? [addOn.identity] : [],
  );
  return [...new Set(names)];
}
