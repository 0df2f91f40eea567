// The namespaces in which components of the cluster run. Pure.
import { Report } from "./rule";

/** Namespaces of Kubernetes and of AKS: those who run pods there administer the cluster. */
const SYSTEM_NAMESPACE =
  /^(kube-|aks-|calico-|tigera-|gatekeeper-system$|app-routing-system$|dapr-system$|flux-system$|azure-arc$|azure-workload-identity-system$|azure-extensions-usage-system$|dataprotection-microsoft$)/;

/** Reports a namespace in which components of the cluster run. */
export function reportSystemNamespace(
  report: Report,
  path: string,
  name: string,
  remedy: string,
): void {
  if (SYSTEM_NAMESPACE.test(name)) {
    report(path, `Components of the cluster run in the namespace "${name}".`, remedy);
  }
}
