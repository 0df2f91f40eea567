// What the operating system refuses, in words: which path, what is wrong, what to do.
import { getSystemErrorMap } from "node:util";
import { PlacedFinding } from "./finding";

type SystemError = NodeJS.ErrnoException & { readonly errno: number; readonly code: string };

const FULL = ["ENOSPC", "EDQUOT"];

/** The words of the system for an error, such as "no such file or directory"; undefined for any other error. */
export function causeOf(error: unknown): string | undefined {
  return isSystemError(error)
    ? (getSystemErrorMap().get(error.errno)?.[1] ?? error.code)
    : undefined;
}

/** The finding for an error of the system; undefined for any other error. */
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
      ? "Free space on that disk, or use another one: --out names the folder, TMPDIR the one for drafts."
      : "Name another folder with --out, or correct what is there and its permissions.",
  };
}

/** Does something with a path, which an error of the system then names. */
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
