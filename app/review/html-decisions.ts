// Renders the form in which the teams decide: filled in on the page or on paper. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import {
  DECISIONS_VERSION,
  DecidingTeam,
  NOTHING_TO_DECIDE,
  decidingTeams,
  decisionWords,
} from "./deciding-teams";
import { EMPTY, Markup, markup } from "./markup";

/** Returns the form. Without scripts it can be printed and filled in by hand. */
export function decisions(review: AccessReviewDocument, previous?: AccessReviewDocument): Markup {
  const { cluster, descriptionHash = "" } = review;
  const teams = decidingTeams(review);
  if (teams.length === 0) {
    return markup`<p>${NOTHING_TO_DECIDE}</p>`;
  }
  return markup`<p>Each team decides about this review, on the page or on paper. A saved decision stands until what it is about changes: for a team that grants its rights, for the platform team the exceptions.</p>
${previous ? markup`<p>${decisionWords(previous, review)}</p>` : EMPTY}<form id="decisions" data-version="${DECISIONS_VERSION}" data-cluster="${cluster}" data-hash="${descriptionHash}">
${teams.map(team)}<div class="tools" hidden><button type="button" id="save">Save decisions</button><label>Open saved decisions<input type="file" id="open" accept=".json,application/json"></label><output id="decided" aria-live="polite"></output></div>
</form>`;
}

function team({ team: key, name, question, subject, hash, shortHash }: DecidingTeam): Markup {
  const radio = (value: string, label: string) =>
    markup`<label class="choice"><input type="radio" name="${key}-decision" value="${value}">${label}</label>`;
  const field = (part: string, label: string, type: string) =>
    markup`<label>${label}<input type="${type}" name="${key}-${part}" autocomplete="off"></label>`;
  return markup`<fieldset data-team="${key}" data-name="${name}" data-subject="${subject}" data-rights="${hash}"><legend>The ${name} ${question} <small>(${subject} ${shortHash})</small></legend>
${radio("granted", "Granted")}${radio("refused", "Refused")}${field("by", "By", "text")}${field("on", "On", "date")}${field("reviewAgainOn", "Review again on", "date")}${field("remark", "Remark", "text")}
</fieldset>
`;
}
