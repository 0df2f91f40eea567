// Renders the review of a fleet as a self-contained page. Pure.
import {
  FleetChanges,
  FleetCluster,
  FleetReviewDocument,
  FleetRight,
  FleetRightChange,
  FleetRole,
} from "../../lib/review/fleet-review";
import { figureList, filterForm, renderPage } from "../review/html-page";
import { actionList, roleDefinition } from "../review/html-grants";
import { table, viaCell } from "../review/html-parts";
import { EMPTY, Markup, markup } from "../review/markup";
import { notSeen } from "../review/overview";
import { PAGE_CSS } from "../review/page.css";
import { riskWords } from "../review/risk-words";
import { count, distinct, listed, sentence } from "../review/text";
import { ACT_AS, kindName, teamName } from "../review/words";
import { riskRank } from "./build";
import { changeName, changesInWords } from "./change-words";
import {
  FleetPage,
  changesNetwork,
  fleetPage,
  isPerson,
  principalTable,
  rightTables,
} from "./html-rights";
import { FLEET_CSS } from "./page.css";
import { FLEET_SCRIPT } from "./page-script";
import { choicesOf, clusterList, fleetOptions, reviewLink, rowAttributes } from "./rows";

/** Returns the text of `fleet-review.html`. */
export function renderFleetHtml(review: FleetReviewDocument): string {
  const page = fleetPage(review, fleetOptions(review));
  const { changes } = review;
  return renderPage({
    title: `Fleet review: ${count(review.clusters.length, "cluster")}`,
    head: markup`${review.producedBy === undefined ? EMPTY : markup`<p class="origin">${review.producedBy}</p>`}
${figures(page)}
<p>${mostPowerful(page)}</p>`,
    parts: [
      ...(changes
        ? [{ id: "changes", title: "Changes", content: changesPart(changes, page) }]
        : []),
      {
        id: "principals",
        title: "Who",
        content: principalTable(page),
        before: filterForm("Filter rights", choicesOf(page.options)),
      },
      {
        id: "rights",
        title: "Who can do what where",
        content: markup`<p>${ACT_AS}</p><p>${SCOPES}</p>${rightTables(page)}`,
      },
      { id: "exceptions", title: "Exceptions", content: exceptions(page) },
      { id: "clusters", title: "Clusters", content: clusterTable(page) },
      { id: "roles", title: "Roles", content: markup`${review.roles.map(roleEntry)}` },
      {
        id: "unseen",
        title: "Not in this review",
        content: markup`<ul>${notSeen().map((fact) => markup`<li>${fact}</li>`)}</ul>`,
      },
    ],
    footer: markup`Format ${review.formatVersion} of the fleet review. <code>fleet-review.json</code> contains the same data.`,
    style: PAGE_CSS + FLEET_CSS,
    script: FLEET_SCRIPT,
  });
}

const SCOPES =
  "For resources that one cluster alone uses, <cluster> stands for the name of the cluster, and the subscription is that of the cluster unless it is named.";

function figures(page: FleetPage): Markup {
  const { clusters, principals, rights, roleAssignments, exceptions: list } = page.review;
  const people = principals.filter(isPerson).length;
  const paths = rights.filter(({ reachesNetwork }) => reachesNetwork);
  const wide = paths.filter((right) => changesNetwork(right, page)).length;
  return figureList([
    ["Clusters", `${clusters.length}`],
    ["Subscriptions", `${page.options.subscriptions.size}`],
    ["People and pipelines", `${people}`],
    ["Role assignments", `${roleAssignments}`],
    ["Different rights", `${rights.length}`],
    ["Paths that can change the network", `${wide} of ${paths.length}`],
    ["Exceptions", `${list.length}`],
    ["Warnings", `${clusters.reduce((sum, { warnings }) => sum + warnings, 0)}`],
  ]);
}

/** Most principals that a sentence names. */
const MAX_NAMED = 5;

function mostPowerful({ review, rights }: FleetPage): string {
  const [risk] = review.clusters
    .map((one) => one.risk)
    .sort((a, b) => riskRank({ risk: a }) - riskRank({ risk: b }));
  const names = review.principals
    .filter((one) => isPerson(one) && rights.get(one.id)?.[0]?.risk === risk)
    .map(({ id }) => id);
  const more = names.length > MAX_NAMED ? [`${names.length - MAX_NAMED} more`] : [];
  if (risk === undefined) {
    return "There is no cluster.";
  }
  return names.length === 0
    ? `The greatest risk is ${riskWords([], risk)}, by identities of clusters alone.`
    : `The greatest risk is ${riskWords([], risk)}, by ${listed([...names.slice(0, MAX_NAMED), ...more])}.`;
}

