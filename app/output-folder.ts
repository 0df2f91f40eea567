// The folder of synth and review: what hardened-aks wrote there changes, and nothing else does.
import { lstatSync, readFileSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { TextFile, locked, writeFiles } from "./files";
import { FindingsError } from "./finding";

/** Lists the files that were written, one in a line. */
const RECORD = ".hardened-aks";

const MANIFEST = "manifest.json";

const REQUESTS = ["identity", "network"].flatMap((team) =>
  ["md", "sh"].map((type) => join("access-requests", `${team}.${type}`)),
);

// The record can be edited by hand, and must never make another file go.
const OURS =
  /^(manifest\.json|access-review\.\w+|access-requests[\\/]\w+\.\w+|stacks[\\/][^\\/]+[\\/](cdk\.tf\.json|terraform\.tf))$/;

// What Terraform, the cdktf command line and desktops leave behind.
const LEFT_BEHIND = /^\.|\.tfstate|\.tfplan$|^(plan|cdktf\.log|crash.*\.log|Thumbs\.db)$/;

/**
 * Writes files, and removes those of an earlier run that are no more.
 *
 * A file is overwritten if hardened-aks or cdktf wrote it. Stacks are written to a folder that is empty, or
 * that has stacks already.
 *
 * @param clean whether to remove stacks that are no more, too
 * @throws FindingsError if the folder has foreign content; then the folder is as it was
 */
export function publish(folder: string, files: readonly TextFile[], clean: boolean): void {
  locked(folder, () => {
    const paths = files.map(([path]) => path);
    // Versions without a record wrote documents beside the stacks.
    const record =
      recordOf(folder) ?? (isOfCdktf(join(folder, MANIFEST)) ? [...paths, ...REQUESTS] : []);
    refuseForeign(folder, paths, record);
    const earlier = record.filter((path) => !paths.includes(path) && isFile(folder, path));
    const entries = [...paths, ...earlier].sort().map((path) => `${path}\n`);
    writeFiles(folder, [[RECORD, entries.join("")], ...files]);
    earlier
      .filter((path) => (clean || path.startsWith("access-")) && !isBesideState(folder, path))
      .forEach((path) => {
        remove(folder, path);
      });
  });
}

function refuseForeign(folder: string, paths: string[], record: string[]): void {
  const hasStacks = record.includes(MANIFEST) || isOfCdktf(join(folder, MANIFEST));
  if (paths.includes(MANIFEST) && !hasStacks) {
    const foreign = foreignIn(folder, "", record);
    if (foreign !== undefined) {
      throw refused(folder, `The folder holds ${foreign}, which hardened-aks did not write.`);
    }
  }
  const lost = paths.find(
    (path) =>
      has(folder, path) &&
      !(isFile(folder, path) && (record.includes(path) || isOfCdktf(join(folder, path)))),
  );
  if (lost !== undefined) {
    throw refused(
      join(folder, lost),
      "This would be overwritten, and hardened-aks did not write it.",
    );
  }
}

function refused(file: string, message: string): FindingsError {
  const remedy = "Name an empty folder with --out, or one that was written by the same command.";
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-009", file, message, remedy }]);
}

// Returns the first foreign file.
function foreignIn(folder: string, under: string, record: string[]): string | undefined {
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = join(under, entry.name);
    if (LEFT_BEHIND.test(entry.name) || record.includes(path)) {
      continue;
    }
    const foreign = entry.isDirectory()
      ? foreignIn(folder, path, record)
      : isOfCdktf(join(folder, path))
        ? undefined
        : path;
    if (foreign !== undefined) {
      return foreign;
    }
  }
  return undefined;
}

// Whether a file is the manifest or a stack of cdktf, of whatever program.
function isOfCdktf(file: string): boolean {
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

function recordOf(folder: string): string[] | undefined {
  if (!has(folder, RECORD)) {
    return undefined;
  }
  const lines = readFileSync(join(folder, RECORD), "utf8").split("\n");
  return lines.filter((line) => OURS.test(line) && !line.includes(".."));
}

function has(folder: string, path: string): boolean {
  return lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
}

function isFile(folder: string, path: string): boolean {
  return has(folder, path) && !lstatSync(join(folder, path)).isDirectory();
}

// A state is never cleaned away, and neither is the stack that it is of.
function isBesideState(folder: string, path: string): boolean {
  const parent = join(folder, dirname(path));
  return readdirSync(parent).some((name) => name.includes(".tfstate"));
}

// With its folder, unless something else is in it.
function remove(folder: string, path: string): void {
  rmSync(join(folder, path));
  const parent = join(folder, dirname(path));
  if (parent !== join(folder) && readdirSync(parent).length === 0) {
    rmdirSync(parent);
  }
}
