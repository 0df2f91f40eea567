// Findings with their location in a file, as the application reports them.
import { plain } from "./review/text";

/** A finding with its location, message and remedy. */
export interface PlacedFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** Path of the file, as the user wrote it. */
  readonly file: string;
  /** Line, starting at 1; undefined if the finding concerns the whole file. */
  readonly line?: number;
  /** Column, starting at 1. */
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

/** Stops a command; the user sees its findings only. */
export class FindingsError extends Error {
  public constructor(public readonly findings: PlacedFinding[]) {
    super(findings.map(formatFinding).join("\n"));
  }
}

/**
 * Returns a finding as one line, in the format that editors and build logs turn into links. Values in it cannot
 * control the terminal.
 */
export function formatFinding(finding: PlacedFinding): string {
  const { file, line, column, severity, code, message, remedy } = finding;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return plain(`${place}: ${severity} ${code}: ${message} ${remedy}`);
}

/** Returns the findings in file order, without duplicates. */
export function sortFindings(findings: PlacedFinding[]): PlacedFinding[] {
  const distinct = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...distinct.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
