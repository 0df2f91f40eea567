// hardened-aks addresses: prints the addresses that the cluster needs and has in each subnet and range.
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
