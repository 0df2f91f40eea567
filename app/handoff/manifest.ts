// The checksums of what was written, as sha256sum reads them, and what they tell about a folder. Pure.
import { createHash } from "node:crypto";

interface Texts {
  readonly [name: string]: string;
}

/** What there is to do in a folder. */
export interface Comparison {
  /** Files that are not as they would be written now. */
  readonly outdated: string[];
  /** Files of an earlier run that are no more. */
  readonly orphans: string[];
  /** Files that somebody has changed, and that would be lost. */
  readonly edited: string[];
}

/** The manifest of files: `sha256sum --check MANIFEST.sha256` compares them. */
export function manifestOf(files: Texts): string {
  return Object.keys(files)
    .sort()
    .map((name) => `${checksum(files[name] ?? "")}  ${name}\n`)
    .join("");
}

/** The checksums in a manifest, by file. Lines of anything else are passed over. */
export function parseManifest(manifest: string): { [name: string]: string } {
  return Object.fromEntries(
    manifest.split("\n").flatMap((line) => {
      const [, sum = "", name = ""] = /^([0-9a-f]{64}) [ *]([^/\\]+)$/.exec(line) ?? [];
      return name === "" ? [] : [[name, sum]];
    }),
  );
}

/**
 * Compares a folder with what it is to hold.
 *
 * @param found the files that are there and are, or were, in a manifest
 * @param manifest the manifest of the earlier run, if there was one
 */
export function compare(wanted: Texts, found: Texts, manifest: string | undefined): Comparison {
  const written = parseManifest(manifest ?? "");
  const isWanted = (name: string): boolean => Object.hasOwn(wanted, name);
  // The manifest itself is nobody's work; where it was changed, the files in it look changed.
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
