// Weakenings that somebody asks for, with the reason.

/** A weakening of the hardened defaults. It shows in a warning, in an output of the stack and in the access review. */
export interface HardeningException {
  /** Its name, such as `runCommand`; docs/hardening.md lists them. */
  readonly name: string;
  /** Why it is taken: a sentence for whoever reviews it, at least ten letters. */
  readonly reason: string;
}
