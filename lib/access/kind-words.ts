// What kinds of principals and scopes are called in sentences. Pure.
import { entryOf } from "../spec/tables";

/** Those whose words do not follow from their names. */
const WORDS: { readonly [kind: string]: string } = {
  controlPlane: "control plane identity",
  kubelet: "kubelet identity",
  additional: "additional principal",
  kubernetesUser: "Kubernetes user",
  publicIp: "public IP",
  publicIpPrefix: "public IP prefix",
  privateDnsZone: "private DNS zone",
  registry: "container registry",
  logAnalyticsWorkspace: "Log Analytics workspace",
  monitorWorkspace: "Azure Monitor workspace",
};

/** `private DNS zone` for `privateDnsZone`, `key vault` for `keyVault`; a type of resources is its own word. */
export function kindWords(kind: string): string {
  const words = entryOf(WORDS, kind);
  return words ?? (kind.includes("/") ? kind : split(kind));
}

function split(kind: string): string {
  return kind.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
