// Defaults from environment variables, and errors in the use of commands.

/** Returns the path of the description: the given one, else HAKS_CONFIG, else haks.yaml. */
export function configFile(given?: string): string {
  return nonEmpty(given) ?? nonEmpty(process.env.HAKS_CONFIG) ?? "haks.yaml";
}

/** Returns the path of the output folder: the given one, else that of the cdktf CLI, else cdktf.out. */
export function outputFolder(given?: string): string {
  return nonEmpty(given) ?? nonEmpty(process.env.CDKTF_OUTDIR) ?? "cdktf.out";
}

/** Wrong usage of a command, which exits with status 2. */
export class UsageError extends Error {}

// An empty variable counts as unset.
function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
