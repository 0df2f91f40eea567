// The two identities. Pure.
import { Rule } from "./rule";

const MANAGED_IDENTITY = "https://learn.microsoft.com/azure/aks/managed-identity-overview";

const sameIdentity: Rule = {
  code: "HAKS-ID-001",
  severity: "error",
  title: "Control plane and kubelet have different identities.",
  source: MANAGED_IDENTITY,
  check: ({ identities: { controlPlane, kubelet } }) => {
    const same =
      controlPlane.name.toLowerCase() === kubelet.name.toLowerCase() ||
      (controlPlane.ids !== undefined &&
        controlPlane.ids.id.toLowerCase() === kubelet.ids?.id.toLowerCase());
    return same
      ? [
          {
            path: "identities.kubelet.name",
            message: `Control plane and kubelet share the identity "${kubelet.name}", so every pod could get the rights of the control plane.`,
            remedy: "Use two identities.",
            related: ["identities.controlPlane.name"],
          },
        ]
      : [];
  },
};

const sharedResourceGroup: Rule = {
  code: "HAKS-ID-002",
  severity: "warning",
  title: "The identities are not in the cluster's resource group.",
  source:
    "https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations",
  check: ({ identities, resourceGroup }) =>
    identities.resourceGroup.name.toLowerCase() === resourceGroup.name.toLowerCase()
      ? [
          {
            path: "identities.resourceGroup.name",
            message: `The identities are in the cluster's own resource group "${resourceGroup.name}": whoever is Contributor there can take them over.`,
            remedy:
              "For production, put them into a resource group in which the platform team is Reader at most.",
            related: ["resourceGroup.name"],
          },
        ]
      : [],
};

const missingGroup: Rule = {
  code: "HAKS-ID-003",
  severity: "error",
  title: "One stack at most creates a resource group.",
  check: ({ identities, resourceGroup }) =>
    identities.resourceGroup.name.toLowerCase() === resourceGroup.name.toLowerCase() &&
    identities.resourceGroup.create !== resourceGroup.create
      ? [
          {
            path: "identities.resourceGroup.create",
            message: `The resource group "${resourceGroup.name}" is to be created in one place and exists in the other.`,
            remedy: "Give the same value of create twice, or leave identities.resourceGroup out.",
            related: ["resourceGroup.create"],
          },
        ]
      : [],
};

/** The rules about identities. */
export const IDENTITY_RULES: Rule[] = [sameIdentity, sharedResourceGroup, missingGroup];
