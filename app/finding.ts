// Findings with their place in a file, as the application tells them.

/** A finding: where, what is wrong, what to do. */
export interface PlacedFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** File, as the user named it. */
  readonly file: string;
  /** First line is 1; absent if the finding is the file itself. */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

/** Stops a command: its findings are all that the user sees. */
export class FindingsError extends Error {
  public constructor(public readonly findings: PlacedFinding[]) {
    super(findings.map(formatFinding).join("\n"));
  }
}

/** A finding in one line, in the form that editors and build logs turn into links. */
export function formatFinding(finding: PlacedFinding): string {
  const { file, line, column, severity, code, message, remedy } = finding;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${severity} ${code}: ${message} ${remedy}`;
}

/** Findings in the order of the file, each once. */
export function sortFindings(findings: PlacedFinding[]): PlacedFinding[] {
  const distinct = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...distinct.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
