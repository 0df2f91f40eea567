// The order of the pages in the site. Their names are their headings.
import { existsSync, readFileSync, readdirSync } from "node:fs";

const GROUPS: { readonly [group: string]: readonly string[] } = {
  Start: [
    "README",
    "docs/prerequisites",
    "docs/cli",
    "docs/page",
    "docs/description",
    "examples/README",
  ],
  Teams: ["docs/teams/identity-team", "docs/teams/noc", "docs/teams/platform-team"],
  Concepts: [
    "docs/concepts",
    "docs/identity-kinds",
    "docs/access-review",
    "docs/live-review",
    "docs/preflight",
    "docs/threat-model",
    "docs/decisions",
    "docs/limits",
  ],
  Deploying: [
    "docs/deploying",
    "docs/handoff",
    "docs/pipelines",
    "docs/states",
    "docs/fleets",
    "docs/workloads",
    "docs/add-ons",
    "docs/gitops",
  ],
  "Existing clusters": [
    "docs/changes",
    "docs/upgrades",
    "docs/discover",
    "docs/moving",
    "docs/teardown",
  ],
  Reference: [
    "docs/fields",
    "docs/findings",
    "docs/permissions",
    "docs/hardening",
    "docs/troubleshooting",
  ],
  Library: [
    "docs/library",
    "docs/api",
    "docs/languages",
    "docs/extending",
    "docs/cdktn",
    "docs/azurerm-5",
  ],
  Constructs: readdirSync("docs/constructs")
    .sort()
    .map((file) => `docs/constructs/${file.replace(/\.md$/, "")}`),
  Project: ["CONTRIBUTING", "CHANGELOG"],
};

/** The sidebar. */
export const SIDEBAR = Object.entries(GROUPS).map(([text, pages]) => ({
  text,
  collapsed: text === "Constructs",
  items: pages
    .filter((page) => existsSync(`${page}.md`))
    .map((page) => ({ text: headingOf(page), link: `/${page.replace(/README$/, "")}` })),
}));

function headingOf(page: string): string {
  return /^# (.+)$/m.exec(readFileSync(`${page}.md`, "utf8"))?.[1] ?? page;
}
