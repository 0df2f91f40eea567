// Renders what each principal of a fleet can do. Pure.
import {
  FleetPrincipal,
  FleetReviewDocument,
  FleetRight,
  FleetRole,
} from "../../lib/review/fleet-review";
import { operations, reasonList, scopesCell, table, viaCell } from "../review/html-parts";
import { EMPTY, Markup, markup } from "../review/markup";
import { riskWords } from "../review/risk-words";
import { count, distinct, groupBy } from "../review/text";
import { isIdentity, isJoinOrRead, kindName, kindNames, teamName } from "../review/words";
import { FleetOptions, clusterList, rowAttributes, valuesOf } from "./rows";

/** A review with the values that its rows are filtered by, and its roles and rights by id. */
export interface FleetPage {
  readonly review: FleetReviewDocument;
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  readonly options: FleetOptions;
  readonly roles: ReadonlyMap<string, { readonly role: FleetRole; readonly number: number }>;
  readonly rights: ReadonlyMap<string, FleetRight[]>;
}

/** Returns a review, prepared for its page. */
export function fleetPage(review: FleetReviewDocument, options: FleetOptions): FleetPage {
  return {
    review,
    clusters: review.clusters.map(({ name }) => name),
    options,
    roles: new Map(review.roles.map((role, number) => [role.id, { role, number }])),
    rights: groupBy([...review.rights], ({ principal }) => principal),
  };
}

/** Whether a principal is a person, a group or a pipeline. */
export function isPerson({ kinds }: FleetPrincipal): boolean {
  return !kinds.some(isIdentity);
}

/** Returns the table of principals, the most powerful first. */
export function principalTable(page: FleetPage): Markup {
  return table(
    "plain filtered",
    markup`People, pipelines and identities, the most powerful first`,
    ["Who", "Greatest risk", "In clusters", "Rights", "Network"],
    page.review.principals.map((principal) => principalRow(principal, page)),
  );
}

function principalRow(principal: FleetPrincipal, page: FleetPage): Markup {
  const rights = page.rights.get(principal.id) ?? [];
  const values = valuesOf(rights);
  const direct = rights.filter(({ via }) => via.length === 0).length;
  const number = page.options.principals.get(principal.id)?.number ?? "";
  return markup`<tr${rowAttributes({ ...values, principals: [principal.id] }, page.options)}><th scope="row"><a href="#who-${number}">${principal.id}</a><small>${kindsOf(principal)}</small></th><td>${greatestRisk(rights, page)}</td><td>${clusterList(values.clusters, page.clusters)}</td><td>${direct} directly${rights.length > direct ? `, ${rights.length - direct} as identities` : ""}</td><td>${networkWords(principal, rights, page)}</td></tr>
`;
}

function greatestRisk(rights: readonly FleetRight[], { roles }: FleetPage): string {
  const [first] = rights;
  const alike = rights.filter(({ risk }) => risk === first?.risk);
  const actions = alike.flatMap(({ role }) => roles.get(role)?.role.effectiveActions ?? []);
  return first === undefined ? "none" : riskWords(distinct(actions), first.risk);
}

function networkWords(
  principal: FleetPrincipal,
  rights: readonly FleetRight[],
  page: FleetPage,
): Markup {
  const reaching = rights.filter(({ reachesNetwork }) => reachesNetwork);
  if (!isPerson(principal)) {
    return markup`identity of clusters`;
  }
  const wide = reaching.some((right) => changesNetwork(right, page));
  return wide
    ? markup`<b class="tag">can change it</b>`
    : markup`${reaching.length > 0 ? "joins and reads" : "no path"}`;
}

/** Whether a right is a path by which people and pipelines can do more on the network than join and read. */
export function changesNetwork(
  { reachesNetwork, role }: FleetRight,
  { roles }: FleetPage,
): boolean {
  const actions = roles.get(role)?.role.effectiveActions ?? [];
  return reachesNetwork && !(actions.length > 0 && actions.every(isJoinOrRead));
}

