// AKS Backup: the rights of the control plane, of the Backup vault, and of the extension. Pure.
import { ResourceReference } from "../spec/resource-reference";
import { Feature, LEARN, NOT_LISTED, ROLE_ALONE, at, needs } from "./feature";

const PAGE = `${LEARN}/backup/azure-kubernetes-service-cluster-backup-concept`;
const MANAGE_PAGE = `${LEARN}/backup/azure-kubernetes-service-cluster-manage-backups`;

/** The features of AKS Backup. */
export const BACKUP_FEATURES: readonly Feature[] = (
  [
    {
      name: "AKS Backup snapshots",
      source: PAGE,
      on: ({ backup }) => (backup ? [{ scope: group(backup.snapshotResourceGroup) }] : []),
      controlPlane: needs(
        "snapshots",
        "writes the snapshots of volumes into the resource group.",
        "csiDriver",
        PAGE,
        `${ROLE_ALONE} It is Contributor on the whole resource group, so nothing else must be in it.`,
      ),
      backupVault: needs(
        "snapshotGroupRead",
        "reads the snapshots of volumes in the resource group.",
        "backup",
        PAGE,
        ROLE_ALONE,
      ),
    },
    {
      name: "AKS Backup of the cluster",
      source: PAGE,
      on: ({ backup, name, resourceGroup }) =>
        backup
          ? [
              {
                scope: {
                  kind: "cluster",
                  name,
                  reference: ResourceReference.byName({
                    name,
                    resourceGroup: resourceGroup.name,
                  }),
                },
              },
            ]
          : [],
      backupVault: needs(
        "clusterRead",
        "reads the cluster and its extensions.",
        "backup",
        PAGE,
        ROLE_ALONE,
      ),
    },
    {
      name: "AKS Backup storage",
      source: MANAGE_PAGE,
      on: at(["backup.storageAccount"]),
      addOn: {
        identity: "backup",
        ...needs(
          "backupBlobs",
          "The backup extension writes the backups of Kubernetes objects into the storage account.",
          "storage",
          MANAGE_PAGE,
          `${ROLE_ALONE} It names the storage account, and not the container.`,
        ),
      },
    },
  ] satisfies (Pick<Feature, "name" | "source" | "on" | "addOn" | "backupVault"> &
    Partial<Pick<Feature, "controlPlane">>)[]
).map((feature) => ({
  controlPlane: { none: "The extension and the Backup vault have separate identities." },
  kubelet: { none: "The kubelet identity only pulls images." },
  deployer: NOT_LISTED,
  ...feature,
}));

function group(name: string) {
  const reference = ResourceReference.byName({ name, resourceGroup: name });
  return { kind: "snapshotGroup", name, reference };
}
