// YAML that cannot be read, in words: what is wrong there, and the likely fix. Pure.
import type { ErrorCode } from "yaml";

type Words = readonly [message: string, remedy: string];

const WORDS: { readonly [code in ErrorCode]?: Words } = {
  BAD_DQ_ESCAPE: [
    "A backslash in double quotes starts an escape that YAML does not know.",
    "Use single quotes, or write the backslash twice.",
  ],
  BAD_ALIAS: ["A value cannot start with this character.", "Put the value in quotes."],
  BAD_INDENT: [
    "The line is indented less than the value that it belongs to.",
    "Indent it as far as the lines above it; close each bracket and brace.",
  ],
  BAD_SCALAR_START: ["A value cannot start with this character.", "Put the value in quotes."],
  BLOCK_AS_IMPLICIT_KEY: [
    "The lines below this one are indented further than its fields.",
    "Give the fields of one group the same indentation.",
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
  TAG_RESOLVE_FAILED: [
    "A value that starts with ! has a tag, and YAML does not know this one.",
    "Put the value in quotes.",
  ],
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
  const known = commonMistake(lineAt(text, offset));
  if (known) {
    return known;
  }
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
    case "BLOCK_AS_IMPLICIT_KEY":
      return /:(\s|$)/.test(line) ? SECOND_COLON : words;
    default:
      return words;
  }
}

function missing(message: string, line: string, words: Words): Words {
  if (message.startsWith("Implicit map keys")) {
    return withoutColon(line);
  }
  if (/^Flow (map|sequence) must end/.test(message)) {
    return UNCLOSED_BRACKET;
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

const SECOND_COLON: Words = [
  "There is a second colon on the line.",
  "Write one field on each line; put a value with a colon in quotes.",
];

/** Returns what to say about a field whose name is a list or a group. */
export function keyWords(text: string, offset: number): Words {
  const [line = ""] = text.slice(offset - 1).split(/\r?\n/);
  return line.startsWith("{{") || line.startsWith("{ {")
    ? [
        `"${line.trim()}" is a template, which nothing fills in.`,
        "Write the literal value, or fill in the template before.",
      ]
    : ["The name of a field cannot be in brackets or braces.", "Write a text before the colon."];
}

/** Errors that the parser finds late, and explains by what it expected. */
const COMMON: readonly (readonly [pattern: RegExp, ...words: Words])[] = [
  [
    /^(<{7}|={7}|>{7}|\|{7})/,
    "The line is a mark of a merge conflict.",
    "Decide for one of the versions, and remove the marks.",
  ],
  [
    /^\s*[^\s#].*[\u00a0\u2000-\u200b\u202f\u3000]|^[^\S\n]*[\u00a0\u2000-\u200b\u202f\u3000]/,
    "The line has a space that is not an ordinary one, as text from web pages has.",
    "Write it again with ordinary spaces.",
  ],
  [
    /^\s*-[^\s-]/,
    "The dash has no space after it.",
    'Write a space after the dash of an item, such as "- name: example".',
  ],
];

function commonMistake(line: string): Words | undefined {
  const [, ...words] = COMMON.find(([pattern]) => pattern.test(line)) ?? [];
  return words.length === 2 ? words : undefined;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return text.slice(start).split(/\r?\n/)[0] ?? "";
}

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
