// The namespaces in which components of the cluster run. Pure.

/** Namespaces of Kubernetes and of AKS: those who run pods there administer the cluster. */
export const SYSTEM_NAMESPACE =
  /^(kube-|aks-|calico-|tigera-|gatekeeper-system$|app-routing-system$|dapr-system$|flux-system$|azure-arc$|azure-workload-identity-system$|azure-extensions-usage-system$|dataprotection-microsoft$)/;
