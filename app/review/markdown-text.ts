// Escapes text for Markdown: no markup, no HTML, no mentions of users. Pure.
import { plain, safeLink, sentence } from "./text";

/** Characters with a meaning in Markdown, HTML or on GitHub. */
const SPECIAL = /[\\`*_{}[\]<>#|~&$!"^=+]/g;

/** Escapes a sentence from a file of a user. */
export function prose(text: string): string {
  return (
    sentence(text)
      .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/^(\d+)([.)])/, (_, number: string, mark: string) => number + entity(mark))
      .replace(/^-/, entity("-"))
      .replace(/:(?=\/\/)/g, entity(":"))
      .replace(/\b(www)\./gi, (_, name: string) => name + entity("."))
      // GitHub does not resolve mentions in code.
      .replace(/@/g, "`@`")
  );
}

/** Returns a name as code. */
export function code(text: string): string {
  const shown = plain(text);
  if (shown.includes("|")) {
    // A table cell would end there.
    return `<code>${prose(text)}</code>`;
  }
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) || shown.trim() === "" ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Returns a link, or only its name if the address is not safe. */
export function link(name: string, address: string): string {
  const target = safeLink(address);
  return target === undefined ? prose(name) : `[${prose(name)}](${target})`;
}

/** Returns a code block. */
export function block(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Returns a table with cells in Markdown. */
export function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Returns a table, or "None." without rows. */
export function tableOrNone(heads: string[], rows: string[][]): string {
  return rows.length === 0 ? "None." : table(heads, rows);
}

/** Returns a collapsed section. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
