// The files that --config names: paths and patterns.
import { existsSync } from "node:fs";
import { FindingsError } from "../finding";

/**
 * Returns the paths that a list of paths and patterns such as `clusters/*.yaml` names: each once, sorted.
 *
 * @throws FindingsError if no file matches a pattern
 */
export async function descriptionFiles(patterns: readonly string[]): Promise<string[]> {
  const files = await Promise.all(patterns.map(filesOf));
  return [...new Set(files.flat())].sort();
}

async function filesOf(pattern: string): Promise<string[]> {
  if (!/[*?[{(!]/.test(pattern) || existsSync(pattern)) {
    return [pattern];
  }
  const { default: glob } = await import("fast-glob");
  const found = await glob(pattern);
  if (found.length === 0) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-FILE-007",
        file: pattern,
        message: "No file matches this pattern.",
        remedy: "Name the descriptions with --config, such as --config 'clusters/*.yaml'.",
      },
    ]);
  }
  return found;
}
