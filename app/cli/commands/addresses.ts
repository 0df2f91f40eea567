// hardened-aks addresses: what the cluster needs of each subnet and range, and what there is.
import { addressTable } from "../../addresses/table";
import { loadConfiguration } from "../../config/load";
import { configFile } from "../../environment";
import { STATUS, printFindings } from "../findings";
import { Io, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

/** Prints the address plan. */
export function addresses({ config, json }: Options, io: Io): Promise<number> {
  const { plan, warnings } = loadConfiguration(configFile(config));
  if (json) {
    printJson(io, { ...plan.addresses, findings: warnings });
  } else {
    printFindings(io, warnings);
    io.stdout(addressTable(plan.addresses));
  }
  return Promise.resolve(STATUS.ok);
}
