// Writes a new description, and the files that editors and git need beside it.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { LIBRARY } from "../../lib/spec/framework";
import { FILE_SCHEMA } from "../config/file-schema";
import { TextFile, writeFiles } from "../files";
import { FindingsError } from "../finding";
import { at } from "../refusal";

const SCHEMA = "haks.schema.json";

/** Files that Terraform, cdktf and npm write. */
const IGNORED = ["node_modules/", "cdktf.out/", ".terraform/", "*.tfstate", "*.tfstate.*", "plan"];

/** The schema for editors: where it is, relative to a description, and the file if there is none yet. */
export interface SchemaPlace {
  readonly path: string;
  readonly missing: readonly TextFile[];
}

/** Finds the schema of the checkout or of the installed package; otherwise it belongs beside the description. */
export function schemaFor(file: string): SchemaPlace {
  const folder = resolve(dirname(file));
  for (let above = folder; ; above = dirname(above)) {
    const found = [SCHEMA, join("node_modules", LIBRARY, SCHEMA)]
      .map((path) => join(above, path))
      .find((path) => existsSync(path));
    if (found !== undefined) {
      const path = relative(folder, found).split(sep).join("/");
      return { path: path.startsWith("../") ? path : `./${path}`, missing: [] };
    }
    if (above === dirname(above)) {
      const text = `${JSON.stringify(FILE_SCHEMA, undefined, 2)}\n`;
      return { path: `./${SCHEMA}`, missing: [[SCHEMA, text]] };
    }
  }
}

/**
 * Refuses to continue if there is a description already.
 *
 * @throws FindingsError if there is
 */
export function refuseExisting(file: string): void {
  if (existsSync(file)) {
    throw existing(file);
  }
}

/**
 * Writes a description with the files beside it; .gitignore in the folder of the outputs, if there is none.
 *
 * @returns the paths of the files that were written
 * @throws FindingsError if the description exists: it is never overwritten
 */
export function writeStart(file: string, text: string, { missing }: SchemaPlace): string[] {
  const folder = dirname(file);
  at(folder, () => mkdirSync(folder, { recursive: true }));
  writeNew(file, text);
  writeFiles(folder, missing);
  const ignored: TextFile[] = existsSync(".gitignore")
    ? []
    : [[".gitignore", IGNORED.map((line) => `${line}\n`).join("")]];
  writeFiles(".", ignored);
  return [file, ...missing.map(([path]) => join(folder, path)), ...ignored.map(([path]) => path)];
}

// Creates the file, so that another run at the same time cannot be overwritten, either.
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw existing(file);
    }
    rmSync(file, { force: true });
    throw error;
  }
}

function existing(file: string): FindingsError {
  return new FindingsError([
    {
      severity: "error",
      code: "HAKS-FILE-009",
      file,
      message: "There is a description already, and it is never overwritten.",
      remedy: "Edit it, or name another file with --config.",
    },
  ]);
}
