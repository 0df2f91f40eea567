// Text inside Markdown, so that it stays text: no markup, no HTML, no mention of anybody. Pure.
import { plain, safeLink, sentence } from "./text";

/** Characters that mean something to Markdown, HTML or GitHub. */
const SPECIAL = /[\\`*_{}[\]<>#|~&$!"^=+]/g;

/** A sentence from somebody's file. */
export function prose(text: string): string {
  return (
    sentence(text)
      .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/^(\d+)([.)])/, (_, number: string, mark: string) => number + entity(mark))
      .replace(/^-/, entity("-"))
      .replace(/:(?=\/\/)/g, entity(":"))
      .replace(/\b(www)\./gi, (_, name: string) => name + entity("."))
      // In code, it mentions nobody.
      .replace(/@/g, "`@`")
  );
}

/** A name, as code. */
export function code(text: string): string {
  const shown = plain(text);
  if (shown.includes("|")) {
    // A table would end the cell there.
    return `<code>${prose(text)}</code>`;
  }
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) || shown.trim() === "" ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A link, or its name alone if the address is none that a document should hold. */
export function link(name: string, address: string): string {
  const target = safeLink(address);
  return target === undefined ? prose(name) : `[${prose(name)}](${target})`;
}

/** A block of code. */
export function block(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table; the cells are Markdown already. */
export function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A table, or "None." instead of one without rows. */
export function tableOrNone(heads: string[], rows: string[][]): string {
  return rows.length === 0 ? "None." : table(heads, rows);
}

/** A part that is open only if somebody wants to see it. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
