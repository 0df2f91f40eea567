// Reads the descriptions of a fleet, and makes its plan.
import { ClusterPlan, FleetPlan, Severity, TeamStackProps } from "../../lib";
import { LoadedConfiguration } from "../config/configuration";
import { loadAll } from "../config/load-all";
import { FindingsError, PlacedFinding, sortFindings } from "../finding";
import { stableText } from "../review/json";

/** A cluster of a fleet. */
export interface LoadedCluster {
  /** Path of its description. */
  readonly file: string;
  readonly plan: ClusterPlan;
}

/** The descriptions of a fleet with their plan and warnings. */
export interface LoadedFleet {
  readonly plan: FleetPlan;
  /** Sorted by name. */
  readonly clusters: LoadedCluster[];
  readonly terraform: TeamStackProps;
  readonly warnings: PlacedFinding[];
}

/**
 * Reads the descriptions of a fleet.
 *
 * @param joining names of the clusters that were deployed by themselves before
 * @throws FindingsError with all findings if one of them is an error
 */
export function loadFleet(files: readonly string[], joining: readonly string[] = []): LoadedFleet {
  const { configurations, findings } = loadAll(files);
  const plan = new FleetPlan(
    configurations.map(({ spec }) => spec),
    [...joining],
  );
  const found = sortFindings([
    ...findings,
    ...differentSettings(configurations),
    ...findingsOf(plan, configurations),
  ]);
  const [first] = configurations;
  if (!first || found.some(({ severity }) => severity === "error")) {
    throw new FindingsError(found);
  }
  const fileOf = new Map(configurations.map(({ spec, file }) => [spec.name, file]));
  return {
    plan,
    clusters: plan.clusters.map((one) => ({ file: fileOf.get(one._resolved.name)!, plan: one })),
    terraform: first.terraform,
    warnings: found,
  };
}

function findingsOf(plan: FleetPlan, configurations: LoadedConfiguration[]): PlacedFinding[] {
  const byName = new Map(configurations.map((one) => [one.spec.name, one]));
  return plan._findings.map((finding) => byName.get(finding.cluster)!.place(finding));
}

/** The stacks that clusters share are in one backend with theirs. */
function differentSettings([first, ...others]: LoadedConfiguration[]): PlacedFinding[] {
  const expected = stableText(first?.terraform);
  const different = others.find(({ terraform }) => stableText(terraform) !== expected);
  return first && different
    ? [
        {
          ...different.place({
            code: "HAKS-TF-005",
            severity: Severity.ERROR,
            path: "terraform",
            message: `The settings of Terraform differ from those in ${first.file}, but the stacks of a fleet share them.`,
            remedy: "Write them into one file, and let all descriptions extend it.",
          }),
        },
      ]
    : [];
}
