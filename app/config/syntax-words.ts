// YAML that cannot be read, in words: what is wrong there, and the likely fix. Pure.
import type { ErrorCode } from "yaml";

type Words = readonly [message: string, remedy: string];

const WORDS: { readonly [code in ErrorCode]?: Words } = {
  BAD_DQ_ESCAPE: [
    "A backslash in double quotes starts an escape that YAML does not know.",
    "Use single quotes, or write the backslash twice.",
  ],
  BAD_INDENT: [
    "The line is indented less than the value that it belongs to.",
    "Indent it as far as the lines above it; close each bracket and brace.",
  ],
  BAD_SCALAR_START: ["A value cannot start with this character.", "Put the value in quotes."],
  BLOCK_AS_IMPLICIT_KEY: [
    "There is a second colon on the line, or the lines below it are indented further than its fields.",
    "Write one field on each line, and give the fields of one group the same indentation.",
  ],
  BLOCK_IN_FLOW: [
    "A list with dashes, or fields on separate lines, stand between brackets.",
    "Close the bracket, or separate the values in it by commas.",
  ],
  MISSING_CHAR: ["Something is not closed.", "Close the quote or the bracket."],
  MULTIPLE_DOCS: [
    "The file has more than one document.",
    "Write one description in each file; remove the line of dashes.",
  ],
  TAB_AS_INDENT: ["The line is indented with a tab.", "Indent with spaces."],
  TAG_RESOLVE_FAILED: ["The tag of the value is unknown.", "Put the value in quotes."],
  UNEXPECTED_TOKEN: [
    "This cannot stand here.",
    "Check the line and the one above it for a missing quote, colon or bracket.",
  ],
};

/**
 * Returns what to say about a syntax error.
 *
 * @param message the sentence of the parser, which stands for codes without words
 * @param offset where in the text the error is
 */
export function syntaxWords(code: ErrorCode, message: string, text: string, offset: number): Words {
  const [line = ""] = text.slice(offset).split(/\r?\n/);
  const words = WORDS[code] ?? [
    message.replace(/\.?$/, "."),
    "Fix the syntax; indent with spaces.",
  ];
  switch (code) {
    case "DUPLICATE_KEY":
      return [`The field "${nameIn(line)}" has a duplicate.`, "Remove one of them, or merge them."];
    case "MULTILINE_IMPLICIT_KEY":
      return withoutColon(line);
    case "MISSING_CHAR":
      return missing(message, line, words);
    case "BAD_INDENT":
      return message.startsWith("Flow") ? UNCLOSED_BRACKET : words;
    default:
      return words;
  }
}

function missing(message: string, line: string, words: Words): Words {
  if (message.startsWith("Implicit map keys")) {
    return withoutColon(line);
  }
  return message.includes("quote")
    ? UNCLOSED_QUOTE
    : message.startsWith("Missing closing")
      ? words
      : OTHER;
}

const OTHER: Words = [
  "A space, a dash or a comma is missing.",
  "Write a space after a dash and before a comment, and a comma between values in brackets.",
];
const UNCLOSED_QUOTE: Words = ["A quote is not closed.", "Close it in the same line."];
const UNCLOSED_BRACKET: Words = [
  "A bracket or brace is not closed.",
  "Close it in the same line, or indent the lines in it.",
];

function nameIn(line: string): string {
  return line.replace(/:.*/, "").trim();
}

function withoutColon(line: string): Words {
  const [, word = "", rest = ""] = /^([^\s:]+):?\s*(.*)$/.exec(line.trim()) ?? [];
  return [
    `The line "${line.trim()}" has no colon followed by a space.`,
    `Write "${word}: ${rest || "value"}".`,
  ];
}
