// Findings and failures, as a command reports them.
import { FindingsError, PlacedFinding, formatFinding } from "../finding";
import { UsageError } from "../environment";
import { refusalOf } from "../refusal";
import { Io, coloured, printJson } from "./io";

/** Exit statuses. */
export const STATUS = { ok: 0, findings: 1, usage: 2, lost: 3 } as const;

/** Findings to stderr, one in a line. */
export function printFindings(io: Io, findings: PlacedFinding[]): void {
  for (const finding of findings) {
    const colour = finding.severity === "error" ? "red" : "yellow";
    const mark = ` ${finding.severity} `;
    io.stderr(`${formatFinding(finding).replace(mark, coloured(io, colour, mark))}\n`);
  }
}

/**
 * Reports why a command failed; gives its exit status.
 *
 * @param json whether findings go to stdout, as JSON
 * @throws what is neither a finding nor a wrong use of a command
 */
export function report(io: Io, error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    io.stderr(`${error.message}\n`);
    return STATUS.usage;
  }
  const refusal = refusalOf(error);
  const findings = error instanceof FindingsError ? error.findings : refusal && [refusal];
  if (!findings) {
    throw error;
  }
  if (json) {
    printJson(io, { findings });
  } else {
    const errors = findings.filter(({ severity }) => severity === "error").length;
    printFindings(io, findings);
    io.stderr(`${errors} ${errors === 1 ? "error" : "errors"}; nothing was written.\n`);
  }
  return STATUS.findings;
}
