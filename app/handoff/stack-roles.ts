// The stacks of a description by purpose, in the order of deployment. Pure.
import { GrantingTeam } from "../../lib/spec/granting-team";

/** The purposes of stacks, in the order of deployment; those after the cluster only for workloads, add-ons and locks. */
export const STACK_ROLES = [
  "identities",
  "network-permissions",
  "cluster",
  "workloads",
  "workloads-network",
  "add-ons",
  "add-ons-network",
] as const;

/** Purpose of a stack. */
export type StackRole = (typeof STACK_ROLES)[number];

/** The teams that deploy the stacks. */
export const STACK_TEAMS = {
  identities: GrantingTeam.IDENTITY,
  "network-permissions": GrantingTeam.NETWORK,
  cluster: "platform",
  workloads: GrantingTeam.IDENTITY,
  "workloads-network": GrantingTeam.NETWORK,
  "add-ons": GrantingTeam.IDENTITY,
  "add-ons-network": GrantingTeam.NETWORK,
} as const;

/** Returns the purpose of a stack by its name. */
export function stackRoleOf(name: string): StackRole {
  return STACK_ROLES.find((role) => name.endsWith(`-${role}`)) ?? "cluster";
}

/** Whether a stack comes after the cluster. */
export function isLate(role: StackRole): boolean {
  return STACK_ROLES.indexOf(role) > STACK_ROLES.indexOf("cluster");
}
