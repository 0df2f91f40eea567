// A step of a move, and its state. Pure.
import { Check } from "./evidence";

/** The teams that act. */
export const MOVE_TEAMS = ["identity", "network", "platform"] as const;

/** A team that acts. */
export type MoveTeam = (typeof MOVE_TEAMS)[number];

/** A step, before it is known how far the cluster is. */
export interface StepDefinition {
  readonly id: string;
  readonly team: MoveTeam;
  /** A sentence with a verb first. */
  readonly title: string;
  /** Ids of the steps that come before it. */
  readonly after: readonly string[];
  readonly check: Check;
  /** Whether it is about something that must be gone: it counts only once the steps before it are done. */
  readonly isAbsence?: boolean;
  /** Whether no export shows it, so that people confirm it. */
  readonly isManual?: boolean;
  /** Whether it deletes something. */
  readonly isDestructive?: boolean;
  /** Lines of shell. */
  readonly commands: readonly string[];
  /** Effect on nodes and workloads. */
  readonly effect: string;
  readonly duration: string;
  /** How to see that it worked. */
  readonly verify: string;
  /** How to go back. */
  readonly back: string;
}

/** How far a step is. */
export type StepState = "done" | "next" | "later";

/** A step with its state. */
export interface Step extends Omit<StepDefinition, "check"> {
  readonly state: StepState;
  /** How that shows in the exports. */
  readonly evidence: string;
}
