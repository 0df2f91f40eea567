// Findings and failures, as a command reports them.
import { Problem, ProblemsError, formatProblem } from "../problem";
import { UsageError } from "../environment";
import { Io, coloured, printJson } from "./io";

/** Exit statuses. */
export const STATUS = { ok: 0, findings: 1, usage: 2 } as const;

// Wrong arguments, and folders that cannot be read or written. Everything else is a defect.
const USAGE = /^(ENOENT|ENOTDIR|EACCES|EROFS|EEXIST|EISDIR|ERR_PARSE_ARGS)/;

/** Findings to stderr, one in a line. */
export function printFindings(io: Io, findings: Problem[]): void {
  for (const finding of findings) {
    const colour = finding.severity === "error" ? "red" : "yellow";
    const mark = ` ${finding.severity} `;
    io.stderr(`${formatProblem(finding).replace(mark, coloured(io, colour, mark))}\n`);
  }
}

/**
 * Reports why a command failed; gives its exit status.
 *
 * @param json whether findings go to stdout, as JSON
 * @throws what is neither a finding nor a mistake of use
 */
export function report(io: Io, error: unknown, json: boolean): number {
  if (error instanceof ProblemsError) {
    const errors = error.problems.filter(({ severity }) => severity === "error").length;
    if (json) {
      printJson(io, { findings: error.problems });
    } else {
      printFindings(io, error.problems);
      io.stderr(`${errors} ${errors === 1 ? "error" : "errors"}; nothing was written.\n`);
    }
    return STATUS.findings;
  }
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  if (error instanceof UsageError || USAGE.test(code)) {
    io.stderr(`${message}\n`);
    return STATUS.usage;
  }
  throw error;
}
