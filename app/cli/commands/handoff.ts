// hardened-aks handoff: writes a folder of Terraform JSON for each stack, for pipelines without Node.js.
import { join } from "node:path";
import { loadConfiguration } from "../../config/load";
import { configFile } from "../../environment";
import { HandoffKind } from "../../handoff/folder";
import { Placed, handoffsOf, lockAll, place, writeAll } from "../../handoff/handoff";
import { IdentityMode } from "../../handoff/identities";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";
import { Progress } from "../progress";
import { count } from "../../review/text";

interface Options {
  readonly config?: string;
  readonly out?: string;
  readonly stack?: string[];
  readonly as: HandoffKind;
  readonly identities?: IdentityMode;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly lock: boolean;
  readonly json?: boolean;
}

const DEFAULT_FOLDERS = { root: "handoff", module: join("handoff", "modules") };

/** Writes the folders, or reports outdated files in them. */
export async function handoff(options: Options, io: Io): Promise<number> {
  const { config, out, stack, as: kind, identities, json } = options;
  const progress = new Progress(io);
  const file = configFile(config);
  const configuration = loadConfiguration(file);
  const handoffs = handoffsOf(configuration, { kind, identities, stacks: stack });
  progress.step("Comparing the folders");
  const placed = place(handoffs, out ?? DEFAULT_FOLDERS[kind]);
  if (!json) {
    printFindings(io, configuration.warnings);
  }
  if (options.check) {
    return check(placed, options, io);
  }
  const edited = filesOf(placed, "edited");
  if (edited.length > 0 && !options.force) {
    if (json) {
      printJson(io, { folders: foldersOf(placed), edited });
    }
    for (const name of edited) {
      io.stderr(
        `${name} was edited by hand. Undo the edit, move it to a separate file or a variable, or overwrite it with --force.\n`,
      );
    }
    io.stderr("Nothing was written.\n");
    return STATUS.findings;
  }
  writeAll(placed);
  const unlocked =
    kind === "root" && options.lock
      ? await progress.during("Creating the provider lock files", lockAll(placed))
      : [];
  if (json) {
    printJson(io, { folders: foldersOf(placed), findings: configuration.warnings });
    return STATUS.ok;
  }
  print(io, [
    "Folders in the order of deployment:",
    ...placed.map(({ folder, comparison: { outdated, orphans } }) => {
      const changed = outdated.length + orphans.length;
      return `  ${folder}  ${changed === 0 ? "unchanged" : `${count(changed, "file")} changed`}`;
    }),
  ]);
  for (const folder of unlocked) {
    io.stderr(
      `${folder} has no .terraform.lock.hcl: terraform is not installed, or cannot reach the providers. Run terraform init to create the file, and commit it.\n`,
    );
  }
  return STATUS.ok;
}

function check(placed: Placed[], { json }: Options, io: Io): number {
  const outOfDate = [...filesOf(placed, "outdated"), ...filesOf(placed, "orphans")].sort();
  if (json) {
    printJson(io, { folders: foldersOf(placed), outOfDate });
  } else {
    for (const name of outOfDate) {
      io.stderr(`${name} is outdated.\n`);
    }
    print(io, [
      outOfDate.length === 0
        ? "The folders are up to date."
        : "The folders are outdated. Run the same command without --check, and commit the result.",
    ]);
  }
  return outOfDate.length === 0 ? STATUS.ok : STATUS.findings;
}

function filesOf(placed: Placed[], group: keyof Placed["comparison"]): string[] {
  return placed.flatMap(({ folder, comparison }) =>
    comparison[group].map((name) => join(folder, name)),
  );
}

function foldersOf(placed: Placed[]) {
  return placed.map(({ stack, folder, files: all, comparison }) => ({
    stack,
    folder,
    files: Object.keys(all).sort(),
    changed: [...comparison.outdated, ...comparison.orphans].sort(),
  }));
}
