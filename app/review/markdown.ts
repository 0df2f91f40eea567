// Renders an access review as Markdown, for pull requests. Pure.
import { GrantReason } from "../../lib/access/planned-grant";
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { markdownPart } from "../discover/render";
import { LiveReview } from "../live/live-review";
import { livePart } from "../live/words";
import { actors } from "./chains";
import { accessGraph } from "./graph";
import { conditionBlocks, conditionals } from "./conditions";
import { principalCell, scopeCell } from "./markdown-cells";
import { changeParts } from "./markdown-changes";
import { clusterPlace, notSeen, operationCount } from "./overview";
import {
  shortNamesNote,
  subscriptionLegend,
  subscriptionNames,
  withShortNames,
} from "./subscriptions";
import { NOTHING_TO_DECIDE, decidingTeams, decisionWords } from "./deciding-teams";
import { originWords } from "./provenance";
import { mostPowerful, riskWords } from "./risk-words";
import { block, code, folded, link, prose, table, tableOrNone } from "./markdown-text";
import { mermaid } from "./mermaid";
import { runnerParts } from "./runner-markdown";
import { count, distinct, groupBy, listed } from "./text";
import { WORKLOAD_HEADS, WORKLOAD_WORDS, accountOf, issuerWords } from "./workload-words";
import {
  grantedWith,
  ACT_AS,
  WORKLOADS_WORDS,
  GROUPING,
  timeWords,
  isJoinOrRead,
  pathsInWords,
  teamName,
  teamsOf,
} from "./words";

/** Maximum of operations or resources in a row. */
const MAX_ITEMS = 6;
/** Maximum of rows in a table that is not collapsed. */
const MAX_OPEN_ROWS = 40;

const RIGHT_HEADS = ["Who", "How", "Role", "On what", "Operations"];

/**
 * Returns the text of `access-review.md`, which begins with the comparison with Azure, and with the changes.
 *
 * @param previous the previous review, to show the changes
 * @param live the comparison with Azure, to show both sides
 */
