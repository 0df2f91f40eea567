// Finds the folders of stacks in an output folder, and writes the files of an adoption into them.
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readStack } from "../changes/previous-output";
import { TextFile, writeFiles } from "../files";
import { FindingsError, PlacedFinding } from "../finding";
import { JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { renderJson } from "../review/json";
import { plain } from "../review/text";
import { Import } from "./adoption";
import { MARK } from "./cleanup-script";

/** The file with the imports of a stack. */
export const IMPORT_FILE = "adopt.tf.json";

/** Files of an adoption, relative to the output folder. */
export interface PlacedFiles {
  readonly files: TextFile[];
  /** Files of an earlier run that have no content any more. */
  readonly obsolete: string[];
  /** Stacks without a folder, whose imports are not written. */
  readonly without: string[];
}

/**
 * Returns the files to write into an output folder of `synth` or `handoff`.
 *
 * @throws FindingsError if the folder has no such stacks, or would lose a file that something else wrote
 */
export function placeFiles(
  out: string,
  stacks: readonly string[],
  imports: readonly Import[],
  scripts: readonly TextFile[],
): PlacedFiles {
  const folders = stacks.map((stack) => ({ stack, folder: folderOf(out, stack) }));
  if (folders.every(({ folder }) => folder === undefined)) {
    throw refusal(out, {
      message: "The folder has none of the stacks of the description.",
      remedy: "Run synth or handoff first, and name its folder with --out.",
    });
  }
  const placed = folders.flatMap(({ stack, folder }) =>
    folder === undefined ? [] : [{ path: join(folder, IMPORT_FILE), folder, stack }],
  );
  const all = placed.map(({ path, folder, stack }) => {
    const own = imports.filter((one) => one.stack === stack);
    if (own.length > 0) {
      checkStack(join(out, folder), own);
    }
    return { path, text: own.length > 0 ? importText(own) : undefined };
  });
  const files = all.flatMap(({ path, text }): TextFile[] =>
    text === undefined ? [] : [[path, text]],
  );
  const paths = [...all.map(({ path }) => path), ...scripts.map(([path]) => path)];
  const foreign = paths.find((path) => existsSync(join(out, path)) && !isOurs(join(out, path)));
  if (foreign !== undefined) {
    throw refusal(
      join(out, foreign),
      {
        message: "The command would overwrite this, but hardened-aks did not write it.",
        remedy: "Move the file elsewhere, or delete it.",
      },
      "HAKS-FILE-009",
    );
  }
  return {
    files: [...files, ...scripts],
    obsolete: all.flatMap(({ path, text }) =>
      text === undefined && existsSync(join(out, path)) ? [path] : [],
    ),
    without: folders.flatMap(({ stack, folder }) => (folder === undefined ? [stack] : [])),
  };
}

/** Writes the files. */
export function writePlaced(out: string, { files, obsolete }: PlacedFiles): void {
  writeFiles(out, files);
  obsolete.forEach((path) => {
    rmSync(join(out, path));
  });
}

/** Returns the text of a file with imports. Addresses stand there bare: Terraform takes no expressions in JSON. */
export function importText(imports: readonly Import[]): string {
  return renderJson({
    "//": `${MARK}. Delete it after the first apply: then the state has what it imports.`,
    import: imports.map(({ to, id }) => ({ to, id })),
  });
}

function folderOf(out: string, stack: string): string | undefined {
  return [join("stacks", stack), stack].find(
    (folder) => statSync(join(out, folder), { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

function checkStack(folder: string, imports: readonly Import[]): void {
  const stack: JsonObject = readStack(folder) ?? {};
  if (stack.terraform !== undefined && stack.provider === undefined) {
    throw refusal(
      folder,
      {
        message:
          "The folder has a module, and Terraform before 1.16 accepts import blocks in root modules alone.",
        remedy:
          "Hand off root modules, or write the import blocks of adopt --json into the root module that calls it, with its addresses.",
      },
      "HAKS-ADOPT-008",
    );
  }
  const missing = imports.find(({ to }) => {
    const [type = "", name = ""] = to.split(".");
    return !isObject(objectAt(stack, "resource", type)[name]);
  });
  if (missing) {
    throw refusal(folder, {
      message: `The stack in the folder lacks ${plain(missing.to)}, which the description has.`,
      remedy: "It is outdated: run synth or handoff again.",
    });
  }
}

function isOurs(file: string): boolean {
  return readFileSync(file, "utf8").includes(MARK);
}

function refusal(
  file: string,
  words: Pick<PlacedFinding, "message" | "remedy">,
  code = "HAKS-ADOPT-007",
): FindingsError {
  return new FindingsError([{ severity: "error", code, file, ...words }]);
}
