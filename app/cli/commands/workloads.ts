// hardened-aks workloads: prints the ServiceAccount manifests of the workloads.
import { loadConfiguration } from "../../config/load";
import { configFile } from "../../environment";
import { describedIds, readClientIds } from "../../workloads/client-ids";
import { manifestsText, serviceAccounts } from "../../workloads/service-accounts";
import { STATUS, printFindings } from "../findings";
import { Io, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly clientIds?: string;
  readonly json?: boolean;
}

/** Prints the manifests. */
export function workloads({ config, clientIds, json }: Options, io: Io): Promise<number> {
  const { plan, warnings } = loadConfiguration(configFile(config));
  const ids = clientIds === undefined ? describedIds : readClientIds(clientIds);
  const manifests = serviceAccounts(plan._resolved, ids);
  if (json) {
    printJson(io, { serviceAccounts: manifests, findings: warnings });
  } else {
    printFindings(io, warnings);
    io.stdout(manifestsText(manifests));
  }
  return Promise.resolve(STATUS.ok);
}
