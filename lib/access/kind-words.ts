// What kinds of principals and scopes are called in sentences. Pure.
import { entryOf } from "../spec/tables";
import { kindOfType } from "./scope-kinds";

/** Those whose words do not follow from their names. */
const WORDS: { readonly [kind: string]: string } = {
  controlPlane: "control plane identity",
  kubelet: "kubelet identity",
  identity: "managed identity",
  additional: "additional principal",
  kubernetesUser: "Kubernetes user",
  publicIp: "public IP",
  publicIpPrefix: "public IP prefix",
  privateDnsZone: "private DNS zone",
  registry: "container registry",
  logAnalyticsWorkspace: "Log Analytics workspace",
  monitorWorkspace: "Azure Monitor workspace",
};

/** `private DNS zone` for `privateDnsZone` and its type; a type that is no kind of the library is its own word. */
export function kindWords(kind: string): string {
  const known = kind.includes("/") ? kindOfType(kind)?.owner : kind;
  return known === undefined ? kind : (entryOf(WORDS, known) ?? split(known));
}

function split(kind: string): string {
  return kind.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
