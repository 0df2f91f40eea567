// The files that a description becomes: its stacks and its access review.
import { Annotations, App } from "cdktf";
import { ClusterStacks } from "../lib/stacks/cluster-stacks";
import { TeamStack } from "../lib/stacks/team-stack";
import { LoadedConfiguration } from "./config/configuration";
import { TextFile } from "./files";
import { reviewFiles } from "./review/documents";
import { withProvenance } from "./review/provenance";
import { MakeStacks, StackText, StackTexts, stackFiles } from "./stack-texts";

/** The files of a description. */
export interface Output {
  /** In the order of deployment. */
  readonly stacks: StackText[];
  /** The documents of the access review. */
  readonly review: TextFile[];
  /** All files. */
  readonly files: TextFile[];
}

/** Options of `outputOf`. */
export interface OutputOptions {
  /**
   * Commit of the description.
   *
   * @default - none
   */
  readonly commit?: string;
  /**
   * Note for the manifest.
   *
   * @default - none
   */
  readonly note?: string;
  /**
   * Called with the name of each step before it starts.
   *
   * @default - steps are not reported
   */
  readonly step?: (name: string) => void;
}

/**
 * Returns the files of a description.
 *
 * @param synth synthesizes stacks to texts
 * @throws FindingsError if a construct is invalid
 */
export function outputOf(
  configuration: Pick<LoadedConfiguration, "file" | "plan" | "terraform">,
  synth: (file: string, make: MakeStacks) => StackTexts,
  { commit, note, step = () => undefined }: OutputOptions = {},
): Output {
  step("Writing the stacks");
  const { stacks, manifest } = synth(configuration.file, (app) =>
    clusterStacks(app, configuration, note),
  );
  step("Writing the access review");
  const review = reviewFiles(withProvenance(configuration.plan.review(), commit));
  return { stacks, review, files: [...stacks.flatMap(stackFiles), ...review, manifest] };
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
