// The stacks of a description by purpose, in the order of deployment. Pure.

/** Purpose of a stack. */
export type StackRole = "identities" | "network-permissions" | "cluster";

export const STACK_ROLES: readonly StackRole[] = ["identities", "network-permissions", "cluster"];
