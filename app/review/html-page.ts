// The frame of a self-contained page: no network, no other files. Pure.
import { section } from "./html-parts";
import { EMPTY, Markup, markup } from "./markup";

function policy(hasScript: boolean): string {
  const script = hasScript ? " script-src 'unsafe-inline';" : "";
  return `default-src 'none'; style-src 'unsafe-inline';${script} img-src data:`;
}

/** A section of a page. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  /** Content before the section. */
  readonly before?: Markup;
}

/** The content of a page. */
export interface Page {
  readonly title: string;
  /** Whether it has so much that browsers draw only the visible sections, to open it fast. */
  readonly isLarge?: boolean;
  /** Content of the header, below the title. */
  readonly head: Markup;
  readonly parts: Part[];
  readonly footer: Markup;
  readonly style: string;
  /**
   * Its script.
   *
   * @default - none, and the policy of the page allows none
   */
  readonly script?: string;
}

/** Returns the text of a page. */
export function renderPage({ title, isLarge, head, parts, footer, style, script }: Page): string {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script !== undefined)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body${isLarge ? markup` class="large"` : EMPTY}>
<a class="skip" href="#main">Skip to content</a>
<header>
<h1>${title}</h1>
${head}
<nav aria-label="Sections"><ul>${parts.map((part) => markup`<li><a href="#${part.id}">${part.title}</a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
${parts.map(({ before = EMPTY, ...part }) => markup`${before}${section(part.id, part.title, part.content)}`)}</main>
<footer><p>${footer}</p></footer>
${
  script === undefined
    ? EMPTY
    : markup`<script>${new Markup(script)}</script>
`
}</body>
</html>
`;
  return text;
}

/** Returns a list of names and numbers. */
export function figureList(rows: readonly (readonly [name: string, value: string])[]): Markup {
  return markup`<dl class="figures">${rows.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Options of a filter: the number of each option in rows, and its label. */
export type Options = ReadonlyMap<string, { readonly number: number; readonly label: string }>;

/** A choice by which rows are filtered. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  /** Label of the option that filters nothing. */
  readonly all: string;
  readonly options: Options;
}

/** Returns numbered options of keys and their labels. */
export function optionsOf(labels: readonly (readonly [key: string, label: string])[]): Options {
  return new Map([...new Map(labels)].map(([key, label], number) => [key, { number, label }]));
}

/** Returns a filter. It is hidden until the script runs, because it does nothing without scripts. */
export function filterForm(name: string, choices: readonly Choice[]): Markup {
  const select = ({ name: field, label, all, options }: Choice) =>
    markup`<label>${label}<select name="${field}"><option value="">${all}</option>${[
      ...options.values(),
    ].map(
      (option) => markup`<option value="${option.number}">${option.label}</option>`,
    )}</select></label>`;
  return markup`<form id="filter" role="search" aria-label="${name}" hidden>
${new Markup(choices.map((choice) => select(choice).text).join("\n"))}
<label>Text<input name="text" type="search" autocomplete="off"></label>
<button type="reset">Clear</button>
<output id="found" aria-live="polite"></output>
</form>
`;
}
