// Every principal of Entra ID in a description, and where it stands. Pure.
import { BACKUP_EXTENSION } from "../spec/backup";
import { Principal } from "../spec/principal";
import { ResolvedBackup, ResolvedSpec } from "../spec/resolved-spec";

/** A principal in a description. */
export interface PlacedPrincipal {
  readonly path: string;
  /** Where its name stands; by default the field `name` at the path. */
  readonly namePath?: string;
  /** Where its object id stands; by default the field `objectId` at the path. */
  readonly idPath?: string;
  readonly principal: Principal;
}

/** Every principal that the description grants something to. */
export function principals({ access, permissions, backup }: ResolvedSpec): PlacedPrincipal[] {
  return [
    ...(backup ? backupPrincipals(backup) : []),
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

function backupPrincipals(backup: ResolvedBackup): PlacedPrincipal[] {
  const { vault, vaultPrincipalId, extensionPrincipalId } = backup;
  const placed = (path: string, namePath: string, name: string, objectId?: string) => ({
    path,
    namePath,
    idPath: path,
    principal: Principal.servicePrincipal(name, objectId),
  });
  const path = "backup.extensionPrincipalId";
  return [
    placed("backup.vaultPrincipalId", "backup.vault.name", vault.name, vaultPrincipalId),
    // Without an id, it is not known before there is a cluster.
    ...(extensionPrincipalId === undefined
      ? []
      : [placed(path, path, BACKUP_EXTENSION, extensionPrincipalId)]),
  ];
}
