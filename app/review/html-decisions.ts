// Renders the form in which the teams decide: filled in on the page or on paper. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { Markup, markup } from "./markup";
import { DECISIONS_VERSION, DecidingTeam, decidingTeams } from "./provenance";

/** Returns the form. Without scripts it can be printed and filled in by hand. */
export function decisions(review: AccessReviewDocument): Markup {
  const { cluster, descriptionHash = "" } = review;
  return markup`<p>Each team decides about this review, on the page or on paper. A saved file names the description that it is about, and does not fit another one.</p>
<form id="decisions" data-version="${DECISIONS_VERSION}" data-cluster="${cluster}" data-hash="${descriptionHash}">
${decidingTeams(review).map(team)}<div class="tools" hidden><button type="button" id="save">Save decisions</button><label>Open saved decisions<input type="file" id="open" accept=".json,application/json"></label><output id="decided" aria-live="polite"></output></div>
</form>`;
}

function team({ team: key, name, question }: DecidingTeam): Markup {
  const radio = (value: string, label: string) =>
    markup`<label class="choice"><input type="radio" name="${key}-decision" value="${value}">${label}</label>`;
  const field = (part: string, label: string, type: string) =>
    markup`<label>${label}<input type="${type}" name="${key}-${part}" autocomplete="off"></label>`;
  return markup`<fieldset data-team="${key}"><legend>The ${name} ${question}</legend>
${radio("granted", "Granted")}${radio("refused", "Refused")}${field("by", "By", "text")}${field("on", "On", "date")}${field("reviewAgainOn", "Review again on", "date")}${field("remark", "Remark", "text")}
</fieldset>
`;
}
