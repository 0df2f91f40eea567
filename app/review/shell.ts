// Quotes the words of shell commands. Pure.
import { quote } from "shlex";

/** A part of a command that is already quoted. */
export class ShellText {
  public constructor(public readonly text: string) {}
}

/** A word of a command: a text to quote, or one that is already quoted. */
export type Word = string | ShellText;

/** Returns the value of a shell variable, as one word. */
export function variable(name: string): ShellText {
  return new ShellText(`"$${name}"`);
}

/** Joins parts to one word. */
export function joined(...parts: Word[]): ShellText {
  const merged: Word[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === "string" && typeof last === "string") {
      merged[merged.length - 1] = last + part;
    } else {
      merged.push(part);
    }
  }
  return new ShellText(merged.map(word).join(""));
}

/** Quotes a word. Words cannot contain the character 0. */
export function word(part: Word): string {
  return part instanceof ShellText ? part.text : quote(part.replace(/\0/g, ""));
}

/** Returns a command on one line. */
export function command(...parts: Word[]): string {
  return parts.map(word).join(" ");
}
