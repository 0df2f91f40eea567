// Writes the documents of an access review into a folder.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { renderHtml } from "./html";
import { renderJson } from "./json";
import { renderMarkdown } from "./markdown";
import { renderRequest } from "./request";
import { renderScript } from "./script";
import { grantsOf } from "./words";

const TEAMS = ["identity", "network"];

/**
 * Writes the documents, and removes requests to teams that have nothing to grant any more.
 *
 * @param previous the review before this one, for what changed
 * @returns the files, relative to the folder
 */
export function writeReview(
  review: AccessReviewDocument,
  folder: string,
  previous?: AccessReviewDocument,
): string[] {
  const files: [string, string][] = [
    ["access-review.md", renderMarkdown(review)],
    ["access-review.html", renderHtml(review, previous)],
    ["access-review.json", renderJson(review)],
  ];
  for (const team of TEAMS) {
    const request = join("access-requests", team);
    if (grantsOf(review, team).length > 0) {
      files.push([`${request}.md`, renderRequest(review, team)]);
      files.push([`${request}.sh`, renderScript(review, team)]);
    } else {
      rmSync(join(folder, `${request}.md`), { force: true });
      rmSync(join(folder, `${request}.sh`), { force: true });
    }
  }
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return files.map(([name]) => name);
}
