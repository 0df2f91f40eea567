// What comes in through the environment.
/** The file of the description: the one that was named, or HAKS_CONFIG, or haks.yaml. */
export function configFile(named?: string): string {
  return filled(named) ?? filled(process.env.HAKS_CONFIG) ?? "haks.yaml";
}

/** The output folder: the one that was named, or that of the cdktf command line, or cdktf.out. */
export function outputFolder(named?: string): string {
  return filled(named) ?? filled(process.env.CDKTF_OUTDIR) ?? "cdktf.out";
}

/** A command was called in a wrong way: it ends with exit status 2. */
export class UsageError extends Error {}

// A variable that is set to nothing is not set.
function filled(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
