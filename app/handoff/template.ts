// Replaces strings in a Terraform template: those outside of ${…}, and quoted ones inside it. Pure.

/** Place of a string in a template. */
export interface TextPlace {
  /** Whether it is a quoted string inside an expression. */
  readonly quoted: boolean;
  /** The quoted strings before it in the same template. */
  readonly before: readonly string[];
}

/** Returns the template that replaces a string. */
export type TextChange = (text: string, place: TextPlace) => string;

/** State of the reader of a template. */
interface Reader {
  readonly source: string;
  at: number;
  readonly before: string[];
  readonly change: TextChange;
}

/** Replaces the strings of a template. */
export function changeTexts(template: string, change: TextChange): string {
  const reader: Reader = { source: template, at: 0, before: [], change };
  return readTemplate(reader, false);
}

// Reads up to the end, or up to the closing quote.
function readTemplate(reader: Reader, quoted: boolean): string {
  const { source } = reader;
  let result = "";
  let text = "";
  const finish = (): void => {
    if (text !== "") {
      const place = { quoted, before: [...reader.before] };
      result += reader.change(text, place);
      if (quoted) {
        reader.before.push(text);
      }
      text = "";
    }
  };
  while (reader.at < source.length && !(quoted && source[reader.at] === '"')) {
    const next = source.slice(reader.at, reader.at + 3);
    if (next === "$${" || next === "%%{") {
      text += next;
      reader.at += 3;
    } else if (next.startsWith("${") || next.startsWith("%{")) {
      finish();
      result += next.slice(0, 2);
      reader.at += 2;
      result += readExpression(reader);
    } else {
      const length = quoted && next.startsWith("\\") ? 2 : 1;
      text += source.slice(reader.at, reader.at + length);
      reader.at += length;
    }
  }
  finish();
  return result;
}

// Reads up to and including the closing brace.
function readExpression(reader: Reader): string {
  const { source } = reader;
  let result = "";
  let depth = 1;
  while (reader.at < source.length && depth > 0) {
    const character = source[reader.at]!;
    reader.at += 1;
    if (character === '"') {
      const inner = readTemplate(reader, true);
      reader.at += 1;
      result += unwrapped(inner);
      continue;
    }
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    result += character;
  }
  return result;
}

// A template that consists of a variable becomes the variable.
function unwrapped(inner: string): string {
  return /^\$\{(var\.\w+)\}$/.exec(inner)?.[1] ?? `"${inner}"`;
}
