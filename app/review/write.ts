// Writes the documents of an access review.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { LiveReview } from "../live/live-review";
import { publish } from "../output-folder";
import { reviewFiles } from "./documents";

/**
 * Writes the documents, and removes requests to teams without grants.
 *
 * @param previous the previous review, to show the changes
 * @param live the comparison with Azure, to show both sides
 * @returns the paths of the files, relative to the folder
 */
export function writeReview(
  review: AccessReviewDocument,
  folder: string,
  previous?: AccessReviewDocument,
  live?: LiveReview,
): string[] {
  const files = reviewFiles(review, previous, live);
  publish(folder, files, false);
  return files.map(([name]) => name);
}
