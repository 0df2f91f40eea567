// Names of teams, kinds of principals and kinds of scopes in sentences. Pure.
import { entryOf } from "../spec/tables";
import { resourceTypeOf } from "./resource-types";

const TEAMS: { readonly [team: string]: string } = { identity: "identity team", network: "NOC" };

const PRINCIPALS: { readonly [kind: string]: string } = {
  controlPlane: "control plane identity",
  kubelet: "kubelet identity",
  deployer: "deployer",
  kubernetesUser: "Kubernetes user",
  workload: "workload identity",
  addOn: "add-on identity",
  backupVault: "Backup vault identity",
  additional: "additional principal",
};

/** Returns the name of a team: `NOC` for `network`, which owns the network. */
export function teamWords(team: string): string {
  return entryOf(TEAMS, team) ?? `${team} team`;
}

/** Returns the name of a kind or type: `private DNS zone` for `privateDnsZone`; a type without a row is its own word. */
export function kindWords(kind: string): string {
  return entryOf(PRINCIPALS, kind) ?? resourceTypeOf(kind).words;
}
