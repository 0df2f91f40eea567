// The checksums of written files, in the format of sha256sum, and the comparison of a folder with them. Pure.
import { createHash } from "node:crypto";

interface Texts {
  readonly [name: string]: string;
}

/** Differences between a folder and the files to write. */
export interface Comparison {
  /** Files that are missing or differ. */
  readonly outdated: string[];
  /** Obsolete files of an earlier run. */
  readonly orphans: string[];
  /** Files that were edited by hand, and would be overwritten or removed. */
  readonly edited: string[];
}

/** Returns the manifest of files, for `sha256sum --check MANIFEST.sha256`. */
export function manifestOf(files: Texts): string {
  return Object.keys(files)
    .sort()
    .map((name) => `${checksum(files[name] ?? "")}  ${name}\n`)
    .join("");
}

/** Returns the checksums in a manifest, by file. Other lines are skipped. */
export function parseManifest(manifest: string): { [name: string]: string } {
  return Object.fromEntries(
    manifest.split("\n").flatMap((line) => {
      const [, sum = "", name = ""] = /^([0-9a-f]{64}) [ *]((?:tests\/)?[^/\\]+)$/.exec(line) ?? [];
      return name === "" ? [] : [[name, sum]];
    }),
  );
}

/**
 * Compares a folder with the files to write.
 *
 * @param found the existing files that are in the new or the earlier manifest
 * @param manifest the manifest of the earlier run, if any
 */
export function compare(wanted: Texts, found: Texts, manifest: string | undefined): Comparison {
  const written = parseManifest(manifest ?? "");
  const isWanted = (name: string): boolean => Object.hasOwn(wanted, name);
  // The manifest is no manual work. If it was changed, the files in it count as edited.
  const isEdited = (name: string): boolean =>
    found[name] !== undefined &&
    found[name] !== wanted[name] &&
    checksum(found[name]) !== written[name] &&
    !(manifest !== undefined && found[name] === manifest);
  const orphans = Object.keys(written).filter(
    (name) => !isWanted(name) && found[name] !== undefined,
  );
  return {
    outdated: Object.keys(wanted)
      .filter((name) => found[name] !== wanted[name])
      .sort(),
    orphans: orphans.sort(),
    edited: [...Object.keys(wanted), ...orphans].filter(isEdited).sort(),
  };
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
