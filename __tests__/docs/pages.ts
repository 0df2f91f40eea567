// The pages that people read, and the snippets in them.
import { readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { textOf } from "../scenarios";

/** A block of code in a page. */
export interface Snippet {
  /** Page and line, such as `docs/library.md:5`. */
  readonly place: string;
  readonly page: string;
  /** What stands behind the fence, such as `typescript`. */
  readonly language: string;
  readonly text: string;
}

/** All pages, but API.md, which a tool makes from the code. */
export const PAGES: string[] = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  join("examples", "README.md"),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file))
    .sort(),
];

const FENCE = /^( *)```(\w*)\n([^]*?)\n\1```$/gm;

/** The snippets of a page. */
export function snippetsIn(page: string): Snippet[] {
  const text = textOf(page);
  return [...text.matchAll(FENCE)].map(([, indent = "", language = "", code = ""], index, all) => {
    const line = text.slice(0, all[index]?.index).split("\n").length;
    const lines = code.split("\n").map((one) => one.slice(indent.length));
    return { place: `${page}:${line}`, page, language, text: lines.join("\n") };
  });
}

/** The commands in the sentences of a page, as far as they are whole. */
export function commandsIn(page: string): string[] {
  const code = [
    ...textOf(page)
      .replace(FENCE, "")
      .matchAll(/`([^`\n]+)`/g),
  ];
  return code
    .map(([, command = ""]) => command)
    .filter((one) => /^(npm (run|ci|test)|bash cdktf|cat) ?/.test(one) && !/[<…]/.test(one));
}

/** The links of a text that lead into the repository. */
export function localLinksIn(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^https?:/.test(link));
}

/** The file that a link of a page leads to. */
export function targetOf(page: string, link: string): string {
  const [path = ""] = link.split("#");
  return path === "" ? page : normalize(join(dirname(page), path));
}

/** All snippets. */
export const SNIPPETS: Snippet[] = PAGES.flatMap(snippetsIn);

/** The snippets of a language. */
export function inLanguage(language: string): Snippet[] {
  return SNIPPETS.filter((snippet) => snippet.language === language);
}
