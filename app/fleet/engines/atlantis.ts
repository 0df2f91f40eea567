// The projects of a fleet for Atlantis. Pure.
import { posix } from "node:path";
import { stringify } from "yaml";
import { TextFile } from "../../files";
import { FleetIndex } from "../fleet-index";

const FILES = ["*.tf", "*.tf.json", ".terraform.lock.hcl"];

/**
 * Returns atlantis.yaml, whose folders are relative to the repository. Atlantis reads it at the root of the repository,
 * or where `repo_config_file` of the server says.
 *
 * @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml
 */
export function atlantisFile({ stacks }: FleetIndex, folder: string): TextFile {
  const projects = stacks.map((stack) => ({
    name: stack.name,
    dir: posix.join(folder, stack.folder),
    autoplan: { enabled: true, when_modified: FILES },
    execution_order_group: stack.stage,
    ...(stack.dependsOn.length > 0 ? { depends_on: stack.dependsOn } : {}),
  }));
  const config = {
    version: 3,
    // A stage that fails ends the run: the next one needs its identities and rights.
    abort_on_execution_order_fail: true,
    parallel_plan: true,
    parallel_apply: true,
    projects,
  };
  return ["atlantis.yaml", stringify(config, { aliasDuplicateObjects: false, lineWidth: 0 })];
}
