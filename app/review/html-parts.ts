// Parts that the tables of the page share. Pure.
import { GrantReason } from "../../lib/access/planned-grant";
import { ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { EMPTY, Markup, markup } from "./markup";
import { count, groupBy, safeLink, sentence } from "./text";
import { isJoinOrRead, kindNames, principalKind, scopeKind, scopePlace } from "./words";

const WBR = new Markup("<wbr>");
const NEW_LINE = new Markup("\n");

/** Returns a section of the page. */
export function section(id: string, title: string, content: Markup): Markup {
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}
</section>
`;
}

/** Returns a table with a caption and the heads of its columns; the rows are `<tr>` elements. */
export function table(name: string, caption: Markup, heads: string[], rows: Markup[]): Markup {
  return markup`<div class="scroll"><table class="${name}"><caption>${caption}</caption>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}

/** Returns the content of a cell with a principal. */
export function principalCell(principal: ReviewedPrincipal): Markup {
  return markup`<code>${principal.name}</code><small>${principalKind(principal)}</small>`;
}

/** Returns the content of a cell with a scope. */
export function scopeCell(scope: ReviewedScope): Markup {
  // Names of zones are long.
  return markup`<code>${breakable(scope.name, /(?<=\.)/)}</code><small>${scopeKind(scope)}</small>`;
}

/** Returns a text that breaks best at some places. */
function breakable(text: string, places: RegExp): Markup {
  const parts = text.split(places);
  return markup`${parts.map((part, index) => markup`${index > 0 ? WBR : EMPTY}${part}`)}`;
}

/** Returns the content of a cell with scopes, grouped by kind and place. */
export function scopesCell(scopes: ReviewedScope[]): Markup {
  const places = groupBy(scopes, (scope) => JSON.stringify([scope.kind, scopePlace(scope)]));
  return markup`${[...places.values()].map(([first, ...more]) => {
    const names = [first, ...more].map(({ name }) => name).join(", ");
    return more.length > 0
      ? markup`<code>${names}</code><small>${scopeKind(first, kindNames(first.kind))}</small>`
      : scopeCell(first);
  })}`;
}

/** Returns the content of a cell with the identities that a principal acts as, in turn. */
export function viaCell(identities: string[]): Markup {
  return identities.length === 0
    ? markup`directly`
    : markup`as ${identities.map((name, index) => markup`${index > 0 ? ", then as " : ""}<code>${name}</code>`)}`;
}

/** Returns a list of reasons with links to their sources. */
export function reasonList(reasons: GrantReason[]): Markup {
  return markup`${reasons.map(
    ({ feature, why, source }) => markup`<p>${sentence(why)} (${link(feature, source)})</p>`,
  )}`;
}

/** Returns a link, or its text if the address is not https. */
function link(text: string, address: string): Markup {
  const target = safeLink(address);
  return target === undefined
    ? markup`${text}`
    : markup`<a href="${target}" rel="noreferrer">${text}</a>`;
}

/** Returns a collapsed condition. */
export function conditionCell(summary: string, lines: string[]): Markup {
  const text = lines.map((line, index) => markup`${index > 0 ? NEW_LINE : EMPTY}${line}`);
  return markup`<details><summary>${summary}</summary><pre class="code">${text}</pre></details>`;
}

/** Returns a collapsed list of operations, some of them with a mark. */
export function operations(
  actions: string[],
  mark: { readonly on: (action: string) => boolean; readonly text: string },
  more: Markup = EMPTY,
): Markup {
  const marked = actions.filter(mark.on).length;
  const items = actions.map(
    (action) =>
      markup`<li>${breakable(action, /(?<=\/)/)}${mark.on(action) ? markup` <b class="tag">${mark.text}</b>` : EMPTY}</li>`,
  );
  return markup`<details><summary>${count(actions.length, "operation")}${marked > 0 ? `, ${marked} ${mark.text}` : ""}</summary><ul class="code">${items}</ul>${more}</details>`;
}

/** Marks operations that do more than join and read. */
export const CHANGES = {
  on: (action: string) => !isJoinOrRead(action),
  text: "more than join and read",
};
