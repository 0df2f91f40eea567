// hardened-aks addresses: what the cluster needs of each subnet and range, and what there is.
import { AddressPlan } from "../../../lib";
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
  const { spec, warnings } = loadConfiguration(configFile(config));
  const plan = AddressPlan.of({ spec });
  if (json) {
    printJson(io, { ...plan, findings: warnings });
  } else {
    printFindings(io, warnings);
    io.stdout(addressTable(plan));
  }
  return Promise.resolve(STATUS.ok);
}
