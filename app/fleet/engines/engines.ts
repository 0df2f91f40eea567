// The files of the engines that deploy a fleet: one function for each engine. Pure.
import { TextFile } from "../../files";
import { FleetIndex } from "../fleet-index";
import { atlantisFile } from "./atlantis";
import { azurePipelinesFile } from "./azure-pipelines";
import { githubFile } from "./github";
import { hcpTerraformFile } from "./hcp-terraform";
import { Engine } from "./names";

/**
 * Returns the file of one engine.
 *
 * @param index the index of the fleet
 * @param folder the folder of the fleet, relative to the repository, with forward slashes; empty for the repository itself
 */
type MakeFile = (index: FleetIndex, folder: string) => TextFile;

const FILES: { readonly [engine in Engine]: MakeFile } = {
  github: githubFile,
  "azure-pipelines": azurePipelinesFile,
  atlantis: atlantisFile,
  "hcp-terraform": hcpTerraformFile,
};

/**
 * Returns the files of some engines, with paths relative to the folder of the fleet.
 *
 * @param folder the folder of the fleet, relative to the repository, with forward slashes: Atlantis and HCP Terraform
 *   want folders relative to the repository
 */
export function engineFiles(
  index: FleetIndex,
  engines: readonly Engine[],
  folder = "fleet",
): TextFile[] {
  return engines.map((engine) => FILES[engine](index, folder));
}
