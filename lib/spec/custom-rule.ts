// Custom rules: what a program requires of descriptions beyond the rules of the library.
import type { SpecProps } from "./spec-props";

/** Severity of a finding. */
export enum Severity {
  /** Stops the synth: nothing is written. */
  ERROR = "error",
  /** Is printed, and listed in the access review. */
  WARNING = "warning",
}

/** A place where a description breaks a rule. */
export interface RuleFinding {
  /** Where in the description, such as `network.serviceCidr` or `nodePools.user.0.name`. */
  readonly path: string;
  /** The problem: one sentence. */
  readonly message: string;
  /** The remedy: one sentence. */
  readonly remedy: string;
  /**
   * Other places that the finding is about.
   *
   * @default - none
   */
  readonly related?: string[];
  /**
   * Source of the rule (URL).
   *
   * @default - none; for a rule of the library, the source of the rule
   */
  readonly source?: string;
}

/**
 * A custom rule. Its findings are reported with those of the library: errors stop the synth, warnings are printed and
 * listed in the access review.
 */
export interface ISpecRule {
  /** Stable code, such as `ORG-NET-001`: capitals, digits and `-`. `HAKS-` is reserved for the library. */
  readonly code: string;
  /** Severity of its findings. */
  readonly severity: Severity;
  /**
   * Returns every place where a description breaks the rule. Called once for each description; the result must depend
   * on the description only.
   *
   * @param props the description, with the defaults of the library; defaults of azurerm and AKS are not filled in
   */
  check(props: SpecProps): RuleFinding[];
}
