// Failures of the cluster, its nodes and its subscription. Pure.
import { Failure } from "./failure";

/** Cluster, nodes and subscription. */
export const FAILURES_WITH_CLUSTER: Failure[] = [
  {
    messages: [
      "InsufficientMaxPods",
      "MaxPodsLimitExceeded",
      "InsufficientAgentPoolMaxPodsPerAgentPool",
    ],
    cause: "A node takes too few pods for those of AKS itself, or more than AKS allows.",
    who: "platform team",
    remedy: "Set maxPods to 30 or more, and to 250 at most.",
    rules: ["HAKS-NODE-002"],
  },
  {
    messages: [
      "SubscriptionNotEnabledEncryptionAtHost",
      "VMSizeDoesNotSupportEncryptionAtHost",
      "VMSizeDoesNotSupportEphemeralOS",
      "VMCacheSizeTooSmall",
      "EphemeralOSAndBYOKNotSupported",
    ],
    cause: "The subscription or the size of the nodes has not what hardened nodes need.",
    who: "owner of the subscription",
    remedy:
      "Register the feature EncryptionAtHost, take another size, or take the exceptions noHostEncryption and managedOsDisk.",
    rules: ["HAKS-NODE-005"],
    note: "Features of a subscription show only in Azure.",
  },
  {
    messages: ["Instance cannot be destroyed"],
    cause:
      "A change of the description would replace the cluster, an identity, a lock or a resource group, or the stack is to be destroyed.",
    who: "platform team",
    remedy:
      "Take the change back; check --previous names the attribute. To replace or destroy the cluster, take the exception replaceableCluster.",
    note: "docs/changes.md says which fields replace.",
  },
  {
    messages: ["MissingSubscriptionRegistration"],
    cause: "A resource provider is not registered in the subscription.",
    who: "owner of the subscription",
    remedy: "Register it, such as Microsoft.ContainerService.",
  },
  {
    messages: ["NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged"],
    cause:
      "A new minor version came by Terraform while the channel is patch, stable or rapid: then AKS upgrades the control plane and all pools together alone, and Terraform one after the other.",
    who: "platform team",
    remedy:
      "Take the old version back into the file, run az aks upgrade, and write the new one after that, as upgrades.md says.",
    rules: ["HAKS-UPG-003", "HAKS-UPG-004"],
    note: "With the channel none, Terraform upgrades the cluster and then its pools.",
  },
  {
    messages: ["NodeResourceGroupAlreadyExists", "NodeResourceGroupSameAsResourceGroup"],
    cause: "The resource group of the nodes is one that exists.",
    who: "platform team",
    remedy: "Delete what an earlier cluster left, or give another nodeResourceGroup.",
    rules: ["HAKS-NAME-006"],
    note: "Whether the group exists shows only in Azure.",
  },
  {
    messages: ["ScopeLocked", "ResourceGroupLocked"],
    cause:
      "A lock on the node resource group stops upgrades; a ReadOnly lock on the network also stops joining it.",
    who: "NOC",
    remedy: "Use CanNotDelete on the network, and no lock on the node resource group.",
  },
  {
    messages: ["PropertyChangeNotAllowed", "kubelet_identity … # forces replacement"],
    cause: "The kubelet identity of a cluster cannot be changed, and must be known in the plan.",
    who: "platform team",
    remedy: "Keep the identity. Let no lookup of an identity wait for something (depends_on).",
    preflight: ["kubeletInUse"],
    note: "HardenedCluster takes the ids from lookups that wait for nothing.",
  },
  {
    messages: ["AADSTS70021: No matching federated identity record found"],
    cause:
      "The cluster has no OIDC issuer, or the federated credential names another issuer or service account.",
    who: "identity team",
    remedy: "Use the output oidc_issuer_url of the cluster stack for the credential.",
    preflight: ["oidcIssuer"],
    note: "Credentials show only in Azure.",
  },
  {
    messages: ["A resource with the ID … already exists, after a create that failed"],
    cause: "Azure keeps a cluster whose creation failed, and Terraform does not know of it.",
    who: "platform team",
    remedy: "Repair the reason, then delete the cluster or import it.",
    note: "Most reasons are in this table: their checks stop the plan before anything is made.",
  },
  {
    messages: ["Invalid for_each argument … data.azurerm_role_definition … other-role"],
    cause:
      "A lookup of the preflight waits for something (depends_on), so that roles cannot be looked up in the plan.",
    who: "platform team",
    remedy:
      "Take the depends_on away, which would also replace the cluster; or set preflight.identityGrants and peopleGrants to off.",
  },
];
