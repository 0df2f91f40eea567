// hardened-aks check: reports findings, and effects of an edit on the deployed version. Writes nothing.
import { LoadedConfiguration, loadConfiguration } from "../../config/load";
import { UsageError, configFile } from "../../environment";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly previous?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/**
 * Reports warnings and changes.
 *
 * @throws FindingsError if the description has errors
 */
export async function check(options: Options, io: Io): Promise<number> {
  const { config, previous, markdown, json } = options;
  if (markdown && (json || previous === undefined)) {
    throw new UsageError("Use --markdown with --previous, and without --json.");
  }
  const file = configFile(config);
  const configuration = loadConfiguration(file);
  if (!json) {
    printFindings(io, configuration.warnings);
  }
  if (previous !== undefined) {
    return checkChanges(configuration, file, { ...options, previous }, io);
  }
  const { warnings } = configuration;
  if (json) {
    printJson(io, { findings: warnings });
  } else {
    print(io, [
      `${file}: no errors, ${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}.`,
    ]);
  }
  return STATUS.ok;
}

async function checkChanges(
  configuration: LoadedConfiguration,
  file: string,
  { previous, markdown, json }: Options & { readonly previous: string },
  io: Io,
): Promise<number> {
  const { changesSince } = await import("../../changes/changes-since.js");
  const { changesData, changesMarkdown, changesText } = await import("../../changes/render.js");
  const changes = changesSince(previous, configuration, file);
  if (json) {
    printJson(io, { ...changesData(changes), findings: configuration.warnings });
  } else if (markdown) {
    io.stdout(changesMarkdown(changes));
  } else {
    print(io, changesText(changes));
  }
  return changes.lost ? STATUS.lost : STATUS.ok;
}
