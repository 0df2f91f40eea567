// From a file to the folder of stacks. The folder changes only if everything went well.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { App } from "cdktf";
import { ClusterStacks } from "../lib";
import { LoadedConfiguration, loadConfiguration } from "./config/load";
import { Problem, ProblemsError } from "./problem";
import { reviewOf } from "./review/of-configuration";
import { writeReview } from "./review/write";

/** Where to read and where to write. */
export interface SynthesizeOptions {
  /** File of the description. */
  readonly file: string;
  /** Output folder, for cdktf `cdktf.out`. */
  readonly outdir: string;
  /**
   * Whether to remove the folders of stacks that are no more. The cdktf command line does that by itself,
   * and fails if they are gone.
   *
   * @default true
   */
  readonly clean?: boolean;
  /**
   * Is told what comes next.
   *
   * @default - nobody is told
   */
  readonly step?: (what: string) => void;
}

/** What came out. */
export interface SynthesizeResult {
  readonly outdir: string;
  /** Files of the stacks, in the order in which they are deployed, relative to the output folder. */
  readonly stacks: { name: string; file: string }[];
  /** Files of the access review, relative to the output folder. */
  readonly review: string[];
  readonly warnings: Problem[];
}

interface Manifest {
  readonly stacks: {
    [name: string]: {
      readonly name: string;
      readonly synthesizedStackPath: string;
      readonly workingDirectory: string;
    };
  };
}

/**
 * Reads a description and writes its stacks.
 *
 * @throws ProblemsError if something is wrong with the input; then the output folder is as it was
 */
export function synthesize(options: SynthesizeOptions): SynthesizeResult {
  const { file, outdir, clean = true, step = () => undefined } = options;
  const configuration = loadConfiguration(file);
  const target = resolve(outdir);
  mkdirSync(dirname(target), { recursive: true });
  // Beside the target, so that a reader of the target never sees half of it.
  const draft = mkdtempSync(`${target}.`);
  try {
    step("Writing the stacks");
    const order = buildStacks(configuration, draft, file);
    const manifest = JSON.parse(readFileSync(join(draft, "manifest.json"), "utf8")) as Manifest;
    step("Writing the access review");
    const review = writeReview(reviewOf(configuration), draft);
    publish(manifest, review, draft, target);
    if (clean) {
      removeOrphans(manifest, target);
    }
    const stacks = order.flatMap((name) => {
      const stack = manifest.stacks[name];
      return stack ? [{ name, file: stack.synthesizedStackPath }] : [];
    });
    return { outdir, stacks, review, warnings: configuration.warnings };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Writes the stacks of cdktf into a folder; returns their names in the order in which they are deployed. */
export function buildStacks(
  { spec, terraform }: LoadedConfiguration,
  outdir: string,
  file: string,
): string[] {
  try {
    const app = new App({ outdir, stackTraces: false });
    const { identities, networkPermissions, cluster } = new ClusterStacks(app, { spec, terraform });
    app.synth();
    return [identities, networkPermissions, cluster].map(({ node }) => node.id);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = "Correct what the construct path in brackets names.";
    throw new ProblemsError([{ severity: "error", code: "HAKS-SYNTH-001", file, message, remedy }]);
  }
}

// What Terraform left beside a stack (.terraform, lock file, plan) stays, as the cdktf command line wants it.
function publish({ stacks }: Manifest, review: string[], draft: string, target: string): void {
  const files = Object.values(stacks).map(({ synthesizedStackPath }) => synthesizedStackPath);
  // A team that has nothing to grant any more keeps no request.
  rmSync(join(target, "access-requests"), { recursive: true, force: true });
  for (const file of [...files, ...review, "manifest.json"]) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    copyFileSync(join(draft, file), join(target, file));
  }
}

function removeOrphans({ stacks }: Manifest, target: string): void {
  const folders = Object.values(stacks).map(({ workingDirectory }) => workingDirectory);
  for (const name of readdirSync(join(target, "stacks"))) {
    const folder = join("stacks", name);
    if (!folders.includes(folder) && !holdsState(join(target, folder))) {
      rmSync(join(target, folder), { recursive: true });
    }
  }
}

// A state is never cleaned away, whoever put it there.
function holdsState(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes(".tfstate"));
}
