// Renders the tables of grants, effective rights and roles. Pure.
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedRole, ReviewedScope } from "../../lib/review/reviewed-grant";
import { AccessGraph } from "./graph";
import { Options, optionsOf } from "./html-page";
import {
  CHANGES,
  conditionCell,
  operations,
  principalCell,
  reasonList,
  scopeCell,
  scopesCell,
  table,
  viaCell,
} from "./html-parts";
import { linesOf } from "./conditions";
import { chainsOf } from "./chains";
import { riskWords } from "./risk-words";
import { EMPTY, Markup, markup } from "./markup";
import { Group, count, distinct, groupBy } from "./text";
import {
  grantedWith,
  timeWords,
  principalKind,
  scopeKey,
  scopeKind,
  teamName,
  teamsOf,
} from "./words";

/** Values that rows are filtered by, and the arrows of the picture for each row. */
export interface RowKeys {
  readonly teams: Options;
  readonly principals: Options;
  readonly scopes: Options;
  readonly teamOf: ReadonlyMap<string, string>;
  readonly edgesOf: ReadonlyMap<string, string[]>;
  readonly behind: ReturnType<typeof chainsOf>;
}

/** Returns the keys of the rows of a review. */
export function rowKeys(review: AccessReviewDocument, graph: AccessGraph): RowKeys {
  const { grants } = review;
  const principals = grants.map(({ principal }): [string, string] => [
    principal.name,
    `${principal.name} (${principalKind(principal)})`,
  ]);
  const scopes = grants.map(({ scope }): [string, string] => [
    scopeKey(scope),
    `${scope.name} (${scopeKind(scope)})`,
  ]);
  const byLabel = ([, a]: [string, string], [, b]: [string, string]) => (a < b ? -1 : 1);
  return {
    teams: optionsOf(teamsOf(review).map((team) => [team, teamName(team)])),
    principals: optionsOf(principals.sort(byLabel)),
    scopes: optionsOf(scopes.sort(byLabel)),
    teamOf: new Map(grants.map(({ address, team }) => [address, team])),
    edgesOf: new Map(
      [
        ...groupBy(
          graph.edges.flatMap(({ id, keys }) => keys.map((key) => ({ id, key }))),
          ({ key }) => key,
        ),
      ].map(([key, all]) => [key, all.map(({ id }) => id)]),
    ),
    behind: chainsOf(grants),
  };
}

/** Returns the table of all grants. */
export function grantTable({ grants }: AccessReviewDocument, keys: RowKeys): Markup {
  const roles = roleNumbers(grants);
  return table(
    "grants filtered",
    markup`Every grant: who has which role on what, and why`,
    ["Who", "Role", "On what", "Granted by", "Why", "What it allows"],
    grants.map((grant) => grantRow(grant, keys, roles)),
  );
}

function grantRow(grant: ReviewedGrant, keys: RowKeys, roles: Map<string, number>): Markup {
  const { principal, role, scope, team, condition, reasons, address, stack, grantedFor } = grant;
  const excess = new Set(grant.excessActions);
  const terraform = markup`<p>Role assignment <code>${address}</code> in stack <code>${stack}</code></p>`;
  return markup`<tr ${rowData(keys, { team, principal: principal.name, scopes: [scope], keys: [address] })}><th scope="row">${principalCell(principal)}</th><td><a href="#role-${roles.get(roleKey(role)) ?? 0}">${role.name}</a>${role.custom ? markup`<small>custom role</small>` : EMPTY}${condition === undefined ? EMPTY : conditionCell("only if", linesOf(condition))}</td><td>${scopeCell(scope)}</td><td>${teamName(team)}${grantedFor === undefined ? EMPTY : markup`<small>${grantedWith(grantedFor)}</small>`}${timeWords(grant).map((words) => markup`<small>${words}</small>`)}</td><td>${reasonList(reasons)}</td><td>${riskWords(grant.effectiveActions, grant.risk)}${operations(grant.effectiveActions, { on: (action) => excess.has(action), text: "not needed" }, terraform)}</td></tr>
`;
}

/** Returns the table of effective rights. */
export function rightsTable(
  { effectiveRights, pathsToNetwork }: AccessReviewDocument,
  keys: RowKeys,
): Markup {
  const paths = new Set(pathsToNetwork.map(rightKey));
  const onPath = (right: EffectiveRight) => paths.has(rightKey(right));
  return table(
    "rights filtered",
    markup`Effective rights of each principal, directly and as an identity that it can act as`,
    RIGHT_HEADS,
    alike(effectiveRights, onPath, keys),
  );
}

