// Turns errors of the operating system into findings.
import { tmpdir } from "node:os";
import { getSystemErrorMap } from "node:util";
import { PlacedFinding } from "./finding";

type SystemError = NodeJS.ErrnoException & { readonly errno: number; readonly code: string };

const FULL = ["ENOSPC", "EDQUOT"];

/** The errors whose own message does not say what is in the way. */
const CAUSES: { readonly [code: string]: string } = {
  EEXIST: "there is a file in its place",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "a part of the path is a file, not a folder",
};

/** Returns the message of a system error, such as "no such file or directory"; undefined for any other error. */
export function causeOf(error: unknown): string | undefined {
  return isSystemError(error)
    ? (CAUSES[error.code] ?? getSystemErrorMap().get(error.errno)?.[1] ?? error.code)
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
    remedy: remedyFor(error),
  };
}

function remedyFor({ code, path = "" }: SystemError): string {
  if (FULL.includes(code)) {
    return "Free disk space, or use another disk: --out names the output folder, TMPDIR the temporary folder.";
  }
  return path === tmpdir()
    ? "Set TMPDIR to a folder that you may write to."
    : "Name another folder with --out, or fix the path and its permissions.";
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
