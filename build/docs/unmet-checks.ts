// The checks of scanners that a private cluster in the network of another team cannot satisfy, or that contradict each other.

/** A check that is not satisfied, and why. */
export interface UnmetCheck {
  readonly checks: string;
  readonly reason: string;
}

/** Every check that is known and not satisfied. */
export const UNMET_CHECKS: readonly UnmetCheck[] = [
  {
    checks: "CKV_AZURE_117 with diskEncryption.type platformManaged, as in the lab",
    reason: "The check requires a disk encryption set. Describe one to satisfy it.",
  },
  {
    checks: "PSRule Azure.AKS.DefenderProfile with monitoring.defender.type policy or off",
    reason: "The attribute is not in the configuration: a policy sets it, or nothing does.",
  },
  {
    checks:
      "PSRule Azure.AKS.AuditLogs, Azure.AKS.PlatformLogs, KICS 50f32d3c with empty monitoring.logCategories",
    reason: "The diagnostic setting is not in the configuration: a policy creates it.",
  },
  {
    checks: "PSRule Azure.AKS.AuthorizedIPs",
    reason:
      "AKS does not support authorized ranges for a private cluster; the other scanners exempt it.",
  },
  {
    checks: "KICS f5342045, PSRule Azure.AKS.NetworkPolicy",
    reason:
      "These checks accept only azure and calico. The data plane azure with Calico satisfies all tools; Microsoft recommends Cilium, which is the default.",
  },
  {
    checks: "Policy 28257686 (SSH), Policy 42781ec6 (ARM tokens of registries)",
    reason: "azurerm 4.55 has no attributes for them.",
  },
  {
    checks: "CKV_AZURE_170, PSRule Azure.AKS.UptimeSLA with longTermSupport",
    reason: "Long-term support requires the Premium tier, and both accept only Standard.",
  },
  {
    checks: "PSRule Azure.AKS.Version with upgrades.channel patch and no kubernetesVersion",
    reason:
      "The check requires the channel stable or rapid, or a version. The default is stable, or patch with a version.",
  },
  {
    checks: "AZU-0041 with apiServer.type public, on Terraform JSON",
    reason:
      "trivy does not see blocks in Terraform JSON; it finds the ranges in the plan (terraform show -json).",
  },
  {
    checks: "PSRule Azure.RBAC.UseRGDelegation",
    reason:
      "The check forbids role assignments on single resources, which least privilege requires.",
  },
  {
    checks: "Policy dbbdc317, CIS 5.3.1 (KMS)",
    reason: "Satisfied if the description has `kms`; the identity team decides about a key vault.",
  },
  {
    checks: "Policy c7f49635 (fleet)",
    reason:
      "Satisfied if the description has `fleetManager`: the member is a resource beside the cluster.",
  },
  {
    checks: "Policy fda9cd0b and 0b0434ec (backup)",
    reason: "The checks are about other resources around the cluster.",
  },
  {
    checks: "Policy c5110b6e (CSI drivers)",
    reason: "The drivers are on by default, and azurerm never reads their settings.",
  },
  {
    checks: "CKV_AZURE_8, KICS 61c3cb8b, 5c822443",
    reason:
      "Obsolete: the checks look for attributes that azurerm 4 does not have, and always pass.",
  },
  {
    checks: "PSRule Azure.AKS.CNISubnetSize, Azure Policy fb893a29 and 17f4b1cc",
    reason: "The checks need live resources, and not a configuration.",
  },
  {
    checks: "PSRule Azure.AKS.AuditLogs against Azure.AKS.AuditAdmin",
    reason: "kube-audit-admin with guard satisfies both; kube-audit satisfies one.",
  },
];
