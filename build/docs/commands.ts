// Inserts the help of the program into the file help and docs/cli.md. Pure.
import { helpText } from "../../app/cli/program";

const FIRST = "Usage: hardened-aks";
const LAST = "destroys a resource.";
const INDENT = "    ";

/** Returns the file `help` with the help of the program. */
export function helpWithCommands(help: string): string {
  const indented = helpText().replace(/^(?=.)/gm, INDENT);
  return replaced(help, INDENT + FIRST, LAST, indented);
}

/** Returns the page about the command line with the help of the program and the hand-off. */
export function pageWithCommands(page: string): string {
  const withProgram = replaced(page, `${FIRST} [options] [command]`, LAST, helpText());
  return replaced(withProgram, `${FIRST} handoff`, "for command", helpText("handoff"));
}

// Replaces a text from its first to its last words, inclusive.
function replaced(text: string, first: string, last: string, replacement: string): string {
  const start = text.indexOf(first);
  const end = text.indexOf(last, start) + last.length;
  if (start < 0 || end < last.length) {
    throw new Error(`Cannot insert the help: "${first}", followed by "${last}", is missing.`);
  }
  return text.slice(0, start) + replacement + text.slice(end);
}
