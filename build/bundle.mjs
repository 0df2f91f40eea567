// Bundles programs: the command line into dist/app/cli.js, with all that is not cdktf and its providers.
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMAND_LINE = "dist/app/cli.js";

// The inputs of the command line. npm writes the last one at each install: it lists the installed packages.
const FOLDERS = ["app", "lib"];
const FILES = [
  "build/bundle.mjs",
  "access-review.schema.json",
  "fleet-review.schema.json",
  "haks.schema.json",
  "package.json",
  "tsconfig.json",
  "node_modules/.package-lock.json",
];

/** Bundles a program in the way of the command line. A reader finds the earlier bundle or this one, never a part. */
export function bundle(entry, outfile, comment = "") {
  // Loaded late: most runs have nothing to bundle.
  const { buildSync } = createRequire(import.meta.url)("esbuild");
  const draft = `${outfile}.${process.pid}`;
  try {
    buildSync({
      entryPoints: [entry],
      outfile: draft,
      bundle: true,
      platform: "node",
      target: "node20",
      external: ["cdktf", "cdktn", "constructs", "@cdktf/*", "@cdktn/*"],
      banner: { js: bannerWith(comment) },
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: "warning",
    });
    chmodSync(draft, 0o755);
    renameSync(draft, outfile);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Bundles the command line, unless the bundle that is there was made from the same sources. */
export function bundleCommandLine() {
  const comment = `\n// Sources: ${checksum()}`;
  if (!contentOf(COMMAND_LINE).startsWith(bannerWith(comment))) {
    bundle("app/cli.ts", COMMAND_LINE, comment);
  }
}

function bannerWith(comment) {
  return `#!/usr/bin/env node${comment}`;
}

// Of contents, not of times: another commit may bring older files, or fewer.
function checksum() {
  const hash = createHash("sha256");
  for (const file of [...FOLDERS.flatMap(namesIn), ...FILES]) {
    const content = contentOf(file);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

function namesIn(folder) {
  const names = readdirSync(folder, { recursive: true });
  return names.map((name) => join(folder, name)).sort();
}

// Nothing, of a folder and of what is not there.
function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  bundleCommandLine();
}
