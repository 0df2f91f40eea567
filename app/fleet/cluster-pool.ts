// Writes the clusters of a fleet: here, or in several threads if there are many.
import { availableParallelism } from "node:os";
import { Worker, parentPort, workerData } from "node:worker_threads";
import { FindingsError, PlacedFinding } from "../finding";
import { writeFiles } from "../files";
import { refusalOf } from "../refusal";
import { FleetPart, clusterPart } from "./fleet-part";
import { LoadedFleet, loadFleet } from "./load-fleet";

/** The input of a thread. */
export interface PoolOptions {
  /** Paths of the descriptions. */
  readonly files: readonly string[];
  readonly outdir: string;
  readonly commit?: string;
  /**
   * Names of the clusters that were deployed by themselves before.
   *
   * @default - none
   */
  readonly joining?: readonly string[];
}

/** A thread reads all descriptions first, which takes as long as writing a few clusters. */
const WORTH_A_THREAD = 20;

/** A message of a thread: a cluster that it wrote, or why it did not. */
interface Answer {
  readonly part?: FleetPart;
  readonly findings?: PlacedFinding[];
  readonly message?: string;
}

/**
 * Writes clusters of a fleet.
 *
 * @param names of the clusters
 * @param done called after each cluster
 * @throws FindingsError if a construct is invalid, or a file cannot be written
 */
export async function writeClusters(
  fleet: LoadedFleet,
  names: readonly string[],
  { files, outdir, commit, joining }: PoolOptions,
  done: (part: FleetPart) => void,
): Promise<void> {
  const options: PoolOptions = { files, outdir, commit, joining };
  // Without the bundle there is no JavaScript that a thread could run.
  const threads = __filename.endsWith(".js")
    ? Math.min(availableParallelism(), Math.floor(names.length / WORTH_A_THREAD))
    : 0;
  if (threads <= 1) {
    const write = clusterWriter(fleet, options);
    for (const name of names) {
      done(write(name));
      // Signals and output get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return;
  }
  const queue = [...names];
  const workers = Array.from(
    { length: threads },
    () => new Worker(__filename, { workerData: options }),
  );
  try {
    await Promise.all(workers.map((worker) => served(worker, queue, done)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Runs in a thread: writes each cluster whose name arrives. */
export function serveClusters(): void {
  const options = workerData as PoolOptions;
  const write = clusterWriter(loadFleet(options.files, options.joining), options);
  const port = parentPort!;
  port.on("message", (name: string) => {
    port.postMessage(answerOf(() => write(name)));
  });
  port.postMessage({});
}

function clusterWriter(
  fleet: LoadedFleet,
  { outdir, commit }: PoolOptions,
): (name: string) => FleetPart {
  const byName = new Map(fleet.clusters.map((one) => [one.plan._resolved.name, one]));
  return (name) => {
    const [part, files] = clusterPart(byName.get(name)!, fleet, commit);
    writeFiles(outdir, files);
    return part;
  };
}

function answerOf(work: () => FleetPart): Answer {
  try {
    return { part: work() };
  } catch (error) {
    const refusal = refusalOf(error);
    return error instanceof FindingsError
      ? { findings: error.findings }
      : refusal
        ? { findings: [refusal] }
        : { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Gives a thread one name after the other. */
function served(worker: Worker, queue: string[], done: (part: FleetPart) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", ({ part, findings, message }: Answer) => {
      if (findings || message !== undefined) {
        queue.length = 0;
        reject(findings ? new FindingsError(findings) : new Error(message));
        return;
      }
      if (part) {
        done(part);
      }
      const next = queue.shift();
      if (next === undefined) {
        resolve();
      } else {
        worker.postMessage(next);
      }
    });
  });
}
