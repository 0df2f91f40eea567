// Folders on disk: what is in them, and writing what they are to hold.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../files";
import { at } from "../refusal";
import { Files, MANIFEST } from "./folder";
import { Comparison, compare, parseManifest } from "./manifest";

/** Compares a folder with what it is to hold. */
export function inspect(folder: string, wanted: Files): Comparison {
  const manifest = read(join(folder, MANIFEST));
  const names = new Set([...Object.keys(wanted), ...Object.keys(parseManifest(manifest ?? ""))]);
  const found = [...names].flatMap((name): [string, string][] => {
    const text = read(join(folder, name));
    return text === undefined ? [] : [[name, text]];
  });
  return compare(wanted, Object.fromEntries(found), manifest);
}

/** Writes what is outdated and removes what is no more. Everything else in the folder stays. */
export function write(folder: string, wanted: Files, { outdated, orphans }: Comparison): void {
  // The manifest last: a run that was interrupted leaves files that count as edited.
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
