// hardened-aks check: what the rules find. Nothing is written.
import { loadConfiguration } from "../../config/load";
import { configFile } from "../../environment";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

/** Reports warnings; errors end in an exception. */
export function check({ config, json }: Options, io: Io): Promise<number> {
  const file = configFile(config);
  const { warnings } = loadConfiguration(file);
  if (json) {
    printJson(io, { findings: warnings });
  } else {
    printFindings(io, warnings);
    print(io, [
      `${file}: no errors, ${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}.`,
    ]);
  }
  return Promise.resolve(STATUS.ok);
}
