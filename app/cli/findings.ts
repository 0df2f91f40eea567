// Reports findings and failures of commands.
import { FindingsError, PlacedFinding, formatFinding } from "../finding";
import { UsageError } from "../environment";
import { refusalOf } from "../refusal";
import { Io, coloured, printJson } from "./io";

/** Exit statuses. */
export const STATUS = { ok: 0, findings: 1, usage: 2, lost: 3 } as const;

/** Prints findings to stderr, one per line. */
export function printFindings(io: Io, findings: PlacedFinding[]): void {
  for (const finding of findings) {
    const colour = finding.severity === "error" ? "red" : "yellow";
    const mark = ` ${finding.severity} `;
    io.stderr(`${formatFinding(finding).replace(mark, coloured(io, colour, mark))}\n`);
  }
}

/** Reports wrong usage; returns its exit status. */
export function reportUsage(io: Io, message: string, json: boolean): number {
  if (json) {
    const remedy = "Run the command with --help for its options.";
    const place = { severity: "error", code: "HAKS-CLI-001", file: "command line" } as const;
    const line = message.replace(/\s+/g, " ").trim();
    const sentence = `${line.charAt(0).toUpperCase()}${line.slice(1).replace(/\.?$/, ".")}`;
    printJson(io, { findings: [{ ...place, message: sentence, remedy }] });
  } else {
    io.stderr(`${message}\n`);
  }
  return STATUS.usage;
}

/**
 * Reports the failure of a command; returns its exit status.
 *
 * @param json whether findings go to stdout, as JSON
 * @throws any error that is neither a finding nor wrong usage
 */
export function report(io: Io, error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    return reportUsage(io, error.message, json);
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
