// The edge: what comes in through the environment, and how mistakes leave.
import { ProblemsError, formatProblem } from "./problem";

/** The file of the description: HAKS_CONFIG, or haks.yaml. */
export function configFile(): string {
  return filled(process.env.HAKS_CONFIG) ?? "haks.yaml";
}

/** The output folder: that of the cdktf command line, or cdktf.out. */
export function outputFolder(): string {
  return filled(process.env.CDKTF_OUTDIR) ?? "cdktf.out";
}

/** A mistake in how a command was called: it ends with exit status 2. */
export class UsageError extends Error {}

/** Runs a command. Mistakes in input end it with exit status 1 and without a stack trace. */
export function run(command: () => void): void {
  try {
    command();
  } catch (error) {
    if (!(error instanceof ProblemsError)) {
      reportUsage(error);
      return;
    }
    for (const problem of error.problems) {
      console.error(formatProblem(problem));
    }
    const errors = error.problems.filter(({ severity }) => severity === "error").length;
    console.error(`${errors} ${errors === 1 ? "error" : "errors"}; nothing was written.`);
    process.exitCode = 1;
  }
}

// Wrong arguments, and folders that cannot be written: mistakes of use, with exit status 2. The rest is a defect.
function reportUsage(error: unknown): void {
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  if (!/^(ERR_PARSE_ARGS|ENOENT|ENOTDIR|EACCES|EROFS|EEXIST|EISDIR)/.test(code)) {
    throw error;
  }
  console.error(message);
  process.exitCode = 2;
}

// A variable that is set to nothing is not set.
function filled(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