export function renderMarkdown(
  document: AccessReviewDocument,
  previous?: AccessReviewDocument,
  live?: LiveReview,
): string {
  const names = subscriptionNames(document, previous);
  const review = withShortNames(document, names);
  const note = shortNamesNote(document, names);
  const shownBefore = previous && withShortNames(previous, names);
  const parts = [
    `# Access review of ${code(review.cluster)}`,
    ...(live ? markdownPart(livePart(live)) : []),
    ...(shownBefore ? ["## Changes", ...changeParts(shownBefore, review)] : []),
    ...((previous ?? live) ? ["## Overview"] : []),
    summary(review, subscriptionLegend(names)),
    ...picture(review, shownBefore),
    "## Grants",
    ...grants(review),
    "## Who can act as whom",
    ...actingAs(review),
    ...workloads(review),
    "### Paths to the network",
    ...paths(review.pathsToNetwork),
    ...runners(review),
    "## Roles",
    ...(note === undefined ? [] : [prose(note)]),
    roles(review),
    "## Not in this review",
    notSeen(live)
      .map((fact) => `- ${live ? prose(fact) : fact}`)
      .join("\n"),
    "## Exceptions",
    exceptions(review),
    "## Warnings",
    warnings(review),
    "## Decisions",
    ...decisions(document, previous),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summary(review: AccessReviewDocument, legend: string): string {
  const teams = teamsOf(review).map((team) => {
    const rows = review.grants.filter((grant) => grant.team === team);
    return `${rows.length} by the ${prose(teamName(team))}`;
  });
  const excess = review.excess.map(
    ({ principal, ...counts }) => `${code(principal)} has ${operationCount(counts)}`,
  );
  const place = clusterPlace(review);
  const origin = originWords(review);
  const powerful = mostPowerful(review);
  return [
    ...(place === "" ? [] : [`${place}.`]),
    ...(legend === "" ? [] : [prose(legend)]),
    `The cluster ${code(review.cluster)} with the role set ${code(review.roleSet)} has ${count(review.grants.length, "grant")}${teams.length > 0 ? `: ${listed(teams)}` : ""}.`,
    ...(excess.length > 0 ? [`${excess.join("; ")}.`] : []),
    pathsInWords(review.pathsToNetwork),
    ...(powerful === undefined ? [] : [prose(powerful)]),
    ...(origin.length === 0 ? [] : [`Written by ${origin.map(code).join(", ")}.`]),
  ].join(" ");
}

function picture(review: AccessReviewDocument, previous?: AccessReviewDocument): string[] {
  const graph = accessGraph(review, previous);
  if (graph.edges.length === 0) {
    return [];
  }
  const diagram = mermaid(graph);
  const words = [
    "Arrows lead from the holders of a role to the role, with its greatest risk, and from there to its resources.",
    ...(graph.edges.some(({ owned }) => owned)
      ? ["Dotted arrows lead to identities that a principal can act as without a role on them."]
      : []),
    GROUPING[graph.grouping],
    ...(graph.edges.some(({ path }) => path === "more")
      ? [
          "Thick arrows are paths by which people and pipelines can do more in the network than join and read.",
        ]
      : []),
  ];
  return diagram === undefined
    ? ["This review has too many grants for a picture here; see `access-review.html`."]
    : [block("mermaid", diagram), words.join(" ")];
}

function grants(review: AccessReviewDocument): string[] {
  if (review.grants.length === 0) {
    return ["Nothing is granted."];
  }
  return teamsOf(review).flatMap((team) => {
    const rows = review.grants.filter((grant) => grant.team === team);
    const conditions = conditionals(rows, ({ condition }) => condition);
    return [
      `### ${count(rows.length, "grant")} by the ${prose(teamName(team))}`,
      table(
        ["Who", "Role", "On what", "Why"],
        rows.map((row) => grantRow(row, conditions.find(({ item }) => item === row)?.number)),
      ),
      ...conditionBlocks(conditions, ({ scope }) => scope.name),
    ];
  });
}

function grantRow(grant: ReviewedGrant, condition: number | undefined): string[] {
  const { principal, role, scope, reasons, grantedFor } = grant;
  const excess = grant.excessActions.length;
  const all = count(grant.effectiveActions.length, "operation");
  const notes = [
    ...(role.custom ? ["custom role"] : []),
    ...(grantedFor === undefined ? [] : [grantedWith(grantedFor, code)]),
    ...timeWords(grant),
    ...(condition === undefined ? [] : [`only if condition ${condition} is met`]),
    ...(excess > 0 ? [`${excess} of ${all} not needed`] : []),
    prose(riskWords(grant.effectiveActions, grant.risk)),
  ];
  return [
    principalCell(principal),
    [code(role.name), ...notes].join("<br>"),
    scopeCell(scope),
    reasons.map(reason).join("<br>"),
  ];
}

function reason({ feature, why, source }: GrantReason): string {
  return `${prose(why)} (${link(feature, source)})`;
}

function actingAs(review: AccessReviewDocument): string[] {
  const indirect = review.effectiveRights.filter(({ via }) => via.length > 0);
  const sentences = actors(review).map(
    ({ principal, identities, runsPods }) =>
      `- ${code(principal)} can act as ${listed([...identities.map(code), ...(runsPods ? [WORKLOADS_WORDS] : [])])}.`,
  );
  return sentences.length === 0
    ? ["No principal can act as an identity."]
    : [
        ACT_AS,
        sentences.join("\n"),
        ...(indirect.length > 0 ? [longTable(RIGHT_HEADS, rightRows(indirect, MAX_ITEMS))] : []),
      ];
}

/** Returns one row for all resources on which a principal has the same rights. */
function rightRows(rights: EffectiveRight[], max: number): string[][] {
  const alike = groupBy(rights, ({ principal, via, role, actions }) =>
    JSON.stringify([principal, via, role, actions]),
  );
  return [...alike.values()].map((same) => {
    const [{ principal, via, role, actions }] = same;
    const scopes = same.map(({ scope }) => scopeCell(scope));
    const how = via.length > 0 ? `as ${via.map(code).join(", then as ")}` : "directly";
    const risk = prose(riskWords(actions, same[0].risk));
    return [
      code(principal),
      how,
      code(role),
      first(scopes, max),
      `${risk}<br>${operations(actions)}`,
    ];
  });
}

/** Returns the most important operations; the page and the JSON list all of them. */
function operations(actions: string[]): string {
  const sorted = [
    ...actions.filter((action) => !isJoinOrRead(action)),
    ...actions.filter(isJoinOrRead),
  ];
  return first(sorted.map(code), MAX_ITEMS);
}

function first(items: string[], max: number): string {
  const left = items.length - max;
  return [...items.slice(0, max), ...(left > 0 ? [`and ${left} more`] : [])].join("<br>");
}

function longTable(heads: string[], rows: string[][]): string {
  const text = table(heads, rows);
  return rows.length > MAX_OPEN_ROWS ? folded(count(rows.length, "row"), text) : text;
}

function paths(rights: EffectiveRight[]): string[] {
  const tables = rights.length > 0 ? [longTable(RIGHT_HEADS, rightRows(rights, Infinity))] : [];
  return [pathsInWords(rights), ...tables];
}

/** Returns each role with its definition. */
function roles({ grants: list }: AccessReviewDocument): string {
  const rows = [...groupBy(list, ({ role }) => JSON.stringify(role))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [{ role }]]) => {
      const {
        name,
        custom,
        guid,
        actions,
        notActions = [],
        dataActions,
        notDataActions = [],
      } = role;
      const except = [...notActions, ...notDataActions];
      return [
        `${code(name)}<br>${custom ? "custom role" : `built-in role ${code(guid ?? "")}`}`,
        actions.map(code).join("<br>"),
        dataActions.map(code).join("<br>"),
        except.map(code).join("<br>"),
      ];
    });
  return tableOrNone(["Role", "Actions", "Data actions", "Except"], rows);
}

