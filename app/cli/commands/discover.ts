// hardened-aks discover: describes a cluster that exists, from what az prints about it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EXPORT_TEAMS, ExportTeam, exportScript } from "../../discover/commands";
import { discover as discoverCluster } from "../../discover/discover";
import { readExports } from "../../discover/read-folder";
import { summaryOf } from "../../discover/report-parts";
import { writeDiscovered } from "../../discover/write";
import { UsageError } from "../../environment";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";
import { count } from "../../review/text";

interface Options {
  readonly from?: string;
  readonly out: string;
  readonly commands?: ExportTeam | true;
  readonly json?: boolean;
}

/**
 * Writes the description and the report, or prints the script that exports a cluster.
 *
 * @throws FindingsError if a file is no export, or no description can have the cluster
 */
export function discover({ from, out, commands, json }: Options, io: Io): Promise<number> {
  if (commands !== undefined) {
    return Promise.resolve(printScript(commands, from, io));
  }
  if (from === undefined) {
    throw new UsageError(
      "Name the folder of the exports: hardened-aks discover exports. With --commands the program prints the commands that export a cluster.",
    );
  }
  const discovered = discoverCluster(readExports(from), from);
  const files = writeDiscovered(discovered, out).map((file) => join(out, file));
  const { report, findings } = discovered;
  const hasErrors = findings.some(({ severity }) => severity === "error");
  if (json) {
    printJson(io, { files, findings, report });
  } else {
    const errors = findings.filter(({ severity }) => severity === "error");
    printFindings(io, errors);
    print(io, [
      ...summaryOf(report),
      "Description and report:",
      ...files.map((file) => `  ${file}`),
      hasErrors
        ? "Fix the errors of the description before you use it."
        : `The description has no errors, and ${count(findings.length, "warning")}: check prints them.`,
    ]);
  }
  return Promise.resolve(hasErrors ? STATUS.findings : STATUS.ok);
}

function printScript(team: ExportTeam | true, from: string | undefined, io: Io): number {
  const exports = from !== undefined && existsSync(from) ? readExports(from) : undefined;
  const teams = team !== true ? [team] : exports ? EXPORT_TEAMS : (["platform"] as const);
  if (!exports && !teams.includes("platform")) {
    throw new UsageError(
      `The commands of the team ${String(team)} follow from the exports of the platform team: name their folder with --from.`,
    );
  }
  io.stdout(exportScript(teams, exports));
  return STATUS.ok;
}
