// Every principal of Entra ID in a description, and where it stands. Pure.
import { BACKUP_EXTENSION } from "../spec/backup";
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";

/** A principal in a description. */
export interface PlacedPrincipal {
  readonly path: string;
  readonly principal: Principal;
}

/** Every principal that the description grants something to. */
export function principals({ access, permissions, backup }: ResolvedSpec): PlacedPrincipal[] {
  const ofBackup = (path: string, name: string, objectId: string | undefined) => ({
    path: `backup.${path}`,
    principal: Principal.servicePrincipal(name, objectId),
  });
  return [
    ...(backup ? [ofBackup("vaultPrincipalId", backup.vault.name, backup.vaultPrincipalId)] : []),
    ...(backup?.extensionPrincipalId === undefined
      ? []
      : [ofBackup("extensionPrincipalId", BACKUP_EXTENSION, backup.extensionPrincipalId)]),
    ...access.deployers.map((principal, at) => ({ path: `access.deployers.${at}`, principal })),
    ...access.kubernetes.map(({ principal }, at) => ({
      path: `access.kubernetes.${at}`,
      principal,
    })),
    ...permissions.additionalGrants.flatMap(({ principal: { principal } }, index) =>
      principal ? [{ path: `permissions.additionalGrants.${index}.principal`, principal }] : [],
    ),
  ];
}
