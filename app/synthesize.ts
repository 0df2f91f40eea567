// Synthesizes a description to an output folder, which changes only if the whole run succeeds.
import { join, relative } from "node:path";
import "./lazy-modules";
import { Annotations, App } from "cdktf";
import { ClusterStacks, TeamStack } from "../lib";
import { LoadedConfiguration, loadConfiguration } from "./config/load";
import { PlacedFinding } from "./finding";
import { publish } from "./output-folder";
import { withProvenance } from "./review/provenance";
import { reviewFiles } from "./review/write";
import { stackFiles, stackTexts } from "./stack-files";

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
  const { file, outdir, clean = true, announce = false, step = () => undefined } = options;
  const configuration = loadConfiguration(file);
  step("Writing the stacks");
  const note = `The access review is ${relative(".", join(outdir, "access-review.html"))}.`;
  const { stacks, manifest } = stackTexts(file, (app) =>
    clusterStacks(app, configuration, announce ? note : undefined),
  );
  step("Writing the access review");
  const review = reviewFiles(withProvenance(configuration.plan.review(), options.commit));
  publish(outdir, [...stacks.flatMap(stackFiles), ...review, manifest], clean);
  return {
    outdir,
    stacks: stacks.map(({ name, path }) => ({ name, file: path })),
    review: review.map(([path]) => path),
    warnings: configuration.warnings,
  };
}

/**
 * Adds the stacks of a description to an app; returns them in the order of deployment.
 *
 * @param note for the manifest
 */
export function clusterStacks(
  app: App,
  { plan, terraform }: Pick<LoadedConfiguration, "plan" | "terraform">,
  note?: string,
): TeamStack[] {
  const stacks = new ClusterStacks(app, { ...terraform, plan });
  if (note !== undefined) {
    Annotations.of(stacks.cluster).addInfo(note);
  }
  return stacks.all;
}

/** Returns the text of each stack of a description, by name. */
export function textsOf(configuration: LoadedConfiguration): ReadonlyMap<string, string> {
  const { stacks } = stackTexts(configuration.file, (app) => clusterStacks(app, configuration));
  return new Map(stacks.map(({ name, text }) => [name, text]));
}
