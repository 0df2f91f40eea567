// Renders the workloads on the page. Pure.
import { ReviewedWorkload } from "../../lib/review/reviewed-workload";
import { table } from "./html-parts";
import { EMPTY, Markup, markup } from "./markup";
import { distinct } from "./text";
import { WORKLOAD_HEADS, WORKLOAD_WORDS, accountOf, issuerWords } from "./workload-words";

/** Returns the table of the workloads. */
export function workloadTable(workloads: ReviewedWorkload[]): Markup {
  const caption = markup`Service accounts that act as managed identities`;
  return markup`<p>${WORKLOAD_WORDS}</p>${table("plain", caption, WORKLOAD_HEADS, workloads.map(row))}`;
}

function row({
  name,
  identity,
  subjects,
  credentials,
  sharesIdentityOf,
}: ReviewedWorkload): Markup {
  return markup`<tr><th scope="row">${name}</th><td><code>${identity}</code>${sharesIdentityOf === undefined ? EMPTY : markup`<small>shared with ${sharesIdentityOf}</small>`}</td><td>${subjects.map((subject) => markup`<code>${accountOf(subject)}</code> `)}</td><td>${distinct(credentials.map(issuerWords)).map((words) => markup`<small>${words}</small>`)}</td></tr>
`;
}
