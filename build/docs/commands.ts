// The help of the program in the places that show it: the file help, and docs/cli.md. Pure.
import { helpText } from "../../app/cli/program";

const FIRST = "Usage: hardened-aks";
const LAST = "wrong usage.";
const INDENT = "    ";

/** The file `help`, with the help of the program in it. */
export function helpWithCommands(help: string): string {
  const indented = helpText().replace(/^(?=.)/gm, INDENT);
  return replaced(help, INDENT + FIRST, LAST, indented);
}

/** The page about the command line, with the help of the program and of the hand-off in it. */
export function pageWithCommands(page: string): string {
  const withProgram = replaced(page, `${FIRST} [options] [command]`, LAST, helpText());
  return replaced(withProgram, `${FIRST} handoff`, "for command", helpText("handoff"));
}

// From the first to the last words, inclusive.
function replaced(text: string, first: string, last: string, replacement: string): string {
  const start = text.indexOf(first);
  const end = text.indexOf(last, start) + last.length;
  if (start < 0 || end < last.length) {
    throw new Error(`There is no place for the help: no "${first}" with "${last}" behind it.`);
  }
  return text.slice(0, start) + replacement + text.slice(end);
}
