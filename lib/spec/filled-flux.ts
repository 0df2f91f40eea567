// Fills in the defaults of Flux. Pure.
import {
  fluxConfigurationDefaults,
  fluxDefaults,
  fluxKustomizationDefaults,
  fluxRepositoryDefaults,
} from "./defaults";
import { filled } from "./filled";
import type { FluxSpec } from "./flux";
import { canonicalGuid } from "./resource-id";

/** Returns Flux with its defaults. */
export function filledFlux(given: FluxSpec) {
  const { clientId, configurations, ...rest } = filled(given, fluxDefaults);
  return {
    ...rest,
    clientId: clientId && canonicalGuid(clientId),
    configurations: configurations.map((one) => ({
      ...filled(one, fluxConfigurationDefaults),
      repository: filled(one.repository, fluxRepositoryDefaults(one.repository)),
      kustomizations: one.kustomizations.map((path) => filled(path, fluxKustomizationDefaults)),
    })),
  };
}
