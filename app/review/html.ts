// Renders an access review as a self-contained page: no network, no other files. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { FACTS_CSS, htmlPart } from "../discover/render";
import { LiveReview } from "../live/live-review";
import { livePart } from "../live/words";
import { actors } from "./chains";
import { accessGraph } from "./graph";
import { changes } from "./html-changes";
import { RowKeys, grantTable, pathTable, rightsTable, roleList, rowKeys } from "./html-grants";
import { Part, figureList, filterForm, renderPage } from "./html-page";
import { table } from "./html-parts";
import { workloadTable } from "./html-workloads";
import { runnerTables } from "./html-runners";
import { decisions } from "./html-decisions";
import { DECISIONS_SCRIPT } from "./decisions-script";
import { EMPTY, Markup, markup } from "./markup";
import { PAGE_CSS } from "./page.css";
import { PAGE_SCRIPT } from "./page-script";
import { renderPicture } from "./picture";
import { distinct, sentence } from "./text";
import { ACT_AS, WORKLOADS_WORDS, isJoinOrRead, pathsInWords, scopeKey, widePaths } from "./words";
import { clusterPlace, notSeen, operationCount } from "./overview";
import {
  shortNamesNote,
  subscriptionLegend,
  subscriptionNames,
  withShortNames,
} from "./subscriptions";
import { originWords } from "./provenance";
import { mostPowerful } from "./risk-words";

/** Number of grants from which browsers draw only the visible sections, so that the page opens fast. */
const LARGE = 150;

/**
 * Returns the text of `access-review.html`.
 *
 * @param previous the previous review, to show the changes
 * @param live the comparison with Azure, to show both sides
 */
export function renderHtml(
  document: AccessReviewDocument,
  previous?: AccessReviewDocument,
  live?: LiveReview,
): string {
  const names = subscriptionNames(document, previous);
  const review = withShortNames(document, names);
  const parts = partsOf(
    review,
    shortNamesNote(document, names),
    decisions(document, previous),
    previous && withShortNames(previous, names),
    live,
  );
  const places = [clusterPlace(review), subscriptionLegend(names)].filter((text) => text !== "");
  const origin = originWords(review);
  return renderPage({
    title: `Access review: ${review.cluster}`,
    isLarge: review.grants.length > LARGE,
    head: markup`${places.map((text) => markup`<p>${text}</p>`)}
${origin.length === 0 ? EMPTY : markup`<p class="origin">${origin.join(", ")}</p>`}
${figures(review)}
<p>${mostPowerful(review) ?? ""}</p>`,
    parts,
    footer: markup`Format ${review.version} of the access review. <code>access-review.json</code> contains the same data.`,
    style: live ? PAGE_CSS + FACTS_CSS : PAGE_CSS,
    script: PAGE_SCRIPT + DECISIONS_SCRIPT,
  });
}

function partsOf(
  review: AccessReviewDocument,
  note: string | undefined,
  form: Markup,
  previous?: AccessReviewDocument,
  live?: LiveReview,
): Part[] {
  const graph = accessGraph(review, previous);
  const keys = rowKeys(review, graph);
  const granted = review.grants.length > 0;
  const nothing = markup`<p>Nothing is granted.</p>`;
  return [
    ...(live ? [htmlPart(livePart(live))] : []),
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
      content: markup`<p>${ACT_AS}</p>${actorList(review)}${rightsTable(review, keys)}`,
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
      content: markup`<ul>${notSeen(live).map((fact) => markup`<li>${fact}</li>`)}</ul>`,
    },
    { id: "exceptions", title: "Exceptions", content: exceptions(review) },
    { id: "warnings", title: "Warnings", content: warnings(review) },
    { id: "decisions-section", title: "Decisions", content: form },
    {
      id: "roles",
      title: "Roles",
      content: granted
        ? markup`${note === undefined ? EMPTY : markup`<p>${note}</p>`}${roleList(review)}`
        : nothing,
    },
  ];
}

function actorList(review: AccessReviewDocument): Markup {
  const all = actors(review).map(({ principal, identities, runsPods }) => {
    const names = identities.map(
      (name, index) => markup`${index > 0 ? ", " : ""}<code>${name}</code>`,
    );
    return markup`<li><code>${principal}</code> can act as ${names}${runsPods ? `, and as ${WORKLOADS_WORDS}` : ""}.</li>`;
  });
  return all.length === 0
    ? markup`<p>No principal can act as an identity.</p>`
    : markup`<ul>${all}</ul>`;
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
  return figureList(rows);
}

/** Returns the filter of grants and rights. */
function filter({ teams, principals, scopes }: RowKeys): Markup {
  return filterForm("Filter grants and rights", [
    { name: "team", label: "Granted by", all: "all teams", options: teams },
    { name: "principal", label: "Who", all: "all principals", options: principals },
    { name: "scope", label: "On what", all: "all resources", options: scopes },
  ]);
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
        markup`<tr><th scope="row" class="whole">${code}</th><td><code>${path}</code></td><td>${sentence(message)}</td><td>${sentence(remedy)}</td></tr>
`,
    ),
  );
}

function tableOrNone(caption: Markup, heads: string[], rows: Markup[]): Markup {
  return rows.length === 0 ? markup`<p>None.</p>` : table("plain", caption, heads, rows);
}
