// The documents of an access review, as files. Pure.
import { join } from "node:path";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { TextFile } from "../files";
import { LiveReview } from "../live/live-review";
import { renderHtml } from "./html";
import { renderJson } from "./json";
import { renderMarkdown } from "./markdown";
import { renderRequest } from "./request";
import { createdBy, credentialsBy } from "./request-words";
import { renderRunnerScript } from "./runner-script";
import { runnerScriptName } from "./runner-words";
import { renderScript } from "./script";
import { REQUESTS, grantsOf } from "./words";

/** Returns the documents, and the requests to the teams with grants. */
export function reviewFiles(
  review: AccessReviewDocument,
  previous?: AccessReviewDocument,
  live?: LiveReview,
): TextFile[] {
  return [
    ["access-review.md", renderMarkdown(review, previous, live)],
    ["access-review.html", renderHtml(review, previous, live)],
    ["access-review.json", renderJson(review)],
    ...(live ? [["access-live.json", renderJson(live)] as const] : []),
    ...requestFiles(review),
  ];
}

/** Returns the requests to the teams with grants. */
export function requestFiles(review: AccessReviewDocument): TextFile[] {
  return REQUESTS.filter((one) => isNeeded(review, one)).flatMap((team): TextFile[] => [
    [join("access-requests", `${team}.md`), renderRequest(review, team)],
    [join("access-requests", `${team}.sh`), renderScript(review, team)],
    ...runnerScripts(review, team),
  ]);
}

function isNeeded(review: AccessReviewDocument, request: string): boolean {
  const { locks = [], backupAccess } = createdBy(review, request) ?? {};
  return (
    grantsOf(review, request).length > 0 ||
    credentialsBy(review, request).length > 0 ||
    locks.length > 0 ||
    backupAccess !== undefined
  );
}

function runnerScripts(review: AccessReviewDocument, team: string): TextFile[] {
  const script = renderRunnerScript(review, team);
  return script === undefined ? [] : [[join("access-requests", runnerScriptName(team)), script]];
}
