// Weakenings that somebody asks for, with the reason.

/** A deviation from the hardened defaults. It shows in a warning, in an output of the stack and in the access review. */
export interface HardeningException {
  /**
   * Name of the exception. docs/hardening.md lists them.
   *
   * @examples runCommand
   */
  readonly name: string;
  /**
   * Why the exception is needed: one sentence for reviewers, of at least 10 characters.
   *
   * @examples A reason to give.
   */
  readonly reason: string;
}
