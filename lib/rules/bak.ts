// HAKS-BAK: AKS Backup. Pure.
import { isSameName } from "../spec/naming";
import { OutboundType } from "../spec/egress";
import { OperatingSystem } from "../spec/nodes";
import { ResolvedSpec } from "../spec/resolved-spec";
import { groupsOf } from "./own-groups";
import { Rule } from "./rule";

const BACKUP = "https://learn.microsoft.com/azure/backup";
const CONCEPT = `${BACKUP}/azure-kubernetes-service-cluster-backup-concept`;
const MATRIX = `${BACKUP}/azure-kubernetes-service-cluster-backup-support-matrix`;

const VAULT = "backup.vault";
const STORAGE = "backup.storageAccount";

/** Sizes of Arm64 machines have a p after the number of processors. */
const ARM64 = /^Standard_[A-Z]+\d+(-\d+)?p/i;

/** The rules about AKS Backup. */
export const BAK_RULES: Rule[] = [
  {
    code: "HAKS-BAK-001",
    title: "The resource group of the snapshots must hold nothing else of the cluster.",
    source: CONCEPT,
    check: ({ spec, references }, report) => {
      const own = groupsOf(spec).find((one) =>
        isInSnapshotGroup({ ...one, resourceGroup: one.name }, spec),
      );
      if (own) {
        report(
          "backup.snapshotResourceGroup",
          `The control plane identity would be Contributor on the resource group "${own.name}" of the cluster or its identities, with all that is in it.`,
          "Use a resource group for the snapshots alone.",
          own.path,
        );
      }
      for (const { path, field, reference } of references) {
        if (isInSnapshotGroup(reference, spec) && field !== VAULT && field !== STORAGE) {
          report(
            "backup.snapshotResourceGroup",
            `The control plane identity would be Contributor on the resource group of "${reference.name}", and could change and delete it.`,
            "Use a resource group for the snapshots alone.",
            path,
          );
        }
      }
    },
  },
  {
    code: "HAKS-BAK-002",
    severity: "warning",
    title:
      "The vault and the storage account should not be in the resource group of the snapshots.",
    source: CONCEPT,
    check: ({ spec, references }, report) => {
      for (const { path, field, reference } of references) {
        if (isInSnapshotGroup(reference, spec) && (field === VAULT || field === STORAGE)) {
          report(
            path,
            `"${reference.name}" is in the resource group of the snapshots, in which the control plane identity is Contributor, and could delete the backups.`,
            "Use another resource group for it.",
            "backup.snapshotResourceGroup",
          );
        }
      }
    },
  },
  {
    code: "HAKS-BAK-003",
    title:
      "The resource groups of the vault and of the storage account of the backups must be known.",
    check: ({ spec: { backup } }, report) => {
      for (const field of ["vault", "storageAccount"] as const) {
        const { name = "", resourceGroup = "" } = backup?.[field] ?? {};
        if (backup && resourceGroup === "") {
          report(
            `backup.${field}`,
            `Only Terraform knows the resource group of "${name}", and the settings of the extension and the access request need it before.`,
            "Give its name and resourceGroup, or its whole id.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-BAK-004",
    title: "A network-isolated cluster must not have AKS Backup.",
    source: MATRIX,
    check: ({ spec: { backup, network } }, report) => {
      if (backup && network.egress.outboundType === OutboundType.NONE) {
        report(
          "backup",
          "AKS Backup does not support network-isolated clusters.",
          "Use egress through a firewall, or another backup.",
          "network.egress",
        );
      }
    },
  },
  {
    code: "HAKS-BAK-005",
    severity: "warning",
    title: "A cluster with AKS Backup should have Linux nodes that are not Arm64.",
    source: MATRIX,
    check: ({ spec, pools }, report) => {
      const isSupported = ({ vmSize, os }: (typeof pools)[number]) =>
        os !== OperatingSystem.WINDOWS && !ARM64.test(vmSize);
      if (spec.backup && !pools.some(isSupported)) {
        report(
          "backup",
          "The backup extension runs only on Linux nodes that are not Arm64, and no pool has them.",
          "Add such a pool, or use another backup.",
          "nodePools",
        );
      }
    },
  },
];

/** Whether a resource is in the resource group of the snapshots. */
function isInSnapshotGroup(
  reference: { readonly resourceGroup?: string; readonly subscriptionId?: string },
  { backup, subscriptionId: own }: ResolvedSpec,
): boolean {
  const { resourceGroup = "", subscriptionId = own } = reference;
  return (
    backup !== undefined &&
    isSameName(resourceGroup, backup.snapshotResourceGroup) &&
    (own === undefined || subscriptionId === own)
  );
}
