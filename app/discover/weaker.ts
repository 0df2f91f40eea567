// The settings of a cluster that are weaker than the hardened defaults: one row for each control. Pure.
import { CONTROLS, Control } from "../../lib/spec/controls";
import { Reading } from "./reading";
import { Source } from "./source";

/** A setting that is weaker than the hardened default. */
export interface WeakSetting {
  /** Attribute in Terraform, or field of the description. */
  readonly setting: string;
  /** The pools that have it; absent for a setting of the cluster. */
  readonly pools?: string[];
  /** Value in the cluster, or a sentence about it. */
  readonly found: string;
  /** Hardened value, or a sentence about the remedy. */
  readonly hardened: string;
  /** The exception that keeps it; absent if the description always hardens it. */
  readonly exception?: string;
  /** Purpose of the hardened value; empty if the rest says it. */
  readonly why: string;
}

/** The field in az of each control, and whether it is as hardened as the default. */
interface ControlRow {
  readonly from: string;
  readonly isHardened: (of: Reading) => boolean;
  /** Whether the description can keep a weaker setting by the exception; by default it can. */
  readonly canKeep?: (cluster: Reading) => boolean;
}

const isOn =
  (path: string) =>
  (of: Reading): boolean =>
    of.flag(path) === true;
const isOff =
  (path: string) =>
  (of: Reading): boolean =>
    of.flag(path) !== true;
const flag = (from: string): ControlRow => ({ from, isHardened: isOn(from) });

const PRIVATE = "apiServerAccessProfile.enablePrivateCluster";
const PUBLIC_FQDN = "apiServerAccessProfile.enablePrivateClusterPublicFqdn";
const ROTATION = "addonProfiles.azureKeyvaultSecretsProvider";

/** A row for each control of the hardened defaults. */
const ROWS: { readonly [attribute: string]: ControlRow } = {
  role_based_access_control_enabled: flag("enableRbac"),
  local_account_disabled: flag("disableLocalAccounts"),
  run_command_enabled: flag("apiServerAccessProfile.disableRunCommand"),
  // AKS gives a private cluster a public name unless it is told not to; a public one has no other.
  private_cluster_public_fqdn_enabled: {
    from: PUBLIC_FQDN,
    isHardened: (of) => of.flag(PRIVATE) !== true || of.flag(PUBLIC_FQDN) === false,
  },
  azure_policy_enabled: flag("addonProfiles.azurepolicy.enabled"),
  sku_tier: {
    from: "sku.tier",
    // "Paid" was the name of Standard until 2023.
    isHardened: (of) => ["Standard", "Premium", "Paid"].includes(of.text("sku.tier") ?? ""),
  },
  oidc_issuer_enabled: flag("oidcIssuerProfile.enabled"),
  workload_identity_enabled: flag("securityProfile.workloadIdentity.enabled"),
  image_cleaner_enabled: flag("securityProfile.imageCleaner.enabled"),
  // Another interval is no weakening; the description sets that of the default.
  image_cleaner_interval_hours: {
    from: "securityProfile.imageCleaner.intervalHours",
    isHardened: () => true,
  },
  key_vault_secrets_provider: flag(`${ROTATION}.enabled`),
  azure_rbac_enabled: {
    ...flag("aadProfile.enableAzureRbac"),
    // Without groups there would be no administrator.
    canKeep: (cluster) => cluster.texts("aadProfile.adminGroupObjectIDs").length > 0,
  },
  host_encryption_enabled: flag("enableEncryptionAtHost"),
  node_public_ip_enabled: { from: "enableNodePublicIp", isHardened: isOff("enableNodePublicIp") },
  os_disk_type: { from: "osDiskType", isHardened: (of) => of.text("osDiskType") === "Ephemeral" },
};

/** Returns the settings that are weaker than the hardened defaults. */
export function weakSettings(source: Source): WeakSetting[] {
  return CONTROLS.flatMap((control) => {
    const row = ROWS[control.attribute];
    if (!row) {
      throw new Error(`The control ${control.attribute} has no row in app/discover/weaker.ts.`);
    }
    const of = control.on === "pool" ? source.exports.pools : [source.cluster];
    // Each is asked, so that its field counts as read.
    const weak = of.map((one) => [one, row.isHardened(one)] as const).filter(([, is]) => !is);
    const [first] = weak;
    return first
      ? [
          weakSetting(
            control,
            row,
            weak.map(([one]) => one),
            source,
          ),
        ]
      : [];
  });
}

function weakSetting(
  { on, attribute, exception, value, why }: Control,
  { from, canKeep = () => true }: ControlRow,
  weak: Reading[],
  { cluster }: Source,
): WeakSetting {
  return {
    setting: attribute,
    ...(on === "pool" && { pools: weak.map((one) => one.text("name") ?? "") }),
    found: `${from}: ${weak[0]?.text(from) ?? "not set"}`,
    hardened: ["string", "number", "boolean"].includes(typeof value) ? `${value as string}` : "on",
    ...(exception && canKeep(cluster) && { exception }),
    why,
  };
}
