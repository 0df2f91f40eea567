// Synthesizes stacks in a folder, and reads their texts.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { TextFile } from "./files";
import { FindingsError } from "./finding";
import { NATIVE_FILE, splitText } from "./native";
import { at, causeOf } from "./refusal";

/** A stack as cdktf writes it. */
export interface StackText {
  readonly name: string;
  /** Path of its file, relative to the output folder. */
  readonly path: string;
  readonly text: string;
}

/** The stacks of an app. */
export interface StackTexts {
  /** In the order in which they were returned. */
  readonly stacks: StackText[];
  readonly manifest: TextFile;
}

interface Manifest {
  readonly stacks: {
    [name: string]: { readonly synthesizedStackPath: string };
  };
}

/** Adds stacks to an app. */
export type MakeStacks = (app: App) => TerraformStack[];

/**
 * Synthesizes stacks into a folder.
 *
 * @param outdir the folder
 * @param file the file that errors of the synth are reported at
 * @param make adds the stacks to an app
 * @throws FindingsError if a construct is invalid
 */
export function stackTextsIn(outdir: string, file: string, make: MakeStacks): StackTexts {
  const names = refusing(file, () =>
    at(outdir, () => {
      const app = new App({ outdir, stackTraces: false });
      const stacks = make(app);
      app.synth();
      return stacks.map(({ node }) => node.id);
    }),
  );
  const read = (path: string): string => readFileSync(join(outdir, path), "utf8");
  const manifest = read("manifest.json");
  const { stacks } = JSON.parse(manifest) as Manifest;
  return {
    stacks: names.map((name) => {
      const path = stacks[name]!.synthesizedStackPath;
      return { name, path, text: read(path) };
    }),
    manifest: ["manifest.json", manifest],
  };
}

/** Returns the files of a stack: its JSON, and the blocks that scanners cannot read there. */
export function stackFiles({ path, text }: StackText): TextFile[] {
  const { json, native } = splitText(text);
  return [
    [path, json],
    [join(dirname(path), NATIVE_FILE), native],
  ];
}

function refusing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (causeOf(error) !== undefined) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const remedy = "Fix the construct whose path is in brackets.";
    throw new FindingsError([{ severity: "error", code: "HAKS-SYNTH-001", file, message, remedy }]);
  }
}
