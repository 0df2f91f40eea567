// Renders an access review as a self-contained page: no network, no other files. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { accessGraph } from "./graph";
import { changes } from "./html-changes";
import { RowKeys, grantTable, pathTable, rightsTable, roleList, rowKeys } from "./html-grants";
import { section, table } from "./html-parts";
import { workloadTable } from "./html-workloads";
import { runnerTables } from "./html-runners";
import { decisions } from "./html-decisions";
import { DECISIONS_SCRIPT } from "./decisions-script";
import { EMPTY, Markup, markup } from "./markup";
import { PAGE_CSS } from "./page.css";
import { PAGE_SCRIPT } from "./page-script";
import { renderPicture } from "./picture";
import { distinct, sentence } from "./text";
import { ACT_AS, isJoinOrRead, pathsInWords, scopeKey, widePaths } from "./words";
import {
  shortNamesNote,
  NOT_SEEN,
  clusterPlace,
  operationCount,
  withoutOwnSubscription,
} from "./overview";
import { originWords } from "./provenance";
import { mostPowerful } from "./risk-words";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  readonly before?: Markup;
}

/** Returns the text of `access-review.html`; with a previous review, it includes the changes. */
export function renderHtml(
  document: AccessReviewDocument,
  previous?: AccessReviewDocument,
): string {
  const review = withoutOwnSubscription(document);
  const parts = partsOf(
    review,
    shortNamesNote(document),
    previous && withoutOwnSubscription(previous),
  );
  const place = clusterPlace(review);
  const origin = originWords(review);
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Access review: ${review.cluster}</title>
<style>${new Markup(PAGE_CSS)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<h1>Access review: ${review.cluster}</h1>
${place === "" ? EMPTY : markup`<p>${place}</p>`}
${origin.length === 0 ? EMPTY : markup`<p class="origin">${origin.join(", ")}</p>`}
${figures(review)}
<p>${mostPowerful(review) ?? ""}</p>
<nav aria-label="Sections"><ul>${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
${parts.map(({ id, title, content, before = EMPTY }) => markup`${before}${section(id, title, content)}`)}</main>
<footer><p>Format ${review.version} of the access review. <code>access-review.json</code> contains the same data.</p></footer>
<script>${new Markup(PAGE_SCRIPT + DECISIONS_SCRIPT)}</script>
</body>
</html>
`;
  return text;
}

function partsOf(
  review: AccessReviewDocument,
  note: string | undefined,
  previous?: AccessReviewDocument,
): Part[] {
  const graph = accessGraph(review);
  const keys = rowKeys(review, graph);
  const granted = review.grants.length > 0;
  const nothing = markup`<p>Nothing is granted.</p>`;
  return [
    ...(previous ? [{ id: "changes", title: "Changes", content: changes(previous, review) }] : []),
    {
      id: "picture-section",
      title: "Picture",
      content: granted ? renderPicture(graph) : nothing,
      before: granted ? filter(keys) : EMPTY,
    },
    { id: "grants", title: "Grants", content: granted ? grantTable(review, keys) : nothing },
    {
      id: "rights",
      title: "Who can act as whom",
      content: markup`<p>${ACT_AS}</p>${rightsTable(review, keys)}`,
    },
    ...(review.workloads
      ? [{ id: "workloads", title: "Workloads", content: workloadTable(review.workloads) }]
      : []),
    { id: "paths", title: "Paths to the network", content: paths(review, keys) },
    { id: "excess", title: "Operations not needed", content: excess(review) },
    ...(review.runners
      ? [
          {
            id: "runners",
            title: "Rights of the runners",
            content: runnerTables(review.runners, review.cluster),
          },
        ]
      : []),
    {
      id: "unseen",
      title: "Not in this review",
      content: markup`<ul>${NOT_SEEN.map((fact) => markup`<li>${fact}</li>`)}</ul>`,
    },
    { id: "exceptions", title: "Exceptions", content: exceptions(review) },
    { id: "warnings", title: "Warnings", content: warnings(review) },
    { id: "decisions-section", title: "Decisions", content: decisions(review) },
    {
      id: "roles",
      title: "Roles",
      content: granted
        ? markup`${note === undefined ? EMPTY : markup`<p>${note}</p>`}${roleList(review)}`
        : nothing,
    },
  ];
}

function figures(review: AccessReviewDocument): Markup {
  const { grants, excess: counts, pathsToNetwork, exceptions: list, warnings: findings } = review;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const rows: [string, string][] = [
    ["Role set", review.roleSet],
    ["Grants", `${grants.length}`],
    ["Principals", `${distinct(grants.map(({ principal }) => principal.name)).length}`],
    ["Resources", `${distinct(grants.map(({ scope }) => scopeKey(scope))).length}`],
    [
      "Operations not needed",
      `${sum(counts.map((one) => one.excess))} of ${sum(counts.map(({ granted }) => granted))}`,
    ],
    [
      "Paths that can change the network",
      `${widePaths(pathsToNetwork)} of ${pathsToNetwork.length}`,
    ],
    ["Exceptions", `${list.length}`],
    ["Warnings", `${findings.length}`],
  ];
  return markup`<dl class="figures">${rows.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Returns the filter. It is hidden until the script runs, because it does nothing without scripts. */
function filter({ teams, principals, scopes }: RowKeys): Markup {
  const select = (name: string, label: string, all: string, options: RowKeys["teams"]) =>
    markup`<label>${label}<select name="${name}"><option value="">${all}</option>${[
      ...options.values(),
    ].map(
      (option) => markup`<option value="${option.number}">${option.label}</option>`,
    )}</select></label>`;
  return markup`<form id="filter" role="search" aria-label="Filter grants and rights" hidden>
${select("team", "Granted by", "all teams", teams)}
${select("principal", "Who", "all principals", principals)}
${select("scope", "On what", "all resources", scopes)}
<label>Text<input name="text" type="search" autocomplete="off"></label>
<button type="reset">Clear</button>
<output id="found" aria-live="polite"></output>
</form>
`;
}

function paths({ pathsToNetwork: rights }: AccessReviewDocument, keys: RowKeys): Markup {
  const alert = rights.some(({ actions }) => !actions.every(isJoinOrRead));
  return markup`<p${alert ? markup` class="alert"` : EMPTY}>${pathsInWords(rights)}</p>${
    rights.length > 0 ? pathTable(rights, keys) : EMPTY
  }`;
}

function excess({ excess: counts }: AccessReviewDocument): Markup {
  return table(
    "plain",
    markup`Operations that each principal has directly, over all resources`,
    ["Who", "Operations, and those that no feature needs"],
    counts.map(
      ({ principal, ...one }) =>
        markup`<tr><th scope="row"><code>${principal}</code></th><td>${operationCount(one)}</td></tr>
`,
    ),
  );
}

function exceptions({ exceptions: list }: AccessReviewDocument): Markup {
  return tableOrNone(
    markup`Weakened settings that the description asks for`,
    ["Exception", "Reason"],
    list.map(
      ({ name, reason }) =>
        markup`<tr><th scope="row"><code>${name}</code></th><td>${sentence(reason)}</td></tr>
`,
    ),
  );
}

function warnings({ warnings: list }: AccessReviewDocument): Markup {
  return tableOrNone(
    markup`Findings about the description`,
    ["Code", "Where", "What is wrong", "What to do"],
    list.map(
      ({ code, path, message, remedy }) =>
        markup`<tr><th scope="row">${code}</th><td><code>${path}</code></td><td>${sentence(message)}</td><td>${sentence(remedy)}</td></tr>
`,
    ),
  );
}

function tableOrNone(caption: Markup, heads: string[], rows: Markup[]): Markup {
  return rows.length === 0 ? markup`<p>None.</p>` : table("plain", caption, heads, rows);
}
