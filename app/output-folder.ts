// The output folder of synth and review. Only files that hardened-aks or cdktf wrote are changed.
import { lstatSync, readFileSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { TextFile, locked, writeFiles } from "./files";
import { FindingsError } from "./finding";
import { at } from "./refusal";

/** Lists the files that were written, one per line. */
const RECORD = ".hardened-aks";

const MANIFEST = "manifest.json";

const REQUESTS = ["identity", "network"].flatMap((team) =>
  ["md", "sh"].map((type) => join("access-requests", `${team}.${type}`)),
);

// The record can be edited by hand, and must never cause another file to be deleted.
const DELETABLE =
  /^(manifest\.json|(access-review|access-live|discover-report)\.\w+|move\.json|export\.sh|(identity|network|platform)(-grants)?\.(md|sh)|access-requests[\\/][\w-]+\.\w+|stacks[\\/][^\\/]+[\\/](cdk\.tf\.json|terraform\.tf))$/;

// Files that Terraform, the cdktf CLI and desktops leave behind.
const IGNORED = /^\.|\.tfstate|\.tfplan$|^(plan|cdktf\.log|crash.*\.log|Thumbs\.db)$/;

/**
 * Writes files, and removes obsolete files of an earlier run.
 *
 * A file is overwritten if hardened-aks or cdktf wrote it. Stacks are written to a folder that is empty or
 * already contains stacks.
 *
 * @param clean whether to remove obsolete stacks, too
 * @throws FindingsError if the folder contains foreign files; the folder is unchanged then
 */
export function publish(folder: string, files: readonly TextFile[], clean: boolean): void {
  locked(folder, () => {
    const paths = files.map(([path]) => path);
    // Versions without a record wrote the documents next to the stacks.
    const record =
      readRecord(folder) ?? (isCdktfFile(join(folder, MANIFEST)) ? [...paths, ...REQUESTS] : []);
    checkForeign(folder, paths, record);
    const earlier = record.filter((path) => !paths.includes(path) && isFile(folder, path));
    const entries = [...paths, ...earlier].sort().map((path) => `${path}\n`);
    writeFiles(folder, [[RECORD, entries.join("")], ...files]);
    earlier
      .filter((path) => (clean || path.startsWith("access-")) && !hasStateBeside(folder, path))
      .forEach((path) => {
        remove(folder, path);
      });
  });
}

function checkForeign(folder: string, paths: string[], record: string[]): void {
  const hasStacks = record.includes(MANIFEST) || isCdktfFile(join(folder, MANIFEST));
  if (paths.includes(MANIFEST) && !hasStacks) {
    const foreign = findForeign(folder, "", record);
    if (foreign !== undefined) {
      throw foreignError(
        folder,
        `The folder contains ${foreign}, which hardened-aks did not write.`,
      );
    }
  }
  const lost = paths.find(
    (path) =>
      has(folder, path) &&
      !(isFile(folder, path) && (record.includes(path) || isCdktfFile(join(folder, path)))),
  );
  if (lost !== undefined) {
    throw foreignError(
      join(folder, lost),
      "The command would overwrite this, but hardened-aks did not write it.",
    );
  }
}

function foreignError(file: string, message: string): FindingsError {
  const remedy = "Use --out to name an empty folder, or a folder that the same command wrote.";
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-009", file, message, remedy }]);
}

// Returns the first foreign file in a folder.
function findForeign(folder: string, under: string, record: string[]): string | undefined {
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = join(under, entry.name);
    if (IGNORED.test(entry.name) || record.includes(path)) {
      continue;
    }
    const foreign = entry.isDirectory()
      ? findForeign(folder, path, record)
      : isCdktfFile(join(folder, path))
        ? undefined
        : path;
    if (foreign !== undefined) {
      return foreign;
    }
  }
  return undefined;
}

// Whether a file is the manifest or a stack of any cdktf program.
function isCdktfFile(file: string): boolean {
  try {
    const { stacks, version, ...rest } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly stacks?: unknown;
      readonly version?: unknown;
      readonly "//"?: { readonly metadata?: { readonly stackName?: unknown } };
    };
    return (
      (typeof stacks === "object" && typeof version === "string") ||
      typeof rest["//"]?.metadata?.stackName === "string"
    );
  } catch {
    return false;
  }
}

function readRecord(folder: string): string[] | undefined {
  if (!has(folder, RECORD)) {
    return undefined;
  }
  const file = join(folder, RECORD);
  const lines = at(file, () => readFileSync(file, "utf8")).split("\n");
  return lines.filter((line) => DELETABLE.test(line) && !line.includes(".."));
}

function has(folder: string, path: string): boolean {
  return lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
}

function isFile(folder: string, path: string): boolean {
  return has(folder, path) && !lstatSync(join(folder, path)).isDirectory();
}

// Neither a local state nor its stack is ever removed.
function hasStateBeside(folder: string, path: string): boolean {
  const parent = join(folder, dirname(path));
  return readdirSync(parent).some((name) => name.includes(".tfstate"));
}

// Removes a file, and its folder if that is empty then.
function remove(folder: string, path: string): void {
  rmSync(join(folder, path));
  const parent = join(folder, dirname(path));
  if (parent !== join(folder) && readdirSync(parent).length === 0) {
    rmdirSync(parent);
  }
}
