// A finding of a rule.
import { Severity, RuleFinding } from "../spec/custom-rule";

/** A finding of a rule: an error, or a warning. */
export interface Finding extends RuleFinding {
  /** Code that stays the same, such as `HAKS-NET-004`; see docs/findings.md. */
  readonly code: string;
  /** Severity. */
  readonly severity: Severity;
}
