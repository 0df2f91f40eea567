// Reads, compares and writes hand-off folders on disk.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../files";
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

/** Writes outdated files and removes obsolete ones. All other files in the folder stay. */
export function write(folder: string, wanted: Files, { outdated, orphans }: Comparison): void {
  // The manifest comes last, so that files of an interrupted run count as edited.
  const names = [...outdated].sort((a, b) => Number(a === MANIFEST) - Number(b === MANIFEST));
  writeFiles(
    folder,
    names.map((name) => [name, wanted[name] ?? ""]),
  );
  for (const name of orphans) {
    rmSync(join(folder, name));
  }
}

function read(file: string): string | undefined {
  return existsSync(file) ? at(file, () => readFileSync(file, "utf8")) : undefined;
}
