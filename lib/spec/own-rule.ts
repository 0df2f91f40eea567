// Rules of one's own: what a program asks of descriptions beyond the rules of the library.
import type { SpecProps } from "./spec-props";

/** A finding of an added rule: one place where a description breaks it. */
export interface OwnFinding {
  /** Where in the description, such as `network.serviceCidr` or `nodePools.user.0.name`. */
  readonly path: string;
  /** What is wrong: one sentence. */
  readonly message: string;
  /** What to do: one sentence. */
  readonly remedy: string;
  /**
   * Other places that it is about.
   *
   * @default - none
   */
  readonly related?: string[];
  /**
   * Where that is written (URL).
   *
   * @default - what the rule says, if it is one of the library
   */
  readonly source?: string;
}

/**
 * A rule of one's own. Its findings are reported with those of the library: errors stop the synth of
 * everything that takes the description, warnings are printed and stand in the access review.
 */
export interface ISpecRule {
  /** Code that stays the same, such as `OWN-NET-001`: capitals, digits and `-`. `HAKS-` is the library's. */
  readonly code: string;
  /** `error` or `warning`. */
  readonly severity: string;
  /**
   * Every place where a description breaks the rule; empty if it keeps it. Asked once for a description.
   * It looks at nothing but the description, and gives the same for the same one.
   *
   * @param props the description, with the defaults of the library; what azurerm or AKS decides stays out
   */
  check(props: SpecProps): OwnFinding[];
}
