// The shape of a rule.
import { ClusterSpec } from "../spec/cluster-spec";
import { Violation } from "../spec/own-rule";
import { Pool } from "../spec/pools";
import { allPools } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";

export type { Violation } from "../spec/own-rule";

/** A rule: its code and source, and a pure function that finds where it is broken. */
export interface Rule {
  readonly code: string;
  readonly severity: "error" | "warning";
  /** What holds when the rule is kept: one sentence for docs/findings.md. */
  readonly title: string;
  readonly source?: string;
  /** Returns the violations of a description; a rule that tells a default from a written value reads `written`. */
  readonly check: (spec: ResolvedSpec, written: ClusterSpec) => Violation[];
}

/** A violation if a value is not one of those that are possible. */
export function oneOf(path: string, value: string, allowed: readonly string[]): Violation[] {
  return allowed.includes(value)
    ? []
    : [{ path, message: `"${value}" is not possible here.`, remedy: `Use ${allowed.join(", ")}.` }];
}

/** A check of each pool. */
export function eachPool(check: (pool: Pool) => Violation[]): Rule["check"] {
  return (spec: ResolvedSpec) => allPools(spec).flatMap(check);
}

/** Whether a number is a whole one between two others. */
export function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
