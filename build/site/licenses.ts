// The licenses of the packages in the page.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Script } from "./bundle";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Returns the text of the license of each package, with where its source is. */
export function licenses(scripts: readonly Script[]): string {
  const files = scripts.flatMap(({ contents }) => Object.keys(contents.inputs));
  const folders = [...new Set(files.flatMap(packageOf))].sort();
  return [
    "This page contains the following packages as npm publishes them, unchanged. The source of each is there, by name and version.",
    ...folders.map((folder) => licenseOf(folder, folders)),
  ].join(`\n\n${"-".repeat(80)}\n\n`);
}

function packageOf(file: string): string[] {
  const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file) ?? [];
  return folder === undefined ? [] : [folder];
}

function licenseOf(folder: string, others: readonly string[]): string {
  const { name, version, license } = manifestOf(folder);
  return `${name} ${version}, ${license}\n\n${textOf(folder) ?? referenceTo(license, others)}`;
}

/** Returns where the text of a license is that a package names without a file. */
function referenceTo(license: string, folders: readonly string[]): string {
  const same = folders.find(
    (folder) => manifestOf(folder).license === license && textOf(folder) !== undefined,
  );
  return same === undefined
    ? "The package has no text of a license."
    : `The text of the license is that of ${manifestOf(same).name}, without its line of copyright.`;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function textOf(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? undefined : readFileSync(join(folder, file), "utf8").trim();
}