function workloads({ workloads: list = [] }: AccessReviewDocument): string[] {
  const rows = list.map((one) => [
    code(one.name),
    code(one.identity),
    one.subjects.map((subject) => code(accountOf(subject))).join("<br>"),
    distinct(one.credentials.map(issuerWords)).map(prose).join("<br>"),
  ]);
  return list.length === 0
    ? []
    : ["### Workloads", prose(WORKLOAD_WORDS), table(WORKLOAD_HEADS, rows)];
}

function runners({ runners: list = [], cluster }: AccessReviewDocument): string[] {
  return list.length === 0
    ? []
    : [
        "## Rights of the runners",
        ...list.flatMap((runner) => [
          `### Runner of ${code(runner.stack)}, ${prose(teamName(runner.team))}`,
          ...runnerParts(runner, cluster),
        ]),
      ];
}

/** Returns a table to fill in. */
function decisions(review: AccessReviewDocument, previous?: AccessReviewDocument): string[] {
  const rows = decidingTeams(review).map(({ name, question, subject, shortHash }) => [
    `The ${prose(name)} ${prose(question)} (${subject} ${code(shortHash)})`,
    ...["", "", "", "", ""],
  ]);
  const heads = ["Team", "Granted or refused", "By", "On", "Review again on", "Remark"];
  if (rows.length === 0) {
    return [NOTHING_TO_DECIDE];
  }
  return [...(previous ? [prose(decisionWords(previous, review))] : []), table(heads, rows)];
}

function exceptions({ exceptions: list }: AccessReviewDocument): string {
  const rows = list.map(({ name, reason: given }) => [code(name), prose(given)]);
  return tableOrNone(["Exception", "Reason"], rows);
}

function warnings({ warnings: list }: AccessReviewDocument): string {
  return tableOrNone(
    ["Code", "Where", "What is wrong", "What to do"],
    list.map((one) => [code(one.code), code(one.path), prose(one.message), prose(one.remedy)]),
  );
}