/** Returns the kind of a principal: `group, deployer`. */
export function kindsOf({ kinds, principalType, objectId, resourceGroup }: FleetPrincipal): string {
  const [kind] = kinds;
  if (kind !== undefined && isIdentity(kind)) {
    return resourceGroup === undefined
      ? "each cluster has its own"
      : `${kinds.map(kindName).join(", ")} that several clusters use, resource group ${resourceGroup}`;
  }
  return [
    ...(principalType === undefined
      ? []
      : [principalType === "Group" ? "group" : "service principal"]),
    ...(kinds.length === 0 ? ["without grants"] : kinds.map(kindName)),
    ...(objectId === undefined ? [] : [objectId]),
  ].join(", ");
}

const HEADS = ["Role", "How", "On what", "In clusters", "Granted by", "What it allows"];

/** Returns the rights of each principal: a table for each. */
export function rightTables(page: FleetPage): Markup {
  return markup`${page.review.principals.map((principal) => {
    const rights = page.rights.get(principal.id) ?? [];
    const number = page.options.principals.get(principal.id)?.number ?? "";
    const clusters = valuesOf(rights).clusters.length;
    return rights.length === 0
      ? EMPTY
      : markup`<article id="who-${number}" class="who"><h3>${principal.id}</h3>
${table(
  "rights fleet filtered",
  markup`${kindsOf(principal)}: ${count(rights.length, "right")} in ${count(clusters, "cluster")}`,
  HEADS,
  rights.map((right) => rightRow(right, page)),
)}</article>
`;
  })}`;
}

function rightRow(right: FleetRight, page: FleetPage): Markup {
  const { via, team, condition, reasons, clusters, keptIn = [] } = right;
  const { role, number } = page.roles.get(right.role)!;
  const more = changesNetwork(right, page);
  const excess = new Set(right.excessActions);
  return markup`<tr${rowAttributes(valuesOf([right]), page.options)}${more ? markup` class="path"` : EMPTY}><th scope="row"><a href="#role-${number}">${role.name}</a>${role.custom ? markup`<small>custom role</small>` : EMPTY}${condition === undefined ? EMPTY : markup`<small>only if</small> <code>${condition}</code>`}</th><td>${viaCell(via)}${right.reachesNetwork ? reach(more) : EMPTY}</td><td>${scopes(right, page)}</td><td>${clusterList(clusters, page.clusters)}${keptIn.length === 0 ? EMPTY : markup`<small>${clusterList(keptIn, page.clusters, "kept until they have moved: ")}</small>`}</td><td>${teamName(team)}${reasons.length === 0 ? EMPTY : markup`<details><summary>why</summary>${reasonList(reasons)}</details>`}</td><td>${riskWords(role.effectiveActions, role.risk)}${excess.size === 0 ? EMPTY : operations(role.effectiveActions, { on: (one) => excess.has(one), text: "not always needed" })}</td></tr>
`;
}

function reach(more: boolean): Markup {
  return more
    ? markup` <b class="tag">reaches the network</b>`
    : markup` <b class="tag quiet">reaches the network, only to join and read</b>`;
}

/** Most resources of a cell that are not folded. */
const MAX_SHOWN = 4;

/** Returns the resources of a right; those of the same clusters together. */
function scopes(right: FleetRight, page: FleetPage): Markup {
  const { kind, team } = right;
  const { resourceType } = page.roles.get(right.role)!.role;
  const groups = [
    ...groupBy([...right.scopes], ({ clusters, shared }) =>
      JSON.stringify([clusters, shared]),
    ).values(),
  ];
  const items = groups.map((group) => {
    const [{ clusters }] = group;
    const cell = scopesCell(group.map((scope) => ({ ...scope, kind, team, resourceType })));
    return clusters === undefined
      ? cell
      : markup`<div${rowAttributes({ clusters }, page.options)}>${cell}<small>${clusterList(clusters, page.clusters, "in ")}</small></div>`;
  });
  return items.length <= MAX_SHOWN
    ? markup`${items}`
    : markup`<details><summary>${right.scopes.length} ${kindNames(right.kind)}</summary>${items}</details>`;
}
