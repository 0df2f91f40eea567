// The documentation site: the Markdown of the repository as it is. npm run docs:site builds dist/docs-site.
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { renderMermaidSVG } from "beautiful-mermaid";
import { SEARCH } from "../search";
import { SIDEBAR } from "../sidebar";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The tags that pages use. */
const TAG = /^<\/?(a|br|code|sup)\b/;

/** Files that pages link to, and that are no pages. */
const linked = new Set<string>();

export default defineConfig({
  title: "hardened-aks",
  description: "Bring-your-own managed identities for AKS, for three teams",
  srcDir: ROOT,
  srcExclude: ["!(docs|examples)/**/*.md", "examples/*/**"],
  outDir: join(ROOT, "dist", "docs-site"),
  cacheDir: join(ROOT, "node_modules", ".cache", "vitepress"),
  rewrites: { "README.md": "index.md", "examples/README.md": "examples/index.md" },
  head: [
    ["style", {}, ".diagram svg { max-width: 100%; height: auto; }"],
    // Without it, browsers ask for an icon that is not there.
    ["link", { rel: "icon", href: "data:," }],
  ],
  themeConfig: {
    outline: [2, 3],
    sidebar: SIDEBAR,
    search: { provider: "local", options: SEARCH },
  },
  // The page of API.md is one file.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  markdown: {
    // Braces are text on GitHub.
    attrs: { disable: true },
    // The anchors of GitHub, so that links work in both places.
    anchor: {
      slugify: (text: string) =>
        text
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, "")
          .replace(/ /g, "-"),
    },
    config: (markdown) => {
      markdown.core.ruler.push("links", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.attrGet("href");
          if (token.type === "link_open" && href !== null && !/^(https?:|#)/.test(href)) {
            const [path = "", anchor] = href.split("#");
            const file = relative(ROOT, join(dirname((env as { path: string }).path), path));
            if (!statSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile()) {
              throw new Error(`The link to ${href} leads to no file.`);
            }
            if (file.endsWith("README.md")) {
              token.attrSet("href", `/${file.replace("README.md", anchor ? `#${anchor}` : "")}`);
            } else if (!file.endsWith(".md")) {
              linked.add(file);
              // With a target, it is no link to a page.
              token.attrSet("target", "_blank");
            }
          }
        }
      });
      const { rules } = markdown.renderer;
      const { fence } = rules;
      for (const name of ["html_inline", "html_block"] as const) {
        // Vue would take <cluster> for a component.
        rules[name] = (tokens, index) => {
          const { content } = tokens[index]!;
          return TAG.test(content) ? content : markdown.utils.escapeHtml(content);
        };
      }
      rules.fence = (tokens, index, ...others) => {
        const { info, content } = tokens[index]!;
        return info === "mermaid" ? diagram(content) : fence!(tokens, index, ...others);
      };
    },
  },
  buildEnd: ({ outDir }) => {
    for (const file of linked) {
      mkdirSync(dirname(join(outDir, file)), { recursive: true });
      copyFileSync(join(ROOT, file), join(outDir, file));
    }
  },
});

/** A diagram in the colors of the page, drawn when the site is built; without a font of another host. */
function diagram(source: string): string {
  const colors = { bg: "var(--vp-c-bg)", fg: "var(--vp-c-text-1)" };
  const svg = renderMermaidSVG(source, colors).replace(/@import url\([^)]*\);/, "");
  const text = JSON.stringify(svg).replace(/&/g, "&amp;").replace(/'/g, "&#39;");
  return `<div class="diagram" v-html='${text}'></div>\n`;
}
