// hardened-aks handoff: a folder of Terraform JSON for each stack, for pipelines that run no node.
import { join } from "node:path";
import { loadConfiguration } from "../../config/load";
import { configFile } from "../../environment";
import { HandoffKind } from "../../handoff/folder";
import { Placed, handoffsOf, lockAll, place, writeAll } from "../../handoff/handoff";
import { IdentityMode } from "../../handoff/identities";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";
import { Progress } from "../progress";

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

/** Writes the folders, or says what is out of date in them. */
export async function handoff(options: Options, io: Io): Promise<number> {
  const { config, out, stack, as: kind, identities, json } = options;
  const progress = new Progress(io);
  const file = configFile(config);
  const configuration = loadConfiguration(file);
  const handoffs = handoffsOf(configuration, file, { kind, identities, stacks: stack });
  progress.step("Comparing the folders");
  const placed = place(handoffs, out ?? DEFAULT_FOLDERS[kind]);
  if (!json) {
    printFindings(io, configuration.warnings);
  }
  if (options.check) {
    return check(placed, options, io);
  }
  const edited = files(placed, "edited");
  if (edited.length > 0 && !options.force) {
    if (json) {
      printJson(io, { folders: foldersOf(placed), edited });
    }
    for (const name of edited) {
      io.stderr(
        `${name} was edited by hand and would be lost. Take the edit back, put it into a file or a variable of yours, or overwrite it with --force.\n`,
      );
    }
    io.stderr("Nothing was written.\n");
    return STATUS.findings;
  }
  writeAll(placed);
  const lacking =
    kind === "root" && options.lock
      ? await progress.during("Making the lock files of the providers", lockAll(placed))
      : [];
  if (json) {
    printJson(io, { folders: foldersOf(placed), findings: configuration.warnings });
    return STATUS.ok;
  }
  print(io, [
    "Folders in the order in which they are deployed:",
    ...placed.map(({ folder, comparison: { outdated, orphans } }) => {
      const changed = outdated.length + orphans.length;
      return `  ${folder}  ${changed === 0 ? "unchanged" : `${changed} ${changed === 1 ? "file" : "files"} changed`}`;
    }),
  ]);
  for (const folder of lacking) {
    io.stderr(
      `${folder} has no .terraform.lock.hcl: terraform is not here, or does not reach the providers. terraform init makes it; keep it.\n`,
    );
  }
  return STATUS.ok;
}

function check(placed: Placed[], { json }: Options, io: Io): number {
  const outOfDate = [...files(placed, "outdated"), ...files(placed, "orphans")].sort();
  if (json) {
    printJson(io, { folders: foldersOf(placed), outOfDate });
  } else {
    for (const name of outOfDate) {
      io.stderr(`${name} is out of date.\n`);
    }
    print(io, [
      outOfDate.length === 0
        ? "The folders are up to date."
        : "The folders are out of date. Run the same command without --check, and commit what it writes.",
    ]);
  }
  return outOfDate.length === 0 ? STATUS.ok : STATUS.findings;
}

function files(placed: Placed[], what: keyof Placed["comparison"]): string[] {
  return placed.flatMap(({ folder, comparison }) =>
    comparison[what].map((name) => join(folder, name)),
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
