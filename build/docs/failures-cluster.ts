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
    cause: "A node allows too few pods for the system pods of AKS, or more than AKS supports.",
    who: "platform team",
    remedy: "Set maxPods to a number from 30 to 250.",
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
    cause:
      "The subscription or the virtual machine size does not support the hardened defaults of nodes.",
    who: "owner of the subscription",
    remedy:
      "Register the feature EncryptionAtHost, use another size, or add the exceptions noHostEncryption and managedOsDisk.",
    rules: ["HAKS-NODE-005"],
    note: "Only Azure shows the features of a subscription.",
  },
  {
    messages: ["Resource postcondition failed: … Azure cannot change it"],
    cause:
      "The description names another private DNS zone or disk encryption set than the cluster has. Another spelling of the same id is no such change.",
    who: "platform team",
    remedy:
      "Describe the one that the cluster has. To replace the cluster, add the exception replaceableCluster.",
  },
  {
    messages: ["Instance cannot be destroyed"],
    cause:
      "A change of the description would replace the cluster, an identity, a lock or a resource group, or the command would destroy the stack.",
    who: "platform team",
    remedy:
      "Undo the change; check --previous names the attribute. To replace or destroy the cluster, add the exception replaceableCluster.",
    note: "docs/changes.md lists the fields that replace.",
  },
  {
    messages: ["MissingSubscriptionRegistration"],
    cause: "A resource provider is not registered in the subscription.",
    who: "owner of the subscription",
    remedy: "Register the resource provider, such as Microsoft.ContainerService.",
  },
  {
    messages: ["NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged"],
    cause:
      "Terraform applied a new minor version while the channel is patch, stable or rapid. With a channel, AKS upgrades the control plane and all pools only together, and Terraform upgrades one after the other.",
    who: "platform team",
    remedy:
      "Restore the old version in the file, run az aks upgrade, and then write the new version, as upgrades.md explains.",
    rules: ["HAKS-UPG-003", "HAKS-UPG-004"],
    note: "With the channel none, Terraform upgrades the cluster and then its pools.",
  },
  {
    messages: ["NodeResourceGroupAlreadyExists", "NodeResourceGroupSameAsResourceGroup"],
    cause: "The node resource group exists already.",
    who: "platform team",
    remedy:
      "Delete the resource group that an earlier cluster left, or set another nodeResourceGroup.",
    rules: ["HAKS-NAME-006"],
    note: "Only Azure shows if the group exists.",
  },
  {
    messages: ["ScopeLocked", "ResourceGroupLocked"],
    cause:
      "A lock on the node resource group blocks upgrades; a ReadOnly lock on the network also blocks joining it.",
    who: "NOC",
    remedy: "Use a CanNotDelete lock on the network, and no lock on the node resource group.",
  },
  {
    messages: ["ScopeLocked … roleAssignments/delete"],
    cause:
      "A role assignment is removed or replaced on a resource that has a CanNotDelete lock, which it inherits: an identity with identities.locked, or a resource in a group with a lock.",
    who: "identity team",
    remedy:
      "Remove identities.locked and deploy, deploy the edit, then set identities.locked again. The owner of another lock lifts it for the deployment.",
    note: "check --previous names the stack and the order for identities.locked. Terraform does not see other locks.",
  },
  {
    messages: ["PropertyChangeNotAllowed", "kubelet_identity … # forces replacement"],
    cause:
      "azurerm replaces a cluster whose kubelet identity changes, and must know the identity in the plan.",
    who: "platform team",
    remedy:
      "Keep the identity, or change it in place with az aks update --assign-kubelet-identity, which upgrades every pool. Remove depends_on from lookups of identities.",
    preflight: ["kubeletInUse"],
    note: "HardenedCluster takes the ids from lookups without dependencies.",
  },
  {
    messages: ["AADSTS70021: No matching federated identity record found"],
    cause:
      "The cluster has no OIDC issuer, or the federated credential names another issuer or service account.",
    who: "identity team",
    remedy: "Use the output oidc_issuer_url of the cluster stack for the credential.",
    preflight: ["oidcIssuer"],
    note: "Only Azure shows the credentials.",
  },
  {
    messages: ["A resource with the ID … already exists, after a create that failed"],
    cause: "Azure keeps a cluster whose creation failed, and Terraform does not know of it.",
    who: "platform team",
    remedy: "Fix the cause, then delete the cluster or import it.",
    note: "This table has most causes, and their checks stop the plan before Terraform creates anything.",
  },
  {
    messages: ["OperationNotAllowed … the cluster is stopped"],
    cause: "A stopped cluster cannot be changed, and a plan with changes fails.",
    who: "platform team",
    remedy: "Start it with az aks start, apply, and stop it again.",
  },
  {
    messages: ["A resource with the ID … diagnosticSettings … already exists"],
    cause:
      "The diagnostic setting of a cluster outlives a cluster that was deleted outside Terraform, and a new cluster of that name has it.",
    who: "platform team",
    remedy: "Delete it with az monitor diagnostic-settings delete, or import it.",
  },
  {
    messages: ["No metrics of a private cluster in the Azure Monitor workspace"],
    cause:
      "Agents in a private network need a private link scope with the data collection endpoint, and an association of the endpoint with the cluster.",
    who: "NOC",
    remedy:
      "Add the endpoint to the private link scope, and associate it: az monitor data-collection rule association create --association-name configurationAccessEndpoint.",
    note: "The cluster stack creates the endpoint and the association of the rule, and neither of these.",
  },
  {
    messages: ['Missing required argument: The argument "storage_account_name" is required'],
    cause:
      "terraform validate of version 1.15.0 refuses a backend whose settings are given to terraform init. Plan and apply accept it.",
    who: "platform team",
    remedy: "Use another version: 1.15.1 accepts it again.",
    note: "To refuse this version, set terraform.requiredVersion to >= 1.7.0, != 1.15.0.",
  },
  {
    messages: ["Invalid for_each argument … data.azurerm_role_definition … other-role"],
    cause:
      "A lookup of the preflight has a dependency (depends_on), so Terraform cannot look up roles in the plan.",
    who: "platform team",
    remedy:
      "Remove the depends_on, which would also replace the cluster; or set preflight.identityGrants and peopleGrants to off.",
  },
];
