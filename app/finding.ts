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
  /** The descriptions that it concerns, if several extend the file. */
  readonly descriptions?: readonly string[];
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
  const { file, line, column, severity, code, message, remedy, descriptions = [] } = finding;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const extent = descriptions.length > 1 ? ` (${descriptions.length} descriptions)` : "";
  return plain(`${place}: ${severity} ${code}: ${message} ${remedy}${extent}`);
}

/** Returns the findings by file and place, without duplicates. */
export function sortFindings(findings: PlacedFinding[]): PlacedFinding[] {
  const distinct = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...distinct.values()].sort(
    (a, b) =>
      Number(a.file > b.file) - Number(a.file < b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
