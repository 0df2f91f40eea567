// Defaults from environment variables, and errors in the use of commands.

/** Returns the path of the description: the given one, else HAKS_CONFIG, else haks.yaml. */
export function configFile(given?: string): string {
  return nonEmpty(given) ?? nonEmpty(process.env.HAKS_CONFIG) ?? "haks.yaml";
}

/** Returns the paths and patterns of descriptions: the given ones, else HAKS_CONFIG, else haks.yaml. */
export function configFiles(given: readonly string[] = []): string[] {
  return given.length > 0 ? [...given] : [configFile()];
}

/** Returns the path of the output folder: the given one, else that of the cdktf CLI, else cdktf.out. */
export function outputFolder(given?: string): string {
  return nonEmpty(given) ?? nonEmpty(process.env.CDKTF_OUTDIR) ?? "cdktf.out";
}

/**
 * Returns the commit of the description: the given one, else HAKS_COMMIT. It is never read from git, so that the same input
 * gives the same output.
 *
 * @throws UsageError if it is not the hexadecimal id of a commit
 */
export function commitOf(given?: string): string | undefined {
  const commit = nonEmpty(given) ?? nonEmpty(process.env.HAKS_COMMIT);
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/i.test(commit)) {
    throw new UsageError(
      `"${commit}" is not the id of a commit. Use 7 to 64 hexadecimal digits, such as those of git rev-parse HEAD.`,
    );
  }
  return commit;
}

/** Wrong usage of a command, which exits with status 2. */
export class UsageError extends Error {}

// An empty variable counts as unset.
function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
