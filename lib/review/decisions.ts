// The decisions of the teams about an access review, as its page saves them. Plain data.

/** The decision of a team. */
export enum Decision {
  /** The team grants what the review lists. */
  GRANTED = "granted",
  /** The team refuses it. */
  REFUSED = "refused",
}

/** The decision of one team about an access review. */
export interface TeamDecision {
  /** The team: `identity`, `network` or `platform`. */
  readonly team: string;
  /**
   * Hash of what the team decides about (`rightsHashes` of the review). As long as it is the same, the decision stands,
   * also for another description.
   */
  readonly rightsHash: string;
  /**
   * The decision. It has a name and a date: `by` and `on`.
   *
   * @default - none yet
   */
  readonly decision?: Decision;
  /**
   * Name of the person who decides.
   *
   * @default - none yet
   */
  readonly by?: string;
  /**
   * Date of the decision, such as 2026-11-29.
   *
   * @default - none yet
   */
  readonly on?: string;
  /**
   * Date by which the team reviews the access again.
   *
   * @default - none
   */
  readonly reviewAgainOn?: string;
  /**
   * Remark.
   *
   * @default - none
   */
  readonly remark?: string;
}

/** The decisions of the teams about one access review. */
export interface AccessDecisions {
  /**
   * Version of this form.
   *
   * @minimum 1
   */
  readonly version: number;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Hash of the description of the review in which the decisions were saved (`descriptionHash` of the review). */
  readonly descriptionHash: string;
  /** The decisions, one for each team that has something to decide. */
  readonly decisions: TeamDecision[];
}
