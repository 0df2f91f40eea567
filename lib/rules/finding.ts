// A finding: the result of a rule.

/** One thing that is wrong with a description, or weaker than it could be. */
export interface Finding {
  /** Code that stays the same, such as `HAKS-NET-004`; see docs/findings.md. */
  readonly code: string;
  /** `error`: nothing is synthesized. `warning`: to be read. */
  readonly severity: string;
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
   * Where the rule comes from (URL).
   *
   * @default - not written anywhere
   */
  readonly source?: string;
}
