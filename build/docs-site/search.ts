// The search of the site. A message of Azure is found as it is pasted.

/** Options of the local search of VitePress. Functions run in the browser, too, so that each stands alone. */
export const SEARCH = {
  miniSearch: {
    searchOptions: {
      // Of a message: its codes, and the ends of its operations. The rest is the same in most messages, or names.
      tokenize: (text: string): string[] => {
        const words = text.split(/[\n\r\p{Z}\p{P}]+/u);
        if (words.length < 12) {
          return words;
        }
        const message = text.replace(/\/subscriptions\/[^\s'",;)]+/gi, " ");
        const operation = /\bMicrosoft\.[A-Za-z.]+(?:\/\w+)+/g;
        const ends = (message.match(operation) ?? []).flatMap((one) => one.split("/").slice(-3));
        const codes = message.replace(operation, " ").match(/\b\w*[a-z][A-Z]\w+/g) ?? [];
        return codes.length > 0 ? [...codes, ...ends] : words;
      },
      // Only in few words: in a sentence, each would find half of the pages.
      fuzzy: (_: string, __: number, terms: string[]): number => (terms.length < 4 ? 0.2 : 0),
      prefix: (_: string, index: number, terms: string[]): boolean =>
        terms.length < 4 || index === terms.length - 1,
      boostDocument: (page: string): number =>
        page.includes("/troubleshooting") ? 2 : page.includes("/CHANGELOG") ? 0.1 : 1,
    },
  },
  // Generated, and each of its types is in docs/api.md.
  _render: (source: string, env: { relativePath: string }, markdown: Renderer): string =>
    env.relativePath === "API.md" ? "" : markdown.render(source, env),
};

interface Renderer {
  readonly render: (source: string, env: object) => string;
}
