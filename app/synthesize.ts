// From a file to the folder of stacks. The folder changes only if everything went well.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import "./lazy-modules";
import { App } from "cdktf";
import { ClusterStacks } from "../lib";
import { LoadedConfiguration, loadConfiguration } from "./config/load";
import { TextFile, withDraft } from "./files";
import { NATIVE_FILE, splitText } from "./native";
import { publish } from "./output-folder";
import { FindingsError, PlacedFinding } from "./finding";
import { at, causeOf } from "./refusal";
import { reviewOf } from "./review/of-configuration";
import { reviewFiles } from "./review/write";

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
  readonly warnings: PlacedFinding[];
}

interface Manifest {
  readonly stacks: {
    [name: string]: { readonly synthesizedStackPath: string };
  };
}

/**
 * Reads a description and writes its stacks.
 *
 * @throws FindingsError if something is wrong with the input; then the output folder is as it was
 */
export function synthesize(options: SynthesizeOptions): SynthesizeResult {
  const { file, outdir, clean = true, step = () => undefined } = options;
  const configuration = loadConfiguration(file);
  return withDraft((draft) => {
    step("Writing the stacks");
    const order = buildStacks(configuration, draft, file);
    const written = (path: string): TextFile => [path, readFileSync(join(draft, path), "utf8")];
    const manifest = written("manifest.json");
    const { stacks } = JSON.parse(manifest[1]) as Manifest;
    const texts = Object.values(stacks).flatMap(({ synthesizedStackPath: path }): TextFile[] => {
      const { json, native } = splitText(written(path)[1]);
      return [
        [path, json],
        [join(dirname(path), NATIVE_FILE), native],
      ];
    });
    step("Writing the access review");
    const review = reviewFiles(reviewOf(configuration));
    publish(outdir, [...texts, ...review, manifest], clean);
    return {
      outdir,
      stacks: order.flatMap((name) => {
        const stack = stacks[name];
        return stack ? [{ name, file: stack.synthesizedStackPath }] : [];
      }),
      review: review.map(([path]) => path),
      warnings: configuration.warnings,
    };
  });
}

/** Writes the stacks of cdktf into a folder; returns their names in the order in which they are deployed. */
export function buildStacks(
  configuration: LoadedConfiguration,
  outdir: string,
  file: string,
): string[] {
  try {
    return at(outdir, () => namesOfStacks(configuration, outdir));
  } catch (error) {
    if (causeOf(error) !== undefined) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const remedy = "Correct what the construct path in brackets names.";
    throw new FindingsError([{ severity: "error", code: "HAKS-SYNTH-001", file, message, remedy }]);
  }
}

function namesOfStacks({ plan, terraform }: LoadedConfiguration, outdir: string): string[] {
  const app = new App({ outdir, stackTraces: false });
  const { identities, networkPermissions, cluster } = new ClusterStacks(app, { plan, terraform });
  app.synth();
  return [identities, networkPermissions, cluster].map(({ node }) => node.id);
}

/** Returns the text of each stack of a description, by name. Nothing is written that stays. */
export function stackTexts(
  configuration: LoadedConfiguration,
  file: string,
): ReadonlyMap<string, string> {
  return withDraft(
    (draft) =>
      new Map(
        buildStacks(configuration, draft, file).map((stack) => [
          stack,
          readFileSync(join(draft, "stacks", stack, "cdk.tf.json"), "utf8"),
        ]),
      ),
  );
}
