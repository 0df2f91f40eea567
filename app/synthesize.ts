// Synthesizes a description to an output folder, which changes only if the whole run succeeds.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import "./lazy-modules";
import { Annotations, App } from "cdktf";
import { ClusterStacks } from "../lib";
import { LoadedConfiguration, loadConfiguration } from "./config/load";
import { TextFile, withDraft } from "./files";
import { NATIVE_FILE, splitText } from "./native";
import { publish } from "./output-folder";
import { FindingsError, PlacedFinding } from "./finding";
import { at, causeOf } from "./refusal";
import { withProvenance } from "./review/provenance";
import { reviewFiles } from "./review/write";

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

interface Manifest {
  readonly stacks: {
    [name: string]: { readonly synthesizedStackPath: string };
  };
}

/**
 * Reads a description and writes its stacks.
 *
 * @throws FindingsError if the input is invalid; the output folder is unchanged then
 */
export function synthesize(options: SynthesizeOptions): SynthesizeResult {
  const { file, outdir, clean = true, announce = false, step = () => undefined } = options;
  const configuration = loadConfiguration(file);
  return withDraft((draft) => {
    step("Writing the stacks");
    const note = `The access review is ${relative(".", join(outdir, "access-review.html"))}.`;
    const order = buildStacks(configuration, draft, file, announce ? note : undefined);
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
    const review = reviewFiles(withProvenance(configuration.plan.review(), options.commit));
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

/**
 * Synthesizes the stacks into a folder; returns their names in the order of deployment.
 *
 * @param note for the manifest
 */
export function buildStacks(
  configuration: LoadedConfiguration,
  outdir: string,
  file: string,
  note?: string,
): string[] {
  try {
    return at(outdir, () => synthStacks(configuration, outdir, note));
  } catch (error) {
    if (causeOf(error) !== undefined) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const remedy = "Fix the construct whose path is in brackets.";
    throw new FindingsError([{ severity: "error", code: "HAKS-SYNTH-001", file, message, remedy }]);
  }
}

function synthStacks(
  { plan, terraform }: LoadedConfiguration,
  outdir: string,
  note?: string,
): string[] {
  const app = new App({ outdir, stackTraces: false });
  const { identities, networkPermissions, cluster } = new ClusterStacks(app, {
    ...terraform,
    plan,
  });
  if (note !== undefined) {
    Annotations.of(cluster).addInfo(note);
  }
  app.synth();
  return [identities, networkPermissions, cluster].map(({ node }) => node.id);
}

/** Returns the text of each stack of a description, by name. Leaves no files behind. */
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
