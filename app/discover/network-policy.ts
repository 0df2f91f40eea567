// How to change the engine of network policies of a cluster that exists. Pure.

/**
 * The remedy where Azure enforces network policies with another engine than the description.
 *
 * @see https://learn.microsoft.com/azure/aks/use-network-policies#uninstall-azure-network-policy-manager-or-calico
 * @see https://learn.microsoft.com/azure/aks/update-azure-cni
 */
export const CHANGE_POLICY_ENGINE =
  "Change it in Azure first, in a maintenance window: for calico, az aks update --network-policy none and right after it --network-policy calico; for cilium, --network-dataplane cilium. Each reimages all pools at once, about 10 minutes for each node. No network policy is enforced from the removal of the old engine until all nodes have the new one; the policies themselves stay. Block with network security groups what must stay blocked meanwhile, and afterwards test a connection that a policy forbids.";
