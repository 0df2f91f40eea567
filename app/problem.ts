// What the application tells about a mistake in input: where, what is wrong, what to do.

/** One mistake, with its place in a file. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** File, as the user named it. */
  readonly file: string;
  /** First line is 1; absent if the problem is the file itself. */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

/** Stops a command: its problems are all that the user sees. */
export class ProblemsError extends Error {
  public constructor(public readonly problems: Problem[]) {
    super(problems.map(formatProblem).join("\n"));
  }
}

/** A problem in one line, in the form that editors and build logs turn into links. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, code, message, remedy } = problem;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${severity} ${code}: ${message} ${remedy}`;
}

/** Problems in the order of the file, each once. */
export function sortProblems(problems: Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...distinct.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
