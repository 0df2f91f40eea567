// Cases for the rules about AKS Backup.
import { ClusterSpec, DataPlane, Egress, OperatingSystem, ResourceReference } from "../../lib";
import { SMALL } from "../scenarios";
import type { RuleCase } from "./cluster-rules";

const inGroup = (name: string, resourceGroup: string, subscriptionId?: string) =>
  ResourceReference.byName({ name, resourceGroup, subscriptionId });

/** A description with AKS Backup. */
export const backedUp = (
  more: Partial<NonNullable<ClusterSpec["backup"]>> = {},
  spec: Partial<ClusterSpec> = {},
): ClusterSpec => ({
  ...SMALL,
  ...spec,
  backup: {
    vault: inGroup("small-vault", "backup-rg"),
    vaultPrincipalId: "55555555-5555-4555-8555-555555555555",
    snapshotResourceGroup: "small-snapshots",
    storageAccount: inGroup("smallbackups", "backup-rg"),
    blobContainer: "small",
    ...more,
  },
});

const [apps] = SMALL.nodePools.user;
const WINDOWS = { name: "win", os: OperatingSystem.WINDOWS };
const ARM64 = { vmSize: "Standard_D4pds_v5" };
const armWith = (...user: object[]): Partial<ClusterSpec> => ({
  nodePools: {
    system: { ...SMALL.nodePools.system, ...ARM64 },
    user: [{ ...apps!, ...ARM64 }, ...user.map((one) => ({ ...apps!, ...one }))],
  },
});
const withWindows: Partial<ClusterSpec> = {
  nodePools: {
    ...SMALL.nodePools,
    user: [apps!, { ...apps!, ...WINDOWS }],
  },
  network: { ...SMALL.network, dataPlane: DataPlane.AZURE },
};
const GROUP = "backup.snapshotResourceGroup";
const OTHER = "44444444-4444-4444-8444-444444444444";

/** The cases. */
export const BACKUP_CASES: RuleCase[] = [
  // The groups of the cluster, of its nodes, of its identities and of its network.
  ...["cluster-rg", "MC_cluster-rg_small_westeurope", "IDENTITY-rg", "network-rg"].map(
    (snapshotResourceGroup): RuleCase => [
      "HAKS-BAK-001",
      backedUp({ snapshotResourceGroup }),
      GROUP,
      backedUp(),
    ],
  ),
  [
    "HAKS-BAK-001",
    backedUp({}, { registries: [{ registry: inGroup("smallregistry", "small-snapshots") }] }),
    GROUP,
    // A group of this name in another subscription is another one.
    backedUp(
      {},
      {
        subscriptionId: "11111111-1111-4111-8111-111111111111",
        registries: [{ registry: inGroup("smallregistry", "small-snapshots", OTHER) }],
      },
    ),
  ],
  [
    "HAKS-BAK-001",
    backedUp(
      {},
      {
        identities: {
          kubelet: { name: "shared", resourceGroup: "small-snapshots", existing: true },
        },
      },
    ),
    GROUP,
    backedUp(
      {},
      { identities: { kubelet: { name: "shared", resourceGroup: "shared-rg", existing: true } } },
    ),
  ],
  ...(["vault", "storageAccount"] as const).map((field): RuleCase => [
    "HAKS-BAK-002",
    backedUp({ [field]: inGroup("smallbackups", "Small-snapshots") }),
    `backup.${field}`,
    backedUp({ [field]: inGroup("smallbackups", "other-rg") }),
  ]),
  ...(["vault", "storageAccount"] as const).map((field): RuleCase => [
    "HAKS-BAK-003",
    backedUp({ [field]: ResourceReference.byId("${var.resource}", "smallbackups") }),
    `backup.${field}`,
    backedUp(),
  ]),
  [
    "HAKS-BAK-004",
    backedUp(
      {},
      { network: { ...SMALL.network, egress: Egress.none(inGroup("smallcache", "cache-rg")) } },
    ),
    "backup",
    {
      ...SMALL,
      network: { ...SMALL.network, egress: Egress.none(inGroup("smallcache", "cache-rg")) },
    },
  ],
  [
    "HAKS-BAK-005",
    backedUp({}, armWith()),
    "backup",
    // One such pool is enough.
    backedUp({}, armWith({ name: "amd", vmSize: "Standard_D4ads_v5" })),
  ],
  [
    "HAKS-BAK-005",
    backedUp({}, { ...withWindows, ...armWith(WINDOWS) }),
    "backup",
    backedUp({}, withWindows),
  ],
  // Each is one finding.
  ...(["vaultPrincipalId", "extensionPrincipalId"] as const).map((field): RuleCase => [
    "HAKS-NAME-003",
    backedUp({ [field]: "vault" }),
    `backup.${field}`,
    backedUp(),
  ]),
  [
    "HAKS-NAME-005",
    backedUp({ extensionPrincipalId: "55555555-5555-4555-8555-555555555555" }),
    "backup.extensionPrincipalId",
    backedUp({ extensionPrincipalId: "66666666-6666-4666-8666-666666666666" }),
  ],
  [
    "HAKS-NAME-001",
    backedUp({ blobContainer: "Small--backups" }),
    "backup.blobContainer",
    backedUp({ blobContainer: "small-backups" }),
  ],
  [
    "HAKS-NAME-001",
    backedUp({ storageAccount: inGroup("small-backups", "backup-rg") }),
    "backup.storageAccount.name",
    backedUp({ storageAccount: inGroup("smallbackups2", "backup-rg") }),
  ],
  [
    "HAKS-NAME-001",
    backedUp({ snapshotResourceGroup: "small." }),
    GROUP,
    backedUp({ snapshotResourceGroup: "small.snapshots" }),
  ],
];
