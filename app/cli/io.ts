// What a command writes to: results to stdout, everything else to stderr.
import * as util from "node:util";

/** Where a command writes, and what it may assume about it. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether stderr takes colours. */
  readonly colours: boolean;
}

/** The streams of the process. Colours are for terminals, and only where NO_COLOR is not set. */
export function processIo(): Io {
  const { NO_COLOR = "" } = process.env;
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    colours: process.stderr.isTTY && NO_COLOR === "",
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
