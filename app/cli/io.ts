// Output of commands: results go to stdout, everything else to stderr.
import * as util from "node:util";
import { PlacedFinding, formatFinding } from "../finding";
import { causeOf } from "../refusal";
import { Prompts, TERMINAL } from "./prompts";

/** The streams that a command writes to. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether stderr supports colors. */
  readonly colours: boolean;
  /** Whether stderr is a terminal, where a line can be written again. */
  readonly isTerminal?: boolean;
  /** Asks questions; undefined without a terminal. */
  readonly prompts?: Prompts | undefined;
}

/**
 * Returns the streams of the process. Colors need a terminal and no NO_COLOR. If the reader of stdout exits
 * early, as `head` does, the command still succeeds. If results cannot be written, it reports that and fails.
 */
export function processIo(): Io {
  const { NO_COLOR = "" } = process.env;
  const { stdin, stdout, stderr } = process;
  const writeError = (text: string): void => void stderr.write(text);
  stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    const cause = error.code === "EPIPE" ? undefined : causeOf(error);
    if (cause !== undefined) {
      writeError(`${formatFinding(outputFinding(cause))}\n`);
      process.exitCode = 1;
    }
  });
  return {
    stdout: (text) => void stdout.write(text),
    stderr: writeError,
    colours: stderr.isTTY && NO_COLOR === "",
    isTerminal: stderr.isTTY,
    // The library for questions needs styleText, which Node.js has since 20.12.
    prompts: stdin.isTTY && stderr.isTTY && "styleText" in util ? TERMINAL : undefined,
  };
}

function outputFinding(cause: string): PlacedFinding {
  return {
    severity: "error",
    code: "HAKS-FILE-008",
    file: "standard output",
    message: `The result cannot be written: ${cause}.`,
    remedy: "Redirect it to another file or device.",
  };
}

/** Returns a text in a color, if stderr supports colors. */
export function coloured(io: Io, colour: "red" | "yellow", text: string): string {
  // Node.js has styleText since 20.12.
  const { styleText } = util as { styleText?: typeof util.styleText };
  return io.colours && styleText ? styleText(colour, text, { validateStream: false }) : text;
}

/** Prints lines to stdout. */
export function print(io: Io, lines: string[]): void {
  io.stdout(lines.map((line) => `${line}\n`).join(""));
}

/** Prints a value as JSON to stdout. */
export function printJson(io: Io, value: unknown): void {
  io.stdout(`${JSON.stringify(value, undefined, 2)}\n`);
}
