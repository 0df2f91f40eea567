// Reads the index and the review of an earlier run: from a folder, or from a commit.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import indexSchema from "../../fleet.schema.json";
import { FleetReviewDocument } from "../../lib";
import { UsageError } from "../environment";
import { FLEET_REVIEW } from "../fleet-review/read";
import { at } from "../refusal";
import { FileKind, validContent } from "../review/valid-file";
import { FleetIndex } from "./fleet-index";

/** Name of the index. */
export const INDEX = "fleet.json";

const FLEET_INDEX: FileKind = {
  noun: "an index of a fleet",
  schema: indexSchema,
  version: ["formatVersion", 1],
  remedy:
    "Name a fleet.json that the command fleet wrote or, if it is that of the output folder, restore it from git.",
};

/** The files of an earlier run that were found. */
export interface EarlierRun {
  readonly index?: FleetIndex;
  readonly review?: FleetReviewDocument;
}

/**
 * Reads an earlier run.
 *
 * @param from path of the index, or of the folder with it; else a commit, branch or tag of git
 * @param folder output folder, which the commit has
 * @throws UsageError if there is neither such a file nor such a commit
 * @throws FindingsError if a file is invalid
 */
export function earlierRun(from: string, folder: string): EarlierRun {
  if (existsSync(from)) {
    const isFolder = statSync(from).isDirectory();
    const [where, index] = isFolder
      ? [from, INDEX]
      : [dirname(from), relative(dirname(from), from)];
    return parsed(index, (name) => textIn(where, name));
  }
  const where = existsSync(folder) ? folder : ".";
  const commit = from.startsWith("-")
    ? undefined
    : git(where, "rev-parse", "--verify", "--quiet", `${from}^{commit}`)?.trim();
  if (commit === undefined) {
    throw new UsageError(
      `"${from}" is neither a file nor a commit, branch or tag of git. In a pipeline, fetch the branch first.`,
    );
  }
  return where === folder
    ? parsed(INDEX, (name) => [git(where, "show", `${commit}:./${name}`), `${name} of ${from}`])
    : {};
}

/** Returns the index in a folder; undefined if there is none. */
export function indexIn(folder: string): FleetIndex | undefined {
  return content(INDEX, FLEET_INDEX, (name) => textIn(folder, name)) as FleetIndex | undefined;
}

/** Returns a folder relative to its git repository or, without one, to the working directory, with forward slashes. */
export function folderInRepository(folder: string): string {
  const inRepository = git(folder, "rev-parse", "--show-prefix")?.trim();
  return (inRepository ?? relative(".", folder).split(sep).join("/")).replace(/\/$/, "");
}

/** Returns a file of an earlier run, if there is one, and its name in findings. */
type Read = (name: string) => readonly [text: string | undefined, file: string];

function parsed(index: string, read: Read): EarlierRun {
  return {
    index: content(index, FLEET_INDEX, read) as FleetIndex | undefined,
    review: content("fleet-review.json", FLEET_REVIEW, read) as FleetReviewDocument | undefined,
  };
}

function content(name: string, kind: FileKind, read: Read): unknown {
  const [text, file] = read(name);
  return text === undefined ? undefined : validContent(text, file, kind);
}

function textIn(folder: string, name: string): ReturnType<Read> {
  const file = join(folder, name);
  return [existsSync(file) ? at(file, () => readFileSync(file, "utf8")) : undefined, file];
}

function git(folder: string, ...args: string[]): string | undefined {
  try {
    return execFileSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1 << 28,
    });
  } catch {
    return undefined;
  }
}