/** Returns the table of effective rights by which people and pipelines reach the network. */
export function pathTable(paths: EffectiveRight[], keys: RowKeys): Markup {
  return table(
    "rights",
    markup`Paths by which people and pipelines reach resources of the NOC`,
    RIGHT_HEADS,
    alike(paths, () => true, keys),
  );
}

const RIGHT_HEADS = ["Who", "How", "Role", "On what", "What it allows"];
const NO_MARK = { on: () => false, text: "" };

/** Returns a row for each group of rights that differ only in their resources. */
function alike(
  rights: EffectiveRight[],
  onPath: (right: EffectiveRight) => boolean,
  keys: RowKeys,
): Markup[] {
  const groups = groupBy(rights, (right) => {
    const { principal, via: identities, role, actions, grant } = right;
    const team = keys.teamOf.get(grant);
    return JSON.stringify([principal, identities, role, team, actions, onPath(right)]);
  });
  return [...groups.values()].map((group) => rightRow(group, keys, group.some(onPath)));
}

function rightRow(rights: Group<EffectiveRight>, keys: RowKeys, onPath: boolean): Markup {
  const [{ principal, via: identities, role, scope, actions, grant }] = rights;
  const data = {
    team: keys.teamOf.get(grant) ?? scope.team,
    principal,
    scopes: rights.map((right) => right.scope),
    keys: rights.flatMap(keys.behind),
  };
  const more = onPath && actions.some(CHANGES.on);
  return markup`<tr ${rowData(keys, data)}${more ? markup` class="path"` : EMPTY}><th scope="row"><code>${principal}</code></th><td>${viaCell(identities)}${onPath ? reach(more) : EMPTY}</td><td>${role}</td><td>${scopesCell(data.scopes)}</td><td>${riskWords(actions, rights[0].risk)}${operations(actions, onPath ? CHANGES : NO_MARK)}</td></tr>
`;
}

/** Returns the mark of a right that is a path to the network. */
function reach(more: boolean): Markup {
  return more
    ? markup` <b class="tag">reaches the network</b>`
    : markup` <b class="tag quiet">reaches the network, only to join and read</b>`;
}

function rightKey({ principal, via: identities, grant }: EffectiveRight): string {
  return JSON.stringify([principal, identities, grant]);
}

function rowData(
  { teams, principals, scopes, edgesOf }: RowKeys,
  row: { team: string; principal: string; scopes: ReviewedScope[]; keys: string[] },
): Markup {
  const edges = distinct(row.keys.flatMap((key) => edgesOf.get(key) ?? []));
  const number = (options: Options, key: string) => options.get(key)?.number ?? "";
  const numbers = row.scopes.map((scope) => number(scopes, scopeKey(scope))).join(" ");
  return markup`data-team="${number(teams, row.team)}" data-principal="${number(principals, row.principal)}" data-scope="${numbers}" data-edges="${edges.join(" ")}"`;
}

/** Returns each role once, with its definition. */
export function roleList({ grants }: AccessReviewDocument): Markup {
  const numbers = roleNumbers(grants);
  const roles = groupBy(
    grants.map(({ role }) => role),
    roleKey,
  );
  return markup`${[...roles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, [role, ...others]]) => roleEntry(role, numbers.get(key) ?? 0, 1 + others.length))}`;
}

function roleEntry(role: ReviewedRole, number: number, uses: number): Markup {
  return markup`<article id="role-${number}"><h3>${role.name}</h3>
<p>${role.custom ? "Custom role of this cluster" : `Built-in role ${role.guid ?? ""}`}, in ${count(uses, "grant")}.</p>
${roleDefinition(role)}</article>
`;
}

/** Returns the actions of a role, and its exceptions. */
export function roleDefinition(role: ReviewedRole): Markup {
  return markup`${actionList("Actions", role.actions)}${actionList("Except", role.notActions)}${actionList("Data actions", role.dataActions)}${actionList("Except", role.notDataActions)}`;
}

/** Returns a list of actions with its title; nothing if the list is empty. */
export function actionList(title: string, actions: string[] = []): Markup {
  return actions.length === 0
    ? EMPTY
    : markup`<p>${title}</p><ul class="code">${actions.map((action) => markup`<li>${action}</li>`)}</ul>`;
}

function roleNumbers(grants: ReviewedGrant[]): Map<string, number> {
  const keys = distinct(grants.map(({ role }) => roleKey(role))).sort();
  return new Map(keys.map((key, index) => [key, index]));
}

function roleKey({ name, actions, notActions, dataActions, notDataActions }: ReviewedRole): string {
  return JSON.stringify([name, actions, notActions, dataActions, notDataActions]);
}
