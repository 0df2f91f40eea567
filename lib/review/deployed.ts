// The stacks that one runner deploys. Pure.
import { Phase } from "../access/phases";
import { GrantingTeam } from "../spec/granting-team";

/** Stacks that a runner deploys: the stack of a team before or after the cluster, or all of them. */
export interface Deployed {
  readonly team: GrantingTeam;
  /** Phase in which it grants; by default all stacks of the team. */
  readonly phase?: Phase;
}

/** Whether a runner deploys the stack of a phase. */
export function isDeployed(phase: Phase, deployed: Deployed): boolean {
  return (deployed.phase ?? phase) === phase;
}
