// Writes the stacks, the reviews and the index of a fleet. Clusters that did not change are left as they are.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { FleetChanges } from "../../lib/review/fleet-review";
import { version } from "../../package.json";
import { TextFile, locked, writeFiles } from "../files";
import { FindingsError } from "../finding";
import { comparedFleetReview, fleetReviewFiles } from "../fleet-review/write";
import { NATIVE_FILE } from "../native";
import { withProvenance } from "../review/provenance";
import { PoolOptions, writeClusters } from "./cluster-pool";
import { FleetClusterEntry, FleetIndex, FleetStackEntry, RemovedStackEntry } from "./fleet-index";
import { StackEntry, checksumOf, madeOf, reviewFolder, sharedPart } from "./fleet-part";
import { LoadedFleet } from "./load-fleet";
import { EarlierRun, INDEX, indexIn } from "./earlier-run";

/** Options of `writeFleet`. */
export interface FleetOptions extends PoolOptions {
  /**
   * An earlier run, to compare with.
   *
   * @default - none
   */
  readonly previous?: EarlierRun;
  /** Whether to write also clusters that did not change. */
  readonly force?: boolean;
  /** Returns the files of engines for an index, with paths relative to the output folder. */
  readonly more?: (index: FleetIndex) => TextFile[];
  /** Called when a cluster is done. */
  readonly done?: (cluster: string, written: boolean) => void;
  /** Called with the changes of rights, if the earlier run has a review. */
  readonly compared?: (changes: FleetChanges) => void;
}

/**
 * Writes a fleet; the index comes last, so that the next run completes one that was interrupted.
 *
 * @throws FindingsError if the output folder has files of others, or a file cannot be written
 */
export async function writeFleet(fleet: LoadedFleet, options: FleetOptions): Promise<FleetIndex> {
  const {
    outdir,
    commit,
    previous,
    force = false,
    more = () => [],
    done = () => undefined,
    compared = () => undefined,
  } = options;
  const earlier = indexIn(outdir);
  refuseForeign(outdir, earlier);
  const clusters = fleet.clusters.map((one) => ({
    name: one.plan._resolved.name,
    description: relative(outdir, one.file).split(sep).join("/"),
    review: reviewFolder(one.plan._resolved.name),
    madeOf: madeOf(one, fleet, commit),
  }));
  const stacks: StackEntry[] = [];
  const kept = force || !earlier ? [] : clusters.filter((one) => isWritten(one, earlier, outdir));
  for (const { name } of kept) {
    stacks.push(...earlier!.stacks.filter(({ cluster }) => cluster === name));
    done(name, false);
  }
  const changed = clusters.filter((one) => !kept.includes(one)).map(({ name }) => name);
  const [shared, sharedFiles] = sharedPart(fleet);
  stacks.push(...shared.stacks);
  await writeClusters(fleet, changed, options, (part) => {
    stacks.push(...part.stacks);
    done(part.cluster!, true);
  });
  const made = indexOf(stacks, clusters, previous?.index);
  const engines = more(made);
  const index = { ...made, engineFiles: engines.map(([path]) => path).sort() };
  const reviews = fleet.plan.clusters.map((plan) => withProvenance(plan.review(), commit));
  const review = comparedFleetReview(reviews, previous?.review);
  if (review.changes) {
    compared(review.changes);
  }
  locked(outdir, () => {
    const reviewed = fleetReviewFiles(review);
    writeFiles(outdir, [...sharedFiles, ...reviewed, ...engines, [INDEX, textOf(index)]]);
  });
  removeObsolete(earlier, index, outdir);
  return index;
}

/** Returns the index of stacks, compared with an earlier one. */
export function indexOf(
  stacks: readonly StackEntry[],
  clusters: FleetClusterEntry[],
  previous: FleetIndex | undefined,
): FleetIndex {
  const before = new Map(previous?.stacks.map((one) => [one.name, one.checksum]));
  const names = new Set(stacks.map(({ name }) => name));
  return {
    formatVersion: 1,
    producedBy: `hardened-aks ${version}`,
    stacks: stacks
      .map((one): FleetStackEntry => ({ ...one, changed: before.get(one.name) !== one.checksum }))
      .sort((a, b) => a.stage - b.stage || (a.name < b.name ? -1 : 1)),
    clusters,
    removed: (previous?.stacks ?? []).filter(({ name }) => !names.has(name)).map(removedEntry),
  };
}

function removedEntry({ name, team, cluster, folder }: FleetStackEntry): RemovedStackEntry {
  return { name, team, ...(cluster === undefined ? {} : { cluster }), folder };
}

function textOf(index: FleetIndex): string {
  return `${JSON.stringify(index, undefined, 2)}\n`;
}

/** Whether an earlier run wrote a cluster, and its files are still as it left them. */
function isWritten(
  { name, madeOf: wanted, review }: FleetClusterEntry,
  earlier: FleetIndex,
  outdir: string,
): boolean {
  const known = earlier.clusters.find((one) => one.name === name);
  return (
    known?.madeOf === wanted &&
    existsSync(join(outdir, review, "access-review.html")) &&
    earlier.stacks
      .filter(({ cluster }) => cluster === name)
      .every(({ folder, checksum }) => checksumIn(join(outdir, folder)) === checksum)
  );
}

function checksumIn(folder: string): string | undefined {
  const files = ["cdk.tf.json", NATIVE_FILE].map((name) => join(folder, name));
  return files.every((file) => existsSync(file))
    ? checksumOf(files.map((file) => readFileSync(file, "utf8")))
    : undefined;
}

function refuseForeign(outdir: string, earlier: FleetIndex | undefined): void {
  const isUsed = existsSync(outdir) && readdirSync(outdir).some((name) => !name.startsWith("."));
  if (isUsed && !earlier) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-FILE-009",
        file: outdir,
        message: `The folder contains files, but no ${INDEX}: hardened-aks fleet did not write them.`,
        remedy: "Use --out to name an empty folder, or a folder that the same command wrote.",
      },
    ]);
  }
}

/**
 * Removes the stacks and reviews of clusters that are gone, and the files of engines that are no longer wanted. Neither a
 * local state nor its stack is ever removed.
 */
function removeObsolete(earlier: FleetIndex | undefined, index: FleetIndex, outdir: string): void {
  const now = new Set([...index.stacks, ...index.clusters].map(({ name }) => name));
  const stacks = (earlier?.stacks ?? []).filter(({ name }) => !now.has(name));
  for (const { folder } of stacks.filter((one) => /^stacks\/[\w-]+$/.test(one.folder))) {
    const path = join(outdir, folder);
    if (existsSync(path) && !readdirSync(path).some((name) => name.includes(".tfstate"))) {
      rmSync(path, { recursive: true });
    }
  }
  const reviews = (earlier?.clusters ?? []).filter(({ name }) => !now.has(name));
  for (const { review } of reviews.filter((one) => /^reviews\/[\w-]+$/.test(one.review))) {
    rmSync(join(outdir, review), { recursive: true, force: true });
  }
  const engines = (earlier?.engineFiles ?? []).filter((path) => !index.engineFiles?.includes(path));
  for (const path of engines.filter((one) =>
    /^(engines\/)?[\w-]+(\.tf)?\.(json|yaml)$/.test(one),
  )) {
    rmSync(join(outdir, path), { force: true });
  }
}
