// Turns errors of the operating system into findings.
import { getSystemErrorMap } from "node:util";
import { PlacedFinding } from "./finding";

type SystemError = NodeJS.ErrnoException & { readonly errno: number; readonly code: string };

const FULL = ["ENOSPC", "EDQUOT"];

/** Returns the message of a system error, such as "no such file or directory"; undefined for any other error. */
export function causeOf(error: unknown): string | undefined {
  return isSystemError(error)
    ? (getSystemErrorMap().get(error.errno)?.[1] ?? error.code)
    : undefined;
}

/** Returns the finding for a system error; undefined for any other error. */
export function refusalOf(error: unknown): PlacedFinding | undefined {
  const cause = causeOf(error);
  if (!isSystemError(error) || cause === undefined) {
    return undefined;
  }
  return {
    severity: "error",
    code: "HAKS-FILE-008",
    file: error.path ?? ".",
    message: `This path cannot be used: ${cause}.`,
    remedy: FULL.includes(error.code)
      ? "Free disk space, or use another disk: --out names the output folder, TMPDIR the temporary folder."
      : "Name another folder with --out, or fix the path and its permissions.",
  };
}

/** Runs work on a path; a system error then names that path. */
export function at<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path }) : error;
  }
}

function isSystemError(error: unknown): error is SystemError {
  return ["errno", "code", "syscall"].every((key) => key in Object(error));
}
