// hardened-aks check: reports findings, and effects of an edit on the deployed version. Writes nothing.
import { LoadedConfiguration } from "../../config/configuration";
import { loadConfiguration } from "../../config/load";
import { descriptionFiles } from "../../config/description-files";
import { UsageError, configFiles } from "../../environment";
import { PlacedFinding } from "../../finding";
import { count } from "../../review/text";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string[];
  readonly previous?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/**
 * Reports warnings and changes.
 *
 * @throws FindingsError if a description has errors
 */
export async function check(options: Options, io: Io): Promise<number> {
  const { config, previous, markdown, json } = options;
  if (markdown && (json || previous === undefined)) {
    throw new UsageError("Use --markdown with --previous, and without --json.");
  }
  const [file = "", ...others] = await descriptionFiles(configFiles(config));
  if (others.length > 0) {
    if (previous !== undefined) {
      throw new UsageError("--previous compares one description with its output. Name only one.");
    }
    return checkFleet([file, ...others], options, io);
  }
  const configuration = loadConfiguration(file);
  const { warnings } = configuration;
  if (previous !== undefined) {
    if (!json) {
      printFindings(io, warnings);
    }
    return checkChanges(configuration, { ...options, previous }, io);
  }
  reportWarnings(file, warnings, options, io);
  return STATUS.ok;
}

async function checkFleet(files: string[], options: Options, io: Io): Promise<number> {
  const { loadFleet } = await import("../../fleet/load-fleet.js");
  const { warnings } = loadFleet(files);
  reportWarnings(count(files.length, "description"), warnings, options, io);
  return STATUS.ok;
}

function reportWarnings(of: string, warnings: PlacedFinding[], { json }: Options, io: Io): void {
  if (json) {
    printJson(io, { findings: warnings });
  } else {
    printFindings(io, warnings);
    print(io, [`${of}: no errors, ${count(warnings.length, "warning")}.`]);
  }
}

async function checkChanges(
  configuration: LoadedConfiguration,
  { previous, markdown, json }: Options & { readonly previous: string },
  io: Io,
): Promise<number> {
  const { changesSince } = await import("../../changes/changes-since.js");
  const { changesData, changesMarkdown, changesText } = await import("../../changes/render.js");
  const changes = changesSince(previous, configuration);
  if (json) {
    printJson(io, { ...changesData(changes), findings: configuration.warnings });
  } else if (markdown) {
    io.stdout(changesMarkdown(changes));
  } else {
    print(io, changesText(changes));
  }
  return changes.lost ? STATUS.lost : STATUS.ok;
}
