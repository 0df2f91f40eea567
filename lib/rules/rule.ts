// The shape of a rule, and what several rules need. Pure.
import { Severity } from "../spec/custom-rule";
import { PlannedCluster } from "../access/grant-plan";
import { PlacedReference } from "../access/placed-references";
import { PlannedGrant } from "../access/planned-grant";
import { AddressPlan } from "../addresses/address-plan";
import { ClusterSpec } from "../spec/cluster-spec";
import { isSameName } from "../spec/naming";
import { EXCEPTION_NAMES } from "../spec/controls";
import { insteadOf, nearest } from "../spec/nearest";
import { Pool } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";

/** Everything a rule may read. All but `spec`, `written` and `previous` is computed on first use. */
export interface RuleContext {
  /** The description with its defaults. */
  readonly spec: ResolvedSpec;
  /** The description without defaults, to tell a default from a written value. */
  readonly written: ClusterSpec;
  /** The node pools, the system pool first. */
  readonly pools: readonly Pool[];
  /** The resources that the description points at. */
  readonly references: readonly PlacedReference[];
  readonly grants: readonly PlannedGrant[];
  /** The rights that the caller of a Terraform plan must hold; none if the description names deployers. */
  readonly callerRights: readonly PlannedGrant[];
  /** Undefined if numbers of nodes, pods or frontends are invalid. */
  readonly addresses: AddressPlan | undefined;
  /** The cluster as it was deployed before, with its defaults. */
  readonly previous: ResolvedSpec | undefined;
  /** The clusters in `permissions.sharedWith`, in that order. */
  readonly others: readonly PlannedCluster[];
}

/**
 * Reports a finding.
 *
 * @param path where in the description
 * @param message what is wrong: one sentence
 * @param remedy what to do: one sentence
 * @param related paths of other places that the finding is about
 */
export type Report = (path: string, message: string, remedy: string, ...related: string[]) => void;

/** A rule: its code and source, and a pure function that reports where a description breaks it. */
export interface Rule {
  readonly code: string;
  /** @default "error" */
  readonly severity?: `${Severity}`;
  /** Whether it holds only where the cluster is deployed after its grants, and not with them. */
  readonly onlyApart?: boolean;
  /** The requirement: one sentence for docs/findings.md. */
  readonly title: string;
  /** Page or source file (URL); or one for each field that it is about, with `*` for places in lists. */
  readonly source?: string | { readonly [field: string]: string };
  readonly check: (context: RuleContext, report: Report) => void;
}

/** Reports a value that is not one of those in a list, or in an enum. */
export function reportUnlessOneOf(
  report: Report,
  path: string,
  value: string,
  allowed: readonly string[] | { readonly [member: string]: string },
): void {
  const values = Object.values(allowed);
  if (!values.includes(value)) {
    report(path, `"${value}" is not a valid value.`, `Use ${insteadOf(value, values)}.`);
  }
}

/** Returns a check of each node pool. */
export function forEachPool(
  check: (pool: Pool, report: Report, spec: ResolvedSpec) => void,
): Rule["check"] {
  return ({ spec, pools }, report) => pools.forEach((pool) => check(pool, report, spec));
}

/** Visits each item that has the name of an earlier item; case is ignored. */
export function forEachDuplicate<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  visit: (item: T, index: number, earlier: T) => void,
): void {
  items.forEach((item, index) => {
    const earlier = items.find((other) => isSameName(nameOf(other), nameOf(item)));
    if (earlier !== undefined && items.indexOf(earlier) < index) {
      visit(item, index, earlier);
    }
  });
}

/** Whether a description takes an exception; a misspelled one has its own finding. */
export function hasException({ exceptions }: ResolvedSpec, exception: string): boolean {
  return exceptions.some(({ name }) => name === exception || meantException(name) === exception);
}

/** Returns the exception that a misspelled name probably means. */
function meantException(name: string): string | undefined {
  return (EXCEPTION_NAMES as readonly string[]).includes(name)
    ? undefined
    : nearest(name, EXCEPTION_NAMES);
}

/** Whether a number is a whole number within limits. */
export function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
