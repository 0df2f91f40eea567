// Kustomizations of Flux that an edit takes away, with everything that they applied. Pure.
import { Json, JsonObject, isObject } from "../handoff/stack-json";

/** The type of the configurations of Flux. */
export const FLUX_CONFIGURATION = "azurerm_kubernetes_flux_configuration";

/** Whether Flux deletes what a kustomization has applied: it is gone or has another path, and had `prune`. */
export function prunes(before: JsonObject, after: JsonObject): boolean {
  const left = kustomizationsOf(after);
  return kustomizationsOf(before).some(
    ({ name, path = null, garbage_collection_enabled: prune }) =>
      prune === true && !left.some((one) => one.name === name && (one.path ?? null) === path),
  );
}

function kustomizationsOf({ kustomizations }: JsonObject): JsonObject[] {
  const list: Json[] = Array.isArray(kustomizations) ? kustomizations : [kustomizations ?? null];
  return list.filter(isObject);
}
