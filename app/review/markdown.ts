// An access review as Markdown, for pull requests. Pure.
import { GrantReason } from "../../lib/access/planned-grant";
import {
  AccessReviewDocument,
  EffectiveRight,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedScope,
} from "../../lib/review/access-review";
import { accessGraph } from "./graph";
import { block, code, folded, link, prose, table, tableOrNone } from "./markdown-text";
import { mermaid } from "./mermaid";
import { count, distinct, groupBy, listed } from "./text";
import {
  GROUPING,
  historyWords,
  isJoinOrRead,
  kindName,
  pathsInWords,
  principalKind,
  scopePlace,
  teamName,
  teamsOf,
} from "./words";

/** Operations or resources that a row names. */
const MOST_ITEMS = 6;
/** Rows up to which a table is open. */
const MOST_OPEN_ROWS = 40;

const RIGHT_HEADS = ["Who", "How", "Role", "On what", "Operations"];

/** The text of `access-review.md`. */
export function renderMarkdown(review: AccessReviewDocument): string {
  const parts = [
    `# Access review of ${code(review.cluster)}`,
    summary(review),
    ...picture(review),
    "## Grants",
    ...grants(review),
    "## Who can act as whom",
    ...actingAs(review),
    "### Paths to the network",
    ...paths(review.pathsToNetwork),
    "## Exceptions",
    exceptions(review),
    "## Warnings",
    warnings(review),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summary(review: AccessReviewDocument): string {
  const teams = teamsOf(review).map((team) => {
    const rows = review.grants.filter((grant) => grant.team === team);
    return `${rows.length} by the ${prose(teamName(team))}`;
  });
  const excess = review.excess.map(({ principal, granted, excess: unneeded }) => {
    const need = unneeded === 0 ? "all of them needed" : `${unneeded} of which no feature needs`;
    return `${code(principal)} holds ${count(granted, "operation")}, ${need}`;
  });
  return [
    `The cluster ${code(review.cluster)} with the role set ${code(review.roleSet)} has ${count(review.grants.length, "grant")}${teams.length > 0 ? `: ${listed(teams)}` : ""}.`,
    ...(excess.length > 0 ? [`${excess.join("; ")}.`] : []),
  ].join(" ");
}

function picture(review: AccessReviewDocument): string[] {
  const graph = accessGraph(review);
  if (graph.edges.length === 0) {
    return [];
  }
  const diagram = mermaid(graph);
  const words = [
    "Arrows are grants.",
    ...(graph.edges.some(({ owned }) => owned)
      ? ["Dotted arrows are identities that somebody owns."]
      : []),
    ...(graph.grouping === "none" ? [] : [GROUPING[graph.grouping]]),
    ...(graph.edges.some(({ path }) => path === "more")
      ? [
          "Thick arrows lead people and pipelines to the network, to do more there than join and read.",
        ]
      : []),
  ];
  return diagram === undefined
    ? ["There are too many grants for a picture here; `access-review.html` has one."]
    : [block("mermaid", diagram), words.join(" ")];
}

function grants(review: AccessReviewDocument): string[] {
  if (review.grants.length === 0) {
    return ["Nothing is granted."];
  }
  return teamsOf(review).flatMap((team) => {
    const rows = review.grants.filter((grant) => grant.team === team);
    return [
      `### ${count(rows.length, "grant")} by the ${prose(teamName(team))}`,
      table(["Who", "Role", "On what", "Why"], rows.map(grantRow)),
    ];
  });
}

function grantRow(grant: ReviewedGrant): string[] {
  const { principal, role, scope, condition, reasons, grantedFor } = grant;
  const excess = grant.excessActions.length;
  const all = count(grant.effectiveActions.length, "operation");
  const notes = [
    ...(role.custom ? ["custom role"] : []),
    ...(grantedFor === undefined ? [] : [`with the cluster ${code(grantedFor)}`]),
    ...historyWords(grant),
    ...(condition === undefined ? [] : [`if ${code(condition)}`]),
    ...(excess > 0 ? [`${excess} of ${all} not needed`] : []),
  ];
  return [
    who(principal),
    [code(role.name), ...notes].join("<br>"),
    what(scope),
    reasons.map(reason).join("<br>"),
  ];
}

function who(principal: ReviewedPrincipal): string {
  return `${code(principal.name)}<br>${prose(principalKind(principal))}`;
}

function what(scope: ReviewedScope): string {
  const place = scopePlace(scope);
  return `${prose(kindName(scope.kind))} ${code(scope.name)}${place ? `<br>${prose(place)}` : ""}`;
}

function reason({ feature, why, source }: GrantReason): string {
  return `${prose(why)} (${link(feature, source)})`;
}

function actingAs({ effectiveRights }: AccessReviewDocument): string[] {
  const indirect = effectiveRights.filter(({ via }) => via.length > 0);
  if (indirect.length === 0) {
    return ["Nobody gets rights by acting as an identity."];
  }
  const sentences = [...groupBy(indirect, ({ principal }) => principal)].map(
    ([principal, rights]) =>
      `- ${code(principal)} can act as ${listed(distinct(rights.flatMap(({ via }) => via)).map(code))}.`,
  );
  return [
    "Whoever may assign an identity, or owns it, can act as it and has its rights.",
    sentences.join("\n"),
    longTable(RIGHT_HEADS, rightRows(indirect, MOST_ITEMS)),
  ];
}

/** One row for all resources on which somebody has the same rights. */
function rightRows(rights: EffectiveRight[], most: number): string[][] {
  const alike = groupBy(rights, ({ principal, via, role, actions }) =>
    JSON.stringify([principal, via, role, actions]),
  );
  return [...alike.values()].map((same) => {
    const [{ principal, via, role, actions }] = same;
    const scopes = same.map(({ scope }) => what(scope));
    const how = via.length > 0 ? `as ${via.map(code).join(", then as ")}` : "directly";
    return [code(principal), how, code(role), first(scopes, most), operations(actions)];
  });
}

/** What matters most comes first; the page and the JSON have all of them. */
function operations(actions: string[]): string {
  const sorted = [
    ...actions.filter((action) => !isJoinOrRead(action)),
    ...actions.filter(isJoinOrRead),
  ];
  return first(sorted.map(code), MOST_ITEMS);
}

function first(items: string[], most: number): string {
  const left = items.length - most;
  return [...items.slice(0, most), ...(left > 0 ? [`and ${left} more`] : [])].join("<br>");
}

function longTable(heads: string[], rows: string[][]): string {
  const text = table(heads, rows);
  return rows.length > MOST_OPEN_ROWS ? folded(count(rows.length, "row"), text) : text;
}

function paths(rights: EffectiveRight[]): string[] {
  const tables = rights.length > 0 ? [longTable(RIGHT_HEADS, rightRows(rights, Infinity))] : [];
  return [pathsInWords(rights), ...tables];
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
