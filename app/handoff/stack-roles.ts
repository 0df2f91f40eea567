// The stacks of a description by purpose, in the order of deployment. Pure.
import { GrantingTeam } from "../../lib/spec/granting-team";

/** The purposes of stacks, in the order of deployment; those after the cluster only for workloads. */
export const STACK_ROLES = [
  "identities",
  "network-permissions",
  "cluster",
  "workloads",
  "workloads-network",
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
} as const;
