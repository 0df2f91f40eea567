// Fills in the defaults of Flux, and the ids of AKS Backup. Pure.
import type { BackupSpec } from "./backup";
import {
  backupDefaults,
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

/** Returns AKS Backup with its defaults. */
export function filledBackup(given: BackupSpec) {
  const { vaultPrincipalId, extensionPrincipalId, ...rest } = filled(given, backupDefaults);
  return {
    ...rest,
    vaultPrincipalId: vaultPrincipalId && canonicalGuid(vaultPrincipalId),
    extensionPrincipalId: extensionPrincipalId && canonicalGuid(extensionPrincipalId),
  };
}
