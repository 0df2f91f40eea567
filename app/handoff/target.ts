// Reads, compares and writes hand-off folders on disk.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { TextFile, writeFiles } from "../files";
import { at } from "../refusal";
import { Files, MANIFEST } from "./folder";
import { Comparison, compare, parseManifest } from "./manifest";

/** Compares a folder with the files to write. */
export function inspect(folder: string, wanted: Files): Comparison {
  const manifest = read(join(folder, MANIFEST));
  const names = new Set([...Object.keys(wanted), ...Object.keys(parseManifest(manifest ?? ""))]);
  const found = [...names].flatMap((name): [string, string][] => {
    const text = read(join(folder, name));
    return text === undefined ? [] : [[name, text]];
  });
  return compare(wanted, Object.fromEntries(found), manifest);
}

/** A folder with the files to write, and how it differs from them. */
export interface Target {
  readonly folder: string;
  readonly files: Files;
  readonly comparison: Comparison;
}

/** Writes outdated files of all folders, or none, and removes obsolete ones. All other files there stay. */
export function write(targets: readonly Target[]): void {
  const outdated = targets.flatMap(({ folder, files, comparison }) =>
    comparison.outdated.map((name): TextFile => [join(folder, name), files[name] ?? ""]),
  );
  // The manifests come last, so that files of an interrupted run count as edited.
  const rank = ([path]: TextFile): number => Number(basename(path) === MANIFEST);
  writeFiles(
    "",
    outdated.sort((a, b) => rank(a) - rank(b)),
  );
  for (const { folder, comparison } of targets) {
    for (const name of comparison.orphans) {
      rmSync(join(folder, name));
    }
  }
}

function read(file: string): string | undefined {
  return existsSync(file) ? at(file, () => readFileSync(file, "utf8")) : undefined;
}
