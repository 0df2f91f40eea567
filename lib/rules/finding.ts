// A finding of a rule.
import { Severity, Violation } from "../spec/custom-rule";

/** A finding of a rule: an error, or a warning. */
export interface Finding extends Violation {
  /** Code that stays the same, such as `HAKS-NET-004`; see docs/findings.md. */
  readonly code: string;
  /** Severity. */
  readonly severity: Severity;
}
