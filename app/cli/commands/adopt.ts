// hardened-aks adopt: writes import blocks for a cluster that exists, and says what the first plan does to it.
import { join } from "node:path";
import { adopt as adopted } from "../../adopt/adopt";
import { placeFiles, writePlaced } from "../../adopt/place";
import { adoptData, adoptMarkdown, adoptText } from "../../adopt/render";
import { loadConfiguration } from "../../config/load";
import { readExports } from "../../discover/read-folder";
import { UsageError, configFile, outputFolder } from "../../environment";
import { STATUS, printFindings } from "../findings";
import { count } from "../../review/text";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly from?: string;
  readonly out?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/**
 * Writes the files, unless Terraform would replace something.
 *
 * @throws FindingsError if the exports or the description have errors, or are of two clusters
 */
export function adopt(options: Options, io: Io): Promise<number> {
  const { config, from, out, markdown, json } = options;
  if (from === undefined) {
    throw new UsageError("Name the folder with the exports: --from <dir>.");
  }
  if (markdown && json) {
    throw new UsageError("Use either --markdown or --json.");
  }
  const exports = readExports(from);
  const configuration = loadConfiguration(configFile(config));
  const { report, findings, stacks, scripts } = adopted(exports, configuration);
  const folder = outputFolder(out);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const placed =
    errors > 0 ? undefined : placeFiles(folder, stacks, report.adoption.imports, scripts);
  if (placed) {
    writePlaced(folder, placed);
  }
  const { files = [], without = [] } = placed ?? {};
  const written = { ...report, files: files.map(([path]) => join(folder, path)) };
  if (json) {
    printJson(io, { ...adoptData(written), without, findings });
  } else {
    if (markdown) {
      io.stdout(adoptMarkdown(written));
    } else {
      print(io, adoptText(written));
    }
    printFindings(io, findings);
    printRest(io, errors, without, folder);
  }
  return Promise.resolve(errors > 0 ? STATUS.findings : STATUS.ok);
}

function printRest(io: Io, errors: number, without: readonly string[], folder: string): void {
  for (const stack of without) {
    io.stderr(`The stack ${stack} has no folder in ${folder}: its imports were not written.\n`);
  }
  if (errors > 0) {
    io.stderr(`${count(errors, "error")}; nothing was written.\n`);
  }
}
