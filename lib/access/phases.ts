// When rights are granted: before the cluster, or after it for its workloads and add-ons; and the stacks that do. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { PrincipalKind } from "../spec/principal";
import { isIdentityKind } from "../spec/identities";

/** The ends of the names of the stacks that grant, by phase and team, in the order in which they are deployed. */
export const GRANTING_STACKS = {
  cluster: { identity: "identities", network: "network-permissions" },
  workloads: { identity: "workloads", network: "workloads-network" },
  addOns: { identity: "add-ons", network: "add-ons-network" },
} as const;

/** When a right is granted: `cluster` is before the cluster. */
export type Phase = keyof typeof GRANTING_STACKS;

/** The phases after the cluster. */
export const LATE_PHASES = ["workloads", "addOns"] as const satisfies readonly Phase[];

/** All phases, in the order in which they are deployed. */
export const PHASES: readonly Phase[] = ["cluster", ...LATE_PHASES];

/**
 * Returns the phase in which a kind of principal gets its rights on a kind of scope: as soon as both exist, and not before they
 * are needed.
 */
export function phaseOf(principal: string, scope?: string): Phase {
  switch (principal as PrincipalKind) {
    case PrincipalKind.WORKLOAD:
      return "workloads";
    case PrincipalKind.ADD_ON:
      return "addOns";
    case PrincipalKind.BACKUP_VAULT:
      return scope === "cluster" ? "addOns" : "cluster";
    default:
      return "cluster";
  }
}

/** Whether a kind is an identity: one of the cluster, which is both a principal and a resource, or that of a workload or add-on. */
export function isIdentity(kind: string): boolean {
  return isIdentityKind(kind) || phaseOf(kind) !== "cluster";
}

/** Returns the name of the stack of a team, after the name of the cluster. */
export function stackSuffix(team: GrantingTeam, phase: Phase): string {
  return GRANTING_STACKS[phase][team === GrantingTeam.NETWORK ? "network" : "identity"];
}
