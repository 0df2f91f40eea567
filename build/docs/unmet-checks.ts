// The checks of scanners that a private cluster in somebody else's network cannot satisfy, or that contradict each other.

/** A check that is not satisfied, and why. */
export interface UnmetCheck {
  readonly checks: string;
  readonly reason: string;
}

/** Every check that is known and not satisfied. */
export const UNMET_CHECKS: readonly UnmetCheck[] = [
  {
    checks: "PSRule Azure.AKS.AuthorizedIPs",
    reason:
      "AKS does not take authorized ranges for a private cluster; the other scanners exempt it.",
  },
  {
    checks: "KICS f5342045, PSRule Azure.AKS.NetworkPolicy",
    reason:
      "They know azure and calico alone. The data plane azure with Calico satisfies all tools; Cilium is what Microsoft recommends, and the default.",
  },
  {
    checks: "Policy 28257686 (SSH), Policy 42781ec6 (ARM tokens of registries)",
    reason: "azurerm 4.55 has no attribute for it.",
  },
  {
    checks: "CKV_AZURE_170, PSRule Azure.AKS.UptimeSLA with longTermSupport",
    reason: "Long-term support comes with the tier Premium, and both know Standard alone.",
  },
  {
    checks: "PSRule Azure.AKS.Version with upgrades.channel patch and no kubernetesVersion",
    reason:
      "It wants the channel stable or rapid, or a version. The default is stable, or patch with a version.",
  },
  {
    checks: "AZU-0041 with apiServer.type public, on Terraform JSON",
    reason:
      "trivy does not see blocks in Terraform JSON; it finds the ranges in the plan (terraform show -json).",
  },
  {
    checks: "PSRule Azure.RBAC.UseRGDelegation",
    reason:
      "It forbids role assignments on single resources, which is what least privilege is made of.",
  },
  {
    checks: "Policy dbbdc317, CIS 5.3.1 (KMS)",
    reason:
      "Satisfied where the description has `kms`; a key vault is the identity team's decision.",
  },
  {
    checks: "Policy c7f49635 (fleet), fda9cd0b and 0b0434ec (backup)",
    reason: "They are about other resources around the cluster.",
  },
  {
    checks: "Policy c5110b6e (CSI drivers)",
    reason: "The drivers are on by default, and azurerm never reads their settings back.",
  },
  {
    checks: "CKV_AZURE_8, KICS 61c3cb8b, 5c822443",
    reason: "Dead: they look for attributes that azurerm 4 does not have, and always pass.",
  },
  {
    checks: "PSRule Azure.AKS.CNISubnetSize, Azure Policy fb893a29 and 17f4b1cc",
    reason: "They look at live resources, not at a configuration.",
  },
  {
    checks: "PSRule Azure.AKS.AuditLogs against Azure.AKS.AuditAdmin",
    reason: "kube-audit-admin with guard satisfies both; kube-audit satisfies one.",
  },
];