function changesPart(changes: FleetChanges, page: FleetPage): Markup {
  const words = markup`<p>${changesInWords(changes)}</p>`;
  return changes.rights.length === 0
    ? words
    : markup`${words}
${table(
  "changes fleet filtered",
  markup`Rights that are new, gone or different`,
  ["Change", "Who", "Role", "On what", "In clusters", "Details"],
  changes.rights.map((change) => changeRow(change, page)),
)}`;
}

function changeRow(change: FleetRightChange, page: FleetPage): Markup {
  const { principal, via, role, kind, team, risk, clusters, details, alsoOf } = change;
  const values = { teams: [team], principals: [principal, ...alsoOf], clusters };
  const [name, words] = changeName(change);
  const also =
    alsoOf.length === 0 ? EMPTY : markup`<small>and so ${listed(alsoOf)}, as this identity</small>`;
  const how = via.length === 0 ? EMPTY : markup`<small>${viaCell(via)}</small>`;
  return markup`<tr class="${name}"${rowAttributes(values, page.options)}><th scope="row">${words}</th><td>${principal}${how}${also}</td><td>${role}</td><td>${kindName(kind)}<small>${teamName(team)}</small></td><td>${clusterList(clusters, page.clusters)}</td><td>${riskWords([], risk)}${details.map((detail) => markup`<p>${detail}</p>`)}</td></tr>
`;
}

function exceptions(page: FleetPage): Markup {
  const { exceptions: list } = page.review;
  const row = (name: Markup, given: readonly string[], reason: string) =>
    markup`<tr${rowAttributes({ clusters: given }, page.options)}><th scope="row">${name}</th><td>${clusterList(given, page.clusters)}</td><td>${sentence(reason)}</td></tr>
`;
  return list.length === 0
    ? markup`<p>None.</p>`
    : table(
        "plain filtered",
        markup`Weakened settings that the descriptions ask for, with each reason`,
        ["Exception", "In clusters", "Reason"],
        list.flatMap((one) =>
          one.reasons.map(({ reason, clusters: given }) =>
            row(
              markup`<code>${one.name}</code><small>in ${count(one.clusters.length, "cluster")}</small>`,
              given,
              reason,
            ),
          ),
        ),
      );
}

function clusterTable(page: FleetPage): Markup {
  const { review } = page;
  const held = new Map(review.clusters.map(({ name }) => [name, [] as FleetRight[]]));
  for (const right of review.rights) {
    for (const cluster of right.clusters) {
      held.get(cluster)?.push(right);
    }
  }
  const given = new Map(review.clusters.map(({ name }) => [name, 0]));
  for (const cluster of review.exceptions.flatMap(({ clusters }) => clusters)) {
    given.set(cluster, (given.get(cluster) ?? 0) + 1);
  }
  return table(
    "plain filtered",
    markup`The clusters, with their access reviews`,
    [
      "Cluster",
      "Subscription",
      "Region",
      "Roles",
      "Grants",
      "Greatest risk",
      "Exceptions",
      "Warnings",
    ],
    review.clusters.map((cluster) =>
      clusterRow(cluster, held.get(cluster.name) ?? [], given.get(cluster.name) ?? 0, page),
    ),
  );
}

function clusterRow(
  cluster: FleetCluster,
  rights: FleetRight[],
  given: number,
  page: FleetPage,
): Markup {
  const { name, subscriptionId, location, roleSet, identities, grants, risk, warnings } = cluster;
  const values = {
    teams: distinct(rights.map(({ team }) => team)),
    principals: distinct(rights.map(({ principal }) => principal)),
    subscriptions: subscriptionId === undefined ? [] : [subscriptionId.toLowerCase()],
    clusters: [name],
  };
  return markup`<tr${rowAttributes(values, page.options)}><th scope="row">${reviewLink(name)}<small>${identities.join(", ")}</small></th><td>${subscriptionId ?? "that of the sign-in"}</td><td>${location ?? ""}</td><td>${roleSet}</td><td>${grants}</td><td>${riskWords([], risk)}</td><td>${given}</td><td>${warnings}</td></tr>
`;
}

function roleEntry(role: FleetRole, number: number): Markup {
  return markup`<article id="role-${number}"><h3>${role.id}</h3>
<p>${role.custom ? "Custom role" : `Built-in role ${role.guid ?? ""}`}, ${riskWords(role.effectiveActions, role.risk)}.</p>
${roleDefinition(role)}${actionList(`What it allows on ${role.resourceType}`, role.effectiveActions)}</article>
`;
}
