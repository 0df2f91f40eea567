// Reads the index of an earlier run: from a file, or from a commit.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { UsageError } from "../environment";
import { at } from "../refusal";
import { FleetIndex } from "./fleet-index";

/** Name of the index. */
export const INDEX = "fleet.json";

/**
 * Returns the index that an earlier run wrote.
 *
 * @param from path of the index, or of the folder with it; else a commit, branch or tag of git
 * @param folder output folder, whose index the commit has
 * @returns undefined if the commit has no index there
 * @throws UsageError if there is neither such a file nor such a commit, or the file is no index
 */
export function previousIndex(from: string, folder: string): FleetIndex | undefined {
  if (existsSync(from)) {
    const file = statSync(from).isDirectory() ? join(from, INDEX) : from;
    return parsed(
      at(file, () => readFileSync(file, "utf8")),
      file,
    );
  }
  const where = existsSync(folder) ? folder : ".";
  const commit = from.startsWith("-")
    ? undefined
    : git(where, "rev-parse", "--verify", "--quiet", `${from}^{commit}`);
  if (commit === undefined) {
    throw new UsageError(
      `"${from}" is neither a file nor a commit, branch or tag of git. In a pipeline, fetch the branch first.`,
    );
  }
  const text = where === folder ? git(where, "show", `${commit.trim()}:./${INDEX}`) : undefined;
  return text === undefined ? undefined : parsed(text, `${INDEX} of ${from}`);
}

/** Returns the index in a folder; undefined if there is none. */
export function indexIn(folder: string): FleetIndex | undefined {
  const file = join(folder, INDEX);
  return existsSync(file) ? parsed(readFileSync(file, "utf8"), file) : undefined;
}

/** Returns a folder relative to its git repository or, without one, to the working directory, with forward slashes. */
export function folderInRepository(folder: string): string {
  const inRepository = git(folder, "rev-parse", "--show-prefix")?.trim();
  return (inRepository ?? relative(".", folder).split(sep).join("/")).replace(/\/$/, "");
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

function parsed(text: string, file: string): FleetIndex {
  try {
    const index = JSON.parse(text) as FleetIndex;
    if ((index.formatVersion as number) === 1 && Array.isArray(index.stacks)) {
      return index;
    }
  } catch {
    // It is no JSON.
  }
  throw new UsageError(`${file} is no index of a fleet that this version can read.`);
}
