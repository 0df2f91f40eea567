// Synthesizes a description to an output folder, which changes only if the whole run succeeds.
import { join, relative } from "node:path";
import "./lazy-modules";
import { LoadedConfiguration } from "./config/configuration";
import { loadConfiguration } from "./config/load";
import { PlacedFinding } from "./finding";
import { clusterStacks, outputOf } from "./output";
import { publish } from "./output-folder";
import { stackTexts } from "./stack-files";

/** Options of `synthesize`. */
export interface SynthesizeOptions {
  /** Path of the description. */
  readonly file: string;
  /** Path of the output folder. */
  readonly outdir: string;
  /**
   * Whether to remove the folders of obsolete stacks. The cdktf CLI removes them itself, and fails if they
   * are missing.
   *
   * @default true
   */
  readonly clean?: boolean;
  /**
   * Commit of the description.
   *
   * @default - none
   */
  readonly commit?: string;
  /**
   * Whether the manifest says where the access review is, for the cdktf CLI, which shows no other output.
   *
   * @default false
   */
  readonly announce?: boolean;
  /**
   * Called with the name of each step before it starts.
   *
   * @default - steps are not reported
   */
  readonly step?: (name: string) => void;
}

/** Result of `synthesize`. */
export interface SynthesizeResult {
  readonly outdir: string;
  /** Stacks in the order of deployment, with paths relative to the output folder. */
  readonly stacks: { name: string; file: string }[];
  /** Paths of the access review, relative to the output folder. */
  readonly review: string[];
  readonly warnings: PlacedFinding[];
}

/**
 * Reads a description and writes its stacks.
 *
 * @throws FindingsError if the input is invalid; the output folder is unchanged then
 */
export function synthesize(options: SynthesizeOptions): SynthesizeResult {
  const { file, outdir, clean = true, announce = false, commit, step } = options;
  const configuration = loadConfiguration(file);
  const note = `The access review is ${relative(".", join(outdir, "access-review.html"))}.`;
  const { stacks, review, files } = outputOf(configuration, stackTexts, {
    commit,
    step,
    ...(announce ? { note } : {}),
  });
  publish(outdir, files, clean);
  return {
    outdir,
    stacks: stacks.map(({ name, path }) => ({ name, file: path })),
    review: review.map(([path]) => path),
    warnings: configuration.warnings,
  };
}

/** Returns the text of each stack of a description, by name. */
export function textsOf(configuration: LoadedConfiguration): ReadonlyMap<string, string> {
  const { stacks } = stackTexts(configuration.file, (app) => clusterStacks(app, configuration));
  return new Map(stacks.map(({ name, text }) => [name, text]));
}
