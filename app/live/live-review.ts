// The comparison of the grant plan with what Azure holds: plain data, deterministic. Pure; access-live.schema.json
// is made from these types.

/** Version of the form of the comparison. */
export const LIVE_VERSION = 1;

/** How a planned right, or a role assignment, compares. */
export type LiveStatus =
  /** The right is planned, and its principal lacks it. */
  | "missing"
  /** A role assignment that is not planned, and gives more than the plan. */
  | "tooMuch"
  /** The principal has the right by a role assignment with a wider role or scope than planned. */
  | "wider"
  /** The exports do not tell. */
  | "unknown"
  /** The principal of a role assignment no longer exists. */
  | "orphaned"
  /** The principal has the right by another role, from a scope around it, by a group, or after an activation. */
  | "otherMeans"
  /** The role assignment is the planned one. */
  | "asPlanned";

/** The statuses, with those that need something to be done first. */
export const STATUSES: readonly LiveStatus[] = [
  "missing",
  "tooMuch",
  "wider",
  "unknown",
  "orphaned",
  "otherMeans",
  "asPlanned",
];

/** Statuses with which the command fails. */
export const DRIFT: readonly LiveStatus[] = ["missing", "tooMuch", "wider"];

/** A role on a scope. */
export interface LiveRight {
  /** Name of the role. */
  readonly role: string;
  /** Id of the scope. */
  readonly scope: string;
  /** Condition of the role assignment. */
  readonly condition?: string;
}

/** A role assignment that was found. */
export interface FoundRight extends LiveRight {
  /** Id of the role assignment. */
  readonly id: string;
  /** Whether the principal must activate it. */
  readonly isEligible?: boolean;
  /** Object id of the group that has it. */
  readonly group?: string;
}

/** A row: a planned right with what was found for it, or a role assignment that is not planned. */
export interface LiveRow {
  /** How it compares: docs/live-review.md explains the values. */
  readonly status: LiveStatus;
  /** Who has the right, or lacks it. */
  readonly principal: {
    /** Name, or the object id of a principal outside the plan. */
    readonly name: string;
    /** Kind in words, such as `control plane identity`. */
    readonly kind: string;
    /** Object id (GUID); absent if neither the description nor the exports tell it. */
    readonly objectId?: string;
  };
  /** The planned right; absent if none is planned. */
  readonly planned?: LiveRight;
  /** The role assignments that give it, or are too much. */
  readonly found: readonly FoundRight[];
  /** The team, or the owner of a scope, that corrects it. */
  readonly team: string;
  /** One or two sentences. */
  readonly message: string;
  /** The commands that correct it, in their order. */
  readonly commands: readonly string[];
}

/** The comparison of the grant plan of a cluster with what Azure holds. */
export interface LiveReview {
  /** Version of the form. */
  readonly version: typeof LIVE_VERSION;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Sorted by status: first what has to be corrected. */
  readonly rows: readonly LiveRow[];
  /** Facts that the exports do not show. */
  readonly notShown: readonly string[];
  /** The exports. */
  readonly files: readonly {
    /** Path. */
    readonly file: string;
    /** Kind of the exported objects. */
    readonly kind: string;
  }[];
}

/** Returns the number of rows with a status. */
export function countOf({ rows }: LiveReview, status: LiveStatus): number {
  return rows.filter((row) => row.status === status).length;
}

/** Whether something is missing or too much. */
export function hasDrift({ rows }: LiveReview): boolean {
  return rows.some(({ status }) => DRIFT.includes(status));
}
