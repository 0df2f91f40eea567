// What a command writes to: results to stdout, everything else to stderr.
import * as util from "node:util";
import { PlacedFinding, formatFinding } from "../finding";
import { causeOf } from "../refusal";

/** Where a command writes, and what it may assume about it. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether stderr takes colours. */
  readonly colours: boolean;
}

/**
 * The streams of the process. Colours are for terminals, and only where NO_COLOR is not set. If a reader goes,
 * as `head` does, the command ends as without one; if results cannot be written, it says so and fails.
 */
export function processIo(): Io {
  const { NO_COLOR = "" } = process.env;
  const { stdout, stderr } = process;
  const tell = (text: string): void => void stderr.write(text);
  stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    const cause = error.code === "EPIPE" ? undefined : causeOf(error);
    if (cause !== undefined) {
      tell(`${formatFinding(lostOutput(cause))}\n`);
      process.exitCode = 1;
    }
  });
  return {
    stdout: (text) => void stdout.write(text),
    stderr: tell,
    colours: stderr.isTTY && NO_COLOR === "",
  };
}

function lostOutput(cause: string): PlacedFinding {
  return {
    severity: "error",
    code: "HAKS-FILE-008",
    file: "standard output",
    message: `The result cannot be written: ${cause}.`,
    remedy: "Send it to another file or device.",
  };
}

/** A text in a colour. */
export function coloured(io: Io, colour: "red" | "yellow", text: string): string {
  // Node.js has it from 20.12 on.
  const { styleText } = util as { styleText?: typeof util.styleText };
  return io.colours && styleText ? styleText(colour, text, { validateStream: false }) : text;
}

/** Lines to stdout. */
export function print(io: Io, lines: string[]): void {
  io.stdout(lines.map((line) => `${line}\n`).join(""));
}

/** A value as JSON to stdout. */
export function printJson(io: Io, value: unknown): void {
  io.stdout(`${JSON.stringify(value, undefined, 2)}\n`);
}
