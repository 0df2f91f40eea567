// Renders the changes since the previous review. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedRole } from "../../lib/review/reviewed-grant";
import { ChangedGrant, GrantPart, changeWords, changesInWords, changesForReaders } from "./diff";
import { principalCell, reasonList, scopeCell, table } from "./html-parts";
import { Markup, markup } from "./markup";
import { teamName } from "./words";

/** Returns the changes as a sentence and a table. */
export function changes(previous: AccessReviewDocument, review: AccessReviewDocument): Markup {
  const found = changesForReaders(previous, review);
  const { added, removed, changed } = found;
  const words = markup`<p>${changesInWords(found)}</p>`;
  if (added.length + removed.length + changed.length === 0) {
    return words;
  }
  return markup`${words}
${table(
  "changes",
  markup`Grants that were added, removed or changed`,
  ["Change", "Who", "Role", "On what", "Details"],
  [
    ...added.map((grant) => row("+ added", "added", grant, reasonList(grant.reasons))),
    ...removed.map((grant) => row("− removed", "removed", grant, reasonList(grant.reasons))),
    ...changed.map((change) =>
      row(`~ ${changeWords(change)}`, "changed", change.after, difference(change)),
    ),
  ],
)}`;
}

function row(change: string, name: string, grant: ReviewedGrant, detail: Markup): Markup {
  return markup`<tr class="${name}"><th scope="row">${change}</th><td>${principalCell(grant.principal)}</td><td>${grant.role.name}</td><td>${scopeCell(grant.scope)}</td><td>${detail}</td></tr>
`;
}

const PARTS: {
  readonly [part in GrantPart]: { name: string; show: (grant: ReviewedGrant) => Markup };
} = {
  team: { name: "Granted by", show: ({ team }) => markup`${teamName(team)}` },
  principal: {
    name: "Who",
    show: ({ principal }) =>
      markup`${principalCell(principal)}<small>${principal.objectId ?? ""}</small>`,
  },
  role: { name: "Role", show: ({ role }) => definition(role) },
  scope: { name: "On what", show: ({ scope }) => scopeCell(scope) },
  condition: {
    name: "Condition",
    show: ({ condition }) =>
      condition === undefined ? markup`none` : markup`<code>${condition}</code>`,
  },
  reasons: { name: "Why", show: ({ reasons }) => reasonList(reasons) },
  effectiveActions: {
    name: "What it allows",
    show: ({ effectiveActions }) => codes(effectiveActions),
  },
};

function difference({ before, after, parts }: ChangedGrant): Markup {
  return markup`<dl class="difference">${parts.map(
    (part) =>
      markup`<dt>${PARTS[part].name}</dt><dd>was: ${PARTS[part].show(before)}</dd><dd>is: ${PARTS[part].show(after)}</dd>`,
  )}</dl>`;
}

function definition(role: ReviewedRole): Markup {
  const { name, custom, guid, actions, notActions = [], dataActions, notDataActions = [] } = role;
  const except = [...notActions, ...notDataActions];
  return markup`${name}<small>${custom ? "custom role" : (guid ?? "")}</small>${codes([...actions, ...dataActions])}${except.length === 0 ? "" : markup`<small>except</small>${codes(except)}`}`;
}

function codes(actions: string[]): Markup {
  return markup`<ul class="code">${actions.map((action) => markup`<li>${action}</li>`)}</ul>`;
}
